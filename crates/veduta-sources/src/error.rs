//! Why a source gives nothing at all.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// A failure after which there is nothing of a source to draw. Every message says what to do.
///
/// What can be survived is a [`SourceDiagnostic`](crate::SourceDiagnostic) instead.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SourceError {
    /// Nothing is at this path.
    #[error("{} does not exist; check the path", .0.display())]
    Missing(PathBuf),
    /// The path exists and cannot be read.
    #[error("{} cannot be read: {reason}", path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// A folder without anything to draw.
    #[error(
        "no CityGML, CityJSON, 3D Tiles or glTF file in {}; {passed_over} other files were passed over", .folder.display()
    )]
    EmptyFolder {
        /// The folder.
        folder: PathBuf,
        /// Files of other kinds in it.
        passed_over: usize,
    },
    /// The content is of no known kind.
    #[error(
        "{source_name} is {found}; expected CityGML, CityJSON, a tileset.json, or a glTF model"
    )]
    UnknownKind {
        /// File or address.
        source_name: String,
        /// What the content looks like, with its article.
        found: String,
    },
    /// The text is neither a path nor an address that can be opened.
    #[error("'{location}' cannot be opened: {reason}")]
    Location {
        /// What was asked for.
        location: String,
        /// Why not.
        reason: String,
    },
    /// The reference system named on the command line or in the scene file cannot be used.
    #[error(transparent)]
    Crs(#[from] veduta_geo::GeoError),
    /// The reader gave up before the first object.
    #[error("{source_name}: {reason}")]
    CityModel {
        /// File or address.
        source_name: String,
        /// What the reader said.
        reason: citygml_rs::ReadError,
    },
    /// The source was read to its end and holds nothing that can be drawn.
    #[error("{source_name} holds no geometry that can be drawn; the diagnostics say why")]
    NothingToDraw {
        /// File, folder or address.
        source_name: String,
    },
    /// A content was asked for that the source does not have.
    #[error("{source_name} has no content {content}")]
    NoSuchContent {
        /// File, folder or address.
        source_name: String,
        /// What was asked for.
        content: String,
    },
    /// A tileset, or the content of a tile, cannot be used.
    #[error("{source_name}: {reason}")]
    Tiles {
        /// File or address.
        source_name: String,
        /// What the 3D Tiles library said.
        reason: tiles3d::TilesError,
    },
    /// The server did not send the document.
    #[error("{url}: {reason}")]
    Http {
        /// Address as requested.
        url: String,
        /// Status or network failure, with what to do.
        reason: String,
    },
    /// A limit was exceeded; nothing of the source was kept.
    #[error("{source_name}: {actual} {what} exceed the limit of {limit}")]
    Limit {
        /// File or address.
        source_name: String,
        /// What was counted.
        what: &'static str,
        /// What was found.
        actual: u64,
        /// The limit in force.
        limit: u64,
    },
    /// No thread or network client could be made.
    #[error("the system refused what is needed to read {source_name}: {reason}")]
    System {
        /// File or address.
        source_name: String,
        /// What the system said.
        reason: String,
    },
}

impl SourceError {
    /// The message without the name of the source, for lists that show the name anyway.
    pub fn reason(&self) -> String {
        match self {
            Self::CityModel { reason, .. } => reason.to_string(),
            Self::Tiles { reason, .. } => reason.to_string(),
            Self::Http { reason, .. } => reason.clone(),
            Self::UnknownKind { found, .. } => format!("it is {found}"),
            Self::Missing(_) => "it does not exist".to_owned(),
            Self::Unreadable { reason, .. } => reason.to_string(),
            other => other.to_string(),
        }
    }
}
