//! `NaN` and `Infinity`, which some writers put where JSON has no number.

/// The text with null in place of each bare `NaN`, `Infinity` or `-Infinity`, their number, and the line of the first
/// one, counted from 0. `None` if there is none. Lines stay where they are.
pub(super) fn without_non_numbers(text: &str) -> Option<(String, u64, u64)> {
    const NAMES: [&str; 4] = ["NaN", "-NaN", "Infinity", "-Infinity"];
    let bytes = text.as_bytes();
    let mut replaced = String::new();
    let (mut count, mut first_line, mut line) = (0, 0, 0);
    let (mut in_string, mut copied, mut position) = (false, 0, 0);
    while let Some(&byte) = bytes.get(position) {
        match byte {
            b'"' => in_string = !in_string,
            b'\\' if in_string => position += 1,
            b'\n' => line += 1,
            b'N' | b'I' | b'-' if !in_string => {
                let rest = &bytes[position..];
                let name = NAMES.iter().find(|name| {
                    rest.starts_with(name.as_bytes())
                        && !rest.get(name.len()).is_some_and(u8::is_ascii_alphanumeric)
                });
                if let Some(name) = name {
                    replaced.push_str(&text[copied..position]);
                    replaced.push_str("null");
                    position += name.len();
                    copied = position;
                    if count == 0 {
                        first_line = line;
                    }
                    count += 1;
                    continue;
                }
            }
            _ => {}
        }
        position += 1;
    }
    if count == 0 {
        return None;
    }
    replaced.push_str(&text[copied..]);
    Some((replaced, count, first_line))
}

#[cfg(test)]
mod tests {
    use super::without_non_numbers;

    #[test]
    fn only_bare_words_are_replaced() {
        let text = "{\"NaN\": NaN,\n \"a\\\"NaN\": [-Infinity, Infinity], \"b\": \"-NaN\"}";
        let expected = "{\"NaN\": null,\n \"a\\\"NaN\": [null, null], \"b\": \"-NaN\"}";
        assert_eq!(without_non_numbers(text), Some((expected.to_owned(), 3, 0)));
        assert_eq!(without_non_numbers("{\"a\": [1, -2]}"), None);
        assert_eq!(without_non_numbers("NaNs \\"), None);
    }
}
