//! Simulated sensors: honest entities, believable days, repeatable values.

use std::sync::LazyLock;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use veduta_demo::{
    City, CityOptions, DATA_PROVIDER, SensorKind, SensorSpec, building_urn, generate_city, history,
    observe, sensors,
};

static CITY: LazyLock<City> = LazyLock::new(|| generate_city(&CityOptions::default()));
static SENSORS: LazyLock<Vec<SensorSpec>> = LazyLock::new(|| sensors(&CITY));

fn at(text: &str) -> Timestamp {
    text.parse().expect("a timestamp")
}

fn value(spec: &SensorSpec, attribute: &str, moment: &str) -> f64 {
    observe(spec, at(moment))[attribute]["value"]
        .as_f64()
        .expect("a number")
}

fn mean(kind: &str, attribute: &str, moment: &str) -> f64 {
    let values: Vec<f64> = SENSORS
        .iter()
        .filter(|spec| spec.kind.entity_type() == kind)
        .map(|spec| value(spec, attribute, moment))
        .collect();
    values.iter().sum::<f64>() / values.len() as f64
}

fn classrooms() -> impl Iterator<Item = &'static SensorSpec> {
    SENSORS
        .iter()
        .filter(|spec| spec.kind == SensorKind::Indoor { classroom: true })
}

#[test]
fn there_are_enough_of_every_kind_with_ids_of_their_own() {
    for (kind, least) in [
        ("AirQualityObserved", 8),
        ("NoiseLevelObserved", 10),
        ("TrafficFlowObserved", 15),
        ("OffStreetParking", 5),
        ("ParkingSpot", 10),
        ("Streetlight", 20),
        ("IndoorEnvironmentObserved", 12),
        ("PhotovoltaicMeasurement", 15),
        ("PhotovoltaicDevice", 15),
        ("EVChargingStation", 8),
        ("Building", 15),
    ] {
        let count = SENSORS
            .iter()
            .filter(|spec| spec.kind.entity_type() == kind)
            .count();
        assert!(count >= least, "{kind}: {count}");
    }
    let mut ids: Vec<_> = SENSORS.iter().map(|spec| &spec.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), SENSORS.len());
}

#[test]
fn every_entity_is_normalized_marked_and_in_place() {
    for spec in SENSORS.iter() {
        let entity = observe(spec, at("2026-05-12T10:00:00Z"));
        assert_eq!(entity["id"], spec.id.as_str());
        assert_eq!(entity["type"], spec.kind.entity_type());
        assert_eq!(entity["dataProvider"]["value"], DATA_PROVIDER);
        assert!(!spec.name.is_empty());
        let place = &entity["location"]["value"]["coordinates"];
        let (longitude, latitude) = (
            place[0].as_f64().expect("a number"),
            place[1].as_f64().expect("a number"),
        );
        assert!(
            (9.17..9.20).contains(&longitude) && (48.77..48.80).contains(&latitude),
            "{place}"
        );
        for (name, attribute) in entity.as_object().expect("an object") {
            if matches!(name.as_str(), "id" | "type" | "@context") {
                continue;
            }
            let kind = attribute["type"]
                .as_str()
                .expect("every attribute has a type");
            assert!(
                matches!(kind, "Property" | "Relationship" | "GeoProperty"),
                "{name}: {kind}"
            );
            let key = if kind == "Relationship" {
                "object"
            } else {
                "value"
            };
            assert!(!attribute[key].is_null(), "{name} of {} is empty", spec.id);
        }
        if let Some(interval) = spec.kind.interval_secs() {
            assert!(interval > 0);
            let observed = entity.as_object().expect("an object").values();
            assert!(
                observed
                    .filter(|attribute| attribute["observedAt"] == "2026-05-12T10:00:00.000Z")
                    .count()
                    > 0
            );
        }
    }
}

#[test]
fn references_lead_somewhere() {
    let known = |id: &Value| SENSORS.iter().any(|spec| id == spec.id.as_str());
    for spec in SENSORS.iter() {
        let entity = observe(spec, at("2026-05-12T10:00:00Z"));
        for attribute in entity.as_object().expect("an object").values() {
            if attribute["type"] == "Relationship" {
                assert!(
                    known(&attribute["object"]),
                    "{} leads to {}",
                    spec.id,
                    attribute["object"]
                );
            }
        }
        if let Some(id) = &spec.building_id {
            assert!(CITY.buildings.iter().any(|building| building.id == *id));
            assert_eq!(entity["refBuilding"]["object"], building_urn(id));
        }
    }
}

#[test]
fn attributes_are_those_of_the_data_models() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/data/ngsi-ld/smart-data-models");
    if !folder.is_dir() {
        eprintln!("skipped: ../shared/data is not here");
        return;
    }
    for spec in SENSORS.iter() {
        let entity = observe(spec, at("2026-05-12T10:00:00Z"));
        let context = entity["@context"][0].as_str().expect("a context");
        let model = context
            .split("dataModel.")
            .nth(1)
            .and_then(|rest| rest.split('/').next())
            .expect("a data model");
        let text = std::fs::read_to_string(folder.join(model).join("context.jsonld"))
            .expect("its context");
        let terms: Value = serde_json::from_str(&text).expect("JSON");
        for name in entity
            .as_object()
            .expect("an object")
            .keys()
            .filter(|name| *name != "@context")
        {
            // `refBuilding` is defined by the data models of buildings and shared by the others here.
            assert!(
                name == "refBuilding" || !terms["@context"][name].is_null(),
                "{model} has no {name}"
            );
        }
        assert!(
            !terms["@context"][spec.kind.entity_type()].is_null(),
            "{model} has no {}",
            spec.kind.entity_type()
        );
    }
}

