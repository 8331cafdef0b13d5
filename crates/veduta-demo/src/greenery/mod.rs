//! Trees: their form, and where they are planted.

mod planting;
mod tree;

pub(crate) use planting::Gardener;
pub use tree::{Species, Tree};
