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
    lists: Mutex<HashMap<Arc<str>, Option<Arc<CodeList>>>>,
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
        if let Some(known) = lists.get(code_space) {
            return known.clone();
        }
        if lists.len() >= MAX_LISTS {
            return None;
        }
        let list = self.read(code_space).map(Arc::new);
        lists.insert(Arc::clone(code_space), list.clone());
        list
    }

    /// Reads a list; one that is not there or is no dictionary resolves nothing.
    fn read(&self, code_space: &str) -> Option<CodeList> {
        let file = File::open(code_list_path(&self.folder, code_space)?).ok()?;
        let mut source = BufReader::new(file.take(MAX_BYTES));
        let is_xml = source.fill_buf().ok()?.contains(&b'<');
        let list = is_xml.then(|| read_dictionary(source, &self.options))??;
        (!list.is_empty()).then_some(list)
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
}
