//! Tile content to GPU meshes: triangles and edges, with feature id and surface class per vertex.

use bevy::{
    asset::RenderAssetUsages,
    mesh::{Indices, PrimitiveTopology},
    prelude::*,
};
use tiles3d::TileMesh;

/// What is less opaque than this is drawn as glass.
const OPAQUE_FROM: f32 = 0.98;

/// What a tile mesh becomes.
#[derive(Debug)]
pub struct UploadedMesh {
    /// Triangles; `None` where all are see-through.
    pub surface: Option<Mesh>,
    /// See-through triangles; `None` where there are none.
    pub glass: Option<Mesh>,
    /// Line list; `None` where there are no edges.
    pub edges: Option<Mesh>,
    /// Place of the base colour texture among those of the tile.
    pub texture: Option<usize>,
    /// Whether anything in it casts a shadow worth drawing; flat ground does not.
    pub casts_shadow: bool,
}

/// Builds the meshes; texture coordinates are kept where there is a texture. Runs off the main thread.
pub fn build_mesh(mesh: &TileMesh, texture: Option<usize>) -> UploadedMesh {
    let has_colors = mesh.colors.len() == mesh.positions.len();
    let is_glass = |triangle: &[u32]| {
        let alpha = |corner: &u32| mesh.colors.get(*corner as usize).map_or(1.0, |c| c[3]);
        has_colors && triangle.iter().all(|corner| alpha(corner) < OPAQUE_FROM)
    };
    let (glass, solid): (Vec<&[u32]>, Vec<&[u32]>) = mesh
        .indices
        .chunks_exact(3)
        .partition(|triangle| is_glass(triangle));
    let with_texture = texture.is_some();
    let flat = |class: &u8| {
        matches!(
            *class,
            tiles3d::surface_class::TRAFFIC | tiles3d::surface_class::WATER
        )
    };
    UploadedMesh {
        casts_shadow: !mesh.surface_classes.iter().all(flat),
        surface: if glass.is_empty() {
            Some(whole(mesh, with_texture))
        } else {
            excerpt(mesh, &solid, with_texture)
        },
        glass: excerpt(mesh, &glass, with_texture),
        edges: edges(mesh),
        texture,
    }
}

/// Feature ids are exact in f32 up to 2^24 per tile, far above any tile's table.
fn pair(feature: u32, class: u8) -> [f32; 2] {
    [feature as f32, f32::from(class)]
}

fn whole(mesh: &TileMesh, with_texture: bool) -> Mesh {
    let all: Vec<u32> = (0..mesh.positions.len() as u32).collect();
    let mut surface = vertices(mesh, &all, with_texture);
    surface.insert_indices(Indices::U32(mesh.indices.clone()));
    surface
}

/// Some of the triangles, with just the vertices they need.
fn excerpt(mesh: &TileMesh, triangles: &[&[u32]], with_texture: bool) -> Option<Mesh> {
    if triangles.is_empty() {
        return None;
    }
    let mut place = vec![u32::MAX; mesh.positions.len()];
    let mut taken = Vec::new();
    let mut indices = Vec::with_capacity(triangles.len() * 3);
    for corner in triangles.iter().flat_map(|triangle| triangle.iter()) {
        let at = place.get_mut(*corner as usize)?;
        if *at == u32::MAX {
            *at = taken.len() as u32;
            taken.push(*corner);
        }
        indices.push(*at);
    }
    let mut surface = vertices(mesh, &taken, with_texture);
    surface.insert_indices(Indices::U32(indices));
    Some(surface)
}

