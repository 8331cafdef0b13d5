//! Crisp edges of a triangle mesh: those that a draughtsman would draw.

use std::collections::HashMap;

use glam::Vec3;

/// A corner, snapped to whole millimetres, so that vertices repeated for flat shading count as one.
type Corner = [i64; 3];

/// Pairs of vertex indices along which two faces meet at more than `angle_deg`, along which only one face
/// lies, or where more than two meet.
///
/// Positions are metres and are matched after rounding to a millimetre. Triangles of zero area and
/// triangles whose indices are out of range are passed over. Each edge comes once, in the order of the
/// triangles. Time and memory grow linearly with the triangles.
pub fn crease_edges(positions: &[[f32; 3]], indices: &[u32], angle_deg: f32) -> Vec<[u32; 2]> {
    struct Edge {
        vertices: [u32; 2],
        first_normal: Vec3,
        faces: u32,
        creased: bool,
    }
    let limit = angle_deg.to_radians().cos();
    let mut order: Vec<Edge> = Vec::new();
    let mut by_corners: HashMap<[Corner; 2], usize> = HashMap::new();
    for triangle in indices.chunks_exact(3) {
        let Some(points) = triangle_points(positions, triangle) else {
            continue;
        };
        let Some(normal) = (points[1] - points[0])
            .cross(points[2] - points[0])
            .try_normalize()
        else {
            continue;
        };
        for i in 0..3 {
            let j = (i + 1) % 3;
            let (from, to) = (snap(points[i]), snap(points[j]));
            if from == to {
                continue;
            }
            let key = if from < to { [from, to] } else { [to, from] };
            let slot = *by_corners.entry(key).or_insert_with(|| {
                order.push(Edge {
                    vertices: [triangle[i], triangle[j]],
                    first_normal: normal,
                    faces: 0,
                    creased: false,
                });
                order.len() - 1
            });
            let edge = &mut order[slot];
            edge.faces += 1;
            edge.creased |= edge.first_normal.dot(normal) < limit;
        }
    }
    order
        .into_iter()
        .filter(|edge| edge.creased || edge.faces != 2)
        .map(|edge| edge.vertices)
        .collect()
}

fn triangle_points(positions: &[[f32; 3]], triangle: &[u32]) -> Option<[Vec3; 3]> {
    let point = |i: usize| {
        positions
            .get(triangle[i] as usize)
            .map(|position| Vec3::from_array(*position))
    };
    Some([point(0)?, point(1)?, point(2)?])
}

fn snap(point: Vec3) -> Corner {
    point
        .to_array()
        .map(|value| (f64::from(value) * 1000.0).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A box of 8 corners with 12 triangles, each with its own three vertices.
    fn unwelded_box() -> (Vec<[f32; 3]>, Vec<u32>) {
        let corner = |i: u32| {
            [
                (i & 1) as f32 * 4.0,
                (i >> 1 & 1) as f32 * 5.0,
                (i >> 2) as f32 * 6.0,
            ]
        };
        let quads = [
            [0, 2, 3, 1],
            [4, 5, 7, 6],
            [0, 1, 5, 4],
            [2, 6, 7, 3],
            [0, 4, 6, 2],
            [1, 3, 7, 5],
        ];
        let corners = quads
            .iter()
            .flat_map(|q| [q[0], q[1], q[2], q[0], q[2], q[3]]);
        let positions: Vec<_> = corners.map(corner).collect();
        let indices = (0..positions.len() as u32).collect();
        (positions, indices)
    }

    #[test]
    fn a_box_has_twelve_edges_and_no_diagonals() {
        let (positions, indices) = unwelded_box();
        let edges = crease_edges(&positions, &indices, 20.0);
        assert_eq!(edges.len(), 12);
        for [a, b] in edges {
            let (a, b) = (positions[a as usize], positions[b as usize]);
            assert_eq!(
                (0..3).filter(|&axis| a[axis] != b[axis]).count(),
                1,
                "{a:?} {b:?} is a diagonal"
            );
        }
    }

    #[test]
    fn a_box_without_a_lid_keeps_its_rim() {
        let (positions, indices) = unwelded_box();
        assert_eq!(
            crease_edges(&positions, &indices[6..], 20.0).len(),
            12,
            "the rim is free, and drawn"
        );
        assert_eq!(
            crease_edges(&positions, &indices[6..], 100.0).len(),
            4,
            "only the rim at a wide angle"
        );
    }

    #[test]
    fn nonsense_is_passed_over() {
        assert!(crease_edges(&[[0.0; 3]; 3], &[0, 1, 2], 20.0).is_empty());
        assert!(crease_edges(&[[0.0; 3]], &[0, 7, 9, 1], 20.0).is_empty());
        assert!(crease_edges(&[[f32::NAN; 3]; 3], &[0, 1, 2], 20.0).is_empty());
    }
}
