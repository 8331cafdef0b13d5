//! CityJSON and CityJSONSeq: from JSON to city objects.
//!
//! [`reader`] tells the two apart and hands out objects, [`object_table`] knows who is whose child, [`object`] and
//! [`geometry`] build one object.

mod geometry;
mod object;
mod object_table;
mod raw_map;
mod reader;

pub use reader::CityJsonReader;
