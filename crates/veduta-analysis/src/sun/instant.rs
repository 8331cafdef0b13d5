//! Astronomers' days.

use jiff::Timestamp;
use solar_positioning::delta_t;
use solar_positioning::time::JulianDate;

use crate::AnalysisError;

/// Julian date of the Unix epoch.
const EPOCH_JD: f64 = 2_440_587.5;
const DAY_SECS: f64 = 86_400.0;
/// Length of the Gregorian year, days.
const YEAR_DAYS: f64 = 365.2425;

/// Julian date in universal time, good to some 40 µs. UTC stands for UT1, which it follows to 0.9 s.
pub(super) fn julian_date(at: Timestamp) -> f64 {
    at.as_microsecond() as f64 / 1e6 / DAY_SECS + EPOCH_JD
}

/// Back from a Julian date; `None` beyond the calendar.
pub(super) fn timestamp(julian_date: f64) -> Option<Timestamp> {
    let micros = (julian_date - EPOCH_JD) * DAY_SECS * 1e6;
    Timestamp::from_microsecond(micros.round() as i64).ok()
}

/// Terrestrial minus universal time, seconds.
pub(super) fn delta_t_secs(at: Timestamp) -> Result<f64, AnalysisError> {
    let year = 1970.0 + at.as_microsecond() as f64 / 1e6 / DAY_SECS / YEAR_DAYS;
    delta_t::estimate(year).map_err(|error| AnalysisError::Time {
        at,
        reason: error.to_string(),
    })
}

pub(super) fn julian(at: Timestamp) -> Result<JulianDate, AnalysisError> {
    JulianDate::new(julian_date(at), delta_t_secs(at)?).map_err(|error| AnalysisError::Time {
        at,
        reason: error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn julian_dates_of_the_textbooks() {
        // Meeus, Astronomical Algorithms, chapter 7: 2000 January 1.5 is JD 2451545.0.
        let noon: Timestamp = "2000-01-01T12:00:00Z".parse().unwrap();
        assert_eq!(julian_date(noon), 2_451_545.0);
        assert_eq!(timestamp(2_451_545.0), Some(noon));
        // 1988 June 19.5 is JD 2447332.0.
        assert_eq!(
            julian_date("1988-06-19T12:00:00Z".parse().unwrap()),
            2_447_332.0
        );
        assert_eq!(timestamp(f64::MAX), None);
    }
}
