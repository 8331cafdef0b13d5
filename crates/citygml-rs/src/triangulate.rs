//! Triangles for a polygon with holes, in its own plane.

use earcut::Earcut;
use thiserror::Error;

use crate::Polygon;
use crate::normal::{cross, dot, normal_and_area, subtract};

/// Why a polygon cannot be triangulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TriangulationError {
    /// The exterior ring has fewer than three points.
    #[error("the exterior ring has fewer than three points")]
    TooFewPoints,
    /// The exterior ring spans no area: its points lie on one line, or it crosses itself into two equal halves.
    #[error("the exterior ring has no area")]
    ZeroArea,
    /// A coordinate is not finite.
    #[error("a coordinate is not a finite number")]
    NotFinite,
    /// More than `u32::MAX` points.
    #[error("the polygon has too many points")]
    TooManyPoints,
}

/// Triangulates a polygon with holes.
///
/// Each triangle holds three indices into the exterior ring followed by the interior rings in order. All triangles turn
/// the same way as the exterior ring, whatever way the holes run. Nearly planar polygons are accepted: the vertices stay
/// where they are, only the choice of triangles is made in the best-fitting plane. Self-intersecting rings give some
/// triangles, not an error.
///
/// The coordinates must have one unit on all axes; convert degrees to metres first.
///
/// # Errors
/// For polygons without area or with coordinates that are not finite.
///
/// ```
/// use citygml_rs::{Polygon, triangulate};
///
/// let square = Polygon {
///     exterior: vec![[0.0, 0.0, 3.0], [4.0, 0.0, 3.0], [4.0, 4.0, 3.0], [0.0, 4.0, 3.0]],
///     interiors: vec![],
/// };
/// assert_eq!(triangulate(&square)?, [[0, 1, 2], [0, 2, 3]]);
/// # Ok::<(), citygml_rs::TriangulationError>(())
/// ```
pub fn triangulate(polygon: &Polygon) -> Result<Vec<[u32; 3]>, TriangulationError> {
    let exterior = &polygon.exterior;
    if exterior.len() < 3 {
        return Err(TriangulationError::TooFewPoints);
    }
    let vertex_count = exterior.len() + polygon.interiors.iter().map(Vec::len).sum::<usize>();
    if u32::try_from(vertex_count).is_err() {
        return Err(TriangulationError::TooManyPoints);
    }
    let vertices = || exterior.iter().chain(polygon.interiors.iter().flatten());
    if vertices().flatten().any(|value| !value.is_finite()) {
        return Err(TriangulationError::NotFinite);
    }
    let (normal, _) = normal_and_area(exterior).ok_or(TriangulationError::ZeroArea)?;

    if polygon.interiors.is_empty() {
        match exterior.len() {
            3 => return Ok(vec![[0, 1, 2]]),
            4 if is_convex(exterior, normal) => return Ok(vec![[0, 1, 2], [0, 2, 3]]),
            _ => {}
        }
    }

    let origin = exterior[0];
    let (axis_u, axis_v) = plane_axes(normal);
    let flat: Vec<[f64; 2]> = vertices()
        .map(|&vertex| {
            let relative = subtract(vertex, origin);
            [dot(relative, axis_u), dot(relative, axis_v)]
        })
        .collect();
    let mut hole_starts = Vec::with_capacity(polygon.interiors.len());
    let mut start = exterior.len();
    for interior in &polygon.interiors {
        // A ring without points would be taken for the start of the next one.
        if !interior.is_empty() {
            hole_starts.push(start as u32);
            start += interior.len();
        }
    }
    let mut indices: Vec<u32> = Vec::new();
    Earcut::new().earcut(flat.iter().copied(), &hole_starts, &mut indices);
    if indices.is_empty() {
        return Err(TriangulationError::ZeroArea);
    }
    Ok(indices
        .chunks_exact(3)
        .map(|corners| turn_counter_clockwise([corners[0], corners[1], corners[2]], &flat))
        .collect())
}

/// The plane is seen from where the normal points, so the exterior runs counter-clockwise in it.
fn turn_counter_clockwise([a, b, c]: [u32; 3], flat: &[[f64; 2]]) -> [u32; 3] {
    let [pa, pb, pc] = [a, b, c].map(|index| flat[index as usize]);
    let doubled_area = (pb[0] - pa[0]) * (pc[1] - pa[1]) - (pb[1] - pa[1]) * (pc[0] - pa[0]);
    if doubled_area < 0.0 {
        [a, c, b]
    } else {
        [a, b, c]
    }
}

