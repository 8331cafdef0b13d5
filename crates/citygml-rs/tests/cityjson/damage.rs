//! What is broken costs itself, is told, and never hangs.

use citygml_rs::{CityJsonReader, Diagnostics, Format, ReadOptions};

use crate::{document, document_with, read_all, read_text};

#[test]
fn a_sequence_loses_only_its_broken_lines() {
    let header = r#"{"type":"CityJSON","version":"2.0","transform":{"scale":[1,1,1],"translate":[100,0,0]},"CityObjects":{},"vertices":[]}"#;
    let feature = r#"{"type":"CityJSONFeature","id":"a","CityObjects":{"a":{"type":"Building","children":["p"],"geometry":[]},"p":{"type":"BuildingPart","parents":["a"],"geometry":[{"type":"MultiSurface","lod":"2","boundaries":[[[0,1,2]]]}]}},"vertices":[[0,0,0],[1,0,0],[1,1,0]]}"#;
    let (objects, codes, format) = read_text(
        &[
            header,
            feature,
            "{\"type\": \"CityJSONFeature\", \"CityObj",
            "",
            feature,
        ]
        .join("\n"),
    );
    assert_eq!(
        (objects.len(), codes, format),
        (2, vec!["CJ-001"], Format::CityJsonSeq)
    );
    assert_eq!(objects[1].line, 5);
    assert_eq!(
        objects[1].children[0].surfaces[0].polygon.exterior[1],
        [101.0, 0.0, 0.0]
    );
}

#[test]
fn lines_of_another_type_are_read_all_the_same() {
    let header = r#"{"type":"CityJSON","version":"2.0","transform":{"scale":[1,1,1],"translate":[0,0,0]},"CityObjects":{},"vertices":[]}"#;
    let misspelt = r#"{"type":"CityJSONFeatur","id":"a","CityObjects":{"a":{"type":"Building"}},"vertices":[]}"#;
    let rootless = r#"{"type":"CityJSONFeature","id":"b","CityObjects":{"a":{"type":"Building"}},"vertices":[]}"#;
    let empty = r#"{"type":"CityJSONFeature","id":"c"}"#;
    let (objects, codes, _) = read_text(&[header, misspelt, rootless, empty].join("\n"));
    assert_eq!(
        (objects.len(), codes),
        (2, vec!["CJ-013", "CJ-013", "CJ-001"])
    );
}

#[test]
fn numbers_that_are_none_cost_their_attribute_or_vertex() {
    let text = document_with(
        r#""CityObjects": {"house": {"type": "Building", "attributes": {"height": NaN, "name": "NaN", "storeys": 2},
            "geometry": [{"type": "MultiSurface", "lod": "1", "boundaries": [[[0,1,2]]]}]}}"#,
    );
    let (objects, found, _) = read_all(&text);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].code, found[0].line), ("CJ-012", Some(4)));
    assert_eq!(objects[0].name.as_deref(), Some("NaN"));
    assert_eq!(
        (objects[0].attributes.len(), objects[0].surfaces.len()),
        (1, 1)
    );

    let text = text
        .replace("NaN,", "1,")
        .replace("[0,0,10]", "[0,-Infinity,10]");
    let text = text.replace("[[[0,1,2]]]", "[[[0,1,2]],[[0,1,4]]]");
    let (objects, codes, _) = read_text(&text);
    assert_eq!(codes, ["CJ-012", "GML-005", "GML-005"]);
    assert_eq!(objects[0].surfaces.len(), 1);
}

