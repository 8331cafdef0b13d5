//! Terrain: triangles that share vertices and shade smoothly.

use std::collections::HashMap;

use glam::{DVec3, Vec3};
use serde::{Deserialize, Serialize};

use tiles3d::{Feature, TileMesh, surface_class};

use super::dress::{Dress, DressedMesh};
use super::edges::snapped;
use super::faces::PlacedFace;

/// A terrain surface in the frame of its object, metres.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct TerrainMesh {
    /// Vertices; points that agree to a millimetre are one.
    pub(crate) positions: Vec<[f32; 3]>,
    /// Feature per triangle.
    pub(crate) triangle_features: Vec<u32>,
    /// Corners.
    pub(crate) triangles: Vec<[u32; 3]>,
    #[serde(skip)]
    vertex_by_place: HashMap<(Option<u8>, [i64; 3]), u32>,
    weighted_normals: Vec<DVec3>,
}

impl TerrainMesh {
    /// Adds the triangles of a face, turned so that they look up: surveys digitise either way. Levels of detail share
    /// no vertices, since they are not seen together.
    pub(crate) fn add(&mut self, feature: u32, lod: Option<u8>, face: &PlacedFace) {
        let points: Vec<DVec3> = face.vertices().collect();
        for triangle in &face.triangles {
            let [a, b, c] = triangle.map(|index| points[index as usize]);
            // The cross product is twice the area long: larger triangles weigh more.
            let normal = (b - a).cross(c - a);
            let (corners, normal) = if normal.z < 0.0 {
                ([a, c, b], -normal)
            } else {
                ([a, b, c], normal)
            };
            let corners = corners.map(|point| self.vertex(lod, point));
            for corner in corners {
                self.weighted_normals[corner as usize] += normal;
            }
            self.triangles.push(corners);
            self.triangle_features.push(feature);
        }
    }

    fn vertex(&mut self, lod: Option<u8>, point: DVec3) -> u32 {
        let next = self.positions.len() as u32;
        *self
            .vertex_by_place
            .entry((lod, snapped(point)))
            .or_insert_with(|| {
                self.positions.push(point.as_vec3().to_array());
                self.weighted_normals.push(DVec3::ZERO);
                next
            })
    }

    /// Frees what only adding needs.
    pub(crate) fn seal(&mut self) {
        self.vertex_by_place = HashMap::new();
    }

    /// Unit normal of a vertex, the mean of its triangles' normals weighted by their areas.
    pub(crate) fn normal(&self, vertex: u32) -> Vec3 {
        self.weighted_normals[vertex as usize]
            .try_normalize()
            .unwrap_or(DVec3::Z)
            .as_vec3()
    }

    /// Middle of a triangle.
    pub(crate) fn centroid(&self, triangle: usize) -> DVec3 {
        self.triangles[triangle]
            .iter()
            .map(|&corner| Vec3::from_array(self.positions[corner as usize]).as_dvec3())
            .sum::<DVec3>()
            / 3.0
    }
}

