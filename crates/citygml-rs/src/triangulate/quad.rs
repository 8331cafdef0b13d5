//! Four corners without holes: most walls and many roofs.

use crate::Polygon;
use crate::normal::{cross, dot, subtract};

/// The two halves of a quadrilateral along the diagonal that makes the better triangles. `None` if the polygon is
/// something else, or if neither diagonal lies inside (the ring crosses itself).
///
/// Handles the concave corner and the corner on a straight line: there only one diagonal makes two triangles.
pub(super) fn halves(polygon: &Polygon, normal: [f64; 3]) -> Option<[[u32; 3]; 2]> {
    let [a, b, c, d] = *polygon.exterior.as_slice() else {
        return None;
    };
    if !polygon.interiors.is_empty() {
        return None;
    }
    let (ab, ac, ad) = (subtract(b, a), subtract(c, a), subtract(d, a));
    // Twice the areas along the normal.
    let abc = dot(cross(ab, ac), normal);
    let acd = dot(cross(ac, ad), normal);
    let abd = dot(cross(ab, ad), normal);
    let bcd = abc + acd - abd;
    // A half below this is a corner on a line, up to rounding.
    let floor = 1e-9 * (abc + acd).abs();
    let first = abc.min(acd);
    let second = abd.min(bcd);
    // On a rectangle the two are equal up to rounding: keep to the first.
    if first > floor && first >= 0.5 * second {
        Some([[0, 1, 2], [0, 2, 3]])
    } else if second > floor {
        Some([[0, 1, 3], [1, 2, 3]])
    } else {
        None
    }
}
