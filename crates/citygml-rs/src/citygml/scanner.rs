//! XML tags and texts out of a window that moves over the stream.
//!
//! Nothing is copied that need not be: a tag and the text before an end tag are slices of the window. A general parser has
//! to copy each token out of a stream, and to look at parts that no city model has. Tests and a fuzz target hold this one
//! to what `quick_xml` finds in the same text.
//!
//! Not done here: namespaces, limits on nesting, the meaning of anything. Entity declarations are refused, not expanded.
//!
//! Places are counted from the start of the stream, so that they stay what they are when the window moves.

mod window;

use std::cell::Cell;
use std::io::{self, BufRead};
use std::ops::Range;

use memchr::memmem::Finder;
use memchr::{memchr, memchr_iter, memchr2_iter};

use super::references::{Reference, next_reference};
use crate::text_source::TextSource;

/// What was found next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// A start tag, `<name a="b">` or `<name/>`; the latter is followed by an end of its own.
    Start,
    /// An end tag that fits the open element.
    End,
    /// The end of the text, with no element open.
    Nothing,
}

/// Why there is no next tag.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The text ends inside a tag, a comment, a section or an element.
    Truncated,
    /// The text is no XML; the place is after what is wrong, so that one may go on.
    IllFormed(String),
    /// The document type declares entities.
    EntityDeclaration,
    /// One tag or text is longer than the limit.
    TokenTooLong,
    /// The stream failed.
    Stream(io::Error),
}

/// Undefined entities of one object that are remembered: more than anyone reads, less than fills the memory.
const MAX_UNKNOWN_ENTITIES: usize = 10_000;

/// A pull tokenizer.
pub(crate) struct Scanner<R> {
    source: TextSource<R>,
    /// Text of the stream from `base` to `end`, then zeros up to its length.
    window: String,
    base: usize,
    end: usize,
    /// Everything before is done with.
    position: usize,
    /// The window keeps everything from here on.
    keep_from: usize,
    max_token_bytes: usize,
    /// Number of the line that `counted_to` stands in.
    line: Cell<u64>,
    counted_to: Cell<usize>,
    tag: Range<usize>,
    tag_name_end: usize,
    tag_local_start: usize,
    text: Range<usize>,
    /// The text, where it is not as it stands in the window: it had references, sections or comments in it.
    joined: String,
    is_joined: bool,
    /// Names of the open elements in one string, and where each begins.
    open_names: String,
    open_starts: Vec<usize>,
    /// The last start tag closed itself: its end comes next.
    closes_itself: bool,
    unknown_entities: Vec<(u64, String)>,
    replaced_line: Option<u64>,
}

impl<R: BufRead> Scanner<R> {
    /// Prepares to read; `first_line` is the number of the first line of `source`.
    pub(crate) fn new(source: TextSource<R>, max_token_bytes: u64, first_line: u64) -> Self {
        Self {
            source,
            window: String::new(),
            base: 0,
            end: 0,
            position: 0,
            keep_from: 0,
            max_token_bytes: usize::try_from(max_token_bytes).unwrap_or(usize::MAX),
            line: Cell::new(first_line),
            counted_to: Cell::new(0),
            tag: 0..0,
            tag_name_end: 0,
            tag_local_start: 0,
            text: 0..0,
            joined: String::new(),
            is_joined: false,
            open_names: String::new(),
            open_starts: Vec::new(),
            closes_itself: false,
            unknown_entities: Vec::new(),
            replaced_line: None,
        }
    }

    /// Takes this for the text, in place of anything that the source would give.
    pub(crate) fn with_text(mut self, text: String) -> Self {
        self.end = text.len();
        self.window = text;
        self
    }

