//! glTF contents made by hand: where vertices end up, and what they are told to be.

use crate::built::{Model, assert_near, corners_ecef, decode_clean, try_decode};
use glam::{DMat4, DVec3};
use serde_json::json;
use tiles3d::{DecodeLimits, DecodeOptions, Diagnostics, FeatureValue, TilesError, code, decode};

const AMSTERDAM: DVec3 = DVec3::new(3_886_500.102_345, 334_846.616_546, 5_029_300.512_229);

#[test]
fn y_up_becomes_z_up() {
    let content = decode_clean(&Model::triangle().glb(), DMat4::IDENTITY);
    assert_near(
        &corners_ecef(&content),
        &[[0., 0., 0.], [2., 0., 0.], [0., 0., 3.]],
    );
}

#[test]
fn a_millimetre_survives_six_thousand_kilometres() {
    let mut model = Model::triangle();
    // A translation as exporters write it, with more digits than f32 holds: y up, so (x, z, -y).
    model.json["nodes"][0]["translation"] = json!([AMSTERDAM.x, AMSTERDAM.z, -AMSTERDAM.y]);
    let content = decode_clean(&model.glb(), DMat4::IDENTITY);
    let expected = [[0., 0., 0.], [2., 0., 0.], [0., 0., 3.]]
        .map(|offset| (AMSTERDAM + DVec3::from_array(offset)).to_array());
    assert_near(&corners_ecef(&content), &expected);
    assert!(
        content.meshes[0]
            .positions
            .iter()
            .flatten()
            .all(|value| value.abs() < 4.0)
    );
    let up = content.ecef_from_local.z_axis.truncate();
    assert!(
        up.dot(AMSTERDAM.normalize()) > 0.999_99,
        "z is up on earth: {up}"
    );
}

#[test]
fn strips_and_fans_keep_their_winding() {
    for (mode, order) in [(5, [0_u16, 1, 2, 3]), (6, [0, 1, 3, 2])] {
        let mut model = Model::new();
        let position = model.floats("VEC3", &[0., 0., 0., 1., 0., 0., 0., 1., 0., 1., 1., 0.]);
        let indices = model.indices(&order);
        model.primitive(
            json!({"attributes": {"POSITION": position}, "indices": indices, "mode": mode}),
        );
        let content = decode_clean(&model.glb(), DMat4::IDENTITY);
        let corners = corners_ecef(&content);
        assert_eq!(corners.len(), 6);
        for triangle in corners.chunks_exact(3) {
            let normal = (triangle[1] - triangle[0]).cross(triangle[2] - triangle[0]);
            assert!(
                normal.y < -0.9,
                "mode {mode}: {normal}; the model's z is the tile's -y"
            );
        }
    }
}

#[test]
fn quantised_interleaved_and_sparse_positions_are_numbers_like_others() {
    let mut model = Model::new();
    // Normalised shorts, padded to a stride of 8; the third is overwritten by the sparse part.
    let shorts: [i16; 12] = [0, 0, 0, 99, 32_767, 0, 0, 99, 0, 0, 0, 99];
    let view = model.view(
        &shorts
            .iter()
            .flat_map(|short| short.to_le_bytes())
            .collect::<Vec<_>>(),
    );
    model.json["bufferViews"][view]["byteStride"] = json!(8);
    let sparse_indices = model.view(&[2]);
    let sparse_values = model.view(
        &[0_i16, -32_767, 0]
            .iter()
            .flat_map(|short| short.to_le_bytes())
            .collect::<Vec<_>>(),
    );
    let position = model.accessor(json!({
        "bufferView": view, "componentType": 5122, "normalized": true, "type": "VEC3", "count": 3,
        "sparse": {"count": 1, "indices": {"bufferView": sparse_indices, "componentType": 5121}, "values": {"bufferView": sparse_values}}
    }));
    model.primitive(json!({"attributes": {"POSITION": position}}));
    model.json["extensionsRequired"] = json!(["KHR_mesh_quantization"]);
    model.json["nodes"][0]["scale"] = json!([10, 20, 10]);
    let content = decode_clean(&model.glb(), DMat4::IDENTITY);
    assert_near(
        &corners_ecef(&content),
        &[[0., 0., 0.], [10., 0., 0.], [0., 0., -20.]],
    );
}

#[test]
fn a_mirrored_node_still_shows_its_outside() {
    let mut model = Model::triangle();
    model.json["nodes"][0]["scale"] = json!([-1, 1, 1]);
    let content = decode_clean(&model.glb(), DMat4::IDENTITY);
    let corners = corners_ecef(&content);
    let face = (corners[1] - corners[0])
        .cross(corners[2] - corners[0])
        .normalize();
    let normal = content.meshes[0].normals[0].map(f64::from);
    assert!(
        face.dot(
            content
                .ecef_from_local
                .transform_vector3(DVec3::from_array(normal))
        ) > 0.99
    );
}

