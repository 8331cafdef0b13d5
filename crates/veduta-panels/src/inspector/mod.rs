//! What is known of the selected thing.

mod model;

pub use model::{
    AttributeRow, Chart, EntityAttribute, EntityDetail, EntityRow, InspectorModel, InspectorState,
    ObjectDetail, PartRow, SceneSummary, Subject,
};

use crate::Command;

/// What is known of the selected thing.
pub fn inspector_ui(
    _ui: &mut egui::Ui,
    _state: &mut InspectorState,
    _model: &InspectorModel,
) -> Vec<Command> {
    Vec::new()
}
