//! Short messages over the scene.

mod model;

pub use model::Notice;

use crate::Command;

/// Short messages over the scene.
pub fn notices_ui(_ui: &mut egui::Ui, _notices: &[Notice]) -> Vec<Command> {
    Vec::new()
}
