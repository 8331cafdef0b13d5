//! Where a moment lies, and the moments that carry a label.

use egui::{Rangef, remap};
use jiff::{
    SignedDuration, Timestamp, Unit, Zoned,
    civil::{Date, Time},
    tz::TimeZone,
};

use super::view::{later, secs_between};
use crate::language::Language;

/// Distances of labels within a day, in seconds; each divides the day.
const STEPS_SECS: [u32; 18] = [
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 14_400, 21_600, 43_200,
];
/// Distances of labels beyond a day, in days.
const STEPS_DAYS: [u32; 7] = [1, 2, 7, 14, 28, 56, 112];
/// Distances of labels beyond a season, in years: a model of a city's history spans centuries.
const STEPS_YEARS: [i16; 10] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
/// Mean Gregorian year, seconds.
const YEAR_SECS: f64 = 365.2425 * 86_400.0;
const DAY_SECS: u32 = 86_400;

/// A span of time laid along x.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TimeAxis {
    from: Timestamp,
    until: Timestamp,
    x_range: Rangef,
}

impl TimeAxis {
    pub(crate) fn new(from: Timestamp, until: Timestamp, x_range: Rangef) -> Self {
        Self {
            from,
            until,
            x_range,
        }
    }

    fn span_secs(&self) -> f64 {
        secs_between(self.from, self.until).max(1e-3)
    }

    /// Where a moment lies, also outside of what is shown.
    pub(crate) fn x(&self, moment: Timestamp) -> f32 {
        let share = (secs_between(self.from, moment) / self.span_secs()) as f32;
        remap(share, 0.0..=1.0, self.x_range)
    }

    /// The moment at a place.
    pub(crate) fn moment(&self, x: f32) -> Timestamp {
        let share = f64::from((x - self.x_range.min) / self.x_range.span().max(1.0));
        later(self.from, share * self.span_secs())
    }

    /// Seconds per point.
    pub(crate) fn secs_per_point(&self) -> f64 {
        self.span_secs() / f64::from(self.x_range.span().max(1.0))
    }
}

/// A label of the axis.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tick {
    /// Where it stands.
    pub x: f32,
    /// The time, or the date at the beginning of a day.
    pub label: String,
    /// A day begins here.
    pub is_day: bool,
}

/// Labels at round local times, at least `distance` points apart.
pub(crate) fn ticks(
    axis: &TimeAxis,
    distance: f32,
    zone: &TimeZone,
    language: &Language,
) -> Vec<Tick> {
    let least_secs = axis.secs_per_point() * f64::from(distance);
    let step_secs = STEPS_SECS
        .into_iter()
        .find(|step| f64::from(*step) >= least_secs);
    let step_days = STEPS_DAYS
        .into_iter()
        .find(|days| f64::from(days * DAY_SECS) >= least_secs);
    let moments = match (step_secs, step_days) {
        (Some(step_secs), _) => moments_within_days(axis, step_secs, zone),
        (None, Some(days)) => midnights(axis, days, zone),
        (None, None) => return years(axis, least_secs, zone),
    };
    let with_seconds = least_secs < 60.0;
    moments
        .into_iter()
        .map(|moment| {
            let is_day = moment.time() == Time::midnight();
            let label = if is_day {
                language.day_and_month(&moment)
            } else {
                language.time_of_day(&moment, with_seconds)
            };
            Tick {
                x: axis.x(moment.timestamp()),
                label,
                is_day,
            }
        })
        .collect()
}

