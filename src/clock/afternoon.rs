//! Moments with readable light, for scenes and pictures that nobody gave a time.

use glam::DVec3;
use jiff::{SignedDuration, Timestamp, civil::date, tz::TimeZone};

use crate::{city::SceneFrame, compare::Period};

/// Half past three by the sun of the scene's place on the longest day of its hemisphere.
pub fn summer_afternoon(frame: &SceneFrame, year: i16) -> Timestamp {
    let place = frame.geodetic_from_enu(DVec3::ZERO);
    afternoon_at(place.longitude_deg, place.latitude_deg, year)
}

/// A summer afternoon within a period: the last one if there is an end, else the first. Where the period holds none,
/// its middle; `None` beyond the calendar.
pub fn afternoon_within(frame: &SceneFrame, period: Period) -> Option<Timestamp> {
    let place = frame.geodetic_from_enu(DVec3::ZERO);
    within(place.longitude_deg, place.latitude_deg, period)
}

fn within(longitude_deg: f64, latitude_deg: f64, period: Period) -> Option<Timestamp> {
    let (from_ms, until_ms) = (period.from_ms, period.until_ms);
    let edge = Timestamp::from_millisecond(until_ms.or(from_ms)?).ok()?;
    let year = edge.to_zoned(TimeZone::UTC).year();
    let years = if until_ms.is_some() {
        [year, year.saturating_sub(1)]
    } else {
        [year, year.saturating_add(1)]
    };
    let holds = |moment: &Timestamp| {
        let ms = moment.as_millisecond();
        from_ms.is_none_or(|from| from <= ms) && until_ms.is_none_or(|until| ms < until)
    };
    let afternoons = years.map(|year| afternoon_at(longitude_deg, latitude_deg, year));
    if let Some(found) = afternoons.into_iter().find(holds) {
        return Some(found);
    }
    let middle_ms = match (from_ms, until_ms) {
        (Some(from), Some(until)) => from.midpoint(until),
        (Some(from), None) => from,
        (None, Some(until)) => until.saturating_sub(1),
        (None, None) => return None,
    };
    Timestamp::from_millisecond(middle_ms).ok()
}

fn afternoon_at(longitude_deg: f64, latitude_deg: f64, year: i16) -> Timestamp {
    let month = if latitude_deg >= 0.0 { 6 } else { 12 };
    let noon = date(year.clamp(-9_000, 9_000), month, 21).at(12, 0, 0, 0);
    let noon_utc = noon.to_zoned(TimeZone::UTC);
    let noon_utc = noon_utc.map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp());
    // 4 minutes per degree.
    let after_noon = SignedDuration::from_secs(12_600 - (longitude_deg * 240.0) as i64);
    noon_utc.checked_add(after_noon).unwrap_or(noon_utc)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_afternoon_follows_the_sun_not_the_zone() {
        let at = |longitude, latitude| afternoon_at(longitude, latitude, 2026).to_string();
        assert_eq!(at(0.0, 51.0), "2026-06-21T15:30:00Z");
        assert_eq!(at(15.0, 51.0), "2026-06-21T14:30:00Z");
        assert_eq!(at(150.0, -34.0), "2026-12-21T05:30:00Z");
    }

    #[test]
    fn the_afternoon_lies_within_the_period() {
        let ms = |text: &str| {
            text.parse::<Timestamp>()
                .ok()
                .map(Timestamp::as_millisecond)
        };
        let found = |from: Option<&str>, until: Option<&str>| {
            let period = Period {
                from_ms: from.and_then(ms),
                until_ms: until.and_then(ms),
            };
            within(0.0, 51.0, period).map(|moment| moment.to_string())
        };
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            found(None, Some("2015-01-01T00:00:00Z")),
            text("2014-06-21T15:30:00Z")
        );
        assert_eq!(
            found(Some("2031-08-01T00:00:00Z"), None),
            text("2032-06-21T15:30:00Z")
        );
        assert_eq!(
            found(Some("2015-01-01T00:00:00Z"), Some("2015-01-03T00:00:00Z")),
            text("2015-01-02T00:00:00Z")
        );
        assert_eq!(found(None, None), None);
    }
}
