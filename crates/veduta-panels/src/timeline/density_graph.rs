//! How many observations were received when, as a silhouette behind the cursor.

use egui::{Painter, Rect, pos2};

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
        let height = (f64::from(*count) / f64::from(most)).sqrt() as f32 * area.height();
        let right = (right - if right - left > 3.0 { 1.0 } else { 0.0 }).max(left + 0.75);
        let bar = Rect::from_min_max(
            pos2(left, area.bottom() - height.max(1.0)),
            pos2(right, area.bottom()),
        );
        painter.rect_filled(
            bar.intersect(area),
            0.0,
            if left <= cursor_x { known } else { unknown },
        );
    }
}
