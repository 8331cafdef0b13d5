//! Cutting a city model into pieces between its members.

use std::io::BufRead;

use memchr::memchr_iter;
use memchr::memmem::FinderRev;

use crate::ReadError;
use crate::text_source::TextSource;

/// Some members in a row, as text.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Number of its first line in the file.
    pub(super) first_line: u64,
    /// Whether nothing follows.
    pub(super) is_last: bool,
}

/// A model that is cut as it is read.
pub(super) struct Pieces<R> {
    source: TextSource<R>,
    /// What was read and not yet handed out.
    text: String,
    first_line: u64,
    replaced_line: Option<u64>,
    /// End tag of the members, once it is known.
    member_end: Option<FinderRev<'static>>,
    ended: bool,
}

/// Large enough that the work on a piece outweighs the handling, small enough that a dozen fit anywhere.
const PIECE_BYTES: usize = 1 << 20;
/// A member larger than this is better read in one go, where only the object itself is held.
const MAX_PIECE_BYTES: usize = 48 << 20;
const STEP_BYTES: usize = 128 * 1024;
const ZEROS: &str = match std::str::from_utf8(&[0; STEP_BYTES]) {
    Ok(zeros) => zeros,
    Err(_) => "",
};

impl<R: BufRead> Pieces<R> {
    pub(super) fn new(source: R) -> Result<Self, ReadError> {
        Ok(Self {
            source: TextSource::new(source)?,
            text: String::new(),
            first_line: 1,
            replaced_line: None,
            member_end: None,
            ended: false,
        })
    }

    /// The start of the model, as far as it was read: to find out where it can be cut.
    pub(super) fn head(&mut self) -> Result<&str, ReadError> {
        while self.text.len() < PIECE_BYTES && self.read_step()? {}
        Ok(&self.text)
    }

    /// Cuts after each end tag of this name.
    pub(super) fn cut_after(&mut self, member_name: &str) {
        let end_tag = format!("</{member_name}>");
        self.member_end = Some(FinderRev::new(&end_tag).into_owned());
    }

    /// The next members; the last piece is what follows the last cut. `Ok(None)` at the end, an error in place of a piece
    /// that would be too large.
    pub(super) fn next_piece(&mut self) -> Result<Option<Piece>, CutError> {
        let mut searched_to = 0;
        loop {
            if self.text.len() >= PIECE_BYTES
                && let Some(finder) = &self.member_end
            {
                let needle_bytes = finder.needle().len();
                let from = searched_to.max(needle_bytes) - needle_bytes;
                if let Some(found) = finder.rfind(&self.text.as_bytes()[from..]) {
                    return Ok(Some(self.cut_at(from + found + needle_bytes)));
                }
                searched_to = self.text.len();
            }
            if self.text.len() > MAX_PIECE_BYTES {
                return Err(CutError::TooLarge);
            }
            if !self.read_step().map_err(CutError::Read)? {
                if std::mem::replace(&mut self.ended, true) {
                    return Ok(None);
                }
                // Even an empty one: it shows that the end tag of the model is missing.
                let mut piece = self.cut_at(self.text.len());
                piece.is_last = true;
                return Ok(Some(piece));
            }
        }
    }

    /// What is wrong with the stream, if it ended by damage.
    pub(super) fn damage(&self) -> Option<&str> {
        self.source.damage()
    }

    /// Line of the first bytes that did not fit the encoding.
    pub(super) fn replaced_line(&self) -> Option<u64> {
        self.replaced_line
    }

    fn cut_at(&mut self, end: usize) -> Piece {
        let rest = self.text.split_off(end);
        let text = std::mem::replace(&mut self.text, rest);
        let first_line = self.first_line;
        self.first_line += count_lines(&text);
        Piece {
            text,
            first_line,
            is_last: false,
        }
    }

    fn read_step(&mut self) -> Result<bool, ReadError> {
        let before = self.text.len();
        self.text.push_str(ZEROS);
        let decoded = self.source.decode_into(&mut self.text[before..]);
        let written = decoded.as_ref().map_or(0, |decoded| decoded.bytes);
        self.text.truncate(before + written);
        if let Some(offset) = decoded?.first_replacement
            && self.replaced_line.is_none()
        {
            self.replaced_line = Some(self.first_line + count_lines(&self.text[..before + offset]));
        }
        Ok(written > 0)
    }
}

/// Why there is no piece.
#[derive(Debug)]
pub(super) enum CutError {
    /// One member is larger than a piece may be.
    TooLarge,
    /// The source cannot be read.
    Read(ReadError),
}

fn count_lines(text: &str) -> u64 {
    memchr_iter(b'\n', text.as_bytes()).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_make_up_the_whole() {
        let members = "<m>\n<a>0123456789</a>\n</m>\n".repeat(100_000);
        let text = format!("<root>\n{members}</root>");
        let mut pieces = Pieces::new(text.as_bytes()).expect("UTF-8 is known");
        assert!(
            pieces
                .head()
                .expect("memory can be read")
                .starts_with("<root>")
        );
        pieces.cut_after("m");
        let mut whole = String::new();
        let mut count = 0;
        while let Some(piece) = pieces.next_piece().expect("memory can be read") {
            assert_eq!(piece.first_line, 1 + count_lines(&whole));
            assert_eq!(piece.is_last, piece.text.ends_with("</root>"));
            assert!(piece.is_last || piece.text.ends_with("</m>"));
            whole.push_str(&piece.text);
            count += 1;
        }
        assert_eq!(whole, text);
        assert!(count > 2, "{count}");
    }
}
