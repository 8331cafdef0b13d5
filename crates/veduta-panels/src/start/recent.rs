//! Scenes opened before.

use egui::{Button, RichText, Ui, vec2};
use egui_phosphor::regular as icon;

use super::RecentScene;
use crate::{
    Command,
    controls::{icon_button, name_control, row, small},
    language::Language,
    theme::metrics,
};

pub(super) fn recent_ui(ui: &mut Ui, scenes: &[RecentScene]) -> Option<Command> {
    let language = Language::of(ui);
    let mut command = None;
    for scene in scenes {
        let (open, forget) = row(
            ui,
            |ui| {
                let text = RichText::new(format!(
                    "{}  {}",
                    icon::CLOCK_COUNTER_CLOCKWISE,
                    scene.title
                ));
                let button = Button::new(text).truncate().frame_when_inactive(false);
                let response =
                    ui.add_enabled(!scene.missing, button.min_size(vec2(0.0, metrics::TARGET)));
                let name =
                    language.tr_with("start-open-recent", &[("title", (&scene.title).into())]);
                name_control(&response, &name);
                ui.add(egui::Label::new(small(ui, &scene.target)).truncate());
                response
            },
            |ui| {
                let name = language.tr_with("start-forget", &[("title", (&scene.title).into())]);
                let forget = icon_button(ui, icon::X, &name);
                let when = match (&scene.opened, scene.missing) {
                    (_, true) => language.tr("start-missing"),
                    (Some(moment), false) => language.date(moment),
                    (None, false) => String::new(),
                };
                ui.label(small(ui, when));
                forget
            },
        );
        if open.clicked() {
            command = Some(Command::Open(scene.target.clone()));
        }
        if forget.clicked() {
            command = Some(Command::ForgetRecent(scene.target.clone()));
        }
    }
    command
}
