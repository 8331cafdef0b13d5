//! Buttons that show an icon and say a name.

use egui::{Button, Response, RichText, Ui, Vec2};

use crate::theme::metrics;

/// Gives a control the name that assistive technology reads, where what it shows is no name.
pub(crate) fn name_control(response: &Response, name: &str) {
    response
        .ctx
        .accesskit_node_builder(response.id, |node| node.set_label(name));
}

/// A button with an icon; `name` is its tooltip and its accessible name.
pub(crate) fn icon_button(ui: &mut Ui, icon: &str, name: &str) -> Response {
    icon_toggle_of(ui, icon, name, None)
}

/// A button that stays down; `name` says what is on while it is down.
pub(crate) fn icon_toggle(ui: &mut Ui, icon: &str, name: &str, on: bool) -> Response {
    icon_toggle_of(ui, icon, name, Some(on))
}

fn icon_toggle_of(ui: &mut Ui, icon: &str, name: &str, on: Option<bool>) -> Response {
    let text = RichText::new(icon).size(metrics::TEXT_BODY + 3.0);
    let on_or_off = on.unwrap_or(false);
    let button = Button::selectable(on_or_off, text).min_size(Vec2::splat(metrics::TARGET));
    // Square targets: the usual padding is for words.
    let response = ui
        .scope(|ui| {
            ui.spacing_mut().button_padding = Vec2::new(4.0, 2.0);
            ui.add(button)
        })
        .inner;
    name_control(&response, name);
    response
        .ctx
        .accesskit_node_builder(response.id, |node| match on {
            Some(on) => node.set_toggled(on.into()),
            None => node.clear_toggled(),
        });
    response.on_hover_text(name)
}
