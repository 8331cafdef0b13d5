//! Attributes of a city object as a table: names left, values right, so that numbers stand under each other.

use egui::{Align, CollapsingHeader, Label, Layout, Sense, Ui, vec2};
use egui_phosphor::regular as icon;

use super::{AttributeRow, InspectorState};
use crate::{
    controls::{hint, name_control, search_field, small},
    language::Language,
    theme::metrics,
};

/// A filter is worth its room from this many attributes on.
const ROWS_FOR_FILTER: usize = 6;
/// Stands between the name of a set of attributes and those in it.
const SET_END: char = '/';
/// A longer set is folded at first.
const SET_OPEN_UP_TO: usize = 8;

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
    let listed: Vec<Listed> = attributes
        .iter()
        .filter_map(|attribute| {
            let value = language.value_with_unit(&attribute.value, &attribute.unit);
            let is_listed = attribute.name.to_lowercase().contains(&needle)
                || value.to_lowercase().contains(&needle);
            is_listed.then_some(Listed {
                name: &attribute.name,
                attribute,
                value,
            })
        })
        .collect();
    rows_ui(ui, &listed, &language, !needle.is_empty());
    if listed.is_empty() && !attributes.is_empty() {
        hint(ui, &language.tr("inspector-none-listed"));
    }
}

/// An attribute on its way into the table; of its name only what the sets around it do not say.
#[derive(Clone)]
struct Listed<'a> {
    name: &'a str,
    attribute: &'a AttributeRow,
    value: String,
}

/// Rows, those of a set (`set/name`) under its name where they can be folded.
fn rows_ui(ui: &mut Ui, listed: &[Listed], language: &Language, unfolded: bool) {
    let mut drawn: Vec<&str> = Vec::new();
    let mut is_first = true;
    for row in listed {
        let Some((set, _)) = row.name.split_once(SET_END) else {
            if !is_first {
                rule_ui(ui);
            }
            is_first = false;
            attribute_ui(ui, row, language);
            continue;
        };
        if drawn.contains(&set) {
            continue;
        }
        drawn.push(set);
        let members: Vec<Listed> = listed
            .iter()
            .filter_map(|row| {
                let (of, name) = row.name.split_once(SET_END)?;
                (of == set).then(|| Listed {
                    name,
                    ..row.clone()
                })
            })
            .collect();
        let open = unfolded.then_some(true);
        CollapsingHeader::new(small(ui, set))
            .id_salt(("attribute set", set))
            .default_open(members.len() <= SET_OPEN_UP_TO)
            .open(open)
            .show(ui, |ui| rows_ui(ui, &members, language, unfolded));
        is_first = true;
    }
}

fn rule_ui(ui: &mut Ui) {
    let rule = ui.visuals().widgets.noninteractive.bg_stroke;
    let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), rule.width), Sense::hover());
    ui.painter().hline(line.x_range(), line.center().y, rule);
}

fn attribute_ui(ui: &mut Ui, row: &Listed, language: &Language) {
    let attribute = row.attribute;
    let width = ui.available_width();
    let name_width = width * 0.48;
    ui.horizontal_top(|ui| {
        ui.allocate_ui_with_layout(
            vec2(name_width, 0.0),
            Layout::left_to_right(Align::Min),
            |ui| {
                ui.set_width(name_width);
                ui.add(Label::new(small(ui, row.name)).truncate())
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
                            Label::new(&row.value)
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
