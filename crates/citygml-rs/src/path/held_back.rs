//! Objects that wait for geometry which other objects, or other files, define.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::Source;
use super::shared::{Rereadable, gather_knowledge};
use crate::citygml::{
    FileKnowledge, SharedGeometry, Wanted, collect_geometry, complete, open_references,
    report_open_references, split_reference,
};
use crate::findings::Findings;
use crate::{CityObject, Diagnostics, ReadOptions, safe_relative_path};

/// Objects of one file that may be held back. Further ones are handed out as they are, and reported.
pub(super) const MAX_HELD_BACK: usize = 10_000;
/// Other files that the references of one file may lead to.
const MAX_OTHER_FILES: usize = 64;

/// Whether an object refers to geometry that it does not hold itself.
pub(super) fn waits_for_others(object: &CityObject) -> bool {
    open_references(object).next().is_some()
}

/// Completes objects from the file they are in and from files beside it. `folder` is where references to other files
/// start; without it they are not followed. What stays open is reported.
pub(super) fn complete_all(
    objects: &mut [CityObject],
    text: &mut impl Rereadable,
    folder: Option<&Path>,
    options: &ReadOptions,
    known: Option<&Arc<FileKnowledge>>,
    diagnostics: &mut Diagnostics,
) {
    if objects.is_empty() {
        return;
    }
    let mut wanted: HashMap<String, Wanted> = HashMap::new();
    for reference in objects.iter().flat_map(open_references) {
        let (file, id) = split_reference(reference);
        if let Some(ids) = wanted.get_mut(file) {
            ids.insert(id.to_owned());
        } else if wanted.len() <= MAX_OTHER_FILES {
            wanted.insert(file.to_owned(), Wanted::from([id.to_owned()]));
        }
    }
    let mut files: HashMap<String, SharedGeometry> = HashMap::new();
    for (file, ids) in wanted {
        let found = if file.is_empty() {
            let known = known.map(Arc::clone).unwrap_or_default();
            collect(text, options, known, ids)
        } else {
            folder.and_then(|folder| collect_from_file(folder, &file, options, ids))
        };
        if let Some(found) = found {
            files.insert(file, found);
        }
    }
    let mut findings = Findings::new(options.max_diagnostics_per_code);
    for object in objects {
        complete(object, &files);
        report_open_references(object, &mut findings, diagnostics);
    }
    findings.close(diagnostics);
}

fn collect_from_file(
    folder: &Path,
    file: &str,
    options: &ReadOptions,
    ids: Wanted,
) -> Option<SharedGeometry> {
    let path = folder.join(safe_relative_path(file)?);
    // A pipe would be waited for.
    if !path.is_file() {
        return None;
    }
    let source = Source::new(&path, options).ok()?;
    if source.packing == super::Packing::Zip {
        return None;
    }
    let known = gather_knowledge(&mut &source, options).unwrap_or_default();
    collect(&mut &source, options, known, ids)
}

fn collect(
    text: &mut impl Rereadable,
    options: &ReadOptions,
    known: Arc<FileKnowledge>,
    ids: Wanted,
) -> Option<SharedGeometry> {
    let found = text.reread(|stream| collect_geometry(stream, options, known, Some(Arc::new(ids))));
    found?.ok()
}
