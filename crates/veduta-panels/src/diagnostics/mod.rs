//! The diagnostics panel: what was wrong with the input, where, and what it cost.

mod list;
mod model;

use egui::Ui;
use egui_phosphor::regular as icon;

pub use model::{DiagnosticRow, DiagnosticsModel, DiagnosticsState};

use crate::{
    Command,
    controls::{hint, icon_button, name_control, row, search_field},
    language::Language,
    model::Severity,
    theme::Tokens,
};

/// Draws the diagnostics panel. "Copy all" copies what is listed.
pub fn diagnostics_ui(
    ui: &mut Ui,
    state: &mut DiagnosticsState,
    model: &DiagnosticsModel,
) -> Vec<Command> {
    let language = Language::of(ui);
    if model.rows.is_empty() {
        hint(ui, &language.tr("diagnostics-empty"));
        return Vec::new();
    }
    let (_, copy) = row(
        ui,
        |ui| severities_ui(ui, state, model),
        |ui| icon_button(ui, icon::COPY, &language.tr("diagnostics-copy")),
    );
    search_field(ui, &mut state.filter, &language.tr("diagnostics-filter"));
    let listed: Vec<&DiagnosticRow> = model.rows.iter().filter(|row| state.lists(row)).collect();
    if copy.clicked() {
        let lines: Vec<String> = listed
            .iter()
            .map(|row| row.as_text(&language.tr(row.severity.message_key())))
            .collect();
        ui.copy_text(lines.join("\n"));
    }
    if listed.is_empty() {
        hint(ui, &language.tr("diagnostics-none-listed"));
        return Vec::new();
    }
    list::list_ui(ui, &listed)
}

/// A toggle per severity with its count.
fn severities_ui(ui: &mut Ui, state: &mut DiagnosticsState, model: &DiagnosticsModel) {
    let language = Language::of(ui);
    for severity in Severity::WORST_FIRST {
        let count = model.count(severity);
        let listed = !state.hidden.contains(&severity);
        let text = egui::RichText::new(format!(
            "{} {}",
            severity.icon(),
            language.count(count as u64)
        ));
        let text = text.color(colour(ui, severity));
        let response = ui.add_enabled(
            count > 0,
            egui::Button::selectable(listed && count > 0, text),
        );
        let name = language.tr_with(
            "diagnostics-show-severity",
            &[
                ("severity", language.tr(severity.message_key()).into()),
                ("count", count.into()),
            ],
        );
        name_control(&response, &name);
        if response.on_hover_text(name).clicked() {
            if listed {
                state.hidden.push(severity);
            } else {
                state.hidden.retain(|hidden| *hidden != severity);
            }
        }
    }
}

pub(crate) fn colour(ui: &Ui, severity: Severity) -> egui::Color32 {
    let palette = &Tokens::of(ui).palette;
    match severity {
        Severity::Information => palette.accent,
        Severity::Warning => palette.warning,
        Severity::Error => palette.error,
    }
    .colour()
}
