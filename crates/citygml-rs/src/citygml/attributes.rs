//! Attributes of a start tag (XML 1.0, 3.1).

use memchr::memchr;

/// Names and values, references in the values not yet replaced. What is not well-formed is passed over.
pub(super) fn attributes(written: &str) -> Attributes<'_> {
    Attributes { rest: written }
}

/// See [`attributes`].
#[derive(Debug, Clone)]
pub(super) struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let rest = self.rest.trim_ascii_start();
            let Some(equals) = memchr(b'=', rest.as_bytes()) else {
                // A name without a value, or nothing.
                self.rest = "";
                return None;
            };
            let value = rest[equals + 1..].trim_ascii_start();
            let quote = value.as_bytes().first().copied();
            let closing = match quote {
                Some(quote @ (b'"' | b'\'')) => memchr(quote, &value.as_bytes()[1..]),
                _ => None,
            };
            let Some(length) = closing else {
                let end = value.bytes().position(|byte| byte.is_ascii_whitespace());
                self.rest = &value[end.unwrap_or(value.len())..];
                continue;
            };
            self.rest = &value[length + 2..];
            // Words before the name have no value.
            let name = rest[..equals].trim_ascii_end();
            let start = name.bytes().rposition(|byte| byte.is_ascii_whitespace());
            let name = start.map_or(name, |start| &name[start + 1..]);
            if !name.is_empty() {
                return Some((name, &value[1..=length]));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(written: &str) -> Vec<(&str, &str)> {
        attributes(written).collect()
    }

    #[test]
    fn quotes_and_white_space_of_either_kind() {
        assert_eq!(
            list(" gml:id=\"a\"\n  xlink:href = '#\"b\"' c=''"),
            [("gml:id", "a"), ("xlink:href", "#\"b\""), ("c", "")]
        );
    }

    #[test]
    fn what_is_not_well_formed_is_passed_over() {
        assert_eq!(list(" checked a=1 b=\"2\" =\"3\" c=\"open"), [("b", "2")]);
        assert_eq!(list(" ="), []);
        assert_eq!(list(""), []);
    }
}
