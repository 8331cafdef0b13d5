//! Streaming, tolerant reader for CityGML and CityJSON

mod diagnostics;
mod error;
mod model;
mod normal;
mod options;
mod path;
mod summary;
mod triangulate;

pub use diagnostics::{Diagnostic, Diagnostics, Severity};
pub use error::ReadError;
pub use model::{Attribute, AttributeValue, CityObject, Polygon, Surface, SurfaceKind};
pub use normal::polygon_normal;
pub use options::ReadOptions;
pub use path::read_path;
pub use summary::{Envelope, FileSummary, Format, Header};
pub use triangulate::{TriangulationError, triangulate};
