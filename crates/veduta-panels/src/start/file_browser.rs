//! The file browser, in the user's language.

use egui::Ui;
use egui_file_dialog::{FileDialog, FileDialogLabels};
use egui_phosphor::regular as icon;

use super::StartState;
use crate::{Command, language::Language};

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    File,
    Folder,
}

/// Endings of the files that can be opened.
const ENDINGS: [&str; 8] = ["toml", "gml", "xml", "gz", "zip", "json", "jsonl", "glb"];

/// Opens the browser.
pub(super) fn browse(ui: &Ui, state: &mut StartState, wanted: Wanted) {
    let language = Language::of(ui);
    let scenes = language.tr("browser-scenes");
    let mut browser = FileDialog::new()
        .labels(labels(&language))
        .add_file_filter_extensions(&scenes, ENDINGS.to_vec())
        .default_file_filter(&scenes)
        .default_folder_icon(icon::FOLDER)
        .default_file_icon(icon::FILE)
        .device_icon(icon::HARD_DRIVE)
        .removable_device_icon(icon::USB)
        .parent_directory_icon(icon::ARROW_UP)
        .back_icon(icon::ARROW_LEFT)
        .forward_icon(icon::ARROW_RIGHT)
        .new_folder_icon(icon::FOLDER_PLUS)
        .menu_icon(icon::LIST)
        .search_icon(icon::MAGNIFYING_GLASS)
        .path_edit_icon(icon::PENCIL_SIMPLE)
        .err_icon(icon::WARNING)
        .default_size([720.0, 440.0]);
    match wanted {
        Wanted::File => browser.pick_file(),
        Wanted::Folder => browser.pick_directory(),
    }
    state.browser = Some(Box::new(browser));
}

/// Draws the browser while it is open.
pub(super) fn browser_ui(ui: &Ui, state: &mut StartState) -> Option<Command> {
    let browser = state.browser.as_mut()?;
    browser.update(ui.ctx());
    let picked = browser.take_picked()?;
    state.browser = None;
    Some(Command::Open(picked.to_string_lossy().into_owned()))
}

fn labels(language: &Language) -> FileDialogLabels {
    let with_icon = |icon: &str, key: &str| format!("{icon}  {}", language.tr(key));
    FileDialogLabels {
        title_select_directory: language.tr("browser-title-folder"),
        title_select_file: language.tr("browser-title-file"),
        reload: with_icon(icon::ARROWS_CLOCKWISE, "browser-reload"),
        working_directory: with_icon(icon::ARROW_BEND_UP_RIGHT, "browser-working-folder"),
        show_hidden: language.tr("browser-show-hidden"),
        show_system_files: language.tr("browser-show-system"),
        heading_pinned: language.tr("browser-pinned"),
        heading_places: language.tr("browser-places"),
        heading_devices: language.tr("browser-devices"),
        heading_removable_devices: language.tr("browser-removable"),
        home_dir: with_icon(icon::HOUSE, "browser-home"),
        desktop_dir: with_icon(icon::DESKTOP, "browser-desktop"),
        documents_dir: with_icon(icon::FILES, "browser-documents"),
        downloads_dir: with_icon(icon::DOWNLOAD_SIMPLE, "browser-downloads"),
        audio_dir: with_icon(icon::MUSIC_NOTE, "browser-audio"),
        pictures_dir: with_icon(icon::IMAGE, "browser-pictures"),
        videos_dir: with_icon(icon::FILM_STRIP, "browser-videos"),
        pin_folder: with_icon(icon::PUSH_PIN, "browser-pin"),
        unpin_folder: with_icon(icon::PUSH_PIN_SLASH, "browser-unpin"),
        rename_pinned_folder: with_icon(icon::PENCIL_SIMPLE, "browser-rename"),
        selected_directory: language.tr("browser-selected-folder"),
        selected_file: language.tr("browser-selected-file"),
        file_name: language.tr("browser-file-name"),
        file_filter_all_files: language.tr("browser-all-files"),
        open_button: language.tr("start-open-button"),
        cancel_button: language.tr("browser-cancel"),
        cancel: language.tr("browser-cancel"),
        err_empty_folder_name: language.tr("browser-empty-name"),
        err_directory_exists: language.tr("browser-folder-exists"),
        // What is left belongs to saving and to picking several, which are not offered.
        ..FileDialogLabels::default()
    }
}
