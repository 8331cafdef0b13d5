//! The bar of time.

mod model;

pub use model::{Daylight, Density, TimelineModel, TimelineState};

use crate::Command;

/// The bar of time.
pub fn timeline_ui(
    _ui: &mut egui::Ui,
    _state: &mut TimelineState,
    _model: &TimelineModel,
) -> Vec<Command> {
    Vec::new()
}
