//! Numbers by locale: decimal sign, thin spaces between groups, a true minus.

use super::Language;
use crate::model::Value;

/// Between groups of three digits (ISO 80000-1, 7.3.2).
const THIN_SPACE: char = '\u{202F}';
const MINUS: char = '−';

impl Language {
    /// A number with the given decimals: `12 345.6` in English, `12 345,6` in German. Groups begin at five digits.
    pub fn number(&self, value: f64, decimals: usize) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        let plain = format!("{:.*}", decimals, value.abs());
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut text = String::with_capacity(plain.len() + 4);
        // Minus nothing is nothing: −0.04 with one decimal prints as 0.0.
        if value < 0.0 && plain.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
            text.push(MINUS);
        }
        for (index, digit) in whole.chars().enumerate() {
            let remaining = whole.len() - index;
            if whole.len() > 4 && index > 0 && remaining % 3 == 0 {
                text.push(THIN_SPACE);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push(self.locale().decimal_sign());
            text.push_str(fraction);
        }
        text
    }

    /// A whole number.
    pub fn count(&self, value: u64) -> String {
        self.number(value as f64, 0)
    }

    /// A number and its unit with a thin space between; no space before `°` and before nothing.
    pub fn quantity(&self, value: f64, decimals: usize, unit: &str) -> String {
        join_unit(self.number(value, decimals), unit)
    }

    /// A large count in short: `1.2 M`, `34.5 k`.
    pub fn short_count(&self, value: u64) -> String {
        let value = value as f64;
        match value {
            _ if value >= 1e9 => self.quantity(value / 1e9, 1, "G"),
            _ if value >= 1e6 => self.quantity(value / 1e6, 1, "M"),
            _ if value >= 1e4 => self.quantity(value / 1e3, 1, "k"),
            _ => self.number(value, 0),
        }
    }

    /// A value as text, without its unit.
    pub fn value(&self, value: &Value) -> String {
        match value {
            Value::Text(text) => text.clone(),
            Value::Number { value, decimals } => self.number(*value, usize::from(*decimals)),
            Value::Boolean(true) => self.tr("value-yes"),
            Value::Boolean(false) => self.tr("value-no"),
        }
    }

    /// A value with its unit.
    pub fn value_with_unit(&self, value: &Value, unit: &str) -> String {
        join_unit(self.value(value), unit)
    }
}

fn join_unit(number: String, unit: &str) -> String {
    match unit {
        "" => number,
        "°" => number + unit,
        _ => format!("{number}{THIN_SPACE}{unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Locale;

    #[test]
    fn numbers_follow_the_locale() {
        let (english, german) = (
            Language::new(Locale::English),
            Language::new(Locale::German),
        );
        assert_eq!(english.number(1234.5, 1), "1234.5");
        assert_eq!(
            english.number(1_234_567.891, 2),
            "1\u{202F}234\u{202F}567.89"
        );
        assert_eq!(german.number(-12_345.65, 1), "−12\u{202F}345,6");
        assert_eq!(german.number(-0.04, 1), "0,0");
        assert_eq!(german.quantity(31.0, 0, "µg/m³"), "31\u{202F}µg/m³");
        assert_eq!(german.quantity(12.5, 1, "°"), "12,5°");
        assert_eq!(english.number(f64::NAN, 2), "–");
        assert_eq!(german.short_count(1_250_000), "1,2\u{202F}M");
    }
}
