//! The triangulated terrain: a warped grid whose rows follow the river, fine in town, coarse outside.

use super::relief::designed_height;
use crate::plan::polygon::{PlanPoint, at, cross};
use crate::plan::river;
use crate::solid::Position;

/// West, south, east and north edge of the terrain, plan metres.
pub(crate) const EXTENT_M: [f64; 4] = [-620.0, -600.0, 1820.0, 1600.0];
/// Spacing of columns and rows in town and outside, metres.
const TOWN_STEP_M: f64 = 18.0;
const OUTSIDE_STEP_M: f64 = 46.0;

/// The terrain surface. Heights between its nodes are linear in each triangle, so what is laid on
/// a triangle lies on the terrain exactly.
#[derive(Debug, Clone)]
pub struct Terrain {
    columns: Vec<f64>,
    rows: usize,
    /// Node (column, row) at `column * rows + row`.
    nodes: Vec<Position>,
}

impl Terrain {
    /// Samples the designed relief.
    pub(crate) fn new(seed: u64) -> Self {
        let columns = graded_lines(EXTENT_M[0], EXTENT_M[2], (-80.0, 1300.0));
        let offsets = row_offsets();
        let mut nodes = Vec::with_capacity(columns.len() * offsets.len());
        for &x in &columns {
            for &offset in &offsets {
                let point = at(x, row_northing(x, offset));
                nodes.push([point.x, point.y, designed_height(seed, point)]);
            }
        }
        Self {
            columns,
            rows: offsets.len(),
            nodes,
        }
    }

    /// All triangles, counter-clockwise seen from above.
    pub fn triangles(&self) -> impl Iterator<Item = [[f64; 3]; 3]> + '_ {
        (0..self.columns.len() - 1)
            .flat_map(move |column| (0..self.rows - 1).flat_map(move |row| self.cell(column, row)))
    }

    /// The triangles whose bounding boxes may touch a box (west, south, east, north).
    pub(crate) fn triangles_near(
        &self,
        [west, south, east, north]: [f64; 4],
    ) -> Vec<[Position; 3]> {
        let first = self.column_of(west);
        let last = self.column_of(east);
        let mut found = Vec::new();
        for column in first..=last {
            for row in 0..self.rows - 1 {
                let corners = self.corners(column, row);
                let low = corners.iter().map(|p| p[1]).fold(f64::INFINITY, f64::min);
                let high = corners
                    .iter()
                    .map(|p| p[1])
                    .fold(f64::NEG_INFINITY, f64::max);
                if low <= north && high >= south {
                    found.extend(self.cell(column, row));
                }
            }
        }
        found
    }

    /// Height at a plan point, metres above DHHN92; beyond the edge, that of the edge.
    pub fn height(&self, x: f64, y: f64) -> f64 {
        let x = x.clamp(EXTENT_M[0], EXTENT_M[2]);
        let y = y.clamp(EXTENT_M[1], EXTENT_M[3]);
        let column = self.column_of(x);
        let t = (x - self.columns[column]) / (self.columns[column + 1] - self.columns[column]);
        let northing = |row: usize| {
            let (a, b) = (self.node(column, row), self.node(column + 1, row));
            a[1] + (b[1] - a[1]) * t
        };
        let (mut low, mut high) = (0, self.rows - 1);
        while high - low > 1 {
            let mid = usize::midpoint(low, high);
            if northing(mid) <= y {
                low = mid
            } else {
                high = mid
            }
        }
        let [lower, upper] = self.cell(column, low);
        let point = at(x, y);
        // The diagonal runs from the south-west to the north-east corner.
        let (a, c) = (lower[0], lower[2]);
        let right_of_diagonal = cross(at(c[0] - a[0], c[1] - a[1]), point - at(a[0], a[1])) <= 0.0;
        plane_height(if right_of_diagonal { &lower } else { &upper }, point)
    }

    /// Lowest and highest terrain under a ring: its edges and its inside are sampled every 2 metres
    /// or finer, which on slopes of this land misses less than a decimetre.
    pub(crate) fn range_under(&self, ring: &[PlanPoint]) -> (f64, f64) {
        let mut range = (f64::INFINITY, f64::NEG_INFINITY);
        let mut visit = |p: PlanPoint| {
            let height = self.height(p.x, p.y);
            range = (range.0.min(height), range.1.max(height));
        };
        let middle = crate::plan::polygon::middle(ring);
        for i in 0..ring.len() {
            let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
            let steps = (crate::plan::polygon::distance(a, b) / 2.0).ceil().max(1.0) as usize;
            for step in 0..steps {
                let edge = crate::plan::polygon::lerp(a, b, step as f64 / steps as f64);
                for share in [1.0, 0.66, 0.33, 0.0] {
                    visit(crate::plan::polygon::lerp(middle, edge, share));
                }
            }
        }
        range
    }

    fn node(&self, column: usize, row: usize) -> Position {
        self.nodes[column * self.rows + row]
    }

    fn corners(&self, column: usize, row: usize) -> [Position; 4] {
        [
            self.node(column, row),
            self.node(column + 1, row),
            self.node(column + 1, row + 1),
            self.node(column, row + 1),
        ]
    }

    fn cell(&self, column: usize, row: usize) -> [[Position; 3]; 2] {
        let [a, b, c, d] = self.corners(column, row);
        [[a, b, c], [a, c, d]]
    }

    fn column_of(&self, x: f64) -> usize {
        let after = self.columns.partition_point(|&column| column <= x);
        after.clamp(1, self.columns.len() - 1) - 1
    }
}

