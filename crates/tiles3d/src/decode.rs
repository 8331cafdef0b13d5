//! Bytes of a tile content in, meshes and features out.
