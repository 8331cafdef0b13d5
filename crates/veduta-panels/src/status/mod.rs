//! The line at the bottom: what is still loading, how the brokers are, where the pointer is, whose data these are.

mod brokers;
mod loading;
mod model;
mod place;

use egui::{Align, Frame, Label, Layout, RichText, Ui};
use egui_phosphor::regular as icon;

pub use model::{BrokerLink, CursorPosition, LinkState, Loading, StatusModel};

use crate::{
    Command,
    controls::{name_control, small},
    dock::Pane,
    language::Language,
    theme::{Tokens, metrics},
};

/// Draws the status line over the whole width.
pub fn status_ui(ui: &mut Ui, model: &StatusModel) -> Vec<Command> {
    let language = Language::of(ui);
    let mut commands = Vec::new();
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = 20.0;
        ui.spacing_mut().button_padding.y = 1.0;
        loading::loading_ui(ui, &model.loading);
        if model.problems > 0 {
            let text = format!(
                "{} {}",
                icon::WARNING,
                language.count(model.problems as u64)
            );
            let ink = Tokens::of(ui).palette.warning.colour();
            let text = RichText::new(text).size(metrics::TEXT_SMALL).color(ink);
            let response = ui.add(egui::Button::new(text).frame_when_inactive(false));
            let name = language.tr_with("status-problems", &[("count", model.problems.into())]);
            name_control(&response, &name);
            if response.on_hover_text(name).clicked() {
                commands.push(Command::SetPaneOpen {
                    pane: Pane::Diagnostics,
                    open: true,
                });
            }
        }
        if model.synthetic {
            synthetic_badge_ui(ui);
        }
        brokers::brokers_ui(ui, &model.brokers);
        figures_ui(ui, model);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            place::place_ui(ui, model);
            let attribution = model.attribution.join("  ·  ");
            if !attribution.is_empty() {
                let text = small(ui, format!("© {attribution}"));
                ui.add(Label::new(text).truncate())
                    .on_hover_text(attribution);
            }
        });
    });
    commands
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
    ui.label(small(ui, figures.join("  ·  ")));
}
