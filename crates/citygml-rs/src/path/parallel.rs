//! Reading one city model in several threads.
//!
//! The stream is cut between members ([`super::pieces`]) under a lock, by whichever thread wants work. Pieces are read
//! apart from each other and put together in the order of the file by the calling thread, which also reads pieces while
//! it waits. At most twice as many pieces as threads are under way, so memory stays bounded.

use crate::fast_hash::HashSet;
use std::collections::BTreeMap;
use std::io::BufRead;
use std::ops::ControlFlow;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::Source;
use super::held_back::{MAX_HELD_BACK, complete_all, waits_for_others};
use super::pieces::{CutError, Piece, Pieces};
use super::sequential::summarize;
use super::shared::close_knowledge;
use crate::citygml::{FileKnowledge, ModelContext, PieceEnd, report_open_references};
use crate::code_lists::CodeLists;
use crate::codes::{self, DiagnosticCode};
use crate::findings::Findings;
use crate::{
    CityGmlReader, CityObject, Diagnostics, FileSummary, Format, Header, ReadError, ReadOptions,
};

/// How it went.
pub(super) enum Outcome {
    /// Everything was read.
    Read(Box<FileSummary>),
    /// The model cannot be cut, or is damaged; so many items were handed out.
    Uncuttable {
        /// Number of items handed out.
        items: u64,
    },
}

/// Reads a whole model; see [`super::read_path_mapped`].
pub(super) fn read<T: Send>(
    source: &Source<'_>,
    options: &ReadOptions,
    known: Option<Arc<FileKnowledge>>,
    diagnostics: &mut Diagnostics,
    map: &(dyn Fn(CityObject) -> T + Sync),
    on_item: &mut dyn FnMut(T) -> ControlFlow<()>,
    progress: &mut dyn FnMut(),
) -> Result<Outcome, ReadError> {
    let mut pieces = Pieces::new(source.open()?)?;
    let Some(context) = context_of(pieces.head()?, options) else {
        return Ok(Outcome::Uncuttable { items: 0 });
    };
    pieces.cut_after(&context.member_name);
    let pool = Pool {
        options,
        context,
        known,
        code_lists: source.code_lists(options),
        map,
        cutter: Mutex::new(Cutter { pieces, cut: 0 }),
        state: Mutex::new(State {
            results: BTreeMap::new(),
            under_way: 0,
            end: None,
            failure: None,
            is_stopped: false,
        }),
        changed: Condvar::new(),
        max_under_way: 2 * options.threads,
    };
    let mut merged = Merged::new(options);
    let failure = std::thread::scope(|scope| {
        for _ in 1..options.threads {
            scope.spawn(|| while pool.read_one_piece(true) {});
        }
        let _release = ReleaseOnPanic {
            pool: &pool,
            index: usize::MAX,
        };
        let failure = pool.hand_out(&mut merged, diagnostics, on_item, progress);
        pool.stop();
        failure
    });
    match failure {
        Some(Failure::Read(error)) => Err(error),
        Some(Failure::Uncuttable) => Ok(Outcome::Uncuttable {
            items: merged.items,
        }),
        None => {
            let cutter = pool
                .cutter
                .into_inner()
                .unwrap_or_else(PoisonError::into_inner);
            if !merged.is_stopped {
                if let Some(known) = &pool.known {
                    close_knowledge(known, options, diagnostics);
                }
                let mut objects = std::mem::take(&mut merged.held_back);
                let mut text = source;
                let folder = source.path.parent();
                let known = pool.known.as_ref();
                complete_all(&mut objects, &mut text, folder, options, known, diagnostics);
                for object in objects {
                    if on_item(map(object)).is_break() {
                        break;
                    }
                    progress();
                }
            }
            let summary = merged.finish(&cutter.pieces, diagnostics);
            Ok(Outcome::Read(Box::new(summary)))
        }
    }
}

/// What pieces need to know, `None` if the model has no members to cut between.
fn context_of(head: &str, options: &ReadOptions) -> Option<ModelContext> {
    let mut reader = CityGmlReader::of_piece(head.to_owned(), 1, None, options.clone());
    reader.read_header(&mut Diagnostics::new()).ok()?;
    reader.context()
}

enum Failure {
    Read(ReadError),
    Uncuttable,
}

struct Pool<'a, R, T> {
    options: &'a ReadOptions,
    context: ModelContext,
    /// What was gathered from the whole model.
    known: Option<Arc<FileKnowledge>>,
    code_lists: CodeLists,
    map: &'a (dyn Fn(CityObject) -> T + Sync),
    cutter: Mutex<Cutter<R>>,
    state: Mutex<State<T>>,
    changed: Condvar,
    max_under_way: usize,
}

