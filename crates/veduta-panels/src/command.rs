//! Everything a user can ask of the app.
//!
//! Panels return commands and change nothing themselves; the app's systems apply them. Commands about the window itself (theme,
//! language, scale, which panes are open) are already applied by [`window_ui`](crate::window_ui) when the app sees them, so that
//! the app only has to store them.

use jiff::Timestamp;

use crate::{
    dock::Pane,
    language::Locale,
    model::{
        EntityId, LayerId, ObjectId, OverlayId, ScenarioId, SceneHalf, SurfaceLook, ViewpointId,
    },
    theme::ThemeChoice,
};

/// A level cut through buildings.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CutChoice {
    /// Above the foot of each building, metres.
    pub height_m: f64,
    /// Through all buildings, not only the selected one.
    pub everything: bool,
}

impl CutChoice {
    /// Through the windows of the ground floor of the selected building, as plans are drawn.
    pub const FIRST: Self = Self {
        height_m: 1.5,
        everything: false,
    };
}

/// One wish of the user.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    /// Let the twin clock run, or hold it.
    SetPlaying(bool),
    /// Seconds of twin time per second; negative plays backwards.
    SetSpeed(f64),
    /// Show the moment given; the clock no longer follows the present.
    SeekTo(Timestamp),
    /// Follow the present again.
    GoLive,

    /// Show or hide a layer with all its children.
    SetLayerVisible {
        /// The row of the layer tree.
        layer: LayerId,
        /// The wish.
        visible: bool,
    },
    /// Show this layer and hide its siblings.
    IsolateLayer(LayerId),
    /// Show the objects of a layer at a level of detail; `None` is the finest. Objects without it show the nearest.
    SetLevelOfDetail {
        /// The row of the layer tree.
        layer: LayerId,
        /// The wish.
        level: Option<u8>,
    },
    /// Show or hide an overlay.
    SetOverlayVisible {
        /// The overlay.
        overlay: OverlayId,
        /// The wish.
        visible: bool,
    },
    /// Show a scenario in a half of the scene; `None` is the baseline.
    ChooseScenario {
        /// Where.
        half: SceneHalf,
        /// What.
        scenario: Option<ScenarioId>,
    },
    /// Two halves side by side, or the whole scene again.
    SetComparing(bool),

    /// Draw surfaces by their kind, white, or as a theme says.
    ChooseLook(SurfaceLook),
    /// Take roofs and ceilings off, or put them on again.
    SetRoofsHidden(bool),
    /// Show rooms and what stands in them, or not.
    SetInteriorsShown(bool),
    /// Cut buildings at a height; `None` makes them whole again.
    SetCut(Option<CutChoice>),
    /// Put everything back that was taken away to look inside.
    LookFromOutside,
    /// Show objects only while they exist, by the dates in the sources, or always.
    SetDatesObeyed(bool),

    /// Select a city object.
    SelectObject(ObjectId),
    /// Select a live entity.
    SelectEntity(EntityId),
    /// Select nothing.
    ClearSelection,
    /// Choose which attribute of an entity is drawn as a chart.
    ChartAttribute {
        /// The entity.
        entity: EntityId,
        /// The attribute's name as the entity has it.
        attribute: String,
    },

    /// Move the camera to a city object.
    FlyToObject(ObjectId),
    /// Move the camera to an entity's marker.
    FlyToEntity(EntityId),
    /// Move the camera to a stored viewpoint.
    FlyToViewpoint(ViewpointId),
    /// Show the whole scene.
    FlyHome,
    /// Turn the camera so that north is up.
    FaceNorth,
    /// Look for objects, entities and addresses; the answer comes with the next model. Empty text ends the search.
    Search(String),

    /// Light the scene by the twin clock.
    SunFollowsClock,
    /// Light the scene by a fixed time of the shown day, in minutes after local midnight, 0 to 1439.
    SetSunMinutes(u16),
    /// Cast shadows or not.
    SetShadows(bool),

    /// Open a file, folder or URL, as `veduta open` does.
    Open(String),
    /// Open a bundled scene by its id, with its embedded broker, as `veduta demo` does.
    OpenBundled(String),
    /// Forget a recent scene.
    ForgetRecent(String),
    /// Leave the scene for the start screen.
    CloseScene,
    /// Write a picture of the scene to a file that the app names in a notice.
    TakeScreenshot,
    /// Take a notice away.
    DismissNotice(u64),

    /// Light, dark or as the system says. Already applied.
    SetTheme(ThemeChoice),
    /// The language of all texts. Already applied.
    SetLanguage(Locale),
    /// Size of texts and controls, 1.0 is 100 %. Already applied.
    SetInterfaceScale(f32),
    /// Show or hide a pane. Already applied.
    SetPaneOpen {
        /// The pane.
        pane: Pane,
        /// The wish.
        open: bool,
    },
    /// Put all panes back where they were at first. Already applied.
    ResetLayout,
}
