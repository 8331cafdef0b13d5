//! Walking through an XML stream element by element, with lines, limits and tolerance.

use std::borrow::Cow;
use std::io::BufRead;

use memchr::memchr_iter;

use super::attributes::attributes;
use super::namespaces::{Namespace, Namespaces};
use super::references::resolved;
use super::scanner::{Fault, Found, Scanner};
use crate::text_source::TextSource;
use crate::{ReadError, ReadOptions};

/// Where the cursor stands after [`XmlCursor::advance`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    /// At a start tag; its name and attributes can be asked for. A self-closing tag gives a start and an end.
    Start,
    /// At an end tag; [`XmlCursor::text`] holds the text before it.
    End,
    /// At the end of the document, with no element open.
    EndOfDocument,
}

/// Why walking cannot go on as usual.
#[derive(Debug)]
pub(crate) enum Stop {
    /// Elements are nested too deeply or one object has too many; the stream is intact, the object can be skipped.
    Limit(String),
    /// The object at hand is not what the filter wants; the stream is intact.
    Unwanted,
    /// Tags do not match; what follows makes sense again at the next member.
    IllFormed(String),
    /// The document ends inside an element.
    Truncated,
    /// Nothing more can be read.
    Fatal(ReadError),
}

/// A pull parser over [`Scanner`] that knows namespaces and limits.
pub(crate) struct XmlCursor<R> {
    scanner: Scanner<R>,
    /// Elements in the object at hand.
    elements: u64,
    max_depth: usize,
    max_elements: u64,
    max_token_bytes: u64,
    namespaces: Namespaces,
}

/// Elements left open beyond this make the parser below use memory in proportion to the file.
const HOPELESS_DEPTH: usize = 100_000;

impl<R: BufRead> XmlCursor<R> {
    pub(crate) fn new(source: TextSource<R>, first_line: u64, options: &ReadOptions) -> Self {
        Self {
            scanner: Scanner::new(source, options.max_token_bytes, first_line),
            elements: 0,
            max_depth: options.max_depth,
            max_elements: options.max_elements_per_object,
            max_token_bytes: options.max_token_bytes,
            namespaces: Namespaces::default(),
        }
    }

    /// The same cursor over a text that is there already.
    pub(crate) fn with_text(mut self, text: String) -> Self {
        self.scanner = self.scanner.with_text(text);
        self
    }

    /// The same cursor with a root element open that stands outside of its text.
    pub(crate) fn inside(mut self, root_name: &str, namespaces: Namespaces) -> Self {
        self.scanner.assume_open(root_name);
        self.namespaces = namespaces;
        self
    }

    /// Goes to the next start or end tag, gathering the text on the way.
    pub(crate) fn advance(&mut self) -> Result<Token, Stop> {
        let token = self.advance_unlimited()?;
        if token == Token::Start {
            if self.depth() > self.max_depth {
                return Err(Stop::Limit(format!(
                    "elements are nested more than {} deep",
                    self.max_depth
                )));
            }
            if self.elements > self.max_elements {
                return Err(Stop::Limit(format!(
                    "it has more than {} XML elements",
                    self.max_elements
                )));
            }
        }
        Ok(token)
    }

    fn advance_unlimited(&mut self) -> Result<Token, Stop> {
        match self.scanner.next() {
            Ok(Found::Start) => {
                self.elements += 1;
                if self.depth() > HOPELESS_DEPTH {
                    return Err(Stop::Fatal(ReadError::Limit {
                        what: "nested elements",
                        limit: HOPELESS_DEPTH as u64,
                        option: "max_depth",
                    }));
                }
                self.declare_namespaces();
                Ok(Token::Start)
            }
            Ok(Found::End) => {
                // The root's declarations stay, also where tags do not match.
                self.namespaces.leave(self.depth().max(1));
                Ok(Token::End)
            }
            Ok(Found::Nothing) => Ok(Token::EndOfDocument),
            Err(fault) => Err(self.stop_from(fault)),
        }
    }

    fn stop_from(&mut self, fault: Fault) -> Stop {
        match fault {
            Fault::Truncated => Stop::Truncated,
            Fault::IllFormed(reason) => Stop::IllFormed(reason),
            Fault::EntityDeclaration => Stop::Fatal(ReadError::EntityDeclaration {
                line: self.current_line(),
            }),
            Fault::TokenTooLong => Stop::Fatal(ReadError::Limit {
                what: "bytes in one tag or text",
                limit: self.max_token_bytes,
                option: "max_token_bytes",
            }),
            Fault::Stream(error) => Stop::Fatal(ReadError::Io(error)),
        }
    }

