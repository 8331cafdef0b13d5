//! Buttons that show an icon and say a name.

use egui::{
    Button, Id, PopupCloseBehavior, Response, RichText, Stroke, Ui, UiBuilder, Vec2,
    accesskit::Role,
    containers::menu::{MenuButton, MenuConfig},
};
use egui_phosphor::regular as icon;

use crate::theme::{Tokens, metrics};

/// Gives a control the name that assistive technology reads, where what it shows is no name. A label is read by its value.
pub(crate) fn name_control(response: &Response, name: &str) {
    response
        .ctx
        .accesskit_node_builder(response.id, |node| match node.role() {
            Role::Label => node.set_value(name),
            _ => node.set_label(name),
        });
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

/// The button of a menu in a bar: quiet until it is pointed at. `key` tells it from other menus, so that it stays open
/// when what is chosen in it changes the bar before it.
pub(crate) fn menu_in_bar<R>(
    ui: &mut Ui,
    key: &str,
    text: &str,
    name: &str,
    contents: impl FnOnce(&mut Ui) -> R,
) -> Option<R> {
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let button = Button::new(text)
        .frame_when_inactive(false)
        .min_size(Vec2::splat(metrics::TARGET));
    // The identifier must not depend on the place in the bar, which a new neighbour moves.
    let stable = UiBuilder::new().id(Id::new(("menu in bar", key)));
    let shown = ui.scope_builder(stable, |ui| {
        MenuButton::from_button(button).config(config).ui(ui, |ui| {
            // A menu of egui's is narrow; these hold controls.
            ui.spacing_mut().button_padding = Vec2::new(metrics::GAP, metrics::GAP_SMALL);
            outlined(ui, contents)
        })
    });
    let (response, inner) = shown.inner;
    name_control(&response, name);
    response.on_hover_text(name);
    inner.map(|inner| inner.inner)
}

/// A switch for what is seen: quiet while on, crossed out while off.
pub(crate) fn eye_toggle(ui: &mut Ui, name: &str, visible: bool) -> Response {
    let glyph = if visible { icon::EYE } else { icon::EYE_SLASH };
    let palette = &Tokens::of(ui).palette;
    let ink = if visible {
        palette.ink
    } else {
        palette.ink_weak
    };
    let text = RichText::new(glyph)
        .size(metrics::TEXT_BODY + 3.0)
        .color(ink.colour());
    let button = Button::new(text)
        .frame_when_inactive(false)
        .min_size(Vec2::splat(metrics::TARGET));
    let response = ui
        .scope(|ui| {
            ui.spacing_mut().button_padding = Vec2::new(4.0, 2.0);
            ui.add(button)
        })
        .inner;
    name_control(&response, name);
    response
        .ctx
        .accesskit_node_builder(response.id, |node| node.set_toggled(visible.into()));
    response.on_hover_text(name)
}

/// Draws fields, check boxes and radio buttons with the border that tells them from the ground (WCAG 2.2, 1.4.11).
pub(crate) fn outlined<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(|ui| {
        let palette = &Tokens::of(ui).palette;
        let inactive = &mut ui.visuals_mut().widgets.inactive;
        inactive.bg_stroke = Stroke::new(metrics::RULE, palette.border.colour());
        inactive.bg_fill = palette.field.colour();
        contents(ui)
    })
    .inner
}
