//! The committed JSON Schema is that of the model, and agrees with what the reader accepts.

use std::path::Path;

use serde_json::Value;
use veduta_scene::{Scene, SceneCode, scene_schema};

#[test]
fn the_committed_schema_is_current() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scene.schema.json");
    let committed: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    assert!(
        committed == scene_schema(),
        "scene.schema.json is old; write it anew: cargo run -p veduta-scene --example write_schema"
    );
}

/// Every property, at any depth, says what it is: editors show it.
#[test]
fn every_key_is_described_and_unknown_ones_are_refused() {
    fn visit(schema: &Value, way: &str) {
        if let Some(properties) = schema.get("properties").and_then(Value::as_object) {
            assert_eq!(
                schema.get("additionalProperties"),
                Some(&Value::Bool(false)),
                "{way}"
            );
            for (key, property) in properties {
                assert!(
                    property.get("description").is_some(),
                    "{way}.{key} says nothing"
                );
            }
        }
        if let Some(members) = schema.get("$defs").and_then(Value::as_object) {
            for (name, member) in members {
                visit(member, name);
            }
        }
    }
    visit(&scene_schema(), "scene");
}

/// The README shows scenes; they are read here so that they stay true.
#[test]
fn the_examples_of_the_readme_are_scenes() {
    let readme = include_str!("../README.md");
    let mut examples = 0;
    for block in readme.split("```toml\n").skip(1) {
        let text = block.split("```").next().unwrap_or_default();
        let (_, found) =
            Scene::parse(text, Path::new("")).unwrap_or_else(|error| panic!("{error}"));
        let wrong: Vec<_> = found
            .iter()
            .filter(|finding| finding.code != SceneCode::Empty)
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}\nin\n{text}");
        examples += 1;
    }
    assert!(examples >= 2);
}
