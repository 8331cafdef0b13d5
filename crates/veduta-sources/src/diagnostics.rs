//! Findings from every reader behind the door, in one shape.

use serde::{Deserialize, Serialize};

/// How much a finding cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing was lost.
    Info,
    /// Something was repaired, guessed or left out.
    Warning,
    /// An object, a tile or the rest of a file was lost.
    Error,
}

/// A stable code. Under a name of its own, because serde would take the bare type for borrowed text.
type Code = &'static str;

/// One coded finding about a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceDiagnostic {
    /// Stable code: `GML-…` reader, `GEO-…` reference systems, `TILE-…` 3D Tiles, `SRC-…` this crate.
    #[serde(deserialize_with = "crate::cache::diagnostic_code")]
    pub code: Code,
    /// How much it cost.
    pub severity: Severity,
    /// One sentence for a person.
    pub message: String,
    /// File or address concerned.
    pub source: String,
    /// 1-based line, where known.
    pub line: Option<u64>,
    /// City object concerned, where known.
    pub object_id: Option<String>,
}

/// Codes of this crate's own findings.
pub mod code {
    /// A file in a folder holds no city model and was passed over.
    pub const PASSED_OVER: &str = "SRC-001";
    /// A file in a folder could not be read; the others were.
    pub const FILE_FAILED: &str = "SRC-002";
    /// A surface could not be converted from its reference system.
    pub const NOT_CONVERTED: &str = "SRC-003";
    /// Surfaces could not be triangulated.
    pub const NOT_TRIANGULATED: &str = "SRC-004";
    /// A city object has no geometry that is drawn.
    pub const NOTHING_DRAWN: &str = "SRC-005";
    /// A tile's content could not be loaded for the report.
    pub const TILE_FAILED: &str = "SRC-006";
    /// A limit ended the count early.
    pub const LIMIT: &str = "SRC-007";
    /// More findings of one code than are listed.
    pub const MORE: &str = "SRC-008";
    /// A model without a place on earth.
    pub const NO_PLACE: &str = "SRC-009";
    /// A document from the network names a file of this machine, which was not opened.
    pub const LOCAL_REFUSED: &str = "SRC-010";
    /// Heights of one source refer to different things.
    pub const MIXED_HEIGHTS: &str = "SRC-011";
    /// The image of a texture is missing or cannot be used; the surfaces are drawn plain.
    pub const NO_IMAGE: &str = "SRC-012";
    /// Texture coordinates do not fit their surfaces, which are drawn plain.
    pub const TEXTURE_MISFIT: &str = "SRC-013";
    /// A prototype was not found or is in a format that is not drawn.
    pub const NO_PROTOTYPE: &str = "SRC-014";
    /// The cache on disk was damaged or could not be written; only the time of reading is lost.
    pub const CACHE: &str = "SRC-015";
}

impl SourceDiagnostic {
    /// A finding about a whole source.
    pub(crate) fn new(
        code: &'static str,
        severity: Severity,
        source: &str,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            source: source.to_owned(),
            line: None,
            object_id: None,
        }
    }

    /// The same finding, about one city object.
    pub(crate) fn at_object(mut self, object_id: &str, line: u64) -> Self {
        self.object_id = Some(object_id.to_owned());
        self.line = Some(line);
        self
    }

    /// A finding of the CityGML reader.
    pub(crate) fn from_reader(diagnostic: citygml_rs::Diagnostic, source: &str) -> Self {
        Self {
            code: diagnostic.code,
            severity: match diagnostic.severity {
                citygml_rs::Severity::Info => Severity::Info,
                citygml_rs::Severity::Warning => Severity::Warning,
                citygml_rs::Severity::Error => Severity::Error,
            },
            message: diagnostic.message,
            source: source.to_owned(),
            line: diagnostic.line,
            object_id: diagnostic.object_id,
        }
    }

    /// A decision about a reference system.
    pub(crate) fn from_geo(finding: &veduta_geo::GeoFinding, source: &str) -> Self {
        let severity = if finding.is_warning() {
            Severity::Warning
        } else {
            Severity::Info
        };
        Self::new(finding.code(), severity, source, finding.to_string())
    }

    /// A finding of the 3D Tiles library.
    pub(crate) fn from_tiles(diagnostic: &tiles3d::Diagnostic, source: &str) -> Self {
        let message = if diagnostic.location.is_empty() {
            diagnostic.message.clone()
        } else {
            format!("{}: {}", diagnostic.location, diagnostic.message)
        };
        let severity = match diagnostic.severity {
            tiles3d::Severity::Info => Severity::Info,
            tiles3d::Severity::Warning => Severity::Warning,
            tiles3d::Severity::Error => Severity::Error,
        };
        Self::new(diagnostic.code, severity, source, message)
    }
}

/// Keeps the list readable: at most this many findings of one code are listed for one source.
const LISTED_PER_CODE: usize = 200;

/// Shortens a list in place; what is left out is counted in a finding of its own.
pub(crate) fn shorten(diagnostics: &mut Vec<SourceDiagnostic>, source: &str) {
    let mut seen: std::collections::BTreeMap<&'static str, usize> = Default::default();
    diagnostics.retain(|diagnostic| {
        let count = seen.entry(diagnostic.code).or_default();
        *count += 1;
        *count <= LISTED_PER_CODE
    });
    for (code, count) in seen {
        if count > LISTED_PER_CODE {
            diagnostics.push(SourceDiagnostic::new(
                self::code::MORE,
                Severity::Info,
                source,
                format!("{} more findings {code}", count - LISTED_PER_CODE),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_one_finding_is_counted_not_listed() {
        let one = SourceDiagnostic::new(code::NOT_TRIANGULATED, Severity::Warning, "a.gml", "x");
        let mut list = vec![one; LISTED_PER_CODE + 7];
        shorten(&mut list, "a.gml");
        assert_eq!(list.len(), LISTED_PER_CODE + 1);
        let last = &list[LISTED_PER_CODE];
        assert_eq!(last.code, code::MORE);
        assert!(last.message.starts_with("7 more findings SRC-004"));
    }
}
