//! Ways to look at the scene: the whole of it, north up, stored viewpoints.

use egui::{Button, Key, Modifiers, Sense, Shape, Stroke, Ui, Vec2};
use egui_phosphor::regular as icon;

use super::ToolbarModel;
use crate::{
    Command,
    controls::{icon_button, menu_in_bar, name_control},
    language::Language,
    theme::{Tokens, metrics},
};

/// The keys of the first nine viewpoints.
const KEYS: [Key; 9] = [
    Key::Num1,
    Key::Num2,
    Key::Num3,
    Key::Num4,
    Key::Num5,
    Key::Num6,
    Key::Num7,
    Key::Num8,
    Key::Num9,
];

/// `is_roomy` says that there is room for words.
pub(super) fn viewpoints_ui(ui: &mut Ui, model: &ToolbarModel, is_roomy: bool) -> Option<Command> {
    let language = Language::of(ui);
    let mut command = None;
    if icon_button(ui, icon::HOUSE_SIMPLE, &language.tr("toolbar-home")).clicked() {
        command = Some(Command::FlyHome);
    }
    if compass_ui(ui, model.heading_deg) {
        command = Some(Command::FaceNorth);
    }
    if !model.viewpoints.is_empty() {
        let name = language.tr("toolbar-viewpoints");
        let label = if is_roomy { name.as_str() } else { "" };
        let text = format!("{}  {label} {}", icon::BINOCULARS, icon::CARET_DOWN);
        menu_in_bar(ui, "viewpoints", &text, &name, |ui| {
            for (index, viewpoint) in model.viewpoints.iter().enumerate() {
                let mut button = Button::new(&viewpoint.name).frame_when_inactive(false);
                if index < KEYS.len() {
                    button = button.shortcut_text((index + 1).to_string());
                }
                if ui.add(button.min_size(Vec2::new(180.0, 0.0))).clicked() {
                    command = Some(Command::FlyToViewpoint(viewpoint.id.clone()));
                    ui.close();
                }
            }
        });
    }
    command.or_else(|| keys(ui, model))
}

/// 1 to 9 fly to the first nine viewpoints while nothing has the keyboard.
fn keys(ui: &Ui, model: &ToolbarModel) -> Option<Command> {
    if ui.memory(|memory| memory.focused()).is_some() {
        return None;
    }
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let chosen = model
        .viewpoints
        .iter()
        .zip(KEYS)
        .find(|(_, key)| pressed(*key));
    chosen.map(|(viewpoint, _)| Command::FlyToViewpoint(viewpoint.id.clone()))
}

/// A needle that points north; a click turns the camera there.
fn compass_ui(ui: &mut Ui, heading_deg: f64) -> bool {
    let language = Language::of(ui);
    let palette = &Tokens::of(ui).palette;
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(metrics::TARGET), Sense::click());
    let visuals = ui.style().interact(&response);
    if response.hovered() || response.has_focus() {
        ui.painter().rect(
            rect,
            visuals.corner_radius,
            visuals.bg_fill,
            visuals.bg_stroke,
            egui::StrokeKind::Inside,
        );
    }
    // The needle turns against the camera. Window y points down, so angles run clockwise, as headings do.
    let north = Vec2::angled(-(heading_deg.to_radians() as f32) - std::f32::consts::FRAC_PI_2);
    let (centre, side) = (rect.center(), north.rot90() * 4.2);
    // Clockwise, as the painter wants its polygons.
    let half = |tip: Vec2, side: Vec2| vec![centre + tip, centre - side, centre + side];
    ui.painter().add(Shape::convex_polygon(
        half(north * 11.0, side),
        palette.accent.colour(),
        Stroke::NONE,
    ));
    ui.painter().add(Shape::convex_polygon(
        half(-north * 11.0, -side),
        palette.border.colour(),
        Stroke::NONE,
    ));
    let heading = language.number(heading_deg.rem_euclid(360.0), 0);
    let name = language.tr_with("toolbar-north", &[("heading", heading.into())]);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, &name));
    name_control(&response, &name);
    response.on_hover_text(name).clicked()
}
