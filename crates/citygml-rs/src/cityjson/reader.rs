//! The top-level objects of a CityJSON document or sequence, one at a time.

use std::io::{BufRead, Read};

use serde::de::IgnoredAny;
use serde_json::Value;

use super::object::ObjectBuilder;
use super::object_table::{ObjectTable, TableFault, Transform};
use super::raw_map::RawMap;
use crate::codes;
use crate::findings::Findings;
use crate::text_source::TextSource;
use crate::{CityObject, Diagnostics, Envelope, Format, Header, ReadError, ReadOptions};

/// Reads CityJSON 1.0, 1.1 and 2.0, and CityJSONSeq, one top-level city object at a time.
///
/// A CityJSON document is held in memory while it is read, since its vertices are shared; a CityJSONSeq line by line.
/// Children come nested in their parents. Coordinates are those of the source reference system: the transform is applied.
///
/// ```
/// use citygml_rs::{CityJsonReader, Diagnostics, ReadOptions};
///
/// let json = r#"{"type": "CityJSON", "version": "2.0", "vertices": [],
///     "CityObjects": {"town-hall": {"type": "Building", "attributes": {"name": "Town hall"}}}}"#;
/// let mut diagnostics = Diagnostics::new();
/// let mut reader = CityJsonReader::new(json.as_bytes(), ReadOptions::default())?;
/// let hall = reader.next_object(&mut diagnostics)?.expect("there is one object");
/// assert_eq!(hall.name.as_deref(), Some("Town hall"));
/// # Ok::<(), citygml_rs::ReadError>(())
/// ```
pub struct CityJsonReader<R> {
    source: TextSource<R>,
    options: ReadOptions,
    findings: Findings,
    format: Format,
    header: Header,
    transform: Option<Transform>,
    /// The document, or the feature at hand, until its objects are handed out.
    table: Option<ObjectTable>,
    next_root: usize,
    /// Text that was read to tell the format, with its first line number, and is to be parsed next.
    pending: Option<(String, u64)>,
    objects: u64,
    ended: bool,
}

impl<R: BufRead> CityJsonReader<R> {
    /// Reads the document, or the first line of a sequence.
    ///
    /// # Errors
    /// If the source cannot be read, is no JSON, or no CityJSON.
    pub fn new(source: R, options: ReadOptions) -> Result<Self, ReadError> {
        let source = TextSource::new(source)?;
        let mut reader = Self {
            source,
            findings: Findings::new(options.max_diagnostics_per_code),
            options,
            format: Format::CityJson,
            header: Header::default(),
            transform: None,
            table: None,
            next_root: 0,
            pending: None,
            objects: 0,
            ended: false,
        };
        reader.read_start()?;
        Ok(reader)
    }

    /// CityJSON or CityJSONSeq.
    pub fn format(&self) -> Format {
        self.format
    }

    /// What the file says about itself; themes grow up to the end.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Bytes read from the source, for showing progress.
    pub fn bytes_read(&self) -> u64 {
        self.source.bytes_read()
    }

    /// Top-level objects handed out so far.
    pub fn objects_read(&self) -> u64 {
        self.objects
    }

    pub(crate) fn findings(&self) -> &Findings {
        &self.findings
    }

    /// The next top-level object, `None` after the last one.
    ///
    /// # Errors
    /// If the source cannot be read or the vertices of a CityJSON document are broken. Broken objects, and broken lines
    /// of a sequence, are diagnostics.
    pub fn next_object(
        &mut self,
        diagnostics: &mut Diagnostics,
    ) -> Result<Option<CityObject>, ReadError> {
        while !self.ended {
            while let Some(table) = &self.table
                && let Some(&root) = table.roots.get(self.next_root)
            {
                self.next_root += 1;
                let mut builder = ObjectBuilder {
                    table,
                    srs_name: self.header.srs_name.as_deref(),
                    findings: &mut self.findings,
                    diagnostics,
                    max_depth: self.options.max_depth,
                };
                if let Some(object) = builder.build(root, 1) {
                    self.objects += 1;
                    return Ok(Some(object));
                }
            }
            self.table = None;
            if !self.load_next(diagnostics)? {
                self.finish(diagnostics);
            }
        }
        Ok(None)
    }

    /// Tells a sequence from a document: its first line is JSON, and something follows.
    fn read_start(&mut self) -> Result<(), ReadError> {
        let Some((mut text, line)) = self.read_line()? else {
            return Err(ReadError::NotCityJson {
                reason: "it is empty".to_owned(),
            });
        };
        let is_sequence =
            self.skip_blank_lines()? && serde_json::from_str::<IgnoredAny>(&text).is_ok();
        if is_sequence {
            self.format = Format::CityJsonSeq;
        } else {
            self.read_limited(&mut text, false)?;
        }
        let document: RawMap<'_> =
            serde_json::from_str(&text).map_err(|error| broken(&error, line))?;
        let document_type: Option<String> = document.parse("type");
        match document_type.as_deref() {
            Some("CityJSON") => {
                self.header = read_header(&document);
                self.transform = document.parse("transform");
            }
            // A single feature without its header.
            Some("CityJSONFeature") => self.format = Format::CityJsonSeq,
            Some(other) => {
                return Err(ReadError::NotCityJson {
                    reason: format!("its type is {other:?}, not \"CityJSON\""),
                });
            }
            None => {
                return Err(ReadError::NotCityJson {
                    reason: "it has no \"type\": \"CityJSON\"".to_owned(),
                });
            }
        }
        self.pending = Some((text, line));
        Ok(())
    }

