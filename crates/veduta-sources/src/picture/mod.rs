//! Images of textures: found beside a model or in its archive, packed together, read when a tile is loaded.

mod atlas;
mod place;
mod shelf;
mod tile_pictures;

pub(crate) use atlas::{AtlasPlan, plan_atlases};
pub(crate) use place::ImageFile;
#[cfg(test)]
pub(crate) use place::ImagePlace;
pub(crate) use shelf::ImageShelf;
pub(crate) use tile_pictures::{Picture, TilePictures};
