//! A polygon seen along one coordinate axis.

use crate::Polygon;
use crate::plane_view::PlaneView;

/// Height of a triangle over its longest edge, relative to that edge, below which its corners lie on one line: what
/// rounding to millimetres makes of points on an edge of some metres.
const SLIVER: f64 = 1e-3;

/// The rings of a polygon in a plane: consecutive points differ, each ring has three or more, the exterior runs
/// counter-clockwise, holes as in the source.
#[derive(Default)]
pub(super) struct Flattened {
    /// Points, the exterior ring first.
    pub(super) points: Vec<[f64; 2]>,
    /// Which vertex of the polygon each point is.
    pub(super) sources: Vec<u32>,
    /// Where the holes begin.
    pub(super) hole_starts: Vec<u32>,
    /// Whether a hole was left out because it reaches beyond the extent of the exterior ring.
    pub(super) has_stray_hole: bool,
}

impl Flattened {
    /// Takes the place of what was there with a polygon.
    pub(super) fn fill(&mut self, polygon: &Polygon, normal: [f64; 3]) {
        self.points.clear();
        self.sources.clear();
        self.hole_starts.clear();
        self.has_stray_hole = false;
        let view = PlaneView::along(normal, polygon.exterior[0]);
        self.add_ring(&polygon.exterior, 0, &view);
        let (low, high) = extent(&self.points);
        let mut source = polygon.exterior.len() as u32;
        for interior in &polygon.interiors {
            let start = self.points.len();
            self.add_ring(interior, source, &view);
            source += interior.len() as u32;
            // Ear clipping hashes by the extent of the exterior ring and must not meet a point beyond.
            let is_stray = self.points[start..].iter().any(|point| {
                (0..2).any(|axis| point[axis] < low[axis] || point[axis] > high[axis])
            });
            self.has_stray_hole |= is_stray;
            if is_stray || self.points.len() - start < 3 {
                self.points.truncate(start);
                self.sources.truncate(start);
            } else {
                self.hole_starts.push(start as u32);
            }
        }
    }

    fn add_ring(&mut self, ring: &[[f64; 3]], source: u32, view: &PlaneView) {
        let mut previous = ring.last();
        for (index, point) in ring.iter().enumerate() {
            if previous != Some(point) {
                self.points.push(view.flatten(*point));
                self.sources.push(source + index as u32);
            }
            previous = Some(point);
        }
    }

    /// Rings as ranges of points, the exterior first.
    pub(super) fn rings(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        let starts = std::iter::once(0).chain(self.hole_starts.iter().map(|&start| start as usize));
        let ends = self.hole_starts.iter().map(|&start| start as usize);
        starts
            .zip(ends.chain([self.points.len()]))
            .map(|(start, end)| start..end)
    }

    /// Twice the area of the exterior ring without the interior ones.
    pub(super) fn doubled_ring_area(&self) -> f64 {
        let mut sum = 0.0;
        for (number, ring) in self.rings().enumerate() {
            let area = doubled_ring_area(&self.points[ring]);
            sum += if number == 0 { area } else { -area.abs() };
        }
        sum
    }
}

fn extent(points: &[[f64; 2]]) -> ([f64; 2], [f64; 2]) {
    let mut low = [f64::INFINITY; 2];
    let mut high = [f64::NEG_INFINITY; 2];
    for point in points {
        for axis in 0..2 {
            low[axis] = low[axis].min(point[axis]);
            high[axis] = high[axis].max(point[axis]);
        }
    }
    (low, high)
}

pub(super) fn doubled_ring_area(ring: &[[f64; 2]]) -> f64 {
    let Some(&origin) = ring.first() else {
        return 0.0;
    };
    ring.windows(2)
        .map(|pair| doubled_area([origin, pair[0], pair[1]]))
        .sum()
}

/// Twice the area of a triangle, positive if it runs counter-clockwise.
pub(super) fn doubled_area([a, b, c]: [[f64; 2]; 3]) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// Whether the corners lie on one line for all that can be seen, or the triangle is turned over.
pub(super) fn is_sliver(corners: [[f64; 2]; 3]) -> bool {
    let [a, b, c] = corners;
    let longest = squared_distance(a, b)
        .max(squared_distance(b, c))
        .max(squared_distance(c, a));
    doubled_area(corners) <= SLIVER * longest
}

pub(super) fn squared_distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    let (x, y) = (b[0] - a[0], b[1] - a[1]);
    x * x + y * y
}
