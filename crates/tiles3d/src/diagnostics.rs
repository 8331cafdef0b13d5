//! What was wrong with a tileset or a tile content and could be survived.
//!
//! Codes below `TILE-020` are [`crate::TilesError`]s; the constants in [`code`] are survivable.

use std::fmt;

use serde::Serialize;

/// How much a diagnostic cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing was lost.
    Info,
    /// Something was repaired, guessed or left out.
    Warning,
    /// A tile, a primitive or more was lost.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// Codes of survivable findings.
pub mod code {
    /// `asset` is missing or names a version other than 0.0, 1.0 and 1.1.
    pub const VERSION: &str = "TILE-020";
    /// `refine` is missing in the root, or neither ADD nor REPLACE.
    pub const REFINE: &str = "TILE-021";
    /// `geometricError` is missing or no non-negative number.
    pub const GEOMETRIC_ERROR: &str = "TILE-022";
    /// A bounding volume is missing, malformed or of an unknown kind.
    pub const BOUNDING_VOLUME: &str = "TILE-023";
    /// A tile is no JSON object; it and what is under it was passed over.
    pub const TILE: &str = "TILE-024";
    /// A transform is no invertible affine 4×4 matrix.
    pub const TRANSFORM: &str = "TILE-025";
    /// Implicit tiling is declared and not read.
    pub const IMPLICIT_TILING: &str = "TILE-026";
    /// A content entry has no usable `uri`.
    pub const CONTENT: &str = "TILE-027";
    /// A tileset member of the wrong type was passed over.
    pub const MEMBER: &str = "TILE-028";
    /// A feature or batch table entry could not be read.
    pub const TABLE: &str = "TILE-040";
    /// Vertices name features that do not exist.
    pub const FEATURE_ID: &str = "TILE-041";
    /// A texture cannot be shown; the surface is drawn in its base colour.
    pub const TEXTURE: &str = "TILE-042";
    /// A mesh primitive was passed over.
    pub const PRIMITIVE: &str = "TILE-043";
    /// An extension was ignored.
    pub const EXTENSION: &str = "TILE-044";
    /// A metadata property was passed over.
    pub const PROPERTY: &str = "TILE-045";
    /// The header is of a legacy draft, or its lengths are off and were corrected.
    pub const LEGACY_HEADER: &str = "TILE-046";
    /// The content holds nothing to draw.
    pub const EMPTY: &str = "TILE-047";
    /// An inner tile of a composite was passed over.
    pub const INNER_TILE: &str = "TILE-048";
    /// A glTF node was passed over.
    pub const NODE: &str = "TILE-049";
}

/// One coded finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Stable code, one of [`code`].
    pub code: &'static str,
    /// How much it cost.
    pub severity: Severity,
    /// One sentence for a person.
    pub message: String,
    /// JSON path (`root.children[3].refine`) or byte range, empty for the whole document.
    pub location: String,
}

/// Collects diagnostics; equal findings beyond [`Diagnostics::MAX_PER_CODE`] are only counted, so that
/// one broken exporter cannot fill the memory.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    /// In the order found.
    pub items: Vec<Diagnostic>,
    /// Findings that were counted and not kept.
    pub suppressed: u64,
}

impl Diagnostics {
    /// Findings kept per code.
    pub const MAX_PER_CODE: usize = 100;

    /// An empty collection.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let same = self
            .items
            .iter()
            .filter(|item| item.code == diagnostic.code)
            .count();
        if same < Self::MAX_PER_CODE {
            self.items.push(diagnostic);
        } else {
            self.suppressed += 1;
        }
    }

    pub(crate) fn report(
        &mut self,
        code: &'static str,
        severity: Severity,
        location: impl Into<String>,
        message: impl Into<String>,
    ) {
        self.push(Diagnostic {
            code,
            severity,
            message: message.into(),
            location: location.into(),
        });
    }
}
