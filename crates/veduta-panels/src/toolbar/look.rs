//! What surfaces look like: coloured by kind, white card, or a theme of the sources.

use egui::Ui;
use egui_phosphor::regular as icon;

use super::LookModel;
use crate::{
    Command,
    controls::{hint, menu_in_bar, section},
    language::Language,
    model::SurfaceLook,
};

pub(super) fn look_ui(ui: &mut Ui, model: &LookModel) -> Option<Command> {
    let language = Language::of(ui);
    let mut command = None;
    let name = language.tr("toolbar-look");
    menu_in_bar(ui, "look", icon::PALETTE, &name, |ui| {
        ui.set_width(230.0);
        section(ui, &language.tr("look-surfaces"));
        for (look, key) in [
            (SurfaceLook::Semantic, "look-semantic"),
            (SurfaceLook::Neutral, "look-neutral"),
        ] {
            choice_ui(ui, model, look, &language.tr(key), &mut command);
        }
        section(ui, &language.tr("look-themes"));
        if model.themes.is_empty() {
            hint(ui, &language.tr("look-no-themes"));
        }
        for theme in &model.themes {
            let name = if theme.name.is_empty() {
                language.tr("look-unnamed-theme")
            } else {
                theme.name.clone()
            };
            let glyph = if theme.has_textures {
                icon::IMAGE
            } else {
                icon::PAINT_BRUSH
            };
            let look = SurfaceLook::Theme(theme.name.clone());
            choice_ui(ui, model, look, &format!("{glyph}  {name}"), &mut command);
        }
    });
    command
}

fn choice_ui(
    ui: &mut Ui,
    model: &LookModel,
    look: SurfaceLook,
    name: &str,
    command: &mut Option<Command>,
) {
    let is_shown = model.shown == look;
    if ui.radio(is_shown, name).clicked() && !is_shown {
        *command = Some(Command::ChooseLook(look));
    }
}
