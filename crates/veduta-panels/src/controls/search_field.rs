//! A field to filter a list by, with a button to empty it.

use egui::{Response, TextEdit, Ui};
use egui_phosphor::regular as icon;

use super::{icon_button, name_control, outlined};
use crate::language::Language;

/// A one-line field; `name` is its hint and its accessible name.
pub(crate) fn search_field(ui: &mut Ui, text: &mut String, name: &str) -> Response {
    ui.horizontal(|ui| {
        let clear_width = if text.is_empty() {
            0.0
        } else {
            ui.spacing().interact_size.x + ui.spacing().item_spacing.x
        };
        let hint = format!("{} {name}", icon::MAGNIFYING_GLASS);
        let width = ui.available_width() - clear_width;
        let mut field = outlined(ui, |ui| {
            ui.add(
                TextEdit::singleline(text)
                    .hint_text(hint)
                    .desired_width(width)
                    .margin(egui::vec2(8.0, 4.0)),
            )
        });
        name_control(&field, name);
        if !text.is_empty()
            && icon_button(ui, icon::X, &Language::of(ui).tr("search-clear")).clicked()
        {
            text.clear();
            field.mark_changed();
            field.request_focus();
        }
        field
    })
    .inner
}
