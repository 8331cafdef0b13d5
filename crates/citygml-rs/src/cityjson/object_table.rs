//! The city objects of a document, not parsed yet, and how they are nested.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::appearance::Appearance;
use super::fault::{Fault, PlacedFault};
use super::hierarchy::nest;
use super::raw_map::RawMap;
use super::vertices::{Transform, read_vertices};
use crate::Envelope;
use crate::codes;

/// `CityObjects` of one CityJSON document or one CityJSONFeature, with the vertices they share.
///
/// It owns the text and keeps places in it, so that objects are parsed one at a time when they are asked for.
#[derive(Debug)]
pub(super) struct ObjectTable {
    text: String,
    pub(super) entries: Vec<Entry>,
    /// In the source reference system; the transform is applied.
    pub(super) vertices: Vec<[f64; 3]>,
    /// Materials and textures that the objects refer to.
    pub(super) appearance: Arc<Appearance>,
    /// Indices of the top-level objects, in document order.
    pub(super) roots: Vec<usize>,
    /// Time series of the Dynamizer extension, by key.
    series: HashMap<String, usize>,
}

#[derive(Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    place: Range<usize>,
    /// 1-based line in the file.
    pub(super) line: u64,
    pub(super) object_type: Arc<str>,
    pub(super) children: Vec<usize>,
}

/// What an object says about its place in the hierarchy, by keys.
#[derive(Debug, Default)]
pub(super) struct Claims {
    pub(super) is_group: bool,
    /// Whether this is a time series of the Dynamizer extension.
    pub(super) is_series: bool,
    pub(super) parents: Vec<String>,
    pub(super) children: Vec<String>,
    /// Objects of the Dynamizer extension that are part of this one.
    pub(super) parts: Vec<String>,
    /// Object that a dynamizer varies.
    pub(super) target: Option<String>,
}

/// What a table takes over from the head of the file.
pub(super) struct Inherited<'a> {
    pub(super) transform: Option<Transform>,
    /// Whether the version wants a transform: all since 1.1.
    pub(super) needs_transform: bool,
    pub(super) appearance: &'a Arc<Appearance>,
    /// Whether the head was read from the same text, and its appearance with it.
    pub(super) is_own_head: bool,
    pub(super) max_depth: usize,
}

impl Entry {
    pub(super) fn new(key: String, place: Range<usize>, line: u64) -> Self {
        Self {
            key,
            place,
            line,
            object_type: Arc::default(),
            children: Vec::new(),
        }
    }

    /// A fault of this object.
    pub(super) fn fault(&self, fault: Fault) -> PlacedFault {
        PlacedFault {
            fault,
            key: Some(self.key.clone()),
            line: self.line,
        }
    }
}

impl ObjectTable {
    /// Builds the table from the text of a document whose first line is line `first_line` of the file.
    ///
    /// Objects that are not as the standard says come back as faults and are left out.
    pub(super) fn new(
        mut text: String,
        first_line: u64,
        inherited: &Inherited<'_>,
    ) -> Result<(Self, Vec<PlacedFault>), serde_json::Error> {
        let mut document_faults = Vec::new();
        let document: RawMap<'_> = serde_json::from_str(&text)?;
        if let Some(key) = document.repeated_key() {
            let message = format!("the document has {key:?} twice; the first counts");
            document_faults.push(Fault::new(codes::DUPLICATE_KEY, message));
        }
        let vertices = match document.get("vertices") {
            Some(json) => read_vertices(json, inherited.transform, &mut document_faults),
            None => Vec::new(),
        };
        let has_transform = inherited.transform.is_some() || !inherited.needs_transform;
        if !vertices.is_empty() && !has_transform {
            let message =
                "there is no transform that could be used; vertices are taken as coordinates";
            document_faults.push(Fault::new(codes::TRANSFORM, message));
        }
        // A feature has an appearance of its own; the first line of a sequence has one for templates.
        let appearance = match document.get("appearance") {
            Some(json) if !inherited.is_own_head => {
                Arc::new(Appearance::read(json, &mut document_faults))
            }
            _ => Arc::clone(inherited.appearance),
        };
        let objects: RawMap<'_> = match document.get("CityObjects") {
            Some(json) => serde_json::from_str(json.get()).unwrap_or_else(|error| {
                let message = format!("CityObjects is no object: {error}");
                document_faults.push(Fault::new(codes::BROKEN_OBJECT, message));
                RawMap::default()
            }),
            None => RawMap::default(),
        };
        if let Some(id) = document.parse::<String>("id")
            && document.parse::<String>("type").as_deref() == Some("CityJSONFeature")
            && !objects.0.iter().any(|(key, _)| *key == id)
        {
            let message = format!("none of the objects of this feature has its id {id:?}");
            document_faults.push(Fault::new(codes::FEATURE, message));
        }
        let mut faults: Vec<PlacedFault> = document_faults
            .into_iter()
            .map(|fault| PlacedFault {
                fault,
                key: None,
                line: first_line,
            })
            .collect();
        let mut entries = Vec::with_capacity(objects.0.len());
        let mut claims = Vec::with_capacity(objects.0.len());
        let mut types = HashSet::new();
        let mut lines = LineCounter {
            text: &text,
            offset: 0,
            line: first_line,
        };
        for (key, value) in objects.0 {
            let start = offset_in(&text, value.get());
            let mut entry = Entry::new(key, start..start + value.get().len(), lines.line_at(start));
            match Claims::read(value) {
                Ok((object_type, found, fault)) => {
                    entry.object_type = shared_name(&mut types, object_type);
                    faults.extend(fault.map(|fault| entry.fault(fault)));
                    claims.push(found);
                    entries.push(entry);
                }
                Err(fault) => faults.push(entry.fault(fault)),
            }
        }
        let roots = nest(&mut entries, &claims, inherited.max_depth, &mut faults);
        let series = claims
            .iter()
            .zip(&entries)
            .enumerate()
            .filter(|(_, (claim, _))| claim.is_series)
            .map(|(index, (_, entry))| (entry.key.clone(), index))
            .collect();
        // Vertices mostly come last; they are parsed and need no text any more.
        let end = entries.iter().map(|entry| entry.place.end).max();
        text.truncate(end.unwrap_or(0));
        text.shrink_to_fit();
        let table = Self {
            text,
            entries,
            vertices,
            appearance,
            roots,
            series,
        };
        Ok((table, faults))
    }

    /// The JSON of one object.
    pub(super) fn json(&self, index: usize) -> &str {
        &self.text[self.entries[index].place.clone()]
    }

    /// `geographicalExtent` of one object, where it has one.
    pub(super) fn extent(&self, index: usize) -> Option<Envelope> {
        let members: RawMap<'_> = serde_json::from_str(self.json(index)).ok()?;
        let extent: [f64; 6] = members.parse("geographicalExtent")?;
        Some(Envelope {
            srs_name: None,
            lower_corner: extent[..3].to_vec(),
            upper_corner: extent[3..].to_vec(),
        })
    }

    /// The JSON of the time series with this key.
    pub(super) fn series(&self, key: &str) -> Option<&str> {
        self.series.get(key).map(|&index| self.json(index))
    }
}

