//! What is wrong with a scene and could be survived.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

use crate::TextPosition;

/// How much a diagnostic cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something was guessed or left out; the rest is as written.
    Warning,
    /// A source, broker, scenario or viewpoint cannot be used as written.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// What kind of finding it is; the codes are stable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SceneCode {
    /// `SCN-001`: a key the scene file does not have; it is passed over.
    UnknownKey,
    /// `SCN-002`: a source or design says not at all, or twice, where it is.
    Location,
    /// `SCN-003`: an address that is none, or not of the web.
    Address,
    /// `SCN-004`: two things of one kind with the same name; the first is found by it.
    DuplicateName,
    /// `SCN-005`: a name that refers to nothing.
    UnknownName,
    /// `SCN-006`: a number outside its range; the nearest that makes sense is taken.
    OutOfRange,
    /// `SCN-007`: a time zone that the IANA table does not have.
    UnknownTimeZone,
    /// `SCN-008`: half a placement.
    IncompletePlacement,
    /// `SCN-009`: a broker that is neither or both of an address and embedded, or simulates what it cannot.
    BrokerSettings,
    /// `SCN-010`: something that is there but empty.
    Empty,
    /// `SCN-011`: the file is no TOML or not of the shape of a scene; nothing could be read.
    Unreadable,
}

impl SceneCode {
    /// The stable code, `SCN-001`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnknownKey => "SCN-001",
            Self::Location => "SCN-002",
            Self::Address => "SCN-003",
            Self::DuplicateName => "SCN-004",
            Self::UnknownName => "SCN-005",
            Self::OutOfRange => "SCN-006",
            Self::UnknownTimeZone => "SCN-007",
            Self::IncompletePlacement => "SCN-008",
            Self::BrokerSettings => "SCN-009",
            Self::Empty => "SCN-010",
            Self::Unreadable => "SCN-011",
        }
    }

    /// How much a finding of this kind costs.
    pub const fn severity(self) -> Severity {
        match self {
            Self::UnknownKey
            | Self::DuplicateName
            | Self::UnknownName
            | Self::OutOfRange
            | Self::UnknownTimeZone
            | Self::Empty => Severity::Warning,
            Self::Location
            | Self::Address
            | Self::IncompletePlacement
            | Self::BrokerSettings
            | Self::Unreadable => Severity::Error,
        }
    }
}

impl fmt::Display for SceneCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// One coded finding about a scene file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SceneDiagnostic {
    /// What kind of finding.
    pub code: SceneCode,
    /// One or two sentences for a person: what is wrong and what to do.
    pub message: String,
    /// The key concerned, `sources[2].crs`; empty for the whole file.
    pub key: String,
    /// The file, where the text came from one.
    pub file: Option<PathBuf>,
    /// Where in the text; `None` for a scene that was never text.
    pub position: Option<TextPosition>,
}

impl SceneDiagnostic {
    /// How much it cost.
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }
}

impl fmt::Display for SceneDiagnostic {
    /// `scene.toml:12:3: warning SCN-001: …`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}:", file.display())?;
        }
        if let Some(position) = self.position {
            write!(f, "{position}:")?;
        }
        if self.file.is_some() || self.position.is_some() {
            write!(f, " ")?;
        }
        write!(f, "{} {}: {}", self.severity(), self.code, self.message)
    }
}
