//! Times and ages by locale, always with the zone where a moment stands alone.

use jiff::Zoned;

use super::{Language, Locale};

impl Language {
    /// Hours and minutes, `14:05`; `14:05:09` with seconds.
    pub fn time_of_day(&self, moment: &Zoned, with_seconds: bool) -> String {
        let time = moment.time();
        if with_seconds {
            format!(
                "{:02}:{:02}:{:02}",
                time.hour(),
                time.minute(),
                time.second()
            )
        } else {
            format!("{:02}:{:02}", time.hour(), time.minute())
        }
    }

    /// Day, month and year: `Mon 7 Sep 2026`, `Mo 7. Sep. 2026`.
    pub fn date(&self, moment: &Zoned) -> String {
        let weekday = self.weekday(moment);
        let day = self.day_and_month(moment);
        format!("{weekday} {day} {}", moment.year())
    }

    /// Day and month: `7 Sep`, `7. Sep.`.
    pub fn day_and_month(&self, moment: &Zoned) -> String {
        let month = self.tr(MONTH_KEYS[usize::from(moment.month().unsigned_abs() - 1).min(11)]);
        match self.locale() {
            Locale::English => format!("{} {month}", moment.day()),
            Locale::German => format!("{}. {month}", moment.day()),
        }
    }

    /// Two or three letters of the day of the week.
    pub fn weekday(&self, moment: &Zoned) -> String {
        let index = usize::from(moment.weekday().to_monday_zero_offset().unsigned_abs());
        self.tr(WEEKDAY_KEYS[index.min(6)])
    }

    /// The zone's abbreviation at that moment: `CEST`.
    pub fn zone(&self, moment: &Zoned) -> String {
        moment
            .time_zone()
            .to_offset_info(moment.timestamp())
            .abbreviation()
            .to_owned()
    }

    /// A moment that stands alone: `Mon 7 Sep 2026, 14:05:09 CEST`.
    pub fn date_time(&self, moment: &Zoned) -> String {
        format!(
            "{}, {} {}",
            self.date(moment),
            self.time_of_day(moment, true),
            self.zone(moment)
        )
    }

    /// An age in words for lists and screen readers: "2 minutes ago".
    pub fn age(&self, age_secs: f64) -> String {
        let (key, count) = coarse_age(age_secs);
        match count {
            None => self.tr(key),
            Some(count) => self.tr_with(key, &[("count", count.into())]),
        }
    }

    /// An age in the fewest letters, for markers and tables: `2 min`.
    pub fn short_age(&self, age_secs: f64) -> String {
        let age_secs = age_secs.max(0.0);
        match age_secs {
            _ if age_secs < 60.0 => self.quantity(age_secs.floor(), 0, "s"),
            _ if age_secs < 3600.0 => self.quantity((age_secs / 60.0).floor(), 0, "min"),
            _ if age_secs < 86_400.0 => self.quantity((age_secs / 3600.0).floor(), 0, "h"),
            _ => self.quantity((age_secs / 86_400.0).floor(), 0, &self.tr("unit-day-short")),
        }
    }

    /// How far the shown moment lies from the present: `−3 min`, `+1 h 5 min`.
    pub fn offset_from_present(&self, offset_secs: f64) -> String {
        let sign = if offset_secs < 0.0 { '−' } else { '+' };
        let total = offset_secs.abs().round() as u64;
        let (days, hours, minutes, seconds) = (
            total / 86_400,
            total / 3600 % 24,
            total / 60 % 60,
            total % 60,
        );
        let day_unit = self.tr("unit-day-short");
        let parts: [(u64, &str); 4] = [
            (days, &day_unit),
            (hours, "h"),
            (minutes, "min"),
            (seconds, "s"),
        ];
        let first = parts.iter().position(|(count, _)| *count > 0).unwrap_or(3);
        // Seconds matter within the first minutes only; two units say enough.
        let shown = parts[first..]
            .iter()
            .take(2)
            .filter(|(count, unit)| *count > 0 || *unit == "s" && total == 0);
        let text: Vec<String> = shown
            .map(|(count, unit)| self.quantity(*count as f64, 0, unit))
            .collect();
        format!("{sign}{}", text.join(" "))
    }
}

fn coarse_age(age_secs: f64) -> (&'static str, Option<u64>) {
    let age_secs = age_secs.max(0.0);
    match age_secs {
        _ if age_secs < 10.0 => ("age-now", None),
        _ if age_secs < 60.0 => ("age-seconds", Some(age_secs as u64)),
        _ if age_secs < 3600.0 => ("age-minutes", Some((age_secs / 60.0) as u64)),
        _ if age_secs < 86_400.0 => ("age-hours", Some((age_secs / 3600.0) as u64)),
        _ => ("age-days", Some((age_secs / 86_400.0) as u64)),
    }
}

const MONTH_KEYS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8",
    "month-9", "month-10", "month-11", "month-12",
];
const WEEKDAY_KEYS: [&str; 7] = [
    "weekday-1",
    "weekday-2",
    "weekday-3",
    "weekday-4",
    "weekday-5",
    "weekday-6",
    "weekday-7",
];

#[cfg(test)]
mod tests {
    use jiff::{Timestamp, tz::TimeZone};

    use super::*;

    fn berlin(text: &str) -> Zoned {
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a POSIX time zone");
        text.parse::<Timestamp>()
            .expect("a timestamp")
            .to_zoned(zone)
    }

    #[test]
    fn moments_carry_their_zone() {
        let moment = berlin("2026-09-07T12:05:09Z");
        assert_eq!(
            Language::new(Locale::English).date_time(&moment),
            "Mon 7 Sep 2026, 14:05:09 CEST"
        );
        assert_eq!(
            Language::new(Locale::German).date_time(&moment),
            "Mo 7. Sep. 2026, 14:05:09 CEST"
        );
        let winter = berlin("2026-12-07T12:05:09Z");
        assert_eq!(Language::new(Locale::German).zone(&winter), "CET");
    }

    #[test]
    fn ages_are_coarse() {
        let (english, german) = (
            Language::new(Locale::English),
            Language::new(Locale::German),
        );
        assert_eq!(english.age(130.0), "2 minutes ago");
        assert_eq!(english.age(61.0), "1 minute ago");
        assert_eq!(german.age(7300.0), "vor 2 Stunden");
        assert_eq!(german.short_age(90_000.0), "1\u{202F}T");
    }

    #[test]
    fn the_offset_from_the_present_has_at_most_two_units() {
        let english = Language::new(Locale::English);
        assert_eq!(english.offset_from_present(-180.0), "−3\u{202F}min");
        assert_eq!(
            english.offset_from_present(-3905.0),
            "−1\u{202F}h 5\u{202F}min"
        );
        assert_eq!(english.offset_from_present(0.0), "+0\u{202F}s");
    }
}
