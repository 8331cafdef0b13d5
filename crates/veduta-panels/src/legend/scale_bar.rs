//! The bar of a continuous scale, with its labels.

use egui::{Align2, Color32, Mesh, Pos2, Rect, Sense, Stroke, TextStyle, Ui, vec2};

use super::LegendKey;
use crate::{
    controls::nice_step,
    language::Language,
    theme::{ColourScale, Tokens},
};

const BAR_HEIGHT: f32 = 12.0;
const TICK_HEIGHT: f32 = 4.0;
/// Labels closer than this are hard to tell apart.
const LABEL_DISTANCE: f32 = 52.0;

/// Draws the bar; its ends carry `<` or `>` where values beyond them look the same.
pub(super) fn scale_bar_ui(ui: &mut Ui, key: &LegendKey, unit: &str) {
    let LegendKey::Scale {
        colours,
        minimum,
        maximum,
        decimals,
        clamped_below,
        clamped_above,
    } = key
    else {
        return;
    };
    let language = Language::of(ui);
    let font = TextStyle::Small.resolve(ui.style());
    let decimals = usize::from(*decimals);
    let width = ui.available_width();
    let (rect, response) = ui.allocate_exact_size(
        vec2(width, BAR_HEIGHT + TICK_HEIGHT + font.size + 4.0),
        Sense::hover(),
    );
    let bar = Rect::from_min_size(rect.min, vec2(rect.width(), BAR_HEIGHT));
    ui.painter().add(gradient(*colours, bar));

    let palette = &Tokens::of(ui).palette;
    let (ink, tick) = (
        palette.ink_weak.colour(),
        Stroke::new(1.0, palette.border.colour()),
    );
    let x_of =
        |value: f64| bar.left() + ((value - minimum) / (maximum - minimum)) as f32 * bar.width();
    let label_y = bar.bottom() + TICK_HEIGHT;
    let label = |x: f32, align: Align2, text: String| {
        ui.painter().vline(
            x.clamp(bar.left() + 0.5, bar.right() - 0.5),
            bar.bottom()..=label_y,
            tick,
        );
        ui.painter()
            .text(Pos2::new(x, label_y), align, text, font.clone(), ink)
    };
    let low = language.number(*minimum, decimals);
    let high = language.number(*maximum, decimals);
    let low = if *clamped_below {
        format!("< {low}")
    } else {
        low
    };
    let high = if *clamped_above {
        format!("> {high}")
    } else {
        high
    };
    let left = label(bar.left(), Align2::LEFT_TOP, low.clone());
    let right = label(bar.right(), Align2::RIGHT_TOP, high.clone());

    let step = nice_step((maximum - minimum) * f64::from(LABEL_DISTANCE / bar.width().max(1.0)));
    let mut value = (minimum / step).ceil() * step;
    while value < *maximum {
        let x = x_of(value);
        if x > left.right() + LABEL_DISTANCE * 0.45 && x < right.left() - LABEL_DISTANCE * 0.45 {
            label(x, Align2::CENTER_TOP, language.number(value, decimals));
        }
        value += step;
    }
    let described = language.tr_with(
        "legend-scale",
        &[
            ("low", low.into()),
            ("high", high.into()),
            ("unit", unit.to_owned().into()),
        ],
    );
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Image, true, &described));
}

/// One quad between every two stops, coloured at its corners.
fn gradient(colours: ColourScale, bar: Rect) -> Mesh {
    let stops: Vec<Color32> = colours.stops().iter().map(|stop| stop.colour()).collect();
    let last = (stops.len() - 1) as f32;
    let mut mesh = Mesh::default();
    for (index, colour) in stops.iter().enumerate() {
        let x = bar.left() + bar.width() * index as f32 / last;
        mesh.colored_vertex(Pos2::new(x, bar.top()), *colour);
        mesh.colored_vertex(Pos2::new(x, bar.bottom()), *colour);
        if index > 0 {
            let base = 2 * index as u32;
            mesh.add_triangle(base - 2, base - 1, base);
            mesh.add_triangle(base - 1, base, base + 1);
        }
    }
    mesh
}
