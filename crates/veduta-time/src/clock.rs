//! The one clock of the twin.

use jiff::{SignedDuration, Timestamp};

use crate::Speed;

/// What the clock is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockState {
    /// Shows the present.
    Live,
    /// Shows one moment.
    Paused {
        /// The moment shown.
        at: Timestamp,
    },
    /// Runs through the past.
    Replaying {
        /// The moment shown when the replay began.
        from: Timestamp,
        /// What the wall clock said then. The shown moment is reckoned from these two and never summed
        /// up frame by frame, so it does not drift.
        since_wall: Timestamp,
        /// How fast.
        speed: Speed,
    },
}

/// Answers "which moment is shown" for a reading of the wall clock.
///
/// The shown moment stays within what is known: from the first observation ([`TwinClock::set_earliest`])
/// to the present. A replay that reaches the present goes live, or pauses there if
/// [`TwinClock::return_to_live`] is off; one that runs backwards into the first observation pauses.
/// Only [`TwinClock::pin`] leaves this range, for the sun on another day or the picture of a given moment.
///
/// ```
/// use veduta_time::{ClockState, Speed, TwinClock};
/// let noon = "2026-06-21T12:00:00Z".parse().unwrap();
/// let morning = "2026-06-21T08:00:00Z".parse().unwrap();
///
/// let mut clock = TwinClock::new();
/// clock.set_earliest(morning);
/// clock.seek(morning, noon);
/// clock.play(Speed::nearest(60.0), noon);
/// let one_minute_on = "2026-06-21T12:01:00Z".parse().unwrap();
/// assert_eq!(clock.now(one_minute_on), "2026-06-21T09:00:00Z".parse().unwrap());
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TwinClock {
    state: ClockState,
    earliest: Option<Timestamp>,
    /// A moment outside the known range that was asked for; it counts as known until the clock goes live.
    pinned: Option<Timestamp>,
    speed: Speed,
    /// Whether a replay that catches up with the present goes live (the default) or pauses there.
    pub return_to_live: bool,
}

impl Default for TwinClock {
    fn default() -> Self {
        Self::new()
    }
}

impl TwinClock {
    /// A live clock that knows no past yet.
    pub const fn new() -> Self {
        Self {
            state: ClockState::Live,
            earliest: None,
            pinned: None,
            speed: Speed::REAL_TIME,
            return_to_live: true,
        }
    }

    /// The moment shown.
    pub fn now(&self, wall: Timestamp) -> Timestamp {
        self.reckon(wall).1
    }

    /// What the clock is doing at `wall`; a replay that has reached its end by then is no longer one,
    /// whether or not [`TwinClock::settle`] has been called.
    pub fn state(&self, wall: Timestamp) -> ClockState {
        self.reckon(wall).0
    }

    /// Whether the present is shown.
    pub fn is_live(&self, wall: Timestamp) -> bool {
        self.state(wall) == ClockState::Live
    }

    /// How far the shown moment lies behind the present; negative for a pinned moment in the future.
    pub fn behind_live(&self, wall: Timestamp) -> SignedDuration {
        wall.duration_since(self.now(wall))
    }

    /// The speed of the running replay, or the one [`TwinClock::toggle`] will take.
    pub const fn speed(&self) -> Speed {
        self.speed
    }

    /// First and last moment that can be shown.
    pub fn range(&self, wall: Timestamp) -> (Timestamp, Timestamp) {
        let mut first = self.earliest.unwrap_or(wall).min(wall);
        let mut last = wall;
        if let Some(pinned) = self.pinned {
            first = first.min(pinned);
            last = last.max(pinned);
        }
        (first, last)
    }

    /// Says from when on something is known, as back-filled history arrives or old samples are dropped.
    pub const fn set_earliest(&mut self, earliest: Timestamp) {
        self.earliest = Some(earliest);
    }