impl Claims {
    /// Reads type and place of an object, and what is wrong with the latter; an error if it is no city object at all.
    fn read(json: &RawValue) -> Result<(String, Self, Option<Fault>), Fault> {
        let broken = |message: String| Fault::new(codes::BROKEN_OBJECT, message);
        let members: RawMap<'_> = serde_json::from_str(json.get())
            .map_err(|error| broken(format!("this is no city object: {error}")))?;
        let object_type: String = members
            .parse("type")
            .ok_or_else(|| broken("the object has no type".to_owned()))?;
        let mut fault = None;
        let mut keys = |name: &str| {
            members.get(name).map_or_else(Vec::new, |json| {
                serde_json::from_str(json.get()).unwrap_or_else(|error| {
                    let message = format!("{name} are no list of keys: {error}");
                    fault = Some(Fault::new(codes::BROKEN_HIERARCHY, message));
                    Vec::new()
                })
            })
        };
        let mut claims = Self {
            is_group: object_type == "CityObjectGroup",
            is_series: object_type.starts_with('+') && object_type.ends_with("Timeseries"),
            parents: keys("parents"),
            children: keys("children"),
            ..Self::default()
        };
        if let Some(attributes) = members.get("attributes")
            && (object_type.starts_with('+') || attributes.get().contains("\"+dynamizer\""))
        {
            claims.read_dynamizer(&object_type, attributes);
        }
        Ok((object_type, claims, fault))
    }

    /// The Dynamizer extension refers by attributes: from objects to dynamizers, from these to series.
    fn read_dynamizer(&mut self, object_type: &str, attributes: &RawValue) {
        #[derive(Deserialize)]
        struct Component {
            timeseries: String,
        }

        let attributes: RawMap<'_> = serde_json::from_str(attributes.get()).unwrap_or_default();
        match object_type {
            "+Dynamizer" => {
                self.parts.extend(attributes.parse::<String>("dynamicData"));
                self.target = attributes.parse("target");
            }
            "+CompositeTimeseries" => {
                let components: Vec<Component> = attributes.parse("component").unwrap_or_default();
                let series = components.into_iter().map(|component| component.timeseries);
                self.parts.extend(series);
            }
            _ => self.parts.extend(
                attributes
                    .parse::<Vec<String>>("+dynamizer")
                    .unwrap_or_default(),
            ),
        }
    }
}

/// One copy of each name for all that have it.
fn shared_name(names: &mut HashSet<Arc<str>>, name: String) -> Arc<str> {
    match names.get(name.as_str()) {
        Some(name) => Arc::clone(name),
        None => {
            let name: Arc<str> = name.into();
            names.insert(Arc::clone(&name));
            name
        }
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

    fn table(text: &str) -> (ObjectTable, Vec<PlacedFault>) {
        let inherited = Inherited {
            transform: None,
            needs_transform: false,
            appearance: &Arc::default(),
            is_own_head: false,
            max_depth: 16,
        };
        ObjectTable::new(text.to_owned(), 1, &inherited).expect("the text is JSON")
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
                "c": {"type": 7},
                "d": {"type": "Building", "parents": "a"}
            }}"#,
        );
        assert_eq!(table.roots, [0, 2]);
        assert_eq!(table.entries[0].children, [1]);
        let found: Vec<_> = faults
            .iter()
            .map(|placed| (placed.fault.code.code, placed.key.as_deref().unwrap_or("")))
            .collect();
        assert_eq!(
            found,
            [
                ("CJ-006", "c"),
                ("CJ-004", "d"),
                ("CJ-004", "b"),
                ("CJ-004", "a")
            ]
        );
    }
}
