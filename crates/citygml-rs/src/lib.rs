//! Streaming, tolerant reader for CityGML and CityJSON

mod diagnostics;
mod model;

pub use diagnostics::{Diagnostic, Diagnostics, Severity};
pub use model::{Attribute, AttributeValue, CityObject, Polygon, Surface, SurfaceKind};
