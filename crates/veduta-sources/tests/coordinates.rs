//! Real files with reference systems of every kind end where they are on earth.

mod common;

use std::path::Path;

use veduta_sources::{OpenedSource, Severity, SourceDiagnostic};

fn opened(relative: &str) -> Option<OpenedSource> {
    let path = common::shared_data(relative)?;
    Some(common::open_path(&path).expect(relative))
}

fn has<'a>(source: &'a OpenedSource, code: &str) -> Option<&'a SourceDiagnostic> {
    let mut diagnostics = source.diagnostics.iter();
    diagnostics.find(|diagnostic| diagnostic.code == code)
}

/// File, west to east, south to north in degrees that its place lies between.
const PLACES: &[(&str, [f64; 4])] = &[
    // Lengths and widths under names in every notation.
    ("citygml/v2/DEBY_LOD2_4959457.gml", [11.0, 12.0, 48.0, 49.0]),
    ("citygml/v2/Bedburg_LoD2.gml", [6.4, 6.7, 50.9, 51.1]),
    ("citygml/v2/delft-citygml2.xml", [4.3, 4.4, 51.9, 52.1]),
    (
        "citygml/v1/zurich-lod2-citygml1.xml",
        [8.5, 8.6, 47.3, 47.4],
    ),
    ("citygml/v2/fzk_haus_lod3_v2.gml", [8.3, 8.5, 49.0, 49.2]),
    (
        "citygml/v3/envis/TUM-Main-Entrance.gml",
        [11.5, 11.6, 48.1, 48.2],
    ),
    (
        "citygml/v3/ogc/citygml3_roads_4wayintersection.gml",
        [144.8, 145.1, -38.0, -37.6],
    ),
    // Longitude first under `EPSG:4979`.
    (
        "citygml/v3/ogc/JeffersonBuilding_CityGML3.0_LOD1_with_xAL3_CommonTypes.gml",
        [-77.2, -76.9, 38.7, 39.0],
    ),
    // A system of the file, on an anchor near Karlsruhe.
    (
        "citygml/v3/ogc/LocalCRS_CityGML3.gml",
        [8.3, 8.5, 49.0, 49.2],
    ),
    (
        "citygml/v2/ogc_examples/Building_LOD0-4/Building_LOD1-LocalEngineeringCRS.gml",
        [8.3, 8.5, 49.0, 49.2],
    ),
    // Objects without a name before the one that names EPSG:3946.
    (
        "citygml/v3/ogc/historicalSuccession_CityGML_3.0_LOD2_Versioning.gml",
        [4.8, 4.9, 45.7, 45.8],
    ),
    // Latitude first in degrees, under an address of the OGC.
    (
        "citygml/plateau/tokyo_mini/bldg",
        [139.6, 139.8, 35.4, 35.6],
    ),
    // Zone 3 under the name of zone 2.
    (
        "citygml/v2/ade_noise/building_example.gml",
        [7.9, 8.0, 51.4, 51.6],
    ),
];

#[test]
fn files_lie_in_their_cities() {
    for (relative, [west, east, south, north]) in PLACES {
        let Some(source) = opened(relative) else {
            continue;
        };
        let bounds = source.summary.bounds.expect(relative);
        assert!(
            bounds.west_deg > *west
                && bounds.east_deg < *east
                && bounds.south_deg > *south
                && bounds.north_deg < *north,
            "{relative}: {bounds:?}"
        );
    }
}

#[test]
fn a_local_system_with_an_anchor_says_so() {
    let Some(source) = opened("citygml/v3/ogc/LocalCRS_CityGML3.gml") else {
        return;
    };
    assert!(
        has(&source, "GEO-010").is_some(),
        "{:?}",
        source.diagnostics
    );
    assert!(
        source
            .summary
            .bounds
            .is_some_and(|bounds| bounds.min_height_m > 100.0)
    );
}

/// Half the diagonal of everything, in metres: what a view of the whole scene frames.
fn extent_m(source: &OpenedSource) -> f64 {
    source
        .tree
        .node(source.tree.root())
        .bounding_volume
        .radius_m()
}

