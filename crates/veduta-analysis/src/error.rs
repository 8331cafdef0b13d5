//! Why an analysis has no answer.

use jiff::Timestamp;

/// What an analysis was asked that it cannot answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum AnalysisError {
    /// The place is none on earth.
    #[error(
        "{longitude_deg}° E {latitude_deg}° N at {height_m} m is no place on earth; check the origin of the scene"
    )]
    Site {
        /// Degrees east.
        longitude_deg: f64,
        /// Degrees north.
        latitude_deg: f64,
        /// Metres.
        height_m: f64,
    },
    /// The sun's place is not known so far from today.
    #[error(
        "where the sun stood at {at} cannot be computed ({reason}); choose a time between the years 0 and 3000"
    )]
    Time {
        /// The moment asked for.
        at: Timestamp,
        /// What the algorithm objected to.
        reason: String,
    },
    /// An interval that ends before it begins, or is too long to list its events.
    #[error(
        "the interval from {from} to {to} is empty or longer than {limit_days} days; choose another"
    )]
    Interval {
        /// Its beginning.
        from: Timestamp,
        /// Its end.
        to: Timestamp,
        /// Longest interval there is an answer for.
        limit_days: u32,
    },
}
