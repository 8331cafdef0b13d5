//! The legend: an entry per visible overlay, the shapes of ages, the colours of surfaces.

mod entry;
mod model;
mod scale_bar;

use egui::{Grid, Ui, Vec2};

pub use model::{LegendEntry, LegendKey, LegendModel, Swatch};

use crate::{
    Command,
    controls::{freshness_icon, hint, section, small},
    language::Language,
    theme::{Freshness, Tokens, metrics},
};

/// Height of a line with a swatch.
const LINE: f32 = metrics::TEXT_BODY + 4.0;

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
        two_columns(ui, "freshness", &Freshness::ALL, |ui, freshness| {
            freshness_icon(ui, *freshness, accent);
            ui.label(small(ui, language.tr(freshness.message_key())));
        });
    }
    if !model.surfaces.is_empty() {
        section(ui, &language.tr("legend-surfaces"));
        two_columns(ui, "surfaces", &model.surfaces, entry::swatch_ui);
    }
    commands
}

/// Short things two to a row.
fn two_columns<T>(ui: &mut Ui, id: &str, items: &[T], show: impl Fn(&mut Ui, &T)) {
    let width = ui.available_width() / 2.0;
    ui.spacing_mut().interact_size.y = LINE;
    Grid::new(id)
        .num_columns(2)
        .min_col_width(width)
        .spacing(Vec2::new(0.0, 2.0))
        .show(ui, |ui| {
            for pair in items.chunks(2) {
                for item in pair {
                    ui.horizontal(|ui| {
                        ui.spacing_mut().item_spacing.x = metrics::GAP_SMALL;
                        show(ui, item);
                    });
                }
                ui.end_row();
            }
        });
}
