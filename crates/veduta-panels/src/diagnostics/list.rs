//! The rows of the diagnostics panel.

use egui::{Label, RichText, ScrollArea, Ui};
use egui_phosphor::regular as icon;

use super::{DiagnosticRow, colour};
use crate::{
    Command,
    controls::{name_control, small},
    language::Language,
    theme::metrics,
};

/// A file can have a hundred thousand findings; a person reads some. The rest is counted.
const ROWS_SHOWN: usize = 500;

/// Draws the rows in the order found, the worst first.
pub(super) fn list_ui(ui: &mut Ui, rows: &[&DiagnosticRow]) -> Vec<Command> {
    let mut sorted = rows.to_vec();
    sorted.sort_by_key(|row| std::cmp::Reverse(row.severity));
    let language = Language::of(ui);
    let mut commands = Vec::new();
    ScrollArea::vertical()
        .auto_shrink([false, false])
        .show(ui, |ui| {
            for row in sorted.iter().take(ROWS_SHOWN) {
                ui.separator();
                commands.extend(row_ui(ui, row));
            }
            if sorted.len() > ROWS_SHOWN {
                let rest = language.count((sorted.len() - ROWS_SHOWN) as u64);
                ui.separator();
                ui.label(small(
                    ui,
                    language.tr_with("diagnostics-more", &[("count", rest.into())]),
                ));
            }
        });
    commands
}

fn row_ui(ui: &mut Ui, row: &DiagnosticRow) -> Option<Command> {
    let language = Language::of(ui);
    ui.horizontal(|ui| {
        let mark = ui.label(RichText::new(row.severity.icon()).color(colour(ui, row.severity)));
        let severity = language.tr(row.severity.message_key());
        name_control(&mark, &severity);
        mark.on_hover_text(severity);
        ui.label(RichText::new(&row.code).monospace());
        let place = match row.line {
            Some(line) => format!("{}:{line}", row.source),
            None => row.source.clone(),
        };
        ui.add(Label::new(small(ui, &place)).truncate())
            .on_hover_text(place);
    });
    ui.add(Label::new(&row.message).wrap());
    let object = row.object.as_ref()?;
    let button = ui.button(
        RichText::new(format!("{} {object}", icon::CURSOR_CLICK)).size(metrics::TEXT_SMALL),
    );
    name_control(
        &button,
        &language.tr_with(
            "diagnostics-select",
            &[("object", object.0.as_str().into())],
        ),
    );
    button
        .clicked()
        .then(|| Command::SelectObject(object.clone()))
}
