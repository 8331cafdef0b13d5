//! CityGML: from XML to city objects.
//!
//! [`scanner`] finds tags, [`cursor`] walks them, [`reader`] finds the members of the city model, [`object`] and its neighbours read one
//! member, [`assembly`] puts it together.

mod address;
mod appearance;
mod assembly;
mod attributes;
mod completion;
mod cursor;
mod curve;
mod dictionary;
mod envelope;
mod file_context;
mod fragment;
mod generic_attribute;
mod geometry;
mod implicit_geometry;
mod namespaces;
mod number;
mod object;
mod polygon;
mod property;
mod reader;
mod recovery;
mod references;
mod resolution;
mod ring;
mod scanner;
mod shared_geometry;
mod solid;
mod time_series;
mod tin;

pub(crate) use appearance::collect_appearances;
pub(crate) use dictionary::read_dictionary;
pub(crate) use file_context::{FileKnowledge, report_appearances};
pub(crate) use fragment::{ModelContext, PieceEnd};
pub use reader::CityGmlReader;
pub(crate) use ring::open_ring;
pub(crate) use shared_geometry::{
    SharedGeometry, Wanted, collect_geometry, complete, open_references, report_open_references,
    split_reference,
};
