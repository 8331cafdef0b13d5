//! The link: a live picture of what a broker knows, delivered as events.
//!
//! [`BrokerLink::spawn`] opens an HTTP endpoint for notifications, subscribes, fetches the current state page by page,
//! and from then on tells what changes. When the broker goes away it tries again, ever more slowly, and fetches
//! the state anew when it is back, with the history in between where the broker keeps one. When it ends it deletes its
//! subscription; should it be killed instead, the subscription expires by itself, and the next start with the same
//! client id replaces it.
//!
//! **When the reader is too slow**: the channel of events is bounded. Behind it, notifications are merged entity by
//! entity, so that the latest values still arrive (`coalesced` says how many notifications were merged), and the
//! fetching of state waits. Brokers always get their answer at once.

mod broker_link;
mod config;
mod endpoint;
mod event;
mod lane;
mod outbox;
mod session;
mod sync;

#[cfg(feature = "broker")]
pub(crate) use endpoint::listen_error;

pub use broker_link::{BrokerLink, LinkHandle};
pub use config::LinkConfig;
pub use event::LinkEvent;
