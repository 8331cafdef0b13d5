//! The line at the bottom: what is still loading, how the brokers are, where the pointer is, whose data these are.

mod attribution;
mod brokers;
mod loading;
mod model;
mod place;

use egui::{Button, Frame, Label, RichText, Ui};
use egui_phosphor::regular as icon;

pub(crate) use attribution::attribution_ui;
pub use model::{BrokerLink, CursorPosition, LinkState, Loading, StatusModel};

use crate::{
    Command,
    controls::{name_control, row, small},
    dock::Pane,
    language::Language,
    theme::{Tokens, metrics},
};

/// Draws the status line over the whole width. Where it is narrow, figures give way to the pointer's place.
pub fn status_ui(ui: &mut Ui, model: &StatusModel) -> Vec<Command> {
    let mut commands = Vec::new();
    ui.spacing_mut().interact_size.y = 20.0;
    ui.spacing_mut().button_padding.y = 1.0;
    row(
        ui,
        |ui| {
            loading::loading_ui(ui, &model.loading);
            commands.extend(problems_ui(ui, model.problems));
            if model.synthetic {
                synthetic_badge_ui(ui);
            }
            brokers::brokers_ui(ui, &model.brokers);
            figures_ui(ui, model);
        },
        |ui| place::place_ui(ui, model),
    );
    commands
}

/// How many findings there are; opens their list.
fn problems_ui(ui: &mut Ui, problems: usize) -> Option<Command> {
    if problems == 0 {
        return None;
    }
    let language = Language::of(ui);
    let text = format!("{} {}", icon::WARNING, language.count(problems as u64));
    let ink = Tokens::of(ui).palette.warning.colour();
    let text = RichText::new(text).size(metrics::TEXT_SMALL).color(ink);
    let response = ui.add(Button::new(text).frame_when_inactive(false));
    let name = language.tr_with("status-problems", &[("count", problems.into())]);
    name_control(&response, &name);
    let clicked = response.on_hover_text(name).clicked();
    clicked.then_some(Command::SetPaneOpen {
        pane: Pane::Diagnostics,
        open: true,
    })
}

/// Says wherever a scene is shown that its data are made up.
fn synthetic_badge_ui(ui: &mut Ui) {
    let language = Language::of(ui);
    let palette = &Tokens::of(ui).palette;
    let text = RichText::new(format!("{} {}", icon::FLASK, language.tr("synthetic")));
    Frame::new()
        .stroke(egui::Stroke::new(1.0, palette.warning.colour()))
        .corner_radius(metrics::RADIUS)
        .inner_margin(egui::Margin::symmetric(6, 0))
        .show(ui, |ui| {
            ui.label(
                text.size(metrics::TEXT_SMALL)
                    .color(palette.warning.colour()),
            )
        })
        .response
        .on_hover_text(language.tr("synthetic-meaning"));
}

/// What is in memory and how fast it is drawn.
fn figures_ui(ui: &mut Ui, model: &StatusModel) {
    let language = Language::of(ui);
    let mut figures = vec![
        language.tr_with(
            "status-objects",
            &[("shown", language.short_count(model.features).into())],
        ),
        language.tr_with(
            "status-triangles",
            &[("shown", language.short_count(model.triangles).into())],
        ),
        language.tr_with(
            "status-tiles",
            &[("shown", language.short_count(model.tiles).into())],
        ),
    ];
    if let Some(rate) = model.frames_per_second {
        figures.push(language.tr_with(
            "status-frames",
            &[("shown", language.number(rate, 0).into())],
        ));
    }
    if !model.quality.is_empty() {
        figures.push(model.quality.clone());
    }
    let figures = figures.join("  ·  ");
    ui.add(Label::new(small(ui, &figures)).truncate())
        .on_hover_text(figures);
}
