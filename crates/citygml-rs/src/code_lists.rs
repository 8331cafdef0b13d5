//! Code lists: from a code to the text it stands for (GML 3.1.1 SimpleDictionary profile; GML 3.2.1, clause 15).

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::citygml::read_dictionary;
use crate::{AttributeValue, CityObject, ReadOptions, safe_relative_path};

/// Bytes that one code list may have.
const MAX_BYTES: u64 = 32 << 20;
/// Bytes that all code lists of one file may have.
const MAX_BYTES_IN_ALL: u64 = 256 << 20;
/// Code lists that are kept for one file.
const MAX_LISTS: usize = 1000;
/// How far above a file its code lists may be: `../../codelists` of PLATEAU is two levels up.
const MAX_LEVELS_UP: usize = 4;

/// Texts by code.
pub(crate) type CodeList = HashMap<String, String>;

/// The code lists beside a file, read when they are needed and kept.
#[derive(Debug)]
pub(crate) struct CodeLists {
    folder: PathBuf,
    options: ReadOptions,
    lists: Mutex<Lists>,
}

/// What was read so far.
#[derive(Debug, Default)]
struct Lists {
    by_code_space: HashMap<Arc<str>, Option<Arc<CodeList>>>,
    /// Of the files they were read from.
    bytes: u64,
}

impl CodeLists {
    /// For a file in this folder.
    pub(crate) fn new(folder: &Path, options: &ReadOptions) -> Self {
        Self {
            folder: folder.to_owned(),
            options: options.clone(),
            lists: Mutex::default(),
        }
    }

    /// Puts texts in the place of codes, in an object and its parts.
    pub(crate) fn resolve(&self, object: &mut CityObject) {
        let own = object.attributes.iter_mut();
        let boundaries = object.boundaries.iter_mut();
        for attribute in own.chain(boundaries.flat_map(|found| &mut found.attributes)) {
            let Some(code_space) = &attribute.code_space else {
                continue;
            };
            let code = attribute.value.to_string();
            let Some(list) = self.list(code_space) else {
                continue;
            };
            if let Some(text) = list.get(&code) {
                attribute.value = AttributeValue::Text(text.clone());
                attribute.code = Some(code);
            }
        }
        for child in &mut object.children {
            self.resolve(child);
        }
    }

    fn list(&self, code_space: &Arc<str>) -> Option<Arc<CodeList>> {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lists.by_code_space.get(code_space) {
            return known.clone();
        }
        if lists.by_code_space.len() >= MAX_LISTS {
            return None;
        }
        let room = MAX_BYTES_IN_ALL.saturating_sub(lists.bytes);
        let read = self.read(code_space, room.min(MAX_BYTES));
        let list = read.map(|(list, bytes)| {
            lists.bytes += bytes;
            Arc::new(list)
        });
        lists
            .by_code_space
            .insert(Arc::clone(code_space), list.clone());
        list
    }

    /// Reads a list of at most so many bytes and says how many it has; one that is not there or is no dictionary
    /// resolves nothing.
    fn read(&self, code_space: &str, max_bytes: u64) -> Option<(CodeList, u64)> {
        let path = code_list_path(&self.folder, code_space)?;
        // A pipe would be waited for.
        let bytes = path.metadata().ok().filter(|found| found.is_file())?.len();
        if bytes > max_bytes {
            return None;
        }
        let mut source = BufReader::new(File::open(path).ok()?.take(max_bytes));
        let is_xml = source.fill_buf().ok()?.contains(&b'<');
        let list = is_xml.then(|| read_dictionary(source, &self.options))??;
        (!list.is_empty()).then_some((list, bytes))
    }
}

/// Where a code list is. A model must not make a program read other files: a path may lead up only to reach a folder of
/// code lists.
fn code_list_path(folder: &Path, code_space: &str) -> Option<PathBuf> {
    let mut rest = code_space.trim();
    let mut base = folder.to_owned();
    let mut levels = 0;
    while let Some(below) = rest
        .strip_prefix("../")
        .or_else(|| rest.strip_prefix("..\\"))
    {
        rest = below;
        base.push("..");
        levels += 1;
    }
    let inside = safe_relative_path(rest)?;
    let first = inside.components().next()?;
    let is_list_folder = first.as_os_str().eq_ignore_ascii_case("codelists");
    (levels == 0 || (levels <= MAX_LEVELS_UP && is_list_folder && inside.components().count() > 1))
        .then(|| base.join(inside))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn up_only_to_code_lists() {
        let path = |code_space: &str| code_list_path(Path::new("udx/bldg"), code_space);
        assert_eq!(
            path("../../codelists/Building_usage.xml"),
            Some(PathBuf::from("udx/bldg/../../codelists/Building_usage.xml"))
        );
        assert_eq!(
            path("lists/a.xml"),
            Some(PathBuf::from("udx/bldg/lists/a.xml"))
        );
        for refused in [
            "../../passwords/a.xml",
            "../../../../../codelists/a.xml",
            "../../codelists/../../a.xml",
            "../codelists",
            "/codelists/a.xml",
            "http://example.org/codelists/a.xml",
            "XYZ/../../codelists/a.xml",
        ] {
            assert_eq!(path(refused), None, "{refused}");
        }
    }

    #[test]
    fn lists_that_are_too_large_in_all_are_not_read() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let text = r#"<Dictionary><Definition><description>flat</description><name>1</name></Definition></Dictionary>"#;
        std::fs::write(folder.path().join("a.xml"), text).expect("the file can be written");
        std::fs::create_dir(folder.path().join("b.xml")).expect("a folder can be made");
        let lists = CodeLists::new(folder.path(), &ReadOptions::default());
        let list = |name: &str| lists.list(&name.into()).is_some();
        assert!(list("a.xml"));
        assert!(!list("b.xml"), "a folder is no list");
        lists.lists.lock().expect("no panic before").bytes = MAX_BYTES_IN_ALL;
        assert!(list("a.xml"), "it is known");
        assert!(!list("./a.xml"));
    }
}
