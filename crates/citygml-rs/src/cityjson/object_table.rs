//! The city objects of a document, not parsed yet, and how they are nested.

use std::collections::HashMap;
use std::ops::Range;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::raw_map::RawMap;
use crate::codes::{self, DiagnosticCode};

/// `CityObjects` of one CityJSON document or one CityJSONFeature, with the vertices they share.
///
/// It owns the text and keeps places in it, so that objects are parsed one at a time when they are asked for.
#[derive(Debug)]
pub(super) struct ObjectTable {
    text: String,
    pub(super) entries: Vec<Entry>,
    /// In the source reference system; the transform is applied.
    pub(super) vertices: Vec<[f64; 3]>,
    /// Indices of the top-level objects, in document order.
    pub(super) roots: Vec<usize>,
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    place: Range<usize>,
    /// 1-based line in the file.
    pub(super) line: u64,
    pub(super) children: Vec<usize>,
}

/// Something wrong with one object of the table.
#[derive(Debug)]
pub(super) struct TableFault {
    pub(super) code: DiagnosticCode,
    pub(super) key: String,
    pub(super) line: u64,
    pub(super) message: String,
}

/// `transform`: vertices are integers that become coordinates by it (CityJSON 2.0, 4).
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Transform {
    scale: [f64; 3],
    translate: [f64; 3],
}

/// The part of a city object that tells its place in the hierarchy.
#[derive(Deserialize)]
struct Relations {
    #[serde(rename = "type")]
    object_type: String,
    #[serde(default)]
    parents: Vec<String>,
    #[serde(default)]
    children: Vec<String>,
}

impl ObjectTable {
    /// Builds the table from the text of a document whose first line is line `first_line` of the file.
    ///
    /// Objects that are not as the standard says come back as faults and are left out.
    pub(super) fn new(
        text: String,
        first_line: u64,
        transform: Option<Transform>,
    ) -> Result<(Self, Vec<TableFault>), serde_json::Error> {
        let mut faults = Vec::new();
        let document: RawMap<'_> = serde_json::from_str(&text)?;
        let vertices = match document.get("vertices") {
            Some(vertices) => read_vertices(vertices, transform)?,
            None => Vec::new(),
        };
        let objects: RawMap<'_> = match document.get("CityObjects") {
            Some(objects) => serde_json::from_str(objects.get())?,
            None => RawMap::default(),
        };
        let mut entries = Vec::with_capacity(objects.0.len());
        let mut relations = Vec::with_capacity(objects.0.len());
        let mut lines = LineCounter {
            text: &text,
            offset: 0,
            line: first_line,
        };
        for (key, value) in objects.0 {
            let start = offset_in(&text, value.get());
            let line = lines.line_at(start);
            match serde_json::from_str::<Relations>(value.get()) {
                Ok(found) => {
                    relations.push(found);
                    entries.push(Entry {
                        key,
                        place: start..start + value.get().len(),
                        line,
                        children: Vec::new(),
                    });
                }
                Err(error) => {
                    faults.push(TableFault {
                        code: codes::BROKEN_OBJECT,
                        message: error.to_string(),
                        key,
                        line,
                    });
                }
            }
        }
        let roots = nest(&mut entries, &relations, &mut faults);
        Ok((
            Self {
                text,
                entries,
                vertices,
                roots,
            },
            faults,
        ))
    }

    /// The JSON of one object.
    pub(super) fn json(&self, index: usize) -> &str {
        &self.text[self.entries[index].place.clone()]
    }
}

/// Coordinates of a vertex list, through the transform.
pub(super) fn read_vertices(
    vertices: &RawValue,
    transform: Option<Transform>,
) -> Result<Vec<[f64; 3]>, serde_json::Error> {
    let mut vertices: Vec<[f64; 3]> = serde_json::from_str(vertices.get())?;
    if let Some(Transform { scale, translate }) = transform {
        for vertex in &mut vertices {
            for axis in 0..3 {
                vertex[axis] = vertex[axis] * scale[axis] + translate[axis];
            }
        }
    }
    Ok(vertices)
}

