//! From places in the scene to places in the window.

use bevy::prelude::*;
use glam::{DMat4, DVec3, DVec4};
use jiff::Timestamp;
use veduta_panels::{EntityKind, Marker, MarkersModel, theme};
use veduta_time::SeriesStore;

use super::{SceneOverlays, leading_reading};
use crate::{camera::CameraRig, city::CityHeights, live::LiveEntity};

/// Farther than this no marker is drawn, metres.
const MAX_DISTANCE_M: f64 = 6_000.0;

/// How the scene falls on a rectangle of the window.
#[derive(Debug, Clone, Copy)]
pub struct Projection {
    clip_from_enu: DMat4,
    eye_enu: DVec3,
    rectangle_ui: egui::Rect,
}

impl Projection {
    /// For a rig that fills `rectangle_ui` (points of the window).
    pub fn new(rig: &CameraRig, vertical_fov_deg: f64, rectangle_ui: egui::Rect) -> Self {
        let aspect = f64::from(rectangle_ui.width() / rectangle_ui.height().max(1.0));
        let eye_enu = rig.position_enu();
        let (_, up, forward) = rig.axes_enu();
        let view_from_enu = DMat4::look_to_rh(eye_enu, forward, up);
        let clip_from_view =
            DMat4::perspective_infinite_reverse_rh(vertical_fov_deg.to_radians(), aspect, 0.1);
        Self {
            clip_from_enu: clip_from_view * view_from_enu,
            eye_enu,
            rectangle_ui,
        }
    }

    /// Where a point falls, and how far it is; `None` behind the eye or outside the rectangle.
    pub fn point_ui(&self, point_enu: DVec3) -> Option<(egui::Pos2, f64)> {
        let position = self.unclipped_ui(point_enu)?;
        let inside = self.rectangle_ui.contains(position);
        inside.then(|| (position, self.eye_enu.distance(point_enu)))
    }

    fn unclipped_ui(&self, point_enu: DVec3) -> Option<egui::Pos2> {
        let clip = self.clip_from_enu * DVec4::from((point_enu, 1.0));
        if clip.w <= 0.1 {
            return None;
        }
        let (x, y) = ((clip.x / clip.w) as f32, (clip.y / clip.w) as f32);
        let area = self.rectangle_ui;
        Some(egui::pos2(
            area.center().x + x * area.width() * 0.5,
            area.center().y - y * area.height() * 0.5,
        ))
    }
}

/// The markers of one view.
pub fn project_markers<'a>(
    projection: &Projection,
    entities: impl Iterator<Item = &'a LiveEntity>,
    overlays: &SceneOverlays,
    store: &SeriesStore,
    moment: Timestamp,
    heights: &CityHeights,
    selected: Option<&str>,
) -> MarkersModel {
    let mut markers = Vec::new();
    for live in entities {
        let Some(settings) = overlays.for_type(live.entity.entity_type()) else {
            continue;
        };
        let is_selected = selected == Some(live.entity.id.as_str());
        if !settings.visible && !is_selected {
            continue;
        }
        let Some(place) = live.place_enu else {
            continue;
        };
        let Some((position_ui, distance_m)) = projection.point_ui(place) else {
            continue;
        };
        if distance_m > MAX_DISTANCE_M {
            continue;
        }
        let leading = leading_reading(live, overlays, store, moment);
        let colour = leading
            .as_ref()
            .and_then(|(_, number)| *number)
            .map_or(theme::QUALITATIVE[0], |number| settings.colour(number));
        let ground = heights
            .ground_at(place)
            .map(|ground| DVec3::new(place.x, place.y, ground));
        markers.push(Marker {
            entity: live.entity.id.as_str().into(),
            kind: EntityKind::from_type_name(live.entity.entity_type()),
            name: live.display_name(),
            position_ui,
            ground_ui: ground.and_then(|ground| projection.unclipped_ui(ground)),
            distance_m: distance_m as f32,
            reading: leading.map(|(reading, _)| reading),
            colour,
            selected: is_selected,
        });
    }
    MarkersModel { markers }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_target_falls_into_the_middle_and_what_lies_behind_nowhere() {
        let rig = CameraRig::default();
        let area = egui::Rect::from_min_size(egui::pos2(100.0, 50.0), egui::vec2(800.0, 600.0));
        let projection = Projection::new(&rig, 34.0, area);
        let (middle, distance) = projection.point_ui(rig.target_enu).expect("in view");
        assert!((middle - area.center()).length() < 1e-3);
        assert!((distance - rig.distance_m).abs() < 1e-6);
        let behind = rig.position_enu() - rig.direction_enu() * 10.0;
        assert!(projection.point_ui(behind).is_none());
        let (right, _, _) = rig.axes_enu();
        let (beside, _) = projection
            .point_ui(rig.target_enu + right * 50.0)
            .expect("in view");
        assert!(beside.x > middle.x && (beside.y - middle.y).abs() < 1e-3);
    }
}
