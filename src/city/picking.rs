//! Rays against tiles: which feature is under the pointer, which of its surfaces, and where.
//!
//! One bounding volume hierarchy per tile over its triangles in the tile's own frame (f32), and one per
//! prototype in the prototype's frame, built off the main thread; the ray is carried into each frame in f64.
//! Meshes of an appearance theme are left out: they repeat the triangles of plain ones.

use glam::{DMat4, DVec3};
use obvhs::{
    BvhBuildParams,
    cwbvh::{CwBvh, builder::build_cwbvh_from_tris},
    ray::{Ray, RayHit},
    triangle::Triangle,
};
use tiles3d::{Instances, TileContent, TileMesh};

/// The triangles of one tile, ready for rays.
#[derive(Debug, Default)]
pub struct TileBvh {
    triangles: TriangleSet,
    instances: Vec<PlacedSet>,
}

/// Where a ray met a tile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TileHit {
    /// Distance along the ray, metres.
    pub distance_m: f64,
    /// Feature within the tile.
    pub feature: u32,
    /// Row of the tile's table of thematic surfaces.
    pub surface: Option<u32>,
}

/// A triangle that a ray meets, before it is decided whether it counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Met {
    /// Feature within the tile.
    pub feature: u32,
    /// Semantic class of the surface.
    pub surface_class: u8,
    /// Height of the point, metres along the third axis of the ray's frame.
    pub height_m: f64,
}

impl TileBvh {
    /// Builds the hierarchies over all meshes and prototypes of a tile.
    pub fn build(content: &TileContent) -> Self {
        let plain = content.meshes.iter().filter(|mesh| mesh.theme.is_none());
        Self {
            triangles: TriangleSet::build(plain),
            instances: content.instances.iter().map(PlacedSet::build).collect(),
        }
    }

    /// Nearest hit of a ray, all in metres of the frame that `frame_from_local` leads to.
    /// Triangles for which `passes` holds are passed through.
    pub fn cast(
        &self,
        frame_from_local: DMat4,
        origin: DVec3,
        direction: DVec3,
        passes: impl Fn(Met) -> bool,
    ) -> Option<TileHit> {
        let ray = FrameRay { origin, direction };
        let own = self.triangles.cast(frame_from_local, ray, None, &passes);
        let placed = self.instances.iter().flat_map(|instances| {
            let placements = instances.placements.iter();
            placements.filter_map(|(local_from_prototype, feature)| {
                let frame_from_prototype = frame_from_local * *local_from_prototype;
                if !instances.is_near(frame_from_prototype, ray) {
                    return None;
                }
                let set = &instances.triangles;
                set.cast(frame_from_prototype, ray, Some(*feature), &passes)
            })
        });
        own.into_iter()
            .chain(placed)
            .min_by(|a, b| a.distance_m.total_cmp(&b.distance_m))
    }
}

#[derive(Clone, Copy)]
struct FrameRay {
    origin: DVec3,
    direction: DVec3,
}

/// A prototype and where it stands.
#[derive(Debug)]
struct PlacedSet {
    triangles: TriangleSet,
    centre: DVec3,
    radius: f64,
    placements: Vec<(DMat4, u32)>,
}

impl PlacedSet {
    fn build(instances: &Instances) -> Self {
        let points = || {
            let positions = instances.mesh.positions.iter();
            positions.map(|point| glam::Vec3::from_array(*point).as_dvec3())
        };
        let low = points().fold(DVec3::INFINITY, DVec3::min);
        let high = points().fold(DVec3::NEG_INFINITY, DVec3::max);
        let placements = instances.placements.iter();
        Self {
            triangles: TriangleSet::build(std::iter::once(&instances.mesh)),
            centre: (low + high) * 0.5,
            radius: (high - low).length() * 0.5,
            placements: placements
                .map(|(place, feature)| (place.as_dmat4(), *feature))
                .collect(),
        }
    }

    /// Whether a ray comes near the sphere around a placed prototype.
    fn is_near(&self, frame_from_prototype: DMat4, ray: FrameRay) -> bool {
        let centre = frame_from_prototype.transform_point3(self.centre);
        let axes = [DVec3::X, DVec3::Y, DVec3::Z];
        let scale = axes.map(|axis| frame_from_prototype.transform_vector3(axis).length());
        let radius = self.radius * scale.into_iter().fold(0.0, f64::max);
        let along = ray.direction.normalize();
        let to_centre = centre - ray.origin;
        let nearest = along * to_centre.dot(along).max(0.0);
        to_centre.distance_squared(nearest) <= radius * radius
    }
}

/// Triangles with what is known of each.
#[derive(Default)]
struct TriangleSet {
    bvh: Option<CwBvh>,
    triangles: Vec<Triangle>,
    features: Vec<u32>,
    classes: Vec<u8>,
    /// `u32::MAX` for none; empty where no triangle has a row.
    surfaces: Vec<u32>,
}

impl std::fmt::Debug for TriangleSet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TriangleSet")
            .field("triangles", &self.triangles.len())
            .finish()
    }
}

