//! Headers and indicators of two futures side by side.

mod model;

pub use model::{CompareModel, Direction, Indicator};

use crate::Command;

/// Headers and indicators of two futures side by side.
pub fn compare_ui(_ui: &mut egui::Ui, _model: &CompareModel) -> Vec<Command> {
    Vec::new()
}
