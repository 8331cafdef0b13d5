//! Looking inside: roofs off, rooms shown, buildings cut at a height or a storey.

use egui::{Slider, Ui};
use egui_phosphor::regular as icon;

use super::InsideModel;
use crate::{
    Command,
    command::CutChoice,
    controls::{hint, icon_button, menu_in_bar, name_control, section, small},
    language::Language,
    theme::metrics,
};

pub(super) fn inside_ui(ui: &mut Ui, model: &InsideModel) -> Vec<Command> {
    let language = Language::of(ui);
    let mut commands = Vec::new();
    let name = language.tr("toolbar-inside");
    // Always as wide: a button that grew would take its open menu along, away from the pointer.
    menu_in_bar(ui, "inside", icon::CUBE_TRANSPARENT, &name, |ui| {
        ui.set_width(250.0);
        let mut roofs_hidden = model.roofs_hidden;
        if ui
            .checkbox(&mut roofs_hidden, language.tr("inside-roofs"))
            .clicked()
        {
            commands.push(Command::SetRoofsHidden(roofs_hidden));
        }
        let mut interiors = model.interiors;
        ui.add_enabled_ui(model.has_interiors, |ui| {
            if ui
                .checkbox(&mut interiors, language.tr("inside-interiors"))
                .clicked()
            {
                commands.push(Command::SetInteriorsShown(interiors));
            }
        });
        if !model.has_interiors {
            hint(ui, &language.tr("inside-no-interiors"));
        }
        section(ui, &language.tr("inside-cut"));
        commands.extend(cut_ui(ui, model, &language));
        ui.separator();
        ui.add_enabled_ui(model.is_active(), |ui| {
            let reset = format!(
                "{}  {}",
                icon::ARROW_COUNTER_CLOCKWISE,
                language.tr("inside-reset")
            );
            if ui.button(reset).clicked() {
                commands.push(Command::LookFromOutside);
            }
        });
    });
    // Laid out from the right: the way back stands before what it undoes, and moves nothing.
    if model.is_active() {
        let back = icon_button(
            ui,
            icon::ARROW_COUNTER_CLOCKWISE,
            &language.tr("inside-reset"),
        );
        if back.clicked() {
            commands.push(Command::LookFromOutside);
        }
    }
    commands
}

/// Off or on, how high, through what, and the storeys to jump to.
fn cut_ui(ui: &mut Ui, model: &InsideModel, language: &Language) -> Option<Command> {
    let mut command = None;
    let first = CutChoice {
        height_m: CutChoice::FIRST.height_m.min(model.highest_m),
        everything: model.subject.is_none(),
    };
    let cut = model.cut.unwrap_or(first);
    let mut is_on = model.cut.is_some();
    if ui
        .checkbox(&mut is_on, language.tr("inside-cut-on"))
        .clicked()
    {
        command = Some(Command::SetCut(is_on.then_some(cut)));
    }
    let mut wish = cut;
    ui.spacing_mut().slider_width = 150.0;
    let slider = Slider::new(&mut wish.height_m, 0.0..=model.highest_m.max(1.0))
        .custom_formatter(|height, _| language.quantity(height, 1, "m"))
        .smart_aim(false);
    let response = ui.add(slider);
    name_control(&response, &language.tr("inside-height"));
    if response.changed() {
        command = Some(Command::SetCut(Some(wish)));
    }
    ui.label(small(ui, language.tr("inside-height-meaning")));
    if !model.storeys.is_empty() {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = metrics::GAP_SMALL;
            for storey in &model.storeys {
                let is_here = model
                    .cut
                    .is_some_and(|cut| (cut.height_m - storey.height_m).abs() < 0.05);
                let response = ui.selectable_label(is_here, &storey.name);
                name_control(
                    &response,
                    &language.tr_with("inside-storey", &[("name", (&storey.name).into())]),
                );
                if response.clicked() {
                    command = Some(Command::SetCut(Some(CutChoice {
                        height_m: storey.height_m,
                        ..cut
                    })));
                }
            }
        });
        if model.storeys_are_assumed {
            ui.label(small(ui, language.tr("inside-storeys-assumed")));
        }
    }
    for everything in [false, true] {
        let text = match (&model.subject, everything) {
            (_, true) => language.tr("inside-everything"),
            (Some(name), false) => language.tr_with("inside-only", &[("name", name.into())]),
            (None, false) => language.tr("inside-select-first"),
        };
        ui.add_enabled_ui(everything || model.subject.is_some(), |ui| {
            let is_chosen = cut.everything == everything;
            if ui.radio(is_chosen, text).clicked() && !is_chosen {
                command = Some(Command::SetCut(Some(CutChoice { everything, ..cut })));
            }
        });
    }
    command
}
