//! Every panel of the window as a plain egui function: model in, commands out.
//!
//! - **What:** `fn layers_ui(ui, &mut LayersState, &LayersModel) -> Vec<Command>` and its siblings, the design tokens
//!   ([`theme`]), the message catalogues ([`language`]) and the arrangement of it all ([`window_ui`]).
//! - **What not:** no Bevy, no sockets, no clock. Models are plain data that the app fills each frame; what the user wants comes
//!   back as [`Command`]s that the app applies. A panel never changes the world.
//! - **How to start:** keep one [`WindowState`], fill one [`WindowModel`] per frame, call [`window`] with the egui context, apply
//!   [`WindowOutput::commands`], and draw the scene into [`WindowOutput::scene_rects`].
//!
//! Each panel is a folder, its files split by what one sees.

mod command;
mod compare;
mod controls;
mod diagnostics;
mod dock;
mod inspector;
pub mod language;
mod layers;
mod legend;
mod markers;
mod model;
mod notices;
mod start;
mod status;
pub mod theme;
mod timeline;
mod toolbar;

pub use command::{Command, CutChoice};
pub use compare::{CompareModel, Direction, Indicator, compare_ui};
pub use diagnostics::{DiagnosticRow, DiagnosticsModel, DiagnosticsState, diagnostics_ui};
pub use dock::{
    Dock, Pane, SceneModel, SceneRect, Settings, WindowModel, WindowOutput, WindowScreen,
    WindowState, window, window_ui,
};
pub use inspector::{
    AttributeRow, Chart, EntityAttribute, EntityDetail, EntityRow, InspectorModel, InspectorState,
    ObjectDetail, PartRow, RelationRow, SceneSummary, Subject, SurfaceDetail, inspector_ui,
};
pub use layers::{GroupRow, LayerNode, LayersModel, LayersState, OverlayRow, layers_ui};
pub use legend::{LegendEntry, LegendKey, LegendModel, Swatch, legend_ui};
pub use markers::{Marker, MarkersModel, markers_ui};
pub use model::{
    EntityId, EntityKind, LayerId, ObjectId, ObjectKind, OverlayId, Reading, ScenarioChoice,
    ScenarioId, ScenariosModel, SceneHalf, Severity, SurfaceLook, Value, ViewpointId,
};
pub use notices::{Notice, notices_ui};
pub use start::{BundledScene, RecentScene, StartModel, StartState, start_ui};
pub use status::{BrokerLink, CursorPosition, LinkState, Loading, StatusModel, status_ui};
pub use timeline::{CityChange, Daylight, Density, TimelineModel, TimelineState, timeline_ui};
pub use toolbar::{
    InsideModel, LookModel, SearchResult, SearchTarget, StoreyChoice, SunModel, ThemeRow,
    ToolbarModel, ToolbarState, ViewpointChoice, toolbar_ui,
};
