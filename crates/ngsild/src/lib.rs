//! NGSI-LD (ETSI GS CIM 009): the information model, a client, and a link that keeps a live picture of what a broker
//! knows; with the feature `broker` also an embedded broker for demos and tests.
//!
//! It knows nothing of scenes, maps or markers. It opens sockets, and it is the only crate of the project that speaks
//! to brokers.
//!
//! Start with [`Entity`] for what a broker says.

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
pub use client::*;
pub use clock::{Clock, system_clock};
pub use diagnostics::{Diagnostic, Diagnostics, Severity};
pub use error::Error;
pub use link::{BrokerLink, LinkConfig, LinkEvent, LinkHandle};
pub use model::*;
