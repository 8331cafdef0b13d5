//! Surfaces, semantics, solids, lines and points.

use citygml_rs::{AttributeValue, Format, SurfaceKind};

use crate::{document, read_text};

#[test]
fn a_solid_with_semantics() {
    let (objects, codes, format) = read_text(&document(
        r#"{"type": "Solid", "lod": "2.2",
            "boundaries": [[[[0,3,2,1]], [[4,5,6,7]], [[0,1,5,4]]]],
            "semantics": {"surfaces": [{"type": "GroundSurface"}, {"type": "RoofSurface"}], "values": [[0, 1, null]]}}"#,
    ));
    assert_eq!((codes, format), (vec![], Format::CityJson));
    let house = &objects[0];
    let kinds: Vec<_> = house
        .surfaces
        .iter()
        .map(|surface| (surface.lod, surface.kind))
        .collect();
    assert_eq!(
        kinds,
        [
            (2, SurfaceKind::Ground),
            (2, SurfaceKind::Roof),
            (2, SurfaceKind::Unclassified)
        ]
    );
    assert_eq!(
        house.surfaces[1].polygon.exterior[2],
        [1010.0, 2010.0, 55.0]
    );
    assert_eq!(
        house.srs_name.as_deref(),
        Some("https://www.opengis.net/def/crs/EPSG/0/7415")
    );
    assert_eq!(
        house.address.as_deref(),
        Some("Julianalaan 1, 2628 BL Delft")
    );
    let attributes: Vec<_> = house
        .attributes
        .iter()
        .map(|found| (found.name.as_str(), found.value.clone()))
        .collect();
    assert_eq!(
        attributes,
        [
            ("storeys", AttributeValue::Integer(2)),
            ("height", AttributeValue::Number(5.5)),
            ("flat", AttributeValue::Boolean(true)),
            ("owner/name", AttributeValue::Text("City".to_owned())),
        ]
    );
}

#[test]
fn holes_and_multi_solids() {
    let (objects, codes, _) = read_text(&document(
        r#"{"type": "MultiSolid", "lod": 1,
            "boundaries": [[[[[0,1,2,3],[4,5,6]]]], [[[[4,5,6,7]]]]],
            "semantics": {"surfaces": [{"type": "WallSurface"}], "values": [[[0]], null]}}"#,
    ));
    assert_eq!(codes, Vec::<&str>::new());
    let surfaces = &objects[0].surfaces;
    assert_eq!(surfaces[0].polygon.interiors.len(), 1);
    assert_eq!(
        (surfaces[0].kind, surfaces[1].kind),
        (SurfaceKind::Wall, SurfaceKind::Unclassified)
    );
}