/// Height of the triangle's plane at a point.
pub(crate) fn plane_height(triangle: &[Position; 3], point: PlanPoint) -> f64 {
    let [a, b, c] = triangle;
    let (u, v) = (at(b[0] - a[0], b[1] - a[1]), at(c[0] - a[0], c[1] - a[1]));
    let p = point - at(a[0], a[1]);
    let area = cross(u, v);
    let (s, t) = (cross(p, v) / area, cross(u, p) / area);
    a[2] + s * (b[2] - a[2]) + t * (c[2] - a[2])
}

/// Lines from `low` to `high`, closely spaced between the two ends of `town`.
fn graded_lines(low: f64, high: f64, town: (f64, f64)) -> Vec<f64> {
    let spread = |from: f64, to: f64, step: f64| {
        let count = ((to - from) / step).round() as usize;
        (0..count).map(move |i| from + (to - from) * i as f64 / count as f64)
    };
    spread(low, town.0, OUTSIDE_STEP_M)
        .chain(spread(town.0, town.1, TOWN_STEP_M))
        .chain(spread(town.1, high, OUTSIDE_STEP_M))
        .chain([high])
        .collect()
}

/// A row of the grid: a distance from the river's axis or, away from it, a northing.
#[derive(Debug, Clone, Copy)]
enum Row {
    /// Foot of a bank: the edge of the bed. -1 south, 1 north.
    BankFoot(f64),
    /// Top of a bank.
    BankTop(f64),
    /// Metres north of the river's mean northing.
    Plain(f64),
}

fn row_offsets() -> Vec<Row> {
    let mean = river::MEAN_NORTHING_M;
    let plain = |lines: Vec<f64>| lines.into_iter().map(Row::Plain);
    let south = graded_lines(EXTENT_M[1] - mean, -46.0, (-300.0, -46.0));
    let north = graded_lines(46.0, EXTENT_M[3] - mean, (46.0, 740.0));
    plain(south)
        .chain([
            Row::BankTop(-1.0),
            Row::BankFoot(-1.0),
            Row::Plain(0.0),
            Row::BankFoot(1.0),
            Row::BankTop(1.0),
        ])
        .chain(plain(north))
        .collect()
}

fn row_northing(x: f64, row: Row) -> f64 {
    let axis = river::axis_northing(x);
    match row {
        Row::BankFoot(side) => axis + side * river::HALF_WIDTH_M,
        Row::BankTop(side) => axis + side * (river::HALF_WIDTH_M + river::bank_width_m(x)),
        Row::Plain(offset) => {
            // Rows follow the river close by and straighten out over the next 250 metres.
            let follow = 1.0 - crate::random::smooth_step(50.0, 330.0, offset.abs());
            river::MEAN_NORTHING_M + offset + (axis - river::MEAN_NORTHING_M) * follow
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triangles_face_upwards_and_cover_the_extent() {
        let terrain = Terrain::new(3);
        let mut area = 0.0;
        let mut count = 0;
        for [a, b, c] in terrain.triangles() {
            let twice = cross(at(b[0] - a[0], b[1] - a[1]), at(c[0] - a[0], c[1] - a[1]));
            assert!(twice > 0.0, "triangle at {a:?} is turned over");
            area += twice / 2.0;
            count += 1;
        }
        assert!((area - 2440.0 * 2200.0).abs() < 1.0);
        assert!((10_000..60_000).contains(&count), "{count} triangles");
    }

    #[test]
    fn height_agrees_with_the_triangles() {
        let terrain = Terrain::new(3);
        for [a, b, c] in terrain.triangles().step_by(37) {
            let middle = [0, 1, 2].map(|k| (a[k] + b[k] + c[k]) / 3.0);
            assert!((terrain.height(middle[0], middle[1]) - middle[2]).abs() < 1e-6);
        }
    }
}
