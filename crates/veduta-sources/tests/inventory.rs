//! Counts of buildings and parts agree with the inventory, which was made with other tools.

mod common;

use std::path::Path;

use veduta_sources::{InspectReport, OpenOptions, SourceLocation, inspect};

fn report(path: &Path) -> Result<InspectReport, String> {
    inspect(
        &SourceLocation::from(path),
        &OpenOptions::default(),
        &|_| {},
    )
    .map_err(|error| error.to_string())
}

/// Objects of a type, wherever they stand: a group may hold whole buildings.
fn count(report: &InspectReport, object_type: &str) -> u64 {
    let of = |counts: &std::collections::BTreeMap<String, u64>| {
        counts.get(object_type).copied().unwrap_or(0)
    };
    of(&report.features) + of(&report.parts)
}

#[test]
fn every_file_of_versions_1_and_2_has_the_buildings_and_parts_of_the_inventory() {
    let Some(inventory) = common::shared_data("inventory-citygml.tsv") else {
        return;
    };
    let folder = inventory.parent().expect("a file in a folder").to_owned();
    let table = std::fs::read_to_string(&inventory).expect("the inventory is text");
    let mut checked = 0;
    let mut differences = Vec::new();
    for row in table.lines().skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        let relative = columns[0];
        if !(relative.starts_with("citygml/v1/") || relative.starts_with("citygml/v2/")) {
            continue;
        }
        let expected = |column: usize| columns[column].parse::<u64>().expect("a count");
        checked += 1;
        match report(&folder.join(relative)) {
            Err(error) => differences.push(format!("{relative}: {error}")),
            Ok(report) => {
                let found = (count(&report, "Building"), count(&report, "BuildingPart"));
                let expected = (expected(4), expected(5));
                if found != expected {
                    differences.push(format!(
                        "{relative}: found {found:?}, expected {expected:?}"
                    ));
                }
                let has_polygons = report.surfaces.values().sum::<u64>() > 0;
                if has_polygons && report.triangles == 0 {
                    differences.push(format!("{relative}: polygons, but no triangles"));
                }
            }
        }
    }
    assert!(checked >= 58, "only {checked} rows of versions 1 and 2");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

#[test]
fn a_folder_is_the_sum_of_its_files() {
    let Some(folder) = common::shared_data("citygml/v1/nrw_lod2_3x3") else {
        return;
    };
    let report = report(&folder).expect("ten tiles");
    assert_eq!(report.features["Building"], 415);
    assert_eq!(report.parts["BuildingPart"], 145);
    assert_eq!(report.format, "CityGML");
    assert_eq!(report.version.as_deref(), Some("1.0"));
    assert_eq!(report.crs.as_deref(), Some("EPSG:25832+7837"));
    assert_eq!(report.lods, [2]);
    assert!(
        report.surfaces["RoofSurface"] >= 850,
        "every roof surface has a polygon"
    );
}

/// File, longitude, latitude of the place it shows.
const PLACES: &[(&str, f64, f64)] = &[
    (
        "citygml/v1/berlin_open_data_sample_data.citygml",
        13.387,
        52.513,
    ),
    ("citygml/v1/Potsdam_LoD1.gml", 13.05, 52.41),
    ("citygml/v1/nrw_lod2_3x3", 6.50, 51.71),
    ("citygml/v1/zurich-lod2-citygml1.xml", 8.5416, 47.3724),
    ("citygml/v1/gdal/citygml_compound_crs.gml", 139.806, 35.712),
    ("citygml/v1/gdal/citygml_lod2_713_5322.xml", 11.86, 48.02),
    ("citygml/v2/delft-citygml2.xml", 4.36, 52.005),
    ("citygml/v2/Bedburg_LoD2.gml", 6.54, 51.01),
    ("citygml/v2/DEBY_LOD2_4959457.gml", 11.568, 48.149),
    ("citygml/v2/fzk_haus_lod3_v2.gml", 8.42, 49.10),
    ("citygml/v2/ingolstadt_lod3", 11.42, 48.76),
    ("citygml/v2/terrain", 5.42, 52.17),
    ("citygml/plateau/64413325_bldg_6697_op.gml", 141.44, 42.94),
    (
        "citygml/plateau/tsukuba-shi/udx/veg/54401008_veg_6697_op.gml",
        140.11,
        36.085,
    ),
];

#[test]
fn files_lie_where_their_cities_are() {
    for (relative, longitude_deg, latitude_deg) in PLACES {
        let Some(path) = common::shared_data(relative) else {
            continue;
        };
        let report = report(&path).expect(relative);
        let [west, south, east, north, low_m, high_m] = report.bbox_wgs84.expect(relative);
        let far = ((west + east) / 2.0 - longitude_deg)
            .abs()
            .max(((south + north) / 2.0 - latitude_deg).abs());
        assert!(far < 0.05, "{relative}: {:?}", report.bbox_wgs84);
        assert!(
            east - west < 0.1 && north - south < 0.1,
            "{relative}: {:?}",
            report.bbox_wgs84
        );
        assert!(
            low_m > -50.0 && high_m < 1_000.0,
            "{relative}: {:?}",
            report.bbox_wgs84
        );
    }
}

#[test]
fn files_without_a_place_on_earth_say_so_and_are_read_all_the_same() {
    for relative in [
        "citygml/v1/ogc_examples/TexCoord.xml",
        "citygml/v1/ogc_examples/Appearance.xml",
        "citygml/v2/citygml4j_lod3_textured/lod3_building_v2.gml",
        "citygml/v2/sig3d-genericattributes-citygml2.xml",
    ] {
        let Some(path) = common::shared_data(relative) else {
            continue;
        };
        let report = report(&path).expect(relative);
        assert_eq!(report.crs.as_deref(), Some("local"), "{relative}");
        assert!(report.triangles > 0, "{relative}");
        let warned = report
            .diagnostics
            .iter()
            .any(|finding| finding.code.starts_with("GEO-") && finding.message.contains("0°N 0°E"));
        assert!(warned, "{relative}: {:?}", report.diagnostics);
        let [west, _, _, north, _, _] = report.bbox_wgs84.expect(relative);
        assert!(
            west.abs() < 0.1 && north.abs() < 0.1,
            "{relative}: {:?}",
            report.bbox_wgs84
        );
    }
}