#[test]
fn days_look_like_days() {
    // A Tuesday in May, a Sunday, and a Tuesday night; local time is two hours ahead of UTC.
    let (rush, night, sunday) = (
        "2026-05-12T06:00:00Z",
        "2026-05-12T01:00:00Z",
        "2026-05-10T06:00:00Z",
    );
    let traffic = |moment| mean("TrafficFlowObserved", "intensity", moment);
    assert!(traffic(rush) > 6.0 * traffic(night));
    assert!(traffic(rush) > 3.0 * traffic(sunday));
    assert!(
        mean("TrafficFlowObserved", "averageVehicleSpeed", rush)
            < mean("TrafficFlowObserved", "averageVehicleSpeed", night)
    );
    assert!(
        mean("NoiseLevelObserved", "LAeq", rush) > mean("NoiseLevelObserved", "LAeq", night) + 6.0
    );
    assert!(mean("AirQualityObserved", "no2", rush) > mean("AirQualityObserved", "no2", night));
    let (noon, evening) = ("2026-06-16T12:00:00Z", "2026-06-16T20:45:00Z");
    assert!(mean("AirQualityObserved", "o3", noon) > mean("AirQualityObserved", "o3", evening));
    let solar = |moment| mean("PhotovoltaicMeasurement", "activePower", moment);
    assert!(solar(noon) > 1.0 && solar(evening) == 0.0);
    let lamps = |moment| mean("Streetlight", "illuminanceLevel", moment);
    assert!(lamps(noon) == 0.0 && lamps(evening) == 1.0);
}

#[test]
fn classroom_air_goes_stale_in_lessons_and_recovers() {
    for room in classrooms() {
        let (before, late, night, sunday) = (
            value(room, "co2", "2026-05-12T05:00:00Z"),
            value(room, "co2", "2026-05-12T07:10:00Z"),
            value(room, "co2", "2026-05-12T00:00:00Z"),
            value(room, "co2", "2026-05-10T09:00:00Z"),
        );
        assert!(late > 1_000.0 && late < 2_500.0, "{late}");
        assert!(before < 520.0 && night < 520.0 && sunday < 520.0);
    }
}

#[test]
fn values_stay_within_reason_all_year() {
    let ranges = [
        ("no2", 0.0..160.0),
        ("o3", 0.0..240.0),
        ("pm10", 0.0..120.0),
        ("LAeq", 25.0..95.0),
        ("intensity", 0.0..2_000.0),
        ("occupancy", 0.0..1.0),
        ("averageVehicleSpeed", 5.0..70.0),
        ("co2", 380.0..3_000.0),
        ("temperature", -25.0..80.0),
        ("relativeHumidity", 0.0..1.01),
        ("illuminanceLevel", 0.0..1.01),
        ("activePower", 0.0..500.0),
    ];
    for spec in SENSORS.iter() {
        for step in 0..60 {
            let moment = at("2026-01-01T00:00:00Z") + SignedDuration::from_hours(step * 145 + step);
            let entity = observe(spec, moment);
            for (name, range) in &ranges {
                if let Some(value) = entity[*name]["value"].as_f64() {
                    assert!(
                        range.contains(&value),
                        "{name} of {} is {value} at {moment}",
                        spec.name
                    );
                }
            }
            if let (Some(free), Some(all)) = (
                entity["availableSpotNumber"]["value"].as_i64(),
                entity["totalSpotNumber"]["value"].as_i64(),
            ) {
                assert!((0..=all).contains(&free));
            }
        }
    }
}

#[test]
fn observation_is_a_pure_function_and_moves_on() {
    let again = sensors(&generate_city(&CityOptions::default()));
    let (now, soon) = (at("2026-05-12T06:00:00Z"), at("2026-05-12T06:02:00Z"));
    let mut moved = 0;
    for (spec, same) in SENSORS.iter().zip(&again) {
        assert_eq!(observe(spec, now), observe(same, now));
        moved += usize::from(observe(spec, now) != observe(spec, soon));
    }
    assert!(moved > 80, "{moved}");
}

#[test]
fn some_sensors_fall_silent() {
    let silent = |secs: i64| SENSORS.iter().filter(|spec| !spec.reports_at(secs)).count();
    assert_eq!(silent(-86_400), 0);
    assert_eq!(silent(0), 2);
    assert_eq!(silent(3_600), 5);
}

#[test]
fn history_runs_to_the_end_or_to_where_the_sensor_fell_silent() {
    let (from, to) = (at("2026-05-11T06:00:00Z"), at("2026-05-12T06:00:00Z"));
    let quarter = SignedDuration::from_mins(15);
    let find = |name: &str| {
        SENSORS
            .iter()
            .find(|spec| spec.name == name)
            .expect("a sensor of that name")
    };
    assert_eq!(
        history(find("Traffic Königsallee"), from, to, quarter).len(),
        97
    );
    // Silent for the last 5400 s: six quarters are missing, the one at its end is there.
    assert_eq!(
        history(find("Air quality Drosselweg"), from, to, quarter).len(),
        97 - 6
    );
    let building = SENSORS
        .iter()
        .find(|spec| matches!(spec.kind, SensorKind::Building { .. }))
        .expect("a building");
    assert_eq!(history(building, from, to, quarter).len(), 1);
    assert!(history(building, to, from, quarter).is_empty());
    assert!(history(building, from, to, SignedDuration::ZERO).is_empty());
}
