//! 3D Tiles: tileset model, content decoding and tile selection, without a renderer
