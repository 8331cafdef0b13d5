//! Bytes in any encoding in, lines of UTF-8 out.

use std::io::{self, BufRead, Cursor, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::ReadError;

/// Enough for a byte order mark and an XML declaration.
const HEAD_BYTES: usize = 1024;
const CHUNK_BYTES: usize = 64 * 1024;

/// Decodes a stream to UTF-8 and keeps count of lines and bytes.
///
/// The encoding is taken from the byte order mark, else from the XML declaration, else it is UTF-8. Bytes that do not fit
/// become U+FFFD and are reported by [`TextSource::first_replaced_line`]. Damage in the stream (a cut or corrupt gzip
/// file) ends the text and is reported by [`TextSource::damage`], so that what came before is not lost.
pub(crate) struct TextSource<R> {
    inner: io::Chain<Cursor<Vec<u8>>, R>,
    decoder: Decoder,
    decoded: Vec<u8>,
    start: usize,
    end: usize,
    ended: bool,
    bytes_read: u64,
    lines_passed: u64,
    first_replaced_line: Option<u64>,
    damage: Option<String>,
}

/// What [`TextSource::decode_into`] wrote.
#[derive(Debug, Default)]
pub(crate) struct Decoded {
    pub(crate) bytes: usize,
    /// Offset of the first character that stands for bytes that did not fit.
    pub(crate) first_replacement: Option<usize>,
}

impl<R: BufRead> TextSource<R> {
    pub(crate) fn new(mut inner: R) -> Result<Self, ReadError> {
        let mut head = Vec::with_capacity(HEAD_BYTES);
        // An error here will come again, or be met as damage, when the rest is read.
        let head_result = (&mut inner).take(HEAD_BYTES as u64).read_to_end(&mut head);
        if let Err(error) = head_result
            && !is_damage(&error)
        {
            return Err(error.into());
        }
        let encoding = detect_encoding(&head)?;
        Ok(Self::decoding(encoding, head, inner))
    }

    /// Text that is known to be UTF-8 without a mark: a piece of one that was decoded before.
    pub(crate) fn utf8(inner: R) -> Self {
        Self::decoding(UTF_8, Vec::new(), inner)
    }

    fn decoding(encoding: &'static Encoding, head: Vec<u8>, inner: R) -> Self {
        Self {
            inner: Cursor::new(head).chain(inner),
            decoder: encoding.new_decoder_with_bom_removal(),
            decoded: vec![0; CHUNK_BYTES],
            start: 0,
            end: 0,
            ended: false,
            bytes_read: 0,
            lines_passed: 0,
            first_replaced_line: None,
            damage: None,
        }
    }

    /// 1-based number of the line that the next byte stands in.
    pub(crate) fn line(&self) -> u64 {
        self.lines_passed + 1
    }

    /// Bytes taken from the stream, before decoding.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// Line of the first byte that did not fit the encoding, taken at the start of the decoded chunk.
    pub(crate) fn first_replaced_line(&self) -> Option<u64> {
        self.first_replaced_line
    }

    /// What is wrong with the stream, if it ended by damage.
    pub(crate) fn damage(&self) -> Option<&str> {
        self.damage.as_deref()
    }

    /// Decodes what comes next into `target`, which must have room for at least a few characters. No bytes: the end.
    pub(crate) fn decode_into(&mut self, target: &mut str) -> io::Result<Decoded> {
        loop {
            if self.ended {
                return Ok(Decoded::default());
            }
            let bytes = match self.inner.fill_buf() {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) if is_damage(&error) => {
                    self.damage = Some(error.to_string());
                    &[]
                }
                Err(error) => return Err(error),
            };
            let last = bytes.is_empty();
            let (result, read, written, replaced) = self.decoder.decode_to_str(bytes, target, last);
            self.inner.consume(read);
            self.bytes_read += read as u64;
            self.ended = last && result == CoderResult::InputEmpty;
            if written > 0 {
                return Ok(Decoded {
                    bytes: written,
                    first_replacement: replaced
                        .then(|| target[..written].find('\u{FFFD}'))
                        .flatten(),
                });
            }
        }
    }

    fn decode_chunk(&mut self) -> io::Result<()> {
        (self.start, self.end) = (0, 0);
        while self.end == 0 && !self.ended {
            let bytes = match self.inner.fill_buf() {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) if is_damage(&error) => {
                    self.damage = Some(error.to_string());
                    &[]
                }
                Err(error) => return Err(error),
            };
            let last = bytes.is_empty();
            let (result, read, written, replaced) =
                self.decoder.decode_to_utf8(bytes, &mut self.decoded, last);
            self.inner.consume(read);
            self.bytes_read += read as u64;
            self.end = written;
            if replaced && self.first_replaced_line.is_none() {
                self.first_replaced_line = Some(
                    self.lines_passed + 1 + lines_before_replacement(&self.decoded[..written]),
                );
            }
            self.ended = last && result == CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl<R: BufRead> Read for TextSource<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let count = available.len().min(buffer.len());
        buffer[..count].copy_from_slice(&available[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: BufRead> BufRead for TextSource<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            self.decode_chunk()?;
        }
        Ok(&self.decoded[self.start..self.end])
    }

    fn consume(&mut self, count: usize) {
        let passed = &self.decoded[self.start..self.start + count];
        self.lines_passed += count_newlines(passed);
        self.start += count;
    }
}

fn count_newlines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|&&byte| byte == b'\n').count() as u64
}

