//! Small tile contents made by hand, so that tests know every byte.

use glam::{DMat4, DVec3};
use serde_json::{Value, json};
use tiles3d::{DecodeOptions, Diagnostics, TileContent, TilesError, decode};

/// A glTF under construction: one scene, one node, one mesh, and a binary chunk.
pub struct Model {
    pub json: Value,
    pub binary: Vec<u8>,
}

impl Model {
    /// Nothing but an empty mesh at the only node.
    pub fn new() -> Self {
        let json = json!({
            "asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": [0]}],
            "nodes": [{"mesh": 0, "name": "thing"}], "meshes": [{"primitives": []}],
            "accessors": [], "bufferViews": [], "buffers": [{"byteLength": 0}]
        });
        Self {
            json,
            binary: Vec::new(),
        }
    }

    /// One triangle: (0, 0, 0), (2, 0, 0), (0, 3, 0).
    pub fn triangle() -> Self {
        let mut model = Self::new();
        let position = model.floats("VEC3", &[0., 0., 0., 2., 0., 0., 0., 3., 0.]);
        model.primitive(json!({"attributes": {"POSITION": position}}));
        model
    }

    pub fn primitive(&mut self, primitive: Value) {
        push(&mut self.json["meshes"][0]["primitives"], primitive);
    }

    /// Appends bytes as a buffer view and returns its index.
    pub fn view(&mut self, bytes: &[u8]) -> usize {
        while !self.binary.len().is_multiple_of(8) {
            self.binary.push(0);
        }
        let view = json!({"buffer": 0, "byteOffset": self.binary.len(), "byteLength": bytes.len()});
        self.binary.extend_from_slice(bytes);
        self.json["buffers"][0]["byteLength"] = json!(self.binary.len());
        push(&mut self.json["bufferViews"], view)
    }

    pub fn accessor(&mut self, accessor: Value) -> usize {
        push(&mut self.json["accessors"], accessor)
    }

    pub fn floats(&mut self, element: &str, numbers: &[f32]) -> usize {
        let components = match element {
            "SCALAR" => 1,
            "VEC2" => 2,
            "VEC3" => 3,
            _ => 4,
        };
        let view = self.view(
            &numbers
                .iter()
                .flat_map(|number| number.to_le_bytes())
                .collect::<Vec<_>>(),
        );
        self.accessor(json!({
            "bufferView": view, "componentType": 5126, "type": element, "count": numbers.len() / components
        }))
    }

    pub fn indices(&mut self, indices: &[u16]) -> usize {
        let view = self.view(
            &indices
                .iter()
                .flat_map(|index| index.to_le_bytes())
                .collect::<Vec<_>>(),
        );
        self.accessor(json!({"bufferView": view, "componentType": 5123, "type": "SCALAR", "count": indices.len()}))
    }

    pub fn glb(&self) -> Vec<u8> {
        let json = padded(self.json.to_string().into_bytes(), b' ', 4);
        let binary = padded(self.binary.clone(), 0, 4);
        let mut glb = b"glTF".to_vec();
        for number in [2, 28 + json.len() + binary.len()] {
            glb.extend((number as u32).to_le_bytes());
        }
        for (kind, chunk) in [(b"JSON", json), (b"BIN\0", binary)] {
            glb.extend((chunk.len() as u32).to_le_bytes());
            glb.extend_from_slice(kind);
            glb.extend(chunk);
        }
        glb
    }
}

fn push(array: &mut Value, value: Value) -> usize {
    let array = array.as_array_mut().expect("an array");
    array.push(value);
    array.len() - 1
}

fn padded(mut bytes: Vec<u8>, with: u8, to: usize) -> Vec<u8> {
    while !bytes.len().is_multiple_of(to) {
        bytes.push(with);
    }
    bytes
}