#[test]
fn a_folder_with_a_nameless_file_is_framed_as_a_city() {
    let Some(source) = opened("cityjson/cjio/rotterdam") else {
        return;
    };
    assert!(extent_m(&source) < 5_000.0, "{}", extent_m(&source));
}

const HOUSE: &str = r#"<CityModel xmlns="http://www.opengis.net/citygml/2.0" xmlns:bldg="http://www.opengis.net/citygml/building/2.0" xmlns:gml="http://www.opengis.net/gml">
<cityObjectMember><bldg:Building gml:id="house"><bldg:lod1MultiSurface><gml:MultiSurface SRS><gml:surfaceMember><gml:Polygon><gml:exterior><gml:LinearRing>
<gml:posList srsDimension="3">COORDINATES</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon></gml:surfaceMember></gml:MultiSurface></bldg:lod1MultiSurface></bldg:Building></cityObjectMember></CityModel>"#;

/// A square of ten metres whose south-western corner has these coordinates.
fn house(srs_name: Option<&str>, [x, y, z]: [f64; 3]) -> String {
    let corners = [
        (0.0, 0.0),
        (10.0, 0.0),
        (10.0, 10.0),
        (0.0, 10.0),
        (0.0, 0.0),
    ];
    let coordinates = corners.map(|(east, north)| format!("{} {} {z}", x + east, y + north));
    let attribute = srs_name.map_or(String::new(), |name| format!("srsName=\"{name}\""));
    HOUSE
        .replace("SRS", &attribute)
        .replace("COORDINATES", &coordinates.join(" "))
}

fn folder_of(files: &[(&str, String)]) -> OpenedSource {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    common::open_path(Path::new(folder.path())).expect("houses")
}

#[test]
fn survey_coordinates_in_a_drawing_do_not_stretch_the_scene() {
    for relative in [
        "citygml/v1/ogc_examples/GenericObjects.xml",
        "citygml/v3/ogc/historicalSuccession_CityGML_3.0_LOD2_Versioning.gml",
    ] {
        let Some(source) = opened(relative) else {
            continue;
        };
        let extent_m = extent_m(&source);
        assert!(extent_m < 1_000.0, "{relative}: {extent_m}");
    }
}

#[test]
fn what_comes_first_in_a_folder_does_not_decide() {
    let dutch = [92_000.0, 437_000.0, 3.0];
    let next_to_it = [92_200.0, 437_000.0, 3.0];
    let drawing = [12.0, 5.0, 0.0];
    for names in [["a.gml", "b.gml", "c.gml"], ["c.gml", "b.gml", "a.gml"]] {
        let source = folder_of(&[
            (names[0], house(None, next_to_it)),
            (names[1], house(Some("EPSG:28992"), dutch)),
            (names[2], house(None, drawing)),
        ]);
        assert!(extent_m(&source) < 500.0, "{}", extent_m(&source));
        assert_eq!(source.summary.crs.as_deref(), Some("EPSG:28992, local"));
        assert_eq!(source.summary.features["Building"], 3);
        let inherited = has(&source, "GEO-008").expect("the neighbour's system");
        assert!(inherited.source.ends_with(names[0]));
        let beside = has(&source, "GEO-004").expect("a drawing");
        assert_eq!(beside.severity, Severity::Warning);
        assert!(beside.message.contains("51.9") && beside.message.contains("--crs EPSG:CODE"));
    }
}

#[test]
fn heights_of_two_kinds_in_one_source_are_told() {
    let source = folder_of(&[
        (
            "a.gml",
            house(
                Some("urn:ogc:def:crs:EPSG::7415"),
                [92_000.0, 437_000.0, 3.0],
            ),
        ),
        // ETRS89 with ellipsoidal heights, earth-centred.
        (
            "b.gml",
            house(Some("EPSG:4936"), [3_923_000.0, 300_000.0, 5_002_800.0]),
        ),
    ]);
    assert_eq!(source.summary.heights.len(), 2);
    assert!(
        has(&source, "SRC-011").is_some(),
        "{:?}",
        source.diagnostics
    );
}
