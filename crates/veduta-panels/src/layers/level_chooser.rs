//! Which level of detail the objects of a row are shown at.

use egui::{Button, Ui, containers::menu::MenuButton, vec2};

use super::LayerNode;
use crate::{
    Command,
    controls::{name_control, small},
    language::Language,
    theme::{Tokens, metrics},
};

/// A small menu; nothing where there is no choice.
pub(super) fn level_chooser_ui(
    ui: &mut Ui,
    layer: &LayerNode,
    name: &str,
    language: &Language,
) -> Option<Command> {
    if layer.levels.len() < 2 {
        return None;
    }
    let chosen = |level: Option<u8>| match level {
        Some(level) => format!("LoD {level}"),
        None => language.tr("layers-level-automatic"),
    };
    let text = match layer.level {
        Some(level) => small(ui, format!("LoD {level}"))
            .color(Tokens::of(ui).palette.accent.colour())
            .strong(),
        None => small(ui, "LoD"),
    };
    let button = Button::new(text)
        .frame_when_inactive(false)
        .min_size(vec2(0.0, metrics::TARGET));
    let mut command = None;
    let (response, _) = MenuButton::from_button(button).ui(ui, |ui| {
        for level in std::iter::once(None).chain(layer.levels.iter().copied().map(Some)) {
            let is_chosen = layer.level == level;
            if ui.selectable_label(is_chosen, chosen(level)).clicked() {
                if !is_chosen {
                    command = Some(Command::SetLevelOfDetail {
                        layer: layer.id.clone(),
                        level,
                    });
                }
                ui.close();
            }
        }
    });
    let arguments = [("name", name.into()), ("level", chosen(layer.level).into())];
    let meaning = language.tr_with("layers-level", &arguments);
    name_control(&response, &meaning);
    response.on_hover_text(meaning);
    command
}
