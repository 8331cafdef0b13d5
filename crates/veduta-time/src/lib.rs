//! The twin clock and the series store: which moment is shown, and what was known then.
//!
//! Nothing here reads the system time, opens a file or starts a thread; the wall clock is an argument
//! (`wall`), so every answer can be repeated.
//!
//! - [`TwinClock`] answers "which moment is shown": live, paused, or replaying at a [`Speed`].
//! - [`SeriesStore`] answers "what was known then": one bounded series per entity and attribute, each
//!   sample with the moment it was observed and the moment it was known.
//! - [`Freshness`] says whether a value of a certain age still counts.

mod clock;
mod column;
mod density;
mod downsample;
mod freshness;
mod sample;
mod series;
mod speed;
mod store;

pub use clock::{ClockState, TwinClock};
pub use downsample::min_max;
pub use freshness::{DEFAULT_STALE_AFTER, Freshness, SILENT_FACTOR, freshness, stale_after_for};
pub use sample::{Arrival, Inserted, Knowledge, Sample, Value};
pub use speed::Speed;
pub use store::{SeriesId, SeriesStore, StoreLimits};