/// Smooth normals for terrain that has an image or a colour: its corners are not shared, but shaded as if they were.
pub(crate) fn smooth_draped(meshes: &mut [DressedMesh], features: &[Feature]) {
    let mut normals: HashMap<(Option<u8>, [i64; 3]), DVec3> = HashMap::new();
    let at = |mesh: &TileMesh, corner: u32| {
        let position = mesh.positions[corner as usize];
        let feature = mesh.feature_ids[corner as usize];
        let lod = features.get(feature as usize).and_then(|row| row.lod);
        let point = Vec3::from_array(position).as_dvec3();
        ((lod, snapped(point)), point)
    };
    // Each face is once in a plain mesh, whatever the themes.
    let plain = |dress: &Dress| matches!(dress, Dress::Plain { .. });
    for DressedMesh { dress, mesh } in meshes.iter() {
        for corners in mesh.indices.chunks_exact(3) {
            if !plain(dress) || mesh.surface_classes[corners[0] as usize] != surface_class::TERRAIN
            {
                continue;
            }
            let [a, b, c] = [corners[0], corners[1], corners[2]].map(|corner| at(mesh, corner));
            let normal = (b.1 - a.1).cross(c.1 - a.1);
            for (place, _) in [a, b, c] {
                *normals.entry(place).or_default() += normal;
            }
        }
    }
    if normals.is_empty() {
        return;
    }
    for DressedMesh { mesh, .. } in meshes {
        for corner in 0..mesh.positions.len() {
            if mesh.surface_classes[corner] == surface_class::TERRAIN
                && let Some(normal) = normals.get(&at(mesh, corner as u32).0)
                && let Some(normal) = normal.try_normalize()
            {
                mesh.normals[corner] = normal.as_vec3().to_array();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use citygml_rs::SurfaceKind;

    fn triangle(corners: [[f64; 3]; 3]) -> PlacedFace {
        PlacedFace {
            kind: SurfaceKind::Terrain,
            surface: 0,
            normal: DVec3::Z,
            rings: vec![corners.map(DVec3::from_array).to_vec()],
            triangles: vec![[0, 1, 2]],
        }
    }

    #[test]
    fn a_ridge_is_shaded_smoothly_whichever_way_it_was_digitised() {
        let mut mesh = TerrainMesh::default();
        mesh.add(
            0,
            Some(2),
            &triangle([[0.0, 0.0, 0.0], [1.0, 0.0, 1.0], [1.0, 1.0, 1.0]]),
        );
        mesh.add(
            0,
            Some(2),
            &triangle([[2.0, 0.0, 0.0], [1.0, 0.0, 1.000_3], [1.0, 1.0, 1.0]]),
        );
        assert_eq!(mesh.positions.len(), 4);
        let coarse = triangle([[0.0, 0.0, 0.0], [1.0, 0.0, 1.0], [1.0, 1.0, 1.0]]);
        mesh.add(1, Some(1), &coarse);
        assert_eq!(mesh.positions.len(), 7);
        let ridge = mesh.triangles[0][1];
        assert!(mesh.triangles[1].contains(&ridge));
        let normal = mesh.normal(ridge);
        assert!(normal.x.abs() < 0.01 && normal.z > 0.9, "{normal}");
        let slope = mesh.normal(mesh.triangles[0][0]);
        assert!(slope.x < -0.5 && slope.z > 0.5, "{slope}");
    }

    #[test]
    fn draped_terrain_is_shaded_smoothly_in_every_theme() {
        let triangle = |offset: f32| TileMesh {
            positions: vec![[offset, 0.0, 0.0], [1.0, 0.0, 1.0], [1.0, 1.0, 1.0]],
            normals: vec![[0.0, 0.0, 1.0]; 3],
            feature_ids: vec![0; 3],
            surface_classes: vec![surface_class::TERRAIN; 3],
            indices: if offset < 1.0 {
                vec![0, 1, 2]
            } else {
                vec![0, 2, 1]
            },
            ..TileMesh::default()
        };
        let dressed = |dress, offset| DressedMesh {
            dress,
            mesh: triangle(offset),
        };
        let plain = |theme: &str| Dress::Plain {
            replaced_in: vec![theme.into()],
        };
        let colored = Dress::Colored { theme: "a".into() };
        let mut meshes = [
            dressed(plain("a"), 0.0),
            dressed(plain("b"), 2.0),
            dressed(colored, 0.0),
        ];
        smooth_draped(&mut meshes, &[Feature::default()]);
        for one in &meshes {
            let [x, _, z] = one.mesh.normals[1];
            assert!(x.abs() < 0.01 && z > 0.9, "{:?}", one.mesh.normals);
        }
        assert!(meshes[2].mesh.normals[0][0] < -0.5);
    }
}
