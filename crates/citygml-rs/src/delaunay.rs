//! Triangles for points of a terrain, as seen from above.

use spade::{ConstrainedDelaunayTriangulation, HasPosition, Point2, Triangulation};

/// A point with its place in the plane, relative to the first one: far from the origin digits would be lost.
#[derive(Debug, Clone, Copy)]
struct Vertex {
    place: Point2<f64>,
    point: [f64; 3],
}

impl HasPosition for Vertex {
    type Scalar = f64;

    fn position(&self) -> Point2<f64> {
        self.place
    }
}

/// Delaunay triangulation in the first two coordinates, with the segments of `lines` as edges where they cross no other
/// line. Triangles are counter-clockwise in these two coordinates. Triangles with a side longer than `max_length`, in the
/// unit of the coordinates, are left out. Of points one above the other the last counts.
///
/// `None` where the points span no area.
pub(crate) fn triangles_over(
    points: &[[f64; 3]],
    lines: &[&[[f64; 3]]],
    max_length: Option<f64>,
) -> Option<Vec<[[f64; 3]; 3]>> {
    let &[x, y, _] = points.first()?;
    let vertex = |&point: &[f64; 3]| Vertex {
        place: Point2::new(point[0] - x, point[1] - y),
        point,
    };
    let vertices: Vec<Vertex> = points.iter().map(vertex).collect();
    let mut net = ConstrainedDelaunayTriangulation::<Vertex>::bulk_load(vertices).ok()?;
    for line in lines {
        let mut previous = None;
        for point in *line {
            let place = net.insert(vertex(point)).ok()?;
            if let Some(previous) = previous
                && previous != place
                && net.can_add_constraint(previous, place)
            {
                net.add_constraint(previous, place);
            }
            previous = Some(place);
        }
    }
    let is_short = |from: &Vertex, to: &Vertex| {
        let length = (from.place.x - to.place.x).hypot(from.place.y - to.place.y);
        max_length.is_none_or(|limit| length <= limit)
    };
    let faces = net
        .inner_faces()
        .map(|face| face.vertices().map(|corner| *corner.data()));
    let kept = faces.filter(|[a, b, c]| is_short(a, b) && is_short(b, c) && is_short(c, a));
    let triangles: Vec<_> = kept
        .map(|corners| corners.map(|corner| corner.point))
        .collect();
    (net.num_inner_faces() > 0).then_some(triangles)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [[f64; 3]; 4] = [
        [500_000.0, 5_000_000.0, 1.0],
        [500_010.0, 5_000_000.0, 2.0],
        [500_010.0, 5_000_011.0, 3.0],
        [500_000.0, 5_000_010.0, 4.0],
    ];

    fn area(triangles: &[[[f64; 3]; 3]]) -> f64 {
        let doubled = triangles
            .iter()
            .map(|[a, b, c]| (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
        doubled.sum::<f64>() / 2.0
    }

    #[test]
    fn a_square_becomes_two_triangles_that_face_up() {
        let triangles = triangles_over(&SQUARE, &[], None).expect("an area");
        assert_eq!(triangles.len(), 2);
        assert!((area(&triangles) - 105.0).abs() < 1e-6);
    }

    #[test]
    fn lines_become_edges() {
        for (from, to) in [(0, 2), (1, 3)] {
            let line = [SQUARE[from], SQUARE[to]];
            let triangles = triangles_over(&SQUARE, &[&line], None).expect("an area");
            let has_both = |triangle: &[[f64; 3]; 3]| {
                triangle.contains(&SQUARE[from]) && triangle.contains(&SQUARE[to])
            };
            assert!(triangles.iter().all(has_both));
        }
    }

    #[test]
    fn long_sides_leave_gaps_and_lines_span_no_area() {
        let mut points = SQUARE.to_vec();
        points.push([500_100.0, 5_000_005.0, 0.0]);
        let triangles = triangles_over(&points, &[], Some(20.0)).expect("an area");
        assert_eq!(triangles.len(), 2);
        assert_eq!(triangles_over(&SQUARE[..2], &[], None), None);
        assert_eq!(triangles_over(&[], &[], None), None);
    }
}
