//! CityGML and CityJSON into tiles.
//!
//! Files are read object by object ([`read`], [`sink`]); each becomes an [`draft::ObjectDraft`]: its levels of detail and
//! parts as rows ([`rows`]), placed on earth ([`placer`]), triangulated ([`faces`]), classified ([`classify`]), dressed in
//! what appearances say ([`looks`]), with outlines ([`edges`]) and prototypes ([`prototype`]). [`tiling`] then cuts all
//! drafts into tiles.

mod assembly;
mod builder;
mod classify;
mod complete;
mod draft;
mod dress;
mod edges;
mod engineering;
mod faces;
mod feature_row;
mod finish;
mod flat_mesh;
mod footprint;
mod georeference_book;
mod georeferenced;
mod implicit;
mod kept;
mod lifespan;
mod looks;
mod measure;
mod names_in_file;
mod outline;
mod placer;
mod prototype;
mod quadtree;
mod read;
mod rows;
mod sink;
mod terrain;
mod tiling;
mod validity;

pub(crate) use georeference_book::GeoreferenceBook;
pub(crate) use lifespan::settle_lifespans;
pub(crate) use read::{CityFiles, Job, Purpose, read_files};
pub(crate) use rows::Wanted;
pub(crate) use tiling::{TiledCity, tile, volume_of};
