//! The arrangement of the window: bars, dockable panes and the see-through pane in which the app draws the scene.

mod model;
mod pane;
mod scene;
mod tiles;
mod window;

pub use model::{
    SceneModel, SceneRect, Settings, WindowModel, WindowOutput, WindowScreen, WindowState,
};
pub use pane::{Dock, Pane};
pub use window::{window, window_ui};
