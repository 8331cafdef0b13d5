//! The bar at the top.

use bevy::prelude::*;
use veduta_panels::{SunModel, ToolbarModel, ViewpointChoice};

use super::{scene::titled, search::SearchState, view};
use crate::{
    camera::CameraRig,
    city::Sun,
    clock::{SceneClock, SunMode},
    compare::ShownScenarios,
    stream::StreamState,
};

/// The toolbar.
pub fn toolbar_model(world: &World) -> ToolbarModel {
    let Some(scene) = &world.resource::<StreamState>().scene else {
        return ToolbarModel::default();
    };
    ToolbarModel {
        title: scene.title.clone(),
        viewpoints: scene
            .viewpoints
            .iter()
            .map(|viewpoint| ViewpointChoice {
                id: viewpoint.name.as_str().into(),
                name: titled(&viewpoint.title, &viewpoint.name).to_owned(),
            })
            .collect(),
        results: world.resource::<SearchState>().results.clone(),
        searching: false,
        can_compare: !scene.scenarios.is_empty(),
        comparing: world.resource::<ShownScenarios>().comparing,
        look: view::look_model(world),
        inside: view::inside_model(world),
        sun: sun_model(world),
        heading_deg: world.resource::<CameraRig>().heading_deg,
    }
}

fn sun_model(world: &World) -> SunModel {
    let clock = world.resource::<SceneClock>();
    let mode = *world.resource::<SunMode>();
    let sun = world.resource::<Sun>();
    let shown = mode.moment(clock.now(), clock.zone());
    let local = shown.to_zoned(clock.zone().clone());
    let direction = sun.direction_enu;
    SunModel {
        follows_clock: mode == SunMode::FollowsClock,
        minutes: local.hour() as u16 * 60 + local.minute() as u16,
        azimuth_deg: direction
            .x
            .atan2(direction.y)
            .to_degrees()
            .rem_euclid(360.0),
        altitude_deg: direction.z.clamp(-1.0, 1.0).asin().to_degrees(),
        shadows: sun.shadows,
    }
}
