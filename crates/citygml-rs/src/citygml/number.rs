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
    let start = usize::from(is_negative);
    let (mut mantissa, whole) = leading_digits(&list[start..])?;
    let mut at = start + whole;
    let mut decimals = 0;
    if list.get(at) == Some(&b'.') {
        let (fraction, digits) = leading_digits(&list[at + 1..])?;
        if whole + digits > EXACT_DIGITS {
            return None;
        }
        mantissa = mantissa * INTEGER_POWERS[digits] + fraction;
        decimals = digits;
        at += 1 + digits;
    }
    let ends = list.get(at).is_none_or(u8::is_ascii_whitespace);
    if whole + decimals == 0 || !ends {
        return None;
    }
    let value = mantissa as f64 / POWERS_OF_TEN[decimals];
    Some((if is_negative { -value } else { value }, at))
}

const INTEGER_POWERS: [u64; EXACT_DIGITS + 1] = [
    1,
    10,
    100,
    1_000,
    10_000,
    100_000,
    1_000_000,
    10_000_000,
    100_000_000,
    1_000_000_000,
    10_000_000_000,
    100_000_000_000,
    1_000_000_000_000,
    10_000_000_000_000,
    100_000_000_000_000,
    1_000_000_000_000_000,
];

/// The number that the digits at the start of a text make and how many there are, `None` if there are more than eight:
/// eight bytes are looked at as one number.
fn leading_digits(text: &[u8]) -> Option<(u64, usize)> {
    let Some(eight) = text.first_chunk::<8>() else {
        return Some(leading_digits_one_by_one(text));
    };
    // Zero where there is a digit: the high nibble is 3, and adding 6 to the low one does not carry.
    let bytes = u64::from_le_bytes(*eight);
    let high = (bytes & 0xF0F0_F0F0_F0F0_F0F0) ^ 0x3030_3030_3030_3030;
    let over = ((bytes & 0x0F0F_0F0F_0F0F_0F0F) + 0x0606_0606_0606_0606) & 0x1010_1010_1010_1010;
    let count = ((high | over).trailing_zeros() / 8) as usize;
    if count == 0 {
        return Some((0, 0));
    }
    if count == 8 && text.get(8).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    // The digits go to the end, behind zeros; then neighbours are added up: pairs, fours, all eight.
    let digits = (bytes & 0x0F0F_0F0F_0F0F_0F0F) << (64 - 8 * count);
    let pairs = (digits * 10 + (digits >> 8)) & 0x00FF_00FF_00FF_00FF;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_FFFF_0000_FFFF;
    let all = (fours * 10_000 + (fours >> 32)) & 0xFFFF_FFFF;
    Some((all, count))
}

fn leading_digits_one_by_one(text: &[u8]) -> (u64, usize) {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit());
    digits.fold((0, 0), |(value, count), byte| {
        (value * 10 + u64::from(byte - b'0'), count + 1)
    })
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
