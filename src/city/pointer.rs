//! What is under the pointer: side, point on the ground or a wall, feature.

use bevy::{prelude::*, window::PrimaryWindow};
use glam::DVec3;
use tiles3d::Feature;

use super::{
    feature_state::{FeatureStates, HIDDEN, INTERIOR, Side},
    features::{CityFeatures, FeatureIndex},
    frame::SceneFrame,
    look::{CityLook, HiddenClasses},
    picking::Met,
    stage::VERTICAL_FOV_DEG,
};
use crate::{
    camera::{Drag, InputFocus},
    compare::SceneRectangles,
};

/// The pointer's hit, renewed every frame in which something moved.
#[derive(Resource, Debug, Clone, Default, PartialEq)]
pub struct Pointer {
    /// Which view it is in; `None` outside the scene.
    pub side: Option<Side>,
    /// The point it points at, metres; the plane of the camera's target where nothing is hit.
    pub point_enu: Option<DVec3>,
    /// The feature it points at.
    pub feature: Option<FeatureIndex>,
    /// The thematic surface it points at, a row of the table of the feature's tile.
    pub surface: Option<u32>,
}

/// A ray in scene metres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SceneRay {
    /// Start.
    pub origin_enu: DVec3,
    /// Unit direction.
    pub direction_enu: DVec3,
}

/// Where a ray met the city.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SceneHit {
    /// The feature.
    pub feature: FeatureIndex,
    /// Its thematic surface, a row of its tile's table.
    pub surface: Option<u32>,
    /// From the ray's start, metres.
    pub distance_m: f64,
}

/// Nearest thing along a ray that a side shows. What is hidden, cut away or of a class in `hidden_classes` is
/// looked through.
pub fn cast_ray(
    ray: SceneRay,
    side: Side,
    city: &CityFeatures,
    states: &FeatureStates,
    hidden_classes: HiddenClasses,
    frame: &SceneFrame,
) -> Option<SceneHit> {
    let enu_from_ecef = frame.enu().enu_from_ecef();
    let shown = city.tiles().filter(|(_, tile)| tile.shown);
    let hits = shown.filter_map(|(base, tile)| {
        let enu_from_local = enu_from_ecef * tile.content.ecef_from_local;
        let passes = |met: Met| {
            let state = states.get(side, base + met.feature);
            state.flags & HIDDEN != 0
                || hidden_classes.contains(met.surface_class, state.flags & INTERIOR != 0)
                || state.cuts(met.height_m)
        };
        let hit = tile
            .bvh
            .cast(enu_from_local, ray.origin_enu, ray.direction_enu, passes)?;
        Some(SceneHit {
            feature: base + hit.feature,
            surface: hit.surface,
            distance_m: hit.distance_m,
        })
    });
    hits.min_by(|a, b| a.distance_m.total_cmp(&b.distance_m))
}

/// Finds out what the pointer points at.
#[allow(clippy::too_many_arguments, reason = "a system takes what it reads")]
pub fn track_pointer(
    windows: Query<&Window, With<PrimaryWindow>>,
    rectangles: Res<SceneRectangles>,
    rig: Res<crate::camera::CameraRig>,
    focus: Res<InputFocus>,
    drag: Res<Drag>,
    city: Res<CityFeatures>,
    states: Res<FeatureStates>,
    look: Res<CityLook>,
    frame: Res<SceneFrame>,
    mut pointer: ResMut<Pointer>,
    mut last: Local<Option<(Vec2, crate::camera::CameraRig, u64, HiddenClasses)>>,
) {
    // A pan keeps hold of what it grabbed; casting again would only cost time.
    if drag.is_moving() {
        return;
    }
    let cursor = windows
        .single()
        .ok()
        .and_then(|window| window.physical_cursor_position());
    let (Some(cursor), true) = (cursor, focus.pointer) else {
        pointer.set_if_neq(Pointer::default());
        *last = None;
        return;
    };
    let now = (
        cursor,
        *rig,
        city.revision() + states.hidden_revision(Side::Left),
        look.hidden_classes(),
    );
    if last.as_ref() == Some(&now) {
        return;
    }
    *last = Some(now);
    let Some((side, ray)) = ray_under(cursor, &rig, &rectangles) else {
        pointer.set_if_neq(Pointer::default());
        return;
    };
    let hit = cast_ray(ray, side, &city, &states, look.hidden_classes(), &frame);
    let point_enu = hit
        .map(|hit| ray.origin_enu + ray.direction_enu * hit.distance_m)
        .or_else(|| meet_plane(ray, rig.target_enu.z));
    pointer.set_if_neq(Pointer {
        side: Some(side),
        point_enu,
        feature: hit.map(|hit| hit.feature),
        surface: hit.and_then(|hit| hit.surface),
    });
}

/// Ground is everywhere: it does not light up under the pointer and a click on it is a click on nothing.
pub fn is_ground(feature: &Feature) -> bool {
    matches!(
        feature.object_type.as_str(),
        "ReliefFeature" | "TINRelief" | "AssumedGround"
    )
}

/// The view under a physical pixel, and the ray through it.
pub fn ray_under(
    cursor: Vec2,
    rig: &crate::camera::CameraRig,
    rectangles: &SceneRectangles,
) -> Option<(Side, SceneRay)> {
    Side::BOTH.into_iter().find_map(|side| {
        let area = rectangles.rectangles[side.index()]?;
        if !area.as_rect().contains(cursor) {
            return None;
        }
        let size = area.size().as_vec2();
        let inside = (cursor - area.min.as_vec2()) / size;
        let ndc = [
            f64::from(inside.x * 2.0 - 1.0),
            f64::from(1.0 - inside.y * 2.0),
        ];
        let ray = SceneRay {
            origin_enu: rig.position_enu(),
            direction_enu: rig.ray_enu(
                ndc,
                f64::from(VERTICAL_FOV_DEG),
                f64::from(size.x / size.y),
            ),
        };
        Some((side, ray))
    })
}

/// Where a ray meets a level; `None` when it does not, or only beyond 50 km.
pub fn meet_plane(ray: SceneRay, height_m: f64) -> Option<DVec3> {
    let distance = (height_m - ray.origin_enu.z) / ray.direction_enu.z;
    let reachable = distance.is_finite() && distance > 0.0 && distance < 50_000.0;
    reachable.then(|| ray.origin_enu + ray.direction_enu * distance)
}