struct Cutter<R> {
    pieces: Pieces<R>,
    /// Pieces cut so far.
    cut: usize,
}

struct State<T> {
    results: BTreeMap<usize, PieceResult<T>>,
    /// Pieces taken and not yet handed out.
    under_way: usize,
    /// Number of pieces, once it is known.
    end: Option<usize>,
    failure: Option<Failure>,
    is_stopped: bool,
}

enum Item<T> {
    Ready(T),
    /// An object that waits for geometry of others.
    HeldBack(Box<CityObject>),
}

struct PieceResult<T> {
    items: Vec<Item<T>>,
    first_srs_name: Option<String>,
    diagnostics: Diagnostics,
    end: PieceEnd,
}

impl<R: BufRead + Send, T: Send> Pool<'_, R, T> {
    /// Takes a piece and reads it. False if there is none to take; with `wait` only when there will be none any more.
    fn read_one_piece(&self, wait: bool) -> bool {
        {
            let mut state = self.lock();
            while state.under_way >= self.max_under_way && !state.is_stopped {
                if !wait {
                    return false;
                }
                state = self.wait(state);
            }
            if state.is_stopped || state.end.is_some() {
                return false;
            }
            state.under_way += 1;
        }
        let (index, piece) = {
            let mut cutter = self.cutter.lock().unwrap_or_else(PoisonError::into_inner);
            let piece = cutter.pieces.next_piece();
            cutter.cut += 1;
            (cutter.cut - 1, piece)
        };
        let outcome = match piece {
            Ok(Some(piece)) => {
                let _release = ReleaseOnPanic { pool: self, index };
                self.read_piece(index, piece).map_err(Failure::Read)
            }
            Ok(None) => {
                let mut state = self.lock();
                let end = state.end.unwrap_or(index).min(index);
                state.end = Some(end);
                state.under_way -= 1;
                self.changed.notify_all();
                return false;
            }
            Err(CutError::TooLarge) => Err(Failure::Uncuttable),
            Err(CutError::Read(error)) => Err(Failure::Read(error)),
        };
        let mut state = self.lock();
        match outcome {
            Ok(result) => {
                state.results.insert(index, result);
            }
            // What comes before it in the file is still handed out.
            Err(failure) => {
                let end = state.end.unwrap_or(index);
                if index <= end {
                    state.end = Some(index);
                    state.failure = Some(failure);
                }
            }
        }
        self.changed.notify_all();
        true
    }

    fn read_piece(&self, index: usize, piece: Piece) -> Result<PieceResult<T>, ReadError> {
        let context = (index > 0).then_some(&self.context);
        let mut reader =
            CityGmlReader::of_piece(piece.text, piece.first_line, context, self.options.clone());
        reader.defer_references();
        if let Some(known) = &self.known {
            reader.set_known(Arc::clone(known));
        }
        let mut diagnostics = Diagnostics::new();
        let mut items = Vec::new();
        let mut first_srs_name = None;
        while let Some(mut object) = reader.next_object(&mut diagnostics)? {
            self.code_lists.resolve(&mut object);
            if first_srs_name.is_none() {
                first_srs_name.clone_from(&object.srs_name);
            }
            items.push(if waits_for_others(&object) {
                Item::HeldBack(Box::new(object))
            } else {
                Item::Ready((self.map)(object))
            });
        }
        Ok(PieceResult {
            items,
            first_srs_name,
            diagnostics,
            end: reader.into_piece_end(piece.is_last),
        })
    }

    /// Gives out results in order and reads pieces while there are none. Gives why it ended early, if it did.
    fn hand_out(
        &self,
        merged: &mut Merged,
        diagnostics: &mut Diagnostics,
        on_item: &mut dyn FnMut(T) -> ControlFlow<()>,
        progress: &mut dyn FnMut(),
    ) -> Option<Failure> {
        let mut next = 0;
        loop {
            let mut state = self.lock();
            if let Some(result) = state.results.remove(&next) {
                state.under_way -= 1;
                drop(state);
                self.changed.notify_all();
                if !result.end.is_whole {
                    return Some(Failure::Uncuttable);
                }
                next += 1;
                if merged
                    .take(result, diagnostics, self.map, on_item)
                    .is_break()
                {
                    merged.is_stopped = true;
                    return None;
                }
                progress();
                continue;
            }
            if state.end == Some(next) {
                return state.failure.take();
            }
            drop(state);
            if !self.read_one_piece(false) {
                let state = self.lock();
                let is_ready = state.results.contains_key(&next) || state.end == Some(next);
                // Whoever finishes the piece that is missing, or finds that there is none, will tell.
                if !is_ready && (state.under_way > 0 || state.end.is_none()) {
                    drop(self.wait(state));
                }
            }
        }
    }

    fn stop(&self) {
        self.lock().is_stopped = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'b>(&self, state: MutexGuard<'b, State<T>>) -> MutexGuard<'b, State<T>> {
        self.changed
            .wait(state)
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Lets all threads come to an end if one of them panics, in the caller's own work perhaps: the others would wait for ever
/// for the piece it was at, or for room.
struct ReleaseOnPanic<'a, 'p, R, T> {
    pool: &'a Pool<'p, R, T>,
    index: usize,
}

