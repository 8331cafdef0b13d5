//! Overlays, each with its switch.

use egui::{Label, Ui};

use super::OverlayRow;
use crate::{
    Command,
    controls::{eye_toggle, row, small},
    language::Language,
};

pub(super) fn overlays_ui(ui: &mut Ui, overlays: &[OverlayRow]) -> Option<Command> {
    let language = Language::of(ui);
    let mut command = None;
    for overlay in overlays {
        let (_, eye) = row(
            ui,
            |ui| {
                ui.add(Label::new(format!("{}  {}", overlay.kind.icon(), overlay.name)).truncate())
            },
            |ui| {
                let label = language.tr_with("layers-show", &[("name", (&overlay.name).into())]);
                let eye = eye_toggle(ui, &label, overlay.visible);
                if let Some(count) = overlay.count {
                    ui.label(small(ui, language.count(count)));
                }
                eye
            },
        );
        if eye.clicked() {
            command = Some(Command::SetOverlayVisible {
                overlay: overlay.id.clone(),
                visible: !overlay.visible,
            });
        }
    }
    command
}
