//! CityGML and CityJSON into tiles.
//!
//! Files are read object by object; each becomes an [`draft::ObjectDraft`]: one level of detail
//! ([`lod`]), placed on earth ([`placer`]), triangulated ([`faces`]), classified ([`classify`]), with
//! outlines ([`edges`]). [`tiling`] then cuts all drafts into tiles.

mod assembly;
mod classify;
mod draft;
mod edges;
mod faces;
mod flat_mesh;
mod footprint;
mod lod;
mod measure;
mod placer;
mod quadtree;
mod read;
mod terrain;
mod tiling;

pub(crate) use placer::GeoreferenceBook;
pub(crate) use read::{CityFiles, Purpose, read_files};
pub(crate) use tiling::{TiledCity, tile, volume_of};
