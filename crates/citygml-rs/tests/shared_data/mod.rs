//! Where the real files are that others wrote, and how tests read them.

#![allow(dead_code, reason = "each test program uses what it needs")]

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use citygml_rs::{CityObject, Diagnostics, FileSummary, ReadError, ReadOptions, read_path};

/// The folder, or `None` (and a word about it) where it is absent.
pub fn shared_data() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if folder.is_dir() {
        Some(folder)
    } else {
        eprintln!("skipped: ../shared/data is not here");
        None
    }
}

/// Everything one file yields.
pub struct Reading {
    pub objects: Vec<CityObject>,
    pub diagnostics: Diagnostics,
    pub outcome: Result<FileSummary, ReadError>,
}

/// Reads a file with default options.
pub fn read(path: &Path) -> Reading {
    let mut objects = Vec::new();
    let mut diagnostics = Diagnostics::new();
    let outcome = read_path(
        path,
        &ReadOptions::default(),
        &mut diagnostics,
        &mut |object| {
            objects.push(object);
            ControlFlow::Continue(())
        },
        &mut |_, _| {},
    );
    Reading {
        objects,
        diagnostics,
        outcome,
    }
}

/// Calls `visit` for an object and all its descendants.
pub fn visit_all<'a>(object: &'a CityObject, visit: &mut impl FnMut(&'a CityObject)) {
    visit(object);
    for child in &object.children {
        visit_all(child, visit);
    }
}

/// Objects by type, nested ones too.
pub fn count_types(objects: &[CityObject]) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for object in objects {
        visit_all(object, &mut |object| {
            *counts.entry(object.object_type.clone()).or_insert(0) += 1
        });
    }
    counts
}

/// All files below a folder with one of these extensions, sorted.
pub fn files_below(folder: &Path, extensions: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut pending = vec![folder.to_owned()];
    while let Some(folder) = pending.pop() {
        let entries = std::fs::read_dir(&folder).expect("the folder can be listed");
        for entry in entries {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                pending.push(path);
            } else if path
                .extension()
                .is_some_and(|found| extensions.iter().any(|&wanted| found == wanted))
            {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}