#[test]
fn textures_colours_and_texture_transforms() {
    let mut model = Model::new();
    let position = model.floats("VEC3", &[0., 0., 0., 2., 0., 0., 0., 3., 0.]);
    let uv = model.floats("VEC2", &[0., 0., 1., 0., 0., 1.]);
    model.json["images"] = json!([{"uri": "data:image/png;base64,iVBORw0KGgo="}]);
    model.json["textures"] = json!([{"source": 0}]);
    model.json["materials"] = json!([
        {"pbrMetallicRoughness": {"baseColorFactor": [0.5, 0.25, 1, 1], "baseColorTexture": {
            "index": 0, "extensions": {"KHR_texture_transform": {"offset": [0.5, 0], "scale": [2, 1]}}}}},
        {"pbrMetallicRoughness": {"baseColorFactor": [0.1, 0.2, 0.3, 1]}}
    ]);
    model.primitive(json!({"attributes": {"POSITION": position, "TEXCOORD_0": uv}, "material": 0}));
    model.primitive(json!({"attributes": {"POSITION": position}, "material": 1}));
    let content = decode_clean(&model.glb(), DMat4::IDENTITY);
    assert_eq!(content.meshes.len(), 2);
    let [textured, plain] = &content.meshes[..] else {
        unreachable!()
    };
    assert!(
        textured
            .base_color_texture
            .as_ref()
            .is_some_and(|bytes| bytes.starts_with(b"\x89PNG"))
    );
    assert_eq!(textured.uvs, vec![[0.5, 0.0], [2.5, 0.0], [0.5, 1.0]]);
    assert_eq!(textured.colors[0], [0.5, 0.25, 1.0, 1.0]);
    assert!(
        textured.edge_positions.is_empty(),
        "photographs get no outlines"
    );
    assert_eq!(plain.colors, vec![[0.1, 0.2, 0.3, 1.0]; 3]);
    assert_eq!(plain.edge_positions.len(), 6, "three free edges");
}

#[test]
fn a_texture_that_cannot_be_shown_costs_only_itself() {
    let mut model = Model::triangle();
    model.json["materials"] = json!([{"pbrMetallicRoughness": {"baseColorTexture": {"index": 0}}}]);
    model.json["textures"] = json!([{"extensions": {"KHR_texture_basisu": {"source": 0}}}]);
    model.json["extensionsRequired"] = json!(["KHR_texture_basisu"]);
    model.json["meshes"][0]["primitives"][0]["material"] = json!(0);
    let (content, diagnostics) = try_decode(&model.glb(), DMat4::IDENTITY);
    assert_eq!(content.expect("drawn").meshes[0].indices.len(), 3);
    let [finding] = &diagnostics.items[..] else {
        panic!("{:?}", diagnostics.items)
    };
    assert_eq!(finding.code, code::TEXTURE);
    assert!(
        finding.message.contains("KHR_texture_basisu"),
        "{}",
        finding.message
    );
}

#[test]
fn property_tables_become_attributes() {
    let mut model = Model::new();
    let position = model.floats(
        "VEC3",
        &[
            0., 0., 0., 1., 0., 0., 0., 1., 0., 5., 0., 0., 6., 0., 0., 5., 1., 0.,
        ],
    );
    let ids = model.floats("SCALAR", &[1., 1., 1., 7., 7., 7.]);
    model.primitive(json!({
        "attributes": {"POSITION": position, "_FEATURE_ID_0": ids},
        "extensions": {"EXT_mesh_features": {"featureIds": [{"featureCount": 2, "attribute": 0, "propertyTable": 0, "nullFeatureId": 7}]}}
    }));
    let names = model.view("Alte MühleTurm".as_bytes());
    let offsets = model.view(
        &[0_u32, 11, 15]
            .iter()
            .flat_map(|offset| offset.to_le_bytes())
            .collect::<Vec<_>>(),
    );
    let heights = model.view(
        &[100_u16, 65_535]
            .iter()
            .flat_map(|height| height.to_le_bytes())
            .collect::<Vec<_>>(),
    );
    let uses = model.view(&[1_u8, 0]);
    let listed = model.view(&[0b10_u8]);
    let corner = model.view(&[1_u8, 2, 3, 4]);
    model.json["extensions"] = json!({"EXT_structural_metadata": {
        "schema": {
            "classes": {"building": {"name": "Building", "properties": {
                "name": {"type": "STRING"},
                "height": {"type": "SCALAR", "componentType": "UINT16", "scale": 0.1, "offset": 5, "noData": 65535},
                "use": {"type": "ENUM", "enumType": "use"},
                "listed": {"type": "BOOLEAN"},
                "corner": {"type": "SCALAR", "componentType": "UINT8", "array": true, "count": 2},
                "absent": {"type": "STRING"}
            }}},
            "enums": {"use": {"valueType": "UINT8", "values": [{"name": "Dwelling", "value": 0}, {"name": "Mill", "value": 1}]}}
        },
        "propertyTables": [{"class": "building", "count": 2, "properties": {
            "name": {"values": names, "stringOffsets": offsets}, "height": {"values": heights},
            "use": {"values": uses}, "listed": {"values": listed}, "corner": {"values": corner}
        }}]
    }});
    let content = decode_clean(&model.glb(), DMat4::IDENTITY);
    assert_eq!(
        content.features.len(),
        3,
        "two rows, and a place for vertices without a feature"
    );
    let text = |text: &str| FeatureValue::Text(text.to_owned());
    let values = |row: usize| {
        content.features[row]
            .attributes
            .iter()
            .map(|a| (a.name.as_str(), a.value.clone()))
            .collect::<Vec<_>>()
    };
    // The builder writes members in alphabetical order; they are shown as written.
    assert_eq!(
        values(0),
        [
            ("corner", text("[1.0,2.0]")),
            ("height", FeatureValue::Number(15.0)),
            ("listed", FeatureValue::Boolean(false)),
            ("name", text("Alte Mühle")),
            ("use", text("Mill")),
        ]
    );
    assert_eq!(
        values(1)[1].0,
        "listed",
        "the height of the second is the value that means none"
    );
    assert_eq!(content.features[1].name.as_deref(), Some("Turm"));
    assert_eq!(content.features[1].object_type, "Building");
    assert_eq!(content.meshes[0].feature_ids, [1, 1, 1, 2, 2, 2]);
    let [low, high] = content.features[1].bounds_local;
    assert!(
        low[0] <= high[0]
            && content.features[0].bounds_local[0][0] > content.features[0].bounds_local[1][0]
    );
}