#[test]
fn a_transform_that_cannot_be_used_is_told() {
    let house = r#""CityObjects": {"house": {"type": "Building"}}"#;
    let codes = |transform: &str| {
        let text = document_with(house);
        read_text(&text.replace(r#"{"scale": [1, 1, 1], "translate": [0, 0, 0]}"#, transform)).1
    };
    assert_eq!(
        codes(r#"{"scale": [0, 0, 0], "translate": [0, 0, 0]}"#),
        ["CJ-011"]
    );
    assert_eq!(
        codes(r#"{"scale": [1, 1], "translate": [0, 0, 0]}"#),
        ["CJ-011", "CJ-011"]
    );
    assert_eq!(codes("null"), ["CJ-011"]);
    // Real numbers without a transform are how 1.0 has it as well.
    let old = document_with(house).replace("\"2.0\"", "\"1.0\"");
    let old = old.replace(
        r#""transform": {"scale": [1, 1, 1], "translate": [0, 0, 0]},"#,
        "",
    );
    assert_eq!(read_text(&old).1, Vec::<&str>::new());
}

#[test]
fn vertices_may_come_first_or_last_and_be_broken() {
    let geometry = r#"{"type": "MultiSurface", "lod": "1", "boundaries": [[[0,1,2]], [[1,2,3]]]}"#;
    let last = document(geometry);
    assert_eq!(read_text(&last).0[0].surfaces.len(), 2);
    let broken = last.replace("[0,20,0]", "[0,\"20\",0]");
    let (objects, codes, _) = read_text(&broken);
    assert_eq!(codes, ["GML-005", "GML-005"]);
    assert_eq!(objects[0].surfaces.len(), 1);
    let (objects, codes, _) = read_text(&last.replace("\"vertices\"", "\"points\""));
    assert_eq!(codes, ["CJ-002", "CJ-002"]);
    assert_eq!(objects.len(), 1);
}

#[test]
fn keys_that_stand_twice_are_told() {
    let (objects, codes, _) = read_text(&document_with(
        r#""CityObjects": {"house": {"type": "Building", "geometry": [], "geometry": [],
            "attributes": {"a": 1, "a": 2}}}, "CityObjects": {}"#,
    ));
    assert_eq!(codes, ["CJ-009", "CJ-009"]);
    assert_eq!(objects[0].attributes.len(), 2);
}

#[test]
fn members_of_another_type_cost_themselves() {
    let (objects, codes, _) = read_text(&document_with(
        r#""CityObjects": {
            "a": {"type": "Building", "geometry": {"type": "MultiSurface"}},
            "b": {"type": "Building", "attributes": ["tall"]},
            "c": {"type": "Building", "children": "d"},
            "d": {"type": "Buidling", "geometry": [7, {"lod": 1}]},
            "e": ["Building"],
            "f": {"attributes": {}}}"#,
    ));
    assert_eq!(objects.len(), 4);
    assert_eq!(
        codes,
        [
            "CJ-004", "CJ-006", "CJ-006", "CJ-003", "GML-016", "CJ-014", "CJ-003", "CJ-003"
        ]
    );
    assert_eq!(objects[1].attributes[0].name, "attributes");
    let (objects, codes, _) = read_text(&document_with(r#""CityObjects": []"#));
    assert_eq!((objects.len(), codes), (0, vec!["CJ-006", "GML-019"]));
}

#[test]
fn versions_that_are_not_known_are_told() {
    let text = document_with(r#""CityObjects": {"house": {"type": "Building"}}"#);
    assert_eq!(read_text(&text.replace("\"2.0\"", "\"0.9\"")).1, ["CJ-015"]);
    assert_eq!(
        read_text(&text.replace("\"2.0\"", "\"1.0.3\"")).1,
        Vec::<&str>::new()
    );
}

#[test]
fn what_is_nested_very_deep_is_kept_as_text() {
    let deep = format!("{}1{}", "[".repeat(5000), "]".repeat(5000));
    let members = format!(
        r#""CityObjects": {{"house": {{"type": "Building", "attributes": {{"deep": {deep}}},
            "geometry": [{{"type": "MultiSurface", "lod": "1", "boundaries": {deep}, "texture": {{"a": {{"values": {deep}}}}}}}]}}}}"#
    );
    let (objects, codes, _) = read_text(&document_with(&members));
    assert_eq!(objects[0].attributes.len(), 1);
    assert!(objects[0].surfaces.is_empty());
    assert_eq!(codes, ["CJ-003", "CJ-010"]);
}

#[test]
fn limits_are_kept() {
    let ring: Vec<String> = (0..200).map(|index| (index % 8).to_string()).collect();
    let ring = ring.join(",");
    let geometry =
        format!(r#"{{"type": "MultiSurface", "lod": "1", "boundaries": [[[{ring}]], [[0,1,2]]]}}"#);
    let text = document(&geometry);
    let mut options = ReadOptions::default();
    options.max_points_per_ring = 100;
    let mut diagnostics = Diagnostics::new();
    let mut reader = CityJsonReader::new(text.as_bytes(), options).expect("the text is CityJSON");
    let house = reader.next_object(&mut diagnostics);
    let house = house.expect("nothing fails").expect("there is a house");
    assert_eq!(house.surfaces.len(), 1);
    assert_eq!(diagnostics.items[0].code, "GML-003");
}

#[test]
fn little_text_does_not_become_much_memory() {
    // A long name around many members would stand in the name of each.
    let name = "n".repeat(1 << 16);
    let members: Vec<String> = (0..2000).map(|index| format!("\"{index}\": 1")).collect();
    let members = members.join(", ");
    // And each theme would look at each surface.
    let themes: Vec<String> = (0..1000)
        .map(|index| format!("\"{index}\": {{\"value\": 0}}"))
        .collect();
    let (surfaces, themes) = (vec!["[[0,1,2]]"; 1000].join(", "), themes.join(", "));
    let (objects, codes, _) = read_text(&document_with(&format!(
        r#""appearance": {{"materials": [{{}}]}}, "CityObjects": {{"house": {{"type": "Building",
            "attributes": {{"{name}": {{{members}}}}},
            "geometry": [{{"type": "MultiSurface", "lod": "1", "boundaries": [{surfaces}], "material": {{{themes}}}}}]}}}}"#
    )));
    assert_eq!(codes, ["CJ-010"]);
    let house = &objects[0];
    let names: usize = house.attributes.iter().map(|found| found.name.len()).sum();
    assert!(house.attributes.len() == 2000 && names < 2000 * 300);
    let looks: usize = house
        .surfaces
        .iter()
        .map(|surface| surface.looks.len())
        .sum();
    assert!(looks <= 100_000, "{looks}");
}

#[test]
fn a_document_that_is_cut_or_broken_keeps_its_other_objects() {
    let surface =
        r#""geometry": [{"type": "MultiSurface", "lod": "1", "boundaries": [[[0,1,2]]]}]"#;
    let text = document_with(&format!(
        "\"CityObjects\": {{\n\"a\": {{\"type\": \"Building\", {surface}}},\n\"b\": {{\"type\": \"Building\", {surface}}}}}"
    ));
    let cut = text.rfind("\"lod\"").expect("the second object has one");
    let (objects, found, _) = read_all(&text[..cut]);
    assert_eq!((found[0].code, found[0].line), ("GML-002", Some(6)));
    let surfaces: Vec<_> = objects.iter().map(|object| object.surfaces.len()).collect();
    assert_eq!(surfaces, [1, 0]);

    let (objects, found, _) = read_all(&text.replacen("\"lod\": ", "\"lod\" ", 1));
    assert_eq!((objects.len(), objects[0].id.as_str()), (1, "b"));
    assert_eq!(found[0].line, Some(5));
}
