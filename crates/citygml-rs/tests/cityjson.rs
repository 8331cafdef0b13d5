//! CityJSON and CityJSONSeq: objects, geometry, semantics, and the same model in two encodings.

mod shared_data;

use citygml_rs::{
    AttributeValue, CityJsonReader, CityObject, Diagnostics, Format, ReadOptions, SurfaceKind,
};
use shared_data::{count_types, read, shared_data, visit_all};

fn read_text(text: &str) -> (Vec<CityObject>, Vec<&'static str>, Format) {
    let mut diagnostics = Diagnostics::new();
    let mut reader =
        CityJsonReader::new(text.as_bytes(), ReadOptions::default()).expect("the text is CityJSON");
    let mut objects = Vec::new();
    while let Some(object) = reader
        .next_object(&mut diagnostics)
        .expect("the text can be read")
    {
        objects.push(object);
    }
    (
        objects,
        diagnostics.items.iter().map(|found| found.code).collect(),
        reader.format(),
    )
}

/// A document with one building that has this geometry; eight vertices of a box of 10 by 10 by 5 at (1000, 2000, 50).
fn document(geometry: &str) -> String {
    format!(
        r#"{{"type": "CityJSON", "version": "1.1",
        "transform": {{"scale": [0.5, 0.5, 0.5], "translate": [1000, 2000, 50]}},
        "metadata": {{"referenceSystem": "https://www.opengis.net/def/crs/EPSG/0/7415"}},
        "CityObjects": {{
          "house": {{"type": "Building",
            "attributes": {{"storeys": 2, "height": 5.5, "flat": true, "owner": {{"name": "City"}}, "none": null}},
            "address": [{{"Country": "Nederland", "Locality": "Delft", "ThoroughfareNumber": "1", "ThoroughfareName": "Julianalaan", "Postcode": "2628 BL"}}],
            "geometry": [{geometry}]}}}},
        "vertices": [[0,0,0],[20,0,0],[20,20,0],[0,20,0],[0,0,10],[20,0,10],[20,20,10],[0,20,10]]}}"#
    )
}

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
fn a_sequence_loses_only_its_broken_lines() {
    let header = r#"{"type":"CityJSON","version":"2.0","transform":{"scale":[1,1,1],"translate":[100,0,0]},"CityObjects":{},"vertices":[]}"#;
    let feature = r#"{"type":"CityJSONFeature","id":"a","CityObjects":{"a":{"type":"Building","children":["p"],"geometry":[]},"p":{"type":"BuildingPart","parents":["a"],"geometry":[{"type":"MultiSurface","lod":"2","boundaries":[[[0,1,2]]]}]}},"vertices":[[0,0,0],[1,0,0],[1,1,0]]}"#;
    let (objects, codes, format) = read_text(
        &[
            header,
            feature,
            "{\"type\": \"CityJSONFeature\", \"CityObj",
            "",
            feature,
        ]
        .join("\n"),
    );
    assert_eq!(
        (objects.len(), codes, format),
        (2, vec!["CJ-001"], Format::CityJsonSeq)
    );
    assert_eq!(objects[1].line, 5);
    assert_eq!(
        objects[1].children[0].surfaces[0].polygon.exterior[1],
        [101.0, 0.0, 0.0]
    );
}

/// File, format, version, objects by type.
type Case = (
    &'static str,
    Format,
    &'static str,
    &'static [(&'static str, u64)],
);

#[test]
fn real_files_hold_what_the_inventory_says() {
    let Some(data) = shared_data() else { return };
    // Counted with other tools, `INVENTORY.md`.
    let cases: [Case; 8] = [
        (
            "cityjson/citygml4j/lod2_buildings_as_CityJSON_features.jsonl",
            Format::CityJsonSeq,
            "2.0",
            &[("Building", 100)],
        ),
        (
            "cityjson/citygml4j/lod2_buildings_v2.json",
            Format::CityJson,
            "2.0",
            &[("Building", 100)],
        ),
        (
            "cityjson/cjdb/tile_901_trimmed.jsonl",
            Format::CityJsonSeq,
            "1.1",
            &[("Building", 52), ("BuildingPart", 52)],
        ),
        (
            "cityjson/cjdb/vienna.jsonl",
            Format::CityJsonSeq,
            "1.1",
            &[("Building", 149), ("BuildingPart", 443)],
        ),
        (
            "cityjson/cjio/DH_01_subs.city.json",
            Format::CityJson,
            "1.1",
            &[("Building", 4), ("BuildingPart", 8)],
        ),
        (
            "cityjson/stac/delft.city.json",
            Format::CityJson,
            "2.0",
            &[("Building", 159), ("BuildingPart", 160)],
        ),
        (
            "cityjson/stac/delft.city.jsonl",
            Format::CityJsonSeq,
            "2.0",
            &[("Building", 159), ("BuildingPart", 160)],
        ),
        (
            "citygml/v2/ade_noise/building_example.json",
            Format::CityJson,
            "1.0",
            &[("Building", 1)],
        ),
    ];
    for (file, format, version, expected) in cases {
        let reading = read(&data.join(file));
        let summary = reading.outcome.expect("the file can be read");
        assert_eq!(
            (summary.format, summary.version.as_deref()),
            (format, Some(version)),
            "{file}"
        );
        let counts = count_types(&reading.objects);
        for &(name, count) in expected {
            assert_eq!(counts.get(name), Some(&count), "{file} {name}: {counts:?}");
        }
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

/// Number of surfaces of each kind in all objects.
fn kinds(objects: &[CityObject]) -> std::collections::BTreeMap<SurfaceKind, usize> {
    let mut counts = std::collections::BTreeMap::new();
    for object in objects {
        visit_all(object, &mut |object| {
            object
                .surfaces
                .iter()
                .for_each(|surface| *counts.entry(surface.kind).or_insert(0) += 1);
        });
    }
    counts
}

#[test]
fn the_same_model_is_the_same_in_both_encodings() {
    let Some(data) = shared_data() else { return };
    let pairs = [
        (
            "citygml/v2/DEBY_LOD2_4959457.gml",
            "cityjson/ext_dynamizer/examples/DEBY_LOD2_4959457.original.city.json",
        ),
        (
            "citygml/v3/lod2_buildings_v3.gml",
            "cityjson/citygml4j/lod2_buildings_v2.json",
        ),
    ];
    for (gml, json) in pairs {
        let (gml, json) = (read(&data.join(gml)), read(&data.join(json)));
        assert_eq!(count_types(&gml.objects), count_types(&json.objects));
        assert_eq!(kinds(&gml.objects), kinds(&json.objects));
    }
}
