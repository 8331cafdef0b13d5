//! The sun of the shown moment over the scene.

use bevy::prelude::*;
use glam::DVec3;
use jiff::{SignedDuration, Timestamp, civil::Time as CivilTime, tz::TimeZone};
use veduta_analysis::{Site, sun_direction_enu, sun_events};

use super::SceneClock;
use crate::city::{SceneFrame, Sun};

/// How the scene is lit.
#[derive(Resource, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SunMode {
    /// By the twin clock.
    #[default]
    FollowsClock,
    /// By a fixed time of the shown day, minutes after local midnight.
    Fixed(u16),
}

impl SunMode {
    /// The moment whose sun is shown.
    pub fn moment(self, now: Timestamp, zone: &TimeZone) -> Timestamp {
        match self {
            Self::FollowsClock => now,
            Self::Fixed(minutes) => {
                let day = now.to_zoned(zone.clone()).date();
                let hour = (minutes / 60).min(23) as i8;
                let time = CivilTime::constant(hour, (minutes % 60) as i8, 0, 0);
                // A time that daylight saving skips falls on the hour after it.
                day.to_datetime(time)
                    .to_zoned(zone.clone())
                    .map_or(now, |zoned| zoned.timestamp())
            }
        }
    }
}

/// The scene's place as analyses take it.
pub fn site_of(frame: &SceneFrame) -> Site {
    let origin = frame.geodetic_from_enu(DVec3::ZERO);
    Site {
        longitude_deg: origin.longitude_deg,
        latitude_deg: origin.latitude_deg,
        height_m: origin.height_m,
    }
}

/// Moves the sun; a change too small to see is left out, so that shadows need not be drawn anew.
pub(super) fn move_sun(
    clock: Res<SceneClock>,
    mode: Res<SunMode>,
    frame: Res<SceneFrame>,
    mut sun: ResMut<Sun>,
) {
    let moment = mode.moment(clock.now(), clock.zone());
    let Ok(direction_enu) = sun_direction_enu(site_of(&frame), moment) else {
        // Beyond the calendar of the algorithm the last sun stays.
        return;
    };
    // A thousandth of a radian is a quarter of a minute.
    if sun.direction_enu.distance(direction_enu) > 1e-3 {
        sun.direction_enu = direction_enu;
    }
}

/// Spans from sunrise to sunset that touch the interval, for the timeline.
pub fn daylight(frame: &SceneFrame, from: Timestamp, to: Timestamp) -> Vec<(Timestamp, Timestamp)> {
    let day = SignedDuration::from_hours(24);
    let (Ok(from), Ok(to)) = (from.checked_sub(day), to.checked_add(day)) else {
        return Vec::new();
    };
    sun_events(site_of(frame), from, to)
        .map(|events| events.value.daylight())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fixed_time_is_civil_time_of_the_shown_day() {
        let zone = TimeZone::get("Europe/Berlin").expect("the zone is in the bundled table");
        let now: Timestamp = "2026-06-21T22:30:00Z".parse().expect("a timestamp");
        // In Berlin it is already the 22nd.
        let noon = SunMode::Fixed(12 * 60).moment(now, &zone);
        assert_eq!(noon.to_string(), "2026-06-22T10:00:00Z");
        assert_eq!(SunMode::FollowsClock.moment(now, &zone), now);
    }
}
