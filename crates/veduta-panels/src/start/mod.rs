//! The start screen.

mod model;

pub use model::{BundledScene, RecentScene, StartModel, StartState};

use crate::Command;

/// The start screen.
pub fn start_ui(_ui: &mut egui::Ui, _state: &mut StartState, _model: &StartModel) -> Vec<Command> {
    Vec::new()
}
