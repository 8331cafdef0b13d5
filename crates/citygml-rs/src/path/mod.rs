//! Reading a file of any supported format and packing.

mod held_back;
mod packing;
mod parallel;
mod pieces;
mod sequential;
mod shared;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::bufread::MultiGzDecoder;

use crate::code_lists::CodeLists;
use crate::{CityObject, Diagnostics, FileSummary, ReadError, ReadOptions};
use packing::{CountingReader, LimitedReader, first_character, read_fully};
use parallel::Outcome;
use sequential::Session;
use shared::gather_knowledge;

const BUFFER_BYTES: usize = 256 * 1024;
const ZIP_START: &[u8] = b"PK\x03\x04";
const GZIP_START: &[u8] = b"\x1f\x8b";

/// Reads one file: CityGML, CityJSON or CityJSONSeq, plain, gzip or zip, all told apart by content.
///
/// `on_object` gets each top-level object as soon as it is complete, in the order of the file, and may stop by
/// `ControlFlow::Break`. Objects that use geometry of other objects or files come last. `progress` gets (bytes done, bytes in all) of the file on disk. Of a zip archive every member
/// that holds city objects is read, in the order of the archive.
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
    read_path_mapped(
        path,
        options,
        diagnostics,
        &|object| object,
        on_object,
        progress,
    )
}

/// As [`read_path`], with work to be done on each object in the threads that read them: triangulation, projection.
///
/// `map` runs in any of [`ReadOptions::threads`] threads and in any order; `on_item` gets its results in the calling
/// thread, in the same order as there.
///
/// # Errors
/// As [`read_path`].
pub fn read_path_mapped<T: Send>(
    path: &Path,
    options: &ReadOptions,
    diagnostics: &mut Diagnostics,
    map: &(dyn Fn(CityObject) -> T + Sync),
    on_item: &mut dyn FnMut(T) -> ControlFlow<()>,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<FileSummary, ReadError> {
    let source = Source::new(path, options)?;
    let mut progress = || progress(source.bytes_done().min(source.bytes), source.bytes);
    let known = match source.packing {
        Packing::Zip => None,
        _ => gather_knowledge(&mut &source, options),
    };
    let mut already_given = 0;
    if options.threads > 1 && source.packing != Packing::Zip {
        let first_diagnostic = diagnostics.items.len();
        if first_character(&mut source.open()?)? == b'<' {
            match parallel::read(
                &source,
                options,
                known.clone(),
                diagnostics,
                map,
                on_item,
                &mut progress,
            )
            .map_err(|error| source.named(error))?
            {
                Outcome::Read(summary) => return Ok(*summary),
                // The file is damaged, or cannot be cut. Read in one go it is told what is wrong and where.
                Outcome::Uncuttable { items } => {
                    diagnostics.items.truncate(first_diagnostic);
                    already_given = items;
                }
            }
        }
    }
    let mut session = Session {
        options,
        diagnostics,
        map,
        on_item,
        progress: &mut progress,
        already_given,
        first_srs_name: None,
        known,
        code_lists: (source.packing != Packing::Zip).then(|| source.code_lists(options)),
        held_back: Vec::new(),
    };
    if source.packing == Packing::Zip {
        session.read_zip(source.open_file()?)
    } else {
        let (summary, flow) = session
            .read_stream(source.open()?)
            .map_err(|error| source.named(error))?;
        if flow.is_continue() {
            // Where the consumer stops among these, nothing is left to do either.
            let _ = session.hand_out_held_back(&mut &source, path.parent());
        }
        Ok(summary)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Packing {
    Plain,
    Gzip,
    Zip,
}

/// A file that can be read from its start more than once.
struct Source<'a> {
    path: &'a Path,
    packing: Packing,
    bytes: u64,
    bytes_done: Arc<AtomicU64>,
    max_decompressed_bytes: u64,
}

impl<'a> Source<'a> {
    fn new(path: &'a Path, options: &ReadOptions) -> Result<Self, ReadError> {
        let error = |source| file_error(path, source);
        let mut file = File::open(path).map_err(error)?;
        let bytes = file.metadata().map_err(error)?.len();
        let mut start = [0; 4];
        let length = read_fully(&mut file, &mut start).map_err(error)?;
        let packing = if start[..length] == *ZIP_START {
            Packing::Zip
        } else if start[..length].starts_with(GZIP_START) {
            Packing::Gzip
        } else {
            Packing::Plain
        };
        Ok(Self {
            path,
            packing,
            bytes,
            bytes_done: Arc::default(),
            max_decompressed_bytes: options.max_decompressed_bytes,
        })
    }

    fn bytes_done(&self) -> u64 {
        self.bytes_done.load(Ordering::Relaxed)
    }

    fn open_file(&self) -> Result<CountingReader<File>, ReadError> {
        let error = |source| file_error(self.path, source);
        let mut file = File::open(self.path).map_err(error)?;
        file.seek(SeekFrom::Start(0)).map_err(error)?;
        self.bytes_done.store(0, Ordering::Relaxed);
        Ok(CountingReader {
            inner: file,
            done: self.bytes_done.clone(),
        })
    }

    /// The content, unpacked.
    fn open(&self) -> Result<Box<dyn BufRead + Send>, ReadError> {
        let file = BufReader::with_capacity(BUFFER_BYTES, self.open_file()?);
        Ok(match self.packing {
            Packing::Gzip => Box::new(unpacked(
                MultiGzDecoder::new(file),
                self.max_decompressed_bytes,
            )),
            Packing::Plain | Packing::Zip => Box::new(file),
        })
    }

    /// The code lists that objects of the file may use.
    fn code_lists(&self, options: &ReadOptions) -> CodeLists {
        CodeLists::new(self.path.parent().unwrap_or(Path::new("")), options)
    }

    fn named(&self, error: ReadError) -> ReadError {
        limit_named(error, self.max_decompressed_bytes)
    }
}

fn unpacked<R: Read>(decoder: R, limit: u64) -> BufReader<LimitedReader<R>> {
    let limited = LimitedReader {
        inner: decoder,
        left: limit,
    };
    BufReader::with_capacity(BUFFER_BYTES, limited)
}

fn limit_named(error: ReadError, limit: u64) -> ReadError {
    match error {
        ReadError::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => ReadError::Limit {
            what: "decompressed bytes",
            limit,
            option: "max_decompressed_bytes",
        },
        error => error,
    }
}

fn file_error(path: &Path, source: io::Error) -> ReadError {
    ReadError::File {
        path: path.to_owned(),
        source,
    }
}
