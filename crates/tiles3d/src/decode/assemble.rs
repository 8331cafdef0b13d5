//! The last step: one local frame near the geometry, f32, one mesh per texture, crease edges.

use std::collections::HashMap;
use std::sync::Arc;

use glam::{DMat3, DMat4, DVec3};

use super::DecodeOptions;
use super::gathered::{Gathered, Surface};
use crate::content::{Feature, TileContent, TileMesh, surface_class};
use crate::diagnostics::{Diagnostics, Severity, code};
use crate::edges::crease_edges;
use crate::ellipsoid::ecef_from_enu;

pub(super) fn assemble(
    gathered: Gathered,
    options: &DecodeOptions,
    diagnostics: &mut Diagnostics,
) -> TileContent {
    let ecef_from_local = local_frame(&gathered.surfaces, &options.ecef_from_tile);
    let local_from_ecef = ecef_from_local.inverse();
    let mut meshes: Vec<TileMesh> = Vec::new();
    let mut mesh_of_texture: HashMap<Option<*const Vec<u8>>, usize> = HashMap::new();
    for surface in gathered.surfaces {
        let texture = surface.texture.as_ref().map(Arc::as_ptr);
        let slot = *mesh_of_texture.entry(texture).or_insert_with(|| {
            meshes.push(TileMesh {
                base_color_texture: surface.texture.clone(),
                ..TileMesh::default()
            });
            meshes.len() - 1
        });
        append(&mut meshes[slot], surface, &local_from_ecef);
    }
    meshes.retain(|mesh| !mesh.indices.is_empty());
    if meshes.is_empty() {
        diagnostics.report(
            code::EMPTY,
            Severity::Info,
            "",
            "the content has no triangles",
        );
    }
    let mut features = gathered.features;
    for mesh in &mut meshes {
        grow_bounds(&mut features, mesh);
        add_edges(mesh, options);
    }
    TileContent {
        ecef_from_local,
        meshes,
        features,
        ..TileContent::default()
    }
}

/// East, north and up at the middle of the geometry. Geometry that is nowhere near the earth's surface
/// (local coordinates, other planets) keeps the axes of its tile, whose z is up by convention.
fn local_frame(surfaces: &[Surface], ecef_from_tile: &DMat4) -> DMat4 {
    let mut low = DVec3::INFINITY;
    let mut high = DVec3::NEG_INFINITY;
    for position in surfaces.iter().flat_map(|surface| &surface.positions_ecef) {
        low = low.min(*position);
        high = high.max(*position);
    }
    let middle = (low + high) * 0.5;
    let center = if middle.is_finite() {
        middle
    } else {
        ecef_from_tile.transform_point3(DVec3::ZERO)
    };
    ecef_from_enu(center).unwrap_or_else(|| {
        let center = if center.is_finite() {
            center
        } else {
            DVec3::ZERO
        };
        let z = ecef_from_tile
            .z_axis
            .truncate()
            .try_normalize()
            .unwrap_or(DVec3::Z);
        let x_raw = ecef_from_tile.x_axis.truncate();
        let x = (x_raw - z * x_raw.dot(z))
            .try_normalize()
            .unwrap_or_else(|| z.any_orthonormal_vector());
        DMat4::from_cols(
            x.extend(0.0),
            z.cross(x).extend(0.0),
            z.extend(0.0),
            center.extend(1.0),
        )
    })
}

fn append(mesh: &mut TileMesh, surface: Surface, local_from_ecef: &DMat4) {
    let before = mesh.positions.len();
    let count = surface.positions_ecef.len();
    let rotation = DMat3::from_mat4(*local_from_ecef);
    let first = before as u32;
    mesh.positions
        .extend(surface.positions_ecef.iter().map(|position| {
            local_from_ecef
                .transform_point3(*position)
                .as_vec3()
                .to_array()
        }));
    mesh.normals
        .extend(surface.normals_ecef.iter().map(|normal| {
            (rotation * *normal)
                .normalize_or(DVec3::Z)
                .as_vec3()
                .to_array()
        }));
    mesh.feature_ids.extend_from_slice(&surface.feature_ids);
    mesh.surface_classes
        .resize(before + count, surface_class::UNCLASSIFIED);
    append_optional(&mut mesh.colors, surface.colors, before, count, [1.0; 4]);
    append_optional(&mut mesh.uvs, surface.uvs, before, count, [0.0; 2]);
    mesh.indices
        .extend(surface.indices.iter().map(|index| first + index));
}

/// Appends an attribute that may be absent on either side; the gaps get a neutral value.
fn append_optional<T: Copy>(
    all: &mut Vec<T>,
    more: Vec<T>,
    before: usize,
    count: usize,
    neutral: T,
) {
    if more.is_empty() && all.is_empty() {
        return;
    }
    all.resize(before, neutral);
    all.extend(more);
    all.resize(before + count, neutral);
}

fn grow_bounds(features: &mut [Feature], mesh: &TileMesh) {
    for index in &mesh.indices {
        let vertex = *index as usize;
        let feature = mesh
            .feature_ids
            .get(vertex)
            .and_then(|id| features.get_mut(*id as usize));
        if let (Some(feature), Some(position)) = (feature, mesh.positions.get(vertex)) {
            let [low, high] = &mut feature.bounds_local;
            for axis in 0..3 {
                low[axis] = low[axis].min(position[axis]);
                high[axis] = high[axis].max(position[axis]);
            }
        }
    }
}

/// Crease edges of untextured meshes, feature by feature, so that two houses that share a wall keep the
/// line between them.
fn add_edges(mesh: &mut TileMesh, options: &DecodeOptions) {
    let Some(angle_deg) = options.crease_angle_deg else {
        return;
    };
    let triangles = mesh.indices.len() / 3;
    if mesh.base_color_texture.is_some() || triangles > options.limits.max_edge_triangles {
        return;
    }
    let mut by_feature: Vec<(u32, &[u32])> = mesh
        .indices
        .chunks_exact(3)
        .map(|triangle| (mesh.feature_ids[triangle[0] as usize], triangle))
        .collect();
    by_feature.sort_by_key(|(feature, _)| *feature);
    for group in by_feature.chunk_by(|a, b| a.0 == b.0) {
        let indices: Vec<u32> = group
            .iter()
            .flat_map(|(_, triangle)| triangle.iter().copied())
            .collect();
        for pair in crease_edges(&mesh.positions, &indices, angle_deg) {
            for vertex in pair {
                mesh.edge_positions.push(mesh.positions[vertex as usize]);
                mesh.edge_feature_ids.push(group[0].0);
            }
        }
    }
}