/// Round times of every local day. Taken day by day, so that they stay round across a change of the clocks.
fn moments_within_days(axis: &TimeAxis, step_secs: u32, zone: &TimeZone) -> Vec<Zoned> {
    let (first, last) = (
        axis.from.to_zoned(zone.clone()),
        axis.until.to_zoned(zone.clone()),
    );
    let mut moments: Vec<Zoned> = Vec::new();
    let mut day = first.date();
    while day <= last.date() {
        let start_secs = if day == first.date() {
            seconds_of_day(first.time())
        } else {
            0
        };
        let end_secs = if day == last.date() {
            seconds_of_day(last.time())
        } else {
            DAY_SECS - 1
        };
        for index in start_secs / step_secs..=end_secs / step_secs {
            let Some(moment) = local_moment(day, index * step_secs, zone) else {
                continue;
            };
            let in_order = moments
                .last()
                .is_none_or(|last| last.timestamp() < moment.timestamp());
            if in_order && moment.timestamp() >= axis.from && moment.timestamp() <= axis.until {
                moments.push(moment);
            }
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    moments
}

/// The beginning of every n-th local day.
fn midnights(axis: &TimeAxis, step_days: u32, zone: &TimeZone) -> Vec<Zoned> {
    let (first, last) = (
        axis.from.to_zoned(zone.clone()).date(),
        axis.until.to_zoned(zone.clone()).date(),
    );
    let epoch = Date::constant(1970, 1, 5); // a Monday, so that weeks begin as they do in Europe
    let mut moments = Vec::new();
    let mut day = first;
    while day <= last {
        let days = epoch
            .until((Unit::Day, day))
            .map(|span| i64::from(span.get_days()))
            .unwrap_or(0);
        if days.rem_euclid(i64::from(step_days)) == 0 {
            moments.extend(
                local_moment(day, 0, zone).filter(|moment| moment.timestamp() >= axis.from),
            );
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    moments
}

/// The beginning of every n-th year, labelled with the year.
fn years(axis: &TimeAxis, least_secs: f64, zone: &TimeZone) -> Vec<Tick> {
    let step = STEPS_YEARS
        .into_iter()
        .find(|years| f64::from(*years) * YEAR_SECS >= least_secs)
        .unwrap_or(1000);
    let (first, last) = (
        axis.from.to_zoned(zone.clone()).year(),
        axis.until.to_zoned(zone.clone()).year(),
    );
    let round = (first..=last).filter(|year| year.rem_euclid(step) == 0);
    let ticks = round.filter_map(|year| {
        let moment = local_moment(Date::new(year, 1, 1).ok()?, 0, zone)?;
        (moment.timestamp() >= axis.from).then(|| Tick {
            x: axis.x(moment.timestamp()),
            label: year.to_string(),
            is_day: true,
        })
    });
    ticks.collect()
}

fn seconds_of_day(time: Time) -> u32 {
    let part = |value: i8| u32::from(value.unsigned_abs());
    part(time.hour()) * 3600 + part(time.minute()) * 60 + part(time.second())
}

fn local_moment(day: Date, second_of_day: u32, zone: &TimeZone) -> Option<Zoned> {
    let time = Time::midnight()
        .checked_add(SignedDuration::from_secs(i64::from(second_of_day)))
        .ok()?;
    day.to_datetime(time).to_zoned(zone.clone()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Locale;

    fn labels(from: &str, until: &str, width: f32, distance: f32) -> Vec<String> {
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a POSIX time zone");
        let parse = |text: &str| text.parse::<Timestamp>().expect("a timestamp");
        let axis = TimeAxis::new(parse(from), parse(until), Rangef::new(0.0, width));
        let language = Language::new(Locale::German);
        ticks(&axis, distance, &zone, &language)
            .into_iter()
            .map(|tick| tick.label)
            .collect()
    }

    #[test]
    fn labels_stand_at_round_local_times() {
        let labels = labels("2026-09-07T20:10:00Z", "2026-09-08T02:10:00Z", 400.0, 60.0);
        assert_eq!(
            labels,
            ["23:00", "8. Sep.", "01:00", "02:00", "03:00", "04:00"]
        );
    }

    #[test]
    fn labels_stay_round_when_the_clocks_change() {
        // On 25 October 2026 the clocks went back at three: the day has 25 hours.
        let labels = labels("2026-10-24T21:00:00Z", "2026-10-25T23:30:00Z", 500.0, 60.0);
        assert_eq!(
            labels,
            [
                "25. Okt.", "04:00", "08:00", "12:00", "16:00", "20:00", "26. Okt."
            ]
        );
    }

    #[test]
    fn seconds_and_weeks_have_labels_too() {
        assert_eq!(
            labels("2026-09-07T12:00:00Z", "2026-09-07T12:00:20Z", 300.0, 60.0)[1],
            "14:00:05"
        );
        assert_eq!(
            labels("2026-09-01T00:00:00Z", "2026-09-30T00:00:00Z", 300.0, 60.0).len(),
            4
        );
    }

    #[test]
    fn decades_are_labelled_with_their_years() {
        assert_eq!(
            labels("2003-06-01T00:00:00Z", "2026-11-22T00:00:00Z", 400.0, 60.0),
            ["2005", "2010", "2015", "2020", "2025"]
        );
        let centuries = labels("1600-01-01T00:00:00Z", "2026-01-01T00:00:00Z", 400.0, 60.0);
        assert_eq!(centuries.last().map(String::as_str), Some("2000"));
    }

    #[test]
    fn a_place_and_its_moment_agree() {
        let axis = TimeAxis::new(
            Timestamp::UNIX_EPOCH,
            later(Timestamp::UNIX_EPOCH, 1000.0),
            Rangef::new(20.0, 220.0),
        );
        let moment = axis.moment(70.0);
        assert_eq!(moment, later(Timestamp::UNIX_EPOCH, 250.0));
        assert!((axis.x(moment) - 70.0).abs() < 1e-3);
    }
}
