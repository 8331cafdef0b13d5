//! Walking through an XML stream element by element, with lines, limits and tolerance.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::namespaces::{Namespace, Namespaces};
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
    /// Tags do not match; what follows makes sense again at the next member.
    IllFormed(String),
    /// The document ends inside an element.
    Truncated,
    /// Nothing more can be read.
    Fatal(ReadError),
}

/// A pull parser over [`quick_xml`] that owns its buffers, so that callers can recurse.
pub(crate) struct XmlCursor<R> {
    reader: Reader<TextSource<R>>,
    buffer: Vec<u8>,
    /// Content of the last start tag without the angle brackets.
    tag: String,
    tag_name_bytes: usize,
    text: String,
    line: u64,
    depth: usize,
    elements: u64,
    max_depth: usize,
    max_elements: u64,
    namespaces: Namespaces,
    unknown_entities: Vec<(u64, String)>,
}

/// Elements left open beyond this make the parser below use memory in proportion to the file.
const HOPELESS_DEPTH: usize = 100_000;

impl<R: BufRead> XmlCursor<R> {
    pub(crate) fn new(source: TextSource<R>, options: &ReadOptions) -> Self {
        let mut reader = Reader::from_reader(source);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self {
            reader,
            buffer: Vec::new(),
            tag: String::new(),
            tag_name_bytes: 0,
            text: String::new(),
            line: 1,
            depth: 0,
            elements: 0,
            max_depth: options.max_depth,
            max_elements: options.max_elements_per_object,
            namespaces: Namespaces::default(),
            unknown_entities: Vec::new(),
        }
    }

    /// Goes to the next start or end tag, gathering the text on the way.
    pub(crate) fn advance(&mut self) -> Result<Token, Stop> {
        let token = self.advance_unlimited()?;
        if token == Token::Start {
            if self.depth > self.max_depth {
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
        self.text.clear();
        loop {
            self.buffer.clear();
            let source = self.reader.get_mut();
            source.start_token();
            let line = source.line();
            match self.reader.read_event_into(&mut self.buffer) {
                Ok(Event::Start(start)) => {
                    self.tag.clear();
                    self.tag.push_str(&start);
                    self.tag_name_bytes = start.name().as_ref().len();
                    self.line = line;
                    self.depth += 1;
                    self.elements += 1;
                    if self.depth > HOPELESS_DEPTH {
                        return Err(Stop::Fatal(ReadError::Limit {
                            what: "nested elements",
                            limit: HOPELESS_DEPTH as u64,
                            option: "max_depth",
                        }));
                    }
                    self.declare_namespaces();
                    return Ok(Token::Start);
                }
                Ok(Event::End(_)) => {
                    self.depth = self.depth.saturating_sub(1);
                    // The root's declarations stay, also where tags do not match.
                    self.namespaces.leave(self.depth.max(1));
                    return Ok(Token::End);
                }
                Ok(Event::Text(text)) => self.text.push_str(&text),
                Ok(Event::CData(text)) => self.text.push_str(&text),
                Ok(Event::GeneralRef(reference)) => {
                    if let Ok(Some(character)) = reference.resolve_char_ref() {
                        self.text.push(character);
                    } else if let Some(replacement) = resolve_predefined_entity(&reference) {
                        self.text.push_str(replacement);
                    } else {
                        self.unknown_entities.push((line, reference.to_string()));
                        self.text.extend(["&", &*reference, ";"]);
                    }
                }
                Ok(Event::DocType(content)) => {
                    if content.contains("<!ENTITY") {
                        return Err(Stop::Fatal(ReadError::EntityDeclaration { line }));
                    }
                }
                // Empty elements come as a start and an end, see `new`.
                Ok(Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::Empty(_)) => {}
                Ok(Event::Eof) if self.depth > 0 => return Err(Stop::Truncated),
                Ok(Event::Eof) => return Ok(Token::EndOfDocument),
                Err(error) => return Err(self.stop_from(error)),
            }
        }
    }

    fn stop_from(&mut self, error: quick_xml::Error) -> Stop {
        if self.reader.get_ref().token_too_long() {
            return Stop::Fatal(ReadError::Limit {
                what: "bytes in one tag or text",
                limit: self.reader.get_ref().max_token_bytes(),
                option: "max_token_bytes",
            });
        }
        match error {
            quick_xml::Error::Io(error) => Stop::Fatal(ReadError::Io(std::io::Error::new(
                error.kind(),
                error.to_string(),
            ))),
            // Unclosed tags, comments and the like are only noticed where the file ends.
            quick_xml::Error::Syntax(_) if self.reader.get_mut().is_at_end() => Stop::Truncated,
            error => Stop::IllFormed(error.to_string()),
        }
    }

    fn declare_namespaces(&mut self) {
        if !self.tag[self.tag_name_bytes..].contains("xmlns") {
            return;
        }
        let start = BytesStart::from_content(self.tag.as_str(), self.tag_name_bytes);
        for attribute in start.attributes().with_checks(false).flatten() {
            let key = attribute.key.as_ref();
            let prefix = match key.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) if rest.starts_with(':') => &rest[1..],
                _ => continue,
            };
            self.namespaces
                .declare(prefix, attribute.value.trim(), self.depth);
        }
    }

