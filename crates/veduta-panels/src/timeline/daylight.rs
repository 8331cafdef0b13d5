//! The strip of days and nights at the scene.

use egui::{Painter, Rect, pos2};

use super::{Daylight, TimeAxis};
use crate::theme::Tokens;

/// Night over all, then the days.
pub(super) fn paint_daylight(
    painter: &Painter,
    tokens: &Tokens,
    strip: Rect,
    axis: &TimeAxis,
    daylight: &[Daylight],
) {
    painter.rect_filled(strip, 0.0, tokens.palette.night.colour());
    for day in daylight {
        let span = Rect::from_min_max(
            pos2(axis.x(day.sunrise), strip.top()),
            pos2(axis.x(day.sunset), strip.bottom()),
        );
        let visible = span.intersect(strip);
        if visible.is_positive() {
            painter.rect_filled(visible, 0.0, tokens.palette.day.colour());
        }
    }
}
