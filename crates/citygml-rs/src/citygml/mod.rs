//! CityGML: from XML to city objects.
//!
//! [`scanner`] finds tags, [`cursor`] walks them, [`reader`] finds the members of the city model, [`object`] and its neighbours read one
//! member, [`assembly`] puts it together.

mod address;
mod assembly;
mod attributes;
mod cursor;
mod envelope;
mod fragment;
mod generic_attribute;
mod geometry;
mod namespaces;
mod number;
mod object;
mod polygon;
mod property;
mod reader;
mod recovery;
mod references;
mod ring;
mod scanner;

pub(crate) use fragment::{ModelContext, PieceEnd};
pub use reader::CityGmlReader;
pub(crate) use ring::open_ring;
