//! Parents, groups, addresses, attributes of extensions, and dynamizers.

use citygml_rs::{AttributeValue, CityObject};

use crate::{document_with, read_text};

fn objects(city_objects: &str) -> (Vec<CityObject>, Vec<&'static str>) {
    let members = format!(r#""CityObjects": {{{city_objects}}}"#);
    let (objects, codes, _) = read_text(&document_with(&members));
    (objects, codes)
}

fn relations(object: &CityObject) -> Vec<(&str, &str)> {
    let relations = object.relations.iter();
    relations
        .map(|relation| (&*relation.role, relation.href.as_str()))
        .collect()
}

#[test]
fn solids_of_parts_name_the_part_by_its_place() {
    let solid = r#""geometry": [{"type": "Solid", "lod": "1", "boundaries": [[[[0,3,2,1]]]]}]"#;
    let (objects, codes) = objects(&format!(
        r#""house": {{"type": "Building", "children": ["a", "b"]}},
           "a": {{"type": "BuildingPart", "parents": ["house"], "children": ["storey"], {solid}}},
           "storey": {{"type": "BuildingStorey", "parents": ["a"], {solid}}},
           "b": {{"type": "BuildingPart", "parents": ["house"], {solid}}}"#
    ));
    assert_eq!(codes, Vec::<&str>::new());
    for (place, object) in objects[0].descendants().enumerate() {
        for used in object
            .solids
            .iter()
            .flat_map(|solid| solid.shells.iter().flatten())
        {
            assert_eq!(used.object as usize, place, "{}", object.id);
        }
    }
    let ids: Vec<_> = objects[0]
        .descendants()
        .map(|object| object.id.as_str())
        .collect();
    assert_eq!(ids, ["house", "a", "storey", "b"]);
}

#[test]
fn groups_name_their_members_and_roles() {
    let (objects, codes) = objects(
        r#""group": {"type": "CityObjectGroup", "children": ["a", "b"], "children_roles": ["voting location", null]},
           "a": {"type": "Building", "parents": ["group"]}, "b": {"type": "Building", "parents": ["group"]}"#,
    );
    assert_eq!((objects.len(), codes), (3, vec![]));
    assert_eq!(
        relations(&objects[0]),
        [("groupMember", "a"), ("groupMember", "b")]
    );
    let roles: Vec<_> = objects[0]
        .attributes
        .iter()
        .map(|found| &found.name)
        .collect();
    assert_eq!(roles, ["groupMember/a"]);
}

#[test]
fn further_parents_are_told_by_reference() {
    let (objects, codes) = objects(
        r#""a": {"type": "Building"}, "b": {"type": "Building"},
           "c": {"type": "BuildingPart", "parents": ["a", "b"]}"#,
    );
    assert_eq!((objects.len(), codes), (2, vec![]));
    let part = &objects[0].children[0];
    assert_eq!(relations(part), [("parent", "a"), ("parent", "b")]);
}

#[test]
fn addresses_of_all_versions_with_their_points() {
    let (objects, codes) = objects(
        r#""old": {"type": "Building", "address": {"CountryName": "Nederland", "LocalityName": "Delft",
                "ThoroughfareName": "Julianalaan", "ThoroughfareNumber": 134, "state": "Zuid-Holland"}},
           "new": {"type": "Building", "address": [
                {"Country": "Canada", "Locality": "Chibougamau", "Postcode": "H0H 0H0",
                 "location": {"type": "MultiPoint", "lod": "1", "boundaries": [6]}},
                {"street": "Main", "location": {"type": "MultiPoint", "boundaries": [66]}}, {"floor": 3}]}"#,
    );
    assert_eq!(codes, ["CJ-002"]);
    let old = &objects[0].addresses[0];
    assert_eq!(
        (old.street.as_deref(), old.number.as_deref()),
        (Some("Julianalaan"), Some("134"))
    );
    assert_eq!(
        objects[0].address.as_deref(),
        Some("Julianalaan 134, Delft")
    );
    assert_eq!(objects[0].attributes[0].name, "address/state");
    let new = &objects[1].addresses;
    assert_eq!((new.len(), &*new[0].points), (3, &[[20.0, 20.0, 10.0]][..]));
    assert_eq!(new[0].postal_code.as_deref(), Some("H0H 0H0"));
    assert_eq!(new[1].line.as_deref(), Some("Main"));
}

#[test]
fn what_extensions_add_is_kept() {
    let (objects, codes) = objects(
        r#""segment": {"type": "+NoiseSegment", "attributes": {"+noise-level": {"value": 43.5, "uom": "dB"}},
            "+own": {"a": {"b": 1}}, "geometry": [{"type": "MultiSurface", "lod": "0", "boundaries": [[[0,1,2]]]}]}"#,
    );
    assert_eq!(codes, Vec::<&str>::new());
    let segment = &objects[0];
    assert_eq!(
        (segment.object_type.as_str(), segment.surfaces.len()),
        ("+NoiseSegment", 1)
    );
    let level = segment
        .attribute("+noise-level")
        .expect("it is an attribute");
    assert_eq!(
        (level.value.clone(), level.uom.as_deref()),
        (AttributeValue::Number(43.5), Some("dB"))
    );
    let own = segment.attribute("+own/a/b").expect("it is flattened");
    assert_eq!(own.value, AttributeValue::Integer(1));
}

#[test]
fn dynamizers_hang_under_what_they_vary_with_their_values() {
    let (objects, codes) = objects(
        r#""house": {"type": "Building"},
           "d": {"type": "+Dynamizer", "attributes": {"target": "house", "attributeRef": "/attributes/t", "dynamicData": "c"}},
           "c": {"type": "+CompositeTimeseries", "attributes": {"component": [
                {"repetitions": 1, "timeseries": "s"}, {"repetitions": 3, "timeseries": "c"}, {"timeseries": "nothing"}]}},
           "s": {"type": "+GenericTimeseries", "attributes": {"uom": "Cel", "timeValuePair": [
                {"timestamp": "2025-01-01T00:00:00Z", "doubleValue": 1.5}, {"doubleValue": 2.5},
                {"timestamp": "2025-01-01T01:00:00Z", "boolValue": true}]}}"#,
    );
    let types: Vec<_> = objects[0]
        .descendants()
        .map(|object| object.object_type.as_str())
        .collect();
    assert_eq!(
        types,
        [
            "Building",
            "+Dynamizer",
            "+CompositeTimeseries",
            "+GenericTimeseries"
        ]
    );
    // It contains itself, and that is not for ever.
    assert_eq!(codes, ["CJ-016"; 4]);
    let dynamizer = &objects[0].children[0];
    assert_eq!(
        relations(dynamizer),
        [("target", "house"), ("dynamicData", "c")]
    );
    let series = &dynamizer.time_series[0];
    assert_eq!(series.uom.as_deref(), Some("Cel"));
    assert_eq!(series.values[1].1, AttributeValue::Boolean(true));
}

#[test]
fn a_composite_series_without_components_is_told() {
    let (_, codes) = objects(
        r#""house": {"type": "Building"},
           "d": {"type": "+Dynamizer", "attributes": {"target": "house", "attributeRef": "/attributes/t", "dynamicData": "c"}},
           "c": {"type": "+CompositeTimeseries", "attributes": {"component": "s"}}"#,
    );
    assert_eq!(codes, ["CJ-016"]);
}
