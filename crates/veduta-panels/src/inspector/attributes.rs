//! Attributes of a city object as a table: names left, values right, so that numbers stand under each other.

use egui::{Align, Label, Layout, Sense, Ui, vec2};
use egui_phosphor::regular as icon;

use super::{AttributeRow, InspectorState};
use crate::{
    controls::{hint, name_control, search_field, small},
    language::Language,
    theme::metrics,
};

/// A filter is worth its room from this many attributes on.
const ROWS_FOR_FILTER: usize = 6;

pub(super) fn attributes_ui(ui: &mut Ui, state: &mut InspectorState, attributes: &[AttributeRow]) {
    let language = Language::of(ui);
    if attributes.len() >= ROWS_FOR_FILTER {
        search_field(ui, &mut state.filter, &language.tr("inspector-filter"));
    }
    let needle = if attributes.len() >= ROWS_FOR_FILTER {
        state.filter.trim().to_lowercase()
    } else {
        String::new()
    };
    let mut listed = 0;
    for attribute in attributes {
        let value = language.value_with_unit(&attribute.value, &attribute.unit);
        if !attribute.name.to_lowercase().contains(&needle)
            && !value.to_lowercase().contains(&needle)
        {
            continue;
        }
        if listed > 0 {
            let rule = ui.visuals().widgets.noninteractive.bg_stroke;
            let (line, _) =
                ui.allocate_exact_size(vec2(ui.available_width(), rule.width), Sense::hover());
            ui.painter().hline(line.x_range(), line.center().y, rule);
        }
        listed += 1;
        attribute_ui(ui, attribute, &value, &language);
    }
    if listed == 0 && !attributes.is_empty() {
        hint(ui, &language.tr("inspector-none-listed"));
    }
}

fn attribute_ui(ui: &mut Ui, attribute: &AttributeRow, value: &str, language: &Language) {
    let width = ui.available_width();
    let name_width = width * 0.48;
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(
            vec2(name_width, 0.0),
            Layout::left_to_right(Align::Min),
            |ui| {
                ui.set_width(name_width);
                ui.add(Label::new(small(ui, &attribute.name)).truncate())
                    .on_hover_text(&attribute.name);
            },
        );
        let value_width = width - name_width - metrics::GAP;
        ui.allocate_ui_with_layout(
            vec2(value_width, 0.0),
            Layout::right_to_left(Align::Min),
            |ui| {
                ui.set_width(value_width);
                if attribute.derived {
                    let mark = ui.label(small(ui, icon::FUNCTION));
                    let meaning = language.tr("inspector-derived");
                    name_control(&mark, &meaning);
                    mark.on_hover_text(meaning);
                }
                ui.with_layout(
                    Layout::right_to_left(Align::Min).with_main_wrap(false),
                    |ui| {
                        ui.add(
                            Label::new(value)
                                .wrap()
                                .halign(Align::RIGHT)
                                .selectable(true),
                        );
                    },
                );
            },
        );
    });
}
