//! What the diagnostics panel shows.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::{ObjectId, Severity};

/// One coded finding about the input or the brokers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagnosticRow {
    /// How bad.
    pub severity: Severity,
    /// Stable code, "GML-012".
    pub code: String,
    /// One sentence for a person, with what to do where something can be done.
    pub message: String,
    /// File, URL or broker; empty if unknown.
    pub source: String,
    /// 1-based line in the source.
    pub line: Option<u64>,
    /// The city object concerned, if it can be selected.
    pub object: Option<ObjectId>,
}

/// What the diagnostics panel shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DiagnosticsModel {
    /// In the order found; shared, for they are handed over every frame and change seldom.
    pub rows: Arc<[DiagnosticRow]>,
}

impl DiagnosticsModel {
    /// How many rows have this severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.rows
            .iter()
            .filter(|row| row.severity == severity)
            .count()
    }

    /// The worst there is.
    pub fn worst(&self) -> Option<Severity> {
        self.rows.iter().map(|row| row.severity).max()
    }
}

/// What the diagnostics panel remembers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiagnosticsState {
    /// Text that a row must contain to be listed.
    pub filter: String,
    /// Severities that are not listed.
    pub hidden: Vec<Severity>,
}

impl DiagnosticsState {
    /// Whether a row is listed.
    pub fn lists(&self, row: &DiagnosticRow) -> bool {
        let needle = self.filter.trim().to_lowercase();
        let object = row.object.as_ref().map_or("", |object| object.0.as_str());
        let hit = |text: &str| text.to_lowercase().contains(&needle);
        !self.hidden.contains(&row.severity)
            && (needle.is_empty()
                || [&row.code, &row.message, &row.source, object]
                    .into_iter()
                    .any(hit))
    }
}

impl DiagnosticRow {
    /// One line of plain text, as "copy all" writes it.
    pub fn as_text(&self, severity_name: &str) -> String {
        let line = self.line.map(|line| format!(":{line}")).unwrap_or_default();
        let object = self
            .object
            .as_ref()
            .map(|object| format!(" [{object}]"))
            .unwrap_or_default();
        format!(
            "{severity_name} {} {}{line}{object}: {}",
            self.code, self.source, self.message
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> DiagnosticRow {
        DiagnosticRow {
            severity: Severity::Warning,
            code: "GML-012".to_owned(),
            message: "The ring does not close; it was closed.".to_owned(),
            source: "block.gml".to_owned(),
            line: Some(812),
            object: Some("b-7".into()),
        }
    }

    #[test]
    fn a_row_is_found_by_any_of_its_words() {
        for filter in ["gml-012", "RING", "block", "b-7", "  "] {
            let state = DiagnosticsState {
                filter: filter.to_owned(),
                hidden: Vec::new(),
            };
            assert!(state.lists(&row()), "{filter}");
        }
        assert!(
            !DiagnosticsState {
                filter: "tree".to_owned(),
                hidden: Vec::new()
            }
            .lists(&row())
        );
        assert!(
            !DiagnosticsState {
                filter: String::new(),
                hidden: vec![Severity::Warning]
            }
            .lists(&row())
        );
    }

    #[test]
    fn plain_text_names_line_and_object() {
        let text = row().as_text("warning");
        assert_eq!(
            text,
            "warning GML-012 block.gml:812 [b-7]: The ring does not close; it was closed."
        );
    }
}
