//! The information model on files that others wrote: the Smart Data Models examples in every form, entities of a
//! broker's test suite, and the recorded answers of a real broker.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use ngsild::{
    AttributeKind, Context, Diagnostics, Entity, Notification, Representation, Severity,
    TemporalEntity, entities_from_value,
};
use serde_json::Value;

fn data_folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/ngsi-ld");
    if !folder.is_dir() {
        eprintln!("skipped: ../shared/data is not here");
        return None;
    }
    Some(folder)
}

fn files_under(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files_under(&path, found)
        } else {
            found.push(path)
        }
    }
}

fn examples(folder: &Path) -> Vec<(PathBuf, Value)> {
    let mut files = Vec::new();
    files_under(&folder.join("smart-data-models"), &mut files);
    files.retain(|path| path.file_name().unwrap() != "context.jsonld");
    files
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            (path, serde_json::from_str(&text).unwrap())
        })
        .collect()
}

#[test]
fn every_smart_data_models_example_loads_in_every_form() {
    let Some(folder) = data_folder() else { return };
    let examples = examples(&folder);
    assert!(examples.len() > 100, "only {} examples", examples.len());
    let mut found_codes = BTreeMap::new();
    for (path, value) in examples {
        let mut diagnostics = Diagnostics::new();
        let entity = Entity::from_value(value.clone(), &Context::core(), &mut diagnostics)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        assert!(!entity.entity_type().is_empty(), "{}", path.display());
        for diagnostic in &diagnostics.items {
            assert!(
                diagnostic.severity < Severity::Error,
                "{}: {diagnostic}",
                path.display()
            );
            *found_codes.entry(diagnostic.code).or_insert(0) += 1;
        }
        // Nothing may vanish without a word: each member is an attribute or was reported.
        let members = match value.get("properties") {
            Some(properties) if value["type"] == "Feature" => properties.as_object().unwrap(),
            _ => value.as_object().unwrap(),
        };
        for name in members.keys().filter(|name| !is_entity_member(name)) {
            let is_reported = diagnostics
                .items
                .iter()
                .any(|d| d.attribute.as_deref() == Some(name.as_str()));
            assert!(
                entity.attributes.contains_key(name) || is_reported,
                "{}: '{name}' vanished",
                path.display()
            );
        }
    }
    println!("diagnostics by code: {found_codes:?}");
}

fn is_entity_member(name: &str) -> bool {
    matches!(
        name,
        "id" | "type" | "@context" | "scope" | "createdAt" | "modifiedAt"
    )
}

#[test]
fn all_forms_of_an_air_quality_station_say_the_same_place_and_values() {
    let Some(folder) = data_folder() else { return };
    let folder = folder.join("smart-data-models/Environment/AirQualityObserved");
    let read = |name: &str| {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        Entity::from_json(&bytes, &Context::core(), &mut Diagnostics::new()).unwrap()
    };
    for name in [
        "example-normalized.jsonld",
        "example.jsonld",
        "example-normalized.json",
        "example.json",
        "example-geojsonfeature.json",
    ] {
        let entity = read(name);
        assert_eq!(entity.entity_type(), "AirQualityObserved", "{name}");
        assert_eq!(entity.numeric_value("temperature"), Some(12.2), "{name}");
        let place = entity.location_wgs84().unwrap();
        assert!((place.longitude_deg + 3.712_247).abs() < 1e-6, "{name}");
        assert!((place.latitude_deg - 40.423_852).abs() < 1e-5, "{name}");
    }
    for name in ["example-normalized.jsonld", "example-normalized.json"] {
        let unit = read(name)
            .attribute("co")
            .unwrap()
            .unit_symbol()
            .map(|unit| unit.into_owned());
        assert_eq!(unit.as_deref(), Some("mg/m³"), "{name}");
    }
    for name in ["example-normalized.jsonld", "example.jsonld"] {
        let entity = read(name);
        let targets = entity.relationship_targets("refPointOfInterest");
        assert_eq!(
            targets,
            ["urn:ngsi-ld:PointOfInterest:28079004-Pza.deEspanya"],
            "{name}"
        );
    }
}

#[test]
fn well_formed_normalized_examples_survive_a_round_trip() {
    let Some(folder) = data_folder() else { return };
    let mut compared = 0;
    for (path, value) in examples(&folder) {
        if !path.to_str().unwrap().ends_with("normalized.jsonld") {
            continue;
        }
        let mut diagnostics = Diagnostics::new();
        let entity = Entity::from_value(value.clone(), &Context::core(), &mut diagnostics).unwrap();
        if !diagnostics.items.is_empty() {
            continue;
        }
        let mut expected = value;
        expected.as_object_mut().unwrap().remove("@context");
        unify(&mut expected);
        let mut written = entity.to_value(Representation::Normalized, true);
        unify(&mut written);
        assert_eq!(written, expected, "{}", path.display());
        compared += 1;
    }
    assert!(compared >= 15, "only {compared} examples are well-formed");
}

