//! Headings and captions.

use egui::{RichText, Ui};

use crate::theme::{Tokens, metrics};

/// A heading over a part of a panel, with room above it.
pub(crate) fn section(ui: &mut Ui, title: &str) {
    if ui.min_rect().height() > 1.0 {
        ui.add_space(metrics::GAP_LARGE - ui.spacing().item_spacing.y);
    }
    let ink = Tokens::of(ui).palette.ink_weak.colour();
    let response = ui.label(RichText::new(title).size(metrics::TEXT_SMALL).color(ink));
    let rule = ui.visuals().widgets.noninteractive.bg_stroke;
    let from = response.rect.right() + metrics::GAP;
    let to = ui.max_rect().right();
    if to > from {
        ui.painter()
            .hline(from..=to, response.rect.center().y, rule);
    }
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::Heading)
    });
    response
        .ctx
        .accesskit_node_builder(response.id, |node| node.set_label(title));
}

/// Small quiet text for units, ages and captions.
pub(crate) fn small(ui: &Ui, text: impl Into<String>) -> RichText {
    RichText::new(text)
        .size(metrics::TEXT_SMALL)
        .color(Tokens::of(ui).palette.ink_weak.colour())
}

/// A sentence where there is nothing to list, that says what to do.
pub(crate) fn hint(ui: &mut Ui, text: &str) {
    let text = RichText::new(text).color(Tokens::of(ui).palette.ink_weak.colour());
    ui.add(egui::Label::new(text).wrap());
}
