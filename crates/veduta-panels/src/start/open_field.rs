//! Open a file, a folder or an address.

use egui::{Button, Key, TextEdit, Ui, vec2};
use egui_phosphor::regular as icon;

use super::{StartState, file_browser};
use crate::{
    Command,
    controls::{name_control, outlined, row, small},
    language::Language,
    theme::metrics,
};

pub(super) fn open_ui(ui: &mut Ui, state: &mut StartState) -> Option<Command> {
    let language = Language::of(ui);
    let name = language.tr("start-target");
    let (field, (open, browse_folder, browse_file)) = {
        let target = &mut state.target;
        row(
            ui,
            |ui| {
                let width = ui.available_width();
                let field = TextEdit::singleline(target)
                    .hint_text(&name)
                    .desired_width(width)
                    .margin(vec2(8.0, 5.0));
                outlined(ui, |ui| ui.add(field))
            },
            |ui| {
                let height = vec2(0.0, metrics::TARGET + 4.0);
                let open = ui.add(Button::new(language.tr("start-open-button")).min_size(height));
                let folder = format!(
                    "{}  {}",
                    icon::FOLDER_OPEN,
                    language.tr("start-browse-folder")
                );
                let file = format!("{}  {}", icon::FILE, language.tr("start-browse-file"));
                let folder = ui.add(Button::new(folder).min_size(height));
                (open, folder, ui.add(Button::new(file).min_size(height)))
            },
        )
    };
    name_control(&field, &name);
    name_control(&browse_folder, &language.tr("start-browse-folder"));
    name_control(&browse_file, &language.tr("start-browse-file"));
    ui.label(small(ui, language.tr("start-drop")));
    if browse_file.clicked() {
        file_browser::browse(ui, state, file_browser::Wanted::File);
    }
    if browse_folder.clicked() {
        file_browser::browse(ui, state, file_browser::Wanted::Folder);
    }
    let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let target = state.target.trim();
    ((open.clicked() || entered) && !target.is_empty()).then(|| Command::Open(target.to_owned()))
}
