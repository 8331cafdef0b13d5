//! The one door for geometry: any supported file or URL becomes a tree of tiles.
//!
//! [`open`] reads CityGML and CityJSON (plain, gzip, zip, folders), 3D Tiles and glTF, from disk or
//! over http(s), and gives an [`OpenedSource`]: a [`tiles3d::TileTree`] for selection and a
//! [`ContentLoader`] for what selection asks for. [`inspect`] reads the same and counts instead.
//! [`open_placed`] puts a design at a place.
//!
//! Of a city model [`OpenOptions::everything`] hands out all levels of detail, interiors and appearance themes; which rows
//! are to be seen at a level says [`tiles3d::shown_rows`]. Images of textures are read when a tile is loaded.
//!
//! Nothing is drawn or selected here, and scene files are read elsewhere. What can be survived is a
//! [`SourceDiagnostic`]; a [`SourceError`] means that there is nothing to draw.
//!
//! ```no_run
//! use veduta_sources::{ContentRequest, OpenOptions, SourceLocation, open};
//!
//! let location = SourceLocation::parse("city.gml")?;
//! let source = open(&location, &OpenOptions::default(), &|_| {})?;
//! for (_, node) in source.tree.iter() {
//!     for request in ContentRequest::of_node(node) {
//!         let _content = source.loader.load(&request)?;
//!     }
//! }
//! # Ok::<(), veduta_sources::SourceError>(())
//! ```

mod cache;
mod census;
mod city;
mod content;
mod detect;
mod diagnostics;
mod error;
mod folder;
mod http;
mod inspect;
mod location;
mod model;
mod open;
mod options;
mod picture;
mod placement;
mod prepare;
mod report;
mod source;
mod tileset;

pub use cache::CacheOptions;
pub use content::{ContentLoader, ContentRequest, LoadedContent};
pub use diagnostics::{Severity, SourceDiagnostic};
pub use error::SourceError;
pub use inspect::inspect;
pub use location::SourceLocation;
pub use open::{open, open_placed};
pub use options::{OpenOptions, Progress};
pub use placement::Placement;
pub use report::{InspectReport, render_text};
pub use source::{OpenedSource, SourceSummary};
