//! What was wrong with the input and could be survived.
//!
//! | code | what |
//! | --- | --- |
//! | `LD-001` | an item of a list is no entity: left out |
//! | `LD-002` | the id of an entity is not a URI: kept |
//! | `LD-003` | an attribute has no value: left out |
//! | `LD-004` | an attribute carries the value of another kind: read as what its value is |
//! | `LD-005` | a time is not RFC 3339 with an offset: read as UTC, or left out |
//! | `LD-006` | a geometry cannot be read: kept as a plain value |
//! | `LD-007` | a position lies outside WGS 84: kept |
//! | `LD-008` | an NGSIv2 attribute: read |
//! | `LD-009` | nested too deep: the inner part is left out |
//! | `LD-010` | a member has the wrong JSON type: left out |
//! | `LD-011` | an entity has no type: kept |
//! | `LD-012` | a pair of a temporal answer cannot be read: left out |
//! | `LD-013` | a broker answered with less than it was asked for |
//! | `LD-014` | a notification could not be read: refused |

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
    /// An entity or the rest of an answer was lost.
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

/// One coded finding about what a broker or a file said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Stable code, `LD-007`.
    pub code: &'static str,
    /// How much it cost.
    pub severity: Severity,
    /// One sentence for a person, with what to do where something can be done.
    pub message: String,
    /// The entity concerned, where known.
    pub entity_id: Option<String>,
    /// The attribute concerned, where there is one.
    pub attribute: Option<String>,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}: ", self.code, self.severity)?;
        if let Some(id) = &self.entity_id {
            write!(f, "{id}: ")?;
        }
        if let Some(name) = &self.attribute {
            write!(f, "{name}: ")?;
        }
        f.write_str(&self.message)
    }
}

/// Collects diagnostics; every reader takes one, so no caller can forget that there may be some.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    /// In the order found.
    pub items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// An empty collection.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.items.push(diagnostic);
    }

    /// Adds a finding that concerns no single entity.
    pub(crate) fn push_general(
        &mut self,
        code: &'static str,
        severity: Severity,
        message: impl Into<String>,
    ) {
        self.push(Diagnostic {
            code,
            severity,
            message: message.into(),
            entity_id: None,
            attribute: None,
        });
    }
}