    /// Shows the present.
    pub const fn go_live(&mut self) {
        self.state = ClockState::Live;
        self.pinned = None;
    }

    /// Stops at the shown moment.
    pub fn pause(&mut self, wall: Timestamp) {
        self.state = ClockState::Paused { at: self.now(wall) };
    }

    /// Goes to a moment, or the nearest to it that is known. A running replay goes on from there, else
    /// the clock is paused there; it does not go live, so that a dragged cursor stays where it is put.
    pub fn seek(&mut self, at: Timestamp, wall: Timestamp) {
        let at = self.clamped(at, wall);
        self.state = match self.state(wall) {
            ClockState::Replaying { speed, .. } => ClockState::Replaying {
                from: at,
                since_wall: wall,
                speed,
            },
            ClockState::Live | ClockState::Paused { .. } => ClockState::Paused { at },
        };
    }

    /// Pauses at a moment whether or not anything is known of it.
    pub const fn pin(&mut self, at: Timestamp) {
        self.state = ClockState::Paused { at };
        self.pinned = Some(at);
    }

    /// Pauses a little earlier or later than the shown moment.
    pub fn step(&mut self, by: SignedDuration, wall: Timestamp) {
        let now = self.now(wall);
        // Only the ends of the calendar can overflow; there one stays.
        let at = now.checked_add(by).unwrap_or(now);
        self.state = ClockState::Paused {
            at: self.clamped(at, wall),
        };
    }

    /// Runs from the shown moment at a speed. Forwards from the present there is nothing to replay.
    pub fn play(&mut self, speed: Speed, wall: Timestamp) {
        self.speed = speed;
        if self.is_live(wall) && speed.factor() > 0 {
            return;
        }
        self.state = ClockState::Replaying {
            from: self.now(wall),
            since_wall: wall,
            speed,
        };
        self.settle(wall);
    }

    /// Pauses, or runs again at the last speed: the space bar.
    pub fn toggle(&mut self, wall: Timestamp) {
        match self.state(wall) {
            ClockState::Paused { .. } => self.play(self.speed, wall),
            ClockState::Live | ClockState::Replaying { .. } => self.pause(wall),
        }
    }

    /// Takes note of a replay that has reached its end; returns the new state if so. To be called once
    /// a frame. [`TwinClock::now`] is right without it, but a live clock follows the wall only once noted.
    pub fn settle(&mut self, wall: Timestamp) -> Option<ClockState> {
        let state = self.state(wall);
        if state == self.state {
            return None;
        }
        self.state = state;
        if state == ClockState::Live {
            self.pinned = None;
        }
        Some(state)
    }

    fn clamped(&self, at: Timestamp, wall: Timestamp) -> Timestamp {
        let (first, last) = self.range(wall);
        at.clamp(first, last)
    }

    /// State and shown moment at `wall`.
    fn reckon(&self, wall: Timestamp) -> (ClockState, Timestamp) {
        let ClockState::Replaying {
            from,
            since_wall,
            speed,
        } = self.state
        else {
            return match self.state {
                ClockState::Paused { at } => (self.state, at),
                _ => (ClockState::Live, wall),
            };
        };
        let (first, last) = self.range(wall);
        // A wall clock that was set back does not turn the replay round.
        let elapsed = wall.duration_since(since_wall).max(SignedDuration::ZERO);
        let at = elapsed
            .checked_mul(speed.factor())
            .and_then(|by| from.checked_add(by).ok())
            .unwrap_or(if speed.factor() < 0 { first } else { last });
        if speed.factor() > 0 && at >= last {
            // Caught up with the present, or run to a pinned moment beyond it.
            if self.return_to_live && last == wall {
                (ClockState::Live, wall)
            } else {
                (ClockState::Paused { at: last }, last)
            }
        } else if speed.factor() < 0 && at <= first {
            (ClockState::Paused { at: first }, first)
        } else {
            (self.state, at)
        }
    }
}
