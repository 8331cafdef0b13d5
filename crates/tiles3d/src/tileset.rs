//! The tileset document (`tileset.json`) of 3D Tiles 1.0 and 1.1, OGC 22-025r4 clause 7.
//!
//! Reading is tolerant: each tile is parsed on its own, so that a broken one costs a diagnostic with
//! its JSON path and its siblings still stand. Only a document that is no tileset at all is an error.
//! Implicit tiling is modelled and not yet expanded.

pub(crate) mod json;
mod raw;
mod read;
mod tile_reader;

use glam::DMat4;
use serde_json::Value;

use crate::bounds::BoundingVolume;

/// A tileset document.
#[derive(Debug, Clone, PartialEq)]
pub struct Tileset {
    /// Version and conventions.
    pub asset: Asset,
    /// Error in metres when nothing of the tileset is drawn.
    pub geometric_error_m: f64,
    /// The root tile.
    pub root: Tile,
    /// Metadata as written: `schema`, `schemaUri`, `statistics`, `groups`, `metadata`, `properties`,
    /// `extensions` and `extras` of the document.
    pub metadata: serde_json::Map<String, Value>,
    /// Extensions that the document says it uses.
    pub extensions_used: Vec<String>,
    /// Extensions without which the document says it cannot be shown.
    pub extensions_required: Vec<String>,
}

/// `asset` of a tileset.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Asset {
    /// Version of 3D Tiles, `1.1`.
    pub version: String,
    /// Version of this particular tileset.
    pub tileset_version: Option<String>,
    /// Up axis of the glTF contents, from before 3D Tiles 1.0. Where it is not written, it is that of the
    /// tileset around this one, and y for the outermost.
    pub gltf_up_axis: Option<UpAxis>,
}

/// Which axis of a glTF content points up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum UpAxis {
    /// x is up.
    X,
    /// y is up, as glTF 2.0 says.
    #[default]
    Y,
    /// z is up.
    Z,
}

/// Whether children replace their parent or are added to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refine {
    /// `ADD`: the parent stays.
    Add,
    /// `REPLACE`: the parent goes when its children come.
    Replace,
}

/// A tile as written, with values that were missing or wrong filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Tile {
    /// In the tile's frame (`box`, `sphere`) or geographic (`region`). A missing one is taken from the
    /// parent, which encloses it by definition.
    pub bounding_volume: BoundingVolume,
    /// The tile is only considered while the viewer is inside this volume.
    pub viewer_request_volume: Option<BoundingVolume>,
    /// Error in metres, in the tile's frame, when this tile is drawn and its children are not.
    pub geometric_error_m: f64,
    /// With inheritance applied.
    pub refine: Refine,
    /// `transform`.
    pub parent_from_tile: DMat4,
    /// `content` or `contents`.
    pub contents: Vec<Content>,
    /// Children in document order.
    pub children: Vec<Tile>,
    /// Declared implicit tiling; the contents of such a tile are templates, not addresses.
    pub implicit_tiling: Option<ImplicitTiling>,
    /// `metadata` as written.
    pub metadata: Option<Value>,
}

/// One content of a tile.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// Reference as written, relative to the document.
    pub uri: String,
    /// Tighter volume of the content alone.
    pub bounding_volume: Option<BoundingVolume>,
    /// Index into `groups`.
    pub group: Option<u32>,
    /// `metadata` as written.
    pub metadata: Option<Value>,
}

/// `implicitTiling` of a tile, OGC 22-025r4 clause 8.
#[derive(Debug, Clone, PartialEq)]
pub struct ImplicitTiling {
    /// True for OCTREE, false for QUADTREE.
    pub octree: bool,
    /// Levels per subtree.
    pub subtree_levels: u32,
    /// Levels in all.
    pub available_levels: u32,
    /// Template of the subtree addresses.
    pub subtrees_uri: String,
}

/// Limits on a tileset document and on a tree of tiles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TreeLimits {
    /// Bytes of one tileset document. Default 256 MiB.
    pub max_document_bytes: usize,
    /// Levels below the root, nested external tilesets included. Default 256; selection recurses this deep.
    pub max_depth: u32,
    /// Nodes in a tree. Default 4 million, about 2 GB of nodes.
    pub max_nodes: usize,
    /// External tilesets inside one another. Default 16.
    pub max_external_depth: u32,
}

impl Default for TreeLimits {
    fn default() -> Self {
        Self {
            max_document_bytes: 256 << 20,
            max_depth: 256,
            max_nodes: 4_000_000,
            max_external_depth: 16,
        }
    }
}
