//! The inspector: what is known of the selected city object or entity, or of the scene while nothing is selected.

mod attributes;
mod chart;
mod chart_axis;
mod entity;
mod header;
mod model;
mod object;
mod relations;
mod summary;

use egui::{ScrollArea, Ui};

pub use model::{
    AttributeRow, Chart, EntityAttribute, EntityDetail, EntityRow, InspectorModel, InspectorState,
    ObjectDetail, PartRow, RelationRow, SceneSummary, Subject, SurfaceDetail,
};

use crate::Command;

/// Draws the inspector.
pub fn inspector_ui(
    ui: &mut Ui,
    state: &mut InspectorState,
    model: &InspectorModel,
) -> Vec<Command> {
    let mut commands = Vec::new();
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| match &model.subject {
            Subject::Scene(summary) => summary::summary_ui(ui, summary),
            Subject::Object(object) => object::object_ui(ui, state, object, &mut commands),
            Subject::Entity(entity) => entity::entity_ui(ui, entity, &mut commands),
        });
    commands
}
