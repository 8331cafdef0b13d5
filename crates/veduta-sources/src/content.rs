//! Where the contents of a tree come from.

use std::sync::Arc;

use glam::DMat4;
use tiles3d::{ContentRef, TileContent, TileNode, Tileset, UpAxis};

use crate::picture::TilePictures;
use crate::{SourceDiagnostic, SourceError};

/// One content to load, with what its tile says about it.
#[derive(Debug, Clone, PartialEq)]
pub struct ContentRequest {
    /// What to load.
    pub content: ContentRef,
    /// All transforms from the root of the tree down to the tile.
    pub ecef_from_tile: DMat4,
    /// Which axis points up in glTF contents.
    pub up_axis: UpAxis,
}

impl ContentRequest {
    /// Requests for all contents of a tile; they are drawn together.
    pub fn of_node(node: &TileNode) -> impl Iterator<Item = Self> + '_ {
        node.contents.iter().map(|content| Self {
            content: content.clone(),
            ecef_from_tile: node.ecef_from_tile,
            up_axis: node.up_axis,
        })
    }
}

/// What a content turned out to be.
#[derive(Debug, Clone)]
pub enum LoadedContent {
    /// Something to draw.
    Tile {
        /// Meshes and features.
        content: Arc<TileContent>,
        /// What was wrong with it and could be survived.
        diagnostics: Vec<SourceDiagnostic>,
    },
    /// Another tileset: hang it under the tile with [`tiles3d::TileTree::append_external`].
    External {
        /// The document.
        tileset: Box<Tileset>,
        /// Its own address.
        base_uri: String,
        /// What was wrong with it and could be survived.
        diagnostics: Vec<SourceDiagnostic>,
    },
}

/// Loads contents of one source; blocking, to be called from worker threads that are not async.
pub trait ContentLoader: Send + Sync {
    /// Loads one content.
    ///
    /// # Errors
    /// When nothing of it can be drawn; the tile is to be marked as failed and the rest goes on.
    fn load(&self, request: &ContentRequest) -> Result<LoadedContent, SourceError>;
}

/// Contents that were made when the source was opened.
pub(crate) struct MemoryContents {
    pub(crate) name: String,
    pub(crate) contents: Vec<Arc<TileContent>>,
    /// Textures of each content; may be shorter. They are read when a content is loaded, so that a city's images are
    /// in memory only where they are seen.
    pub(crate) pictures: Vec<TilePictures>,
}

impl ContentLoader for MemoryContents {
    fn load(&self, request: &ContentRequest) -> Result<LoadedContent, SourceError> {
        let key = match request.content {
            ContentRef::Key(key) => usize::try_from(key).ok(),
            ContentRef::Uri(_) => None,
        };
        let content = key.and_then(|key| self.contents.get(key));
        let content = content.ok_or_else(|| SourceError::NoSuchContent {
            source_name: self.name.clone(),
            content: format!("{:?}", request.content),
        })?;
        let pictures = key
            .and_then(|key| self.pictures.get(key))
            .filter(|pictures| !pictures.is_empty());
        let (content, diagnostics) = match pictures {
            None => (content.clone(), Vec::new()),
            Some(pictures) => {
                let (content, diagnostics) = pictures.hang(content, &self.name);
                (Arc::new(content), diagnostics)
            }
        };
        Ok(LoadedContent::Tile {
            content,
            diagnostics,
        })
    }
}
