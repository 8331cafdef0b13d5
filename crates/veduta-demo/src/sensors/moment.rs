//! A moment as people live it: local hour, weekday, season, and where the sun stands.

use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;

/// Central European time by its rule, so that no time zone files are needed.
const ZONE_RULE: &str = "CET-1CEST,M3.5.0,M10.5.0/3";

/// A moment in the demo city.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Moment {
    /// Seconds since 1970, for noise that runs on evenly.
    pub(crate) unix_secs: f64,
    /// Hour of the local day, 0 to 24.
    pub(crate) hour: f64,
    /// Saturday or Sunday.
    pub(crate) is_weekend: bool,
    /// Day of the year, 1 to 366, with its fraction.
    pub(crate) day_of_year: f64,
    /// Height of the sun over the horizon, degrees.
    pub(crate) sun_elevation_deg: f64,
}

impl Moment {
    /// The moment at a place.
    pub(crate) fn new(at: Timestamp, longitude_deg: f64, latitude_deg: f64) -> Self {
        let zone = TimeZone::posix(ZONE_RULE).unwrap_or(TimeZone::UTC);
        let local = at.to_zoned(zone);
        let utc = at.to_zoned(TimeZone::UTC);
        let hour_of = |hour: i8, minute: i8, second: i8| {
            f64::from(hour) + f64::from(minute) / 60.0 + f64::from(second) / 3600.0
        };
        let hour = hour_of(local.hour(), local.minute(), local.second());
        let utc_hour = hour_of(utc.hour(), utc.minute(), utc.second());
        let day_of_year = f64::from(utc.day_of_year()) + utc_hour / 24.0;
        Self {
            unix_secs: at.as_millisecond() as f64 / 1000.0,
            hour,
            is_weekend: matches!(local.weekday(), Weekday::Saturday | Weekday::Sunday),
            day_of_year,
            sun_elevation_deg: sun_elevation_deg(
                day_of_year,
                utc_hour,
                longitude_deg,
                latitude_deg,
            ),
        }
    }

    /// Sine of the sun's elevation, zero at night.
    pub(crate) fn sunshine(&self) -> f64 {
        self.sun_elevation_deg.to_radians().sin().max(0.0)
    }

    /// A hump of height 1 at local hour `peak`, about twice `width_hours` wide, that also counts
    /// across midnight.
    pub(crate) fn hump(&self, peak: f64, width_hours: f64) -> f64 {
        let away = (self.hour - peak).abs();
        let away = away.min(24.0 - away) / width_hours;
        (-0.5 * away * away).exp()
    }

    /// 0 in the depth of winter, 1 at the height of summer.
    pub(crate) fn summer(&self) -> f64 {
        0.5 - 0.5 * (std::f64::consts::TAU * (self.day_of_year - 17.0) / 365.25).cos()
    }
}

/// Elevation of the sun by Spencer's Fourier series for declination and equation of time (J. W.
/// Spencer, *Search* 2, 1971): good to half a degree, enough for curves that only have to look right.
fn sun_elevation_deg(
    day_of_year: f64,
    utc_hour: f64,
    longitude_deg: f64,
    latitude_deg: f64,
) -> f64 {
    let g = std::f64::consts::TAU * (day_of_year - 1.0) / 365.0;
    let declination = 0.006_918 - 0.399_912 * g.cos() + 0.070_257 * g.sin()
        - 0.006_758 * (2.0 * g).cos()
        + 0.000_907 * (2.0 * g).sin()
        - 0.002_697 * (3.0 * g).cos()
        + 0.001_48 * (3.0 * g).sin();
    let equation_of_time_minutes = 229.18
        * (0.000_075 + 0.001_868 * g.cos()
            - 0.032_077 * g.sin()
            - 0.014_615 * (2.0 * g).cos()
            - 0.040_849 * (2.0 * g).sin());
    let solar_hour = utc_hour + longitude_deg / 15.0 + equation_of_time_minutes / 60.0;
    let hour_angle = (15.0 * (solar_hour - 12.0)).to_radians();
    let latitude = latitude_deg.to_radians();
    let sine =
        latitude.sin() * declination.sin() + latitude.cos() * declination.cos() * hour_angle.cos();
    sine.asin().to_degrees()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        let at: Timestamp = text.parse().expect("a timestamp");
        Moment::new(at, 9.18, 48.78)
    }

    #[test]
    fn summer_time_begins_and_ends_by_the_rule() {
        assert!((moment("2026-01-15T11:00:00Z").hour - 12.0).abs() < 1e-9);
        assert!((moment("2026-07-15T10:00:00Z").hour - 12.0).abs() < 1e-9);
        assert!((moment("2026-03-29T01:00:00Z").hour - 3.0).abs() < 1e-9);
        assert!((moment("2026-10-25T01:00:00Z").hour - 2.0).abs() < 1e-9);
    }

    #[test]
    fn the_sun_stands_where_almanacs_put_it() {
        // Stuttgart: culmination at the solstices is 90° − 48.78° ± 23.44°.
        assert!((moment("2026-06-21T11:25:00Z").sun_elevation_deg - 64.66).abs() < 0.5);
        assert!((moment("2026-12-21T11:21:00Z").sun_elevation_deg - 17.78).abs() < 0.5);
        assert!(moment("2026-06-21T23:25:00Z").sun_elevation_deg < -15.0);
    }
}
