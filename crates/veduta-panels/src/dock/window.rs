//! The one function the app calls per frame.

use super::{WindowModel, WindowOutput, WindowState};

/// Draws the whole window on a context between `begin_pass` and `end_pass`.
pub fn window(
    _ctx: &egui::Context,
    _state: &mut WindowState,
    _model: &WindowModel,
) -> WindowOutput {
    WindowOutput::default()
}

/// Draws the whole window into a piece of interface that covers it.
pub fn window_ui(
    _ui: &mut egui::Ui,
    _state: &mut WindowState,
    _model: &WindowModel,
) -> WindowOutput {
    WindowOutput::default()
}
