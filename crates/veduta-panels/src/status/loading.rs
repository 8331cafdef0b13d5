//! What is still loading, and an honest mark when nothing is.

use egui::{RichText, Spinner, Ui};
use egui_phosphor::regular as icon;

use super::Loading;
use crate::{
    controls::small,
    language::Language,
    theme::{Tokens, metrics},
};

pub(super) fn loading_ui(ui: &mut Ui, loading: &Loading) {
    let language = Language::of(ui);
    let palette = &Tokens::of(ui).palette;
    if loading.pending > 0 {
        ui.add(Spinner::new().size(13.0).color(palette.accent.colour()));
        let text = language.tr_with(
            "status-loading",
            &[("shown", language.count(loading.pending).into())],
        );
        ui.label(small(ui, text));
    } else {
        let text = RichText::new(format!(
            "{} {}",
            icon::CHECK_CIRCLE,
            language.tr("status-settled")
        ));
        ui.label(text.size(metrics::TEXT_SMALL).color(palette.live.colour()))
            .on_hover_text(language.tr("status-settled-meaning"));
    }
    if loading.failed > 0 {
        let text = language.tr_with("status-failed", &[("count", loading.failed.into())]);
        ui.label(
            RichText::new(text)
                .size(metrics::TEXT_SMALL)
                .color(palette.error.colour()),
        );
    }
}
