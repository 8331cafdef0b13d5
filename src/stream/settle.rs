//! What happens once when a scene has arrived: the camera is placed, ground is laid where there is none.

use std::sync::Arc;

use bevy::prelude::*;
use glam::DVec3;

use super::{
    open::start_waiting,
    opening_view::{opening_box, union},
    session::SourceStage,
    state::{Bounds, StreamState, rig_of},
};
use crate::{
    camera::{CameraFlight, CameraRig},
    city::{
        CityFeatures, CityHeights, SceneFrame, Side, TileAssets, VERTICAL_FOV_DEG, assumed_ground,
        prepare_tile, spawn_tile,
    },
};

/// Box around everything that is loaded, in scene metres; ground that was only assumed is left out.
pub fn loaded_bounds(city: &CityFeatures, frame: &SceneFrame, sources: usize) -> Option<Bounds> {
    union(&boxes_of(city, frame, sources, |_| true))
}

/// Boxes of what visitors want to see: of what is built; where nothing is, of everything.
fn sights(city: &CityFeatures, frame: &SceneFrame, sources: usize) -> Vec<Bounds> {
    let built = boxes_of(city, frame, sources, |object_type| {
        matches!(object_type, "Building" | "BuildingPart" | "Bridge")
    });
    if built.is_empty() {
        return boxes_of(city, frame, sources, |_| true);
    }
    built
}

fn boxes_of(
    city: &CityFeatures,
    frame: &SceneFrame,
    sources: usize,
    wanted: impl Fn(&str) -> bool,
) -> Vec<Bounds> {
    let enu_from_ecef = frame.enu().enu_from_ecef();
    city.iter()
        .filter(|feature| {
            feature.tile.source < sources && wanted(feature.feature.object_type.as_str())
        })
        .filter_map(|feature| feature.bounds(enu_from_ecef))
        .collect()
}

/// The view that a scene opens with: its first viewpoint, or what is there; where that lies scattered, its weightiest
/// clump. With it the number of objects that lie further away.
pub fn home_view(
    state: &StreamState,
    city: &CityFeatures,
    frame: &SceneFrame,
    heights: &CityHeights,
    aspect: f64,
) -> Option<(CameraRig, usize)> {
    let viewpoint = state
        .scene
        .as_ref()
        .and_then(|scene| scene.viewpoints.first());
    if let Some(viewpoint) = viewpoint {
        return Some((rig_of(viewpoint, frame, heights), 0));
    }
    match opening_box(&sights(city, frame, state.sources.len())) {
        Some(opening) => Some((obliquely(opening.bounds, aspect), opening.farther)),
        None => Some((obliquely(tree_bounds(state, frame)?, aspect), 0)),
    }
}

/// The view of everything that visitors want to see, however small it becomes.
pub fn whole_view(
    state: &StreamState,
    city: &CityFeatures,
    frame: &SceneFrame,
    aspect: f64,
) -> Option<CameraRig> {
    let bounds =
        union(&sights(city, frame, state.sources.len())).or_else(|| tree_bounds(state, frame))?;
    Some(obliquely(bounds, aspect))
}

fn obliquely(bounds: Bounds, aspect: f64) -> CameraRig {
    let oblique = CameraRig {
        heading_deg: 28.0,
        pitch_deg: -34.0,
        ..CameraRig::default()
    };
    oblique.framing(bounds.0, bounds.1, f64::from(VERTICAL_FOV_DEG), aspect)
}

/// Box around the bounding volumes of all open sources, before anything of them is loaded.
fn tree_bounds(state: &StreamState, frame: &SceneFrame) -> Option<Bounds> {
    let enu_from_ecef = frame.enu().enu_from_ecef();
    let boxes = state
        .sources
        .iter()
        .filter_map(|source| match &source.stage {
            SourceStage::Open(open) => {
                let volume = &open.tree.node(open.tree.root()).bounding_volume;
                let centre = enu_from_ecef.transform_point3(volume.center());
                let radius = DVec3::splat(volume.radius_m());
                Some((centre - radius * 0.7, centre + radius * 0.7))
            }
            SourceStage::Waiting | SourceStage::Opening(_) | SourceStage::Failed(_) => None,
        });
    boxes.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

/// Width over height of the left view.
pub fn aspect_of(cameras: &Query<(&Camera, &Side)>) -> f64 {
    cameras
        .iter()
        .find(|(_, side)| **side == Side::Left)
        .and_then(|(camera, _)| camera.physical_viewport_size())
        .map_or(16.0 / 9.0, |size| {
            f64::from(size.x) / f64::from(size.y.max(1))
        })
}

/// Places the camera: roughly when sources are read, finally when tiles are there.
#[allow(clippy::too_many_arguments, reason = "a system takes what it reads")]
pub(super) fn settle_scene(
    mut commands: Commands,
    mut state: ResMut<StreamState>,
    mut city: ResMut<CityFeatures>,
    heights: Res<CityHeights>,
    mut rig: ResMut<CameraRig>,
    flight: Res<CameraFlight>,
    cameras: Query<(&Camera, &Side)>,
    mut assets: TileAssets,
    frame: Res<SceneFrame>,
    mut placed: Local<Option<CameraRig>>,
) {
    if !state.sources_are_read() || state.opening.grounded {
        return;
    }
    if !state.opening.camera_placed {
        state.opening.camera_placed = true;
        if let Some((home, _)) = home_view(&state, &city, &frame, &heights, aspect_of(&cameras)) {
            *rig = home;
        }
        *placed = Some(*rig);
        return;
    }
    if state.pending_tiles() > 0 {
        return;
    }
    if !state.waiting.is_empty() {
        if !heights.is_current(&city) {
            return;
        }
        let foot_m = loaded_bounds(&city, &frame, state.sources.len()).map(|(low, _)| low.z);
        start_waiting(&mut state, &frame, |place| {
            heights.ground_at(place).or(foot_m)
        });
        return;
    }
    state.opening.grounded = true;
    // Whoever has moved the camera meanwhile keeps the view.
    if *placed == Some(*rig)
        && !flight.is_under_way()
        && let Some((home, farther)) =
            home_view(&state, &city, &frame, &heights, aspect_of(&cameras))
    {
        state.opening.farther = farther;
        *rig = home;
    }
    if let Some(content) = assumed_ground(&city, &frame) {
        let source = state.sources.len();
        let tile = spawn_tile(
            &mut commands,
            &mut assets,
            &mut city,
            source,
            prepare_tile(Arc::new(content)),
        );
        state.ground = Some(tile);
    }
}
