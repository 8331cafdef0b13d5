//! Writes entities as normalized, concise or simplified JSON (ETSI GS CIM 009, 4.5).

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::attribute::{AttributeInstance, AttributeKind, NGSI_LD_NULL};
use super::entity::Entity;

/// The three ways to write an entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Representation {
    /// Everything, each attribute with its type.
    #[default]
    Normalized,
    /// Everything that is not implied.
    Concise,
    /// Values alone, also named keyValues.
    #[serde(alias = "keyValues")]
    Simplified,
}

impl Entity {
    /// Writes it, with or without the times the broker keeps (`createdAt`, `modifiedAt`).
    pub fn to_value(&self, representation: Representation, with_system_times: bool) -> Value {
        let writer = Writer {
            representation,
            with_system_times,
        };
        let mut members = Map::new();
        members.insert("id".to_owned(), json!(self.id));
        if !self.entity_types.is_empty() {
            members.insert("type".to_owned(), one_or_many(&self.entity_types));
        }
        if !self.scopes.is_empty() {
            members.insert("scope".to_owned(), one_or_many(&self.scopes));
        }
        if with_system_times {
            insert_time(&mut members, "createdAt", self.created_at);
            insert_time(&mut members, "modifiedAt", self.modified_at);
        }
        insert_time(&mut members, "deletedAt", self.deleted_at);
        for (name, instances) in &self.attributes {
            members.insert(name.clone(), writer.attribute(instances));
        }
        Value::Object(members)
    }
}

/// Writes the instances of one attribute.
pub(crate) fn attribute_to_value(
    instances: &[AttributeInstance],
    representation: Representation,
    with_system_times: bool,
) -> Value {
    Writer {
        representation,
        with_system_times,
    }
    .attribute(instances)
}

#[derive(Clone, Copy)]
struct Writer {
    representation: Representation,
    with_system_times: bool,
}

impl Writer {
    fn attribute(self, instances: &[AttributeInstance]) -> Value {
        match instances {
            [single] => self.instance(single),
            several if self.representation == Representation::Simplified => {
                let datasets: Map<String, Value> = several
                    .iter()
                    .map(|i| {
                        let id = i.dataset_id.clone().unwrap_or_else(|| "@none".to_owned());
                        (id, simplified(&i.kind))
                    })
                    .collect();
                json!({ "dataset": datasets })
            }
            several => several.iter().map(|i| self.instance(i)).collect(),
        }
    }

    fn instance(self, instance: &AttributeInstance) -> Value {
        if self.representation == Representation::Simplified {
            return simplified(&instance.kind);
        }
        let concise = self.representation == Representation::Concise;
        let mut members = Map::new();
        self.insert_meta(&mut members, instance);
        if concise && members.is_empty() && is_bare_when_concise(&instance.kind) {
            return simplified(&instance.kind);
        }
        if !concise {
            members.insert("type".to_owned(), json!(instance.kind.type_name()));
        }
        let (key, value) = value_member(&instance.kind);
        members.insert(key.to_owned(), value);
        Value::Object(members)
    }

    fn insert_meta(self, members: &mut Map<String, Value>, instance: &AttributeInstance) {
        for (name, instances) in &instance.sub_attributes {
            members.insert(name.clone(), self.attribute(instances));
        }
        for (name, value) in &instance.other_members {
            members.insert(name.clone(), value.clone());
        }
        insert_text(members, "datasetId", instance.dataset_id.as_deref());
        insert_text(members, "unitCode", instance.unit_code.as_deref());
        insert_text(members, "instanceId", instance.instance_id.as_deref());
        insert_time(members, "observedAt", instance.observed_at);
        insert_time(members, "deletedAt", instance.deleted_at);
        if self.with_system_times {
            insert_time(members, "createdAt", instance.created_at);
            insert_time(members, "modifiedAt", instance.modified_at);
        }
    }
}

/// A Property or GeoProperty of which nothing else is known is its value alone in the concise representation (4.5.1).
/// A value that would be taken for something else keeps its wrapping.
fn is_bare_when_concise(kind: &AttributeKind) -> bool {
    match kind {
        AttributeKind::Property(Value::Object(_)) => false,
        AttributeKind::Property(Value::Array(items)) => !items.iter().any(Value::is_object),
        AttributeKind::Property(_) | AttributeKind::Geo(_) | AttributeKind::Null => true,
        _ => false,
    }
}

fn value_member(kind: &AttributeKind) -> (&'static str, Value) {
    match kind {
        AttributeKind::Property(value) => ("value", value.clone()),
        AttributeKind::Geo(geometry) => ("value", geometry.to_geojson()),
        AttributeKind::Relationship(ids) => ("object", one_or_many(ids)),
        AttributeKind::Language(texts) => ("languageMap", {
            texts
                .iter()
                .map(|(tag, texts)| (tag.clone(), one_or_many(texts)))
                .collect()
        }),
        AttributeKind::Vocabulary(value) => ("vocab", value.clone()),
        AttributeKind::Json(value) => ("json", value.clone()),
        AttributeKind::List(items) => ("valueList", json!(items)),
        AttributeKind::ListRelationship(ids) => ("objectList", {
            ids.iter().map(|id| json!({ "object": id })).collect()
        }),
        AttributeKind::Null => ("value", json!(NGSI_LD_NULL)),
    }
}

/// Since 1.6 some kinds keep their member in the simplified representation, so that they can be told from a value.
fn simplified(kind: &AttributeKind) -> Value {
    let (key, value) = value_member(kind);
    match kind {
        AttributeKind::Language(_) | AttributeKind::Vocabulary(_) | AttributeKind::Json(_) => {
            json!({ key: value })
        }
        AttributeKind::ListRelationship(ids) => json!(ids),
        _ => value,
    }
}

fn one_or_many(texts: &[String]) -> Value {
    match texts {
        [single] => json!(single),
        several => json!(several),
    }
}

fn insert_text(members: &mut Map<String, Value>, key: &str, text: Option<&str>) {
    if let Some(text) = text {
        members.insert(key.to_owned(), json!(text));
    }
}

fn insert_time(members: &mut Map<String, Value>, key: &str, time: Option<jiff::Timestamp>) {
    if let Some(time) = time {
        members.insert(key.to_owned(), json!(time.to_string()));
    }
}