    /// Goes to the next start or end tag.
    pub(crate) fn next(&mut self) -> Result<Found, Fault> {
        self.joined.clear();
        self.is_joined = false;
        self.keep_from = self.position;
        if std::mem::take(&mut self.closes_itself) {
            self.text = self.position..self.position;
            self.pop_name();
            return Ok(Found::End);
        }
        loop {
            let Some(bracket) = self.find_byte(b'<', self.position)? else {
                self.position = self.end;
                return match self.open_starts.is_empty() {
                    true => Ok(Found::Nothing),
                    false => Err(Fault::Truncated),
                };
            };
            match self.byte(bracket + 1)? {
                b'/' => {
                    let text = self.position..bracket;
                    self.check_length(text.len() + self.joined.len())?;
                    if self.is_joined || memchr(b'&', self.bytes(text.clone())).is_some() {
                        self.join(text.clone());
                    }
                    self.text = text;
                    self.read_end_tag(bracket)?;
                    return Ok(Found::End);
                }
                kind @ (b'!' | b'?') => {
                    self.join(self.position..bracket);
                    self.position = bracket;
                    self.keep_from = bracket;
                    match kind {
                        b'?' => self.pass_to(b"?>", bracket + 2)?,
                        _ => self.read_markup(bracket)?,
                    }
                    self.keep_from = self.position;
                }
                _ => {
                    self.keep_from = bracket;
                    self.text = bracket..bracket;
                    self.is_joined = false;
                    self.read_start_tag(bracket)?;
                    return Ok(Found::Start);
                }
            }
        }
    }

    fn read_start_tag(&mut self, bracket: usize) -> Result<(), Fault> {
        let start = bracket + 1;
        let mut close = self.find_byte(b'>', start)?.ok_or(Fault::Truncated)?;
        let tag = self.bytes(start..close);
        let name_bytes = tag
            .iter()
            .position(|&byte| byte.is_ascii_whitespace() || byte == b'/')
            .unwrap_or(tag.len());
        // A bracket inside quotes is part of a value.
        if name_bytes < tag.len() {
            let mut checked_to = start + name_bytes;
            let mut quote = None;
            loop {
                quote = quote_after(self.bytes(checked_to..close), quote);
                if quote.is_none() {
                    break;
                }
                checked_to = close;
                close = self.find_byte(b'>', close + 1)?.ok_or(Fault::Truncated)?;
            }
        }
        self.check_length(close - start)?;
        self.position = close + 1;
        self.closes_itself = close > start && self.bytes(close - 1..close) == b"/";
        let end = close - usize::from(self.closes_itself);
        self.tag = start..end;
        self.tag_name_end = (start + name_bytes).min(end);
        if self.tag_name_end == start {
            self.closes_itself = false;
            return Err(Fault::IllFormed("a tag has no name".to_owned()));
        }
        self.open_starts.push(self.open_names.len());
        let name = start - self.base..self.tag_name_end - self.base;
        let colon = self.window.as_bytes()[name.clone()]
            .iter()
            .rposition(|&byte| byte == b':');
        self.tag_local_start = start + colon.map_or(0, |colon| colon + 1);
        self.open_names.push_str(&self.window[name]);
        Ok(())
    }

    fn read_end_tag(&mut self, bracket: usize) -> Result<(), Fault> {
        // As nearly all are: the name that is open, and nothing else.
        let name = bracket + 2;
        if let Some(&open_start) = self.open_starts.last() {
            let open = &self.open_names.as_bytes()[open_start..];
            let close = name + open.len();
            if close < self.end
                && self.bytes(name..close) == open
                && self.window.as_bytes()[close - self.base] == b'>'
            {
                self.position = close + 1;
                self.pop_name();
                return Ok(());
            }
        }
        let close = self.find_byte(b'>', name)?.ok_or(Fault::Truncated)?;
        self.position = close + 1;
        let name = self.bytes(name..close).trim_ascii_end();
        let Some(&open_start) = self.open_starts.last() else {
            let name = String::from_utf8_lossy(name);
            return Err(Fault::IllFormed(format!("</{name}> closes nothing")));
        };
        let open = &self.open_names[open_start..];
        if open.as_bytes() != name {
            let name = String::from_utf8_lossy(name);
            return Err(Fault::IllFormed(format!(
                "expected </{open}>, found </{name}>"
            )));
        }
        self.pop_name();
        Ok(())
    }

