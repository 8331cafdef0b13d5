//! Files of a folder that may hold a city model.

use std::path::{Path, PathBuf};

use crate::SourceError;

/// Folders within folders that are searched; deeper ones are most likely a loop of links.
const MAX_DEPTH: usize = 32;

/// What a search of a folder found.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct FolderFiles {
    /// Files worth opening by their extension, in the order of their paths.
    pub(crate) candidates: Vec<PathBuf>,
    /// Files of other kinds.
    pub(crate) passed_over: usize,
}

/// Searches a folder and those in it. Hidden files and folders are left out.
pub(crate) fn search(folder: &Path) -> Result<FolderFiles, SourceError> {
    let mut found = FolderFiles::default();
    visit(folder, 0, &mut found)?;
    found.candidates.sort();
    Ok(found)
}

fn visit(folder: &Path, depth: usize, found: &mut FolderFiles) -> Result<(), SourceError> {
    let unreadable = |reason| SourceError::Unreadable {
        path: folder.to_owned(),
        reason,
    };
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            if depth < MAX_DEPTH {
                visit(&path, depth + 1, found)?;
            }
        } else if is_candidate(&path) {
            found.candidates.push(path);
        } else {
            found.passed_over += 1;
        }
    }
    Ok(())
}

fn is_candidate(path: &Path) -> bool {
    const EXTENSIONS: [&str; 8] = [
        "gml", "xml", "citygml", "json", "jsonl", "cityjson", "gz", "zip",
    ];
    path.extension().is_some_and(|extension| {
        EXTENSIONS
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_come_in_a_fixed_order_from_all_levels() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let write = |name: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("in the folder")).expect("folder");
            std::fs::write(path, b"").expect("file");
        };
        for name in [
            "b.gml",
            "a/z.GML",
            "a/photo.jpg",
            ".hidden/x.gml",
            "c.city.jsonl",
        ] {
            write(name);
        }
        let found = search(folder.path()).expect("readable");
        let names: Vec<_> = found
            .candidates
            .iter()
            .filter_map(|path| path.strip_prefix(folder.path()).ok())
            .collect();
        assert_eq!(
            names,
            [
                Path::new("a/z.GML"),
                Path::new("b.gml"),
                Path::new("c.city.jsonl")
            ]
        );
        assert_eq!(found.passed_over, 1);
    }
}