fn vertices(mesh: &TileMesh, taken: &[u32], with_texture: bool) -> Mesh {
    fn pick<T: Copy + Default>(values: &[T], taken: &[u32]) -> Vec<T> {
        let value = |at: &u32| values.get(*at as usize).copied().unwrap_or_default();
        taken.iter().map(value).collect()
    }
    let features = pick(&mesh.feature_ids, taken);
    let classes = pick(&mesh.surface_classes, taken);
    let features: Vec<[f32; 2]> = features
        .into_iter()
        .zip(classes)
        .map(|(feature, class)| pair(feature, class))
        .collect();
    let mut surface = Mesh::new(
        PrimitiveTopology::TriangleList,
        RenderAssetUsages::RENDER_WORLD,
    );
    surface.insert_attribute(Mesh::ATTRIBUTE_POSITION, pick(&mesh.positions, taken));
    surface.insert_attribute(Mesh::ATTRIBUTE_NORMAL, pick(&mesh.normals, taken));
    surface.insert_attribute(Mesh::ATTRIBUTE_UV_1, features);
    if mesh.colors.len() == mesh.positions.len() {
        surface.insert_attribute(Mesh::ATTRIBUTE_COLOR, pick(&mesh.colors, taken));
    }
    if with_texture {
        surface.insert_attribute(Mesh::ATTRIBUTE_UV_0, pick(&mesh.uvs, taken));
    }
    surface
}

fn edges(mesh: &TileMesh) -> Option<Mesh> {
    if mesh.edge_positions.is_empty() {
        return None;
    }
    // Edges without a class are drawn always.
    let class = |at: usize| {
        mesh.edge_surface_classes
            .get(at)
            .copied()
            .unwrap_or_default()
    };
    let features = mesh.edge_feature_ids.iter().enumerate();
    let features: Vec<[f32; 2]> = features
        .map(|(at, feature)| pair(*feature, class(at)))
        .collect();
    let mut edges = Mesh::new(PrimitiveTopology::LineList, RenderAssetUsages::RENDER_WORLD);
    edges.insert_attribute(Mesh::ATTRIBUTE_POSITION, mesh.edge_positions.clone());
    edges.insert_attribute(Mesh::ATTRIBUTE_UV_1, features);
    Some(edges)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mesh() -> TileMesh {
        TileMesh {
            positions: vec![[0.0; 3], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [1.0, 1.0, 0.0]],
            normals: vec![[0.0, 0.0, 1.0]; 4],
            feature_ids: vec![4; 4],
            surface_classes: vec![tiles3d::surface_class::ROOF; 4],
            uvs: vec![[0.0; 2]; 4],
            indices: vec![0, 1, 2, 1, 3, 2],
            edge_positions: vec![[0.0; 3], [1.0, 0.0, 0.0]],
            edge_feature_ids: vec![4; 2],
            ..TileMesh::default()
        }
    }

    #[test]
    fn a_mesh_keeps_features_and_texture_coordinates_for_a_texture() {
        let plain = build_mesh(&mesh(), None);
        let surface = plain.surface.expect("triangles");
        assert!(surface.attribute(Mesh::ATTRIBUTE_UV_0).is_none());
        assert_eq!(surface.count_vertices(), 4);
        assert_eq!(plain.edges.map(|edges| edges.count_vertices()), Some(2));
        assert!(plain.casts_shadow && plain.glass.is_none());
        let textured = build_mesh(&mesh(), Some(0)).surface.expect("triangles");
        assert!(textured.attribute(Mesh::ATTRIBUTE_UV_0).is_some());
    }

    #[test]
    fn see_through_triangles_are_drawn_apart() {
        let clear = [0.5, 0.5, 0.5, 0.3];
        let solid = [0.5, 0.5, 0.5, 1.0];
        let mixed = TileMesh {
            colors: vec![solid, clear, clear, clear],
            ..mesh()
        };
        let uploaded = build_mesh(&mixed, None);
        let count = |mesh: Option<Mesh>| mesh.map(|mesh| mesh.count_vertices());
        assert_eq!(count(uploaded.surface), Some(3));
        assert_eq!(count(uploaded.glass), Some(3));
        let all_clear = TileMesh {
            colors: vec![clear; 4],
            ..mesh()
        };
        assert!(build_mesh(&all_clear, None).surface.is_none());
    }
}
