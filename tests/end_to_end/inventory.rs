//! `veduta inspect --json` on city models by others agrees with counts made with other tools.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::program::veduta;

/// The folder of files by others, or `None`, said aloud.
pub fn shared_data() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let is_here = folder.join("inventory-citygml.tsv").exists();
    if !is_here {
        eprintln!("skipped: ../shared/data is not here");
    }
    is_here.then_some(folder)
}

/// Buildings and building parts, wherever they stand: a group may hold whole buildings.
fn counts(report: &Value) -> (u64, u64) {
    let of = |object_type: &str| {
        let tables = [&report["features"], &report["parts"]];
        tables
            .iter()
            .filter_map(|table| table[object_type].as_u64())
            .sum::<u64>()
    };
    (of("Building"), of("BuildingPart"))
}

/// What the report must hold, whatever is inside.
const MEMBERS: [&str; 10] = [
    "format",
    "version",
    "crs",
    "bbox_wgs84",
    "features",
    "parts",
    "lods",
    "surfaces",
    "triangles",
    "diagnostics",
];

/// The inventory's counts by path, for CityGML 1.0 and 2.0.
fn inventory(folder: &Path) -> BTreeMap<String, (u64, u64)> {
    let text = std::fs::read_to_string(folder.join("inventory-citygml.tsv"))
        .expect("the inventory is text");
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |name: &str| {
        let found = header.iter().position(|column| *column == name);
        found.unwrap_or_else(|| panic!("the inventory has no column {name}"))
    };
    let (path, buildings, parts) = (
        column("path"),
        column("buildings"),
        column("building_parts"),
    );
    lines
        .map(|line| line.split('\t').collect::<Vec<_>>())
        .filter(|row| row[path].starts_with("citygml/v1/") || row[path].starts_with("citygml/v2/"))
        .map(|row| {
            let count = |column: usize| row[column].parse::<u64>().expect("a count");
            (row[path].to_owned(), (count(buildings), count(parts)))
        })
        .collect()
}

#[test]
fn every_file_of_versions_1_and_2_has_the_buildings_and_parts_of_the_inventory() {
    let Some(folder) = shared_data() else { return };
    let inventory = inventory(&folder);
    assert!(inventory.len() >= 55, "only {} rows", inventory.len());
    let mut differences = Vec::new();
    for (path, expected) in &inventory {
        let outcome = veduta(&[
            "inspect",
            "--json",
            &folder.join(path).display().to_string(),
        ]);
        if outcome.code != Some(0) {
            differences.push(format!("{path}: {}", outcome.errors));
            continue;
        }
        let report = outcome.json();
        let found = counts(&report);
        if found != *expected {
            differences.push(format!("{path}: found {found:?}, expected {expected:?}"));
        }
        let missing = MEMBERS
            .iter()
            .filter(|member| report.get(**member).is_none());
        differences.extend(missing.map(|member| format!("{path}: no {member}")));
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn a_folder_of_tiles_sums_up() {
    let Some(folder) = shared_data() else { return };
    let tiles = "citygml/v1/nrw_lod2_3x3";
    let inventory = inventory(&folder);
    let rows = inventory.iter().filter(|(path, _)| path.starts_with(tiles));
    let expected = rows.fold((0, 0), |sum, (_, row)| (sum.0 + row.0, sum.1 + row.1));
    assert!(expected.0 > 0, "the inventory knows the tiles");
    let report = veduta(&[
        "inspect",
        "--json",
        &folder.join(tiles).display().to_string(),
    ])
    .json();
    assert_eq!(counts(&report), expected);
}
