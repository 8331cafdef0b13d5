//! The top-level objects of a CityJSON document or sequence, one at a time.

use std::io::{BufRead, Read};

use serde::de::IgnoredAny;

use super::fault::{Fault, PlacedFault};
use super::head::Head;
use super::mending::mend;
use super::non_numbers::without_non_numbers;
use super::object::ObjectBuilder;
use super::object_table::{Inherited, ObjectTable};
use super::raw_map::RawMap;
use crate::codes;
use crate::findings::Findings;
use crate::text_source::TextSource;
use crate::{CityObject, Diagnostics, Format, Header, ReadError, ReadOptions};

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
    head: Head,
    /// The document, or the feature at hand, until its objects are handed out.
    table: Option<ObjectTable>,
    next_root: usize,
    /// Text that was read to tell the format, with its first line number, and is to be parsed next.
    pending: Option<(String, u64)>,
    /// Whether the first line is a feature already.
    is_headless: bool,
    /// What is wrong with the head, until there is someone to tell.
    head_faults: Vec<PlacedFault>,
    objects: u64,
    filtered: u64,
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
            head: Head::default(),
            table: None,
            next_root: 0,
            pending: None,
            is_headless: false,
            head_faults: Vec::new(),
            objects: 0,
            filtered: 0,
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
        &self.head.header
    }

    /// Bytes read from the source, for showing progress.
    pub fn bytes_read(&self) -> u64 {
        self.source.bytes_read()
    }

    /// Top-level objects handed out so far.
    pub fn objects_read(&self) -> u64 {
        self.objects
    }

    /// Top-level objects that [`ReadOptions::filter`] did not want.
    pub fn objects_filtered(&self) -> u64 {
        self.filtered
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
            if let Some(object) = self.next_of_table(diagnostics) {
                return Ok(Some(object));
            }
            self.table = None;
            if !self.load_next(diagnostics)? {
                self.finish(diagnostics);
            }
        }
        Ok(None)
    }

    /// The next wanted object of the table at hand; the others are counted.
    fn next_of_table(&mut self, diagnostics: &mut Diagnostics) -> Option<CityObject> {
        let table = self.table.as_ref()?;
        let filter = &self.options.filter;
        loop {
            let root = *table.roots.get(self.next_root)?;
            self.next_root += 1;
            let entry = &table.entries[root];
            let may_be_wanted = filter.accepts_start(&entry.object_type, &entry.key)
                && (filter.bounding_box.is_none()
                    || table
                        .extent(root)
                        .is_none_or(|extent| filter.accepts_envelope(&extent)));
            if !may_be_wanted {
                self.filtered += 1;
                continue;
            }
            let mut builder = ObjectBuilder {
                table,
                templates: &mut self.head.templates,
                srs_name: self.head.header.srs_name.as_deref(),
                findings: &mut self.findings,
                diagnostics,
                options: &self.options,
                count: 0,
            };
            let mut object = builder.build(root);
            filter.keep_levels(&mut object);
            if filter.accepts(&object) {
                self.objects += 1;
                return Some(object);
            }
            self.filtered += 1;
        }
    }

    /// Tells a sequence from a document: its first line is JSON, and something follows.
    fn read_start(&mut self) -> Result<(), ReadError> {
        let Some((mut text, line)) = self.read_line()? else {
            return Err(ReadError::NotCityJson {
                reason: "it is empty".to_owned(),
            });
        };
        let mut faults = Vec::new();
        let is_sequence = self.skip_blank_lines()?
            && (is_json(&text)
                || without_non_numbers(&text).is_some_and(|(text, ..)| is_json(&text)));
        if is_sequence {
            self.format = Format::CityJsonSeq;
        } else {
            self.read_limited(&mut text, false)?;
        }
        let mut text = only_json(text, line, &mut faults);
        let faults_before = faults.len();
        if !is_sequence {
            mend(&mut text, line, &mut faults);
        }
        let was_mended = faults.len() > faults_before;
        let document: RawMap<'_> =
            serde_json::from_str(&text).map_err(|error| broken(&error, line))?;
        if was_mended && document.get("CityObjects").is_none() {
            return Err(ReadError::BrokenCityJson {
                line,
                reason: "it ends before its city objects".to_owned(),
            });
        }
        let document_type: Option<String> = document.parse("type");
        match document_type.as_deref() {
            Some("CityJSON") => self.head = Head::read(&document, &mut self.findings),
            // A single feature without its header.
            Some("CityJSONFeature") => {
                self.format = Format::CityJsonSeq;
                self.head.needs_transform = true;
                self.is_headless = true;
            }
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
        let head_faults = std::mem::take(&mut self.head.faults).into_iter();
        faults.extend(head_faults.map(|fault| PlacedFault {
            fault,
            key: None,
            line,
        }));
        self.head_faults = faults;
        self.pending = Some((text, line));
        Ok(())
    }

    /// Parses the next document or line into the table. False at the end.
    fn load_next(&mut self, diagnostics: &mut Diagnostics) -> Result<bool, ReadError> {
        let mut faults = std::mem::take(&mut self.head_faults);
        let is_own_head = self.pending.is_some();
        let (text, line) = match self.pending.take() {
            Some(pending) => pending,
            None if self.format == Format::CityJson => return Ok(false),
            None => match self.read_line()? {
                Some((text, line)) => {
                    let text = only_json(text, line, &mut faults);
                    if !self.check_feature(&text, line, diagnostics) {
                        return Ok(true);
                    }
                    (text, line)
                }
                None => return Ok(false),
            },
        };
        let inherited = Inherited {
            transform: self.head.transform,
            needs_transform: self.head.needs_transform,
            appearance: &self.head.appearance,
            is_own_head: is_own_head && !self.is_headless,
            max_depth: self.options.max_depth,
        };
        match ObjectTable::new(text, line, &inherited) {
            Ok((table, table_faults)) => {
                faults.extend(table_faults);
                self.next_root = 0;
                self.table = Some(table);
            }
            Err(error) if self.format == Format::CityJson => return Err(broken(&error, line)),
            Err(error) => {
                let message = format!("this line is no CityJSONFeature: {error}");
                faults.push(PlacedFault {
                    fault: Fault::new(codes::BROKEN_LINE, message),
                    key: None,
                    line,
                });
            }
        }
        for PlacedFault { fault, key, line } in faults {
            let message = format_args!("{}", fault.message);
            self.findings
                .report(diagnostics, fault.code, Some(line), key.as_deref(), message);
        }
        Ok(true)
    }

    /// Whether a line of a sequence has objects to read; says so where it has not, or has another type.
    fn check_feature(&mut self, text: &str, line: u64, diagnostics: &mut Diagnostics) -> bool {
        let Ok(feature) = serde_json::from_str::<RawMap<'_>>(text) else {
            // What is wrong with it is told when it is read.
            return true;
        };
        let feature_type: Option<String> = feature.parse("type");
        let has_objects = feature.get("CityObjects").is_some();
        if feature_type.as_deref() != Some("CityJSONFeature") || !has_objects {
            let shown = feature_type.as_deref().unwrap_or("missing");
            let (code, message) = match has_objects {
                true => (
                    codes::FEATURE,
                    format!("the type of this line is {shown:?}"),
                ),
                false => (
                    codes::BROKEN_LINE,
                    "this line has no CityObjects".to_owned(),
                ),
            };
            let message = format_args!("{message}");
            self.findings
                .report(diagnostics, code, Some(line), None, message);
        }
        for name in ["geometry-templates", "transform"] {
            if feature.get(name).is_some() {
                self.findings.leave_out(name);
            }
        }
        has_objects
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
        self.head.header.themes = self.findings.themes().iter().cloned().collect();
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
        if self.objects == 0 && self.filtered == 0 {
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

fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// The text, with null for the numbers that JSON does not have. They cost their attribute or vertex, not the file.
fn only_json(text: String, line: u64, faults: &mut Vec<PlacedFault>) -> String {
    // Most files do not have the words at all.
    if !(text.contains("NaN") || text.contains("Infinity")) || is_json(&text) {
        return text;
    }
    let Some((replaced, count, first)) = without_non_numbers(&text) else {
        return text;
    };
    let message = format!("{count} numbers are NaN or Infinity and were read as null");
    faults.push(PlacedFault {
        fault: Fault::new(codes::NOT_A_NUMBER, message),
        key: None,
        line: line + first,
    });
    replaced
}
