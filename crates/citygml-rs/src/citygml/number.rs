//! Decimal numbers out of lists.

/// Appends all numbers of a list. Gives the first word that is no finite number.
pub(super) fn append_numbers<'a>(list: &'a str, values: &mut Vec<f64>) -> Result<(), &'a str> {
    let bytes = list.as_bytes();
    let mut at = 0;
    loop {
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        if at == bytes.len() {
            return Ok(());
        }
        let (value, end) = match short_decimal(&bytes[at..]) {
            Some((value, length)) => (Some(value), at + length),
            None => {
                let rest = &bytes[at..];
                let length = rest.iter().position(u8::is_ascii_whitespace);
                let end = at + length.unwrap_or(rest.len());
                (parse_long(&list[at..end]), end)
            }
        };
        values.push(value.ok_or(&list[at..end])?);
        at = end;
    }
}

/// Any number, the slow way.
fn parse_long(word: &str) -> Option<f64> {
    word.parse().ok().filter(|value: &f64| value.is_finite())
}

/// Digits that always fit the 53 bits of a mantissa.
const EXACT_DIGITS: usize = 15;

const POWERS_OF_TEN: [f64; EXACT_DIGITS + 1] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
];

/// The number at the start of a list and its length, if it has at most fifteen digits and no exponent.
///
/// Coordinates are short: their digits fit an integer that `f64` holds exactly, and so does a power of ten up to 10²²;
/// then one division gives the correctly rounded value (Clinger, How to Read Floating Point Numbers Accurately, 1990).
fn short_decimal(list: &[u8]) -> Option<(f64, usize)> {
    let is_negative = list.first() == Some(&b'-');
    let first_digit = usize::from(is_negative);
    let mut mantissa: u64 = 0;
    let mut digits = 0;
    let mut point = None;
    let mut at = first_digit;
    while let Some(&byte) = list.get(at) {
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            mantissa = mantissa * 10 + u64::from(digit);
            digits += 1;
            if digits > EXACT_DIGITS {
                return None;
            }
        } else if byte == b'.' && point.is_none() {
            point = Some(at);
        } else if byte.is_ascii_whitespace() {
            break;
        } else {
            return None;
        }
        at += 1;
    }
    if digits == 0 {
        return None;
    }
    let decimals = point.map_or(0, |point| at - point - 1);
    let value = mantissa as f64 / POWERS_OF_TEN[decimals];
    Some((if is_negative { -value } else { value }, at))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse_number(word: &str) -> Option<f64> {
        let mut values = Vec::new();
        append_numbers(word, &mut values).ok()?;
        values.first().copied()
    }

    #[test]
    fn lists_and_the_word_that_is_wrong() {
        let mut values = Vec::new();
        assert_eq!(append_numbers(" 1 -2.5\n3e2\t", &mut values), Ok(()));
        assert_eq!(values, [1.0, -2.5, 300.0]);
        assert_eq!(append_numbers("1 2,5 3", &mut values), Err("2,5"));
    }

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
