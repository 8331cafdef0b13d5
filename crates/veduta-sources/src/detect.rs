//! What a document is, by its content; extensions lie too often.

use std::io::Read;
use std::path::Path;

use flate2::read::GzDecoder;
use serde_json::Value;

use crate::SourceError;

/// Bytes looked at; the root element or the type member stands within them in all known files.
const HEAD_BYTES: u64 = 64 * 1024;

/// The kinds of documents this crate opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DocumentKind {
    /// CityGML, CityJSON or an archive of them: the city model reader tells these apart itself.
    CityModel,
    /// `tileset.json`.
    Tileset,
    /// glTF, binary or JSON, or a single tile content.
    Model,
}

/// Looks at the beginning of a file.
pub(crate) fn detect_file(path: &Path) -> Result<DocumentKind, SourceError> {
    let unreadable = |reason| SourceError::Unreadable {
        path: path.to_owned(),
        reason,
    };
    let file = std::fs::File::open(path).map_err(|reason| match reason.kind() {
        std::io::ErrorKind::NotFound => SourceError::Missing(path.to_owned()),
        _ => unreadable(reason),
    })?;
    let mut head = Vec::new();
    file.take(HEAD_BYTES)
        .read_to_end(&mut head)
        .map_err(unreadable)?;
    detect_bytes(&head, &path.display().to_string())
}

/// Looks at the beginning of a document.
pub(crate) fn detect_bytes(head: &[u8], source_name: &str) -> Result<DocumentKind, SourceError> {
    let unknown = |found: &str| SourceError::UnknownKind {
        source_name: source_name.to_owned(),
        found: found.to_owned(),
    };
    match head {
        [] => return Err(unknown("an empty file")),
        [0x1f, 0x8b, ..] => return detect_gzip(head, source_name),
        [b'P', b'K', 3, 4, ..] => return Ok(DocumentKind::CityModel),
        [b'g', b'l', b'T', b'F', ..]
        | [b'b' | b'i', b'3', b'd', b'm', ..]
        | [b'c', b'm', b'p', b't', ..]
        | [b'p', b'n', b't', b's', ..] => return Ok(DocumentKind::Model),
        _ => {}
    }
    // UTF-16 with its zero bytes, and a byte order mark, must not hide the first character.
    let text: String = head
        .iter()
        .filter(|byte| **byte != 0)
        .skip_while(|byte| matches!(**byte, 0xef | 0xbb | 0xbf | 0xfe | 0xff))
        .map(|byte| char::from(*byte))
        .collect();
    let text = text.trim_start();
    if text.starts_with('<') {
        return if is_html(text) {
            Err(unknown("an HTML page (perhaps a login or error page)"))
        } else {
            Ok(DocumentKind::CityModel)
        };
    }
    if text.starts_with('{') {
        return detect_json(text).ok_or_else(|| {
            unknown("a JSON document that is neither CityJSON, nor a tileset, nor glTF")
        });
    }
    if head.contains(&0) {
        return Err(unknown("a binary file of an unknown kind"));
    }
    Err(unknown("a text of an unknown kind"))
}

fn detect_gzip(head: &[u8], source_name: &str) -> Result<DocumentKind, SourceError> {
    let mut inner = Vec::new();
    // The head is cut off, so the end of the stream is always an error: what came before counts.
    let _cut_off = GzDecoder::new(head)
        .take(HEAD_BYTES)
        .read_to_end(&mut inner);
    if inner.starts_with(&[0x1f, 0x8b]) || inner.is_empty() {
        return Err(SourceError::UnknownKind {
            source_name: source_name.to_owned(),
            found: "a broken gzip file".to_owned(),
        });
    }
    detect_bytes(&inner, source_name)
}

fn is_html(text: &str) -> bool {
    let start: String = text
        .chars()
        .take(1024)
        .collect::<String>()
        .to_ascii_lowercase();
    start.contains("<!doctype html") || start.contains("<html")
}

/// By the members of the outermost object; the text may be cut off anywhere.
fn detect_json(text: &str) -> Option<DocumentKind> {
    if let Ok(document) = serde_json::from_str::<Value>(text) {
        let is_city = document["type"]
            .as_str()
            .is_some_and(|kind| kind.starts_with("CityJSON"));
        return if is_city {
            Some(DocumentKind::CityModel)
        } else if !document["root"].is_null() && !document["asset"].is_null() {
            Some(DocumentKind::Tileset)
        } else if !document["asset"].is_null() {
            Some(DocumentKind::Model)
        } else {
            None
        };
    }
    let has = |member: &str| text.contains(&format!("\"{member}\""));
    if has("CityJSON") || has("CityJSONFeature") || has("CityObjects") {
        Some(DocumentKind::CityModel)
    } else if has("boundingVolume") && has("geometricError") {
        Some(DocumentKind::Tileset)
    } else if has("bufferViews") || has("accessors") || has("meshes") {
        Some(DocumentKind::Model)
    } else if has("vertices") || has("transform") {
        // CityJSON with its coordinates first and its type at the end.
        Some(DocumentKind::CityModel)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(head: &[u8]) -> Result<DocumentKind, String> {
        detect_bytes(head, "x").map_err(|error| error.to_string())
    }

    #[test]
    fn documents_are_known_by_content() {
        for (head, expected) in [
            (
                &b"<?xml version=\"1.0\"?><CityModel/>"[..],
                DocumentKind::CityModel,
            ),
            (b"\xef\xbb\xbf  <core:CityModel>", DocumentKind::CityModel),
            (b"\xff\xfe<\0?\0x\0m\0l\0", DocumentKind::CityModel),
            (b"PK\x03\x04rest", DocumentKind::CityModel),
            (
                b"{\"type\":\"CityJSON\",\"version\":\"2.0\"}",
                DocumentKind::CityModel,
            ),
            (
                b"{\"type\":\"CityJSON\"}\n{\"type\":\"CityJSONFeature\"}",
                DocumentKind::CityModel,
            ),
            (
                b"{\"asset\":{},\"geometricError\":1,\"root\":{}}",
                DocumentKind::Tileset,
            ),
            (
                b"{\"asset\":{},\"root\":{\"boundingVolume\":{},\"geometricError\":1",
                DocumentKind::Tileset,
            ),
            (
                b"{\"asset\":{\"version\":\"2.0\"},\"meshes\":[]}",
                DocumentKind::Model,
            ),
            (b"glTF\x02\0\0\0", DocumentKind::Model),
            (b"b3dm\x01\0\0\0", DocumentKind::Model),
        ] {
            assert_eq!(
                kind(head),
                Ok(expected),
                "{}",
                String::from_utf8_lossy(head)
            );
        }
    }

    #[test]
    fn what_cannot_be_opened_is_named() {
        for (head, expected) in [
            (&b"<!DOCTYPE HTML><html>404</html>"[..], "an HTML page"),
            (
                b"{\"type\":\"FeatureCollection\",\"features\":[]}",
                "JSON document that is neither",
            ),
            (b"", "an empty file"),
            (b"\x89PNG\r\n\x1a\n\0\0", "binary file"),
            (b"hello", "a text"),
        ] {
            let error = kind(head).expect_err("not a source");
            assert!(error.contains(expected), "{error}");
        }
    }
}
