//! Where the sun stands and when it rises.

mod events;
mod instant;
mod position;

pub use events::{SunEvents, sun_events};
pub use position::{SunPosition, sun_direction_enu, sun_position};

/// What both are computed with.
const METHOD_SOURCE: &str = "Reda and Andreas, Solar Position Algorithm for Solar Radiation Applications, NREL/TP-560-34302 (2008)";
