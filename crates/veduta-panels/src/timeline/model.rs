//! What the timeline shows.

use std::sync::Arc;

use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// How many observations were received when.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Density {
    /// Start of the first bin.
    pub start: Timestamp,
    /// Width of a bin in seconds.
    pub bin_secs: f64,
    /// Observations per bin.
    pub counts: Vec<u32>,
}

/// From sunrise to sunset at the scene. A polar night has no span, a midnight sun one that covers its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Daylight {
    /// Sunrise.
    pub sunrise: Timestamp,
    /// Sunset.
    pub sunset: Timestamp,
}

/// A moment at which the city itself changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CityChange {
    /// When.
    pub at: Timestamp,
    /// Objects that come into being.
    pub appearing: u64,
    /// Objects that vanish.
    pub vanishing: u64,
}

/// What the timeline shows.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineModel {
    /// The shown moment of the twin clock.
    pub now: Timestamp,
    /// The present, as the app reads it from the system.
    pub present: Timestamp,
    /// The clock follows the present.
    pub live: bool,
    /// The clock runs; always true while live.
    pub playing: bool,
    /// Seconds of twin time per second.
    pub speed: f64,
    /// The first moment that anything is known of; `None` while nothing was received.
    pub earliest: Option<Timestamp>,
    /// When observations were received.
    pub density: Density,
    /// Days of the scene within and around the known span, oldest first; empty leaves the daylight strip out.
    pub daylight: Vec<Daylight>,
    /// When objects come into being and vanish, earliest first.
    pub changes: Arc<[CityChange]>,
    /// Objects are shown only while they exist.
    pub dates_obeyed: bool,
    /// Times are shown in this zone.
    pub time_zone: TimeZone,
}

impl TimelineModel {
    /// The first moment that there is something to show of; `None` while there is none but the present.
    pub fn first(&self) -> Option<Timestamp> {
        let first_change = self.changes.first().map(|change| change.at);
        let known = self.earliest.into_iter().chain(first_change);
        known.min()
    }
}

impl Default for TimelineModel {
    fn default() -> Self {
        Self {
            now: Timestamp::UNIX_EPOCH,
            present: Timestamp::UNIX_EPOCH,
            live: true,
            playing: true,
            speed: 1.0,
            earliest: None,
            density: Density::default(),
            daylight: Vec::new(),
            changes: Arc::default(),
            dates_obeyed: true,
            time_zone: TimeZone::UTC,
        }
    }
}

/// What the timeline remembers: the span it shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct TimelineState {
    /// Seconds that the bar is wide; `None` fits everything that is known.
    pub span_secs: Option<f64>,
    /// Seconds from the right edge to the present, 0 keeps the present in sight.
    pub end_before_present_secs: f64,
}
