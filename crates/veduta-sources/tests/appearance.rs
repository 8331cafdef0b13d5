//! Themes, textures and prototypes of real files.

mod common;

use std::path::Path;
use std::sync::Arc;

use tiles3d::{TextureWrap, TileContent, TileMesh};
use veduta_sources::{ContentRequest, LoadedContent, OpenOptions, SourceLocation, inspect, open};

fn contents(path: &Path) -> Vec<Arc<TileContent>> {
    let options = OpenOptions {
        everything: true,
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

fn triangles<'a>(meshes: impl Iterator<Item = &'a TileMesh>) -> usize {
    meshes.map(|mesh| mesh.indices.len() / 3).sum()
}

#[test]
fn each_theme_replaces_just_the_triangles_it_has() {
    for relative in [
        "citygml/v2/ogc_examples/Appearance/Appearance-EPSG25832.gml",
        "citygml/v2/citygml4j_lod3_textured/lod3_building_v2.gml",
        "pairs_citygml_3dtiles/bldg_shinjuku/citygml",
        "pairs_citygml_3dtiles/brid_tamana/citygml",
        "cityjson/cjio/material",
    ] {
        let Some(path) = common::shared_data(relative) else {
            continue;
        };
        let mut dressed = 0;
        for content in contents(&path) {
            for theme in 0..content.themes.len() as u16 {
                let own = content
                    .meshes
                    .iter()
                    .filter(|mesh| mesh.theme == Some(theme));
                let replaced = content
                    .meshes
                    .iter()
                    .filter(|mesh| mesh.theme.is_none() && mesh.replaced_in & 1 << theme != 0);
                let count = triangles(own);
                assert_eq!(count, triangles(replaced), "{relative}");
                dressed += count;
            }
            for mesh in &content.meshes {
                let vertices = mesh.positions.len();
                assert!([0, vertices].contains(&mesh.uvs.len()), "{relative}");
                assert!([0, vertices].contains(&mesh.colors.len()), "{relative}");
                assert_eq!(
                    mesh.base_color_texture.is_some(),
                    !mesh.uvs.is_empty(),
                    "{relative}"
                );
                if let Some(bytes) = &mesh.base_color_texture {
                    image::load_from_memory(bytes).expect(relative);
                }
            }
        }
        assert!(dressed > 0, "{relative}");
    }
}

#[test]
fn textures_that_stay_within_their_image_do_not_repeat() {
    let Some(path) =
        common::shared_data("citygml/v2/ogc_examples/Appearance/Appearance-EPSG25832.gml")
    else {
        return;
    };
    let mut wraps = Vec::new();
    for content in contents(&path) {
        assert_eq!(content.themes, ["Summer", "Winter"]);
        for mesh in content.meshes.iter().filter(|mesh| !mesh.uvs.is_empty()) {
            let is_within = mesh
                .uvs
                .iter()
                .flatten()
                .all(|value| (-0.01..=1.01).contains(value));
            assert!(!is_within || mesh.texture_wrap == TextureWrap::ClampToEdge);
            wraps.push(mesh.texture_wrap);
        }
    }
    assert!(wraps.contains(&TextureWrap::Repeat) && wraps.contains(&TextureWrap::ClampToEdge));
}

#[test]
fn prototypes_are_made_once_and_stand_at_their_features() {
    let Some(path) = common::shared_data("cityjson/fcb/geom_temp.city.jsonl") else {
        return;
    };
    let mut places = 0;
    for content in contents(&path) {
        for instances in &content.instances {
            assert!(instances.mesh.feature_ids.iter().all(|id| *id == 0));
            for (placement, row) in &instances.placements {
                places += 1;
                let feature = &content.features[*row as usize];
                let [low, high] = feature.bounds_local.map(glam::Vec3::from_array);
                for &position in &instances.mesh.positions {
                    let point = placement.transform_point3(position.into());
                    assert!(
                        (point - point.clamp(low, high)).length() < 0.01,
                        "{}: {point} outside {low} to {high}",
                        feature.id
                    );
                }
            }
        }
    }
    assert!(places >= 15, "{places}");
}

#[test]
fn images_found_and_missing_are_counted() {
    for (relative, found, missing) in [
        ("citygml/v2/citygml4j_lod3_textured", true, false),
        ("cityjson/cjio/rotterdam", true, true),
    ] {
        let Some(path) = common::shared_data(relative) else {
            continue;
        };
        let location = SourceLocation::from(path.as_path());
        let report = inspect(&location, &OpenOptions::default(), &|_| {}).expect(relative);
        assert_eq!(report.textures_found > 0, found, "{relative}");
        assert_eq!(report.textures_missing > 0, missing, "{relative}");
        let findings = report
            .diagnostics
            .iter()
            .filter(|finding| finding.code == "SRC-012");
        assert_eq!(
            findings.count() as u64,
            report.textures_missing.min(200),
            "{relative}"
        );
    }
}
