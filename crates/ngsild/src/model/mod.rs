//! The information model of ETSI GS CIM 009: entities and what is said about them, read from and written to JSON-LD.
//!
//! Pure: no sockets, no clock. Reading never panics and never gives up over one attribute; what is odd is reported.

mod attribute;
mod attribute_reader;
mod attribute_value;
mod context;
mod entity;
mod entity_reader;
mod entity_writer;
mod geo_query;
mod geometry;
mod notification;
mod subscription;
mod temporal;
mod unit;

pub use attribute::{AttributeInstance, AttributeKind, Attributes, NGSI_LD_NULL, is_uri};
pub use context::{CONTEXT_LINK_RELATION, CORE_CONTEXT_URL, Context};
pub use entity::Entity;
pub use entity_reader::entities_from_value;
pub use entity_writer::Representation;
pub use geo_query::GeoQuery;
pub use geometry::{Geometry, Position};
pub use notification::Notification;
pub use subscription::{Endpoint, EntitySelector, KeyValuePair, NotificationParams, Subscription};
pub use temporal::TemporalEntity;
pub use unit::unit_symbol;

pub(crate) use entity_writer::attribute_to_value;
