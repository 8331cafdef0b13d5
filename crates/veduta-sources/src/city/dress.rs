//! What a mesh of a draft is drawn with.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tiles3d::{TextureWrap, TileMesh};

use crate::picture::ImageFile;

/// What distinguishes the meshes of a draft, and of a tile.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Dress {
    /// Drawn by what the surfaces mean, unless one of the themes is chosen.
    Plain {
        /// Themes that have a mesh of their own for these faces, sorted.
        replaced_in: Vec<Arc<str>>,
    },
    /// Colours of materials, while a theme is chosen.
    Colored {
        /// The theme.
        theme: Arc<str>,
    },
    /// An image, while a theme is chosen.
    Textured {
        /// The theme.
        theme: Arc<str>,
        /// The image.
        image: Arc<ImageFile>,
        /// What lies beyond its edges.
        wrap: TextureWrap,
        /// Whether anything lies beyond its edges; what stays within can be packed with others.
        goes_beyond: bool,
    },
}

impl Dress {
    /// Themes that the dress has to do with.
    pub(crate) fn themes(&self) -> &[Arc<str>] {
        match self {
            Self::Plain { replaced_in } => replaced_in,
            Self::Colored { theme } | Self::Textured { theme, .. } => std::slice::from_ref(theme),
        }
    }
}

/// A mesh and what it is drawn with.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
