//! Reads attributes in any representation: normalized, concise, simplified, and those of NGSIv2.
//!
//! The representation is recognised attribute by attribute, because brokers mix them: an object with a known `type` is
//! normalized; one with GeoJSON `type` and `coordinates` is a geometry; one with `value`, `object`, … is concise;
//! anything else is a simplified value (ETSI GS CIM 009, 4.5).

use jiff::Timestamp;
use jiff::civil::DateTime;
use serde_json::{Map, Value};

use super::attribute::{AttributeInstance, AttributeKind, Attributes, NGSI_LD_NULL};
use super::attribute_value::{ValueMember, read_kind};
use super::context::Context;
use super::geometry::Geometry;
use crate::diagnostics::{Diagnostic, Diagnostics, Severity};

/// Properties of properties of properties … deeper than this are left out.
const MAX_DEPTH: usize = 8;

/// Members with a meaning of their own that the model has no field for.
const OTHER_RESERVED: &[&str] = &[
    "objectType",
    "entity",
    "entityList",
    "previousValue",
    "previousObject",
    "previousLanguageMap",
    "previousVocab",
    "previousJson",
    "previousValueList",
    "previousObjectList",
    "ngsildConf",
    "valueType",
    "lang",
];

/// Reads the attributes of one entity and reports what is odd about them.
pub(super) struct AttributeReader<'a> {
    pub context: &'a Context,
    pub diagnostics: &'a mut Diagnostics,
    pub entity_id: String,
}

