//! Lays areas of the plan onto the terrain: cut along its triangles, so nothing can pierce them.

use geo::{BooleanOps, BoundingRect, MultiPolygon, Relate};

use super::mesh::{Terrain, plane_height};
use crate::plan::polygon::{PlanPoint, at, open_ring, polygon, signed_area, tidy_ring};
use crate::solid::{Position, lift};

/// A planar piece of a draped area: exterior ring and holes, counter-clockwise seen from above.
#[derive(Debug, Clone)]
pub struct DrapedPiece {
    /// Outer ring.
    pub exterior: Vec<[f64; 3]>,
    /// Holes.
    pub interiors: Vec<Vec<[f64; 3]>>,
}

/// Cuts `area` along the terrain's triangles and lifts the pieces `above_m` over them.
pub(crate) fn drape(terrain: &Terrain, area: &MultiPolygon<f64>, above_m: f64) -> Vec<DrapedPiece> {
    /// Smaller pieces are rounding dust of the cut.
    const SMALLEST_M2: f64 = 0.02;
    let mut pieces = Vec::new();
    for part in &area.0 {
        let Some(bounds) = part.bounding_rect() else {
            continue;
        };
        let near = [
            bounds.min().x,
            bounds.min().y,
            bounds.max().x,
            bounds.max().y,
        ];
        for triangle in terrain.triangles_near(near) {
            let outline = triangle.map(|p| at(p[0], p[1]));
            let outline = polygon(&outline);
            let relation = part.relate(&outline);
            if relation.is_disjoint() {
                continue;
            }
            if relation.is_covers() {
                let exterior = triangle
                    .iter()
                    .map(|p| [p[0], p[1], p[2] + above_m])
                    .collect();
                pieces.push(DrapedPiece {
                    exterior,
                    interiors: Vec::new(),
                });
                continue;
            }
            for piece in part.intersection(&outline) {
                let exterior = tidy_ring(&open_ring(piece.exterior()), 0.02, 0.2);
                if signed_area(&exterior) < SMALLEST_M2 || exterior.len() < 3 {
                    continue;
                }
                let raise = |ring: Vec<PlanPoint>| -> Vec<Position> {
                    ring.into_iter()
                        .map(|p| lift(p, plane_height(&triangle, p) + above_m))
                        .collect()
                };
                let interiors = piece.interiors().iter().map(|hole| {
                    let mut ring = raise(open_ring(hole));
                    ring.reverse();
                    ring
                });
                pieces.push(DrapedPiece {
                    interiors: interiors.collect(),
                    exterior: raise(exterior),
                });
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::polygon::rectangle;

    #[test]
    fn pieces_cover_the_area_and_lie_on_the_terrain() {
        let terrain = Terrain::new(1);
        let ring = rectangle(at(700.0, 760.0), 0.5, 120.0, 30.0);
        let pieces = drape(&terrain, &MultiPolygon::new(vec![polygon(&ring)]), 0.2);
        let mut area = 0.0;
        for piece in &pieces {
            let plan: Vec<_> = piece.exterior.iter().map(|p| at(p[0], p[1])).collect();
            area += signed_area(&plan);
            for p in &piece.exterior {
                assert!((p[2] - terrain.height(p[0], p[1]) - 0.2).abs() < 1e-3);
            }
        }
        assert!((area - 3600.0).abs() < 2.0, "{area}");
    }
}