    /// A comment, a CDATA section or a document type.
    fn read_markup(&mut self, bracket: usize) -> Result<(), Fault> {
        const CDATA: &[u8] = b"<![CDATA[";
        // Enough of it to tell which; near the end there may be less.
        while self.end < bracket + CDATA.len() && self.load()? {}
        let start = self.bytes(bracket..self.end.min(bracket + CDATA.len()));
        if start.starts_with(b"<!--") {
            return self.pass_to(b"-->", bracket + 4);
        }
        if start == CDATA {
            self.pass_to(b"]]>", bracket + CDATA.len())?;
            let content = bracket + CDATA.len() - self.base..self.position - 3 - self.base;
            self.joined.push_str(&self.window[content]);
            return Ok(());
        }
        // The internal subset consists of declarations in brackets of their own. Each byte is counted once.
        let (mut close, mut open) = (bracket, 0_usize);
        loop {
            let from = close;
            close = self.find_byte(b'>', close + 1)?.ok_or(Fault::Truncated)?;
            open += memchr_iter(b'<', self.bytes(from..close)).count();
            open = open.saturating_sub(1);
            if open == 0 {
                let content = self.bytes(bracket..close + 1);
                let declares_entities = Finder::new("<!ENTITY").find(content).is_some();
                self.position = close + 1;
                return match declares_entities {
                    true => Err(Fault::EntityDeclaration),
                    false => Ok(()),
                };
            }
        }
    }

    /// Goes on behind the next `pattern`.
    fn pass_to(&mut self, pattern: &[u8], from: usize) -> Result<(), Fault> {
        let found = self.find(&Finder::new(pattern), from)?;
        self.position = found.ok_or(Fault::Truncated)? + pattern.len();
        Ok(())
    }

    /// Goes on behind the end tag of the open element at `depth`, without looking at the tags on the way. False if that
    /// is not safe here; then nothing has changed.
    pub(crate) fn leap_out_of(&mut self, depth: usize) -> Result<bool, Fault> {
        if self.closes_itself || depth == 0 || depth > self.depth() {
            return Ok(false);
        }
        let name = self.open_name(depth - 1);
        let closing = format!("</{name}>");
        let opening = format!("<{name}");
        let from = self.position;
        self.keep_from = from;
        let Some(found) = self.find(&Finder::new(&closing), from)? else {
            return Ok(false);
        };
        let passed = self.bytes(from..found);
        // An element of the same name inside, or places where tags are no tags.
        let is_unclear = Finder::new(&opening).find(passed).is_some()
            || Finder::new("<!").find(passed).is_some();
        if is_unclear {
            return Ok(false);
        }
        self.position = found + closing.len();
        self.text = self.position..self.position;
        self.is_joined = false;
        while self.depth() >= depth {
            self.pop_name();
        }
        Ok(true)
    }

    /// Appends a piece of text with its references replaced.
    fn join(&mut self, piece: Range<usize>) {
        self.is_joined = true;
        let mut rest = &self.window[piece.start - self.base..piece.end - self.base];
        while let Some((before, reference, after)) = next_reference(rest) {
            self.joined.push_str(before);
            match reference {
                Reference::Character(character) => self.joined.push(character),
                Reference::Unknown(name) => {
                    if self.unknown_entities.len() < MAX_UNKNOWN_ENTITIES {
                        self.count_lines(piece.end);
                        self.unknown_entities
                            .push((self.line.get(), name.to_owned()));
                    }
                    self.joined.extend(["&", name, ";"]);
                }
            }
            rest = after;
        }
        self.joined.push_str(rest);
    }

    /// Text before the end tag just read, references replaced, white space as it stands. Empty at a start tag.
    pub(crate) fn text(&self) -> &str {
        if self.is_joined {
            &self.joined
        } else {
            &self.window[self.text.start - self.base..self.text.end - self.base]
        }
    }

    /// The name in the last start tag without its prefix. Like the other parts of the tag valid only directly after
    /// [`Found::Start`].
    pub(crate) fn tag_local_name(&self) -> &str {
        self.slice(self.tag_local_start, self.tag_name_end)
    }

