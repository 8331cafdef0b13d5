//! The line at the bottom.

mod model;

pub use model::{BrokerLink, CursorPosition, LinkState, Loading, StatusModel};

use crate::Command;

/// The line at the bottom.
pub fn status_ui(_ui: &mut egui::Ui, _model: &StatusModel) -> Vec<Command> {
    Vec::new()
}
