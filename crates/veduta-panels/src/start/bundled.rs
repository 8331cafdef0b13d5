//! The scenes that come with the program, as cards with a picture.

use egui::{
    Align, Image, Label, Layout, Rect, RichText, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2,
    load::SizedTexture, vec2,
};
use egui_phosphor::regular as icon;

use super::BundledScene;
use crate::{
    Command,
    controls::{name_control, small},
    language::Language,
    theme::{Tokens, metrics},
};

const CARD: Vec2 = vec2(300.0, 284.0);
const PICTURE_HEIGHT: f32 = 168.0;

pub(super) fn bundled_ui(ui: &mut Ui, scenes: &[BundledScene]) -> Option<Command> {
    let mut command = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(metrics::GAP_LARGE);
        for scene in scenes {
            if card_ui(ui, scene) {
                command = Some(Command::OpenBundled(scene.id.clone()));
            }
        }
    });
    command
}

/// A card is one big button.
fn card_ui(ui: &mut Ui, scene: &BundledScene) -> bool {
    let language = Language::of(ui);
    let palette = &Tokens::of(ui).palette;
    let (rect, response) = ui.allocate_exact_size(CARD, Sense::click());
    let active = response.hovered() || response.has_focus();
    let border = if active {
        Stroke::new(2.0, palette.accent.colour())
    } else {
        Stroke::new(1.0, palette.rule.colour())
    };
    ui.painter().rect(
        rect,
        metrics::RADIUS_LARGE,
        palette.raised.colour(),
        border,
        StrokeKind::Inside,
    );
    let picture =
        Rect::from_min_size(rect.min, vec2(rect.width(), PICTURE_HEIGHT)).shrink(border.width);
    picture_ui(ui, scene, picture);

    let text = rect
        .with_min_y(picture.bottom())
        .shrink2(vec2(metrics::PANEL_MARGIN, metrics::GAP));
    let mut ui = ui.new_child(
        UiBuilder::new()
            .max_rect(text)
            .layout(Layout::top_down(Align::Min)),
    );
    ui.set_clip_rect(rect.intersect(ui.clip_rect()));
    ui.spacing_mut().item_spacing = vec2(metrics::GAP, metrics::GAP_SMALL);
    ui.label(RichText::new(&scene.title).size(metrics::TEXT_TITLE));
    if scene.synthetic {
        let badge = format!("{} {}", icon::FLASK, language.tr("synthetic"));
        ui.label(
            RichText::new(badge)
                .size(metrics::TEXT_SMALL)
                .color(palette.warning.colour()),
        );
    }
    ui.add(Label::new(small(&ui, &scene.description)).wrap());

    let name = language.tr_with("start-open-bundled", &[("title", (&scene.title).into())]);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, &name));
    name_control(&response, &name);
    response
        .on_hover_cursor(egui::CursorIcon::PointingHand)
        .clicked()
}

/// The picture fills its place; what does not fit is cut off evenly.
fn picture_ui(ui: &Ui, scene: &BundledScene, place: Rect) {
    let palette = &Tokens::of(ui).palette;
    let corners = egui::CornerRadius {
        sw: 0,
        se: 0,
        ..egui::CornerRadius::same(metrics::RADIUS_LARGE)
    };
    let Some((texture, [width, height])) = scene.picture else {
        ui.painter()
            .rect_filled(place, corners, palette.button.colour());
        let font = egui::FontId::proportional(PICTURE_HEIGHT / 3.0);
        ui.painter().text(
            place.center(),
            egui::Align2::CENTER_CENTER,
            icon::CITY,
            font,
            palette.ink_weak.colour(),
        );
        return;
    };
    let size = vec2(width.max(1) as f32, height.max(1) as f32);
    let shown = place.size() / (place.width() / size.x).max(place.height() / size.y) / size;
    let uv = Rect::from_center_size(egui::pos2(0.5, 0.5), shown);
    Image::from_texture(SizedTexture::new(texture, size))
        .uv(uv)
        .corner_radius(corners)
        .paint_at(ui, place);
}
