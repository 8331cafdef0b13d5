//! What goes into a series and what comes out.

use jiff::Timestamp;

/// A value of an attribute.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// A number, in the unit of the attribute. Always finite.
    Number(f64),
    /// Anything else, as text: states such as `on` or `outOfService`.
    Text(&'a str),
}

/// One value with its two times.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample<'a> {
    /// When the value held, NGSI-LD `observedAt`. Microseconds count, finer is cut off.
    pub observed_at: Timestamp,
    /// From when on it was known; never before `observed_at`.
    pub known_at: Timestamp,
    /// The value.
    pub value: Value<'a>,
}

/// How a sample got here, which decides from when on it counts as known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// Pushed or polled while the twin was running: known from when it was received. A value that came
    /// ten minutes late was not known for ten minutes, and a replay shows it so.
    Live {
        /// When it was received here.
        received_at: Timestamp,
    },
    /// Fetched from history: the broker knew it, so it counts as known from when it was observed.
    BackFill,
}

/// From which standpoint a series is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knowledge {
    /// As it was known at a moment: without what arrived later.
    AsOf(Timestamp),
    /// As it is known today: with everything, late values at their place and corrections applied.
    Hindsight,
}

/// What became of a sample that was put into the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Inserted {
    /// It is new.
    Added,
    /// It says what was known already.
    Duplicate,
    /// It is older than everything in a series that is full, or its series is one too many; counted.
    Dropped,
    /// It is no finite number.
    NotANumber,
}