impl AttributeReader<'_> {
    /// Reads every instance of one attribute and adds it to the others.
    pub fn read_into(&mut self, attributes: &mut Attributes, name: String, value: Value) {
        let name = self.context.compact(name);
        let instances = self.read(&name, value, 0);
        if !instances.is_empty() {
            attributes.entry(name).or_default().extend(instances);
        }
    }

    fn read(&mut self, name: &str, value: Value, depth: usize) -> Vec<AttributeInstance> {
        match value {
            Value::Array(items) if is_list_of_instances(&items) => items
                .into_iter()
                .filter_map(|item| self.read_instance(name, item, depth))
                .collect(),
            Value::Object(members) if is_dataset_map(&members) => {
                self.read_datasets(name, members, depth)
            }
            single => self
                .read_instance(name, single, depth)
                .into_iter()
                .collect(),
        }
    }

    /// `{"dataset": {"@none": 23.5, "urn:…": 24.1}}`, several instances in the simplified representation.
    fn read_datasets(
        &mut self,
        name: &str,
        mut members: Map<String, Value>,
        depth: usize,
    ) -> Vec<AttributeInstance> {
        let Some(Value::Object(datasets)) = members.remove("dataset") else {
            return Vec::new();
        };
        datasets
            .into_iter()
            .filter_map(|(dataset_id, value)| {
                let mut instance = self.read_instance(name, value, depth)?;
                instance.dataset_id = Some(dataset_id).filter(|id| id != "@none");
                Some(instance)
            })
            .collect()
    }

    /// Reads one instance; `None` when it says nothing.
    pub fn read_instance(
        &mut self,
        name: &str,
        value: Value,
        depth: usize,
    ) -> Option<AttributeInstance> {
        match value {
            Value::Null => {
                self.warn("LD-003", name, "the value is null; left out");
                None
            }
            Value::String(text) if text == NGSI_LD_NULL => {
                Some(AttributeInstance::new(AttributeKind::Null))
            }
            Value::Object(members) => self.read_object(name, members, depth),
            plain => Some(AttributeInstance::property(plain)),
        }
    }

    fn read_object(
        &mut self,
        name: &str,
        mut members: Map<String, Value>,
        depth: usize,
    ) -> Option<AttributeInstance> {
        let declared = members
            .get("type")
            .and_then(Value::as_str)
            .and_then(ValueMember::of_type);
        if declared.is_none() && Geometry::looks_like_geojson(&members) {
            let kind = read_kind(ValueMember::Geo, Value::Object(members), name, self)?;
            return Some(AttributeInstance::new(kind));
        }
        let Some((found, key)) = ValueMember::find(&members, declared) else {
            if declared.is_some() {
                self.warn("LD-003", name, "the attribute has no value; left out");
                return None;
            }
            return Some(AttributeInstance::property(Value::Object(members)));
        };
        let value = members.remove(key)?;
        if declared.is_some_and(|declared| declared.key() != key) {
            let message = format!("the attribute carries its value as '{key}'; read nevertheless");
            self.warn("LD-004", name, &message);
        }
        let member = match (declared, members.get("type").and_then(Value::as_str)) {
            (Some(ValueMember::Value), _) if is_geojson(&value) => {
                self.warn(
                    "LD-004",
                    name,
                    "a Property holds a geometry; read as a GeoProperty",
                );
                ValueMember::Geo
            }
            (Some(declared), _) => declared,
            (None, Some(foreign)) => {
                let member = ValueMember::of_ngsi_v2(foreign, &value, found);
                let message = format!("'{foreign}' is an NGSIv2 attribute type; read as its value");
                self.report("LD-008", Severity::Info, Some(name), &message);
                member
            }
            // A concise GeoProperty has its geometry as the value.
            (None, None) if is_geojson(&value) => ValueMember::Geo,
            (None, None) => found,
        };
        let kind = read_kind(member, value, name, self)?;
        let mut instance = AttributeInstance::new(kind);
        members.remove("type");
        for (key, value) in members {
            self.read_member(&mut instance, name, key, value, depth);
        }
        Some(instance)
    }

    fn read_member(
        &mut self,
        instance: &mut AttributeInstance,
        name: &str,
        key: String,
        value: Value,
        depth: usize,
    ) {
        match key.as_str() {
            "observedAt" => instance.observed_at = self.read_time(Some(name), &key, &value),
            "createdAt" => instance.created_at = self.read_time(Some(name), &key, &value),
            "modifiedAt" => instance.modified_at = self.read_time(Some(name), &key, &value),
            "deletedAt" => instance.deleted_at = self.read_time(Some(name), &key, &value),
            "unitCode" => instance.unit_code = self.read_string(name, &key, value),
            "instanceId" => instance.instance_id = self.read_string(name, &key, value),
            "datasetId" => {
                instance.dataset_id = self
                    .read_string(name, &key, value)
                    .filter(|id| id != "@none");
            }
            // NGSIv2 keeps what NGSI-LD has as members and sub-attributes in one place.
            "metadata" if value.is_object() => {
                if let Value::Object(metadata) = value {
                    for (key, value) in metadata {
                        self.read_v2_metadata(instance, name, key, value, depth);
                    }
                }
            }
            other if OTHER_RESERVED.contains(&other) || other.starts_with('@') => {
                instance.other_members.insert(key, value);
            }
            _ => self.read_sub_attribute(instance, name, key, value, depth),
        }
    }

    fn read_v2_metadata(
        &mut self,
        instance: &mut AttributeInstance,
        name: &str,
        key: String,
        mut value: Value,
        depth: usize,
    ) {
        let plain = value.get_mut("value").map(Value::take);
        match key.as_str() {
            "unitCode" => instance.unit_code = self.read_string(name, &key, plain.unwrap_or(value)),
            "TimeInstant" | "timestamp" => {
                instance.observed_at = self.read_time(Some(name), &key, &plain.unwrap_or(value));
            }
            _ => self.read_sub_attribute(instance, name, key, plain.unwrap_or(value), depth),
        }
    }

    fn read_sub_attribute(
        &mut self,
        instance: &mut AttributeInstance,
        name: &str,
        key: String,
        value: Value,
        depth: usize,
    ) {
        if depth >= MAX_DEPTH {
            self.warn(
                "LD-009",
                name,
                "properties of properties are nested too deep; left out",
            );
            return;
        }
        let key = self.context.compact(key);
        let instances = self.read(&key, value, depth + 1);
        if !instances.is_empty() {
            instance.sub_attributes.insert(key, instances);
        }
    }

    fn read_string(&mut self, name: &str, key: &str, value: Value) -> Option<String> {
        match value {
            Value::String(text) => Some(text),
            // `"unitCode": {"type": "Property", "value": "GQ"}`, seen in the wild.
            Value::Object(mut members) if members.get("value").is_some_and(Value::is_string) => {
                members
                    .remove("value")
                    .and_then(|text| text.as_str().map(str::to_owned))
            }
            other => {
                let message = format!("'{key}' should be a string and is {other}; left out");
                self.warn("LD-010", name, &message);
                None
            }
        }
    }

    /// Reads a time of the standard (4.6.3): RFC 3339. One without an offset is taken as UTC and reported.
    pub fn read_time(
        &mut self,
        attribute: Option<&str>,
        key: &str,
        value: &Value,
    ) -> Option<Timestamp> {
        let text = value
            .get("@value")
            .or_else(|| value.get("value"))
            .unwrap_or(value);
        let Some(text) = text.as_str() else {
            let message = format!("'{key}' should be a time and is {value}; left out");
            self.report("LD-005", Severity::Warning, attribute, &message);
            return None;
        };
        if let Ok(time) = text.parse::<Timestamp>() {
            return Some(time);
        }
        let in_utc = text
            .parse::<DateTime>()
            .ok()
            .and_then(|civil| civil.to_zoned(jiff::tz::TimeZone::UTC).ok())
            .map(|zoned| zoned.timestamp());
        let message = match in_utc {
            Some(_) => format!("'{key}' is '{text}' without an offset; taken as UTC"),
            None => format!("'{key}' is '{text}', which is no RFC 3339 time; left out"),
        };
        self.report("LD-005", Severity::Warning, attribute, &message);
        in_utc
    }

    pub fn warn(&mut self, code: &'static str, attribute: &str, message: &str) {
        self.report(code, Severity::Warning, Some(attribute), message);
    }

    pub fn report(
        &mut self,
        code: &'static str,
        severity: Severity,
        attribute: Option<&str>,
        message: &str,
    ) {
        self.diagnostics.push(Diagnostic {
            code,
            severity,
            message: message.to_owned(),
            entity_id: Some(self.entity_id.clone()),
            attribute: attribute.map(str::to_owned),
        });
    }
}

fn is_geojson(value: &Value) -> bool {
    value.as_object().is_some_and(Geometry::looks_like_geojson)
}

fn is_dataset_map(members: &Map<String, Value>) -> bool {
    members.len() == 1 && members.get("dataset").is_some_and(Value::is_object)
}

/// Several instances, as against a Property whose value is a list: each item says its attribute type, or looks like
/// nothing but a bare instance (a partial broker leaves `type` out, and a concise one may).
fn is_list_of_instances(items: &[Value]) -> bool {
    let is_instance = |item: &Value| {
        let Some(members) = item.as_object() else {
            return false;
        };
        let has_known_type = members
            .get("type")
            .and_then(Value::as_str)
            .and_then(ValueMember::of_type)
            .is_some();
        has_known_type
            || (ValueMember::find(members, None).is_some()
                && (members.contains_key("datasetId") || members.keys().all(|k| is_bare_member(k))))
    };
    !items.is_empty() && items.iter().all(is_instance)
}

fn is_bare_member(key: &str) -> bool {
    ValueMember::of_key(key).is_some()
        || matches!(
            key,
            "observedAt" | "unitCode" | "instanceId" | "createdAt" | "modifiedAt" | "deletedAt"
        )
}
