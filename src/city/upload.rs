//! Tile content to GPU meshes: triangles and edges, with feature id and surface class per vertex.

use std::io::Cursor;

use bevy::{
    asset::RenderAssetUsages,
    image::ImageSampler,
    mesh::{Indices, PrimitiveTopology},
    prelude::*,
};
use tiles3d::TileMesh;

/// Widest and highest texture, pixels; what every adapter takes.
const MAX_TEXTURE_SIDE: u32 = 8192;
/// Largest decoded texture.
const MAX_TEXTURE_BYTES: u64 = 256 << 20;

/// What a tile mesh becomes.
#[derive(Debug)]
pub struct UploadedMesh {
    /// Triangles.
    pub surface: Mesh,
    /// Line list; `None` where there are no edges.
    pub edges: Option<Mesh>,
    /// Base colour texture.
    pub texture: Option<Image>,
    /// Whether anything in it casts a shadow worth drawing; flat ground does not.
    pub casts_shadow: bool,
}

/// Builds the meshes. Runs off the main thread.
///
/// # Errors
///
/// A texture that cannot be decoded yields the mesh without it and the reason as text.
pub fn build_mesh(mesh: &TileMesh) -> (UploadedMesh, Option<String>) {
    // Feature ids are exact in f32 up to 2^24 per tile, far above any tile's table.
    let pair = |feature: &u32, class: &u8| [*feature as f32, f32::from(*class)];
    let features: Vec<[f32; 2]> = mesh
        .feature_ids
        .iter()
        .zip(&mesh.surface_classes)
        .map(|(feature, class)| pair(feature, class))
        .collect();
    let mut surface = Mesh::new(
        PrimitiveTopology::TriangleList,
        RenderAssetUsages::RENDER_WORLD,
    );
    surface.insert_attribute(Mesh::ATTRIBUTE_POSITION, mesh.positions.clone());
    surface.insert_attribute(Mesh::ATTRIBUTE_NORMAL, mesh.normals.clone());
    surface.insert_attribute(Mesh::ATTRIBUTE_UV_1, features);
    if mesh.colors.len() == mesh.positions.len() {
        surface.insert_attribute(Mesh::ATTRIBUTE_COLOR, mesh.colors.clone());
    }
    let mut problem = None;
    let mut texture = None;
    if mesh.uvs.len() == mesh.positions.len()
        && let Some(bytes) = &mesh.base_color_texture
    {
        match decode_texture(bytes) {
            Ok(image) => {
                texture = Some(image);
                surface.insert_attribute(Mesh::ATTRIBUTE_UV_0, mesh.uvs.clone());
            }
            Err(reason) => problem = Some(reason),
        }
    }
    surface.insert_indices(Indices::U32(mesh.indices.clone()));

    let edges = (!mesh.edge_positions.is_empty()).then(|| {
        let features: Vec<[f32; 2]> = mesh
            .edge_feature_ids
            .iter()
            .map(|feature| pair(feature, &0))
            .collect();
        let mut edges = Mesh::new(PrimitiveTopology::LineList, RenderAssetUsages::RENDER_WORLD);
        edges.insert_attribute(Mesh::ATTRIBUTE_POSITION, mesh.edge_positions.clone());
        edges.insert_attribute(Mesh::ATTRIBUTE_UV_1, features);
        edges
    });
    let flat = |class: &u8| {
        matches!(
            *class,
            tiles3d::surface_class::TRAFFIC | tiles3d::surface_class::WATER
        )
    };
    let uploaded = UploadedMesh {
        casts_shadow: !mesh.surface_classes.iter().all(flat),
        surface,
        edges,
        texture,
    };
    (uploaded, problem)
}

/// Decodes within limits: a few bytes of PNG may claim to be gigabytes of picture.
fn decode_texture(bytes: &[u8]) -> Result<Image, String> {
    let format = match bytes {
        [0x89, b'P', b'N', b'G', ..] => image::ImageFormat::Png,
        [0xFF, 0xD8, ..] => image::ImageFormat::Jpeg,
        _ => return Err("the texture is neither PNG nor JPEG".to_owned()),
    };
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(MAX_TEXTURE_SIDE);
    limits.max_image_height = Some(MAX_TEXTURE_SIDE);
    limits.max_alloc = Some(MAX_TEXTURE_BYTES);
    let mut reader = image::ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let picture = reader
        .decode()
        .map_err(|error| format!("the texture cannot be decoded: {error}"))?;
    let mut texture = Image::from_dynamic(picture, true, RenderAssetUsages::RENDER_WORLD);
    texture.sampler = ImageSampler::linear();
    Ok(texture)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mesh_keeps_features_and_tells_a_broken_texture() {
        let mesh = TileMesh {
            positions: vec![[0.0; 3], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]],
            normals: vec![[0.0, 0.0, 1.0]; 3],
            feature_ids: vec![4; 3],
            surface_classes: vec![tiles3d::surface_class::ROOF; 3],
            uvs: vec![[0.0; 2]; 3],
            base_color_texture: Some(std::sync::Arc::new(b"not an image".to_vec())),
            indices: vec![0, 1, 2],
            edge_positions: vec![[0.0; 3], [1.0, 0.0, 0.0]],
            edge_feature_ids: vec![4; 2],
            ..TileMesh::default()
        };
        let (uploaded, problem) = build_mesh(&mesh);
        assert!(problem.is_some_and(|text| text.contains("PNG")));
        assert!(uploaded.surface.attribute(Mesh::ATTRIBUTE_UV_0).is_none());
        assert_eq!(uploaded.surface.count_vertices(), 3);
        assert_eq!(uploaded.edges.map(|edges| edges.count_vertices()), Some(2));
        assert!(uploaded.casts_shadow);
    }
}
