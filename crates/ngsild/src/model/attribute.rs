//! Attributes of an entity (ETSI GS CIM 009, 4.5): what a value is, and what is known about it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::geometry::Geometry;
use super::unit::unit_symbol;

/// Attributes by name, in the order of their names. Each has one instance, or several told apart by `datasetId`
/// (4.5.5); in a temporal evolution each has one instance per observation.
pub type Attributes = BTreeMap<String, Vec<AttributeInstance>>;

/// How NGSI-LD writes "this is gone" inside JSON-LD, where a JSON null would vanish (4.5.0).
pub const NGSI_LD_NULL: &str = "urn:ngsi-ld:null";

/// What an attribute says.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum AttributeKind {
    /// A value of any JSON shape (4.5.2).
    Property(Value),
    /// The ids of the entities it points to; mostly one (4.5.3).
    Relationship(Vec<String>),
    /// A geometry in WGS 84 (4.7).
    Geo(Geometry),
    /// Texts by language tag, each one string or several (4.5.18).
    Language(BTreeMap<String, Vec<String>>),
    /// A term, or several, of a vocabulary (4.5.20).
    Vocabulary(Value),
    /// JSON that is not to be looked into (4.5.24).
    Json(Value),
    /// An ordered list of values (4.5.21).
    List(Vec<Value>),
    /// An ordered list of entity ids (4.5.22).
    ListRelationship(Vec<String>),
    /// The attribute was deleted: the NGSI-LD Null of a patch or a notification (4.5.0).
    Null,
}

impl AttributeKind {
    /// The `type` member of the normalized representation; an NGSI-LD Null passes as a Property.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Property(_) | Self::Null => "Property",
            Self::Relationship(_) => "Relationship",
            Self::Geo(_) => "GeoProperty",
            Self::Language(_) => "LanguageProperty",
            Self::Vocabulary(_) => "VocabProperty",
            Self::Json(_) => "JsonProperty",
            Self::List(_) => "ListProperty",
            Self::ListRelationship(_) => "ListRelationship",
        }
    }
}

/// One instance of an attribute with what is known about it.
#[derive(Debug, Clone, PartialEq)]
pub struct AttributeInstance {
    /// What it says.
    pub kind: AttributeKind,
    /// Which of several instances it is; the default instance has none.
    pub dataset_id: Option<String>,
    /// When it was observed.
    pub observed_at: Option<Timestamp>,
    /// UN/CEFACT code of the unit.
    pub unit_code: Option<String>,
    /// When the broker first knew it.
    pub created_at: Option<Timestamp>,
    /// When the broker last changed it.
    pub modified_at: Option<Timestamp>,
    /// When it was deleted, in notifications and temporal answers.
    pub deleted_at: Option<Timestamp>,
    /// Id of this instance in a temporal evolution.
    pub instance_id: Option<String>,
    /// Properties of this property and relationships of it.
    pub sub_attributes: Attributes,
    /// Members the standard reserves but this model has no field for (`objectType`, `previousValue`, …), as they came.
    pub other_members: Map<String, Value>,
}

impl AttributeInstance {
    /// An instance of which nothing but its value is known.
    pub fn new(kind: AttributeKind) -> Self {
        Self {
            kind,
            dataset_id: None,
            observed_at: None,
            unit_code: None,
            created_at: None,
            modified_at: None,
            deleted_at: None,
            instance_id: None,
            sub_attributes: Attributes::new(),
            other_members: Map::new(),
        }
    }

    /// A Property.
    pub fn property(value: impl Into<Value>) -> Self {
        Self::new(AttributeKind::Property(value.into()))
    }

    /// A GeoProperty.
    pub fn geo(geometry: Geometry) -> Self {
        Self::new(AttributeKind::Geo(geometry))
    }

    /// A Relationship to one entity.
    pub fn relationship(target_id: impl Into<String>) -> Self {
        Self::new(AttributeKind::Relationship(vec![target_id.into()]))
    }

    /// The same, observed at a time.
    pub fn observed_at(self, observed_at: Timestamp) -> Self {
        Self {
            observed_at: Some(observed_at),
            ..self
        }
    }

    /// The same with a UN/CEFACT unit code.
    pub fn unit_code(self, unit_code: impl Into<String>) -> Self {
        Self {
            unit_code: Some(unit_code.into()),
            ..self
        }
    }

