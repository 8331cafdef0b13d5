//! The legend: an entry per visible overlay, the shapes of ages, the colours of surfaces.

mod entry;
mod model;
mod scale_bar;

use egui::{Ui, Vec2};

pub use model::{LegendEntry, LegendKey, LegendModel, Swatch};

use crate::{
    Command,
    controls::{freshness_icon, hint, section, small},
    language::Language,
    theme::{Freshness, Tokens, metrics},
};

/// Draws the legend. It never scrolls by itself: where it floats it is as tall as it must be.
pub fn legend_ui(ui: &mut Ui, model: &LegendModel) -> Vec<Command> {
    let language = Language::of(ui);
    let mut commands = Vec::new();
    if model.is_empty() {
        hint(ui, &language.tr("legend-empty"));
    }
    for (index, entry) in model.entries.iter().enumerate() {
        if index > 0 {
            ui.add_space(metrics::GAP);
        }
        commands.extend(entry::entry_ui(ui, entry));
    }
    if model.shows_freshness {
        section(ui, &language.tr("legend-freshness"));
        let accent = Tokens::of(ui).palette.accent;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = Vec2::new(metrics::GAP_SMALL, 2.0);
            for freshness in Freshness::ALL {
                freshness_icon(ui, freshness, accent);
                ui.label(small(ui, language.tr(freshness.message_key())));
                ui.add_space(metrics::GAP_SMALL);
            }
        });
    }
    if !model.surfaces.is_empty() {
        section(ui, &language.tr("legend-surfaces"));
        entry::swatches_ui(ui, &model.surfaces);
    }
    commands
}
