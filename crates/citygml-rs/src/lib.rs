//! Streaming, tolerant reader for CityGML and CityJSON

mod address;
mod citygml;
mod cityjson;
mod codes;
mod diagnostics;
mod error;
mod findings;
mod model;
mod normal;
mod options;
mod packing;
mod path;
mod summary;
mod text_source;
mod triangulate;
mod vocabulary;

pub use citygml::CityGmlReader;
pub use cityjson::CityJsonReader;
pub use codes::{DIAGNOSTIC_CODES, DiagnosticCode};
pub use diagnostics::{Diagnostic, Diagnostics, Severity};
pub use error::ReadError;
pub use model::{Attribute, AttributeValue, CityObject, Polygon, Surface, SurfaceKind};
pub use normal::polygon_normal;
pub use options::ReadOptions;
pub use path::read_path;
pub use summary::{Envelope, FileSummary, Format, Header};
pub use triangulate::{TriangulationError, triangulate};
