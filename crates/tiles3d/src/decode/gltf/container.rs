//! GLB chunks, the JSON document, and its buffers.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;

use super::super::binary::Bytes;
use super::super::data_uri::bytes_of_data_uri;
use super::super::limits::{self, DecodeLimits};
use super::schema::Gltf;
use crate::diagnostics::{Diagnostics, Severity, code};
use crate::error::TilesError;
use crate::tileset::json::json_text;

const CHUNK_JSON: u32 = 0x4E4F_534A;
const CHUNK_BIN: u32 = 0x004E_4942;

/// Extensions without which there is no geometry to read.
const GEOMETRY_EXTENSIONS: [&str; 5] = [
    "KHR_draco_mesh_compression",
    "EXT_meshopt_compression",
    "KHR_meshopt_compression",
    "EXT_primitive_voxels",
    "KHR_gaussian_splatting",
];

/// Extensions that are read, or whose absence changes nothing that is drawn here.
const KNOWN_EXTENSIONS: [&str; 16] = [
    "KHR_mesh_quantization",
    "KHR_texture_transform",
    "KHR_materials_unlit",
    "KHR_materials_pbrSpecularGlossiness",
    "KHR_materials_specular",
    "KHR_materials_ior",
    "KHR_materials_clearcoat",
    "KHR_materials_emissive_strength",
    "KHR_lights_punctual",
    "KHR_xmp_json_ld",
    "KHR_texture_basisu",
    "EXT_texture_webp",
    "EXT_mesh_features",
    "EXT_structural_metadata",
    "CESIUM_RTC",
    "CESIUM_primitive_outline",
];

/// A parsed document with its buffers.
pub(crate) struct Document<'a> {
    pub gltf: Gltf,
    /// Contents of the buffers; `None` where one could not be had.
    buffers: Vec<Option<Cow<'a, [u8]>>>,
    resolve: &'a dyn Fn(&str) -> Option<Vec<u8>>,
    /// Names the model in diagnostics.
    uri: String,
}

#[derive(Deserialize)]
struct VersionProbe {
    asset: Option<AssetProbe>,
}

#[derive(Deserialize)]
struct AssetProbe {
    version: Option<Value>,
}

impl<'a> Document<'a> {
    pub fn read(
        bytes: &'a [u8],
        uri: &str,
        limits: &DecodeLimits,
        resolve: &'a dyn Fn(&str) -> Option<Vec<u8>>,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, TilesError> {
        let (json, binary) = if bytes.starts_with(b"glTF") {
            split_glb(bytes)?
        } else {
            (bytes, None)
        };
        let text = json_text(json, "a glTF model")?;
        let json_error = |error: serde_json::Error| TilesError::Json {
            document: "glTF",
            message: error.to_string(),
        };
        let probe: VersionProbe = serde_json::from_str(text).map_err(json_error)?;
        let version = probe.asset.and_then(|asset| asset.version);
        if version.as_ref().is_some_and(|version| {
            version
                .to_string()
                .trim_matches('"')
                .starts_with(['0', '1'])
        }) {
            return Err(gltf_1());
        }
        let gltf: Gltf = serde_json::from_str(text).map_err(json_error)?;
        for name in &gltf.extensions_required {
            if GEOMETRY_EXTENSIONS.contains(&name.as_str()) {
                return Err(TilesError::UnsupportedExtension { name: name.clone() });
            }
            if !KNOWN_EXTENSIONS.contains(&name.as_str()) {
                let message =
                    format!("the model requires {name}, which is not read; it may look wrong");
                diagnostics.report(
                    code::EXTENSION,
                    Severity::Warning,
                    format!("{uri}extensionsRequired"),
                    message,
                );
            }
        }
        let mut document = Self {
            gltf,
            buffers: Vec::new(),
            resolve,
            uri: uri.to_owned(),
        };
        document.buffers = document.read_buffers(binary, limits)?;
        Ok(document)
    }

