//! 3D Tiles: tileset model, content decoding and tile selection, without a renderer

mod content;

pub use content::{Feature, FeatureAttribute, FeatureValue, TileContent, TileMesh, surface_class};
