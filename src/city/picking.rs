//! Rays against tiles: which feature is under the pointer, and where.
//!
//! One bounding volume hierarchy per tile over its triangles in the tile's own frame (f32), built
//! off the main thread; the ray is carried into each frame in f64.

use glam::{DMat4, DVec3};
use obvhs::{
    BvhBuildParams,
    cwbvh::{CwBvh, builder::build_cwbvh_from_tris},
    ray::{Ray, RayHit},
    triangle::Triangle,
};
use tiles3d::TileContent;

/// The triangles of one tile, ready for rays.
#[derive(Default)]
pub struct TileBvh {
    bvh: Option<CwBvh>,
    triangles: Vec<Triangle>,
    features: Vec<u32>,
}

impl std::fmt::Debug for TileBvh {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TileBvh")
            .field("triangles", &self.triangles.len())
            .finish()
    }
}

/// Where a ray met a tile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TileHit {
    /// Distance along the ray, metres.
    pub distance_m: f64,
    /// Feature within the tile.
    pub feature: u32,
}

impl TileBvh {
    /// Builds the hierarchy over all meshes of a tile.
    pub fn build(content: &TileContent) -> Self {
        let mut triangles = Vec::new();
        let mut features = Vec::new();
        for mesh in &content.meshes {
            for corner in mesh.indices.chunks_exact(3) {
                let [a, b, c] = [corner[0], corner[1], corner[2]].map(|i| i as usize);
                let points = [a, b, c].map(|i| mesh.positions.get(i).copied());
                let [Some(v0), Some(v1), Some(v2)] = points else {
                    continue;
                };
                triangles.push(Triangle {
                    v0: v0.into(),
                    v1: v1.into(),
                    v2: v2.into(),
                });
                features.push(mesh.feature_ids.get(a).copied().unwrap_or_default());
            }
        }
        if triangles.is_empty() {
            return Self::default();
        }
        let mut build_time = std::time::Duration::ZERO;
        let bvh =
            build_cwbvh_from_tris(&triangles, BvhBuildParams::medium_build(), &mut build_time);
        Self {
            bvh: Some(bvh),
            triangles,
            features,
        }
    }

    /// Nearest hit of a ray, all in metres of the frame that `frame_from_local` leads to.
    /// Features for which `skip` holds are passed through.
    pub fn cast(
        &self,
        frame_from_local: DMat4,
        origin: DVec3,
        direction: DVec3,
        skip: impl Fn(u32) -> bool,
    ) -> Option<TileHit> {
        let bvh = self.bvh.as_ref()?;
        let local_from_frame = frame_from_local.inverse();
        let local_origin = local_from_frame
            .transform_point3(origin)
            .as_vec3()
            .to_array();
        let local_direction = local_from_frame
            .transform_vector3(direction)
            .normalize()
            .as_vec3()
            .to_array();
        let ray = Ray::new_inf(local_origin.into(), local_direction.into());
        let mut hit = RayHit::none();
        let found = bvh.ray_traverse(ray, &mut hit, |ray, id| {
            let primitive = bvh.primitive_indices[id] as usize;
            let feature = self.features.get(primitive).copied().unwrap_or_default();
            match self.triangles.get(primitive) {
                Some(triangle) if !skip(feature) => triangle.intersect(ray),
                _ => f32::INFINITY,
            }
        });
        if !found {
            return None;
        }
        let primitive = *bvh.primitive_indices.get(hit.primitive_id as usize)? as usize;
        let local_hit =
            glam::Vec3::from_array(local_origin) + glam::Vec3::from_array(local_direction) * hit.t;
        let point = frame_from_local.transform_point3(local_hit.as_dvec3());
        Some(TileHit {
            distance_m: (point - origin).dot(direction.normalize()),
            feature: self.features.get(primitive).copied()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tiles3d::TileMesh;

    fn two_floors() -> TileContent {
        let floor = |z: f32| vec![[0.0, 0.0, z], [10.0, 0.0, z], [0.0, 10.0, z]];
        let mut positions = floor(0.0);
        positions.extend(floor(5.0));
        TileContent {
            ecef_from_local: DMat4::IDENTITY,
            meshes: vec![TileMesh {
                positions,
                feature_ids: vec![7, 7, 7, 8, 8, 8],
                indices: vec![0, 1, 2, 3, 4, 5],
                ..TileMesh::default()
            }],
            ..TileContent::default()
        }
    }

    #[test]
    fn the_nearest_feature_is_hit_and_hidden_ones_are_passed_through() {
        let bvh = TileBvh::build(&two_floors());
        let frame = DMat4::from_translation(DVec3::new(4_000_000.0, 0.0, 100.0));
        let origin = DVec3::new(4_000_002.0, 2.0, 130.0);
        let hit = bvh.cast(frame, origin, DVec3::NEG_Z, |_| false);
        let hit = hit.expect("the ray goes through both floors");
        assert_eq!(hit.feature, 8);
        assert!((hit.distance_m - 25.0).abs() < 1e-3);
        let below = bvh.cast(frame, origin, DVec3::NEG_Z, |feature| feature == 8);
        assert_eq!(below.map(|hit| hit.feature), Some(7));
        assert_eq!(bvh.cast(frame, origin, DVec3::Z, |_| false), None);
    }
}
