//! Which span of time the bar shows, and moving through it.

use jiff::{SignedDuration, Timestamp};

use super::{TimelineModel, TimelineState};
use crate::Command;

/// What a fresh scene shows although it knows less.
const LEAST_SPAN_SECS: f64 = 600.0;
/// Closest one can look.
const MINIMUM_SPAN_SECS: f64 = 10.0;
/// Widest one can look: ten years, and what lies between the first change of the city and the present.
const MAXIMUM_SPAN_SECS: f64 = 10.0 * 366.0 * 86_400.0;
/// Share of the span that is left free after the present.
const ROOM_AFTER_PRESENT: f64 = 0.02;
/// Steps that a person counts in.
const STEPS_SECS: [f64; 12] = [
    1.0, 5.0, 10.0, 30.0, 60.0, 300.0, 600.0, 1800.0, 3600.0, 10_800.0, 21_600.0, 86_400.0,
];

/// `secs` later, or earlier; stays where it is at the ends of time.
pub(super) fn later(moment: Timestamp, secs: f64) -> Timestamp {
    SignedDuration::try_from_secs_f64(secs)
        .ok()
        .and_then(|span| moment.checked_add(span).ok())
        .unwrap_or(moment)
}

/// Seconds from `earlier` to `later`, negative if they are the other way round.
pub(super) fn secs_between(earlier: Timestamp, later: Timestamp) -> f64 {
    later.duration_since(earlier).as_secs_f64()
}

impl TimelineState {
    /// First and last moment that the bar shows.
    pub(super) fn shown_span(&self, model: &TimelineModel) -> (Timestamp, Timestamp) {
        let span = self.span_secs.unwrap_or_else(|| fitting_span_secs(model));
        let until = later(
            model.present,
            span * ROOM_AFTER_PRESENT - self.end_before_present_secs,
        );
        (later(until, -span), until)
    }

    /// Looks closer (`factor` above 1) or wider, keeping the moment `around` where it is.
    pub(super) fn zoom(&mut self, model: &TimelineModel, around: Timestamp, factor: f64) {
        if !(factor.is_finite() && factor > 0.0) {
            return;
        }
        let (from, until) = self.shown_span(model);
        let span = secs_between(from, until);
        let new_span = (span / factor).clamp(MINIMUM_SPAN_SECS, maximum_span_secs(model));
        let new_until = later(around, secs_between(around, until) * new_span / span);
        self.span_secs = Some(new_span);
        self.end_before_present_secs =
            (secs_between(new_until, model.present) + new_span * ROOM_AFTER_PRESENT).max(0.0);
    }

    /// Moves the shown span; positive is later. The present is never left behind.
    pub(super) fn pan(&mut self, secs: f64) {
        self.end_before_present_secs = (self.end_before_present_secs - secs).max(0.0);
    }

    /// Shows all that is known.
    pub(super) fn fit(&mut self) {
        *self = Self::default();
    }

    /// How far one step goes: a sixtieth of what is shown, in a number of seconds that a person counts in.
    pub(super) fn step_secs(&self, model: &TimelineModel) -> f64 {
        let (from, until) = self.shown_span(model);
        let wanted = secs_between(from, until) / 60.0;
        STEPS_SECS
            .into_iter()
            .find(|step| *step >= wanted)
            .unwrap_or(86_400.0)
    }
}

fn fitting_span_secs(model: &TimelineModel) -> f64 {
    let earliest = model.earliest.unwrap_or(model.present).min(model.now);
    secs_between(earliest, model.present).clamp(LEAST_SPAN_SECS, maximum_span_secs(model)) * 1.03
}

fn maximum_span_secs(model: &TimelineModel) -> f64 {
    let history = model
        .changes
        .first()
        .map_or(0.0, |change| 1.1 * secs_between(change.at, model.present));
    MAXIMUM_SPAN_SECS.max(history)
}

/// The command that shows a moment: within what is known, and live from the present on.
pub(super) fn seek(model: &TimelineModel, moment: Timestamp) -> Command {
    if moment >= model.present {
        return Command::GoLive;
    }
    Command::SeekTo(moment.max(model.first().unwrap_or(model.present)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a second near the epoch")
    }

    fn model() -> TimelineModel {
        TimelineModel {
            now: at(50_000),
            present: at(100_000),
            earliest: Some(at(10_000)),
            ..TimelineModel::default()
        }
    }

    #[test]
    fn everything_known_is_shown_at_first() {
        let (from, until) = TimelineState::default().shown_span(&model());
        assert!(from < at(10_000) && until > at(100_000));
    }

    #[test]
    fn zooming_keeps_the_moment_under_the_pointer() {
        let mut state = TimelineState::default();
        let share = |state: &TimelineState| {
            let (from, until) = state.shown_span(&model());
            secs_between(from, at(60_000)) / secs_between(from, until)
        };
        let before = share(&state);
        state.zoom(&model(), at(60_000), 3.0);
        assert!((share(&state) - before).abs() < 1e-6);
    }

    #[test]
    fn panning_does_not_pass_the_present() {
        let mut state = TimelineState {
            span_secs: Some(1000.0),
            end_before_present_secs: 0.0,
        };
        state.pan(-500.0);
        assert_eq!(state.end_before_present_secs, 500.0);
        state.pan(9000.0);
        assert_eq!(state.end_before_present_secs, 0.0);
    }

    #[test]
    fn seeking_stays_within_what_is_known() {
        assert_eq!(seek(&model(), at(5)), Command::SeekTo(at(10_000)));
        assert_eq!(seek(&model(), at(70_000)), Command::SeekTo(at(70_000)));
        assert_eq!(seek(&model(), at(100_000)), Command::GoLive);
    }
}
