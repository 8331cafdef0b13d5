//! Ear clipping of any polygon, and the check that nothing was lost on the way.

use earcut::Earcut;

use super::plane::{Flattened, doubled_area, is_sliver};
use super::repair::repair;
use super::{TriangulationError, TriangulationReport};
use crate::Polygon;
use crate::validity::has_crossing;

/// How far the triangles may miss the area of the rings, relative to it: above what rounding to millimetres makes of the
/// points on long edges, below what is seen.
const AREA_TOLERANCE: f64 = 1e-3;

/// Points above which rings are compared for crossings before they are cut.
const COMPARED_FIRST: usize = 4000;

/// Buffers for ear clipping, reused from polygon to polygon.
pub(super) struct Clipper {
    earcut: Earcut<f64>,
    flat: Flattened,
    corners: Vec<u32>,
}

impl Default for Clipper {
    fn default() -> Self {
        Self {
            earcut: Earcut::new(),
            flat: Flattened::default(),
            corners: Vec::new(),
        }
    }
}

impl Clipper {
    /// Appends the triangles of a polygon whose exterior ring has an area.
    pub(super) fn clip(
        &mut self,
        polygon: &Polygon,
        normal: [f64; 3],
        triangles: &mut Vec<[u32; 3]>,
    ) -> Result<TriangulationReport, TriangulationError> {
        let flat = &mut self.flat;
        flat.fill(polygon, normal);
        // Ear clipping takes minutes where tens of thousands of edges cross.
        if flat.points.len() > COMPARED_FIRST
            && has_crossing(flat.rings().map(|ring| &flat.points[ring])) != Some(false)
        {
            return Err(TriangulationError::Entangled);
        }
        let points = flat.points.iter().copied();
        self.earcut
            .earcut(points, &flat.hole_starts, &mut self.corners);
        triangles.extend(
            self.corners
                .chunks_exact(3)
                .map(|corners| [corners[0], corners[1], corners[2]]),
        );

        // Clipping an ear takes one point away, bridging a hole adds two: the number of triangles tells whether each
        // point went with an ear or some were passed over.
        let expected = (flat.points.len() + 2 * flat.hole_starts.len()).saturating_sub(2);
        let has_sliver = triangles
            .iter()
            .any(|corners| is_sliver(corners.map(|index| flat.points[index as usize])));
        let keeps_edges =
            triangles.len() == expected && !has_sliver || repair(polygon, flat, triangles);

        let mut covered = 0.0_f64;
        for corners in triangles.iter_mut() {
            let doubled = doubled_area(corners.map(|index| flat.points[index as usize]));
            covered += doubled.abs();
            // Only rings that cross leave a triangle that is turned over.
            if doubled < 0.0 && !keeps_edges {
                corners.swap(1, 2);
            }
            *corners = corners.map(|index| flat.sources[index as usize]);
        }
        let enclosed = flat.doubled_ring_area();
        Ok(TriangulationReport {
            keeps_edges: keeps_edges && !flat.has_stray_hole,
            keeps_area: !flat.has_stray_hole
                && (covered - enclosed).abs() <= AREA_TOLERANCE * enclosed.abs(),
        })
    }
}
