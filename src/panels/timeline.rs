//! The bar of time.

use bevy::prelude::*;
use jiff::SignedDuration;
use veduta_panels::{Daylight, Density, TimelineModel};

use crate::{
    city::SceneFrame,
    clock::{SceneClock, daylight},
    live::Observations,
};

/// Bins of the density graph.
const BINS: usize = 240;

/// The timeline panel.
pub fn timeline_model(world: &World) -> TimelineModel {
    let clock = world.resource::<SceneClock>();
    let store = world.resource::<Observations>();
    let present = clock.present();
    let earliest = store.bounds().map(|(first, _)| first.min(present));
    let from = earliest.unwrap_or(present);
    let span = present.duration_since(from);
    let density = if span > SignedDuration::ZERO {
        Density {
            start: from,
            bin_secs: span.as_secs_f64() / BINS as f64,
            counts: store.density(from, present, BINS),
        }
    } else {
        Density::default()
    };
    let days = world
        .get_resource::<SceneFrame>()
        .map(|frame| daylight(frame, from.min(clock.now()), present.max(clock.now())))
        .unwrap_or_default();
    TimelineModel {
        now: clock.now(),
        present,
        live: clock.is_live(),
        playing: clock.is_running(),
        speed: f64::from(clock.speed().factor()),
        earliest,
        density,
        daylight: days
            .into_iter()
            .map(|(sunrise, sunset)| Daylight { sunrise, sunset })
            .collect(),
        time_zone: clock.zone().clone(),
    }
}
