//! The members of a tileset document as serde sees them, before anything is checked.
//!
//! Members that may be wrong without spoiling the rest stay raw text.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawTileset<'a> {
    #[serde(borrow)]
    pub(super) asset: Option<&'a RawValue>,
    pub(super) geometric_error: Option<&'a RawValue>,
    pub(super) root: Option<&'a RawValue>,
    pub(super) extensions_used: Option<&'a RawValue>,
    pub(super) extensions_required: Option<&'a RawValue>,
    pub(super) schema: Option<Value>,
    pub(super) schema_uri: Option<Value>,
    pub(super) statistics: Option<Value>,
    pub(super) groups: Option<Value>,
    pub(super) metadata: Option<Value>,
    pub(super) properties: Option<Value>,
    pub(super) extensions: Option<Value>,
    pub(super) extras: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawAsset {
    pub(super) version: Option<Value>,
    pub(super) tileset_version: Option<String>,
    pub(super) gltf_up_axis: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawTile<'a> {
    #[serde(borrow)]
    pub(super) bounding_volume: Option<&'a RawValue>,
    pub(super) viewer_request_volume: Option<&'a RawValue>,
    pub(super) geometric_error: Option<&'a RawValue>,
    pub(super) refine: Option<&'a RawValue>,
    pub(super) transform: Option<&'a RawValue>,
    pub(super) content: Option<&'a RawValue>,
    pub(super) contents: Option<&'a RawValue>,
    pub(super) children: Option<&'a RawValue>,
    pub(super) implicit_tiling: Option<&'a RawValue>,
    pub(super) metadata: Option<&'a RawValue>,
    pub(super) extensions: Option<&'a RawValue>,
}

#[derive(Deserialize)]
pub(super) struct RawTileExtensions<'a> {
    #[serde(borrow, rename = "3DTILES_multiple_contents")]
    pub(super) multiple_contents: Option<RawMultipleContents<'a>>,
    #[serde(borrow, rename = "3DTILES_implicit_tiling")]
    pub(super) implicit_tiling: Option<&'a RawValue>,
}

#[derive(Deserialize)]
pub(super) struct RawMultipleContents<'a> {
    // The draft of the extension wrote `content`.
    #[serde(borrow, alias = "content")]
    pub(super) contents: Option<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawContent {
    pub(super) uri: Option<String>,
    // 3D Tiles 0.0.
    pub(super) url: Option<String>,
    pub(super) bounding_volume: Option<RawVolume>,
    pub(super) group: Option<u32>,
    pub(super) metadata: Option<Value>,
}

#[derive(Deserialize)]
pub(super) struct RawVolume {
    pub(super) r#box: Option<Vec<f64>>,
    pub(super) sphere: Option<Vec<f64>>,
    pub(super) region: Option<Vec<f64>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RawImplicitTiling {
    pub(super) subdivision_scheme: String,
    pub(super) subtree_levels: u32,
    // The extension's draft wrote `maximumLevel`, which is one less.
    pub(super) available_levels: Option<u32>,
    pub(super) maximum_level: Option<u32>,
    pub(super) subtrees: RawSubtrees,
}

#[derive(Deserialize)]
pub(super) struct RawSubtrees {
    pub(super) uri: String,
}