#[test]
fn the_finest_refinement_of_a_level_is_kept() {
    let surface = |lod: &str, ring: &str| {
        format!(r#"{{"type": "MultiSurface", "lod": "{lod}", "boundaries": [[[{ring}]]]}}"#)
    };
    let geometry = [
        surface("1.2", "0,1,2"),
        surface("1.3", "0,1,2,3"),
        surface("0", "0,1,2"),
    ]
    .join(",");
    let (objects, codes, _) = read_text(&document(&geometry));
    let lods: Vec<_> = objects[0]
        .surfaces
        .iter()
        .map(|surface| (surface.lod, surface.polygon.exterior.len()))
        .collect();
    assert_eq!(lods, [(1, 4), (0, 3)]);
    assert_eq!(codes, ["CJ-007"]);
}

#[test]
fn broken_geometry_costs_what_is_broken() {
    let cases = [
        (
            r#"{"type": "MultiSurface", "lod": "1", "boundaries": [[[0,1,99]], [[0,1,2]]]}"#,
            "CJ-002",
            1,
        ),
        (
            r#"{"type": "MultiSurface", "lod": "1", "boundaries": [[[0,1,1]], [[0,1,2]]]}"#,
            "GML-004",
            1,
        ),
        (
            r#"{"type": "MultiSurface", "lod": "1", "boundaries": [[0,1,2]]}"#,
            "CJ-003",
            0,
        ),
        (
            r#"{"type": "Blob", "lod": "1", "boundaries": []}"#,
            "CJ-003",
            0,
        ),
        (
            r#"{"type": "MultiSurface", "lod": "1", "boundaries": [[[0,1,2]]], "semantics": {"surfaces": [], "values": [3]}}"#,
            "CJ-008",
            1,
        ),
        (r#"{"type": "MultiSurface", "lod": "1"}"#, "GML-009", 0),
        (
            r#"{"type": "MultiSurface", "lod": "1", "boundaries": []}"#,
            "GML-009",
            0,
        ),
        (
            r#"{"type": "MultiSurface", "lod": "1", "boundaries": [[[0,1,2]], [[0,"one",2]]]}"#,
            "CJ-003",
            1,
        ),
        (
            r#"{"type": "GeometryInstance", "template": 0, "boundaries": [0]}"#,
            "CJ-005",
            0,
        ),
        (
            r#"{"type": "MultiSurface", "boundaries": [[[0,1,2]]]}"#,
            "GML-021",
            1,
        ),
    ];
    for (geometry, code, surfaces) in cases {
        let (objects, codes, _) = read_text(&document(geometry));
        assert_eq!(
            (codes, objects[0].surfaces.len()),
            (vec![code], surfaces),
            "{geometry}"
        );
    }
}

#[test]
fn a_solid_that_copies_a_multi_surface_doubles_nothing() {
    let (objects, codes, _) = read_text(&document(
        r#"{"type": "MultiSurface", "lod": "2", "boundaries": [[[0,3,2,1]], [[4,5,6,7]]],
            "semantics": {"surfaces": [{"type": "GroundSurface"}, {"type": "RoofSurface"}], "values": [0, 1]}},
           {"type": "Solid", "lod": "2", "boundaries": [[[[3,2,1,0]], [[4,5,6,7]]]]}"#,
    ));
    assert_eq!(codes, ["GML-024"]);
    assert_eq!(objects[0].surfaces.len(), 2);
}

#[test]
fn semantic_objects_with_attributes_parents_and_types_of_extensions() {
    let (objects, codes, _) = read_text(&document(
        r#"{"type": "MultiSurface", "lod": "3", "boundaries": [[[0,3,2,1]], [[4,5,6,7]], [[0,1,5,4]]],
            "semantics": {"surfaces": [
                {"type": "WallSurface", "children": [2], "azimuth": 180.5},
                {"type": "RoofSurface", "id": "roof", "name": "North roof"},
                {"type": "+PatioDoor", "colour": "blue"},
                {"type": "Window", "parent": 0}], "values": [0, 1, 2]}},
           {"type": "MultiSurface", "lod": "1", "boundaries": [[[0,3,2,1]]],
            "semantics": {"surfaces": [{"type": "GroundSurface"}, {"type": "ClosureSurface", "parent": 0}], "values": [1]}}"#,
    ));
    assert_eq!(codes, Vec::<&str>::new());
    let house = &objects[0];
    let surfaces: Vec<_> = house
        .surfaces
        .iter()
        .map(|surface| (surface.kind, surface.boundary))
        .collect();
    assert_eq!(
        surfaces,
        [
            (SurfaceKind::Wall, Some(0)),
            (SurfaceKind::Roof, Some(1)),
            (SurfaceKind::Door, Some(2)),
            (SurfaceKind::Closure, Some(5)),
        ]
    );
    let [wall, roof, door, window, _, closure] = &house.boundaries[..] else {
        panic!("{:?}", house.boundaries);
    };
    assert_eq!(wall.attributes[0].value, AttributeValue::Number(180.5));
    assert_eq!(
        (roof.id.as_deref(), roof.name.as_deref()),
        (Some("roof"), Some("North roof"))
    );
    assert_eq!((&*door.object_type, door.parent), ("+PatioDoor", Some(0)));
    assert_eq!((&*window.object_type, window.parent), ("Window", Some(0)));
    assert_eq!(closure.parent, Some(4));
}

#[test]
fn semantics_that_do_not_fit_cost_only_what_they_are_about() {
    // A child and a parent that are not there, an object without type, one value too many.
    let cases = [
        r#"{"surfaces": [{"type": "RoofSurface", "children": [7]}], "values": [0, null]}"#,
        r#"{"surfaces": [{"type": "RoofSurface", "parent": 0}], "values": [0, null]}"#,
        r#"{"surfaces": [{"type": "RoofSurface"}, {}], "values": [0, null]}"#,
        r#"{"surfaces": [{"type": "RoofSurface"}], "values": [0, null, 0]}"#,
        r#"{"surfaces": [{"type": "RoofSurface"}], "values": [0, -1]}"#,
    ];
    for semantics in cases {
        let (objects, codes, _) = read_text(&document(&format!(
            r#"{{"type": "MultiSurface", "lod": "2", "boundaries": [[[0,1,2]], [[4,5,6]]], "semantics": {semantics}}}"#
        )));
        let kinds: Vec<_> = objects[0]
            .surfaces
            .iter()
            .map(|surface| surface.kind)
            .collect();
        assert_eq!(codes, ["CJ-008"], "{semantics}");
        assert_eq!(
            kinds,
            [SurfaceKind::Roof, SurfaceKind::Unclassified],
            "{semantics}"
        );
    }
}

