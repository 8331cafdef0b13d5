//! The outline that stands for an age, and the hatch that stands for "no data".

use egui::{Painter, Pos2, Rect, Sense, Shape, Stroke, Ui, Vec2, vec2};

use crate::{
    language::Language,
    theme::{Freshness, FreshnessShape, Srgb, Tokens},
};

/// Paints the mark of a freshness. `colour` is that of the value; it fades as the value ages.
pub(crate) fn paint_freshness(
    painter: &Painter,
    tokens: &Tokens,
    centre: Pos2,
    radius: f32,
    freshness: Freshness,
    colour: Srgb,
) {
    let palette = &tokens.palette;
    let faded = palette.no_data.mix(colour, freshness.strength()).colour();
    let outline = Stroke::new(
        (radius * 0.28).clamp(1.2, 2.4),
        if freshness <= Freshness::Late {
            faded
        } else {
            palette.ink_weak.colour()
        },
    );
    let ring_radius = radius - outline.width / 2.0;
    match freshness.shape() {
        FreshnessShape::Disc => {
            painter.circle_filled(centre, radius, faded);
        }
        FreshnessShape::HalfDisc => {
            painter.circle_stroke(centre, ring_radius, outline);
            let half: Vec<Pos2> = (0..=12)
                .map(|step| on_circle(centre, radius, 0.25 + step as f32 / 24.0))
                .collect();
            painter.add(Shape::convex_polygon(half, faded, Stroke::NONE));
        }
        FreshnessShape::DashedRing => {
            let dashes = 6;
            for dash in 0..dashes {
                let start = dash as f32 / dashes as f32;
                let arc = (0..=4).map(|step| {
                    on_circle(
                        centre,
                        ring_radius,
                        start + step as f32 / 4.0 * 0.6 / dashes as f32,
                    )
                });
                painter.line(arc.collect(), outline);
            }
        }
        FreshnessShape::BarredRing => {
            painter.circle_stroke(centre, ring_radius, outline);
            let bar = vec2(ring_radius, -ring_radius) * std::f32::consts::FRAC_1_SQRT_2;
            painter.line_segment([centre - bar, centre + bar], outline);
        }
    }
}

/// `turns` clockwise from the right, as the y axis of the window points down.
fn on_circle(centre: Pos2, radius: f32, turns: f32) -> Pos2 {
    let angle = turns * std::f32::consts::TAU;
    centre + radius * Vec2::angled(angle)
}

/// The mark as an icon in a row, with its meaning as tooltip and accessible name.
pub(crate) fn freshness_icon(ui: &mut Ui, freshness: Freshness, colour: Srgb) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(14.0), Sense::hover());
    paint_freshness(ui.painter(), tokens, rect.center(), 5.0, freshness, colour);
    let meaning = Language::of(ui).tr(freshness.message_key());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Image, true, &meaning));
    response.on_hover_text(meaning);
}

/// Fills a rectangle with the slanted lines that stand for "no data".
pub(crate) fn paint_hatch(painter: &Painter, tokens: &Tokens, rect: Rect) {
    let palette = &tokens.palette;
    painter.rect_filled(rect, 2.0, palette.field.colour());
    let clipped = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    let stroke = Stroke::new(1.2, palette.no_data.colour());
    let mut x = rect.left() - rect.height();
    while x < rect.right() {
        clipped.line_segment(
            [
                Pos2::new(x, rect.bottom()),
                Pos2::new(x + rect.height(), rect.top()),
            ],
            stroke,
        );
        x += 4.0;
    }
    painter.rect_stroke(
        rect,
        2.0,
        Stroke::new(1.0, palette.no_data.colour()),
        egui::StrokeKind::Inside,
    );
}
