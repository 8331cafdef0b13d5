//! `b3dm`, `i3dm` and `cmpt` made by hand, and broken in every way.

use crate::built::{
    Model, assert_near, b3dm, cmpt, corners_ecef, decode_clean, i3dm, try_decode, two_features,
};
use glam::DMat4;
use proptest::prelude::*;
use serde_json::{Value, json};
use tiles3d::{FeatureValue, TilesError, code};

#[test]
fn batch_tables_become_features() {
    let content = decode_clean(&two_features(), DMat4::IDENTITY);
    assert_eq!(content.features.len(), 2);
    let house = &content.features[0];
    assert_eq!(
        (house.id.as_str(), house.object_type.as_str()),
        ("A-1", "House")
    );
    let names: Vec<_> = house
        .attributes
        .iter()
        .map(|attribute| attribute.name.as_str())
        .collect();
    // The builder writes members in alphabetical order; they are shown as written.
    assert_eq!(names, ["class_name", "gml_id", "height", "storeys"]);
    assert_eq!(house.attributes[2].value, FeatureValue::Number(12.5));
    assert_eq!(content.features[1].attributes.len(), 3, "null is no value");
    assert_eq!(content.meshes[0].feature_ids, [0, 0, 0, 1, 1, 1]);
}

#[test]
fn rtc_center_moves_the_model_in_the_tile() {
    let feature = json!({"BATCH_LENGTH": 0, "RTC_CENTER": [3_886_500.25, 334_846.5, 5_029_300.75]});
    let tile = b3dm(&feature, &Value::Null, &[], &Model::triangle().glb());
    let content = decode_clean(&tile, DMat4::IDENTITY);
    assert_near(
        &corners_ecef(&content),
        &[
            [3_886_500.25, 334_846.5, 5_029_300.75],
            [3_886_502.25, 334_846.5, 5_029_300.75],
            [3_886_500.25, 334_846.5, 5_029_303.75],
        ],
    );
}

#[test]
fn batch_ids_beyond_the_table_belong_to_nothing() {
    let mut model = Model::triangle();
    let batch = model.floats("SCALAR", &[0., 5., 0.]);
    model.json["meshes"][0]["primitives"][0]["attributes"]["_BATCHID"] = json!(batch);
    let tile = b3dm(
        &json!({"BATCH_LENGTH": 1}),
        &json!({"id": ["only"]}),
        &[],
        &model.glb(),
    );
    let (content, diagnostics) = try_decode(&tile, DMat4::IDENTITY);
    let content = content.expect("drawn");
    assert_eq!(content.meshes[0].feature_ids, [0, 1, 0]);
    assert_eq!(content.features.len(), 2);
    assert_eq!(diagnostics.items[0].code, code::FEATURE_ID);
}

#[test]
fn a_malformed_batch_table_costs_the_attributes_and_not_the_model() {
    let mut tile = two_features();
    let at = tile
        .windows(6)
        .position(|window| window == b"gml_id")
        .expect("the table");
    tile[at - 1] = b'#';
    let (content, diagnostics) = try_decode(&tile, DMat4::IDENTITY);
    let content = content.expect("drawn");
    assert_eq!(
        (content.features.len(), content.meshes[0].indices.len()),
        (2, 6)
    );
    assert!(content.features[0].attributes.is_empty());
    assert_eq!(diagnostics.items[0].code, code::TABLE);
    assert!(
        diagnostics.items[0].location.starts_with("bytes "),
        "{}",
        diagnostics.items[0].location
    );
}

/// Two instances: one scaled, one turned so that its x points along y and its y along z.
fn two_instances() -> Vec<u8> {
    let feature = json!({
        "INSTANCES_LENGTH": 2, "POSITION": {"byteOffset": 0},
        "NORMAL_UP": {"byteOffset": 24}, "NORMAL_RIGHT": {"byteOffset": 48}, "SCALE": {"byteOffset": 72}
    });
    let numbers: [f32; 20] = [
        10., 0., 0., 0., 20., 0., // positions
        0., 1., 0., 0., 0., 1., // up
        1., 0., 0., 0., 1., 0., // right
        2., 1., // scale
    ];
    let binary: Vec<u8> = numbers
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect();
    i3dm(
        &feature,
        &binary,
        &json!({"species": ["Tilia", "Acer"]}),
        &Model::triangle().glb(),
    )
}

