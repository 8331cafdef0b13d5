//! What is known of the selected live entity.

use bevy::prelude::*;
use jiff::{SignedDuration, Timestamp};
use veduta_panels::{Chart, EntityAttribute, EntityDetail, EntityKind};
use veduta_time::{Knowledge, SeriesStore};

use super::inspect_object::part_row;
use crate::{
    city::CityFeatures,
    clock::SceneClock,
    live::{LiveEntity, Observations, SceneLinks},
    overlay::{OverlaySettings, SceneOverlays, reading_of, stale_after, unit_of},
};

/// Span of the chart where less is known.
const LEAST_SPAN: SignedDuration = SignedDuration::from_hours(1);
/// Points of the chart; more than the panel is pixels wide would not be seen.
const CHART_POINTS: usize = 300;

/// The attribute whose chart was asked for.
#[derive(Resource, Debug, Default)]
pub struct ChartedAttribute(pub Option<String>);

/// The inspector's view of an entity; `None` when there is none of that id.
pub fn entity_detail(world: &World, live: &[&LiveEntity], id: &str) -> Option<EntityDetail> {
    let live = live.iter().copied().find(|live| live.entity.id == id)?;
    let store = world.resource::<Observations>();
    let overlays = world.resource::<SceneOverlays>();
    let clock = world.resource::<SceneClock>();
    let entity_type = live.entity.entity_type();
    let overlay_of = |attribute: &str| overlays.for_attribute(entity_type, attribute);
    let leading = overlays.for_type(entity_type);
    let now = clock.now();
    let attributes: Vec<EntityAttribute> = store
        .series_of(id)
        .map(|(name, series)| {
            let reading = reading_of(live, name, overlay_of(name), store, now);
            let is_numeric = store
                .value_at(series, clock.present())
                .is_some_and(|sample| matches!(sample.value, veduta_time::Value::Number(_)));
            match reading {
                Some(reading) => EntityAttribute {
                    name: name.to_owned(),
                    value: reading.value,
                    unit: reading.unit,
                    age_secs: reading.age_secs,
                    freshness: reading.freshness,
                    has_series: is_numeric,
                },
                // Nothing was known at the shown moment.
                None => EntityAttribute {
                    name: name.to_owned(),
                    value: "–".into(),
                    unit: String::new(),
                    age_secs: None,
                    freshness: veduta_panels::theme::Freshness::default(),
                    has_series: is_numeric,
                },
            }
        })
        .collect();
    let charted = world.resource::<ChartedAttribute>().0.as_deref();
    let charted = charted
        .filter(|name| attributes.iter().any(|attribute| attribute.name == *name))
        .or(leading.map(|settings| settings.overlay.attribute.as_str()))
        .or_else(|| {
            let with_series = attributes.iter().find(|attribute| attribute.has_series);
            with_series.map(|attribute| attribute.name.as_str())
        });
    let chart = charted.and_then(|name| chart(live, name, overlay_of(name), store, clock));
    let city = world.resource::<CityFeatures>();
    let object = live.object_id.as_deref().and_then(|id| {
        let index = *city.with_id(id).first()?;
        city.get(index).map(|object| part_row(&object))
    });
    Some(EntityDetail {
        id: id.into(),
        kind: EntityKind::from_type_name(entity_type),
        type_name: entity_type.to_owned(),
        name: live.display_name(),
        broker: world
            .resource::<SceneLinks>()
            .links
            .get(live.broker)
            .map_or_else(String::new, |link| link.name.clone()),
        object,
        attributes,
        chart,
        synthetic: live.is_synthetic(),
    })
}

fn chart(
    live: &LiveEntity,
    attribute: &str,
    overlay: Option<&OverlaySettings>,
    store: &SeriesStore,
    clock: &SceneClock,
) -> Option<Chart> {
    let series = store.find(&live.entity.id, attribute)?;
    let until = clock.present();
    let least = until.checked_sub(LEAST_SPAN).unwrap_or(until);
    let from = store.bounds().map_or(least, |(first, _)| first.min(least));
    let points: Vec<(Timestamp, f64)> = store
        .range(series, from, until, Knowledge::Hindsight)
        .filter_map(|sample| match sample.value {
            veduta_time::Value::Number(number) => Some((sample.observed_at, number)),
            veduta_time::Value::Text(_) => None,
        })
        .collect();
    if points.is_empty() {
        return None;
    }
    let silent_after = stale_after(overlay, store, &live.entity.id, attribute, clock.present());
    Some(Chart {
        attribute: attribute.to_owned(),
        unit: unit_of(live, attribute, overlay),
        points: veduta_time::min_max(points, from, until, CHART_POINTS),
        // Back-filled history comes at wider steps than live values; a gap is what is wider still.
        gap_secs: (silent_after.as_secs_f64() * 2.0).max(2400.0),
        from,
        until,
        now: clock.now(),
        time_zone: clock.zone().clone(),
    })
}
