//! The part of the stream that is held: bytes and slices by their place in the stream, searching, taking in more.

use std::io::BufRead;
use std::ops::Range;

use memchr::memmem::Finder;
use memchr::{memchr, memchr_iter};

use super::{Fault, Scanner};

/// How much text is asked for at a time.
const STEP_BYTES: usize = 128 * 1024;
const ZEROS: &str = match std::str::from_utf8(&[0; STEP_BYTES]) {
    Ok(zeros) => zeros,
    Err(_) => "",
};

impl<R: BufRead> Scanner<R> {
    /// Lines only grow: a place before one that was asked for already gives the line of the latter.
    pub(super) fn count_lines(&self, place: usize) {
        let counted_to = self.counted_to.get();
        if place > counted_to {
            let newlines = memchr_iter(b'\n', self.bytes(counted_to..place)).count();
            self.line.set(self.line.get() + newlines as u64);
            self.counted_to.set(place);
        }
    }

    pub(super) fn slice(&self, start: usize, end: usize) -> &str {
        &self.window[start - self.base..end - self.base]
    }

    pub(super) fn bytes(&self, range: Range<usize>) -> &[u8] {
        &self.window.as_bytes()[range.start - self.base..range.end - self.base]
    }

    pub(super) fn byte(&mut self, place: usize) -> Result<u8, Fault> {
        while place >= self.end {
            if !self.load()? {
                return Err(Fault::Truncated);
            }
        }
        Ok(self.window.as_bytes()[place - self.base])
    }

    pub(super) fn find_byte(&mut self, byte: u8, mut from: usize) -> Result<Option<usize>, Fault> {
        loop {
            if from < self.end {
                if let Some(offset) = memchr(byte, self.bytes(from..self.end)) {
                    return Ok(Some(from + offset));
                }
                from = self.end;
            }
            if !self.load()? {
                return Ok(None);
            }
        }
    }

    pub(super) fn find(
        &mut self,
        pattern: &Finder,
        mut from: usize,
    ) -> Result<Option<usize>, Fault> {
        loop {
            if from < self.end {
                if let Some(offset) = pattern.find(self.bytes(from..self.end)) {
                    return Ok(Some(from + offset));
                }
                // The pattern may have begun in the last bytes.
                from = from.max((self.end + 1).saturating_sub(pattern.needle().len()));
            }
            if !self.load()? {
                return Ok(None);
            }
        }
    }

    /// Takes in more of the stream; false at its end.
    pub(super) fn load(&mut self) -> Result<bool, Fault> {
        let keep_from = self.keep_from.min(self.position);
        self.check_length(self.end - keep_from)?;
        // Moving what is kept must stay cheap beside what is read.
        if keep_from - self.base >= self.window.len() / 2 {
            self.count_lines(keep_from);
            self.window.drain(..keep_from - self.base);
            self.base = keep_from;
        }
        let room = self.base + self.window.len() - self.end;
        if room < STEP_BYTES / 2 {
            self.window.push_str(ZEROS);
        }
        let from = self.end - self.base;
        let decoded = self
            .source
            .decode_into(&mut self.window[from..])
            .map_err(Fault::Stream)?;
        if let Some(offset) = decoded.first_replacement
            && self.replaced_line.is_none()
        {
            let before = &self.window.as_bytes()[self.counted_to.get() - self.base..from + offset];
            self.replaced_line = Some(self.line.get() + memchr_iter(b'\n', before).count() as u64);
        }
        self.end += decoded.bytes;
        Ok(decoded.bytes > 0)
    }
}
