//! NGSI-LD (ETSI GS CIM 009): the information model, a client, and a link that keeps a live picture of what a broker
//! knows; with the feature `broker` also an embedded broker for demos and tests.
//!
//! It knows nothing of scenes, maps or markers. It opens sockets, and it is the only crate of the project that speaks
//! to brokers.
//!
//! - [`Entity`] is what a broker says of a thing, in whatever representation it says it.
//! - [`BrokerClient`] asks a broker and tells it things, one request after the other.
//! - [`BrokerLink`] subscribes and delivers [`LinkEvent`]s, through outages.
//! - `Broker` (feature `broker`) is the embedded broker.
//!
//! What can be survived is a [`Diagnostic`] with a code; what cannot is an [`Error`] that says what to do.
//!
//! ```
//! use ngsild::{Context, Diagnostics, Entity};
//!
//! let text = br#"{"id": "urn:ngsi-ld:Sensor:1", "type": "Sensor",
//!     "temperature": {"type": "Property", "value": 21.5, "unitCode": "CEL"}}"#;
//! let sensor = Entity::from_json(text, &Context::core(), &mut Diagnostics::new())?;
//! assert_eq!(sensor.numeric_value("temperature"), Some(21.5));
//! # Ok::<(), ngsild::Error>(())
//! ```

#[cfg(feature = "broker")]
mod broker;
mod client;
mod clock;
mod diagnostics;
mod error;
mod link;
mod model;

#[cfg(feature = "broker")]
pub use broker::{Broker, BrokerOptions, RunningBroker};
pub use client::{
    BatchFailure, BatchOutcome, BrokerClient, ClientConfig, EntityPage, EntityPages, EntityQuery,
    SUBSCRIPTION_ID_PREFIX, TemporalAnswer, TemporalQuery, TimeProperty, TimeWindow, UpsertMode,
    stable_subscription_id,
};
pub use clock::{Clock, system_clock};
pub use diagnostics::{Diagnostic, Diagnostics, Severity};
pub use error::Error;
pub use link::{BrokerLink, LinkConfig, LinkEvent, LinkHandle};
pub use model::{
    AttributeInstance, AttributeKind, Attributes, CONTEXT_LINK_RELATION, CORE_CONTEXT_URL, Context,
    Endpoint, Entity, EntitySelector, GeoQuery, Geometry, KeyValuePair, NGSI_LD_NULL, Notification,
    NotificationParams, Position, Representation, Subscription, TemporalEntity,
    entities_from_value, is_uri, unit_symbol,
};
