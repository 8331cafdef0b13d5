//! 3D Tiles without a renderer: tileset model, tree of tiles, selection and content decoding.
//!
//! Bytes come in, tiles to draw and meshes go out. Nothing here opens a file or a socket, knows a GPU
//! or reads a clock; the caller loads what [`select`] asks for, and says what it has.
//!
//! 1. [`Tileset::read`] a `tileset.json`, make a [`TileTree`] of it, or build one by hand for any other
//!    source of tiled geometry.
//! 2. Each frame, [`select`] with the [`View`]s and the [`CacheState`]: a pure function that returns what
//!    to draw, what to load (most wanted first) and what may go.
//! 3. [`decode`] loaded bytes into a [`TileContent`], the one form in which geometry reaches the scene;
//!    if [`ContentKind::detect`] says that they are a tileset, [`TileTree::append_external`] them.
//!
//! World coordinates are earth-centred earth-fixed metres (EPSG:4978) in f64. What is wrong with the
//! input and can be survived is a coded [`Diagnostic`].

mod bounds;
mod content;
mod decode;
mod diagnostics;
mod edges;
mod ellipsoid;
mod error;
mod levels;
mod selection;
mod tileset;
mod tree;
mod uri;

pub use bounds::{BoundingVolume, Frustum, OrientedBox, Plane, Region, Sphere};
pub use content::{
    Feature, FeatureAttribute, FeatureValue, Instances, TextureWrap, ThematicSurface, TileContent,
    TileMesh, surface_class,
};
pub use decode::{ContentKind, DecodeLimits, DecodeOptions, decode};
pub use diagnostics::{Diagnostic, Diagnostics, Severity, code};
pub use edges::crease_edges;
pub use error::TilesError;
pub use levels::{LevelNode, LevelRole, LevelSet, chosen_levels, shown_rows};
pub use selection::{
    CacheState, LoadPriority, LoadRequest, LoadState, Projection, Selection, SelectionOptions,
    SelectionState, View, select,
};
pub use tileset::{Asset, Content, ImplicitTiling, Refine, Tile, Tileset, TreeLimits, UpAxis};
pub use tree::{ContentRef, NodeId, TileNode, TileTree};
pub use uri::resolve_uri;
