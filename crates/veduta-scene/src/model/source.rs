//! `[[sources]]`: where geometry comes from.

use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{is_default, is_on, on};
use crate::{Location, LocationError};

/// One file, folder or tileset. Exactly one of `path` and `url` is given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Source {
    /// Name in the layer tree. Left out: the name of the file.
    pub name: String,
    /// File or folder, relative to the scene file; `../` is fine.
    #[serde(skip_serializing_if = "is_default")]
    pub path: Option<String>,
    /// `http://` or `https://` address of a file or a `tileset.json`.
    #[serde(skip_serializing_if = "is_default")]
    pub url: Option<String>,
    /// What it is. Left out: told from the content.
    #[serde(skip_serializing_if = "is_default")]
    pub kind: Option<SourceKind>,
    /// Coordinate reference system to use instead of what the file says, such as `EPSG:25832` or
    /// `EPSG:25832+7837`.
    #[serde(skip_serializing_if = "is_default")]
    pub crs: Option<String>,
    /// Metres added to every height, to seat a source on a terrain with another vertical datum.
    #[serde(skip_serializing_if = "is_default")]
    pub height_offset_m: f64,
    /// Highest CityGML level of detail to draw, 0 to 4. Left out: the best there is.
    #[serde(skip_serializing_if = "is_default")]
    #[schemars(range(max = 4))]
    pub level_of_detail: Option<u8>,
    /// Name of the layer its objects belong to. Left out: told from the type of each object.
    #[serde(skip_serializing_if = "is_default")]
    pub layer: Option<String>,
    /// Whether it is shown when the scene opens.
    #[serde(default = "on", skip_serializing_if = "is_on")]
    pub visible: bool,
}

impl Default for Source {
    fn default() -> Self {
        Self {
            name: String::new(),
            path: None,
            url: None,
            kind: None,
            crs: None,
            height_offset_m: 0.0,
            level_of_detail: None,
            layer: None,
            visible: true,
        }
    }
}

impl Source {
    /// Where it is, a relative path starting from `base_directory`.
    ///
    /// # Errors
    /// When not exactly one of `path` and `url` is given, or the address is none; reading the scene
    /// has then reported it too.
    pub fn location(&self, base_directory: &Path) -> Result<Location, LocationError> {
        Location::of(self.path.as_deref(), self.url.as_deref(), base_directory)
    }
}

/// The formats a source can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    /// CityGML 1.0 to 3.0, plain, `.gz` or `.zip`.
    CityGml,
    /// CityJSON 1.x or 2.0.
    CityJson,
    /// CityJSONSeq: one feature per line.
    CityJsonSeq,
    /// 3D Tiles 1.0 or 1.1, the address of a `tileset.json`.
    #[serde(rename = "3dtiles")]
    Tiles3d,
    /// glTF 2.0, `.gltf` or `.glb`.
    Gltf,
    /// A folder of city files.
    Folder,
}
