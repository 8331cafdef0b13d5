//! Rows of the layer tree.

use egui::{Label, RichText, Sense, Ui, collapsing_header::CollapsingState};

use super::{LayerNode, level_chooser::level_chooser_ui};
use crate::{
    Command,
    controls::{eye_toggle, name_control, row, small},
    language::Language,
};

/// Rows of a layer and all below it.
pub(super) fn row_count(layer: &LayerNode) -> usize {
    1 + layer.children.iter().map(row_count).sum::<usize>()
}

/// Draws a layer and what is below it; rows that neither contain `needle` (lower case) nor lie above one that does are left out.
pub(super) fn layer_ui(ui: &mut Ui, layer: &LayerNode, needle: &str, commands: &mut Vec<Command>) {
    let language = Language::of(ui);
    if !matches(layer, needle, &language) {
        return;
    }
    // What lies below a hit is shown whole.
    let needle = if name(layer, &language).to_lowercase().contains(needle) {
        ""
    } else {
        needle
    };
    if layer.children.is_empty() {
        ui.horizontal(|ui| {
            ui.add_space(ui.spacing().indent);
            row_ui(ui, layer, &language, commands);
        });
        return;
    }
    let id = ui.make_persistent_id(&layer.id.0);
    let mut state = CollapsingState::load_with_default_open(ui.ctx(), id, true);
    if !needle.is_empty() {
        state.set_open(true);
    }
    let is_open = state.is_open();
    let header = state.show_header(ui, |ui| row_ui(ui, layer, &language, commands));
    let (toggle, ..) = header.body(|ui| {
        for child in &layer.children {
            layer_ui(ui, child, needle, commands);
        }
    });
    let toggle_key = if is_open {
        "layers-fold"
    } else {
        "layers-unfold"
    };
    name_control(
        &toggle,
        &language.tr_with(toggle_key, &[("name", name(layer, &language).into())]),
    );
}

fn name(layer: &LayerNode, language: &Language) -> String {
    if layer.name.is_empty() {
        language.tr(layer.kind.message_key())
    } else {
        layer.name.clone()
    }
}

fn matches(layer: &LayerNode, needle: &str, language: &Language) -> bool {
    name(layer, language).to_lowercase().contains(needle)
        || layer
            .children
            .iter()
            .any(|child| matches(child, needle, language))
}

fn row_ui(ui: &mut Ui, layer: &LayerNode, language: &Language, commands: &mut Vec<Command>) {
    let name = name(layer, language);
    let show_name = |ui: &mut Ui| {
        let mut text = RichText::new(format!("{}  {name}", layer.kind.icon()));
        if !layer.visible {
            text = text.weak();
        }
        ui.add(
            Label::new(text)
                .truncate()
                .sense(Sense::click())
                .selectable(false),
        )
    };
    let show_controls = |ui: &mut Ui| {
        let label = language.tr_with("layers-show", &[("name", (&name).into())]);
        let eye = eye_toggle(ui, &label, layer.visible);
        if layer.loading {
            ui.add(egui::Spinner::new().size(12.0));
        } else if let Some(count) = layer.count {
            ui.label(small(ui, language.count(count)));
        }
        (eye, level_chooser_ui(ui, layer, &name, language))
    };
    let (label, (eye, level)) = row(ui, show_name, show_controls);
    name_control(&label, &name);
    commands.extend(level);
    if eye.clicked() {
        commands.push(Command::SetLayerVisible {
            layer: layer.id.clone(),
            visible: !layer.visible,
        });
    }
    // Double click for those who know it, the menu for those who look for it.
    let isolate = language.tr("layers-isolate");
    if label.double_clicked() {
        commands.push(Command::IsolateLayer(layer.id.clone()));
    }
    label.context_menu(|ui| {
        if ui.button(isolate).clicked() {
            commands.push(Command::IsolateLayer(layer.id.clone()));
            ui.close();
        }
    });
}