/// Connects children with their parents and gives the objects that have none.
fn nest(
    entries: &mut [Entry],
    relations: &[Relations],
    faults: &mut Vec<TableFault>,
) -> Vec<usize> {
    let mut index_of: HashMap<&str, usize> = HashMap::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        if index_of.insert(&entry.key, index).is_some() {
            faults.push(fault(
                codes::DUPLICATE_KEY,
                entry,
                "the key was used before in this file".to_owned(),
            ));
        }
    }
    // Members of a group stand on their own: belonging to a group is no composition (CityJSON 2.0, 2.3).
    let is_group = |index: usize| relations[index].object_type == "CityObjectGroup";

    let mut parent_of: Vec<Option<usize>> = vec![None; entries.len()];
    for (index, relation) in relations.iter().enumerate() {
        for parent in &relation.parents {
            match index_of.get(parent.as_str()) {
                Some(&parent) if is_group(parent) || parent == index => {}
                Some(&parent) => {
                    parent_of[index].get_or_insert(parent);
                }
                None => {
                    let message = format!("the parent {parent:?} does not exist");
                    faults.push(fault(codes::BROKEN_HIERARCHY, &entries[index], message));
                }
            }
        }
    }
    for (index, relation) in relations.iter().enumerate() {
        for child in &relation.children {
            match index_of.get(child.as_str()) {
                Some(&child) if !is_group(index) && child != index => {
                    parent_of[child].get_or_insert(index);
                }
                Some(_) => {}
                None => {
                    let message = format!("the child {child:?} does not exist");
                    faults.push(fault(codes::BROKEN_HIERARCHY, &entries[index], message));
                }
            }
        }
    }
    for index in 0..entries.len() {
        if is_own_ancestor(index, &parent_of) {
            parent_of[index] = None;
            let message =
                "the object is among its own ancestors; it is taken as top-level".to_owned();
            faults.push(fault(codes::BROKEN_HIERARCHY, &entries[index], message));
        }
    }
    let mut roots = Vec::new();
    for (index, parent) in parent_of.into_iter().enumerate() {
        match parent {
            Some(parent) => entries[parent].children.push(index),
            None => roots.push(index),
        }
    }
    roots
}

fn is_own_ancestor(index: usize, parent_of: &[Option<usize>]) -> bool {
    let mut ancestor = parent_of[index];
    // Parents further up may run in a circle of their own; so no more steps than there are objects.
    for _ in 0..parent_of.len() {
        match ancestor {
            Some(found) if found == index => return true,
            Some(found) => ancestor = parent_of[found],
            None => return false,
        }
    }
    false
}

fn fault(code: DiagnosticCode, entry: &Entry, message: String) -> TableFault {
    TableFault {
        code,
        key: entry.key.clone(),
        line: entry.line,
        message,
    }
}

/// Where `part` begins in `text`, which it was borrowed from.
fn offset_in(text: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize)
}

/// Lines of places that come in order, in one pass over the text.
struct LineCounter<'a> {
    text: &'a str,
    offset: usize,
    line: u64,
}

impl LineCounter<'_> {
    fn line_at(&mut self, offset: usize) -> u64 {
        let passed = self
            .text
            .as_bytes()
            .get(self.offset..offset)
            .unwrap_or_default();
        self.line += passed.iter().filter(|&&byte| byte == b'\n').count() as u64;
        self.offset = offset;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> (ObjectTable, Vec<TableFault>) {
        ObjectTable::new(text.to_owned(), 1, None).expect("the text is JSON")
    }

    #[test]
    fn parts_hang_under_their_building_whichever_side_tells() {
        let (table, faults) = table(
            r#"{"CityObjects": {
                "part-1": {"type": "BuildingPart", "parents": ["house"]},
                "house": {"type": "Building", "children": ["part-2"]},
                "part-2": {"type": "BuildingPart"}
            }}"#,
        );
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(table.roots, [1]);
        assert_eq!(table.entries[1].children, [0, 2]);
        assert_eq!(table.entries[2].line, 4);
    }

    #[test]
    fn members_of_a_group_stay_top_level() {
        let (table, _) = table(
            r#"{"CityObjects": {
                "group": {"type": "CityObjectGroup", "children": ["house"]},
                "house": {"type": "Building", "parents": ["group"]}
            }}"#,
        );
        assert_eq!(table.roots, [0, 1]);
    }

    #[test]
    fn circles_and_missing_relatives_are_faults_not_losses() {
        let (table, faults) = table(
            r#"{"CityObjects": {
                "a": {"type": "Building", "parents": ["b"]},
                "b": {"type": "Building", "parents": ["a"], "children": ["nobody"]},
                "c": {"type": 7}
            }}"#,
        );
        assert_eq!(table.roots, [0]);
        assert_eq!(table.entries[0].children, [1]);
        let found: Vec<_> = faults
            .iter()
            .map(|fault| (fault.code.code, fault.key.as_str()))
            .collect();
        assert_eq!(found, [("CJ-006", "c"), ("CJ-004", "b"), ("CJ-004", "a")]);
    }
}