    /// What stands before the colon in the name of the last start tag; empty if there is none.
    pub(crate) fn tag_prefix(&self) -> &str {
        self.slice(
            self.tag.start,
            self.tag_local_start.max(self.tag.start + 1) - 1,
        )
    }

    /// What follows the name in the last start tag.
    pub(crate) fn tag_attributes(&self) -> &str {
        self.slice(self.tag_name_end, self.tag.end)
    }

    /// Number of elements open.
    pub(crate) fn depth(&self) -> usize {
        self.open_starts.len()
    }

    /// Takes the element whose start tag was just read to stand directly under the root, whatever was left open in
    /// between.
    pub(crate) fn take_as_child_of_root(&mut self) {
        let innermost = self.open_starts.last().copied().unwrap_or(0);
        let name = self.open_names[innermost..].to_owned();
        if self.open_starts.len() < 2 {
            // No root is open. One without a name stands in: no end tag fits it.
            self.open_starts = vec![0];
            self.open_names.clear();
        } else {
            self.open_names.truncate(self.open_starts[1]);
            self.open_starts.truncate(1);
        }
        self.open_starts.push(self.open_names.len());
        self.open_names.push_str(&name);
    }

    /// Takes an element of this name to be open already.
    pub(crate) fn assume_open(&mut self, name: &str) {
        self.open_starts.push(self.open_names.len());
        self.open_names.push_str(name);
    }

    /// Name of the open element at this level, the root being 0; empty if there is none.
    pub(crate) fn open_name(&self, level: usize) -> &str {
        let Some(&start) = self.open_starts.get(level) else {
            return "";
        };
        let end = self.open_starts.get(level + 1).copied();
        &self.open_names[start..end.unwrap_or(self.open_names.len())]
    }

    /// 1-based line of the last start tag.
    pub(crate) fn tag_line(&self) -> u64 {
        self.count_lines(self.tag.start);
        self.line.get()
    }

    /// Where the last start tag is, for [`Self::line_of`].
    pub(crate) fn tag_place(&self) -> usize {
        self.tag.start
    }

    /// 1-based line of a place in what is being read. Of a place so far back that its text was let go, which takes more
    /// text in one element than the window holds, the line where the window begins.
    pub(crate) fn line_of(&self, place: usize) -> u64 {
        let counted_to = self.counted_to.get();
        if place >= counted_to {
            self.count_lines(place);
            return self.line.get();
        }
        let passed = self.bytes(place.max(self.base)..counted_to);
        self.line.get() - memchr_iter(b'\n', passed).count() as u64
    }

    /// 1-based line that was read to.
    pub(crate) fn current_line(&self) -> u64 {
        self.count_lines(self.position);
        self.line.get()
    }

    /// The stream below.
    pub(crate) fn source(&self) -> &TextSource<R> {
        &self.source
    }

    /// Line of the first bytes that did not fit the encoding.
    pub(crate) fn replaced_line(&self) -> Option<u64> {
        self.replaced_line
    }

    /// References met that XML does not define, with their lines; handed out once.
    pub(crate) fn take_unknown_entities(&mut self) -> Vec<(u64, String)> {
        std::mem::take(&mut self.unknown_entities)
    }

    fn check_length(&self, bytes: usize) -> Result<(), Fault> {
        match bytes > self.max_token_bytes {
            true => Err(Fault::TokenTooLong),
            false => Ok(()),
        }
    }

    fn pop_name(&mut self) {
        if let Some(start) = self.open_starts.pop() {
            self.open_names.truncate(start);
        }
    }
}

/// The quotation mark that is open after `bytes`, if one is; `open` is the one open before them.
fn quote_after(bytes: &[u8], mut open: Option<u8>) -> Option<u8> {
    for place in memchr2_iter(b'"', b'\'', bytes) {
        match open {
            None => open = Some(bytes[place]),
            Some(quote) if quote == bytes[place] => open = None,
            Some(_) => {}
        }
    }
    open
}

#[cfg(test)]
mod tests;
