//! Reading the files of one source, several at a time.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use citygml_rs::{Diagnostics, ReadError, ReadOptions, read_path};
use serde::{Deserialize, Serialize};
use tiles3d::Feature;

use super::draft::ObjectDraft;
use super::georeference_book::GeoreferenceBook;
use super::kept::KeptFiles;
use super::placer::Placer;
use super::rows::Wanted;
use super::sink::Sink;
use crate::census::Census;
use crate::diagnostics::{code, shorten};
use crate::{CacheOptions, Progress, Severity, SourceDiagnostic};

/// What to do with the objects of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Make meshes.
    Draw(Wanted),
    /// Count everything, keep nothing.
    Count,
}

/// Files to read, and what for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Job<'a> {
    pub(crate) files: &'a [PathBuf],
    pub(crate) purpose: Purpose,
    /// True for a copy of a file from the network: what it refers to is not beside it.
    pub(crate) is_download: bool,
    /// Where to keep what is drawn.
    pub(crate) cache: Option<&'a CacheOptions>,
}

/// What came out of one or more files.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct CityFiles {
    pub(crate) drafts: Vec<ObjectDraft>,
    /// Rows of objects without geometry that refer to others: groups, versions. Object by object.
    pub(crate) listed: Vec<Vec<Feature>>,
    pub(crate) census: Census,
    pub(crate) diagnostics: Vec<SourceDiagnostic>,
    /// Files that gave nothing, with the reason.
    #[serde(skip)]
    pub(crate) failed: Vec<(PathBuf, ReadError)>,
}

/// Reads files in the order given; the result does not depend on the number of threads.
///
/// Files are read one by one until the reference system is decided, then by `threads` at once. Files
/// without a place on earth by themselves come last: then it is known where the others lie.
pub(crate) fn read_files(
    job: &Job<'_>,
    book: &Arc<GeoreferenceBook>,
    threads: usize,
    progress: &(dyn Fn(Progress) + Sync),
) -> CityFiles {
    let files = job.files;
    let bytes_total = files
        .iter()
        .filter_map(|file| file.metadata().ok())
        .map(|metadata| metadata.len())
        .sum();
    let reading = Reading {
        job,
        book,
        kept: match (job.cache, job.purpose) {
            (Some(cache), Purpose::Draw(wanted)) => Some(KeptFiles::new(cache, wanted, files)),
            _ => None,
        },
        meter: Meter {
            bytes_done: AtomicU64::new(0),
            objects: AtomicU64::new(0),
            bytes_total,
            progress,
        },
    };
    if files.len() > 1 {
        book.postpone_unplaced();
    }
    let mut results = reading.pass(&(0..files.len()).collect::<Vec<_>>(), threads);
    let postponed: Vec<usize> = results
        .extract_if(.., |(_, outcome)| matches!(outcome, Outcome::Postponed))
        .map(|(index, _)| index)
        .collect();
    if !postponed.is_empty() {
        let mut placed = Census::default();
        for (_, outcome) in &results {
            if let Outcome::Read(one) = outcome {
                placed.extend_bounds(one.files.census.bounds, false);
            }
        }
        book.place_the_rest(placed.bounds);
        // One by one: the first of them decides where all drawings stand, whatever the number of threads.
        results.extend(reading.pass(&postponed, 1));
        results.sort_by_key(|(index, _)| *index);
    }
    let mut all = CityFiles::default();
    // Files of a folder share decisions; each is told with the first file that it concerns.
    let mut told = BTreeSet::new();
    for (index, outcome) in results {
        match outcome {
            Outcome::Read(one) => {
                let notes = one.notes.into_iter();
                all.diagnostics
                    .extend(notes.filter(|note| told.insert((note.code, note.message.clone()))));
                all.merge(one.files);
            }
            Outcome::Failed(reason) => all.failed.push((files[index].clone(), reason)),
            // The second pass puts nothing off.
            Outcome::Postponed => {}
        }
    }
    if let Some(kept) = &reading.kept {
        kept.prune();
    }
    all
}

/// What became of one file.
pub(super) enum Outcome {
    Read(Box<FileRead>),
    Postponed,
    Failed(ReadError),
}

/// A file that gave something.
pub(super) struct FileRead {
    pub(super) files: CityFiles,
    /// Decisions about its reference systems: they are told where they are made first.
    pub(super) notes: Vec<SourceDiagnostic>,
    /// Top-level objects.
    pub(super) objects: u64,
    /// False if reading ended early.
    pub(super) is_whole: bool,
    /// True if it was not read but kept from the last time.
    pub(super) is_kept: bool,
}

/// What all files of a source are read with.
struct Reading<'a> {
    job: &'a Job<'a>,
    book: &'a Arc<GeoreferenceBook>,
    kept: Option<KeptFiles<'a>>,
    meter: Meter<'a>,
}