#[test]
fn without_feature_ids_the_node_is_the_feature() {
    let content = decode_clean(&Model::triangle().glb(), DMat4::IDENTITY);
    assert_eq!(content.features.len(), 1);
    assert_eq!(
        (
            content.features[0].id.as_str(),
            content.features[0].object_type.as_str()
        ),
        ("thing", "glTF node")
    );
}

#[test]
fn what_cannot_be_read_is_named() {
    let mut draco = Model::triangle();
    draco.json["extensionsRequired"] = json!(["KHR_draco_mesh_compression"]);
    let (refused, _) = try_decode(&draco.glb(), DMat4::IDENTITY);
    assert_eq!(
        refused,
        Err(TilesError::UnsupportedExtension {
            name: "KHR_draco_mesh_compression".into()
        })
    );

    let mut points = Model::triangle();
    points.json["meshes"][0]["primitives"][0]["mode"] = json!(0);
    let (refused, diagnostics) = try_decode(&points.glb(), DMat4::IDENTITY);
    assert!(
        matches!(refused, Err(TilesError::InvalidGltf { message }) if message.contains("primitives[0]"))
    );
    assert_eq!(diagnostics.items[0].code, code::PRIMITIVE);

    let (page, _) = try_decode(b"<!DOCTYPE html><html>login</html>", DMat4::IDENTITY);
    assert!(matches!(
        page,
        Err(TilesError::WrongDocument {
            found: "an HTML or XML page",
            ..
        })
    ));
}

#[test]
fn one_bad_primitive_costs_only_itself() {
    let mut model = Model::triangle();
    model.primitive(json!({"attributes": {"POSITION": 99}}));
    let indices = model.indices(&[0, 1, 2, 0, 1, 500]);
    model.primitive(json!({"attributes": {"POSITION": 0}, "indices": indices}));
    let (content, diagnostics) = try_decode(&model.glb(), DMat4::IDENTITY);
    assert_eq!(corners_ecef(&content.expect("drawn")).len(), 6);
    let locations: Vec<_> = diagnostics
        .items
        .iter()
        .map(|finding| finding.location.as_str())
        .collect();
    assert_eq!(
        locations,
        ["meshes[0].primitives[1]", "meshes[0].primitives[2]"]
    );
}

#[test]
fn buffers_beside_the_model_are_asked_for() {
    let mut model = Model::triangle();
    model.json["buffers"][0]["uri"] = json!("geometry.bin");
    let json = model.json.to_string();
    let binary = model.binary.clone();
    let beside = |uri: &str| (uri == "geometry.bin").then(|| binary.clone());
    let options = DecodeOptions::new(DMat4::IDENTITY);
    let content =
        decode(json.as_bytes(), &options, &beside, &mut Diagnostics::new()).expect("decodes");
    assert_eq!(corners_ecef(&content).len(), 3);
    let missing = decode(
        json.as_bytes(),
        &options,
        &|_| None,
        &mut Diagnostics::new(),
    );
    assert_eq!(
        missing,
        Err(TilesError::MissingResource {
            uri: "geometry.bin".into()
        })
    );
}

#[test]
fn node_cycles_and_sizes_end_at_the_limits() {
    let mut model = Model::triangle();
    model.json["nodes"][0]["children"] = json!([0, 0]);
    let (looped, _) = try_decode(&model.glb(), DMat4::IDENTITY);
    assert!(
        matches!(looped, Err(TilesError::LimitExceeded { .. })),
        "{looped:?}"
    );

    let limits = DecodeLimits {
        max_vertices: 2,
        ..DecodeLimits::default()
    };
    let options = DecodeOptions {
        limits,
        ..DecodeOptions::new(DMat4::IDENTITY)
    };
    assert!(
        decode(
            &Model::triangle().glb(),
            &options,
            &|_| None,
            &mut Diagnostics::new()
        )
        .is_err()
    );
}
