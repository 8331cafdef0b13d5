//! A row with something at its left that gives way and something at its right that does not.

use egui::{Align, Layout, Ui, vec2};

use crate::theme::metrics;

/// Lays out `right` at the right end first, then `left` in what room is left.
pub(crate) fn row<L, R>(
    ui: &mut Ui,
    left: impl FnOnce(&mut Ui) -> L,
    right: impl FnOnce(&mut Ui) -> R,
) -> (L, R) {
    let size = vec2(ui.available_width(), metrics::TARGET);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        let right = right(ui);
        let left = ui
            .with_layout(Layout::left_to_right(Align::Center), left)
            .inner;
        (left, right)
    })
    .inner
}
