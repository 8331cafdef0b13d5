//! How the links to the brokers stand: a sign and words, never a colour alone.

use egui::{RichText, Ui};
use egui_phosphor::regular as icon;

use super::{BrokerLink, LinkState};
use crate::{
    language::Language,
    theme::{Tokens, metrics},
};

pub(super) fn brokers_ui(ui: &mut Ui, brokers: &[BrokerLink]) {
    let language = Language::of(ui);
    let palette = &Tokens::of(ui).palette;
    for broker in brokers {
        let (glyph, colour, key) = match broker.state {
            LinkState::Connected => (icon::PLUGS_CONNECTED, palette.live, "link-connected"),
            LinkState::Connecting => (icon::ARROWS_CLOCKWISE, palette.warning, "link-connecting"),
            LinkState::Broken => (icon::PLUGS, palette.error, "link-broken"),
        };
        let text = format!("{glyph} {}: {}", broker.name, language.tr(key));
        let response = ui.label(
            RichText::new(text)
                .size(metrics::TEXT_SMALL)
                .color(colour.colour()),
        );
        if !broker.message.is_empty() {
            response.on_hover_text(&broker.message);
        }
    }
}
