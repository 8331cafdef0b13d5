//! Live values at their place in the picture: pins with a value, an age and a stem to the ground.
//!
//! Where pins would overlap, the nearer keeps its room and the others become small marks that open under the pointer. Every pin and
//! mark is a control with a name, such as "Air quality, Marktplatz, NO₂ 31 µg/m³, 2 minutes ago, fresh".

mod declutter;
mod model;
mod pin;

use egui::{Order, Rect, Sense, Ui};

pub use model::{Marker, MarkersModel};

use crate::{Command, controls::name_control, language::Language};

/// Draws the markers of one half of the scene; `ui` covers that half.
pub fn markers_ui(ui: &mut Ui, model: &MarkersModel) -> Vec<Command> {
    let language = Language::of(ui);
    let within: Rect = ui.max_rect();
    let pins: Vec<pin::Pin> = model
        .markers
        .iter()
        .filter(|marker| within.contains(marker.position_ui))
        .map(|marker| pin::Pin::new(ui, &language, marker))
        .collect();
    let mut commands = Vec::new();
    // Far ones first, so that near ones lie above them, to the eye and to the pointer.
    for (index, shows_value) in declutter::drawing_order(&pins) {
        let pin = &pins[index];
        let id = ui.id().with(("marker", &pin.marker.entity));
        let response = ui.interact(pin.touch_rect(shows_value), id, Sense::click());
        response.widget_info(|| {
            egui::WidgetInfo::selected(egui::WidgetType::Button, true, pin.marker.selected, "")
        });
        name_control(&response, &pin.name);
        let active = response.hovered() || response.has_focus();
        pin.paint_stem(ui.painter());
        if shows_value {
            pin.paint(ui, ui.painter(), active);
        } else {
            pin.paint_mark(ui, ui.painter(), active);
        }
        if active {
            if !shows_value {
                let above = ui
                    .painter()
                    .clone()
                    .with_layer_id(egui::LayerId::new(Order::Foreground, id));
                pin.paint(ui, &above, true);
            }
            ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
        }
        if response.on_hover_text(&pin.name).clicked() {
            commands.push(Command::SelectEntity(pin.marker.entity.clone()));
        }
    }
    commands
}