/// A content with two tables; `tail` stands between the header that all share and the tables.
fn tabled(
    magic: &[u8; 4],
    tail: &[u8],
    feature: &Value,
    feature_binary: &[u8],
    batch: &Value,
    batch_binary: &[u8],
    body: &[u8],
) -> Vec<u8> {
    let text = |value: &Value| {
        if value.is_null() {
            Vec::new()
        } else {
            padded(value.to_string().into_bytes(), b' ', 8)
        }
    };
    let parts = [
        text(feature),
        padded(feature_binary.to_vec(), 0, 8),
        text(batch),
        padded(batch_binary.to_vec(), 0, 8),
    ];
    let length = 28 + tail.len() + parts.iter().map(Vec::len).sum::<usize>() + body.len();
    let mut content = magic.to_vec();
    content.extend(1_u32.to_le_bytes());
    content.extend((length as u32).to_le_bytes());
    parts
        .iter()
        .for_each(|part| content.extend((part.len() as u32).to_le_bytes()));
    content.extend_from_slice(tail);
    parts
        .iter()
        .for_each(|part| content.extend_from_slice(part));
    content.extend_from_slice(body);
    content
}

pub fn b3dm(feature: &Value, batch: &Value, batch_binary: &[u8], glb: &[u8]) -> Vec<u8> {
    tabled(b"b3dm", &[], feature, &[], batch, batch_binary, glb)
}

pub fn i3dm(feature: &Value, feature_binary: &[u8], batch: &Value, glb: &[u8]) -> Vec<u8> {
    tabled(
        b"i3dm",
        &1_u32.to_le_bytes(),
        feature,
        feature_binary,
        batch,
        &[],
        glb,
    )
}

pub fn cmpt(inner: &[Vec<u8>]) -> Vec<u8> {
    let length = 16 + inner.iter().map(Vec::len).sum::<usize>();
    let mut content = b"cmpt".to_vec();
    for number in [1, length, inner.len()] {
        content.extend((number as u32).to_le_bytes());
    }
    inner
        .iter()
        .for_each(|tile| content.extend_from_slice(tile));
    content
}

/// A b3dm of two features with attributes in JSON and binary.
pub fn two_features() -> Vec<u8> {
    let mut model = Model::new();
    let position = model.floats(
        "VEC3",
        &[
            0., 0., 0., 1., 0., 0., 0., 1., 0., 5., 0., 0., 6., 0., 0., 5., 1., 0.,
        ],
    );
    let batch = model.floats("SCALAR", &[0., 0., 0., 1., 1., 1.]);
    model.primitive(json!({"attributes": {"POSITION": position, "_BATCHID": batch}}));
    let table = json!({
        "gml_id": ["A-1", "A-2"], "class_name": ["House", "Shed"], "storeys": [3, null],
        "height": {"byteOffset": 0, "componentType": "DOUBLE", "type": "SCALAR"}
    });
    let heights: Vec<u8> = [12.5_f64, 3.25]
        .iter()
        .flat_map(|height| height.to_le_bytes())
        .collect();
    b3dm(&json!({"BATCH_LENGTH": 2}), &table, &heights, &model.glb())
}

pub fn try_decode(
    bytes: &[u8],
    ecef_from_tile: DMat4,
) -> (Result<TileContent, TilesError>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let content = decode(
        bytes,
        &DecodeOptions::new(ecef_from_tile),
        &|_| None,
        &mut diagnostics,
    );
    (content, diagnostics)
}

/// Decodes what must decode without a word.
pub fn decode_clean(bytes: &[u8], ecef_from_tile: DMat4) -> TileContent {
    let (content, diagnostics) = try_decode(bytes, ecef_from_tile);
    assert!(diagnostics.items.is_empty(), "{:?}", diagnostics.items);
    content.expect("decodes")
}

/// Positions of all triangle corners in earth-centred earth-fixed metres, in drawing order.
pub fn corners_ecef(content: &TileContent) -> Vec<DVec3> {
    let place = |position: [f32; 3]| {
        content
            .ecef_from_local
            .transform_point3(DVec3::from_array(position.map(f64::from)))
    };
    content
        .meshes
        .iter()
        .flat_map(|mesh| {
            mesh.indices
                .iter()
                .map(|index| place(mesh.positions[*index as usize]))
        })
        .collect()
}

pub fn assert_near(found: &[DVec3], expected: &[[f64; 3]]) {
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(
            found.distance(DVec3::from_array(*expected)) < 1e-4,
            "{found} is not {expected:?}"
        );
    }
}