#[test]
fn solids_with_inner_shells_know_their_surfaces() {
    let (objects, codes, _) = read_text(&document(
        r#"{"type": "MultiSurface", "lod": "1", "boundaries": [[[0,1,2]]]},
           {"type": "Solid", "lod": "2", "boundaries": [[[[0,3,2,1]], [[4,5,99]], [[4,5,6,7]]], [[[0,1,5,4]]]]},
           {"type": "CompositeSolid", "lod": "3", "boundaries": [[[[[0,3,2,1]]]], [[[[4,5,6,7]]]]]}"#,
    ));
    assert_eq!(codes, ["CJ-002"]);
    let solids: Vec<_> = objects[0]
        .solids
        .iter()
        .map(|solid| {
            let surfaces = |shell: &Vec<citygml_rs::SurfaceUse>| {
                shell.iter().map(|used| used.surface).collect::<Vec<_>>()
            };
            let shells: Vec<_> = solid.shells.iter().map(surfaces).collect();
            (solid.lod, shells)
        })
        .collect();
    assert_eq!(
        solids,
        [
            (2, vec![vec![1, 2], vec![3]]),
            (3, vec![vec![4]]),
            (3, vec![vec![5]])
        ]
    );
}

#[test]
fn a_solid_uses_the_surface_that_its_copy_was() {
    let (objects, _, _) = read_text(&document(
        r#"{"type": "Solid", "lod": "2", "boundaries": [[[[3,2,1,0]], [[7,6,5,4]], [[0,1,5,4]]]]},
           {"type": "MultiSurface", "lod": "2", "boundaries": [[[0,3,2,1]], [[4,5,6,7]]],
            "semantics": {"surfaces": [{"type": "GroundSurface"}, {"type": "RoofSurface"}], "values": [0, 1]}}"#,
    ));
    let house = &objects[0];
    assert_eq!(house.surfaces.len(), 3);
    let shell: Vec<_> = house.solids[0].shells[0]
        .iter()
        .map(|used| {
            let kind = house.surfaces[used.surface as usize].kind;
            (used.object, kind, used.is_flipped)
        })
        .collect();
    assert_eq!(
        shell,
        [
            (0, SurfaceKind::Ground, false),
            (0, SurfaceKind::Roof, true),
            (0, SurfaceKind::Unclassified, false)
        ]
    );
}

#[test]
fn lines_and_points_that_exist_are_kept() {
    let (objects, codes, _) = read_text(&document(
        r#"{"type": "MultiLineString", "lod": "0", "boundaries": [[0,1,2], [3,3], [0,77], [2,3], []]},
           {"type": "MultiPoint", "lod": "1", "boundaries": [4, 88, 5]}"#,
    ));
    assert_eq!(codes, ["GML-029", "CJ-002", "GML-029", "CJ-002"]);
    let house = &objects[0];
    let lengths: Vec<_> = house
        .curves
        .iter()
        .map(|curve| curve.points.len())
        .collect();
    assert_eq!(lengths, [3, 2]);
    assert_eq!(house.points[0].lod, 1);
    assert_eq!(
        house.points[0].points,
        [[1000.0, 2000.0, 55.0], [1010.0, 2000.0, 55.0]]
    );
}

#[test]
fn refinements_of_surfaces_and_of_lines_are_apart() {
    let (objects, codes, _) = read_text(&document(
        r#"{"type": "MultiSurface", "lod": "2.0", "boundaries": [[[0,1,2]]]},
           {"type": "MultiLineString", "lod": "2.2", "boundaries": [[0,1]]}"#,
    ));
    assert_eq!(codes, Vec::<&str>::new());
    assert_eq!((objects[0].surfaces.len(), objects[0].curves.len()), (1, 1));
}
