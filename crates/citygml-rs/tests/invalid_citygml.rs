//! Broken CityGML files: what is wrong with each, and the code that says so.

mod metric;
mod shared_data;

use std::collections::BTreeSet;
use std::path::Path;

use citygml_rs::{
    CityObject, SurfaceKind, check_polygon, check_solid, check_terrain_triangle, shell_faces,
};
use metric::metric_object;
use shared_data::{files_below, read, shared_data};

/// Codes of all that is said about a file: by the reader, and by the checks of its geometry.
fn codes(path: &Path) -> BTreeSet<&'static str> {
    let reading = read(path);
    let mut codes: BTreeSet<_> = reading
        .diagnostics
        .items
        .iter()
        .map(|found| found.code)
        .collect();
    for object in reading.objects {
        let object = metric_object(object);
        let descendants: Vec<&CityObject> = object.descendants().collect();
        for surface in descendants.iter().flat_map(|object| &object.surfaces) {
            codes.extend(
                check_polygon(&surface.polygon)
                    .iter()
                    .map(|fault| fault.code().code),
            );
            if surface.kind == SurfaceKind::Terrain {
                codes.extend(
                    check_terrain_triangle(&surface.polygon).map(|fault| fault.code().code),
                );
            }
        }
        for solid in descendants.iter().flat_map(|object| &object.solids) {
            let shells: Vec<_> = solid
                .shells
                .iter()
                .filter_map(|shell| shell_faces(shell, &descendants))
                .collect();
            codes.extend(check_solid(&shells).iter().map(|fault| fault.code().code));
        }
    }
    codes
}

