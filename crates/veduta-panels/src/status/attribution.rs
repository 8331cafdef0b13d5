//! Whose data are shown, in the corner of the scene where maps have it.

use egui::{Align2, FontId, Rect, Ui, vec2};

use crate::theme::{Tokens, metrics};

/// Draws the names in the lower right corner of `place`, cut where they are too many for one line.
pub(crate) fn attribution_ui(ui: &mut Ui, place: Rect, attribution: &[String]) {
    if attribution.is_empty() {
        return;
    }
    let palette = &Tokens::of(ui).palette;
    let text = format!("© {}", attribution.join("  ·  "));
    let mut job = egui::text::LayoutJob::simple_singleline(
        text.clone(),
        FontId::proportional(metrics::TEXT_SMALL - 1.0),
        palette.ink.colour(),
    );
    job.wrap = egui::text::TextWrapping::truncate_at_width(place.width() * 0.6);
    let galley = ui.painter().layout_job(job);
    let size = galley.size() + vec2(2.0 * metrics::GAP, metrics::GAP_SMALL);
    let ground = Align2::RIGHT_BOTTOM.align_size_within_rect(size, place);
    ui.painter()
        .rect_filled(ground, 0.0, palette.panel.with_opacity(0.72));
    ui.painter().galley(
        ground.min + vec2(metrics::GAP, metrics::GAP_SMALL / 2.0),
        galley,
        palette.ink.colour(),
    );
    let response = ui.interact(ground, ui.id().with("attribution"), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, &text));
    response.on_hover_text(text);
}
