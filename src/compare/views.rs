//! Where the views lie in the window.

use bevy::prelude::*;

use super::ShownScenarios;
use crate::city::{Side, set_viewport};

/// The part of the window that each side fills, physical pixels; empty sides draw nothing. Panels
/// decide it, a still has none and fills its whole target.
#[derive(Resource, Debug, Clone, Default, PartialEq)]
pub struct SceneRectangles {
    /// Per side; `None` where the side is not shown.
    pub rectangles: [Option<URect>; 2],
    /// The same in points of the window, for what is drawn over the scene.
    pub points: [Option<egui::Rect>; 2],
}

/// Gives each camera its rectangle.
pub(super) fn place_views(
    rectangles: Res<SceneRectangles>,
    shown: Res<ShownScenarios>,
    windows: Query<&Window>,
    mut cameras: Query<(&mut Camera, &Side)>,
) {
    // Stills place their views themselves.
    let Ok(window) = windows.single() else { return };
    let limits = window.physical_size();
    for (mut camera, side) in &mut cameras {
        let wanted = rectangles.rectangles[side.index()]
            .map(|rectangle| rectangle.intersect(URect::from_corners(UVec2::ZERO, limits)))
            .filter(|rectangle| rectangle.size().min_element() > 1);
        let active = wanted.is_some() && (*side == Side::Left || shown.comparing);
        if camera.is_active != active {
            camera.is_active = active;
        }
        if let (true, Some(rectangle)) = (active, wanted) {
            set_viewport(&mut camera, rectangle);
        }
    }
}
