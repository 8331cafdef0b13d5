//! What one tile content may cost.

use crate::error::TilesError;

/// Limits on decoding. A content that exceeds one is a [`TilesError::LimitExceeded`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecodeLimits {
    /// Bytes of the content. Default 512 MiB.
    pub max_bytes: usize,
    /// Vertices of all meshes, instances baked in. Default 8 million, about 1 GB while decoding.
    pub max_vertices: usize,
    /// Triangles of all meshes, instances baked in. Default 16 million.
    pub max_triangles: usize,
    /// Features. Default 1 million.
    pub max_features: usize,
    /// Instances in an `i3dm`. Default 100 000.
    pub max_instances: usize,
    /// Inner tiles of a `cmpt`. Default 4096.
    pub max_inner_tiles: usize,
    /// Composites inside one another. Default 8.
    pub max_composite_depth: u32,
    /// Nodes of a glTF, counted once per path from the scene. Default 100 000.
    pub max_gltf_nodes: usize,
    /// Levels of glTF nodes. Default 128.
    pub max_gltf_depth: usize,
    /// A mesh of more triangles than this gets no crease edges. Default 400 000.
    pub max_edge_triangles: usize,
}

impl Default for DecodeLimits {
    fn default() -> Self {
        Self {
            max_bytes: 512 << 20,
            max_vertices: 8_000_000,
            max_triangles: 16_000_000,
            max_features: 1_000_000,
            max_instances: 100_000,
            max_inner_tiles: 4096,
            max_composite_depth: 8,
            max_gltf_nodes: 100_000,
            max_gltf_depth: 128,
            max_edge_triangles: 400_000,
        }
    }
}

/// An error if a count is above its limit.
pub(super) fn check(what: &'static str, actual: usize, limit: usize) -> Result<(), TilesError> {
    if actual > limit {
        return Err(TilesError::LimitExceeded {
            what,
            actual: actual as u64,
            limit: limit as u64,
        });
    }
    Ok(())
}
