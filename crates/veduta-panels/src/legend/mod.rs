//! The key to the colours and shapes in the scene.

mod model;

pub use model::{LegendEntry, LegendKey, LegendModel, Swatch};

use crate::Command;

/// The key to the colours and shapes in the scene.
pub fn legend_ui(_ui: &mut egui::Ui, _model: &LegendModel) -> Vec<Command> {
    Vec::new()
}
