//! The sun compared with what others published.

use jiff::{SignedDuration, Timestamp};
use veduta_analysis::{
    AnalysisError, Site, SunEvents, sun_direction_enu, sun_events, sun_position,
};

fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

const STUTTGART: Site = Site {
    longitude_deg: 9.18,
    latitude_deg: 48.78,
    height_m: 290.0,
};

#[track_caller]
fn assert_near(found: Timestamp, expected: &str, tolerance_secs: i64) {
    let difference = found.duration_since(moment(expected)).abs();
    assert!(
        difference <= SignedDuration::from_secs(tolerance_secs),
        "{found} is not {expected}"
    );
}

fn day(site: Site, from: &str) -> SunEvents {
    let from = moment(from);
    sun_events(site, from, from + SignedDuration::from_hours(24))
        .unwrap()
        .value
}

/// The worked example of the algorithm's paper (Golden, Colorado, 2003-10-17 12:30:30 UTC−7): zenith
/// 50.11162°, azimuth 194.34024°. Its air is a little other than the standard one, which at this height of
/// the sun changes the fourth decimal.
#[test]
fn the_example_of_the_paper() {
    let site = Site {
        longitude_deg: -105.1786,
        latitude_deg: 39.742_476,
        height_m: 1830.14,
    };
    let analysed = sun_position(site, moment("2003-10-17T19:30:30Z")).unwrap();
    assert!(
        (analysed.value.azimuth_deg - 194.340_24).abs() < 1e-3,
        "{analysed:?}"
    );
    assert!(
        (90.0 - analysed.value.elevation_deg - 50.111_62).abs() < 1e-3,
        "{analysed:?}"
    );
    let names: Vec<_> = analysed
        .provenance
        .parameters
        .iter()
        .map(|parameter| parameter.name)
        .collect();
    assert!(
        names.contains(&"ΔT") && names.contains(&"air pressure") && names.contains(&"latitude")
    );
}

/// The same example's events, printed as local time 06:12:43, 11:46:04.97 and 17:20:19. The algorithm lists
/// the events of the UTC day, so the sunset is that of the evening before the local date.
#[test]
fn the_events_of_the_paper() {
    let site = Site {
        longitude_deg: -105.1786,
        latitude_deg: 39.742_476,
        height_m: 1830.14,
    };
    let events = day(site, "2003-10-17T00:00:00Z");
    assert_near(events.sunsets[0], "2003-10-17T00:20:19Z", 3);
    assert_near(events.sunrises[0], "2003-10-17T13:12:43Z", 3);
    assert_near(events.culminations[0], "2003-10-17T18:46:05Z", 3);
    assert_eq!(
        (
            events.sunrises.len(),
            events.sunsets.len(),
            events.up_at_start
        ),
        (1, 1, true)
    );
}

/// At noon of a solstice the sun stands 90° − latitude ± the obliquity of the ecliptic (23.436° in 2026)
/// high, plus a minute of arc or so of refraction.
#[test]
fn noon_at_the_solstices() {
    for (date, expected_deg) in [
        ("2026-06-21", 90.0 - 48.78 + 23.436),
        ("2026-12-21", 90.0 - 48.78 - 23.436),
    ] {
        let noon = day(STUTTGART, &format!("{date}T00:00:00Z")).culminations[0];
        let sun = sun_position(STUTTGART, noon).unwrap().value;
        let refraction_deg = sun.elevation_deg - expected_deg;
        assert!((0.0..0.06).contains(&refraction_deg), "{date}: {sun:?}");
        assert!((sun.azimuth_deg - 180.0).abs() < 0.01, "{date}: {sun:?}");
    }
}

#[test]
fn directions_point_at_the_sun() {
    let morning = sun_direction_enu(STUTTGART, moment("2026-03-20T06:30:00Z")).unwrap();
    assert!(
        morning.x > 0.9 && morning.y.abs() < 0.2 && morning.z > 0.0,
        "in the east: {morning}"
    );
    let noon = sun_direction_enu(STUTTGART, moment("2026-03-20T11:30:00Z")).unwrap();
    assert!(
        noon.x.abs() < 0.05 && noon.y < -0.7 && noon.z > 0.6,
        "in the south: {noon}"
    );
    let night = sun_direction_enu(STUTTGART, moment("2026-03-20T23:30:00Z")).unwrap();
    assert!(
        night.z < -0.6 && night.y > 0.7,
        "under the northern horizon: {night}"
    );
    assert!((morning.length() - 1.0).abs() < 1e-12);
    // South of the equator noon is in the north.
    let sydney = Site {
        longitude_deg: 151.2,
        latitude_deg: -33.87,
        height_m: 20.0,
    };
    assert!(
        sun_direction_enu(sydney, moment("2026-06-21T02:00:00Z"))
            .unwrap()
            .y
            > 0.5
    );
}

#[test]
fn daylight_spans_fill_the_day_between_rise_and_set() {
    let events = day(STUTTGART, "2026-06-21T00:00:00Z");
    assert_eq!(events.daylight(), [(events.sunrises[0], events.sunsets[0])]);
    let hours = events.daylight_duration().as_secs_f64() / 3600.0;
    assert!((hours - 16.15).abs() < 0.1, "{hours}");

    // Cut at noon: the first span begins with the interval, the last one ends with it.
    let events = day(STUTTGART, "2026-06-21T12:00:00Z");
    let spans = events.daylight();
    assert!(events.up_at_start);
    assert_eq!(
        (spans.len(), spans[0].0, spans[1].1),
        (2, events.from, events.to)
    );
}

#[test]
fn midnight_sun_and_polar_night() {
    let tromso = Site {
        longitude_deg: 18.96,
        latitude_deg: 69.65,
        height_m: 10.0,
    };
    let summer = day(tromso, "2026-06-21T00:00:00Z");
    assert_eq!(summer.daylight(), [(summer.from, summer.to)]);
    assert_eq!(summer.daylight_duration(), SignedDuration::from_hours(24));
    let winter = day(tromso, "2026-12-21T00:00:00Z");
    assert!(winter.daylight().is_empty() && winter.sunrises.is_empty());
    assert_eq!(winter.culminations.len(), 1);
}

#[test]
fn questions_without_an_answer() {
    let now = moment("2026-06-21T12:00:00Z");
    let nowhere = Site {
        latitude_deg: 129.0,
        ..STUTTGART
    };
    assert!(matches!(
        sun_position(nowhere, now),
        Err(AnalysisError::Site { .. })
    ));
    let nan = Site {
        height_m: f64::NAN,
        ..STUTTGART
    };
    assert!(matches!(
        sun_events(nan, now, now + SignedDuration::from_hours(1)),
        Err(AnalysisError::Site { .. })
    ));
    assert!(matches!(
        sun_position(STUTTGART, Timestamp::MAX),
        Err(AnalysisError::Time { .. })
    ));
    assert!(matches!(
        sun_events(STUTTGART, now, now),
        Err(AnalysisError::Interval { .. })
    ));
    let years = now + SignedDuration::from_hours(24 * 1000);
    assert!(matches!(
        sun_events(STUTTGART, now, years),
        Err(AnalysisError::Interval { .. })
    ));
}
