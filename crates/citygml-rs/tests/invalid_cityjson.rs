//! Every broken CityJSON file of `../shared/data/invalid` is said to be broken where that concerns reading or drawing.
//!
//! What is wrong with each is told by the tests of the validator that the files come from (`cityjson/cjval`, `tests`).

mod shared_data;

use std::collections::BTreeSet;

use shared_data::{read, shared_data};

/// File, codes that must be there, and what is wrong with it. Nothing else may be there.
const FILES: &[(&str, &[&str], &str)] = &[
    ("address.json", &[], "sound: addresses with a location"),
    (
        "cjfeat1.json",
        &["CJ-011"],
        "a feature without the first line that has its transform",
    ),
    ("cube.city.json", &[], "sound, if the extension is fetched"),
    (
        "cube.txt",
        &["CJ-013"],
        "a line of type CityJSONFeature99999; types of an extension as they are",
    ),
    (
        "cube_20.jsonl",
        &["CJ-013", "CJ-014"],
        "a line of type CityJSONFeatur; an object of type GnericCityObject",
    ),
    (
        "cube_20.txt",
        &["CJ-013", "CJ-014"],
        "the same under another name",
    ),
    (
        "cube_20_1.jsonl",
        &[],
        "unused vertices and a member that nobody knows: nothing to draw",
    ),
    (
        "duplicate.json",
        &["CJ-004", "CJ-009", "GML-004"],
        "a key twice, parents that are not there, a line for a ring",
    ),
    ("extension.jsonl", &["CJ-013", "CJ-014"], "as cube_20.jsonl"),
    (
        "extraattribute.json",
        &[],
        "an attribute of an extension that is not declared: read as it is",
    ),
    (
        "japanese.city.json",
        &[],
        "sound: keys and values in another script",
    ),
    (
        "many.json",
        &[],
        "sound: root property of an extension, counted as left out",
    ),
    ("many2.json", &[], "the same"),
    (
        "material.city.json",
        &["CJ-010"],
        "a material that does not exist, and one value too few",
    ),
    (
        "material2.city.json",
        &["CJ-010"],
        "a material that does not exist, for all surfaces",
    ),
    ("material3.city.json", &[], "sound: null for some surfaces"),
    (
        "noise1.city.json",
        &["CJ-011"],
        "a scale of 0; values of an extension against its schema, read as they are",
    ),
    (
        "o.json",
        &["CJ-002", "GML-004"],
        "vertices that do not exist; a line for a ring",
    ),
    (
        "o2.json",
        &[],
        "a root property that nobody knows, counted as left out",
    ),
    (
        "o3.json",
        &[],
        "repeated and unused vertices: nothing to draw",
    ),
    (
        "o4.json",
        &["CJ-002", "CJ-015", "GML-004"],
        "as o.json, and of version 0.9",
    ),
    (
        "potatoes.city.json",
        &["CJ-011", "GML-004"],
        "a scale of 0: all points are one",
    ),
    (
        "sem.json",
        &["CJ-002", "CJ-008"],
        "too many values; semantic objects and vertices that do not exist",
    ),
    (
        "sem_point.city.json",
        &[],
        "semantics of points and lines, counted as left out",
    ),
    (
        "texture1.city.json",
        &["CJ-010"],
        "a texture that does not exist",
    ),
    (
        "texture2.city.json",
        &["CJ-010"],
        "the same in a solid, and too many coordinates",
    ),
    (
        "texture3.city.json",
        &[],
        "sound: textures of a composite solid",
    ),
    (
        "texture4.city.json",
        &[],
        "sound: one null for all rings of a surface",
    ),
    ("texture5.city.json", &[], "sound: null in a solid"),
    ("texture6.city.json", &["CJ-010"], "fractions for indices"),
    ("texture7.city.json", &[], "sound: a null for each point"),
    ("twoextensions.json", &["CJ-011"], "a scale of 0"),
];

#[test]
fn every_broken_file_is_said_to_be_broken() {
    let Some(data) = shared_data() else { return };
    let folder = data.join("invalid/cityjson_cjval");
    let present: BTreeSet<String> = std::fs::read_dir(&folder)
        .expect("the folder can be listed")
        .map(|entry| entry.expect("the entry can be read").file_name())
        .filter_map(|name| name.into_string().ok())
        // The definition of an extension, which is no city.
        .filter(|name| name != "generic.ext.json")
        .collect();
    let listed: BTreeSet<String> = FILES.iter().map(|(name, ..)| (*name).to_owned()).collect();
    assert_eq!(present, listed);
    for (name, expected, what) in FILES {
        let reading = read(&folder.join(name));
        let found: BTreeSet<&str> = reading
            .diagnostics
            .items
            .iter()
            .map(|item| item.code)
            .collect();
        let expected: BTreeSet<&str> = expected.iter().copied().collect();
        assert_eq!(found, expected, "{name}: {what}");
        assert!(
            reading.outcome.is_ok() && !reading.objects.is_empty(),
            "{name}"
        );
    }
}

#[test]
fn nothing_is_dropped_silently() {
    let Some(data) = shared_data() else { return };
    let left_out = |name: &str| {
        let reading = read(&data.join("invalid/cityjson_cjval").join(name));
        reading.outcome.expect("the file can be read").left_out
    };
    assert_eq!(left_out("many.json").get("+census"), Some(&1));
    assert_eq!(left_out("o2.json").get("hugo"), Some(&1));
    assert_eq!(
        left_out("sem_point.city.json").get("semantics of a MultiPoint"),
        Some(&1)
    );
}

#[test]
fn the_conformance_corpus_is_refused_or_told_where_it_must() {
    let Some(data) = shared_data() else { return };
    let codes = |path: &str| {
        let reading = read(&data.join("cityjson/corpus/invalid").join(path));
        let codes: Vec<_> = reading
            .diagnostics
            .items
            .iter()
            .map(|item| item.code)
            .collect();
        (codes, reading.outcome.is_ok())
    };
    let root = "invalid_cityjsonfeature_root_id_unresolved/invalid_cityjsonfeature_root_id_unresolved.city.jsonl";
    assert_eq!(codes(root), (vec!["CJ-013"], true));
    assert_eq!(
        codes("invalid_missing_type/invalid_missing_type.json"),
        (vec![], false)
    );
    let (found, _) =
        codes("invalid_out_of_range_vertex_index/invalid_out_of_range_vertex_index.json");
    assert_eq!(found, ["CJ-011", "CJ-002"]);
    let (found, _) = codes("invalid_u64_f64_bounds/invalid_u64_f64_bounds.json");
    assert_eq!(found, ["CJ-011"]);
}
