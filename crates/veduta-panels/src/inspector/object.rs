//! The selected city object.

use egui::{Align, Button, Label, Layout, RichText, Ui, vec2};
use egui_phosphor::regular as icon;

use super::{
    EntityRow, InspectorState, ObjectDetail, PartRow, SurfaceDetail,
    attributes::attributes_ui,
    header::{Header, header_ui},
    relations::relations_ui,
};
use crate::{
    Command,
    controls::{freshness_icon, name_control, row, section, small, sparkline},
    language::Language,
    theme::{Tokens, metrics},
};

pub(super) fn object_ui(
    ui: &mut Ui,
    state: &mut InspectorState,
    object: &ObjectDetail,
    commands: &mut Vec<Command>,
) {
    let language = Language::of(ui);
    let header = Header {
        icon: object.kind.icon(),
        kind: language.tr(object.kind.message_key()),
        name: object.name.as_deref(),
        type_name: &object.type_name,
        identifier: &object.id.0,
        fly: Command::FlyToObject(object.id.clone()),
        opened: object.opened,
    };
    header_ui(ui, header, commands);
    for line in &object.address {
        ui.add(Label::new(line).wrap().selectable(true));
    }
    if let Some(scenario) = &object.scenario {
        let text = language.tr_with("inspector-scenario", &[("name", scenario.into())]);
        ui.label(
            RichText::new(format!("{} {text}", icon::GIT_BRANCH))
                .color(Tokens::of(ui).palette.accent.colour()),
        );
    }
    if !object.entities.is_empty() {
        section(ui, &language.tr("inspector-entities"));
        for entity in &object.entities {
            entity_row_ui(ui, entity, commands);
        }
    }
    if !object.attributes.is_empty() {
        section(ui, &language.tr("inspector-attributes"));
        attributes_ui(ui, state, &object.attributes);
    }
    if let Some(surface) = &object.surface {
        section(ui, &language.tr("inspector-surface"));
        surface_ui(ui, surface);
    }
    if !object.relations.is_empty() {
        section(ui, &language.tr("inspector-relations"));
        relations_ui(ui, &object.relations, commands);
    }
    if let Some(parent) = &object.parent {
        section(ui, &language.tr("inspector-whole"));
        part_ui(ui, parent, commands);
    }
    if !object.parts.is_empty() {
        section(
            ui,
            &language.tr_with("inspector-parts", &[("count", object.parts.len().into())]),
        );
        for part in &object.parts {
            part_ui(ui, part, commands);
        }
    }
    section(ui, &language.tr("inspector-source"));
    ui.add(Label::new(small(ui, &object.source)).wrap());
}

/// The surface that was clicked.
fn surface_ui(ui: &mut Ui, surface: &SurfaceDetail) {
    ui.label(&surface.name);
    let identifier = surface.id.iter().map(String::as_str);
    let caption: Vec<&str> = std::iter::once(surface.type_name.as_str())
        .chain(identifier)
        .collect();
    let caption = small(ui, caption.join("  ·  "));
    ui.add(Label::new(caption).truncate().selectable(true));
    // Few enough that no filter is needed, and the one of the object must not hide them.
    attributes_ui(ui, &mut InspectorState::default(), &surface.attributes);
}

/// A city object that can be clicked to be selected.
pub(super) fn part_ui(ui: &mut Ui, part: &PartRow, commands: &mut Vec<Command>) {
    let kind = Language::of(ui).tr(part.kind.message_key());
    let text = if part.name.is_empty() {
        kind.clone()
    } else {
        part.name.clone()
    };
    let button = Button::new(format!("{}  {text}", part.kind.icon()))
        .truncate()
        .frame_when_inactive(false);
    let response = ui.add(button.min_size(vec2(0.0, metrics::TARGET)));
    name_control(&response, &format!("{kind} {}", part.name));
    if response.on_hover_text(&part.id.0).clicked() {
        commands.push(Command::SelectObject(part.id.clone()));
    }
}

fn entity_row_ui(ui: &mut Ui, entity: &EntityRow, commands: &mut Vec<Command>) {
    let language = Language::of(ui);
    let (name, _) = row(
        ui,
        |ui| {
            let button = Button::new(format!("{}  {}", entity.kind.icon(), entity.name));
            let response = ui.add(button.truncate().frame_when_inactive(false));
            name_control(
                &response,
                &format!("{} {}", language.tr(entity.kind.message_key()), entity.name),
            );
            response
        },
        |ui| {
            let Some(reading) = &entity.reading else {
                ui.label(small(ui, language.tr("freshness-unknown")));
                return;
            };
            freshness_icon(ui, reading.freshness, Tokens::of(ui).palette.accent);
            ui.label(language.value_with_unit(&reading.value, &reading.unit));
        },
    );
    if name.on_hover_text(&entity.id.0).clicked() {
        commands.push(Command::SelectEntity(entity.id.clone()));
    }
    let Some(reading) = &entity.reading else {
        return;
    };
    ui.horizontal(|ui| {
        ui.add_space(metrics::GAP * 3.0);
        let age = reading
            .age_secs
            .map(|age_secs| language.age(age_secs))
            .unwrap_or_default();
        ui.label(small(ui, format!("{}  {age}", reading.property)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if entity.trend.len() > 1 {
                sparkline(ui, vec2(86.0, 20.0), &entity.trend);
            }
        });
    });
}
