//! Two futures side by side: a header over each half and a strip of numbers to compare by.

mod indicators;
mod model;

use egui::{Label, RichText, Ui};
use egui_phosphor::regular as icon;

pub use model::{CompareModel, Direction, Indicator};

use crate::{
    Command,
    controls::{icon_button, row, scenario_chooser, small},
    language::Language,
    model::SceneHalf,
    theme::metrics,
};

const CHOOSER_WIDTH: f32 = 190.0;

/// Draws the headers and the strip over the two halves, which lie below it and are each half as wide as `ui`.
pub fn compare_ui(ui: &mut Ui, model: &CompareModel) -> Vec<Command> {
    let language = Language::of(ui);
    let mut commands = Vec::new();
    ui.columns_const(|[left, right]| {
        left.horizontal(|ui| commands.extend(header_ui(ui, model, SceneHalf::Left)));
        let (_, close) = row(
            right,
            |ui| commands.extend(header_ui(ui, model, SceneHalf::Right)),
            |ui| icon_button(ui, icon::X, &language.tr("compare-stop")),
        );
        if close.clicked() {
            commands.push(Command::SetComparing(false));
        }
    });
    if !model.indicators.is_empty() {
        ui.add_space(metrics::GAP_SMALL);
        indicators::indicators_ui(ui, model);
    }
    commands
}

fn header_ui(ui: &mut Ui, model: &CompareModel, half: SceneHalf) -> Option<Command> {
    let key = match half {
        SceneHalf::Left => "compare-left",
        SceneHalf::Right => "compare-right",
    };
    ui.label(small(ui, Language::of(ui).tr(key)));
    let command = scenario_chooser(
        ui,
        &model.scenarios,
        half,
        CHOOSER_WIDTH.min(ui.available_width() - 16.0),
    );
    let shown = model
        .scenarios
        .shown(half)
        .and_then(|id| model.scenarios.choice(id));
    if let Some(description) = shown.and_then(|choice| choice.description.as_deref()) {
        let text = RichText::new(description).size(metrics::TEXT_SMALL).weak();
        ui.add(Label::new(text).truncate())
            .on_hover_text(description);
    }
    command
}