    fn declare_namespaces(&mut self) {
        let written = self.scanner.tag_attributes();
        if !has_declaration(written) {
            return;
        }
        let depth = self.scanner.depth();
        for (key, value) in attributes(written) {
            let prefix = match key.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) if rest.starts_with(':') => &rest[1..],
                _ => continue,
            };
            self.namespaces.declare(prefix, value.trim(), depth);
        }
    }

    /// Skips the element whose start tag was just read, however deep it is.
    pub(crate) fn skip_element(&mut self) -> Result<(), Stop> {
        self.skip_to_depth(self.depth().saturating_sub(1))
    }

    /// Goes on behind the end of the element at `depth`. As [`Self::skip_to_depth`] would, but where it can it looks for
    /// the end tag only.
    pub(crate) fn leap_out_of(&mut self, depth: usize) -> Result<(), Stop> {
        match self.scanner.leap_out_of(depth) {
            Ok(true) => {
                self.namespaces.leave(self.depth().max(1));
                Ok(())
            }
            Ok(false) => self.skip_to_depth(depth.saturating_sub(1)),
            Err(fault) => Err(self.stop_from(fault)),
        }
    }

    /// Goes on until only `depth` elements are open.
    pub(crate) fn skip_to_depth(&mut self, depth: usize) -> Result<(), Stop> {
        while self.depth() > depth {
            self.advance_unlimited()?;
        }
        Ok(())
    }

    /// After tags that do not match: goes to the next start tag with one of these local names and takes it to stand
    /// directly under the root. False at the end of the document.
    pub(crate) fn recover_at(&mut self, is_member: impl Fn(&str) -> bool) -> Result<bool, Stop> {
        loop {
            match self.advance_unlimited() {
                Ok(Token::Start) if is_member(self.local_name()) => {
                    self.scanner.take_as_child_of_root();
                    return Ok(true);
                }
                Ok(Token::Start | Token::End) => {}
                Ok(Token::EndOfDocument) | Err(Stop::Truncated) => return Ok(false),
                Err(Stop::IllFormed(_)) => {}
                Err(stop) => return Err(stop),
            }
        }
    }

    /// Starts counting elements for the next object.
    pub(crate) fn start_object(&mut self) {
        self.elements = 0;
    }

    /// Number of open elements; at a start tag that element is counted.
    pub(crate) fn depth(&self) -> usize {
        self.scanner.depth()
    }

    /// Line of the last start tag.
    pub(crate) fn line(&self) -> u64 {
        self.scanner.tag_line()
    }

    /// Where the last start tag is. Cheaper than its line, which is asked for only if there is something to say.
    pub(crate) fn place(&self) -> usize {
        self.scanner.tag_place()
    }

    /// Line of a place that [`Self::place`] gave for an element that was open until now.
    pub(crate) fn line_of(&self, place: usize) -> u64 {
        self.scanner.line_of(place)
    }

    /// Line that has been read to.
    pub(crate) fn current_line(&self) -> u64 {
        self.scanner.current_line()
    }

    /// The stream below.
    pub(crate) fn source(&self) -> &TextSource<R> {
        self.scanner.source()
    }

    /// Line of the first bytes that did not fit the encoding.
    pub(crate) fn replaced_line(&self) -> Option<u64> {
        self.scanner.replaced_line()
    }

    /// Entity references met that XML does not define, with their lines; handed out once.
    pub(crate) fn take_unknown_entities(&mut self) -> Vec<(u64, String)> {
        self.scanner.take_unknown_entities()
    }

    /// Name, with its prefix, of the open element at this level; the root is at level 0.
    pub(crate) fn open_name(&self, level: usize) -> &str {
        self.scanner.open_name(level)
    }

    /// Namespaces in scope for the children of the root.
    pub(crate) fn namespaces_of_root(&self) -> Namespaces {
        let mut namespaces = self.namespaces.clone();
        namespaces.leave(1);
        namespaces
    }

    /// CityGML version by the namespaces declared so far.
    pub(crate) fn citygml_version(&self) -> Option<&'static str> {
        self.namespaces.citygml_version()
    }

    /// Local name of the last start tag.
    pub(crate) fn local_name(&self) -> &str {
        self.scanner.tag_local_name()
    }

    /// Namespace of the last start tag.
    pub(crate) fn namespace(&self) -> Namespace {
        self.namespaces.of(self.scanner.tag_prefix())
    }

    /// Text directly before the end tag that was just read, as it stands.
    pub(crate) fn text(&self) -> &str {
        self.scanner.text()
    }

    /// Calls `visit` with local name and value of each attribute of the last start tag. Namespace declarations are left
    /// out, attributes that are not well-formed too.
    pub(crate) fn for_each_attribute(&self, mut visit: impl FnMut(&str, Cow<'_, str>)) {
        for (key, value) in attributes(self.scanner.tag_attributes()) {
            if !key.starts_with("xmlns") {
                visit(local_part(key), resolved(value));
            }
        }
    }

    /// The attribute with this local name of the last start tag.
    pub(crate) fn attribute(&self, local_name: &str) -> Option<String> {
        attributes(self.scanner.tag_attributes()).find_map(|(key, value)| {
            (local_part(key) == local_name && !key.starts_with("xmlns"))
                .then(|| resolved(value).into_owned())
        })
    }
}

/// The part of a name after the prefix.
fn local_part(name: &str) -> &str {
    let colon = name.bytes().rposition(|byte| byte == b':');
    colon.map_or(name, |colon| &name[colon + 1..])
}

/// Whether namespaces may be declared among these attributes. Few attributes have an x in them.
fn has_declaration(attributes: &str) -> bool {
    let bytes = attributes.as_bytes();
    memchr_iter(b'x', bytes).any(|place| bytes[place..].starts_with(b"xmlns"))
}
