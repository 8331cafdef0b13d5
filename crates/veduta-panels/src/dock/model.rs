//! What the window shows, remembers and answers.

use egui::Rect;
use serde::{Deserialize, Serialize};

use super::Dock;
use crate::{
    Command, CompareModel, DiagnosticsModel, DiagnosticsState, InspectorModel, InspectorState,
    LayersModel, LayersState, LegendModel, MarkersModel, Notice, StartModel, StartState,
    StatusModel, TimelineModel, TimelineState, ToolbarModel, ToolbarState, language::Locale,
    model::SceneHalf, theme::ThemeChoice,
};

/// How the user wants the window to look.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Light, dark or as the desktop says.
    pub theme: ThemeChoice,
    /// The language of all texts.
    pub language: Locale,
    /// Size of texts and controls: 1.0 to 2.0.
    pub interface_scale: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            language: Locale::English,
            interface_scale: 1.0,
        }
    }
}

impl Settings {
    /// The defaults in the language that the desktop is set to: what a first start shows.
    pub fn from_system() -> Self {
        Self {
            language: Locale::from_system(),
            ..Self::default()
        }
    }
}

/// What the window remembers. The app keeps one, and may store it (`serde`) between runs.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WindowState {
    /// Looks and language.
    pub settings: Settings,
    /// Where the panes are.
    pub dock: Dock,
    /// Of the layers panel.
    pub layers: LayersState,
    /// Of the inspector.
    pub inspector: InspectorState,
    /// Of the timeline.
    pub timeline: TimelineState,
    /// Of the diagnostics panel.
    pub diagnostics: DiagnosticsState,
    /// Of the top bar.
    #[serde(skip)]
    pub toolbar: ToolbarState,
    /// Of the start screen.
    #[serde(skip)]
    pub start: StartState,
}

/// Everything the panels of an open scene show.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SceneModel {
    /// The bar at the top.
    pub toolbar: ToolbarModel,
    /// Layers panel.
    pub layers: LayersModel,
    /// Inspector.
    pub inspector: InspectorModel,
    /// Legend.
    pub legend: LegendModel,
    /// Timeline.
    pub timeline: TimelineModel,
    /// Diagnostics panel.
    pub diagnostics: DiagnosticsModel,
    /// The line at the bottom.
    pub status: StatusModel,
    /// The comparison; drawn only while `compare.scenarios.comparing`.
    pub compare: CompareModel,
    /// Markers over the whole scene or its left half.
    pub markers: MarkersModel,
    /// Markers over the right half.
    pub markers_right: MarkersModel,
}

/// Which screen the window shows.
#[derive(Debug, Clone, PartialEq)]
pub enum WindowScreen {
    /// No scene is open.
    Start(StartModel),
    /// A scene is open.
    Scene(Box<SceneModel>),
}

/// Everything the window shows in one frame.
#[derive(Debug, Clone, PartialEq)]
pub struct WindowModel {
    /// The screen.
    pub screen: WindowScreen,
    /// Messages over it, latest last.
    pub notices: Vec<Notice>,
}

/// Where the app draws a half of the scene.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SceneRect {
    /// Which half.
    pub half: SceneHalf,
    /// In points of the window; times `ctx.pixels_per_point()` it is in physical pixels.
    pub rect: Rect,
}

/// What the window answers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WindowOutput {
    /// What the user wants, in the order wanted.
    pub commands: Vec<Command>,
    /// Where to draw the scene: nothing on the start screen, one rectangle, or two while comparing.
    pub scene_rects: Vec<SceneRect>,
    /// The half of the scene that the pointer is over, with nothing of the window in between: mouse input belongs to the camera.
    pub pointer_over: Option<SceneHalf>,
    /// No text field and no control has the keyboard, and the pointer is not on the timeline: keys belong to the camera.
    pub keyboard_free: bool,
}
