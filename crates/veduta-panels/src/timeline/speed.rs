//! How fast the clock runs.

use crate::language::Language;

/// Speeds to choose from, in seconds of twin time per second; the nice ones only, as on Cesium's shuttle ring.
pub(super) const SPEEDS: [f64; 7] = [1.0, 10.0, 60.0, 300.0, 900.0, 3600.0, 14_400.0];

/// A speed in words that need no translation: `1×`, `5 min/s`, `1 h/s`.
pub(super) fn speed_text(language: &Language, speed: f64) -> String {
    let size = speed.abs();
    let text = match size {
        _ if size >= 3600.0 => language.quantity(size / 3600.0, decimals(size / 3600.0), "h/s"),
        _ if size >= 60.0 => language.quantity(size / 60.0, decimals(size / 60.0), "min/s"),
        _ => format!("{}×", language.number(size, decimals(size))),
    };
    if speed < 0.0 {
        format!("−{text}")
    } else {
        text
    }
}

fn decimals(value: f64) -> usize {
    if (value - value.round()).abs() < 0.05 {
        0
    } else {
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Locale;

    #[test]
    fn speeds_are_short() {
        let german = Language::new(Locale::German);
        let texts: Vec<String> = SPEEDS
            .iter()
            .map(|speed| speed_text(&german, *speed).replace('\u{202F}', " "))
            .collect();
        assert_eq!(
            texts,
            [
                "1×", "10×", "1 min/s", "5 min/s", "15 min/s", "1 h/s", "4 h/s"
            ]
        );
        assert_eq!(speed_text(&german, -0.5), "−0,5×");
    }
}
