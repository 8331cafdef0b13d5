//! The start screen: recent scenes, the scenes that come with the program, and what else can be opened.

mod bundled;
mod file_browser;
mod model;
mod open_field;
mod recent;

use egui::{Align, Layout, ProgressBar, RichText, ScrollArea, Ui, vec2};

pub use model::{BundledScene, RecentScene, StartModel, StartState};

use crate::{
    Command,
    controls::{name_control, section, small},
    language::Language,
    theme::metrics,
};

/// Lines longer than this are tiring to read.
const CONTENT_WIDTH: f32 = 940.0;

/// Draws the start screen over all of `ui`.
pub fn start_ui(ui: &mut Ui, state: &mut StartState, model: &StartModel) -> Vec<Command> {
    let language = Language::of(ui);
    let mut commands = Vec::new();
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            let width = (ui.available_width() - 2.0 * metrics::GAP_LARGE).min(CONTENT_WIDTH);
            let margin = (ui.available_width() - width) / 2.0;
            ui.horizontal_top(|ui| {
                ui.add_space(margin - ui.spacing().item_spacing.x);
                ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
                    ui.set_width(width);
                    title_ui(ui, model, &language);
                    if let Some((target, progress)) = &model.opening {
                        opening_ui(ui, target, *progress, &language);
                        ui.disable();
                    }
                    if !model.bundled.is_empty() {
                        section(ui, &language.tr("start-bundled"));
                        commands.extend(bundled::bundled_ui(ui, &model.bundled));
                    }
                    section(ui, &language.tr("start-open"));
                    commands.extend(open_field::open_ui(ui, state));
                    if !model.recent.is_empty() {
                        section(ui, &language.tr("start-recent"));
                        commands.extend(recent::recent_ui(ui, &model.recent));
                    }
                    ui.add_space(metrics::GAP_LARGE);
                });
            });
        });
    commands.extend(file_browser::browser_ui(ui, state));
    commands
}

fn title_ui(ui: &mut Ui, model: &StartModel, language: &Language) {
    ui.add_space(metrics::GAP_LARGE * 2.0);
    let name = ui.label(RichText::new("Veduta").size(metrics::TEXT_DISPLAY));
    name_control(&name, "Veduta");
    ui.label(
        RichText::new(language.tr("start-claim"))
            .size(metrics::TEXT_BODY + 2.0)
            .weak(),
    );
    if !model.version.is_empty() {
        ui.label(small(
            ui,
            language.tr_with("start-version", &[("version", (&model.version).into())]),
        ));
    }
}

fn opening_ui(ui: &mut Ui, target: &str, progress: Option<f32>, language: &Language) {
    ui.add_space(metrics::GAP);
    ui.horizontal(|ui| {
        if progress.is_none() {
            ui.spinner();
        }
        ui.label(language.tr_with("start-opening", &[("target", target.into())]));
    });
    if let Some(share) = progress {
        ui.add(ProgressBar::new(share).show_percentage());
    }
}
