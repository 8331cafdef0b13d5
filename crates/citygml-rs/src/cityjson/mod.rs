//! CityJSON and CityJSONSeq: from JSON to city objects.
//!
//! [`reader`] tells the two apart and hands out objects, [`head`] reads what a file says once for all of them,
//! [`object_table`] and [`hierarchy`] know who is whose child, [`object`] builds one object out of [`geometry`],
//! [`semantics`], [`looks`] and [`templates`].

mod appearance;
mod attributes;
mod boundaries;
mod fault;
mod geometry;
mod head;
mod hierarchy;
mod looks;
mod mending;
mod non_numbers;
mod object;
mod object_table;
mod object_type;
mod raw_map;
mod reader;
mod repeated_surfaces;
mod semantics;
mod templates;
mod time_series;
mod vertices;

pub use reader::CityJsonReader;
