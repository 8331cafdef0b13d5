//! Reading a file of any supported format and packing.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;
use zip::ZipArchive;

use crate::codes;
use crate::findings::Findings;
use crate::packing::{
    CountingReader, LimitedReader, first_character, may_hold_objects, read_fully,
};
use crate::{
    CityGmlReader, CityJsonReader, CityObject, Diagnostic, Diagnostics, FileSummary, Format,
    Header, ReadError, ReadOptions,
};

const BUFFER_BYTES: usize = 256 * 1024;
const ZIP_START: &[u8] = b"PK\x03\x04";
const GZIP_START: &[u8] = b"\x1f\x8b";

/// Reads one file: CityGML, CityJSON or CityJSONSeq, plain, gzip or zip, all told apart by content.
///
/// `on_object` gets each top-level object as soon as it is complete and may stop by `ControlFlow::Break`. `progress` gets
/// (bytes done, bytes in all) of the file on disk, after each object and at the end. Of a zip archive every member that
/// holds city objects is read, in the order of the archive.
///
/// # Errors
/// When nothing can be read at all; damage on the way is reported in `diagnostics`, and objects handed out before an
/// error stay valid.
pub fn read_path(
    path: &Path,
    options: &ReadOptions,
    diagnostics: &mut Diagnostics,
    on_object: &mut dyn FnMut(CityObject) -> ControlFlow<()>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<FileSummary, ReadError> {
    let file_error = |source: io::Error| ReadError::File {
        path: path.to_owned(),
        source,
    };
    let mut file = File::open(path).map_err(file_error)?;
    let total = file.metadata().map_err(file_error)?.len();
    let mut start = [0; 4];
    let length = read_fully(&mut file, &mut start).map_err(file_error)?;
    file.seek(SeekFrom::Start(0)).map_err(file_error)?;

    let done = Rc::new(Cell::new(0));
    let file = CountingReader {
        inner: file,
        done: Rc::clone(&done),
    };
    let mut session = Session {
        options,
        diagnostics,
        on_object,
        progress: &mut || progress(done.get().min(total), total),
        first_srs_name: None,
    };
    if start[..length] == *ZIP_START {
        session.read_zip(file)
    } else if start[..length].starts_with(GZIP_START) {
        let decoder = MultiGzDecoder::new(BufReader::with_capacity(BUFFER_BYTES, file));
        let (summary, _) = session.read_packed(decoder)?;
        Ok(summary)
    } else {
        let (summary, _) = session.read_plain(BufReader::with_capacity(BUFFER_BYTES, file))?;
        Ok(summary)
    }
}

/// The arguments of [`read_path`] on their way down.
struct Session<'a> {
    options: &'a ReadOptions,
    diagnostics: &'a mut Diagnostics,
    on_object: &'a mut dyn FnMut(CityObject) -> ControlFlow<()>,
    progress: &'a mut dyn FnMut(),
    /// Reference system of the first object that has one, for files that do not name it at their head.
    first_srs_name: Option<String>,
}