    fn read_buffers(
        &self,
        binary: Option<&'a [u8]>,
        limits: &DecodeLimits,
    ) -> Result<Vec<Option<Cow<'a, [u8]>>>, TilesError> {
        let mut total = 0_usize;
        let mut buffers = Vec::new();
        for (i, buffer) in self.gltf.buffers.iter().enumerate() {
            let bytes = match &buffer.uri {
                None if i == 0 => binary.map(Cow::Borrowed),
                None => None,
                Some(uri) => Some(Cow::Owned(self.bytes_of(uri)?)),
            };
            total = total.saturating_add(bytes.as_ref().map_or(0, |bytes| bytes.len()));
            limits::check("bytes of glTF buffers", total, limits.max_bytes)?;
            buffers.push(bytes);
        }
        Ok(buffers)
    }

    /// The bytes behind a reference in the document.
    pub fn bytes_of(&self, uri: &str) -> Result<Vec<u8>, TilesError> {
        let found = if uri.starts_with("data:") {
            bytes_of_data_uri(uri)
        } else {
            (self.resolve)(uri)
        };
        found.ok_or_else(|| TilesError::MissingResource {
            uri: uri.chars().take(200).collect(),
        })
    }

    /// The bytes of a buffer view.
    pub fn view(&self, index: usize) -> Result<&[u8], String> {
        let view = self
            .gltf
            .buffer_views
            .get(index)
            .ok_or_else(|| format!("there is no bufferViews[{index}]"))?;
        if view.extensions.meshopt.is_some() {
            return Err(format!(
                "bufferViews[{index}] is compressed with EXT_meshopt_compression, which is not read"
            ));
        }
        let buffer = self.buffers.get(view.buffer).and_then(Option::as_ref);
        let buffer = buffer.ok_or_else(|| {
            format!(
                "buffers[{}] of bufferViews[{index}] is not there",
                view.buffer
            )
        })?;
        let declared = self.gltf.buffers[view.buffer].byte_length.min(buffer.len());
        let end = view
            .byte_offset
            .checked_add(view.byte_length)
            .filter(|end| *end <= declared);
        end.map(|end| &buffer[view.byte_offset..end])
            .ok_or_else(|| {
                format!(
                    "bufferViews[{index}] reaches beyond the {declared} bytes of buffers[{}]",
                    view.buffer
                )
            })
    }

    /// Where something in this document is, for a diagnostic.
    pub fn location(&self, path: &str) -> String {
        if self.uri.is_empty() {
            path.to_owned()
        } else {
            format!("{}: {path}", self.uri)
        }
    }
}

fn gltf_1() -> TilesError {
    TilesError::UnsupportedContent {
        what: "glTF 1.0",
        advice: "convert the tileset, for example with 3d-tiles-tools upgrade",
    }
}

/// JSON and binary chunk of a GLB (glTF 2.0, clause 4.4). A file longer than its declared length is read
/// as far as declared.
fn split_glb(bytes: &[u8]) -> Result<(&[u8], Option<&[u8]>), TilesError> {
    let content = Bytes::new("glb", bytes);
    if content.u32(4, "the version")? == 1 {
        return Err(gltf_1());
    }
    let length = content.u32(8, "the length")? as usize;
    let content = content.part(0, length, "the model")?;
    let mut at = 12;
    let mut json = None;
    let mut binary = None;
    while at + 8 <= length {
        let chunk_length = content.u32(at, "a chunk")? as usize;
        let chunk_type = content.u32(at + 4, "a chunk")?;
        let chunk = content.part(at + 8, chunk_length, "a chunk")?;
        match chunk_type {
            CHUNK_JSON if json.is_none() => json = Some(chunk.bytes),
            CHUNK_BIN if binary.is_none() => binary = Some(chunk.bytes),
            // Unknown chunks are to be passed over.
            _ => {}
        }
        at = at.saturating_add(8).saturating_add(chunk_length);
    }
    let json = json.ok_or_else(|| content.error(12, "there is no JSON chunk"))?;
    let end = json
        .iter()
        .rposition(|byte| *byte != 0)
        .map_or(0, |last| last + 1);
    Ok((&json[..end], binary))
}
