//! CityGML: from XML to city objects.
//!
//! [`cursor`] walks the stream, [`reader`] finds the members of the city model, [`object`] and its neighbours read one
//! member, [`assembly`] puts it together.

mod address;
mod assembly;
mod cursor;
mod envelope;
mod generic_attribute;
mod geometry;
mod namespaces;
mod object;
mod polygon;
mod property;
mod reader;
mod recovery;
mod ring;

pub use reader::CityGmlReader;
pub(crate) use ring::open_ring;
