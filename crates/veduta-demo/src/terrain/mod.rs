//! The land: its designed relief, the triangulated surface, and laying things onto it.

pub(crate) mod drape;
pub(crate) mod mesh;
pub(crate) mod relief;

pub use drape::DrapedPiece;
pub use mesh::Terrain;
