//! Materials, textures and templates.

use std::sync::Arc;

use citygml_rs::{CityJsonReader, CityObject, ReadOptions, SurfaceData, TextureMapping, WrapMode};

use crate::{document_with, read_text};

const APPEARANCE: &str = r#""appearance": {
    "materials": [{"name": "brick", "diffuseColor": [0.5, 0.25, 0], "transparency": 0.5, "isSmooth": true}, {"name": 7}],
    "textures": [{"type": "PNG", "image": "a.png", "wrapMode": "border", "borderColor": [1, 0, 0, 0.5]}, {"type": "JPG", "image": "b.jpg"}],
    "vertices-texture": [[0, 0], [1, 0], [1, 1], [0, 1], [0.5]],
    "default-theme-texture": "summer"}"#;

/// A building with this geometry and the appearance above.
fn building(geometry: &str) -> (CityObject, Vec<&'static str>) {
    let members = format!(
        r#"{APPEARANCE}, "CityObjects": {{"house": {{"type": "Building", "geometry": [{geometry}]}}}}"#
    );
    let (mut objects, mut codes, _) = read_text(&document_with(&members));
    // The second material has a number for a name.
    assert_eq!(codes.remove(0), "CJ-010");
    (objects.remove(0), codes)
}

#[test]
fn one_material_for_all_or_one_for_each() {
    let (house, codes) = building(
        r#"{"type": "Solid", "lod": "2", "boundaries": [[[[0,3,2,1]], [[4,5,6,7]]], [[[0,1,5,4]]]],
            "material": {"all": {"value": 0}, "each": {"values": [[null, 0], null]}}}"#,
    );
    assert_eq!(codes, Vec::<&str>::new());
    let themes: Vec<Vec<&str>> = house
        .surfaces
        .iter()
        .map(|surface| surface.looks.iter().map(|look| &*look.theme).collect())
        .collect();
    assert_eq!(themes, [vec!["all"], vec!["all", "each"], vec!["all"]]);
    let SurfaceData::Material(brick) = &house.surfaces[0].looks[0].data else {
        panic!("this is a material");
    };
    assert_eq!(brick.id.as_deref(), Some("brick"));
    assert_eq!(brick.diffuse, [0.5, 0.25, 0.0]);
    assert_eq!(
        (brick.transparency, brick.is_smooth, brick.shininess),
        (0.5, true, 0.2)
    );
}

#[test]
fn texture_coordinates_stay_with_their_points() {
    // The ring repeats a point and is closed; both go, with their texture coordinates.
    let (house, codes) = building(
        r#"{"type": "MultiSurface", "lod": "2", "boundaries": [[[0,1,1,2,3,0],[4,5,6]], [[4,5,6,7]], [[0,1,5,4]]],
            "texture": {"summer": {"values": [[[0,0,1,1,2,3,0],[0,3,2,1]], [[null]], null]}}}"#,
    );
    assert_eq!(codes, Vec::<&str>::new());
    let SurfaceData::Texture { texture, mapping } = &house.surfaces[0].looks[0].data else {
        panic!("this is a texture");
    };
    assert_eq!(
        (texture.image_uri.as_str(), texture.wrap),
        ("a.png", WrapMode::Border)
    );
    assert_eq!(texture.mime_type.as_deref(), Some("image/png"));
    assert_eq!(texture.border_color, [1.0, 0.0, 0.0, 0.5]);
    let expected = vec![
        vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]],
        vec![[0.0, 1.0], [1.0, 1.0], [1.0, 0.0]],
    ];
    assert_eq!(*mapping, TextureMapping::Coordinates(expected));
    assert!(house.surfaces[1].looks.is_empty() && house.surfaces[2].looks.is_empty());
}