fn is_convex(ring: &[[f64; 3]], normal: [f64; 3]) -> bool {
    (0..ring.len()).all(|corner| {
        let here = ring[corner];
        let next = ring[(corner + 1) % ring.len()];
        let after = ring[(corner + 2) % ring.len()];
        dot(cross(subtract(next, here), subtract(after, next)), normal) > 0.0
    })
}

/// Two unit vectors that span the plane, `u × v = normal`.
fn plane_axes(normal: [f64; 3]) -> ([f64; 3], [f64; 3]) {
    // The coordinate axis farthest from the normal keeps the cross product away from zero.
    let [x, y, z] = normal.map(f64::abs);
    let helper = if x <= y && x <= z {
        [1.0, 0.0, 0.0]
    } else if y <= z {
        [0.0, 1.0, 0.0]
    } else {
        [0.0, 0.0, 1.0]
    };
    let u = cross(helper, normal);
    let length = dot(u, u).sqrt();
    let u = u.map(|component| component / length);
    (u, cross(normal, u))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::polygon_normal;

    /// Sum of the signed areas of the triangles along the polygon's normal.
    fn triangle_area(polygon: &Polygon) -> f64 {
        let normal = polygon_normal(polygon).expect("test polygons have a normal");
        let vertices: Vec<_> = polygon
            .exterior
            .iter()
            .chain(polygon.interiors.iter().flatten())
            .collect();
        triangulate(polygon)
            .expect("test polygons can be triangulated")
            .iter()
            .map(|corners| {
                let [a, b, c] = corners.map(|index| *vertices[index as usize]);
                let area = dot(cross(subtract(b, a), subtract(c, a)), normal) / 2.0;
                assert!(area >= 0.0, "a triangle turns against the polygon");
                area
            })
            .sum()
    }

    /// A facade 10 by 6 with two windows, on a wall that stands askew, far from the origin.
    fn facade() -> Polygon {
        let place = |along: f64, up: f64| {
            [
                690_000.0 + along * 0.6,
                5_335_000.0 + along * 0.8,
                515.0 + up,
            ]
        };
        let rectangle = |x0: f64, y0: f64, x1: f64, y1: f64| {
            vec![place(x0, y0), place(x1, y0), place(x1, y1), place(x0, y1)]
        };
        let mut second_window = rectangle(6.0, 2.0, 8.0, 4.0);
        second_window.reverse();
        Polygon {
            exterior: rectangle(0.0, 0.0, 10.0, 6.0),
            interiors: vec![rectangle(2.0, 2.0, 4.0, 4.0), second_window],
        }
    }

    #[test]
    fn holes_stay_open_whatever_way_they_run() {
        assert!((triangle_area(&facade()) - 52.0).abs() < 1e-6);
    }

    #[test]
    fn triangles_follow_the_reversed_polygon() {
        let mut polygon = facade();
        polygon.exterior.reverse();
        assert!((triangle_area(&polygon) - 52.0).abs() < 1e-6);
    }

    #[test]
    fn concave_quads_do_not_take_the_fast_path() {
        let arrow = Polygon {
            exterior: vec![
                [0.0, 0.0, 0.0],
                [4.0, 2.0, 0.0],
                [0.0, 4.0, 0.0],
                [1.0, 2.0, 0.0],
            ],
            interiors: vec![],
        };
        assert!((triangle_area(&arrow) - 6.0).abs() < 1e-12);
    }

    #[test]
    fn a_slightly_warped_roof_is_accepted() {
        let roof = Polygon {
            exterior: vec![
                [0.0, 0.0, 0.02],
                [10.0, 0.0, 0.0],
                [10.0, 8.0, 0.02],
                [5.0, 12.0, 0.01],
                [0.0, 8.0, 0.0],
            ],
            interiors: vec![],
        };
        assert!((triangle_area(&roof) - 100.0).abs() < 0.01);
    }

    #[test]
    fn what_has_no_area_is_an_error() {
        let line = Polygon {
            exterior: vec![[0.0; 3], [1.0; 3], [2.0; 3], [1.5; 3]],
            interiors: vec![],
        };
        assert_eq!(triangulate(&line), Err(TriangulationError::ZeroArea));
        assert_eq!(
            triangulate(&Polygon::default()),
            Err(TriangulationError::TooFewPoints)
        );
        let broken = Polygon {
            exterior: vec![[0.0; 3], [f64::NAN; 3], [2.0, 0.0, 0.0]],
            interiors: vec![],
        };
        assert_eq!(triangulate(&broken), Err(TriangulationError::NotFinite));
    }
}
