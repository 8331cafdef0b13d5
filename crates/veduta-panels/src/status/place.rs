//! Where the pointer is, and how long a bar of the picture is on the ground.

use egui::{RichText, Sense, Stroke, Ui, vec2};

use super::{CursorPosition, StatusModel};
use crate::{
    controls::{nice_step, small},
    language::Language,
    theme::{Tokens, metrics},
};

/// The bar is at least this long, in points, and at most two and a half times that.
const SCALE_BAR_POINTS: f64 = 44.0;

/// Laid out from the right: scale, height, coordinates, reference system.
pub(super) fn place_ui(ui: &mut Ui, model: &StatusModel) {
    if let Some(metres_per_point) = model
        .metres_per_point
        .filter(|scale| scale.is_finite() && *scale > 0.0)
    {
        scale_bar_ui(ui, metres_per_point);
    }
    let Some(cursor) = &model.cursor else { return };
    let text = position_text(&Language::of(ui), cursor);
    ui.label(RichText::new(text).size(metrics::TEXT_SMALL));
    ui.label(small(ui, &cursor.crs));
}

fn position_text(language: &Language, cursor: &CursorPosition) -> String {
    let (decimals, unit) = if cursor.geographic {
        (6, "°")
    } else {
        (1, "")
    };
    let mut parts: Vec<String> = cursor
        .coordinates
        .iter()
        .map(|(axis, value)| format!("{axis} {}", language.quantity(*value, decimals, unit)))
        .collect();
    if let Some(height_m) = cursor.height_m {
        let height = language.quantity(height_m, 1, "m");
        parts.push(
            format!("{height} {}", cursor.height_datum)
                .trim_end()
                .to_owned(),
        );
    }
    parts.join("  ")
}

fn scale_bar_ui(ui: &mut Ui, metres_per_point: f64) {
    let length_m = nice_step(metres_per_point * SCALE_BAR_POINTS);
    let language = Language::of(ui);
    let text = if length_m >= 1000.0 {
        language.quantity(length_m / 1000.0, 0, "km")
    } else if length_m >= 1.0 {
        language.quantity(length_m, 0, "m")
    } else {
        language.quantity(length_m * 100.0, 0, "cm")
    };
    let name = language.tr_with("status-scale", &[("length", (&text).into())]);
    ui.label(small(ui, text));
    let width = (length_m / metres_per_point) as f32;
    let (rect, response) = ui.allocate_exact_size(vec2(width, 8.0), Sense::hover());
    let stroke = Stroke::new(1.5, Tokens::of(ui).palette.ink_weak.colour());
    ui.painter().hline(rect.x_range(), rect.bottom(), stroke);
    ui.painter().vline(rect.left(), rect.y_range(), stroke);
    ui.painter().vline(rect.right(), rect.y_range(), stroke);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Image, true, &name));
    response.on_hover_text(name);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Locale;

    #[test]
    fn positions_follow_the_locale_and_name_the_datum() {
        let cursor = CursorPosition {
            coordinates: [("E".to_owned(), 691_234.5), ("N".to_owned(), 5_334_765.25)],
            geographic: false,
            height_m: Some(519.4),
            height_datum: "NHN".to_owned(),
            crs: "EPSG:25832".to_owned(),
        };
        let text = position_text(&Language::new(Locale::German), &cursor).replace('\u{202F}', " ");
        assert_eq!(text, "E 691 234,5  N 5 334 765,2  519,4 m NHN");
    }
}
