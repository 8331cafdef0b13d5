//! Documents that are no JSON: cut off, or broken inside one city object.
//!
//! A parser of JSON gives up at the first fault, and with it the whole city. What is done here is what a person would do
//! in an editor: close what is open at the end, take out the object that the fault is in. Where brackets or quotation marks
//! are missing, nobody can tell where an object ends, and the document stays broken.

use serde::de::IgnoredAny;

use super::fault::{Fault, PlacedFault};
use crate::codes;

/// Broken objects that are taken out of one document.
const MAX_BROKEN_OBJECTS: usize = 100;
/// Each of them costs one more look at the whole text; bytes looked at in all, some seconds.
const MAX_BYTES: usize = 1 << 30;

/// Makes a document valid JSON as far as possible and says what that cost.
pub(super) fn mend(text: &mut String, first_line: u64, faults: &mut Vec<PlacedFault>) {
    let rounds = MAX_BROKEN_OBJECTS.min(MAX_BYTES / text.len().max(1)).max(1);
    for _ in 0..rounds {
        let Err(error) = serde_json::from_str::<IgnoredAny>(text) else {
            return;
        };
        let line = first_line + (error.line() as u64).saturating_sub(1);
        let fault = if error.is_eof() {
            let Some(cut) = last_complete_member(text) else {
                return;
            };
            text.truncate(cut.end);
            text.extend(cut.open.iter().rev().map(|&open| closing(open)));
            Fault::new(
                codes::TRUNCATED,
                "the text ends too early; what was open was closed, and its last part is lost",
            )
        } else {
            let offset = offset_of(text, error.line(), error.column());
            let Some(object) = enclosing_object(text, offset) else {
                return;
            };
            let message = format!("a city object is no JSON and is left out: {error}");
            // Lines stay where they are.
            let lines = text[object.clone()].matches('\n').count();
            text.replace_range(object, &format!("null{}", "\n".repeat(lines)));
            Fault::new(codes::BROKEN_OBJECT, message)
        };
        faults.push(PlacedFault {
            fault,
            key: None,
            line,
        });
    }
}

/// Brackets of a text, those in strings apart.
struct Brackets<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl Iterator for Brackets<'_> {
    /// Place and byte of the next bracket or comma.
    type Item = (usize, u8);

    fn next(&mut self) -> Option<Self::Item> {
        let mut in_string = false;
        while let Some(&byte) = self.bytes.get(self.position) {
            let place = self.position;
            self.position += 1;
            match byte {
                b'"' => in_string = !in_string,
                b'\\' if in_string => self.position += 1,
                b'{' | b'[' | b'}' | b']' | b',' if !in_string => return Some((place, byte)),
                _ => {}
            }
        }
        None
    }
}

fn brackets(text: &str, position: usize) -> Brackets<'_> {
    Brackets {
        bytes: text.as_bytes(),
        position,
    }
}

fn closing(open: u8) -> char {
    if open == b'{' { '}' } else { ']' }
}

/// Where the text can be cut, and what is open there.
struct Cut {
    end: usize,
    open: Vec<u8>,
}

/// The end of the last member that is followed by another, however deep.
fn last_complete_member(text: &str) -> Option<Cut> {
    let is_comma = |(place, byte)| (byte == b',').then_some(place);
    let end = brackets(text, 0).filter_map(is_comma).last()?;
    // Looked at once more rather than noted on the way: there are millions of commas.
    let mut open = Vec::new();
    for (_, byte) in brackets(text, 0).take_while(|(place, _)| *place < end) {
        match byte {
            b'{' | b'[' => open.push(byte),
            b',' => {}
            _ => {
                open.pop();
            }
        }
    }
    Some(Cut { end, open })
}

/// Place in the text of a line and a column in bytes, both counted from 1.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start = match line {
        0 | 1 => 0,
        _ => text
            .match_indices('\n')
            .nth(line - 2)
            .map_or(text.len(), |(place, _)| place + 1),
    };
    (start + column.saturating_sub(1)).min(text.len())
}

/// The member of `CityObjects` that this place is in.
fn enclosing_object(text: &str, offset: usize) -> Option<std::ops::Range<usize>> {
    let key = text.find("\"CityObjects\"")?;
    let mut depth = 0_usize;
    let mut start = None;
    for (place, byte) in brackets(text, key + "\"CityObjects\"".len()) {
        match byte {
            b'{' | b'[' => {
                depth += 1;
                if depth == 2 {
                    start = Some(place);
                }
            }
            b',' => {}
            _ => {
                depth = depth.saturating_sub(1);
                match (depth, start) {
                    (1, Some(start)) if start <= offset && offset <= place => {
                        return Some(start..place + 1);
                    }
                    // The fault was before the objects, between two of them, or behind them.
                    (1, Some(start)) if start > offset => return None,
                    (0, _) => return None,
                    _ => {}
                }
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> (String, Vec<(&'static str, u64)>) {
        let mut text = text.to_owned();
        let mut faults = Vec::new();
        mend(&mut text, 1, &mut faults);
        let faults = faults
            .iter()
            .map(|placed| (placed.fault.code.code, placed.line));
        (text, faults.collect())
    }

    #[test]
    fn what_is_open_at_the_end_is_closed() {
        let (text, faults) = mended("{\"a\": [1, {\"b\": \"x, {\", \"c\": [2,\n 3, \"fo");
        assert_eq!(text, "{\"a\": [1, {\"b\": \"x, {\", \"c\": [2,\n 3]}]}");
        assert_eq!(faults, [("GML-002", 2)]);
        assert_eq!(mended("{\"a\"").0, "{\"a\"");
    }

    #[test]
    fn lists_in_lists_in_lists_are_closed_as_well() {
        let depth = 300_000;
        let (text, faults) = mended(&"[1,".repeat(depth));
        let expected = ["[1,".repeat(depth - 1), "[1".into(), "]".repeat(depth)].concat();
        assert!(text == expected);
        assert_eq!(faults, [("GML-002", 1)]);
    }

    #[test]
    fn broken_objects_are_taken_out_one_by_one() {
        let (text, faults) = mended(
            "{\"CityObjects\": {\"a\": {\"x\" [1, 2],\n\"y\": 1},\n \"b\": {\"z\": 1}, \"c\": {oops}}}",
        );
        assert_eq!(
            text,
            "{\"CityObjects\": {\"a\": null\n,\n \"b\": {\"z\": 1}, \"c\": null}}"
        );
        assert_eq!(faults, [("CJ-006", 1), ("CJ-006", 3)]);
    }

    #[test]
    fn what_is_broken_elsewhere_is_left() {
        for text in [
            "{\"CityObjects\": {} oops}",
            "oops",
            "{\"a\": oops, \"CityObjects\": {\"b\": {}}}",
        ] {
            assert_eq!(mended(text), (text.to_owned(), vec![]));
        }
    }
}
