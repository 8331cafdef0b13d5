//! References in XML text: `&amp;`, `&#228;` (XML 1.0, 4.1 and 4.6).

use std::borrow::Cow;

/// What a reference means.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reference<'a> {
    /// A character: predefined or by its number.
    Character(char),
    /// An entity that XML does not define, by its name.
    Unknown(&'a str),
}

/// The first reference in a text with what stands before and after it. An ampersand that begins none is text.
pub(super) fn next_reference(text: &str) -> Option<(&str, Reference<'_>, &str)> {
    let mut from = 0;
    loop {
        let start = from + text[from..].find('&')?;
        let name_bytes = text[start + 1..]
            .bytes()
            .position(|byte| !is_name_byte(byte))
            .unwrap_or(text.len() - start - 1);
        let end = start + 1 + name_bytes;
        if name_bytes > 0
            && text[end..].starts_with(';')
            && let Some(reference) = meaning(&text[start + 1..end])
        {
            return Some((&text[..start], reference, &text[end + 1..]));
        }
        from = start + 1;
    }
}

/// An attribute value with its references replaced; unknown ones stay as they are.
pub(super) fn resolved(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut whole = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, reference, after)) = next_reference(rest) {
        whole.push_str(before);
        match reference {
            Reference::Character(character) => whole.push(character),
            Reference::Unknown(name) => whole.extend(["&", name, ";"]),
        }
        rest = after;
    }
    whole.push_str(rest);
    Cow::Owned(whole)
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'#' | b'_' | b'-' | b'.' | b':') || byte >= 0x80
}

/// `None` for a number that is no character.
fn meaning(name: &str) -> Option<Reference<'_>> {
    Some(Reference::Character(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => match name.strip_prefix('#') {
            Some(number) => {
                let code = match number.strip_prefix('x') {
                    Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                    None => number.parse().ok()?,
                };
                char::from_u32(code).filter(|&character| character != '\0')?
            }
            None => return Some(Reference::Unknown(name)),
        },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_by_name_and_by_number() {
        assert_eq!(resolved("a &lt; b &amp;&#x20AC;&#228;"), "a < b &€ä");
    }

    #[test]
    fn what_is_no_reference_stays() {
        for text in [
            "Meier & Sohn",
            "a&b",
            "&;",
            "&#xFFFFFFFF;",
            "&#0;",
            "&nbsp;",
            "&",
        ] {
            assert_eq!(resolved(text), text);
        }
        let unknown = next_reference("x&nbsp;y");
        assert_eq!(unknown, Some(("x", Reference::Unknown("nbsp"), "y")));
    }
}
