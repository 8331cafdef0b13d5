//! The scene as a whole, while nothing is selected.

use egui::{Label, RichText, Ui};
use egui_phosphor::regular as icon;

use super::SceneSummary;
use crate::{
    controls::{hint, row, section, small},
    language::Language,
    theme::{Tokens, metrics},
};

pub(super) fn summary_ui(ui: &mut Ui, summary: &SceneSummary) {
    let language = Language::of(ui);
    if !summary.title.is_empty() {
        ui.add(Label::new(RichText::new(&summary.title).size(metrics::TEXT_TITLE)).wrap());
    }
    if summary.synthetic {
        let ink = Tokens::of(ui).palette.warning.colour();
        ui.label(RichText::new(format!("{} {}", icon::FLASK, language.tr("synthetic"))).color(ink));
    }
    if !summary.description.is_empty() {
        ui.add(Label::new(&summary.description).wrap());
    }
    hint(ui, &language.tr("inspector-empty"));
    if !summary.objects.is_empty() {
        section(ui, &language.tr("inspector-objects"));
        for (kind, count) in &summary.objects {
            count_ui(
                ui,
                kind.icon(),
                &language.tr(kind.message_key()),
                &language.count(*count),
            );
        }
    }
    if !summary.entities.is_empty() {
        section(ui, &language.tr("inspector-live"));
        for (kind, count) in &summary.entities {
            count_ui(
                ui,
                kind.icon(),
                &language.tr(kind.message_key()),
                &language.count(*count),
            );
        }
    }
    if !summary.crs.is_empty() {
        section(ui, &language.tr("inspector-crs"));
        ui.label(small(ui, &summary.crs));
    }
}

fn count_ui(ui: &mut Ui, icon: &str, name: &str, count: &str) {
    row(
        ui,
        |ui| ui.add(Label::new(format!("{icon}  {name}")).truncate()),
        |ui| ui.label(count),
    );
}
