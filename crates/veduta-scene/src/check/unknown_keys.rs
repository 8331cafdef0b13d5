//! Keys that a scene file does not have.
//!
//! Serde passes over unknown keys in silence, or refuses the whole file. Neither helps who wrote
//! `colour_sclae`, so the text is compared with the JSON Schema of the model, the one list of keys there is.

use serde_json::{Map, Value};
use toml::de::{DeTable, DeValue};

use super::document::{Document, Step};
use super::similar::most_similar;
use crate::{SceneCode, SceneDiagnostic, scene_schema};

/// Reports every key that the schema does not have.
pub(crate) fn unknown_keys(document: &Document<'_>) -> Vec<SceneDiagnostic> {
    let schema = scene_schema();
    let mut comparison = Comparison {
        document,
        root_schema: &schema,
        found: Vec::new(),
    };
    comparison.table(document.root, &schema, &mut Vec::new());
    comparison.found
}

struct Comparison<'a> {
    document: &'a Document<'a>,
    root_schema: &'a Value,
    found: Vec<SceneDiagnostic>,
}

impl<'a> Comparison<'a> {
    fn value(&mut self, value: &'a DeValue<'a>, schema: &'a Value, way: &mut Vec<Step<'a>>) {
        match value {
            DeValue::Table(table) => self.table(table, schema, way),
            DeValue::Array(array) => {
                let Some(items) = self
                    .alternatives(schema)
                    .into_iter()
                    .find_map(|schema| schema.get("items"))
                else {
                    return;
                };
                for (index, item) in array.iter().enumerate() {
                    way.push(Step::Index(index));
                    self.value(item.get_ref(), items, way);
                    way.pop();
                }
            }
            _ => {}
        }
    }

    fn table(&mut self, table: &'a DeTable<'a>, schema: &'a Value, way: &mut Vec<Step<'a>>) {
        let properties: Vec<&Map<String, Value>> = self
            .alternatives(schema)
            .into_iter()
            .filter_map(|schema| schema.get("properties").and_then(Value::as_object))
            .collect();
        if properties.is_empty() {
            return;
        }
        for (key, value) in table {
            way.push(Step::Key(key.get_ref()));
            match properties
                .iter()
                .find_map(|properties| properties.get(key.get_ref().as_ref()))
            {
                Some(schema) => self.value(value.get_ref(), schema, way),
                None => {
                    let known = properties
                        .iter()
                        .flat_map(|properties| properties.keys())
                        .map(String::as_str);
                    let message = describe(key.get_ref(), known.collect());
                    self.found.push(self.document.diagnostic_at(
                        SceneCode::UnknownKey,
                        way,
                        &key.span(),
                        message,
                    ));
                }
            }
            way.pop();
        }
    }

    /// The schema behind references, and the members of `anyOf` and `oneOf` (optional values, enums).
    fn alternatives(&self, schema: &'a Value) -> Vec<&'a Value> {
        if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
            let target = name
                .strip_prefix('#')
                .and_then(|pointer| self.root_schema.pointer(pointer));
            return target.map_or_else(Vec::new, |target| self.alternatives(target));
        }
        ["anyOf", "oneOf"]
            .into_iter()
            .find_map(|keyword| schema.get(keyword).and_then(Value::as_array))
            .map_or_else(
                || vec![schema],
                |members| {
                    members
                        .iter()
                        .flat_map(|member| self.alternatives(member))
                        .collect()
                },
            )
    }
}

fn describe(key: &str, known: Vec<&str>) -> String {
    match most_similar(key, known.iter().copied()) {
        Some(meant) => format!(
            "`{key}` is no key of a scene file here and is passed over; did you mean `{meant}`?"
        ),
        None => format!(
            "`{key}` is no key of a scene file here and is passed over; there are {}",
            known
                .iter()
                .map(|key| format!("`{key}`"))
                .collect::<Vec<_>>()
                .join(", ")
        ),
    }
}
