//! A line without axes, the size of a word.

use egui::{Pos2, Rect, Sense, Stroke, Ui, Vec2, remap};

use crate::theme::Tokens;

/// Draws points (any unit, ascending along x) over the whole size, the last one as a dot.
pub(crate) fn sparkline(ui: &mut Ui, size: Vec2, points: &[[f64; 2]]) {
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let finite: Vec<[f64; 2]> = points
        .iter()
        .copied()
        .filter(|[x, y]| x.is_finite() && y.is_finite())
        .collect();
    let (Some(first), Some(last)) = (finite.first(), finite.last()) else {
        return;
    };
    let bounds = finite
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), [_, y]| {
            (low.min(*y), high.max(*y))
        });
    let inner: Rect = rect.shrink2(Vec2::new(2.0, 3.0));
    let place = |[x, y]: [f64; 2]| {
        let across = if last[0] > first[0] {
            (x - first[0]) / (last[0] - first[0])
        } else {
            1.0
        };
        let up = if bounds.1 > bounds.0 {
            (y - bounds.0) / (bounds.1 - bounds.0)
        } else {
            0.5
        };
        Pos2::new(
            remap(across as f32, 0.0..=1.0, inner.x_range()),
            remap(up as f32, 0.0..=1.0, inner.bottom()..=inner.top()),
        )
    };
    let palette = &Tokens::of(ui).palette;
    let line: Vec<Pos2> = finite.iter().copied().map(place).collect();
    ui.painter()
        .line(line, Stroke::new(1.2, palette.ink_weak.colour()));
    ui.painter()
        .circle_filled(place(*last), 2.2, palette.accent.colour());
}
