//! Live values at their place in the picture.

mod model;

pub use model::{Marker, MarkersModel};

use crate::Command;

/// Live values at their place in the picture.
pub fn markers_ui(_ui: &mut egui::Ui, _model: &MarkersModel) -> Vec<Command> {
    Vec::new()
}