#[test]
fn instances_become_copies_with_a_feature_each() {
    let content = decode_clean(&two_instances(), DMat4::IDENTITY);
    // The model's corners with z up are (0, 0, 0), (2, 0, 0) and (0, 0, 3).
    assert_near(
        &corners_ecef(&content),
        &[
            [10., 0., 0.],
            [14., 0., 0.],
            [10., 0., 6.],
            [0., 20., 0.],
            [0., 22., 0.],
            [3., 20., 0.],
        ],
    );
    assert_eq!(content.meshes[0].feature_ids, [0, 0, 0, 1, 1, 1]);
    assert_eq!(
        content.features[1].attributes[0].value,
        FeatureValue::Text("Acer".into())
    );
}

#[test]
fn composites_hold_what_can_be_read() {
    let nested = cmpt(&[two_instances(), cmpt(&[two_features()])]);
    let content = decode_clean(&nested, DMat4::IDENTITY);
    assert_eq!(content.features.len(), 4);
    assert_eq!(content.meshes[0].feature_ids[6..], [2, 2, 2, 3, 3, 3]);

    let mut points = two_features();
    points[..4].copy_from_slice(b"pnts");
    let (content, diagnostics) =
        try_decode(&cmpt(&[points.clone(), two_features()]), DMat4::IDENTITY);
    assert_eq!(content.expect("the other one").features.len(), 2);
    assert_eq!(diagnostics.items[0].code, code::INNER_TILE);
    let (refused, _) = try_decode(&cmpt(&[points]), DMat4::IDENTITY);
    assert!(matches!(
        refused,
        Err(TilesError::UnsupportedContent { .. })
    ));
}

#[test]
fn composites_in_composites_end_at_the_limit() {
    let mut tile = two_features();
    for _ in 0..20 {
        tile = cmpt(&[tile]);
    }
    let (refused, _) = try_decode(&tile, DMat4::IDENTITY);
    assert!(
        matches!(refused, Err(TilesError::LimitExceeded { .. })),
        "{refused:?}"
    );
}

#[test]
fn a_shortened_tile_says_where() {
    let tile = two_features();
    let (refused, _) = try_decode(&tile[..tile.len() - 10], DMat4::IDENTITY);
    assert!(
        matches!(
            refused,
            Err(TilesError::Truncated {
                content: "b3dm",
                offset: 8,
                ..
            })
        ),
        "{refused:?}"
    );
}

fn specimens() -> Vec<Vec<u8>> {
    vec![
        two_features(),
        two_instances(),
        cmpt(&[two_features(), two_instances()]),
        Model::triangle().glb(),
    ]
}

/// Whatever comes out must be whole, even of broken bytes.
fn check(bytes: &[u8]) {
    if let (Ok(content), _) = try_decode(bytes, DMat4::IDENTITY) {
        for mesh in &content.meshes {
            assert_eq!(mesh.normals.len(), mesh.positions.len());
            assert_eq!(mesh.feature_ids.len(), mesh.positions.len());
            assert!(
                mesh.indices
                    .iter()
                    .all(|index| (*index as usize) < mesh.positions.len())
            );
            assert!(
                mesh.feature_ids
                    .iter()
                    .all(|id| (*id as usize) < content.features.len())
            );
        }
    }
}

#[test]
fn every_truncation_is_survived() {
    for specimen in specimens() {
        (0..specimen.len()).for_each(|length| check(&specimen[..length]));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn flipped_bits_are_survived(which in 0..4_usize, flips in proptest::collection::vec((any::<u16>(), 0..8_u8), 1..6)) {
        let mut bytes = specimens().swap_remove(which);
        for (at, bit) in flips {
            let at = at as usize % bytes.len();
            bytes[at] ^= 1 << bit;
        }
        check(&bytes);
    }

    #[test]
    fn overwritten_numbers_are_survived(which in 0..4_usize, at in any::<u16>(), value in prop_oneof![Just(u32::MAX), Just(0), Just(0x7fff_ffff), any::<u32>()]) {
        let mut bytes = specimens().swap_remove(which);
        let at = at as usize % (bytes.len() - 4);
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        check(&bytes);
    }

    #[test]
    fn arbitrary_bytes_are_survived(magic in 0..6_usize, bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let magic: &[u8] = [b"b3dm".as_slice(), b"i3dm", b"cmpt", b"glTF", b"{", b""][magic];
        check(&[magic, &bytes].concat());
    }
}