    /// Parses the next document or line into the table. False at the end.
    fn load_next(&mut self, diagnostics: &mut Diagnostics) -> Result<bool, ReadError> {
        let (text, line) = match self.pending.take() {
            Some(pending) => pending,
            None if self.format == Format::CityJson => return Ok(false),
            None => match self.read_line()? {
                Some(next) => next,
                None => return Ok(false),
            },
        };
        match ObjectTable::new(text, line, self.transform) {
            Ok((table, faults)) => {
                for TableFault {
                    code,
                    key,
                    line,
                    message,
                } in faults
                {
                    self.findings.report(
                        diagnostics,
                        code,
                        Some(line),
                        Some(&key),
                        format_args!("{message}"),
                    );
                }
                self.next_root = 0;
                self.table = Some(table);
            }
            Err(error) if self.format == Format::CityJson => return Err(broken(&error, line)),
            Err(error) => {
                let message = format_args!("this line is no CityJSONFeature: {error}");
                self.findings
                    .report(diagnostics, codes::BROKEN_LINE, Some(line), None, message);
            }
        }
        Ok(true)
    }

    /// The next line that is not blank, and its number.
    fn read_line(&mut self) -> Result<Option<(String, u64)>, ReadError> {
        if !self.skip_blank_lines()? {
            return Ok(None);
        }
        let line = self.source.line();
        let mut text = String::new();
        self.read_limited(&mut text, true)?;
        Ok(Some((text, line)))
    }

    /// Passes over white space; false at the end of the text.
    fn skip_blank_lines(&mut self) -> Result<bool, ReadError> {
        loop {
            let available = self.source.fill_buf()?;
            if available.is_empty() {
                return Ok(false);
            }
            let blank = available
                .iter()
                .take_while(|byte| byte.is_ascii_whitespace())
                .count();
            let found = blank < available.len();
            self.source.consume(blank);
            if found {
                return Ok(true);
            }
        }
    }

    /// Appends the rest of the line, or of the text.
    fn read_limited(&mut self, text: &mut String, line_only: bool) -> Result<(), ReadError> {
        let limit = self.options.max_json_bytes;
        let mut limited =
            (&mut self.source).take(limit.saturating_sub(text.len() as u64).saturating_add(1));
        if line_only {
            limited.read_line(text)?;
        } else {
            limited.read_to_string(text)?;
        }
        if text.len() as u64 > limit {
            return Err(ReadError::Limit {
                what: "bytes of JSON at once",
                limit,
                option: "max_json_bytes",
            });
        }
        Ok(())
    }

    fn finish(&mut self, diagnostics: &mut Diagnostics) {
        self.ended = true;
        self.header.themes = self.findings.themes().iter().cloned().collect();
        if let Some(damage) = self.source.damage() {
            let message = format_args!("the data is damaged ({damage}); the rest is lost");
            self.findings
                .report(diagnostics, codes::DAMAGED_STREAM, None, None, message);
        }
        if let Some(line) = self.source.first_replaced_line() {
            let message = format_args!("bytes that are not UTF-8 were replaced; the first is here");
            self.findings.report(
                diagnostics,
                codes::REPLACED_CHARACTERS,
                Some(line),
                None,
                message,
            );
        }
        if self.objects == 0 {
            let message = format_args!("the file holds no city object that could be read");
            self.findings
                .report(diagnostics, codes::NO_OBJECTS, None, None, message);
        }
        self.findings.close(diagnostics);
    }
}

fn broken(error: &serde_json::Error, first_line: u64) -> ReadError {
    // The parser counts from the start of the text it was given.
    let line = first_line + (error.line() as u64).saturating_sub(1);
    ReadError::BrokenCityJson {
        line,
        reason: error.to_string(),
    }
}

fn read_header(document: &RawMap<'_>) -> Header {
    let version = match document.parse::<Value>("version") {
        Some(Value::String(version)) => Some(version),
        Some(Value::Number(version)) => Some(version.to_string()),
        _ => None,
    };
    let metadata: Value = document.parse("metadata").unwrap_or(Value::Null);
    // Before 1.0: {"crs": {"epsg": 7415}}.
    let srs_name = metadata
        .get("referenceSystem")
        .and_then(Value::as_str)
        .map(str::to_owned)
        .or_else(|| Some(format!("EPSG:{}", metadata.pointer("/crs/epsg")?.as_u64()?)));
    let extent: Option<[f64; 6]> = metadata
        .get("geographicalExtent")
        .and_then(|extent| serde_json::from_value(extent.clone()).ok());
    let envelope = extent.map(|extent| Envelope {
        srs_name: srs_name.clone(),
        lower_corner: extent[..3].to_vec(),
        upper_corner: extent[3..].to_vec(),
    });
    Header {
        version,
        srs_name,
        envelope,
        themes: Vec::new(),
    }
}
