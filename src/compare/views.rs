//! Where the views lie in the window.

use bevy::prelude::*;

/// The part of the window that each side fills; empty sides draw nothing. Panels decide it; a
/// still has none and fills its whole target.
#[derive(Resource, Debug, Clone, Default, PartialEq)]
pub struct SceneRectangles {
    /// Physical pixels per side; `None` where the side is not shown.
    pub rectangles: [Option<URect>; 2],
    /// The same in points of the window, for what is drawn over the scene.
    pub points: [Option<egui::Rect>; 2],
}
