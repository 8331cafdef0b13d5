//! The selected entity.

use egui::{Align, Button, Label, Layout, Ui, vec2};
use egui_phosphor::regular as icon;

use super::{
    EntityAttribute, EntityDetail,
    chart::chart_ui,
    header::{Header, header_ui},
    object::part_ui,
};
use crate::{
    Command,
    controls::{freshness_icon, name_control, row, section, small},
    language::Language,
    theme::{Tokens, metrics},
};

const AGE_WIDTH: f32 = 52.0;

pub(super) fn entity_ui(ui: &mut Ui, entity: &EntityDetail, commands: &mut Vec<Command>) {
    let language = Language::of(ui);
    let header = Header {
        icon: entity.kind.icon(),
        kind: language.tr(entity.kind.message_key()),
        name: (!entity.name.is_empty()).then_some(entity.name.as_str()),
        type_name: &entity.type_name,
        identifier: &entity.id.0,
        fly: Command::FlyToEntity(entity.id.clone()),
        opened: None,
    };
    header_ui(ui, header, commands);
    if let Some(chart) = &entity.chart {
        let title = language.tr_with(
            "inspector-chart",
            &[("attribute", (&chart.attribute).into())],
        );
        let unit = if chart.unit.is_empty() {
            String::new()
        } else {
            format!(", {}", chart.unit)
        };
        section(ui, &format!("{title}{unit}"));
        chart_ui(ui, chart);
    }
    section(ui, &language.tr("inspector-values"));
    let charted = entity.chart.as_ref().map(|chart| chart.attribute.as_str());
    for attribute in &entity.attributes {
        if attribute_ui(ui, attribute, charted == Some(attribute.name.as_str())) {
            let (entity, attribute) = (entity.id.clone(), attribute.name.clone());
            commands.push(Command::ChartAttribute { entity, attribute });
        }
    }
    if let Some(object) = &entity.object {
        section(ui, &language.tr("inspector-belongs-to"));
        part_ui(ui, object, commands);
    }
    section(ui, &language.tr("inspector-source"));
    let synthetic = if entity.synthetic {
        format!("  ·  {}", language.tr("synthetic"))
    } else {
        String::new()
    };
    ui.add(Label::new(small(ui, format!("{}{synthetic}", entity.broker))).wrap());
}

/// Name, value with unit, age and freshness; true if its chart is asked for.
fn attribute_ui(ui: &mut Ui, attribute: &EntityAttribute, is_charted: bool) -> bool {
    let language = Language::of(ui);
    let (chart, _) = row(
        ui,
        |ui| {
            if !attribute.has_series {
                ui.add(Label::new(&attribute.name).truncate())
                    .on_hover_text(&attribute.name);
                return false;
            }
            let text = format!("{}  {}", icon::CHART_LINE, attribute.name);
            let response = ui.add(Button::selectable(is_charted, text).truncate());
            let label = language.tr_with(
                "inspector-show-chart",
                &[("attribute", (&attribute.name).into())],
            );
            name_control(&response, &label);
            response.on_hover_text(label).clicked()
        },
        |ui| {
            freshness_icon(ui, attribute.freshness, Tokens::of(ui).palette.accent);
            let age = attribute
                .age_secs
                .map(|age_secs| language.short_age(age_secs))
                .unwrap_or_default();
            ui.allocate_ui_with_layout(
                vec2(AGE_WIDTH, metrics::TARGET),
                Layout::right_to_left(Align::Center),
                |ui| {
                    ui.set_min_width(AGE_WIDTH);
                    ui.label(small(ui, age));
                },
            );
            let value = language.value_with_unit(&attribute.value, &attribute.unit);
            ui.add(Label::new(&value).truncate().selectable(true))
                .on_hover_text(value);
        },
    );
    chart
}
