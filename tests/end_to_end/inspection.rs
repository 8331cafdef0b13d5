//! `veduta inspect` on the district, whole and broken.

use serde_json::{Value, json};

use crate::{
    district::{self, ANNEX, TERRAIN_CELLS},
    program::{command, veduta},
    scene_folder::SceneFolder,
};

/// The report on a file or folder.
fn report(path: &std::path::Path) -> Value {
    veduta(&["inspect", "--json", &path.display().to_string()]).json()
}

#[test]
fn the_report_counts_what_is_in_the_file() {
    let folder = SceneFolder::new();
    let report = report(&folder.path("district.gml"));
    assert_eq!(report["format"], "CityGML");
    assert_eq!(report["version"], "2.0");
    assert_eq!(report["crs"], district::CRS);
    assert_eq!(
        report["features"],
        json!({"Building": 2, "ReliefFeature": 1})
    );
    assert_eq!(report["parts"]["BuildingPart"], 1);
    assert_eq!(report["lods"], json!([2]));
    assert_eq!(report["surfaces"]["RoofSurface"], 4);
    assert_eq!(report["surfaces"]["WallSurface"], 12);
    assert_eq!(report["surfaces"]["GroundSurface"], 3);
    // House 4 + 6 + 4 + 2, two boxes of 12, and the terrain.
    assert_eq!(
        report["triangles"],
        16 + 24 + 2 * TERRAIN_CELLS * TERRAIN_CELLS
    );
    assert_eq!(report["appearances"], json!([]));
}

#[test]
fn the_report_says_where_on_earth_the_file_lies() {
    let folder = SceneFolder::new();
    let report = report(&folder.path("district.gml"));
    let bounds: Vec<f64> =
        serde_json::from_value(report["bbox_wgs84"].clone()).expect("six numbers");
    let [west, south, low] = district::wgs84([-180.0, -180.0, 0.0]);
    let [east, north, high] = district::wgs84([180.0, 180.0, district::TOWER_HEIGHT_M]);
    for (found, expected) in bounds.iter().zip([west, south, east, north]) {
        assert!((found - expected).abs() < 2e-6, "{bounds:?}");
    }
    assert!(
        (bounds[4] - low).abs() < 0.01 && (bounds[5] - high).abs() < 0.01,
        "{bounds:?}"
    );
}

#[test]
fn a_truncated_file_is_reported_as_far_as_it_goes() {
    let folder = SceneFolder::new();
    let whole = district::baseline();
    let end = whole.find(ANNEX).expect("the tower has an annex") - 200;
    let half = folder.write("half.gml", &whole[..end]);
    let report = report(&half);
    assert_eq!(
        report["features"]["Building"], 1,
        "the house is whole: {report:#}"
    );
    let diagnostics = report["diagnostics"].as_array().expect("a list");
    let error = diagnostics
        .iter()
        .find(|found| found["severity"] == "error");
    let error = error.unwrap_or_else(|| panic!("the break is not reported: {diagnostics:#?}"));
    for member in ["code", "message", "line", "object_id"] {
        assert!(
            error.get(member).is_some(),
            "{member} is missing: {error:#}"
        );
    }
    let line = error["line"].as_u64().expect("a line");
    assert_eq!(line as usize, whole[..end].lines().count(), "{error:#}");
}

#[test]
fn a_file_that_holds_nothing_ends_with_1() {
    let folder = SceneFolder::new();
    for (name, text) in [
        ("empty.gml", ""),
        (
            "page.gml",
            "<!DOCTYPE html><html><body>Log in</body></html>",
        ),
        (
            "half.json",
            "{\"type\": \"CityJSON\", \"version\": \"2.0\", \"CityObj",
        ),
    ] {
        let path = folder.write(name, text).display().to_string();
        let outcome = veduta(&["inspect", "--json", &path]);
        assert_eq!(outcome.code, Some(1), "{outcome:#?}");
        assert!(outcome.complaint().contains(name), "{outcome:#?}");
    }
}

#[test]
fn a_wrong_reference_system_says_what_to_write() {
    let folder = SceneFolder::new();
    let path = folder.path("district.gml").display().to_string();
    let outcome = veduta(&["inspect", &path, "--crs", "EPSG:99999"]);
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    let complaint = outcome.complaint();
    assert!(
        complaint.contains("EPSG:99999") && complaint.contains("--crs EPSG:"),
        "{complaint}"
    );
}

#[test]
fn a_folder_is_the_sum_of_its_files() {
    let folder = SceneFolder::new();
    let report = report(folder.root());
    assert_eq!(
        report["features"]["Building"], 3,
        "house, tower and pavilion: {report:#}"
    );
}

#[test]
fn a_reader_that_goes_away_is_no_crash() {
    let folder = SceneFolder::new();
    let path = folder.path("district.gml");
    let mut child = command()
        .args(["inspect", "--json"])
        .arg(path)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program starts");
    // As `| head` does when it has seen enough.
    drop(child.stdout.take());
    let ended = child.wait_with_output().expect("it ends");
    let errors = String::from_utf8_lossy(&ended.stderr);
    assert!(!errors.contains("panicked"), "{errors}");
}
