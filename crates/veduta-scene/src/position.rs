//! Lines and columns of a text.

use std::fmt;
use std::ops::Range;

/// A place in a text, for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TextPosition {
    /// 1-based.
    pub line: usize,
    /// 1-based, in characters.
    pub column: usize,
}

impl fmt::Display for TextPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

impl TextPosition {
    /// The place of a byte offset; one beyond the end is the end.
    pub(crate) fn of(text: &str, offset: usize) -> Self {
        let mut offset = offset.min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &text[..offset];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

/// The line that holds the start of `span`, and a line of spaces and carets under the part of it that
/// `span` covers.
pub(crate) fn marked_line(text: &str, span: &Range<usize>) -> (String, String) {
    let position = TextPosition::of(text, span.start);
    let line = text.lines().nth(position.line - 1).unwrap_or_default();
    let rest = line.chars().count().saturating_sub(position.column - 1);
    let covered = text
        .get(span.clone())
        .and_then(|part| part.lines().next())
        .map_or(1, |part| part.chars().count());
    let carets = covered.clamp(1, rest.max(1));
    // Tabs stay tabs, so that the carets stand right however wide a tab is shown.
    let indent: String = line
        .chars()
        .take(position.column - 1)
        .map(|c| if c == '\t' { '\t' } else { ' ' })
        .collect();
    (line.to_owned(), indent + &"^".repeat(carets))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "a = 1\nstraße = 2\r\n";
        assert_eq!(
            TextPosition::of(text, 0),
            TextPosition { line: 1, column: 1 }
        );
        let equals = text.rfind('=').unwrap();
        assert_eq!(
            TextPosition::of(text, equals),
            TextPosition { line: 2, column: 8 }
        );
        assert_eq!(TextPosition::of(text, 999).line, 3);
    }

    #[test]
    fn the_mark_stands_under_its_part_of_the_line() {
        let text = "x = 1\n\tzone = \"Mars\"\n";
        let start = text.find('"').unwrap();
        let (line, mark) = marked_line(text, &(start..start + 6));
        assert_eq!(line, "\tzone = \"Mars\"");
        assert_eq!(mark, "\t       ^^^^^^");
    }

    #[test]
    fn a_span_over_several_lines_marks_its_first_line_only() {
        let (line, mark) = marked_line("ab\ncd", &(1..5));
        assert_eq!((line.as_str(), mark.as_str()), ("ab", " ^"));
    }
}