impl TriangleSet {
    fn build<'a>(meshes: impl Iterator<Item = &'a TileMesh>) -> Self {
        let mut set = Self::default();
        for mesh in meshes {
            for (triangle, corner) in mesh.indices.chunks_exact(3).enumerate() {
                let [a, b, c] = [corner[0], corner[1], corner[2]].map(|i| i as usize);
                let points = [a, b, c].map(|i| mesh.positions.get(i).copied());
                let [Some(v0), Some(v1), Some(v2)] = points else {
                    continue;
                };
                set.triangles.push(Triangle {
                    v0: v0.into(),
                    v1: v1.into(),
                    v2: v2.into(),
                });
                set.features
                    .push(mesh.feature_ids.get(a).copied().unwrap_or_default());
                set.classes
                    .push(mesh.surface_classes.get(a).copied().unwrap_or_default());
                if let Some(row) = mesh.surface_rows.get(triangle) {
                    // Meshes without rows may have come before.
                    set.surfaces.resize(set.features.len() - 1, u32::MAX);
                    set.surfaces.push(*row);
                }
            }
        }
        if !set.triangles.is_empty() {
            let mut build_time = std::time::Duration::ZERO;
            let parameters = BvhBuildParams::medium_build();
            let bvh = build_cwbvh_from_tris(&set.triangles, parameters, &mut build_time);
            set.bvh = Some(bvh);
        }
        set
    }

    fn cast(
        &self,
        frame_from_local: DMat4,
        ray: FrameRay,
        placed_feature: Option<u32>,
        passes: &impl Fn(Met) -> bool,
    ) -> Option<TileHit> {
        let bvh = self.bvh.as_ref()?;
        let local_from_frame = frame_from_local.inverse();
        let local_origin = local_from_frame.transform_point3(ray.origin);
        let local_direction = local_from_frame
            .transform_vector3(ray.direction)
            .normalize();
        // Third axis of the ray's frame along the ray in the local one.
        let height_of_origin = ray.origin.z;
        let height_per_local_metre = frame_from_local.transform_vector3(local_direction).z;
        let feature_of =
            |primitive: usize| placed_feature.or_else(|| self.features.get(primitive).copied());
        let local_ray = Ray::new_inf(
            local_origin.as_vec3().to_array().into(),
            local_direction.as_vec3().to_array().into(),
        );
        let mut hit = RayHit::none();
        let found = bvh.ray_traverse(local_ray, &mut hit, |ray, id| {
            let primitive = bvh.primitive_indices[id] as usize;
            let Some(triangle) = self.triangles.get(primitive) else {
                return f32::INFINITY;
            };
            let distance = triangle.intersect(ray);
            if !distance.is_finite() {
                return distance;
            }
            let met = Met {
                feature: feature_of(primitive).unwrap_or_default(),
                surface_class: self.classes.get(primitive).copied().unwrap_or_default(),
                height_m: height_of_origin + height_per_local_metre * f64::from(distance),
            };
            if passes(met) { f32::INFINITY } else { distance }
        });
        if !found {
            return None;
        }
        let primitive = *bvh.primitive_indices.get(hit.primitive_id as usize)? as usize;
        let local_point = local_origin + local_direction * f64::from(hit.t);
        let point = frame_from_local.transform_point3(local_point);
        let surface = self.surfaces.get(primitive).copied();
        Some(TileHit {
            distance_m: (point - ray.origin).dot(ray.direction.normalize()),
            feature: feature_of(primitive)?,
            surface: surface.filter(|row| *row != u32::MAX),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tiles3d::surface_class;

    fn floor(z: f32) -> Vec<[f32; 3]> {
        vec![[0.0, 0.0, z], [10.0, 0.0, z], [0.0, 10.0, z]]
    }

    fn two_floors() -> TileContent {
        let mut positions = floor(0.0);
        positions.extend(floor(5.0));
        TileContent {
            meshes: vec![TileMesh {
                positions,
                feature_ids: vec![7, 7, 7, 8, 8, 8],
                surface_classes: [[surface_class::GROUND; 3], [surface_class::ROOF; 3]].concat(),
                surface_rows: vec![u32::MAX, 4],
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
        assert_eq!((hit.feature, hit.surface), (8, Some(4)));
        assert!((hit.distance_m - 25.0).abs() < 1e-3);
        let below = bvh.cast(frame, origin, DVec3::NEG_Z, |met| met.feature == 8);
        assert_eq!(below.map(|hit| (hit.feature, hit.surface)), Some((7, None)));
        assert_eq!(bvh.cast(frame, origin, DVec3::Z, |_| false), None);
    }

    #[test]
    fn what_is_cut_away_or_of_a_hidden_class_is_passed_through() {
        let bvh = TileBvh::build(&two_floors());
        let frame = DMat4::from_translation(DVec3::new(0.0, 0.0, 100.0));
        let origin = DVec3::new(2.0, 2.0, 130.0);
        let cut = bvh.cast(frame, origin, DVec3::NEG_Z, |met| met.height_m > 103.0);
        assert_eq!(cut.map(|hit| hit.feature), Some(7));
        let no_roofs = |met: Met| met.surface_class == surface_class::ROOF;
        let below = bvh.cast(frame, origin, DVec3::NEG_Z, no_roofs);
        assert_eq!(below.map(|hit| hit.feature), Some(7));
    }

    #[test]
    fn a_prototype_is_hit_wherever_it_stands() {
        let tree = TileMesh {
            positions: floor(2.0),
            indices: vec![0, 1, 2],
            feature_ids: vec![0; 3],
            ..TileMesh::default()
        };
        let at = |east: f32| glam::Mat4::from_translation(glam::Vec3::new(east, 0.0, 0.0));
        let content = TileContent {
            instances: vec![Instances {
                mesh: tree,
                placements: vec![(at(0.0), 3), (at(100.0), 5)],
            }],
            ..TileContent::default()
        };
        let bvh = TileBvh::build(&content);
        let down = |east: f64| {
            let origin = DVec3::new(east, 1.0, 30.0);
            bvh.cast(DMat4::IDENTITY, origin, DVec3::NEG_Z, |_| false)
        };
        assert_eq!(down(1.0).map(|hit| hit.feature), Some(3));
        assert_eq!(down(101.0).map(|hit| hit.feature), Some(5));
        assert_eq!(down(50.0), None);
    }
}
