//! Where "now" comes from.
//!
//! The link and the broker stand at the edge to the world, so they may know the time; they ask a [`Clock`], so that a
//! test or a replay can hand them another one.

use std::sync::Arc;

use jiff::Timestamp;

/// Answers the present moment.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The clock of this machine.
pub fn system_clock() -> Clock {
    Arc::new(Timestamp::now)
}
