//! Who stands where: keeps buildings off streets, water and one another.

use geo::{Area, BooleanOps, BoundingRect, Intersects, MultiPolygon, Polygon, Rect};

use super::polygon::{PlanPoint, polygon};

/// Overlap that counts as touching, square metres.
const TOUCHING_M2: f64 = 0.05;

/// The ground that is taken.
#[derive(Debug, Clone)]
pub(crate) struct Occupancy {
    street_space: Vec<(Rect<f64>, Polygon<f64>)>,
    taken: Vec<(Rect<f64>, Polygon<f64>)>,
}

impl Occupancy {
    /// Nothing is built yet; `street_space` stays free.
    pub(crate) fn new(street_space: &MultiPolygon<f64>) -> Self {
        // One big polygon with a hole per block: asking its triangles is much faster than asking it whole.
        let street_space = street_space
            .iter()
            .flat_map(pieces)
            .filter_map(with_bounds)
            .collect();
        Self {
            street_space,
            taken: Vec::new(),
        }
    }

    /// Takes the ground of `ring`, free or not: for what may stand on squares.
    pub(crate) fn take_unasked(&mut self, ring: &[PlanPoint]) {
        self.taken.extend(with_bounds(polygon(ring)));
    }

    /// Whether nothing is built within `ring`.
    pub(crate) fn is_free(&self, ring: &[PlanPoint]) -> bool {
        !overlaps(&self.taken, &polygon(ring))
    }

    /// Whether `ring` reaches into streets, squares or water.
    pub(crate) fn in_street(&self, ring: &[PlanPoint]) -> bool {
        overlaps(&self.street_space, &polygon(ring))
    }
}

fn overlaps(taken: &[(Rect<f64>, Polygon<f64>)], wanted: &Polygon<f64>) -> bool {
    let Some(bounds) = wanted.bounding_rect() else {
        return false;
    };
    taken.iter().any(|(other_bounds, other)| {
        bounds.intersects(other_bounds)
            && wanted.intersects(other)
            && wanted.intersection(other).unsigned_area() > TOUCHING_M2
    })
}

fn with_bounds(polygon: Polygon<f64>) -> Option<(Rect<f64>, Polygon<f64>)> {
    polygon.bounding_rect().map(|bounds| (bounds, polygon))
}

fn pieces(area: &Polygon<f64>) -> Vec<Polygon<f64>> {
    use geo::TriangulateEarcut;
    area.earcut_triangles()
        .into_iter()
        .map(|triangle| triangle.to_polygon())
        .collect()
}
