//! What a mesh of a draft is drawn with.

use std::sync::Arc;

use tiles3d::TileMesh;

/// What distinguishes the meshes of a draft, and of a tile.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Dress {
    /// Drawn by what the surfaces mean, unless one of the themes is chosen. Sorted.
    Plain {
        /// Themes that have a mesh of their own for these faces.
        replaced_in: Vec<Arc<str>>,
    },
}

/// A mesh and what it is drawn with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct DressedMesh {
    pub(crate) dress: Dress,
    pub(crate) mesh: TileMesh,
}

/// Index of the mesh with a dress; it is made if there is none.
pub(crate) fn mesh_with(meshes: &mut Vec<DressedMesh>, dress: Dress) -> usize {
    if let Some(index) = meshes.iter().position(|mesh| mesh.dress == dress) {
        return index;
    }
    meshes.push(DressedMesh {
        dress,
        mesh: TileMesh::default(),
    });
    meshes.len() - 1
}
