//! What the start screen shows.

use egui::TextureId;
use egui_file_dialog::FileDialog;
use jiff::Zoned;

/// A scene opened before.
#[derive(Debug, Clone, PartialEq)]
pub struct RecentScene {
    /// Its title, or the file's name.
    pub title: String,
    /// Path or URL, handed back in commands.
    pub target: String,
    /// When it was last open.
    pub opened: Option<Zoned>,
    /// The file is no longer there.
    pub missing: bool,
}

/// A scene that comes with the program.
#[derive(Debug, Clone, PartialEq)]
pub struct BundledScene {
    /// Handed back in commands.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What there is to see, a sentence or two.
    pub description: String,
    /// A picture and its size in pixels.
    pub picture: Option<(TextureId, [u32; 2])>,
    /// All data are made up.
    pub synthetic: bool,
}

/// What the start screen shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StartModel {
    /// Latest first.
    pub recent: Vec<RecentScene>,
    /// In the order to show them.
    pub bundled: Vec<BundledScene>,
    /// What is being opened, and how far that has come (0 to 1) if known.
    pub opening: Option<(String, Option<f32>)>,
    /// Version of the program.
    pub version: String,
}

/// What the start screen remembers.
#[derive(Debug, Default)]
pub struct StartState {
    /// The path or address being typed.
    pub target: String,
    /// The file browser, made when first asked for.
    pub(super) browser: Option<Box<FileDialog>>,
}