/// Differences without a meaning: `1` and `1.0`, a list of one entity id and the id alone, fractions of a second.
fn unify(value: &mut Value) {
    match value {
        Value::Number(number) => *value = number.as_f64().into(),
        Value::Array(items) => items.iter_mut().for_each(unify),
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                if let ("object", [single]) =
                    (key.as_str(), member.as_array().map_or(&[][..], |a| a))
                {
                    *member = single.clone();
                }
                if let ("observedAt" | "createdAt" | "modifiedAt", Some(text)) =
                    (key.as_str(), member.as_str())
                {
                    *member = text.parse::<jiff::Timestamp>().unwrap().to_string().into();
                }
                unify(member);
            }
        }
        _ => {}
    }
}

#[test]
fn concise_and_simplified_texts_of_every_example_read_back_the_same() {
    let Some(folder) = data_folder() else { return };
    for (path, value) in examples(&folder) {
        let context = Context::core();
        let entity = Entity::from_value(value, &context, &mut Diagnostics::new()).unwrap();
        let concise = entity.to_value(Representation::Concise, true);
        let read = Entity::from_value(concise, &context, &mut Diagnostics::new()).unwrap();
        assert_eq!(read, entity, "{}", path.display());
        let simplified = entity.to_value(Representation::Simplified, true);
        let read = Entity::from_value(simplified, &context, &mut Diagnostics::new()).unwrap();
        assert_eq!(
            read.location_wgs84(),
            entity.location_wgs84(),
            "{}",
            path.display()
        );
        for name in entity.attributes.keys() {
            assert_eq!(
                read.numeric_value(name),
                entity.numeric_value(name),
                "{}",
                path.display()
            );
        }
    }
}

#[test]
fn the_recorded_answers_of_a_real_broker_are_read() {
    let Some(folder) = data_folder() else { return };
    let text = std::fs::read_to_string(folder.join("exchanges/coraine-0.3.jsonl")).unwrap();
    let (mut entities, mut notifications, mut evolutions) = (0, 0, 0);
    for line in text.lines() {
        let record: Value = serde_json::from_str(line).unwrap();
        let title = record["title"].as_str().unwrap_or_default();
        let mut diagnostics = Diagnostics::new();
        if let Some(body) = record.pointer("/received/body") {
            // An MQTT message wraps the notification.
            let body = body.get("body").unwrap_or(body).clone();
            let notification =
                Notification::from_value(body, &Context::core(), &mut diagnostics).unwrap();
            assert!(notification.subscription_id.is_some() && notification.notified_at.is_some());
            assert!(!notification.entities.is_empty());
            notifications += 1;
        }
        let url = record
            .pointer("/request/url")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let is_read = record["request"]["method"] == "GET" && record["response"]["status"] == 200;
        let body = record["response"]["body"].clone();
        if is_read && url.contains("aggr") {
            continue; // Aggregates are no observations.
        } else if is_read && url.contains("/temporal/") {
            let items = if let Value::Array(items) = body {
                items
            } else {
                vec![body]
            };
            for item in items {
                let evolution =
                    TemporalEntity::from_value(item, &Context::core(), &mut diagnostics).unwrap();
                assert!(evolution.series.values().all(|series| !series.is_empty()));
                evolutions += 1;
            }
        } else if is_read && url.contains("/entities") {
            let read = entities_from_value(body, &Context::core(), &mut diagnostics).unwrap();
            entities += read.len();
            for entity in read {
                let is_plain = entity.attributes.values().flatten().all(|instance| {
                    !matches!(&instance.kind, AttributeKind::Property(v) if v.get("value").is_some())
                });
                assert!(is_plain, "{title}: an attribute was not unwrapped");
            }
        }
        diagnostics.items.retain(|d| d.severity > Severity::Info);
        assert!(
            diagnostics.items.is_empty(),
            "{title}: {:?}",
            diagnostics.items
        );
    }
    assert!(entities > 40, "{entities} entities");
    assert!(
        notifications >= 4 && evolutions >= 5,
        "{notifications}, {evolutions}"
    );
}

#[test]
fn entities_of_another_brokers_tests_are_read() {
    let Some(folder) = data_folder() else { return };
    for (file, targets, unit) in [
        (
            "aquac/FeedingService.json",
            ("executes", "urn:ngsi-ld:Feeder:018z5"),
            Some("kg"),
        ),
        (
            "beehive.jsonld",
            ("connectsTo", "urn:ngsi-ld:Beekeeper:Pascal"),
            None,
        ),
    ] {
        let bytes = std::fs::read(folder.join("stellio_subscription").join(file)).unwrap();
        let mut diagnostics = Diagnostics::new();
        let entity = Entity::from_json(&bytes, &Context::core(), &mut diagnostics).unwrap();
        assert!(diagnostics.items.is_empty(), "{:?}", diagnostics.items);
        assert_eq!(entity.relationship_targets(targets.0), [targets.1]);
        let symbol = entity
            .attribute("foodQuantity")
            .and_then(|a| a.unit_symbol());
        assert_eq!(symbol.as_deref(), unit);
        assert!(entity.location_wgs84().is_some());
    }
}
