//! Temporal evolutions of entities (ETSI GS CIM 009, 4.5.6 to 4.5.9): the same attributes, many times over.

use std::collections::HashSet;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::attribute::{AttributeInstance, AttributeKind, Attributes};
use super::attribute_reader::AttributeReader;
use super::context::Context;
use super::entity::Entity;
use crate::diagnostics::Diagnostics;
use crate::error::Error;

/// What an entity was over time.
#[derive(Debug, Clone, PartialEq)]
pub struct TemporalEntity {
    /// Its id.
    pub id: String,
    /// Its types.
    pub entity_types: Vec<String>,
    /// Observations by attribute, the earliest first; those that say no time come before all others.
    pub series: Attributes,
}

impl TemporalEntity {
    /// Reads a temporal evolution in the normalized representation, or as `temporalValues`.
    ///
    /// # Errors
    /// [`Error::NotAnEntity`] when it is no object or has no id; anything less is a diagnostic.
    pub fn from_value(
        value: Value,
        context: &Context,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Error> {
        let Value::Object(members) = value else {
            return Err(Error::NotAnEntity {
                reason: "it is not a JSON object".to_owned(),
            });
        };
        let (lists, plain): (Map<_, _>, Map<_, _>) = members
            .into_iter()
            .partition(|(_, value)| holds_value_lists(value));
        let entity = Entity::from_value(Value::Object(plain), context, diagnostics)?;
        let mut series = entity.attributes;
        let mut reader = AttributeReader {
            context,
            diagnostics,
            entity_id: entity.id.clone(),
        };
        for (name, value) in lists {
            let name = context.compact(name);
            let instances = read_value_lists(&mut reader, &name, value);
            series.entry(name).or_default().extend(instances);
        }
        for instances in series.values_mut() {
            instances.sort_by_key(AttributeInstance::effective_time);
        }
        Ok(Self {
            id: entity.id,
            entity_types: entity.entity_types,
            series,
        })
    }

    /// Adds the observations of another part of the same evolution. One of the same time and `datasetId` as another is
    /// the same observation and counts once.
    pub fn merge(&mut self, other: TemporalEntity) {
        for (name, instances) in other.series {
            let known = self.series.entry(name).or_default();
            known.extend(instances);
            known.sort_by_key(AttributeInstance::effective_time);
            let mut seen = HashSet::new();
            known.retain(|instance| {
                let time = instance.effective_time();
                time.is_none() || seen.insert((time, instance.dataset_id.clone()))
            });
        }
    }

    /// The numbers of an attribute with the time of each, the earliest first; only the default instance.
    pub fn numeric_series(&self, name: &str) -> impl Iterator<Item = (Timestamp, f64)> + '_ {
        self.series
            .get(name)
            .into_iter()
            .flatten()
            .filter(|instance| instance.dataset_id.is_none())
            .filter_map(|instance| Some((instance.effective_time()?, instance.as_number()?)))
    }
}

/// Members of `temporalValues` that hold pairs of a value and a time (4.5.9).
const LIST_MEMBERS: [&str; 6] = [
    "values",
    "objects",
    "languageMaps",
    "vocabs",
    "jsons",
    "valueLists",
];

fn holds_value_lists(value: &Value) -> bool {
    let holds = |value: &Value| {
        value.as_object().is_some_and(|members| {
            LIST_MEMBERS
                .iter()
                .any(|key| members.get(*key).is_some_and(Value::is_array))
        })
    };
    match value {
        Value::Array(items) => !items.is_empty() && items.iter().all(holds),
        other => holds(other),
    }
}

fn read_value_lists(
    reader: &mut AttributeReader<'_>,
    name: &str,
    value: Value,
) -> Vec<AttributeInstance> {
    let datasets = match value {
        Value::Array(items) => items,
        single => vec![single],
    };
    let mut instances = Vec::new();
    for mut dataset in datasets {
        let dataset_id = dataset
            .get("datasetId")
            .and_then(Value::as_str)
            .map(str::to_owned);
        let is_relationship = dataset.get("objects").is_some();
        let pairs = LIST_MEMBERS
            .iter()
            .find_map(|key| dataset.get_mut(*key).map(Value::take));
        let Some(Value::Array(pairs)) = pairs else {
            continue;
        };
        for pair in pairs {
            let instance = read_pair(reader, name, pair, is_relationship);
            instances.extend(instance.map(|i| AttributeInstance {
                dataset_id: dataset_id.clone(),
                ..i
            }));
        }
    }
    instances
}

/// `[value, time]`.
fn read_pair(
    reader: &mut AttributeReader<'_>,
    name: &str,
    pair: Value,
    is_relationship: bool,
) -> Option<AttributeInstance> {
    let Value::Array(items) = pair else {
        reader.warn(
            "LD-012",
            name,
            "a value of the series has no time; left out",
        );
        return None;
    };
    let mut items = items.into_iter();
    let (Some(value), Some(time)) = (items.next(), items.next()) else {
        reader.warn(
            "LD-012",
            name,
            "a value of the series has no time; left out",
        );
        return None;
    };
    let time = reader.read_time(Some(name), "values", &time)?;
    let instance = match value {
        Value::String(id) if is_relationship => {
            AttributeInstance::new(AttributeKind::Relationship(vec![id]))
        }
        other => reader.read_instance(name, other, 0)?,
    };
    Some(instance.observed_at(time))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(value: Value) -> TemporalEntity {
        let mut diagnostics = Diagnostics::new();
        let entity = TemporalEntity::from_value(value, &Context::core(), &mut diagnostics).unwrap();
        assert!(diagnostics.items.is_empty(), "{:?}", diagnostics.items);
        entity
    }

    #[test]
    fn both_representations_give_the_same_series() {
        let normalized = read(json!({"id": "urn:b:1", "type": "Building", "energy": [
            {"type": "Property", "value": 14, "observedAt": "2026-11-22T07:02:00Z"},
            {"type": "Property", "value": 13, "observedAt": "2026-11-22T07:00:00Z"}]}));
        let values = read(json!({"id": "urn:b:1", "type": "Building", "energy":
            {"type": "Property", "values": [[13, "2026-11-22T07:00:00Z"], [14, "2026-11-22T07:02:00Z"]]}}));
        assert_eq!(normalized, values);
        let numbers: Vec<f64> = values
            .numeric_series("energy")
            .map(|(_, value)| value)
            .collect();
        assert_eq!(numbers, [13.0, 14.0]);
    }

    #[test]
    fn overlapping_parts_are_merged_without_doubles() {
        let part = |values: Value| {
            read(
                json!({"id": "urn:b:1", "type": "B", "energy": {"type": "Property", "values": values}}),
            )
        };
        let mut whole = part(json!([
            [1, "2026-01-01T00:01:00Z"],
            [2, "2026-01-01T00:02:00Z"]
        ]));
        whole.merge(part(json!([
            [2, "2026-01-01T00:02:00Z"],
            [3, "2026-01-01T00:03:00Z"]
        ])));
        assert_eq!(whole.numeric_series("energy").count(), 3);
    }

    #[test]
    fn one_instance_alone_is_a_series_too() {
        let entity = read(json!({"id": "urn:b:1", "type": "B",
            "energy": {"type": "Property", "value": 1, "observedAt": "2026-01-01T00:00:00Z"}}));
        assert_eq!(entity.series["energy"].len(), 1);
    }
}
