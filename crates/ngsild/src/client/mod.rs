//! The client: asks a broker and tells it things, one HTTP request after the other (ETSI GS CIM 009, clause 6).
//!
//! It keeps no state but its connections, does not retry and does not poll; [`crate::BrokerLink`] does. Real brokers
//! differ, so it accepts what they say in any of the ways they say it, and asks in the way all understand.

mod answer;
mod broker_client;
mod config;
mod entities;
mod link_header;
mod pages;
mod query;
mod subscriptions;
mod temporal;

#[cfg(feature = "broker")]
pub(crate) use broker_client::install_crypto_provider;

pub use broker_client::BrokerClient;
pub use config::ClientConfig;
pub use entities::{BatchFailure, BatchOutcome, UpsertMode};
pub use pages::{EntityPage, EntityPages};
pub use query::{EntityQuery, TemporalQuery, TimeProperty, TimeWindow};
pub use subscriptions::{SUBSCRIPTION_ID_PREFIX, stable_subscription_id};
pub use temporal::TemporalAnswer;
