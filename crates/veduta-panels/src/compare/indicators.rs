//! The strip of numbers: left, right and the difference, better or worse said by sign and word.

use egui::{Color32, Grid, RichText, ScrollArea, Ui, vec2};
use egui_phosphor::regular as icon;

use super::{CompareModel, Direction, Indicator};
use crate::{
    controls::{name_control, scenario_name, small},
    language::Language,
    theme::{Tokens, metrics},
};

/// Draws a small table, a column per indicator, as wide as it must be.
pub(super) fn indicators_ui(ui: &mut Ui, model: &CompareModel) {
    let language = Language::of(ui);
    let name = |scenario| scenario_name(&language, &model.scenarios, scenario);
    let rows = [
        (name(model.scenarios.left.as_ref()), Side::Left),
        (name(model.scenarios.right.as_ref()), Side::Right),
        (language.tr("compare-difference"), Side::Difference),
    ];
    ui.spacing_mut().interact_size.y = metrics::TEXT_BODY + 2.0;
    ScrollArea::horizontal().show(ui, |ui| {
        Grid::new("indicators")
            .spacing(vec2(metrics::GAP_LARGE, 2.0))
            .show(ui, |ui| {
                ui.label("");
                for indicator in &model.indicators {
                    let unit = if indicator.unit.is_empty() {
                        String::new()
                    } else {
                        format!(", {}", indicator.unit)
                    };
                    ui.label(small(ui, format!("{}{unit}", indicator.label)));
                }
                ui.end_row();
                for (title, side) in rows {
                    ui.label(small(ui, title));
                    for indicator in &model.indicators {
                        cell_ui(ui, indicator, side);
                    }
                    ui.end_row();
                }
            });
    });
}

#[derive(Clone, Copy)]
enum Side {
    Left,
    Right,
    Difference,
}

fn cell_ui(ui: &mut Ui, indicator: &Indicator, side: Side) {
    let language = Language::of(ui);
    let decimals = usize::from(indicator.decimals);
    let value = match side {
        Side::Left => indicator.left,
        Side::Right => indicator.right,
        Side::Difference => {
            difference_ui(ui, indicator, &language);
            return;
        }
    };
    ui.label(value.map_or_else(|| "–".to_owned(), |value| language.number(value, decimals)));
}

fn difference_ui(ui: &mut Ui, indicator: &Indicator, language: &Language) {
    let (Some(left), Some(right)) = (indicator.left, indicator.right) else {
        ui.label("–");
        return;
    };
    let difference = right - left;
    let number = language.number(difference, usize::from(indicator.decimals));
    let (sign, glyph) = match difference {
        _ if difference > 0.0 => ("+", icon::ARROW_UP),
        _ if difference < 0.0 => ("", icon::ARROW_DOWN),
        _ => ("±", icon::EQUALS),
    };
    let (colour, key) = judge(ui, indicator.better, difference);
    let response = ui.label(RichText::new(format!("{glyph} {sign}{number}")).color(colour));
    if let Some(key) = key {
        let meaning = language.tr(key);
        name_control(&response, &format!("{sign}{number}, {meaning}"));
        response.on_hover_text(meaning);
    }
}

fn judge(ui: &Ui, better: Direction, difference: f64) -> (Color32, Option<&'static str>) {
    let palette = &Tokens::of(ui).palette;
    let improves = match better {
        Direction::Higher => difference > 0.0,
        Direction::Lower => difference < 0.0,
        Direction::Neutral => return (palette.ink.colour(), None),
    };
    match improves {
        _ if difference == 0.0 => (palette.ink.colour(), None),
        true => (palette.live.colour(), Some("compare-better")),
        false => (palette.warning.colour(), Some("compare-worse")),
    }
}
