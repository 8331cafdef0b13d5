//! Decimal numbers out of lists.

/// The finite number that a word says, as `str::parse` would have it.
///
/// Coordinates are short: their digits fit an integer that `f64` holds exactly, and a power of ten up to 10²² is exact
/// too, so that one division gives the correctly rounded value (Clinger, How to Read Floating Point Numbers Accurately,
/// 1990). Everything else goes to the standard library.
pub(super) fn parse_number(word: &str) -> Option<f64> {
    match short_decimal(word.as_bytes()) {
        Some(value) => Some(value),
        None => word.parse().ok().filter(|value: &f64| value.is_finite()),
    }
}

/// Digits that always fit 53 bits.
const EXACT_DIGITS: usize = 15;

const POWERS_OF_TEN: [f64; EXACT_DIGITS + 1] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
];

fn short_decimal(word: &[u8]) -> Option<f64> {
    let (is_negative, digits) = match word.split_first() {
        Some((b'-', rest)) => (true, rest),
        _ => (false, word),
    };
    if digits.is_empty() || digits.len() > EXACT_DIGITS {
        return None;
    }
    let mut mantissa: u64 = 0;
    let mut decimals = None;
    for (place, &byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => mantissa = mantissa * 10 + u64::from(byte - b'0'),
            b'.' if decimals.is_none() && digits.len() > 1 => decimals = Some(place),
            _ => return None,
        }
    }
    let power = decimals.map_or(0, |place| digits.len() - 1 - place);
    let value = mantissa as f64 / POWERS_OF_TEN[power];
    Some(if is_negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_finite_number_is_none() {
        for word in ["", "-", ".", "1.2.3", "12a", "NaN", "inf", "1e999", "--1"] {
            assert_eq!(parse_number(word), None, "{word:?}");
        }
        assert_eq!(
            parse_number("-0.0").map(f64::to_bits),
            Some((-0.0_f64).to_bits())
        );
        assert_eq!(parse_number("1e3"), Some(1000.0));
        assert_eq!(parse_number("+5"), Some(5.0));
        assert_eq!(parse_number(".5"), Some(0.5));
        assert_eq!(parse_number("5."), Some(5.0));
    }

    proptest! {
        #[test]
        fn bit_by_bit_as_the_standard_library(word in "-?[0-9]{0,12}(\\.[0-9]{0,12})?(e-?[0-9])?") {
            let expected = word.parse::<f64>().ok().filter(|value| value.is_finite());
            prop_assert_eq!(parse_number(&word).map(f64::to_bits), expected.map(f64::to_bits));
        }
    }
}
