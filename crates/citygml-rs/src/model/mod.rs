//! The model a reader yields: city objects with semantically tagged, untriangulated polygons.
//!
//! Coordinates are f64 in the source reference system **as written in the file** (axis order
//! included); [`CityObject::srs_name`] names it. Nothing here converts coordinates.

mod appearance;
mod attribute;
mod geometry;
mod object;
mod surface;

pub use appearance::{Material, SurfaceData, SurfaceLook, Texture, TextureMapping, WrapMode};
pub use attribute::{Address, Attribute, AttributeValue, TimeSeries};
pub use geometry::{Curve, ImplicitGeometry, LineKind, PointSet, Solid, SurfaceUse, Template};
pub use object::{CityObject, Relation, UnresolvedGeometry};
pub use surface::{BoundarySurface, Polygon, Surface, SurfaceKind};