    /// The same as one of several instances.
    pub fn dataset_id(self, dataset_id: impl Into<String>) -> Self {
        Self {
            dataset_id: Some(dataset_id.into()),
            ..self
        }
    }

    /// Whether it says that the attribute is gone.
    pub fn is_deleted(&self) -> bool {
        self.deleted_at.is_some() || matches!(self.kind, AttributeKind::Null)
    }

    /// The number it holds, in the unit of `unit_code`.
    pub fn as_number(&self) -> Option<f64> {
        match &self.kind {
            AttributeKind::Property(value) => plain_value(value).as_f64(),
            _ => None,
        }
    }

    /// The text it holds: a string, a vocabulary term, or the text in no language, in English, else in the first.
    pub fn as_text(&self) -> Option<&str> {
        match &self.kind {
            AttributeKind::Property(value) | AttributeKind::Vocabulary(value) => {
                plain_value(value).as_str()
            }
            AttributeKind::Language(texts) => ["@none", "en"]
                .iter()
                .find_map(|tag| texts.get(*tag))
                .or_else(|| texts.values().next())
                .and_then(|texts| texts.first())
                .map(String::as_str),
            _ => None,
        }
    }

    /// The geometry it holds.
    pub fn as_geometry(&self) -> Option<&Geometry> {
        match &self.kind {
            AttributeKind::Geo(geometry) => Some(geometry),
            _ => None,
        }
    }

    /// The ids of the entities it points to. The simplified representation does not tell a relationship from a text,
    /// so texts that are URIs count.
    pub fn targets(&self) -> Vec<&str> {
        match &self.kind {
            AttributeKind::Relationship(ids) | AttributeKind::ListRelationship(ids) => {
                ids.iter().map(String::as_str).collect()
            }
            AttributeKind::Property(Value::Array(items)) => items
                .iter()
                .filter_map(Value::as_str)
                .filter(|id| is_uri(id))
                .collect(),
            AttributeKind::Property(Value::String(id)) if is_uri(id) => vec![id],
            _ => Vec::new(),
        }
    }

    /// The unit as people write it: the symbol of a known code, else the code itself; `None` without a code.
    pub fn unit_symbol(&self) -> Option<Cow<'_, str>> {
        let code = self.unit_code.as_deref()?;
        Some(Cow::Borrowed(unit_symbol(code).unwrap_or(code)))
    }

    /// The moment by which it is told newer from older: observed, else changed at the broker.
    pub fn effective_time(&self) -> Option<Timestamp> {
        self.observed_at.or(self.modified_at)
    }
}

/// Unwraps a JSON-LD typed value, `{"@type": "DateTime", "@value": …}`.
pub(crate) fn plain_value(value: &Value) -> &Value {
    value.get("@value").unwrap_or(value)
}

/// Whether a text is an absolute URI (RFC 3986): a scheme, a colon and something after it, and no white space.
pub fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    !rest.is_empty()
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
        && !text.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn uris_are_told_from_texts() {
        for uri in [
            "urn:ngsi-ld:Sensor:1",
            "https://example.org/x",
            "mailto:a@b",
        ] {
            assert!(is_uri(uri), "{uri}");
        }
        for text in ["", "noise", "two words: no", "1st:x", "urn:", ":x"] {
            assert!(!is_uri(text), "{text}");
        }
    }

    #[test]
    fn simplified_relationships_are_found_in_texts() {
        let one = AttributeInstance::property("urn:ngsi-ld:Building:7");
        assert_eq!(one.targets(), ["urn:ngsi-ld:Building:7"]);
        let many = AttributeInstance::property(json!(["urn:a:b", "not one", 3]));
        assert_eq!(many.targets(), ["urn:a:b"]);
    }

    #[test]
    fn typed_values_are_unwrapped() {
        let typed = AttributeInstance::property(json!({"@type": "Float", "@value": 2.5}));
        assert_eq!(typed.as_number(), Some(2.5));
    }

    #[test]
    fn an_unknown_unit_code_is_shown_as_it_stands() {
        let value = AttributeInstance::property(1).unit_code("kg");
        assert_eq!(value.unit_symbol().as_deref(), Some("kg"));
        assert_eq!(AttributeInstance::property(1).unit_symbol(), None);
    }
}
