//! Pictures, and what it took to make them.

mod downsample;
mod memory;
mod still;

pub use memory::peak_rss_bytes;
pub use still::{Shot, StillError, StillStatistics, Studio, write_png};
