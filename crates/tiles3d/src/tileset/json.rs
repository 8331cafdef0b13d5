//! Member-by-member reading of JSON objects, so that one wrong member costs only itself.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::diagnostics::{Diagnostics, Severity};
use crate::error::TilesError;

/// Checks that bytes can be a JSON document, and says what they look like if not. A byte order mark,
/// which RFC 8259 forbids and some exporters write, is passed over.
pub(crate) fn json_text<'a>(
    bytes: &'a [u8],
    expected: &'static str,
) -> Result<&'a str, TilesError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let found = match bytes
        .iter()
        .position(|byte| !byte.is_ascii_whitespace())
        .map(|start| &bytes[start..])
    {
        None => Some("nothing (0 bytes)"),
        Some([b'{', ..]) => None,
        Some([b'<', ..]) => Some("an HTML or XML page"),
        Some([0x1f, 0x8b, ..]) => Some("gzip-compressed data"),
        Some([b'P', b'K', ..]) => Some("a ZIP archive"),
        Some([b'[', ..]) => Some("a JSON array"),
        Some(_) => Some("something that is not a JSON object"),
    };
    if let Some(found) = found {
        return Err(TilesError::WrongDocument { expected, found });
    }
    std::str::from_utf8(bytes).map_err(|error| TilesError::Json {
        document: expected,
        message: format!("not UTF-8 after byte {}", error.valid_up_to()),
    })
}

/// Reads one member; a wrong type is a diagnostic and reads as absent.
pub(crate) fn member<'a, T: Deserialize<'a>>(
    raw: Option<&'a RawValue>,
    path: &str,
    name: &str,
    code: &'static str,
    diagnostics: &mut Diagnostics,
) -> Option<T> {
    let raw = raw?;
    match serde_json::from_str(raw.get()) {
        Ok(value) => Some(value),
        Err(error) => {
            diagnostics.report(
                code,
                Severity::Warning,
                format!("{path}.{name}"),
                format!("passed over: {error}"),
            );
            None
        }
    }
}
