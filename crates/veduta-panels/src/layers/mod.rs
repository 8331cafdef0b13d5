//! Layer tree, overlays and scenarios.

mod model;

pub use model::{LayerNode, LayersModel, LayersState, OverlayRow};

use crate::Command;

/// Layer tree, overlays and scenarios.
pub fn layers_ui(
    _ui: &mut egui::Ui,
    _state: &mut LayersState,
    _model: &LayersModel,
) -> Vec<Command> {
    Vec::new()
}
