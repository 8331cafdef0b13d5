//! Reads the value of an attribute: which member holds it, and what the standard wants to see there.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::attribute::{AttributeKind, NGSI_LD_NULL};
use super::attribute_reader::AttributeReader;
use super::geometry::Geometry;

/// The member of an attribute that holds its value, which tells its kind (ETSI GS CIM 009, 4.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ValueMember {
    Value,
    Geo,
    Object,
    LanguageMap,
    Vocab,
    Json,
    ValueList,
    ObjectList,
}

/// Kinds with a member of their own, and its name.
const MEMBERS: [(ValueMember, &str); 7] = [
    (ValueMember::Value, "value"),
    (ValueMember::Object, "object"),
    (ValueMember::LanguageMap, "languageMap"),
    (ValueMember::Vocab, "vocab"),
    (ValueMember::Json, "json"),
    (ValueMember::ValueList, "valueList"),
    (ValueMember::ObjectList, "objectList"),
];

impl ValueMember {
    /// By the `type` of a normalized attribute, short or as an IRI of the core context.
    pub fn of_type(name: &str) -> Option<Self> {
        let name = name
            .strip_prefix("https://uri.etsi.org/ngsi-ld/")
            .or_else(|| name.strip_prefix("ngsi-ld:"))
            .unwrap_or(name);
        Some(match name {
            "Property" => Self::Value,
            "GeoProperty" => Self::Geo,
            "Relationship" => Self::Object,
            "LanguageProperty" => Self::LanguageMap,
            "VocabProperty" => Self::Vocab,
            "JsonProperty" => Self::Json,
            "ListProperty" => Self::ValueList,
            "ListRelationship" => Self::ObjectList,
            _ => return None,
        })
    }

    /// By the name of the member.
    pub fn of_key(key: &str) -> Option<Self> {
        MEMBERS
            .iter()
            .find(|(_, name)| *name == key)
            .map(|(member, _)| *member)
    }

    /// An NGSIv2 attribute has any type and its value in `value`.
    pub fn of_ngsi_v2(type_name: &str, value: &Value, found: Self) -> Self {
        match (type_name, value) {
            (_, Value::Object(members)) if Geometry::looks_like_geojson(members) => Self::Geo,
            ("geo:json", _) => Self::Geo,
            _ => found,
        }
    }

    /// The name of the member.
    pub fn key(self) -> &'static str {
        match self {
            Self::Value | Self::Geo => "value",
            Self::Object => "object",
            Self::LanguageMap => "languageMap",
            Self::Vocab => "vocab",
            Self::Json => "json",
            Self::ValueList => "valueList",
            Self::ObjectList => "objectList",
        }
    }

    /// Finds the member that holds the value: the one its declared kind wants, else any other.
    pub fn find(
        members: &Map<String, Value>,
        declared: Option<Self>,
    ) -> Option<(Self, &'static str)> {
        if let Some(declared) = declared
            && members.contains_key(declared.key())
        {
            return Some((declared, declared.key()));
        }
        MEMBERS
            .iter()
            .find(|(member, key)| {
                members
                    .get(*key)
                    .is_some_and(|value| declared.is_some() || member.suits(value))
            })
            .copied()
    }

    /// Whether an undeclared member is what its name says, and not a field of some plain JSON value.
    fn suits(self, value: &Value) -> bool {
        match self {
            Self::Object => ids(value).is_some(),
            Self::LanguageMap => value.is_object(),
            Self::ValueList | Self::ObjectList => value.is_array(),
            _ => true,
        }
    }
}

/// Reads a value as a kind; what does not fit is kept as the plain value of a Property and reported.
pub(super) fn read_kind(
    member: ValueMember,
    value: Value,
    name: &str,
    reader: &mut AttributeReader<'_>,
) -> Option<AttributeKind> {
    if is_null_marker(&value) {
        return Some(AttributeKind::Null);
    }
    if value.is_null() {
        reader.warn("LD-003", name, "the value is null; left out");
        return None;
    }
    let misfit = |reader: &mut AttributeReader<'_>, value: Value, wanted: &str| {
        let message = format!("the value is not {wanted}; kept as it stands");
        reader.warn("LD-010", name, &message);
        Some(AttributeKind::Property(value))
    };
    match member {
        ValueMember::Value => Some(AttributeKind::Property(value)),
        ValueMember::Vocab => Some(AttributeKind::Vocabulary(value)),
        ValueMember::Json => Some(AttributeKind::Json(value)),
        ValueMember::Geo => Some(read_geometry(value, name, reader)),
        ValueMember::Object => match ids(&value) {
            Some(ids) => Some(AttributeKind::Relationship(ids)),
            None => misfit(reader, value, "the id of an entity"),
        },
        ValueMember::ObjectList => match ids(&value) {
            Some(ids) => Some(AttributeKind::ListRelationship(ids)),
            None => misfit(reader, value, "a list of entity ids"),
        },
        ValueMember::ValueList => match value {
            Value::Array(items) => Some(AttributeKind::List(items)),
            other => misfit(reader, other, "a list"),
        },
        ValueMember::LanguageMap => match texts_by_language(&value) {
            Some(texts) => Some(AttributeKind::Language(texts)),
            None => misfit(reader, value, "a map of texts by language"),
        },
    }
}

fn read_geometry(value: Value, name: &str, reader: &mut AttributeReader<'_>) -> AttributeKind {
    // Some brokers and v2 bridges hand the GeoJSON over as a string.
    let parsed = match &value {
        Value::String(text) => serde_json::from_str(text).ok(),
        _ => None,
    };
    match Geometry::from_geojson(parsed.as_ref().unwrap_or(&value)) {
        Ok(geometry) => {
            if !geometry.is_on_earth() {
                let message = "a position lies outside longitude ±180°, latitude ±90°; \
                               the two may be in the wrong order";
                reader.warn("LD-007", name, message);
            }
            AttributeKind::Geo(geometry)
        }
        Err(reason) => {
            let message = format!("the geometry cannot be read, {reason}; kept as a plain value");
            reader.warn("LD-006", name, &message);
            AttributeKind::Property(value)
        }
    }
}

fn is_null_marker(value: &Value) -> bool {
    match value {
        Value::String(text) => text == NGSI_LD_NULL,
        Value::Object(members) => {
            members.len() == 1 && members.get("@none").and_then(Value::as_str) == Some(NGSI_LD_NULL)
        }
        _ => false,
    }
}

/// One id, several, or several as `{"object": …}` (the normalized `objectList`).
fn ids(value: &Value) -> Option<Vec<String>> {
    let one = |value: &Value| {
        value
            .as_str()
            .or_else(|| value.get("object").and_then(Value::as_str))
            .map(str::to_owned)
    };
    match value {
        Value::String(id) => Some(vec![id.clone()]),
        Value::Array(items) => items.iter().map(one).collect(),
        _ => None,
    }
}

fn texts_by_language(value: &Value) -> Option<BTreeMap<String, Vec<String>>> {
    match value {
        // A broker that was asked for one language answers with the text alone.
        Value::String(text) => Some(BTreeMap::from([("@none".to_owned(), vec![text.clone()])])),
        Value::Object(members) => members
            .iter()
            .map(|(tag, texts)| {
                let texts = match texts {
                    Value::String(text) => Some(vec![text.clone()]),
                    Value::Array(items) => items
                        .iter()
                        .map(|t| t.as_str().map(str::to_owned))
                        .collect(),
                    _ => None,
                };
                Some((tag.clone(), texts?))
            })
            .collect(),
        _ => None,
    }
}