impl<R, T> Drop for ReleaseOnPanic<'_, '_, R, T> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let state = self.pool.state.lock();
            let mut state = state.unwrap_or_else(PoisonError::into_inner);
            state.end = Some(state.end.unwrap_or(self.index).min(self.index));
            state.is_stopped = true;
            self.pool.changed.notify_all();
        }
    }
}

/// What the pieces handed out so far come to.
struct Merged {
    header: Option<Header>,
    findings: Findings,
    seen_ids: HashSet<u64>,
    first_srs_name: Option<String>,
    items: u64,
    objects: u64,
    filtered: u64,
    /// Objects that wait for others, to be handed out last.
    held_back: Vec<CityObject>,
    /// Whether the consumer wanted no more.
    is_stopped: bool,
}

impl Merged {
    fn new(options: &ReadOptions) -> Self {
        Self {
            header: None,
            findings: Findings::new(options.max_diagnostics_per_code),
            seen_ids: HashSet::default(),
            first_srs_name: None,
            items: 0,
            objects: 0,
            filtered: 0,
            held_back: Vec::new(),
            is_stopped: false,
        }
    }

    fn take<T>(
        &mut self,
        result: PieceResult<T>,
        diagnostics: &mut Diagnostics,
        map: &(dyn Fn(CityObject) -> T + Sync),
        on_item: &mut dyn FnMut(T) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let PieceResult {
            items,
            first_srs_name,
            diagnostics: piece_diagnostics,
            end,
        } = result;
        self.findings
            .absorb(end.findings, piece_diagnostics, diagnostics);
        let mut own = HashSet::default();
        for seen in end.seen_ids {
            // Repetitions within the piece were reported by its reader.
            if own.insert(seen.hash) && !self.seen_ids.insert(seen.hash) {
                self.findings.report(
                    diagnostics,
                    codes::DUPLICATE_ID,
                    Some(seen.line),
                    Some(&seen.id),
                    format_args!("the gml:id {:?} was used before in this file", seen.id),
                );
            }
        }
        self.first_srs_name = self.first_srs_name.take().or(first_srs_name);
        let header = self.header.get_or_insert_with(|| end.header.clone());
        header.version = header.version.take().max(end.header.version);
        header.envelope = header.envelope.take().or(end.header.envelope);
        self.objects += end.objects;
        self.filtered += end.filtered;
        for item in items {
            let item = match item {
                Item::Ready(item) => item,
                Item::HeldBack(object) if self.held_back.len() < MAX_HELD_BACK => {
                    self.held_back.push(*object);
                    continue;
                }
                Item::HeldBack(object) => {
                    report_open_references(&object, &mut self.findings, diagnostics);
                    map(*object)
                }
            };
            self.items += 1;
            on_item(item)?;
        }
        ControlFlow::Continue(())
    }

    /// What concerns the file as a whole is reported now.
    fn finish<R: BufRead>(
        mut self,
        pieces: &Pieces<R>,
        diagnostics: &mut Diagnostics,
    ) -> FileSummary {
        let mut report = |code: DiagnosticCode, line, message: &str| {
            self.findings
                .report(diagnostics, code, line, None, format_args!("{message}"));
        };
        if let Some(damage) = pieces.damage() {
            let message = format!("the compressed data is damaged ({damage}); the rest is lost");
            report(codes::DAMAGED_STREAM, None, &message);
        }
        if let Some(line) = pieces.replaced_line() {
            let message =
                "bytes that do not fit the encoding of the file were replaced, first here";
            report(codes::REPLACED_CHARACTERS, Some(line), message);
        }
        if self.objects == 0 {
            report(
                codes::NO_OBJECTS,
                None,
                "the file holds no city object that could be read",
            );
        }
        self.findings.close(diagnostics);
        let header = self.header.unwrap_or_default();
        let mut summary = summarize(Format::CityGml, header, &self.findings);
        summary.srs_name = summary.srs_name.or(self.first_srs_name);
        summary.objects = self.objects;
        summary.filtered = self.filtered;
        summary
    }
}
