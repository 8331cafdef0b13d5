//! How bad something is.

use egui_phosphor::regular as icon;
use serde::{Deserialize, Serialize};

/// The weight of a diagnostic or a notice, worst last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// Worth knowing; nothing is missing.
    Information,
    /// Something is shown other than it was meant.
    Warning,
    /// Something is missing.
    Error,
}

impl Severity {
    /// All severities, worst first, as lists show them.
    pub const WORST_FIRST: [Self; 3] = [Self::Error, Self::Warning, Self::Information];

    /// A glyph of the icon font; the three differ in shape, not only in colour.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Information => icon::INFO,
            Self::Warning => icon::WARNING,
            Self::Error => icon::X_CIRCLE,
        }
    }

    /// The message key of the severity's name.
    pub fn message_key(self) -> &'static str {
        match self {
            Self::Information => "severity-information",
            Self::Warning => "severity-warning",
            Self::Error => "severity-error",
        }
    }
}
