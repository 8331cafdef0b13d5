//! Opening with everything: all levels, interiors and openings are there, and hiding them gives the default picture.

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use tiles3d::{TileContent, shown_rows, surface_class};
use veduta_sources::{ContentRequest, LoadedContent, OpenOptions, SourceLocation, open};

fn contents(path: &Path, everything: bool) -> Vec<std::sync::Arc<TileContent>> {
    let options = OpenOptions {
        everything,
        ..OpenOptions::default()
    };
    let source = open(&SourceLocation::from(path), &options, &|_| {}).expect("a city model");
    let requests = source
        .tree
        .iter()
        .flat_map(|(_, node)| ContentRequest::of_node(node));
    requests
        .map(|request| match source.loader.load(&request) {
            Ok(LoadedContent::Tile { content, .. }) => content,
            other => panic!("{other:?}"),
        })
        .collect()
}

/// Triangles by top-level object and class, of what is seen from outside at a level.
fn seen(content: &TileContent, lod: u8) -> BTreeMap<(String, u8), usize> {
    let shown = shown_rows(&content.features, |_| lod);
    let mut counts = BTreeMap::new();
    for mesh in content.meshes.iter().filter(|mesh| mesh.theme.is_none()) {
        for corners in mesh.indices.chunks_exact(3) {
            let vertex = corners[0] as usize;
            let row = mesh.feature_ids[vertex] as usize;
            let class = mesh.surface_classes[vertex];
            let is_unseen = 1 << class & surface_class::HIDDEN_FROM_OUTSIDE != 0;
            if !shown[row] || content.features[row].is_interior || is_unseen {
                continue;
            }
            let mut top = row;
            while let Some(parent) = content.features[top].parent {
                top = parent as usize;
            }
            let key = (content.features[top].id.clone(), class);
            *counts.entry(key).or_default() += 1;
        }
    }
    counts
}

fn added(contents: &[std::sync::Arc<TileContent>], lod: u8) -> BTreeMap<(String, u8), usize> {
    let mut all = BTreeMap::new();
    for content in contents {
        for (key, count) in seen(content, lod) {
            *all.entry(key).or_default() += count;
        }
    }
    all
}

#[test]
fn what_is_shown_by_default_is_what_a_plain_opening_hands_out() {
    for relative in [
        "citygml/v1/berlin_open_data_sample_data.citygml",
        "citygml/v2/delft-citygml2.xml",
        "citygml/v2/fzk_haus_lod3_v2.gml",
        "citygml/v2/ingolstadt_lod3",
        "citygml/v2/lod4_building_v2.gml",
        "citygml/v2/ogc_examples/Building_LOD0-4",
        "citygml/plateau/64413325_bldg_6697_op.gml",
    ] {
        let Some(path) = common::shared_data(relative) else {
            continue;
        };
        let plain = added(&contents(&path, false), 3);
        let everything = added(&contents(&path, true), 3);
        assert!(!plain.is_empty(), "{relative}");
        assert_eq!(plain, everything, "{relative}");
    }
}

#[test]
fn every_level_of_a_district_can_be_shown_and_each_shows_every_building_once() {
    let Some(path) = common::shared_data("citygml/plateau/64413325_bldg_6697_op.gml") else {
        return;
    };
    for content in contents(&path, true) {
        for lod in 0..=1 {
            let shown = shown_rows(&content.features, |_| lod);
            let mut rows_of_building: BTreeMap<u32, usize> = BTreeMap::new();
            for (row, feature) in content.features.iter().enumerate() {
                if shown[row] && feature.lod.is_some() {
                    let building = feature.variant_of.unwrap_or(row as u32);
                    *rows_of_building.entry(building).or_default() += 1;
                    assert_eq!(feature.lod, Some(lod), "{}", feature.id);
                }
            }
            assert_eq!(rows_of_building.len(), 25);
            assert!(rows_of_building.values().all(|count| *count == 1));
        }
    }
}

#[test]
fn a_house_of_level_4_can_be_looked_into() {
    let Some(path) = common::shared_data("citygml/v2/lod4_building_v2.gml") else {
        return;
    };
    let contents = contents(&path, true);
    let types: BTreeMap<&str, usize> = contents
        .iter()
        .flat_map(|content| &content.features)
        .filter(|feature| feature.is_interior && feature.variant_of.is_none())
        .fold(BTreeMap::new(), |mut types, feature| {
            *types.entry(feature.object_type.as_str()).or_default() += 1;
            types
        });
    assert!(types.contains_key("Room"), "{types:?}");
    let classes: Vec<u8> = contents
        .iter()
        .flat_map(|content| &content.meshes)
        .flat_map(|mesh| mesh.surface_classes.iter().copied())
        .collect();
    for class in [
        surface_class::FLOOR,
        surface_class::CEILING,
        surface_class::INTERIOR_WALL,
    ] {
        assert!(classes.contains(&class), "{class}");
    }
}

#[test]
fn versions_of_a_building_follow_one_another_in_time() {
    let Some(path) =
        common::shared_data("citygml/v3/ogc/historicalSuccession_CityGML_3.0_LOD2_Versioning.gml")
    else {
        return;
    };
    let contents = contents(&path, true);
    let rows: Vec<_> = contents
        .iter()
        .flat_map(|content| &content.features)
        .collect();
    let alive = |moment_ms: i64| {
        let mut alive: Vec<&str> = rows
            .iter()
            .filter(|row| row.object_type == "Building")
            .filter(|row| {
                let [begin, end] = row.lifespan_ms;
                begin.is_none_or(|begin| begin <= moment_ms)
                    && end.is_none_or(|end| moment_ms < end)
            })
            .map(|row| row.id.as_str())
            .collect();
        alive.sort_unstable();
        alive
    };
    const YEAR_2010_MS: i64 = 1_262_304_000_000;
    const YEAR_2020_MS: i64 = 1_577_836_800_000;
    assert_eq!(
        alive(YEAR_2010_MS),
        ["BU_69381AL47_2000-01-01", "BU_69381AL49_2000-01-01"]
    );
    assert_eq!(
        alive(YEAR_2020_MS),
        ["BU_69381AL49_2015-01-01", "BU_69381AL50_2015-01-01"]
    );
    let parts = rows.iter().filter(|row| row.object_type == "BuildingPart");
    assert!(parts.into_iter().all(|part| part.lifespan_ms[0].is_some()));
    let version = rows.iter().find(|row| row.object_type == "Version");
    assert!(!version.expect("versions are listed").relations.is_empty());
}