/// File, codes that must be there, and what is wrong with it. Nothing else may be there. Files without a code are sound for
/// reading and drawing; why they are here all the same is said beside.
const FILES: &[(&str, &[&str], &str)] = &[
    // ogc/citygml4j: what an XML schema forbids.
    (
        "citygml/invalid_building_v3.gml",
        &[],
        "an id that begins with a digit and a status that no list has: both are read as they are",
    ),
    // CityDoctor: its own report is in the file.
    (
        "citygml_citydoctor_quality/SimpleSolid_Error_QualityADE.gml",
        &["GML-039"],
        "GE_R_CONSECUTIVE_POINTS_SAME",
    ),
    // PLATEAU quality checks, common to all modules: the CSV and JSON files beside tell what each is about.
    (
        "plateau_01-01-common/C01/udx/bldg/54377074_bldg_6697_op.gml",
        &[],
        "an id that another file has too: sound by itself",
    ),
    (
        "plateau_01-01-common/C01/udx/bldg/54377084_bldg_6697_op.gml",
        &[],
        "an id that another file has too: sound by itself",
    ),
    (
        "plateau_01-01-common/L-frn-01/udx/bldg/49303415_bldg_6697_op.gml",
        &[],
        "an installation made of lines: a house rule",
    ),
    (
        "plateau_01-01-common/L01/udx/bldg/54377074_bldg_6697_op.gml",
        &["GML-001"],
        "a tag that is not closed",
    ),
    (
        "plateau_01-01-common/L02/udx/bldg/54377074_bldg_6697_op.gml",
        &["GML-016"],
        "a year in words",
    ),
    (
        "plateau_01-01-common/L03/udx/bldg/54377074_bldg_6697_op.gml",
        &["GML-009"],
        "a code list of another city: a house rule; and an empty geometry",
    ),
    (
        "plateau_01-01-common/L04_01/udx/bldg/54377074_bldg_6697_op.gml",
        &[],
        "a code that its list, which is not here, does not have: kept as a code",
    ),
    (
        "plateau_01-01-common/L04_02/udx/bldg/54377074_bldg_6697_op.gml",
        &[],
        "a code list that does not exist: the code is kept",
    ),
    (
        "plateau_01-01-common/L05/udx/bldg/54377074_bldg_6697_op.gml",
        &[],
        "EPSG:4326 where the national product has EPSG:6697: a house rule",
    ),
    (
        "plateau_01-01-common/L06/udx/bldg/54377074_bldg_6697_op.gml",
        &["GML-011", "GML-041"],
        "a corner far off, which leaves its ring open and crossing itself",
    ),
    (
        "plateau_01-01-common/X-invalid-gml-id/udx/bldg/54377074_bldg_6697_op.gml",
        &[],
        "an id that is no UUID: a house rule",
    ),
    (
        "plateau_01-01-common/Z-common-01_xlink_01/udx/ubld/53394611_ubld_6697_op.gml",
        &["GML-048"],
        "links in a group that are right; shells of one face",
    ),
    (
        "plateau_01-01-common/Z-common-01_xlink_02/udx/ubld/53394611_ubld_6697_op.gml",
        &["GML-048"],
        "a group member that is not there: the group keeps the reference as written; shells of one face",
    ),
    (
        "plateau_01-01-common/Z-common-01_xlink_03/udx/ubld/53394611_ubld_6697_op.gml",
        &["GML-008", "GML-048"],
        "a surface that is not there",
    ),
    // PLATEAU quality checks of buildings.
    (
        "plateau_02-bldg/C-BLDG-01/udx/bldg/input.gml",
        &[],
        "a building number twice: a house rule",
    ),
    (
        "plateau_02-bldg/C02/udx/bldg/input.gml",
        &["GML-011", "GML-039", "GML-040"],
        "objects to be counted, with rings of (0 0 0) and points on a line",
    ),
    (
        "plateau_02-bldg/CITY-CODE/udx/bldg/input.gml",
        &[],
        "a code of a city that does not exist: a house rule",
    ),
    (
        "plateau_02-bldg/L-BLDG-01/udx/bldg/input.gml",
        &[],
        "two buildings in one place, each sound: drawn as they are",
    ),
    (
        "plateau_02-bldg/L-BLDG-04/udx/bldg/input.gml",
        &[],
        "attributes that need others: a house rule",
    ),
    (
        "plateau_02-bldg/L-BLDG-04-05_multi/udx/bldg/input.gml",
        &[],
        "attributes that need others: a house rule",
    ),
    (
        "plateau_02-bldg/L-BLDG-05/udx/bldg/input.gml",
        &[],
        "attributes that need others: a house rule",
    ),
    (
        "plateau_02-bldg/L-BLDG-06/udx/bldg/input.gml",
        &["GML-008", "GML-048"],
        "surfaces that are not there, so that shells stay open",
    ),
    (
        "plateau_02-bldg/L-bldg-02_01/udx/bldg/test_buildingpart.gml",
        &[],
        "a building part alone: a house rule",
    ),
    (
        "plateau_02-bldg/L-bldg-02_02/udx/bldg/test_buildingpart_partial.gml",
        &[],
        "building parts apart from each other: a house rule",
    ),
    (
        "plateau_02-bldg/L07_LOD0_01/udx/bldg/L07.gml",
        &["GML-039"],
        "two points in a row 0.1 mm apart",
    ),
    (
        "plateau_02-bldg/L07_LOD0_02/udx/bldg/L07.gml",
        &["GML-004"],
        "a ring of two points",
    ),
    (
        "plateau_02-bldg/L07_LOD1/udx/bldg/l7_fail.gml",
        &["GML-039", "GML-048"],
        "two points in a row 1 micrometre apart; a shell of four faces of six",
    ),
    (
        "plateau_02-bldg/L07_LOD2-4/udx/bldg/l7_fail_lod2.gml",
        &["GML-039"],
        "two points in a row 1 micrometre apart",
    ),
    (
        "plateau_02-bldg/L09_LOD0/udx/bldg/L09.gml",
        &["GML-041"],
        "rings that cross themselves",
    ),
    (
        "plateau_02-bldg/L09_LOD1_01/udx/bldg/L09_01.gml",
        &["GML-040", "GML-041", "GML-048"],
        "rings that cross themselves into two equal halves; their shell is open",
    ),
    (
        "plateau_02-bldg/L09_LOD1_02/udx/bldg/L09_02.gml",
        &["GML-041", "GML-048"],
        "rings that cross themselves; a shell of three faces",
    ),
    (
        "plateau_02-bldg/L09_LOD1_03/udx/bldg/L09_03.gml",
        &["GML-039", "GML-049"],
        "points twice in a row; the shell is inside out",
    ),
    (
        "plateau_02-bldg/L11_LOD1/udx/bldg/l11.gml",
        &["GML-045", "GML-048"],
        "a corner 8 cm off the plane; a shell of three faces",
    ),
    (
        "plateau_02-bldg/L13_LOD0_01/udx/bldg/L13_LOD0_01.gml",
        &["GML-011", "GML-041", "GML-042"],
        "a hole that crosses itself and the exterior ring; rings left open",
    ),
    (
        "plateau_02-bldg/L13_LOD0_02/udx/bldg/L13_LOD0_02.gml",
        &["GML-043"],
        "a hole that touches the exterior ring",
    ),
    (
        "plateau_02-bldg/L13_LOD0_03/udx/bldg/L13_LOD0_03.gml",
        &["GML-042"],
        "holes that cross",
    ),
    (
        "plateau_02-bldg/L13_LOD1_01/udx/bldg/l13_fail_interior_exterior_crossing.gml",
        &["GML-011", "GML-042", "GML-048"],
        "a hole that crosses the exterior ring; rings left open; a shell of one face",
    ),
    (
        "plateau_02-bldg/L13_LOD1_02/udx/bldg/l13_fail_exterior_interior_touching.gml",
        &["GML-043", "GML-048"],
        "a hole that touches the exterior ring; a shell of one face",
    ),
    (
        "plateau_02-bldg/L13_LOD1_03/udx/bldg/l13_fail_intersecting_interiors.gml",
        &["GML-042", "GML-048"],
        "holes that cross, a hole twice, holes that touch; a shell of three faces",
    ),
    (
        "plateau_02-bldg/L14/udx/bldg/input.gml",
        &["GML-048", "GML-049", "GML-050"],
        "shells that are open, turned and in two pieces",
    ),
    (
        "plateau_02-bldg/T-BLDG-02/udx/bldg/input.gml",
        &["GML-010", "GML-048"],
        "an installation made of a composite surface: a house rule; an id twice, shells of few faces",
    ),
    (
        "plateau_02-bldg/Z-bldg-00_no-error_01/udx/bldg/input.gml",
        &["GML-019"],
        "sound, but without any object",
    ),
    (
        "plateau_02-bldg/Z-bldg-01_URO/udx/bldg/input.gml",
        &[],
        "a building number of the wrong form: a house rule",
    ),
    (
        "plateau_02-bldg/Z-bldg-02_surface-intersection-LOD0/udx/bldg/LOD0_surface_intersection.gml",
        &[],
        "two footprints that overlap, each sound: drawn as they are",
    ),
    (
        "plateau_02-bldg/Z-bldg-03_meshcode-extractor_01/udx/bldg/54377084_bldg_6697_op.gml",
        &[],
        "a building in the wrong map sheet: a house rule",
    ),
    (
        "plateau_02-bldg/Z-bldg-03_meshcode-extractor_02/udx/bldg/54377094_bldg_6697_op.gml",
        &[],
        "a building in the wrong map sheet: a house rule",
    ),
    (
        "plateau_02-bldg/Z-bldg-03_meshcode-extractor_03/udx/bldg/equal_area_cross_mesh.gml",
        &[],
        "buildings on the edge of map sheets: a house rule",
    ),
    (
        "plateau_02-bldg/Z-bldg-04_lod0or1-buildingpart/udx/bldg/test_buildingpart.gml",
        &[],
        "a building part of LoD 0 and 1: a house rule",
    ),
    (
        "plateau_02-bldg/common/C01/udx/bldg/54377074_bldg_6697_op.gml",
        &[],
        "an id that another file has too: sound by itself",
    ),
    (
        "plateau_02-bldg/common/C01/udx/bldg/54377084_bldg_6697_op.gml",
        &[],
        "an id that another file has too: sound by itself",
    ),
    (
        "plateau_02-bldg/common/C05/udx/bldg/54377074_bldg_6697_op.gml",
        &[],
        "no creation date: a house rule",
    ),
    // PLATEAU quality checks of terrain.
    (
        "plateau_08-dem/Z-01-TRIANGLE-ORIENTATION/udx/dem/input.gml",
        &["GML-047"],
        "a triangle that looks down",
    ),
    (
        "plateau_08-dem/Z-02-DEGENERATE-TRIANGLE/udx/dem/input.gml",
        &["GML-004"],
        "a triangle with two equal corners, and a very narrow one",
    ),
    (
        "plateau_08-dem/Z-03-INCORRECT-NUM-VERTICES/udx/dem/input.gml",
        &["GML-047"],
        "a triangle with four corners",
    ),
    (
        "plateau_08-dem/Z-04-HOLES/udx/dem/input.gml",
        &[],
        "a terrain with a hole: allowed (buildings may stand in it), drawn as it is",
    ),
    (
        "plateau_08-dem/Z-05-TRIANGLE-NOT-CLOSED/udx/dem/input.gml",
        &["GML-011", "GML-045", "GML-047"],
        "a triangle that does not end where it begins, so that it has four corners",
    ),
    (
        "plateau_08-dem/Z-DEM-00_no-error/udx/dem/input.gml",
        &[],
        "sound",
    ),
    (
        "plateau_08-dem/common/C01/udx/dem/input1.gml",
        &[],
        "an id that another file has too: sound by itself",
    ),
    (
        "plateau_08-dem/common/C01/udx/dem/input2.gml",
        &[],
        "an id that another file has too: sound by itself",
    ),
    (
        "plateau_08-dem/common/C05/udx/dem/input.gml",
        &[],
        "no creation date: a house rule",
    ),
];

#[test]
fn each_broken_file_is_said_to_be_broken_in_its_way() {
    let Some(data) = shared_data() else { return };
    let folder = data.join("invalid");
    let mut wrong = Vec::new();
    for (file, expected, why) in FILES {
        let found = codes(&folder.join(file));
        if found != expected.iter().copied().collect() {
            wrong.push(format!("{file}: {found:?}, not {expected:?} ({why})"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_broken_file_is_forgotten() {
    let Some(data) = shared_data() else { return };
    let folder = data.join("invalid");
    let listed: BTreeSet<_> = FILES.iter().map(|(file, ..)| folder.join(file)).collect();
    let mut forgotten = Vec::new();
    let entries = std::fs::read_dir(&folder).expect("the folder can be listed");
    for entry in entries {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            forgotten.extend(files_below(&path, &["gml"]));
        }
    }
    forgotten.retain(|path| !listed.contains(path));
    assert!(forgotten.is_empty(), "{forgotten:#?}");
}
