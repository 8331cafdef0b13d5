//! 3D Tiles and glTF through the same door.

mod common;

use std::path::Path;

use veduta_sources::{
    ContentRequest, InspectReport, LoadedContent, OpenOptions, Placement, SourceLocation, inspect,
    open_placed,
};

fn report(path: &Path, options: &OpenOptions) -> InspectReport {
    inspect(&SourceLocation::from(path), options, &|_| {}).expect("a tileset")
}

#[test]
fn a_part_of_amsterdam_lies_in_amsterdam() {
    let Some(path) = common::shared_data("3dtiles/amsterdam_pg2b3dm") else {
        return;
    };
    let report = report(&path, &OpenOptions::default());
    assert_eq!(report.format, "3D Tiles");
    assert_eq!(report.features.values().sum::<u64>(), 200);
    assert!(report.triangles > 10_000);
    let [west, south, east, north, low_m, high_m] = report.bbox_wgs84.expect("on earth");
    assert!(
        west > 4.8 && east < 5.0 && south > 52.3 && north < 52.45,
        "{:?}",
        report.bbox_wgs84
    );
    assert!(low_m > -20.0 && high_m < 200.0, "{:?}", report.bbox_wgs84);
}

#[test]
fn external_tilesets_are_followed() {
    let Some(path) = common::shared_data("3dtiles/cesium_native/AddTileset/tileset.json") else {
        return;
    };
    let report = report(&path, &OpenOptions::default());
    assert_eq!(report.features.values().sum::<u64>(), 50);
}

#[test]
fn a_tile_that_cannot_be_read_is_reported_and_the_others_count() {
    let Some(path) =
        common::shared_data("3dtiles/cesium_native/ErrorChildrenAddTileset/tileset.json")
    else {
        return;
    };
    let report = report(&path, &OpenOptions::default());
    assert_eq!(report.features.values().sum::<u64>(), 30);
    let failed: Vec<_> = report
        .diagnostics
        .iter()
        .filter(|finding| finding.code == "SRC-006")
        .collect();
    assert_eq!(failed.len(), 1, "{:?}", report.diagnostics);
    assert!(failed[0].source.ends_with("error_lr.b3dm"));
}

#[test]
fn the_limit_of_a_report_is_said_in_it() {
    let Some(path) = common::shared_data("3dtiles/amsterdam_pg2b3dm") else {
        return;
    };
    let options = OpenOptions {
        max_reported_tiles: 2,
        ..OpenOptions::default()
    };
    let report = report(&path, &options);
    assert!(report.triangles > 0);
    assert!(
        report
            .diagnostics
            .iter()
            .any(|finding| finding.code == "SRC-007")
    );
}

/// One triangle, ten metres wide and five high, one metre in front of (south of) the origin.
fn write_triangle(folder: &Path) -> std::path::PathBuf {
    let positions: [[f32; 3]; 3] = [[0.0, 0.0, 1.0], [10.0, 0.0, 1.0], [0.0, 5.0, 1.0]];
    let bytes: Vec<u8> = positions
        .iter()
        .flatten()
        .flat_map(|value| value.to_le_bytes())
        .collect();
    std::fs::write(folder.join("triangle.bin"), bytes).expect("written");
    let path = folder.join("triangle.gltf");
    std::fs::write(
        &path,
        r#"{"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0,"name":"tower"}],
        "meshes":[{"primitives":[{"attributes":{"POSITION":0}}]}],
        "accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3","min":[0,0,1],"max":[10,5,1]}],
        "bufferViews":[{"buffer":0,"byteLength":36}],"buffers":[{"uri":"triangle.bin","byteLength":36}]}"#,
    )
    .expect("written");
    path
}

#[test]
fn a_model_with_an_external_buffer_stands_where_it_is_put() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = write_triangle(folder.path());
    let placement = Placement::at(9.0, 48.0, 300.0);
    let source = open_placed(
        &SourceLocation::from(path.as_path()),
        &placement,
        &OpenOptions::default(),
        &|_| {},
    )
    .expect("a triangle");
    assert_eq!(source.summary.triangles, 1);
    let bounds = source.summary.bounds.expect("on earth");
    assert!((bounds.west_deg - 9.0).abs() < 1e-6, "{bounds:?}");
    assert!(
        (bounds.min_height_m - 300.0).abs() < 0.01 && (bounds.max_height_m - 305.0).abs() < 0.01,
        "{bounds:?}"
    );
    let metre_deg = 1.0 / 111_200.0;
    assert!(
        (bounds.north_deg - (48.0 - metre_deg)).abs() < 0.1 * metre_deg,
        "{bounds:?}"
    );
    let request = ContentRequest::of_node(source.tree.node(source.tree.root()))
        .next()
        .expect("one");
    assert!(matches!(
        source.loader.load(&request),
        Ok(LoadedContent::Tile { .. })
    ));
}

#[test]
fn a_model_without_a_place_says_so() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = write_triangle(folder.path());
    let source = common::open_path(&path).expect("a triangle");
    assert_eq!(source.summary.crs.as_deref(), Some("local"));
    assert!(
        source
            .diagnostics
            .iter()
            .any(|finding| finding.code == "SRC-009")
    );
}
