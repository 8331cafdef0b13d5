//! The one error type of this crate: what stops a whole tileset or a whole tile content.
//!
//! What can be survived is a [`crate::Diagnostic`] instead.

use thiserror::Error;

/// Why a document could not be used at all.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TilesError {
    /// The bytes are something else altogether: an HTML page, an archive, nothing.
    #[error(
        "expected {expected}, found {found}; check the address (a login page or a 404 page often looks like this)"
    )]
    WrongDocument {
        /// What was asked for.
        expected: &'static str,
        /// What the first bytes look like.
        found: &'static str,
    },
    /// The text is not well-formed JSON, or has the wrong types where nothing can be put in their place.
    #[error("{document}: {message}")]
    Json {
        /// Which document, `tileset.json` or `glTF`.
        document: &'static str,
        /// What the parser says, with line and column.
        message: String,
    },
    /// Well-formed JSON that is no tileset.
    #[error("this JSON is not a 3D Tiles tileset: {reason}")]
    NotATileset {
        /// What is missing.
        reason: String,
    },
    /// A documented limit was reached; see [`crate::DecodeLimits`] and [`crate::TreeLimits`].
    #[error("{what}: {actual} is more than the limit of {limit}")]
    LimitExceeded {
        /// What was counted.
        what: &'static str,
        /// What was found.
        actual: u64,
        /// What is allowed.
        limit: u64,
    },
    /// The bytes end before, or disagree with, what their header promises.
    #[error("{content}: {message} (at byte {offset})")]
    Truncated {
        /// Which format, `b3dm`.
        content: &'static str,
        /// Byte offset in the content.
        offset: u64,
        /// What is wrong.
        message: String,
    },
    /// No content format of 3D Tiles begins like this.
    #[error("unknown tile content: the first bytes are {first_bytes:?}")]
    UnknownContent {
        /// The first four bytes, printable.
        first_bytes: String,
    },
    /// A content format or version that is known and not read.
    #[error("{what} cannot be drawn yet: {advice}")]
    UnsupportedContent {
        /// Format and version.
        what: &'static str,
        /// What a user can do.
        advice: &'static str,
    },
    /// A glTF extension without which the geometry cannot be read.
    #[error("the glTF extension {name} is not read; convert the model without it")]
    UnsupportedExtension {
        /// Name of the extension.
        name: String,
    },
    /// The glTF contradicts itself so that nothing can be drawn.
    #[error("glTF: {message}")]
    InvalidGltf {
        /// What is wrong, with its JSON path.
        message: String,
    },
    /// A buffer or model that the content refers to was not found.
    #[error("the content refers to {uri}, which could not be read")]
    MissingResource {
        /// Reference as written.
        uri: String,
    },
    /// An operation on the tree named a node that it does not hold.
    #[error("the tile tree has no node {index}")]
    UnknownNode {
        /// The index that was asked for.
        index: usize,
    },
}

impl TilesError {
    /// Stable code of the error, `TILE-004`, as diagnostics panels list it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::WrongDocument { .. } => "TILE-001",
            Self::Json { .. } => "TILE-002",
            Self::NotATileset { .. } => "TILE-003",
            Self::LimitExceeded { .. } => "TILE-004",
            Self::Truncated { .. } => "TILE-005",
            Self::UnknownContent { .. } => "TILE-006",
            Self::UnsupportedExtension { .. } => "TILE-007",
            Self::UnsupportedContent { .. } => "TILE-008",
            Self::InvalidGltf { .. } => "TILE-009",
            Self::MissingResource { .. } => "TILE-010",
            Self::UnknownNode { .. } => "TILE-011",
        }
    }
}
