//! What was wrong with the input.

mod model;

pub use model::{DiagnosticRow, DiagnosticsModel, DiagnosticsState};

use crate::Command;

/// What was wrong with the input.
pub fn diagnostics_ui(
    _ui: &mut egui::Ui,
    _state: &mut DiagnosticsState,
    _model: &DiagnosticsModel,
) -> Vec<Command> {
    Vec::new()
}
