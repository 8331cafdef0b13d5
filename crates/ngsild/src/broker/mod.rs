//! The embedded broker: enough of ETSI GS CIM 009 to feed a demo and to test a client over real HTTP.
//!
//! **What it is not**: a product. It keeps everything in memory and forgets it when it ends, has no access control (so
//! it listens on loopback unless told otherwise), does not expand `@context`s (names are kept as they are sent, so two
//! contexts that mean different things by one name are not told apart), and knows no federation, no MQTT, no scope
//! queries, no language filter, no aggregation and no joins. What it does not know it refuses with 501, it does not
//! pretend. For a city use Orion-LD, Scorpio, Stellio or another real broker.
//!
//! Start with [`Broker::bind`].

mod history;
mod media;
mod options;
mod paging;
mod problem;
mod projection;
mod query;
mod request;
mod routes;
mod server;
mod store;
mod subscriptions;
mod tenant;

pub use options::BrokerOptions;
pub use server::{Broker, RunningBroker};
