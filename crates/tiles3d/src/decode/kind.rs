//! Tells content formats by their first bytes, not by file names.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::error::TilesError;

/// What a tile content is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContentKind {
    /// Batched 3D model.
    B3dm,
    /// Instanced 3D model.
    I3dm,
    /// Point cloud.
    Pnts,
    /// Composite.
    Cmpt,
    /// Binary glTF.
    Glb,
    /// glTF in JSON.
    Gltf,
    /// A tileset document: an external tileset.
    Tileset,
    /// Binary subtree of an implicit tileset.
    Subtree,
    /// GeoJSON.
    GeoJson,
    /// Vector tile drafts that never became part of the standard: `vctr`, `geom`.
    VectorDraft,
    /// JSON of some other kind, or malformed.
    Json,
    /// An HTML or XML page.
    Html,
    /// gzip-compressed data; decompress first.
    Gzip,
    /// A ZIP archive, such as `.3tz`.
    Zip,
    /// No bytes.
    Empty,
    /// None of these.
    Unknown,
}

#[derive(Deserialize)]
struct JsonProbe {
    root: Option<IgnoredAny>,
    r#type: Option<IgnoredAny>,
    asset: Option<IgnoredAny>,
}

impl ContentKind {
    /// Looks at the bytes; JSON is skimmed to its end.
    pub fn detect(bytes: &[u8]) -> Self {
        let text = bytes
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(bytes)
            .trim_ascii_start();
        match bytes {
            [b'b', b'3', b'd', b'm', ..] => Self::B3dm,
            [b'i', b'3', b'd', b'm', ..] => Self::I3dm,
            [b'p', b'n', b't', b's', ..] => Self::Pnts,
            [b'c', b'm', b'p', b't', ..] => Self::Cmpt,
            [b'g', b'l', b'T', b'F', ..] => Self::Glb,
            [b's', b'u', b'b', b't', ..] => Self::Subtree,
            [b'v', b'c', b't', b'r', ..] | [b'g', b'e', b'o', b'm', ..] => Self::VectorDraft,
            [0x1f, 0x8b, ..] => Self::Gzip,
            [b'P', b'K', 3 | 5, ..] => Self::Zip,
            _ if text.is_empty() => Self::Empty,
            _ if text[0] == b'<' => Self::Html,
            _ if text[0] == b'{' => Self::detect_json(text),
            _ => Self::Unknown,
        }
    }

    fn detect_json(text: &[u8]) -> Self {
        match serde_json::from_slice::<JsonProbe>(text) {
            Ok(JsonProbe { root: Some(_), .. }) => Self::Tileset,
            Ok(JsonProbe { asset: Some(_), .. }) => Self::Gltf,
            Ok(JsonProbe {
                r#type: Some(_), ..
            }) => Self::GeoJson,
            _ => Self::Json,
        }
    }

    /// Why bytes of this kind have no mesh.
    pub(super) fn refusal(self, bytes: &[u8]) -> TilesError {
        let wrong = |found| TilesError::WrongDocument {
            expected: "a tile content (b3dm, i3dm, cmpt or glTF)",
            found,
        };
        let unsupported = |what, advice| TilesError::UnsupportedContent { what, advice };
        match self {
            Self::Html => wrong("an HTML or XML page"),
            Self::Gzip => wrong("gzip-compressed data"),
            Self::Zip => wrong("a ZIP archive"),
            Self::Empty => wrong("nothing (0 bytes)"),
            Self::Json => wrong("JSON that is neither glTF nor a tileset"),
            Self::Tileset => wrong("an external tileset, which belongs into the tile tree"),
            Self::Pnts => unsupported("a point cloud (pnts)", "the tile is left out"),
            Self::GeoJson => unsupported(
                "GeoJSON content (MAXAR_content_geojson)",
                "open the file as a layer instead",
            ),
            Self::Subtree => unsupported(
                "an implicit subtree",
                "convert the tileset to explicit tiles",
            ),
            Self::VectorDraft => unsupported(
                "a vector tile draft (vctr, geom)",
                "the format was never standardised",
            ),
            Self::B3dm | Self::I3dm | Self::Cmpt | Self::Glb | Self::Gltf | Self::Unknown => {
                let first = bytes.get(..4).unwrap_or(bytes);
                TilesError::UnknownContent {
                    first_bytes: first.escape_ascii().to_string(),
                }
            }
        }
    }
}