    /// Skips the element whose start tag was just read, however deep it is.
    pub(crate) fn skip_element(&mut self) -> Result<(), Stop> {
        self.skip_to_depth(self.depth.saturating_sub(1))
    }

    /// Goes on until only `depth` elements are open.
    pub(crate) fn skip_to_depth(&mut self, depth: usize) -> Result<(), Stop> {
        while self.depth > depth {
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
                    self.depth = 2;
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
        self.depth
    }

    /// Line of the last start tag.
    pub(crate) fn line(&self) -> u64 {
        self.line
    }

    /// Line that has been read to.
    pub(crate) fn current_line(&self) -> u64 {
        self.reader.get_ref().line()
    }

    /// The stream below.
    pub(crate) fn source(&self) -> &TextSource<R> {
        self.reader.get_ref()
    }

    /// Entity references met that XML does not define, with their lines; handed out once.
    pub(crate) fn take_unknown_entities(&mut self) -> Vec<(u64, String)> {
        std::mem::take(&mut self.unknown_entities)
    }

    /// CityGML version by the namespaces declared so far.
    pub(crate) fn citygml_version(&self) -> Option<&'static str> {
        self.namespaces.citygml_version()
    }

    /// Local name of the last start tag.
    pub(crate) fn local_name(&self) -> &str {
        let name = &self.tag[..self.tag_name_bytes];
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    /// Namespace of the last start tag.
    pub(crate) fn namespace(&self) -> Namespace {
        let name = &self.tag[..self.tag_name_bytes];
        self.namespaces
            .of(name.split_once(':').map_or("", |(prefix, _)| prefix))
    }

    /// Text directly before the end tag that was just read, as it stands.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Calls `visit` with local name and value of each attribute of the last start tag. Namespace declarations are left
    /// out, attributes that are not well-formed too.
    pub(crate) fn for_each_attribute(&self, mut visit: impl FnMut(&str, Cow<'_, str>)) {
        if self.tag.len() == self.tag_name_bytes {
            return;
        }
        let start = BytesStart::from_content(self.tag.as_str(), self.tag_name_bytes);
        for attribute in start.attributes().with_checks(false).flatten() {
            let key = attribute.key.as_ref();
            if key.starts_with("xmlns") {
                continue;
            }
            let local = key.rsplit_once(':').map_or(key, |(_, local)| local);
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .unwrap_or(attribute.value);
            visit(local, value);
        }
    }

    /// The attribute with this local name of the last start tag.
    pub(crate) fn attribute(&self, local_name: &str) -> Option<String> {
        let mut found = None;
        self.for_each_attribute(|name, value| {
            if name == local_name && found.is_none() {
                found = Some(value.into_owned());
            }
        });
        found
    }
}
