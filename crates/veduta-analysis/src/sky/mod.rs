//! What light sun and sky give.

mod air;
mod daylight;
mod illuminance;

pub use daylight::{Daylight, SkyLight, SunLight, daylight, daylight_provenance};
