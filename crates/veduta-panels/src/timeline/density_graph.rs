//! How many observations were received when, as a silhouette behind the cursor.

use egui::{Mesh, Painter, Rect, emath::GuiRounding as _, pos2};

use super::{Density, TimeAxis, view::later};
use crate::theme::Tokens;

/// Draws a bar per bin. The square root keeps a quiet night visible beside a busy noon.
pub(super) fn paint_density(
    painter: &Painter,
    tokens: &Tokens,
    area: Rect,
    axis: &TimeAxis,
    density: &Density,
    cursor_x: f32,
) {
    let most = density.counts.iter().copied().max().unwrap_or(0);
    if most == 0 || density.bin_secs <= 0.0 {
        return;
    }
    let accent = tokens.palette.accent;
    // What lies after the shown moment is not known yet there: fainter.
    let (known, unknown) = (accent.with_opacity(0.55), accent.with_opacity(0.22));
    let pixel = 1.0 / painter.pixels_per_point();
    let round = |place: f32| place.round_to_pixels(painter.pixels_per_point());
    // One mesh of sharp quads: hundreds of bars with soft edges would shine through each other.
    let mut bars = Mesh::default();
    for (index, count) in density
        .counts
        .iter()
        .enumerate()
        .filter(|(_, count)| **count > 0)
    {
        let start = later(density.start, density.bin_secs * index as f64);
        let (left, right) = (axis.x(start), axis.x(later(start, density.bin_secs)));
        if right < area.left() || left > area.right() {
            continue;
        }
        let gap = if right - left > 4.0 * pixel {
            pixel
        } else {
            0.0
        };
        let left = round(left);
        let right = (round(right) - gap).max(left + pixel);
        let height = (f64::from(*count) / f64::from(most)).sqrt() as f32 * area.height();
        let top = round(area.bottom() - height.max(pixel));
        let bar = Rect::from_min_max(pos2(left, top), pos2(right, area.bottom())).intersect(area);
        bars.add_colored_rect(bar, if left <= cursor_x { known } else { unknown });
    }
    painter.add(bars);
}
