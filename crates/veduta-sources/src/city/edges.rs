//! Outlines: the lines a draughtsman would ink.

use std::collections::HashMap;

use glam::DVec3;
use tiles3d::surface_class;

/// Two faces that meet at less than this angle are one face to the eye.
const CREASE_DEG: f64 = 20.0;

/// A planar face with its border.
pub(crate) struct Face {
    /// Unit normal.
    pub(crate) normal: DVec3,
    /// Feature that the face belongs to.
    pub(crate) feature: u32,
    /// Its semantic class.
    pub(crate) class: u8,
    /// Mesh that the face is in, an index the caller knows.
    pub(crate) mesh: usize,
    /// Exterior ring first, then holes; open rings.
    pub(crate) rings: Vec<Vec<DVec3>>,
}

/// A line between two points, and the feature it belongs to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Edge {
    /// Both ends.
    pub(crate) ends: [DVec3; 2],
    /// Feature of the first face that has the edge.
    pub(crate) feature: u32,
    /// Class of the first face that has the edge and is no roof, else roof.
    pub(crate) class: u8,
    /// Mesh of the first face that has the edge.
    pub(crate) mesh: usize,
}

/// Borders of faces, without those inside a plane that was cut into several polygons.
///
/// Points count as the same if they agree to a millimetre. An edge stays if only one face has it, or
/// if two faces meet in it at more than 20 degrees. Edges that only overlap (T-junctions) stay both.
pub(crate) fn outline_edges(faces: &[Face]) -> Vec<Edge> {
    let mut order = Vec::new();
    let mut normals_by_edge: HashMap<[[i64; 3]; 2], (usize, Vec<DVec3>)> = HashMap::new();
    for face in faces {
        for ring in &face.rings {
            for (index, &start) in ring.iter().enumerate() {
                let end = ring[(index + 1) % ring.len()];
                let mut key = [snapped(start), snapped(end)];
                if key[0] == key[1] {
                    continue;
                }
                key.sort_unstable();
                let entry = normals_by_edge.entry(key).or_insert_with(|| {
                    order.push((
                        key,
                        Edge {
                            ends: [start, end],
                            feature: face.feature,
                            class: face.class,
                            mesh: face.mesh,
                        },
                    ));
                    (order.len() - 1, Vec::with_capacity(2))
                });
                entry.1.push(face.normal);
                let edge = &mut order[entry.0].1;
                if edge.class == surface_class::ROOF {
                    edge.class = face.class;
                }
            }
        }
    }
    let crease = CREASE_DEG.to_radians().cos();
    order
        .into_iter()
        .filter(|(key, _)| {
            let normals = &normals_by_edge[key].1;
            normals.len() == 1
                || normals
                    .iter()
                    .skip(1)
                    .any(|normal| normal.dot(normals[0]) < crease)
        })
        .map(|(_, edge)| edge)
        .collect()
}

/// Whole millimetres.
pub(crate) fn snapped(point: DVec3) -> [i64; 3] {
    (point * 1_000.0)
        .round()
        .to_array()
        .map(|value| value as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn face(normal: DVec3, ring: &[[f64; 3]]) -> Face {
        Face {
            normal,
            feature: 7,
            class: if normal == DVec3::Z {
                surface_class::ROOF
            } else {
                surface_class::WALL
            },
            mesh: 0,
            rings: vec![ring.iter().copied().map(DVec3::from_array).collect()],
        }
    }

    #[test]
    fn a_seam_in_a_plane_is_not_drawn_and_a_corner_is_drawn_once() {
        let left = face(
            DVec3::Z,
            &[
                [0.0, 0.0, 0.0],
                [1.0, 0.0, 0.0],
                [1.0, 1.0, 0.0],
                [0.0, 1.0, 0.0],
            ],
        );
        let right = face(
            DVec3::Z,
            &[
                [1.0, 0.0, 0.0],
                [2.0, 0.0, 0.0],
                [2.0, 1.0, 0.0],
                [1.0, 1.0, 0.000_2],
            ],
        );
        assert_eq!(outline_edges(&[left, right]).len(), 6);

        let floor = face(
            DVec3::Z,
            &[
                [0.0, 0.0, 0.0],
                [1.0, 0.0, 0.0],
                [1.0, 1.0, 0.0],
                [0.0, 1.0, 0.0],
            ],
        );
        let wall = face(
            DVec3::X,
            &[
                [1.0, 0.0, 0.0],
                [1.0, 1.0, 0.0],
                [1.0, 1.0, 3.0],
                [1.0, 0.0, 3.0],
            ],
        );
        let edges = outline_edges(&[floor, wall]);
        assert_eq!(edges.len(), 7);
        assert!(edges.iter().all(|edge| edge.feature == 7));
        let of_roof = edges
            .iter()
            .filter(|edge| edge.class == surface_class::ROOF);
        assert_eq!(of_roof.count(), 3, "the shared edge is the wall's");
    }

    #[test]
    fn repeated_points_make_no_edge() {
        let sliver = face(
            DVec3::Z,
            &[
                [0.0, 0.0, 0.0],
                [0.000_1, 0.0, 0.0],
                [1.0, 1.0, 0.0],
                [0.0, 1.0, 0.0],
            ],
        );
        assert_eq!(outline_edges(&[sliver]).len(), 3);
    }
}
