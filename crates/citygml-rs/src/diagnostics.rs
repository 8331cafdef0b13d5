//! What was wrong with the input and could be survived.

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
    /// An object or the rest of a file was lost.
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

/// One coded finding about the input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Stable code, `GML-012`.
    pub code: &'static str,
    /// How much it cost.
    pub severity: Severity,
    /// One sentence for a person, with what to do where something can be done.
    pub message: String,
    /// 1-based line in the source, where known.
    pub line: Option<u64>,
    /// The city object concerned, where known.
    pub object_id: Option<String>,
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
}