fn lines_before_replacement(decoded: &[u8]) -> u64 {
    const REPLACEMENT: &[u8] = "\u{FFFD}".as_bytes();
    let position = decoded
        .windows(REPLACEMENT.len())
        .position(|window| window == REPLACEMENT);
    count_newlines(&decoded[..position.unwrap_or(0)])
}

/// What a cut or corrupt compressed stream says; other errors (a vanished disk) are not the file's fault.
fn is_damage(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput
    )
}

/// XML 1.0, appendix F: byte order mark, then the pattern of the first characters, then the declaration.
fn detect_encoding(head: &[u8]) -> Result<&'static Encoding, ReadError> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return Ok(encoding);
    }
    if head.starts_with(b"<\0?\0") {
        return Ok(UTF_16LE);
    }
    if head.starts_with(b"\0<\0?") {
        return Ok(UTF_16BE);
    }
    let Some(label) = declared_encoding(head) else {
        return Ok(UTF_8);
    };
    match Encoding::for_label(label) {
        // A declaration that could be read byte by byte cannot be in UTF-16.
        Some(encoding) if encoding == UTF_16LE || encoding == UTF_16BE => Ok(UTF_8),
        Some(encoding) => Ok(encoding),
        None => Err(ReadError::UnknownEncoding {
            name: String::from_utf8_lossy(label).into_owned(),
        }),
    }
}

fn declared_encoding(head: &[u8]) -> Option<&[u8]> {
    let declaration = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let declaration = &declaration[..declaration.windows(2).position(|pair| pair == b"?>")?];
    let key = b"encoding";
    let after_key = declaration
        .windows(key.len())
        .position(|window| window == key)?
        + key.len();
    let value = declaration[after_key..]
        .trim_ascii_start()
        .strip_prefix(b"=")?
        .trim_ascii_start();
    let (&quote, value) = value.split_first()?;
    let length = value.iter().position(|&byte| byte == quote)?;
    matches!(quote, b'"' | b'\'').then_some(&value[..length])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &[u8]) -> (String, TextSource<&[u8]>) {
        let mut source = TextSource::new(bytes).expect("the encoding is known");
        let mut text = String::new();
        source
            .read_to_string(&mut text)
            .expect("decoded text is UTF-8");
        (text, source)
    }

    #[test]
    fn declared_encodings_are_decoded() {
        let latin1 = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>Stra\xDFe</a>";
        assert!(decode(latin1).0.ends_with("<a>Straße</a>"));
        let latin9 = b"<?xml version='1.0' encoding = 'ISO-8859-15' ?><a>\xA4</a>";
        assert!(decode(latin9).0.ends_with("<a>€</a>"));
        let windows = b"<?xml version=\"1.0\" encoding=\"windows-1252\"?><a>\x96</a>";
        assert!(decode(windows).0.ends_with("<a>–</a>"));
    }

    #[test]
    fn marks_win_over_declarations_and_are_removed() {
        let (text, _) =
            decode("\u{FEFF}<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>ß</a>".as_bytes());
        assert!(text.starts_with("<?xml") && text.contains('ß'), "{text}");
        let utf16: Vec<u8> = "\u{FEFF}<a>ß</a>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(decode(&utf16).0, "<a>ß</a>");
        let unmarked: Vec<u8> = "<?xml version=\"1.0\"?>"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        assert_eq!(decode(&unmarked).0, "<?xml version=\"1.0\"?>");
    }

    #[test]
    fn bytes_that_do_not_fit_are_replaced_and_located() {
        let (text, source) = decode(b"<a>\n\n<b>Stra\xDFe</b>\n</a>");
        assert!(text.contains("Stra\u{FFFD}e"));
        assert_eq!(source.first_replaced_line(), Some(3));
    }

    #[test]
    fn an_unknown_encoding_is_named() {
        let error = TextSource::new(&b"<?xml version=\"1.0\" encoding=\"KLINGON-8\"?>"[..]).err();
        assert!(matches!(error, Some(ReadError::UnknownEncoding { name }) if name == "KLINGON-8"));
    }

    #[test]
    fn characters_split_between_chunks_survive() {
        let text = format!("<a>{}</a>", "ä".repeat(CHUNK_BYTES));
        let reader = io::BufReader::with_capacity(7, text.as_bytes());
        let mut source = TextSource::new(reader).expect("UTF-8 is known");
        let mut decoded = String::new();
        source
            .read_to_string(&mut decoded)
            .expect("decoded text is UTF-8");
        assert_eq!(decoded, text);
    }
}