impl Session<'_> {
    fn read_zip(&mut self, file: CountingReader<File>) -> Result<FileSummary, ReadError> {
        let mut archive =
            ZipArchive::new(file).map_err(|error| ReadError::Zip(error.to_string()))?;
        let members = archive.len();
        let mut whole: Option<FileSummary> = None;
        for index in 0..members {
            let member = match archive.by_index(index) {
                Ok(member) => member,
                Err(error) => {
                    self.report_member(&format!("number {index}"), &error.to_string());
                    continue;
                }
            };
            let name = member.name().to_owned();
            if !member.is_file() || !may_hold_objects(&name) {
                continue;
            }
            let first_diagnostic = self.diagnostics.items.len();
            let outcome = self.read_packed(member);
            for diagnostic in &mut self.diagnostics.items[first_diagnostic..] {
                diagnostic.message.insert_str(0, &format!("{name}: "));
            }
            match outcome {
                Ok((summary, flow)) => {
                    match &mut whole {
                        Some(whole) => whole.add_member(summary),
                        None => whole = Some(summary),
                    }
                    if flow.is_break() {
                        break;
                    }
                }
                // Code lists, schemas and manifests travel in the same archive.
                Err(
                    ReadError::NotCityGml { .. }
                    | ReadError::NotCityJson { .. }
                    | ReadError::UnknownFormat { .. },
                ) => {}
                Err(error) => self.report_member(&name, &error.to_string()),
            }
        }
        whole.ok_or(ReadError::EmptyArchive { members })
    }

    fn report_member(&mut self, name: &str, error: &str) {
        self.diagnostics.push(Diagnostic {
            code: codes::MEMBER_FAILED.code,
            severity: codes::MEMBER_FAILED.severity,
            message: format!("{name}: {error}"),
            line: None,
            object_id: None,
        });
    }

    fn read_packed(
        &mut self,
        decoder: impl Read,
    ) -> Result<(FileSummary, ControlFlow<()>), ReadError> {
        let limit = self.options.max_decompressed_bytes;
        let limited = LimitedReader {
            inner: decoder,
            left: limit,
        };
        self.read_plain(BufReader::with_capacity(BUFFER_BYTES, limited))
            .map_err(|error| match error {
                ReadError::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                    ReadError::Limit {
                        what: "decompressed bytes",
                        limit,
                        option: "max_decompressed_bytes",
                    }
                }
                error => error,
            })
    }

    fn read_plain(
        &mut self,
        mut source: impl BufRead,
    ) -> Result<(FileSummary, ControlFlow<()>), ReadError> {
        let options = self.options.clone();
        let (flow, mut summary) = if first_character(&mut source)? == b'<' {
            let mut reader = CityGmlReader::new(source, options)?;
            let flow = self.hand_out(|diagnostics| reader.next_object(diagnostics))?;
            let (header, count) = (reader.header().clone(), reader.objects_read());
            (
                flow,
                summarize(Format::CityGml, header, count, reader.findings()),
            )
        } else {
            let mut reader = CityJsonReader::new(source, options)?;
            let flow = self.hand_out(|diagnostics| reader.next_object(diagnostics))?;
            let (header, count) = (reader.header().clone(), reader.objects_read());
            (
                flow,
                summarize(reader.format(), header, count, reader.findings()),
            )
        };
        let first_srs_name = self.first_srs_name.take();
        summary.srs_name = summary.srs_name.or(first_srs_name);
        Ok((summary, flow))
    }

    fn hand_out(
        &mut self,
        mut next: impl FnMut(&mut Diagnostics) -> Result<Option<CityObject>, ReadError>,
    ) -> Result<ControlFlow<()>, ReadError> {
        while let Some(object) = next(self.diagnostics)? {
            if self.first_srs_name.is_none() {
                self.first_srs_name.clone_from(&object.srs_name);
            }
            let flow = (self.on_object)(object);
            (self.progress)();
            if flow.is_break() {
                return Ok(flow);
            }
        }
        (self.progress)();
        Ok(ControlFlow::Continue(()))
    }
}

impl FileSummary {
    /// Takes in another member of the same archive. Format, version, reference system and extent stay those of the
    /// first one, since they cannot be added.
    fn add_member(&mut self, other: FileSummary) {
        self.objects += other.objects;
        self.members += other.members;
        self.themes.extend(other.themes);
        self.themes.sort();
        self.themes.dedup();
        for (what, count) in other.left_out {
            *self.left_out.entry(what).or_insert(0) += count;
        }
    }
}

fn summarize(format: Format, header: Header, objects: u64, findings: &Findings) -> FileSummary {
    FileSummary {
        format,
        version: header.version,
        srs_name: header.srs_name,
        envelope: header.envelope,
        themes: findings.themes().iter().cloned().collect(),
        objects,
        members: 1,
        left_out: findings.left_out().clone(),
    }
}
