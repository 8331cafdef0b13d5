//! Files whose drafts may lie in the cache on disk.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use super::placer::{Decision, Placer};
use super::prototype::Prototype;
use super::read::{CityFiles, FileRead, Outcome};
use super::rows::Wanted;
use crate::SourceDiagnostic;
use crate::cache::{CacheKey, CacheOptions, DraftCache, KeyMaker, Lookup};

/// The cache, and the keys of the files of one source.
#[derive(Debug)]
pub(crate) struct KeptFiles<'a> {
    cache: DraftCache,
    maker: KeyMaker,
    files: &'a [PathBuf],
    /// Made once, even if a file is put off and comes again.
    keys: Vec<OnceLock<Option<CacheKey>>>,
}

/// An entry as it is read.
#[derive(Deserialize)]
struct Kept {
    decisions: Vec<Decision>,
    objects: u64,
    prototypes: Vec<Arc<Prototype>>,
    /// Prototype of each instance, in the order of the drafts.
    instances: Vec<u32>,
    files: CityFiles,
}

/// The same entry as it is written.
#[derive(Serialize)]
struct Keep<'a> {
    decisions: &'a [Decision],
    objects: u64,
    prototypes: Vec<&'a Prototype>,
    instances: Vec<u32>,
    files: &'a CityFiles,
}

impl<'a> Keep<'a> {
    fn new(decisions: &'a [Decision], objects: u64, files: &'a CityFiles) -> Self {
        let mut numbers: HashMap<*const Prototype, u32> = HashMap::new();
        let mut prototypes = Vec::new();
        let mut instances = Vec::new();
        for instance in files.drafts.iter().flat_map(|draft| &draft.instances) {
            let prototype = &instance.prototype;
            let number = *numbers.entry(Arc::as_ptr(prototype)).or_insert_with(|| {
                prototypes.push(&**prototype);
                prototypes.len() as u32 - 1
            });
            instances.push(number);
        }
        Self {
            decisions,
            objects,
            prototypes,
            instances,
            files,
        }
    }
}

impl Kept {
    /// Gives the instances their prototypes back; `None` if the numbers do not fit.
    fn whole(mut self) -> Option<Self> {
        let mut numbers = self.instances.iter();
        let drafts = self.files.drafts.iter_mut();
        for instance in drafts.flat_map(|draft| &mut draft.instances) {
            let number = usize::try_from(*numbers.next()?).ok()?;
            instance.prototype = self.prototypes.get(number)?.clone();
        }
        numbers.next().is_none().then_some(self)
    }
}

impl<'a> KeptFiles<'a> {
    pub(crate) fn new(options: &CacheOptions, wanted: Wanted, files: &'a [PathBuf]) -> Self {
        Self {
            cache: DraftCache::open(options),
            maker: KeyMaker::new(&wanted, options.smallest_file_bytes),
            files,
            keys: files.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// What was kept of a file, if it still holds; else what `read` gives, which is kept for the next time.
    pub(crate) fn or_read(
        &self,
        index: usize,
        placer: &mut Placer,
        read: impl FnOnce(&mut Placer) -> Outcome,
    ) -> Outcome {
        let file = &self.files[index];
        // A file that cannot be read is for the reader to report.
        let key = self.keys[index].get_or_init(|| self.maker.key(file).ok().flatten());
        let Some(key) = key else {
            return read(placer);
        };
        let mut notes = Vec::new();
        match self.cache.load::<Kept>(key) {
            Lookup::Found(kept) => {
                let kept = kept.whole();
                let outcome = kept.and_then(|kept| placed_again(kept, file, placer, &mut notes));
                if let Some(outcome) = outcome {
                    return outcome;
                }
            }
            Lookup::Absent => {}
            Lookup::Damaged(note) => notes.push(*note),
        }
        let mut outcome = read(placer);
        if let Outcome::Read(one) = &mut outcome {
            if one.is_whole && key.still_describes(file) {
                let keep = Keep::new(placer.decisions(), one.objects, &one.files);
                notes.extend(self.cache.store(key, &keep));
            }
            one.notes.splice(0..0, notes);
        }
        outcome
    }

    /// Deletes what is too much.
    pub(crate) fn prune(&self) {
        self.cache.prune();
    }
}

/// A kept file, if its coordinates are read today as they were then; what is found on the way is in `notes`.
fn placed_again(
    kept: Kept,
    file: &Path,
    placer: &mut Placer,
    notes: &mut Vec<SourceDiagnostic>,
) -> Option<Outcome> {
    placer.begin_file(file);
    let mut findings = Vec::new();
    let is_same = placer.decide_again(&kept.decisions, &mut findings);
    let source = file.display().to_string();
    notes.extend(
        findings
            .iter()
            .map(|finding| SourceDiagnostic::from_geo(finding, &source)),
    );
    match is_same {
        Err(_) => Some(Outcome::Postponed),
        Ok(false) => None,
        Ok(true) => Some(Outcome::Read(Box::new(FileRead {
            files: kept.files,
            notes: std::mem::take(notes),
            objects: kept.objects,
            is_whole: true,
            is_kept: true,
        }))),
    }
}
