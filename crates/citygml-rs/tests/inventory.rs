//! Counts of objects in every real CityGML file against an inventory made with other tools.

mod shared_data;

use std::collections::BTreeMap;
use std::path::Path;

use shared_data::{count_types, read, shared_data};

/// One row of `inventory-citygml.tsv`.
struct Row {
    path: String,
    version: String,
    buildings: u64,
    building_parts: u64,
    /// Count by element name.
    features: BTreeMap<String, u64>,
}

/// Names the inventory counts that are no city objects: appearance, geometry, and a boundary surface, which this crate
/// reads as a kind of surface.
const NO_CITY_OBJECTS: &[&str] = &[
    "ParameterizedTexture",
    "GeoreferencedTexture",
    "X3DMaterial",
    "ImplicitGeometry",
    "WaterSurface",
];

fn rows(data: &Path) -> Vec<Row> {
    let table = std::fs::read_to_string(data.join("inventory-citygml.tsv"))
        .expect("the inventory can be read");
    let mut lines = table.lines();
    let header: Vec<&str> = lines
        .next()
        .expect("the inventory has a header")
        .split('\t')
        .collect();
    let column = |name: &str| {
        header
            .iter()
            .position(|&found| found == name)
            .expect("the column is there")
    };
    let (path, version) = (column("path"), column("version"));
    let (buildings, building_parts, features) = (
        column("buildings"),
        column("building_parts"),
        column("features"),
    );
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            Row {
                path: cells[path].to_owned(),
                version: cells[version].to_owned(),
                buildings: cells[buildings].parse().unwrap_or(0),
                building_parts: cells[building_parts].parse().unwrap_or(0),
                features: cells[features]
                    .split_whitespace()
                    .filter_map(|feature| feature.rsplit_once(':'))
                    .filter(|(name, _)| !NO_CITY_OBJECTS.contains(name))
                    .map(|(name, count)| (name.to_owned(), count.parse().expect("a count")))
                    .collect(),
            }
        })
        .collect()
}

/// What differs between a file and its row, one line each.
fn differences(data: &Path, row: &Row) -> Vec<String> {
    let reading = read(&data.join(&row.path));
    let mut found = Vec::new();
    let mut compare = |what: &str, expected: String, actual: String| {
        if expected != actual {
            found.push(format!(
                "{}: {what}: expected {expected}, found {actual}",
                row.path
            ));
        }
    };
    let summary = match &reading.outcome {
        Ok(summary) => summary,
        // A row without version is a file that is no CityGML.
        Err(_) if row.version.is_empty() => return found,
        Err(error) => return vec![format!("{}: {error}", row.path)],
    };
    let counts = count_types(&reading.objects);
    let count_of = |name: &str| counts.get(name).copied().unwrap_or(0);
    compare(
        "version",
        row.version.clone(),
        summary.version.clone().unwrap_or_default(),
    );
    compare(
        "Building",
        row.buildings.to_string(),
        count_of("Building").to_string(),
    );
    compare(
        "BuildingPart",
        row.building_parts.to_string(),
        count_of("BuildingPart").to_string(),
    );
    for (name, &expected) in &row.features {
        compare(name, expected.to_string(), count_of(name).to_string());
    }
    // Counted by the inventory wherever they occur, so nothing of these may be found beyond it.
    for name in [
        "ReliefFeature",
        "TINRelief",
        "Room",
        "Window",
        "Door",
        "BuildingInstallation",
        "Road",
        "LandUse",
    ] {
        compare(
            name,
            row.features.get(name).unwrap_or(&0).to_string(),
            count_of(name).to_string(),
        );
    }
    found
}

fn check(folders: &[&str], at_least: usize) {
    let Some(data) = shared_data() else { return };
    let rows: Vec<Row> = rows(&data)
        .into_iter()
        .filter(|row| folders.iter().any(|folder| row.path.starts_with(folder)))
        .filter(|row| data.join(&row.path).is_file())
        .collect();
    assert!(
        rows.len() >= at_least,
        "only {} rows in {folders:?}",
        rows.len()
    );
    let different: Vec<String> = rows
        .iter()
        .flat_map(|row| differences(&data, row))
        .collect();
    assert!(
        different.is_empty(),
        "{} of {} rows\n{}",
        different.len(),
        rows.len(),
        different.join("\n")
    );
}

#[test]
fn citygml_1() {
    check(&["citygml/v1/"], 20);
}

#[test]
fn citygml_2() {
    check(&["citygml/v2/"], 35);
}

#[test]
fn drafts_of_citygml() {
    check(&["citygml/v0_4/"], 4);
}

#[test]
fn citygml_3() {
    check(&["citygml/v3/"], 25);
}

#[test]
fn plateau() {
    check(&["citygml/plateau/"], 25);
}

#[test]
fn inputs_of_converters() {
    check(&["pairs_citygml_3dtiles/"], 5);
}
