//! JSON text to [`Tileset`].

use serde_json::Value;
use serde_json::value::RawValue;

use super::json::{json_text, member};
use super::raw::{RawAsset, RawTileset};
use super::tile_reader::{Inherited, TileReader, read_geometric_error};
use super::{Asset, Tileset, TreeLimits, UpAxis};
use crate::diagnostics::{Diagnostics, Severity, code};
use crate::error::TilesError;

impl Tileset {
    /// Reads a tileset document. Findings that can be survived go to `diagnostics`.
    ///
    /// # Errors
    ///
    /// [`TilesError::WrongDocument`] for HTML, archives and other non-JSON, [`TilesError::Json`] for
    /// malformed JSON, [`TilesError::NotATileset`] without a root tile, [`TilesError::LimitExceeded`].
    pub fn read(
        bytes: &[u8],
        limits: &TreeLimits,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, TilesError> {
        if bytes.len() > limits.max_document_bytes {
            return Err(TilesError::LimitExceeded {
                what: "bytes of a tileset document",
                actual: bytes.len() as u64,
                limit: limits.max_document_bytes as u64,
            });
        }
        let text = json_text(bytes, "a 3D Tiles tileset (JSON)")?;
        let raw: RawTileset = serde_json::from_str(text).map_err(|error| TilesError::Json {
            document: "tileset",
            message: error.to_string(),
        })?;
        let Some(raw_root) = raw.root else {
            return Err(TilesError::NotATileset {
                reason: "it has no member `root`".to_owned(),
            });
        };
        let asset = read_asset(raw.asset, diagnostics);
        let geometric_error_m =
            read_geometric_error(raw.geometric_error, "tileset", None, diagnostics);
        let mut reader = TileReader {
            limits,
            tiles: 0,
            diagnostics,
        };
        let outer = Inherited {
            geometric_error_m,
            refine: None,
            bounding_volume: None,
        };
        let root = reader
            .read_tile(raw_root, "root", &outer, 0)?
            .ok_or_else(|| TilesError::NotATileset {
                reason: "its `root` is not an object with a readable bounding volume".to_owned(),
            })?;
        let list = |raw, name, diagnostics: &mut Diagnostics| {
            member(raw, "tileset", name, code::MEMBER, diagnostics).unwrap_or_default()
        };
        let mut metadata = serde_json::Map::new();
        for (name, value) in [
            ("schema", raw.schema),
            ("schemaUri", raw.schema_uri),
            ("statistics", raw.statistics),
            ("groups", raw.groups),
            ("metadata", raw.metadata),
            ("properties", raw.properties),
            ("extensions", raw.extensions),
            ("extras", raw.extras),
        ] {
            metadata.extend(value.map(|value| (name.to_owned(), value)));
        }
        Ok(Self {
            asset,
            geometric_error_m,
            root,
            metadata,
            extensions_used: list(raw.extensions_used, "extensionsUsed", diagnostics),
            extensions_required: list(raw.extensions_required, "extensionsRequired", diagnostics),
        })
    }
}

fn read_asset(raw: Option<&RawValue>, diagnostics: &mut Diagnostics) -> Asset {
    let asset: Option<RawAsset> = member(raw, "tileset", "asset", code::VERSION, diagnostics);
    let version = match asset.as_ref().and_then(|asset| asset.version.as_ref()) {
        Some(Value::String(version)) => version.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    if !matches!(version.as_str(), "0.0" | "1.0" | "1.1") {
        let message = format!("version `{version}` of 3D Tiles is not known; read as 1.1");
        diagnostics.report(code::VERSION, Severity::Warning, "asset.version", message);
    }
    let up = asset
        .as_ref()
        .and_then(|asset| asset.gltf_up_axis.as_deref());
    let gltf_up_axis = up.map(|up| match up {
        "X" | "x" => UpAxis::X,
        "Z" | "z" => UpAxis::Z,
        _ => UpAxis::Y,
    });
    Asset {
        version,
        tileset_version: asset.and_then(|asset| asset.tileset_version),
        gltf_up_axis,
    }
}
