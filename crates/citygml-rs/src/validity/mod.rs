//! What is wrong with geometry that can be read: rings that cross, holes outside, shells that are not closed.
//!
//! Nothing here mends or refuses: drawing goes on with what there is, and the [`Fault`] says why it may look odd. The rules
//! are those of ISO 19107 as GML 3.2.1 (clauses 10.5 and 10.6) takes them up. Coordinates must have one unit on all axes, metres; tolerances
//! are in metres.

mod crossings;
mod fault;
mod holes;
mod polygon;
mod solid;

pub(crate) use crossings::has_crossing;
pub use fault::Fault;
pub use polygon::{check_polygon, check_terrain_triangle};
pub use solid::check_solid;

/// Distance below which points and lines are the same place, in metres: the precision that city models are given with.
pub const SAME_PLACE_M: f64 = 1e-3;

/// Distance of a point from the plane of its polygon above which the polygon is not planar, in metres: the default of the
/// validators in use.
pub const PLANAR_WITHIN_M: f64 = 1e-2;
