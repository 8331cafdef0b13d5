//! A plane seen along a coordinate axis.

use crate::normal::subtract;

/// The two coordinate axes that are left when a plane is seen along the axis closest to its normal, in such order that what
/// runs counter-clockwise about the normal does so in the picture.
///
/// Against turning the points into the plane this keeps the source's digits: what has the same height or lies on a line
/// along an axis does so exactly. Distances become shorter by at most a factor of √3.
pub(crate) struct PlaneView {
    origin: [f64; 3],
    right: usize,
    up: usize,
}

impl PlaneView {
    /// Looks against a normal; `origin` becomes the origin of the picture.
    pub(crate) fn along(normal: [f64; 3], origin: [f64; 3]) -> Self {
        let [x, y, z] = normal.map(f64::abs);
        let axis = if z >= x && z >= y {
            2
        } else if x >= y {
            0
        } else {
            1
        };
        let (right, up) = ((axis + 1) % 3, (axis + 2) % 3);
        let (right, up) = if normal[axis] < 0.0 {
            (up, right)
        } else {
            (right, up)
        };
        Self { origin, right, up }
    }

    /// Where a point is seen.
    pub(crate) fn flatten(&self, point: [f64; 3]) -> [f64; 2] {
        let relative = subtract(point, self.origin);
        [relative[self.right], relative[self.up]]
    }

    /// The point of a ring that is seen nearest to a place in the picture.
    pub(crate) fn nearest(&self, place: [f64; 2], ring: &[[f64; 3]]) -> [f64; 3] {
        let distance = |&point: &[f64; 3]| {
            let [u, v] = self.flatten(point);
            (u - place[0]).hypot(v - place[1])
        };
        ring.iter()
            .copied()
            .min_by(|a, b| distance(a).total_cmp(&distance(b)))
            .unwrap_or(self.origin)
    }
}