#[test]
fn what_does_not_exist_or_fit_is_told_once_a_theme() {
    let cases = [
        // A texture, a coordinate, a pair that is none, a count, a fraction, a hole without.
        (
            r#""texture": {"t": {"values": [[[9,0,1,2]], [[0,0,1,2]]]}}"#,
            1,
        ),
        (
            r#""texture": {"t": {"values": [[[0,0,1,99]], [[0,0,1,99]]]}}"#,
            0,
        ),
        (
            r#""texture": {"t": {"values": [[[0,0,1,4]], [[0,0,1,2]]]}}"#,
            1,
        ),
        (
            r#""texture": {"t": {"values": [[[0,0,1]], [[0,0,1,2]]]}}"#,
            1,
        ),
        (
            r#""texture": {"t": {"values": [[[0,0,1,0.5]], [[0,0,1,2]]]}}"#,
            1,
        ),
        (r#""texture": {"t": {"values": 7}}"#, 0),
        (r#""texture": {"t": {}}"#, 0),
        (r#""texture": ["t"]"#, 0),
        // A material that does not exist, one that could not be read, values of another shape.
        (r#""material": {"m": {"value": 5}}"#, 0),
        (r#""material": {"m": {"values": [0, 1]}}"#, 1),
        (r#""material": {"m": {"values": [0]}}"#, 1),
        (r#""material": {"m": {"values": [0, 0, 0]}}"#, 2),
    ];
    for (appearance, looks) in cases {
        let (house, codes) = building(&format!(
            r#"{{"type": "MultiSurface", "lod": "2", "boundaries": [[[0,1,2]], [[4,5,6]]], {appearance}}}"#
        ));
        let found: usize = house
            .surfaces
            .iter()
            .map(|surface| surface.looks.len())
            .sum();
        assert_eq!((codes, found), (vec!["CJ-010"], looks), "{appearance}");
        assert_eq!(house.surfaces.len(), 2);
    }
}

#[test]
fn templates_are_parsed_once_and_placed_in_row_major_order() {
    let instance = |template: u8, anchor: u8| {
        format!(
            r#"{{"type": "GeometryInstance", "template": {template}, "boundaries": [{anchor}],
                "transformationMatrix": [2,0,0,5, 0,2,0,6, 0,0,2,7, 0,0,0,1]}}"#
        )
    };
    let members = format!(
        r#"{APPEARANCE}, "geometry-templates": {{
            "templates": [{{"type": "MultiSurface", "lod": "3.1", "boundaries": [[[0,1,2]]],
                "texture": {{"summer": {{"values": [[[1,0,1,2]]]}}}}}}, {{"type": "MultiPoint", "lod": "1", "boundaries": [0]}}],
            "vertices-templates": [[0.5, 0, 0], [1, 0, 0], [1, 1, 0.25]]}},
        "CityObjects": {{
            "tree": {{"type": "SolitaryVegetationObject", "geometry": [{}, {}]}},
            "broken": {{"type": "SolitaryVegetationObject", "geometry": [{}, {},
                {{"type": "GeometryInstance", "template": 0, "boundaries": [0]}},
                {{"type": "GeometryInstance", "template": 0, "boundaries": [0, 1], "transformationMatrix": [1]}}]}}}}"#,
        instance(0, 1),
        instance(0, 6),
        instance(8, 1),
        instance(0, 99),
    );
    let (objects, codes, _) = read_text(&document_with(&members));
    assert_eq!(codes, ["CJ-010", "CJ-005", "CJ-005", "CJ-005", "CJ-005"]);
    let [first, second] = &objects[0].implicit_geometries[..] else {
        panic!("there are two instances");
    };
    assert_eq!((first.lod, first.reference_point), (3, [20.0, 0.0, 0.0]));
    assert_eq!(second.reference_point, [20.0, 20.0, 10.0]);
    assert_eq!(
        (first.matrix[3], first.matrix[7], first.matrix[11]),
        (5.0, 6.0, 7.0)
    );
    assert!(Arc::ptr_eq(&first.template, &second.template));
    let surface = &first.template.surfaces[0];
    // The transform of the document is not for templates.
    assert_eq!(surface.polygon.exterior[2], [1.0, 1.0, 0.25]);
    assert_eq!(surface.kind, citygml_rs::SurfaceKind::Vegetation);
    assert_eq!(surface.looks.len(), 1);
    assert!(objects[1].implicit_geometries.is_empty());
}

#[test]
fn a_sequence_has_templates_in_its_first_line() {
    let header = r#"{"type":"CityJSON","version":"2.0","transform":{"scale":[0.5,0.5,0.5],"translate":[100,0,0]},"CityObjects":{},"vertices":[],
        "geometry-templates":{"templates":[{"type":"MultiSurface","lod":"2","boundaries":[[[0,1,2]]]}],"vertices-templates":[[0,0,0],[1,0,0],[1,1,0]]}}"#;
    let header = header.replace('\n', " ");
    let feature = r#"{"type":"CityJSONFeature","id":"a","CityObjects":{"a":{"type":"CityFurniture","geometry":[{"type":"GeometryInstance","template":0,"boundaries":[0],"transformationMatrix":[1,0,0,0,0,1,0,0,0,0,1,0,0,0,0,1]}]}},"vertices":[[2,4,6]]}"#;
    let (objects, codes, _) = read_text(&[&header, feature, feature].join("\n"));
    assert_eq!(codes, Vec::<&str>::new());
    let [first, second] = [0, 1].map(|index: usize| &objects[index].implicit_geometries[0]);
    assert_eq!(first.reference_point, [101.0, 2.0, 3.0]);
    assert!(Arc::ptr_eq(&first.template, &second.template));
}

#[test]
fn looks_of_a_copy_go_to_the_surface_that_stays() {
    let (house, codes) = building(
        r#"{"type": "MultiSurface", "lod": "2", "boundaries": [[[0,3,2,1]], [[4,5,6,7]]],
            "semantics": {"surfaces": [{"type": "GroundSurface"}, {"type": "RoofSurface"}], "values": [0, 1]}},
           {"type": "Solid", "lod": "2", "boundaries": [[[[0,3,2,1]], [[5,6,7,4]]]],
            "material": {"m": {"value": 0}}, "texture": {"t": {"values": [[[[0,0,1,2,3]], [[0,0,1,2,3]]]]}}}"#,
    );
    assert_eq!(codes, ["GML-024"]);
    let themes: Vec<Vec<&str>> = house
        .surfaces
        .iter()
        .map(|surface| surface.looks.iter().map(|look| &*look.theme).collect())
        .collect();
    assert_eq!(themes, [vec!["m", "t"], vec!["m"]]);
}

#[test]
fn the_theme_to_show_first_is_in_the_header() {
    let text = document_with(&format!(r#"{APPEARANCE}, "CityObjects": {{}}"#));
    let reader = CityJsonReader::new(text.as_bytes(), ReadOptions::default());
    let reader = reader.expect("the text is CityJSON");
    assert_eq!(reader.header().default_themes, ["summer"]);
}
