//! The JSON Schema of the scene file, for editors.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::Scene;

/// The JSON Schema (draft 2020-12) of the scene file, made from the model and its doc comments.
pub fn scene_schema() -> Value {
    SchemaSettings::draft2020_12()
        .for_deserialize()
        .into_generator()
        .into_root_schema_for::<Scene>()
        .to_value()
}

/// The same as the text of `scene.schema.json`: indented, keys in alphabetical order, so that it does
/// not depend on how `serde_json` was built.
pub fn scene_schema_text() -> String {
    let mut text = format!("{:#}", in_order(&scene_schema()));
    text.push('\n');
    text
}

fn in_order(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(in_order).collect(),
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(key, _)| key.as_str());
            Value::Object(
                members
                    .into_iter()
                    .map(|(key, member)| (key.clone(), in_order(member)))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}