impl Reading<'_> {
    fn file(&self, index: usize, placer: &mut Placer, threads: usize) -> Outcome {
        let file = &self.job.files[index];
        let read = |placer: &mut Placer| read_file(file, self.job, placer, threads, &self.meter);
        let Some(kept) = &self.kept else {
            return read(placer);
        };
        let outcome = kept.or_read(index, placer, read);
        if let Outcome::Read(one) = &outcome
            && one.is_kept
        {
            let bytes = file.metadata().map_or(0, |metadata| metadata.len());
            self.meter.add(bytes, one.objects);
        }
        outcome
    }

    /// Reads some of the files; the outcomes are in the order of the files.
    fn pass(&self, indices: &[usize], threads: usize) -> Vec<(usize, Outcome)> {
        let results: Mutex<Vec<(usize, Outcome)>> = Mutex::default();
        let next = AtomicUsize::new(0);
        let work = |until_decided: bool, threads_per_file: usize| {
            let mut placer = Placer::new(self.book.clone());
            while !(until_decided && self.book.is_decided()) {
                let Some(&index) = indices.get(next.fetch_add(1, Ordering::Relaxed)) else {
                    break;
                };
                let outcome = self.file(index, &mut placer, threads_per_file);
                results
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push((index, outcome));
            }
        };
        // As long as files are read one by one, each may have all threads.
        work(true, threads);
        let waiting = indices.len().saturating_sub(next.load(Ordering::Relaxed));
        let at_once = threads.min(waiting).max(1);
        std::thread::scope(|scope| {
            for _ in 1..at_once {
                scope.spawn(|| work(false, threads / at_once));
            }
            work(false, threads / at_once);
        });
        let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
        results.sort_by_key(|(index, _)| *index);
        results
    }
}

impl CityFiles {
    fn merge(&mut self, other: Self) {
        self.drafts.extend(other.drafts);
        self.listed.extend(other.listed);
        self.census.merge(other.census);
        self.diagnostics.extend(other.diagnostics);
        self.failed.extend(other.failed);
    }
}

/// Progress of all threads together.
struct Meter<'a> {
    bytes_done: AtomicU64,
    objects: AtomicU64,
    bytes_total: u64,
    progress: &'a (dyn Fn(Progress) + Sync),
}

impl Meter<'_> {
    fn add(&self, bytes: u64, objects: u64) {
        let bytes_done = self.bytes_done.fetch_add(bytes, Ordering::Relaxed) + bytes;
        let objects = self.objects.fetch_add(objects, Ordering::Relaxed) + objects;
        (self.progress)(Progress::Reading {
            bytes_done: bytes_done.min(self.bytes_total),
            bytes_total: self.bytes_total,
            objects,
        });
    }

    /// Forgets bytes that will be read again.
    fn take_back(&self, bytes: u64) {
        self.bytes_done.fetch_sub(bytes, Ordering::Relaxed);
    }
}

fn read_file(
    file: &Path,
    job: &Job<'_>,
    placer: &mut Placer,
    threads: usize,
    meter: &Meter<'_>,
) -> Outcome {
    let source = file.display().to_string();
    placer.begin_file(file);
    let mut sink = Sink::new(job, file, placer);
    let mut reader_findings = Diagnostics::new();
    let mut bytes_before = 0;
    let mut objects = 0;
    let mut options = ReadOptions::default();
    options.threads = threads;
    let read = read_path(
        file,
        &options,
        &mut reader_findings,
        &mut |object| {
            objects += 1;
            sink.take(object);
            if sink.is_postponed() {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        },
        &mut |bytes_done, _| {
            meter.add(bytes_done.saturating_sub(bytes_before), 0);
            bytes_before = bytes_done.max(bytes_before);
        },
    );
    sink.flush();
    if sink.is_postponed() {
        meter.take_back(bytes_before);
        return Outcome::Postponed;
    }
    meter.add(0, objects);
    let (mut result, notes) = sink.finish();
    let is_whole = read.is_ok();
    match read {
        Ok(summary) => result.census.add_summary(&summary),
        // Objects that were handed out before the failure stay.
        Err(error) if objects == 0 => return Outcome::Failed(error),
        Err(error) => result.diagnostics.push(SourceDiagnostic::new(
            code::FILE_FAILED,
            Severity::Error,
            &source,
            format!("reading ended early, after {objects} objects: {error}"),
        )),
    }
    result.diagnostics.extend(
        reader_findings
            .items
            .into_iter()
            .map(|finding| SourceDiagnostic::from_reader(finding, &source)),
    );
    shorten(&mut result.diagnostics, &source);
    Outcome::Read(Box::new(FileRead {
        files: result,
        notes,
        objects,
        is_whole,
        is_kept: false,
    }))
}
