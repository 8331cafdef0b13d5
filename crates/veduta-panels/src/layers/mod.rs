//! The layers panel: the tree of sources and object types, the overlays, and the choice of futures.

mod groups;
mod level_chooser;
mod model;
mod overlays;
mod scenarios;
mod tree;

use egui::{ScrollArea, Ui};

pub use model::{GroupRow, LayerNode, LayersModel, LayersState, OverlayRow};

use crate::{
    Command,
    controls::{hint, search_field, section},
    language::Language,
};

/// A filter is worth its room from this many rows on.
const ROWS_FOR_FILTER: usize = 9;

/// Draws the layers panel.
pub fn layers_ui(ui: &mut Ui, state: &mut LayersState, model: &LayersModel) -> Vec<Command> {
    let language = Language::of(ui);
    let mut commands = Vec::new();
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            if !model.scenarios.choices.is_empty() {
                section(ui, &language.tr("layers-scenarios"));
                commands.extend(scenarios::scenarios_ui(ui, &model.scenarios));
            }
            if !model.overlays.is_empty() {
                section(ui, &language.tr("layers-overlays"));
                commands.extend(overlays::overlays_ui(ui, &model.overlays));
            }
            section(ui, &language.tr("layers-objects"));
            if model.layers.is_empty() {
                hint(ui, &language.tr("layers-empty"));
                return;
            }
            if model.layers.iter().map(tree::row_count).sum::<usize>() >= ROWS_FOR_FILTER {
                search_field(ui, &mut state.filter, &language.tr("layers-filter"));
            }
            let needle = state.filter.trim().to_lowercase();
            for layer in &model.layers {
                tree::layer_ui(ui, layer, &needle, &mut commands);
            }
            if !model.groups.is_empty() {
                section(ui, &language.tr("layers-groups"));
                commands.extend(groups::groups_ui(ui, &model.groups, &needle));
            }
        });
    commands
}
