//! The bar of time.

use std::sync::Arc;

use bevy::prelude::*;
use jiff::{SignedDuration, Timestamp};
use veduta_panels::{CityChange, Daylight, Density, TimelineModel};

use crate::{
    city::SceneFrame,
    clock::{SceneClock, daylight},
    compare::CityHistory,
    live::Observations,
};

/// Bins of the density graph.
const BINS: usize = 240;
/// The graph is drawn up anew at most this often; it spans hours.
const RENEWED_EVERY: SignedDuration = SignedDuration::from_secs(2);

/// The density graph and the daylight strip, kept because they cost a search per series.
#[derive(Resource, Debug, Default)]
pub struct TimelineCache {
    renewed_at: Option<Timestamp>,
    revision: u64,
    shown: Option<Timestamp>,
    density: Density,
    daylight: Vec<Daylight>,
    changes_revision: u64,
    changes: Arc<[CityChange]>,
}

/// Renews what the timeline shows, if it is due.
pub fn refresh(world: &World, cache: &mut TimelineCache) {
    let clock = world.resource::<SceneClock>();
    let store = world.resource::<Observations>();
    let history = world.resource::<CityHistory>();
    if cache.changes_revision != history.revision() {
        cache.changes_revision = history.revision();
        cache.changes = changes(history);
    }
    let present = clock.present();
    let is_old = cache
        .renewed_at
        .is_none_or(|then| present.duration_since(then) >= RENEWED_EVERY);
    let is_elsewhere = !clock.is_live() && cache.shown != Some(clock.now());
    if !is_old && !is_elsewhere {
        return;
    }
    let from = first_known(world);
    if cache.revision != store.revision() || is_old {
        let span = present.duration_since(from);
        cache.density = if span > SignedDuration::ZERO {
            Density {
                start: from,
                bin_secs: span.as_secs_f64() / BINS as f64,
                counts: store.density(from, present, BINS),
            }
        } else {
            Density::default()
        };
    }
    let days = world
        .get_resource::<SceneFrame>()
        .map(|frame| daylight(frame, from.min(clock.now()), present.max(clock.now())))
        .unwrap_or_default();
    cache.daylight = days
        .into_iter()
        .map(|(sunrise, sunset)| Daylight { sunrise, sunset })
        .collect();
    cache.renewed_at = Some(present);
    cache.revision = store.revision();
    cache.shown = Some(clock.now());
}

/// The first moment anything is known of, else the present.
fn first_known(world: &World) -> Timestamp {
    let present = world.resource::<SceneClock>().present();
    let bounds = world.resource::<Observations>().bounds();
    bounds.map_or(present, |(first, _)| first.min(present))
}

/// The timeline panel.
pub fn timeline_model(world: &World) -> TimelineModel {
    let clock = world.resource::<SceneClock>();
    let cache = world.resource::<TimelineCache>();
    let has_observations = world.resource::<Observations>().bounds().is_some();
    TimelineModel {
        now: clock.now(),
        present: clock.present(),
        live: clock.is_live(),
        playing: clock.is_running(),
        speed: f64::from(clock.speed().factor()),
        earliest: has_observations.then(|| first_known(world)),
        density: cache.density.clone(),
        daylight: cache.daylight.clone(),
        changes: cache.changes.clone(),
        dates_obeyed: world.resource::<CityHistory>().obeyed,
        time_zone: clock.zone().clone(),
    }
}

/// When the city itself changes.
fn changes(history: &CityHistory) -> Arc<[CityChange]> {
    let changes = history.changes().iter().filter_map(|change| {
        Some(CityChange {
            at: Timestamp::from_millisecond(change.at_ms).ok()?,
            appearing: u64::from(change.appearing),
            vanishing: u64::from(change.vanishing),
        })
    });
    changes.collect()
}
