//! Tile contents made by hand, byte by byte, and decoded through the public door.

mod built;
mod gltf;
mod tables;
