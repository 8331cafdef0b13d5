//! The bar at the top.

mod model;

pub use model::{
    SearchResult, SearchTarget, SunModel, ToolbarModel, ToolbarState, ViewpointChoice,
};

use crate::Command;

/// The bar at the top.
pub fn toolbar_ui(
    _ui: &mut egui::Ui,
    _state: &mut ToolbarState,
    _model: &ToolbarModel,
) -> Vec<Command> {
    Vec::new()
}
