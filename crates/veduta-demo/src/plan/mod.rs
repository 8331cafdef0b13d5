//! The town plan: streets as drawn, the space they take, and the building land between them.

pub(crate) mod blocks;
pub(crate) mod occupancy;
pub(crate) mod park;
pub(crate) mod polygon;
pub(crate) mod river;
pub(crate) mod street_space;
pub(crate) mod streets;

pub use blocks::Quarter;
pub use street_space::PavingUse;
pub use streets::{Street, StreetClass};
