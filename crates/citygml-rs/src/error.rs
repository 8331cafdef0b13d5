//! Why nothing more can be read.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// A failure after which a reader has nothing more to give.
///
/// Everything that can be survived is a [`Diagnostic`](crate::Diagnostic) instead: a broken object or a truncated file
/// never ends here, and objects handed out before an error stay valid.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file cannot be opened or read.
    #[error("cannot read {}: {source}", path.display())]
    File {
        /// The file as it was asked for.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The stream failed while it was read.
    #[error("reading failed: {0}")]
    Io(#[from] io::Error),
    /// The root element is neither a CityModel, a feature collection nor a city object.
    #[error(
        "this XML file holds no city model: its root element is <{root}>; expected <CityModel>"
    )]
    NotCityGml {
        /// Local name of the root element; empty if there is none.
        root: String,
    },
    /// The JSON document is neither CityJSON nor CityJSONSeq.
    #[error("this JSON file holds no city model: {reason}")]
    NotCityJson {
        /// What is missing or wrong.
        reason: String,
    },
    /// The document is not JSON, or its vertices or transform cannot be used.
    #[error("broken CityJSON at line {line}: {reason}")]
    BrokenCityJson {
        /// 1-based line.
        line: u64,
        /// What the parser said.
        reason: String,
    },
    /// Neither XML nor JSON, by its first bytes.
    #[error("this is neither CityGML nor CityJSON: the content starts with {start:?}")]
    UnknownFormat {
        /// The first characters of the content.
        start: String,
    },
    /// The XML declaration names an encoding that cannot be decoded.
    #[error("unknown character encoding {name:?}; save the file as UTF-8")]
    UnknownEncoding {
        /// The label in the XML declaration.
        name: String,
    },
    /// The document type declares entities, which is how XML bombs and file theft are built; CityGML never needs them.
    #[error(
        "line {line}: the document type declares entities, which is refused; remove the DOCTYPE"
    )]
    EntityDeclaration {
        /// 1-based line of the declaration.
        line: u64,
    },
    /// The zip archive is damaged.
    #[error("broken zip archive: {0}")]
    Zip(String),
    /// The zip archive holds nothing that could be read.
    #[error("no CityGML or CityJSON file in this zip archive ({members} members)")]
    EmptyArchive {
        /// Members in the archive.
        members: usize,
    },
    /// A limit of [`ReadOptions`](crate::ReadOptions) on the whole input was exceeded.
    #[error(
        "the input exceeds the limit of {limit} {what}; raise ReadOptions::{option} to read it"
    )]
    Limit {
        /// What is counted.
        what: &'static str,
        /// The limit in force.
        limit: u64,
        /// The option that sets it.
        option: &'static str,
    },
}
