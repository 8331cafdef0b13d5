//! What is known of the selected city object.

use bevy::prelude::*;
use jiff::{SignedDuration, Timestamp};
use tiles3d::FeatureValue;
use veduta_panels::{
    AttributeRow, EntityKind, EntityRow, ObjectDetail, ObjectKind, PartRow, Value,
    language::Language,
};
use veduta_time::{Knowledge, SeriesStore};

use crate::{
    city::{CityFeatures, FeatureRef},
    clock::SceneClock,
    live::{LiveEntity, Observations},
    overlay::{SceneOverlays, leading_reading},
    stream::StreamState,
};

/// Span of the small trend beside a value.
const TREND: SignedDuration = SignedDuration::from_hours(6);
/// Points of that trend.
const TREND_POINTS: usize = 48;

/// The inspector's view of a city object; `None` when it is not loaded.
pub fn object_detail(
    world: &World,
    live: &[&LiveEntity],
    language: &Language,
    id: &str,
) -> Option<ObjectDetail> {
    let city = world.resource::<CityFeatures>();
    let index = *city.with_id(id).first()?;
    let object = city.get(index)?;
    let feature = object.feature;
    let top = city.get(city.top_level(index))?;
    let belongs: Vec<String> = city
        .with_descendants(top.index)
        .into_iter()
        .filter_map(|index| Some(city.get(index)?.feature.id.clone()))
        .collect();
    let stream = world.resource::<StreamState>();
    let source = stream.sources.get(object.tile.source);
    Some(ObjectDetail {
        id: id.into(),
        kind: ObjectKind::from_type_name(&feature.object_type),
        type_name: feature.object_type.clone(),
        name: feature.name.clone(),
        address: address_lines(feature.address.as_deref()),
        source: source.map_or_else(String::new, |source| source.name.clone()),
        attributes: attribute_rows(&object, language),
        parent: feature
            .parent
            .and_then(|_| parent_of(city, index))
            .map(|parent| part_row(&parent)),
        parts: city.parts(index).iter().map(part_row).collect(),
        entities: live
            .iter()
            .filter(|live| {
                live.object_id
                    .as_ref()
                    .is_some_and(|object| belongs.contains(object))
            })
            .map(|live| entity_row(world, live))
            .collect(),
        scenario: source.and_then(|source| source.scenarios.first()).cloned(),
    })
}

fn parent_of(city: &CityFeatures, index: u32) -> Option<FeatureRef<'_>> {
    let object = city.get(index)?;
    let parent = object.feature.parent?;
    // The parent is in the same table: its number lies as far from the child's as their places do.
    let local = object
        .tile
        .content
        .features
        .iter()
        .position(|feature| std::ptr::eq(feature, object.feature))? as u32;
    city.get(index - local + parent)
}

/// A row for a part or a whole.
pub fn part_row(object: &FeatureRef) -> PartRow {
    let feature = object.feature;
    PartRow {
        id: feature.id.as_str().into(),
        kind: ObjectKind::from_type_name(&feature.object_type),
        name: feature
            .name
            .clone()
            .or_else(|| feature.address.clone())
            .unwrap_or_else(|| feature.id.clone()),
    }
}

fn address_lines(address: Option<&str>) -> Vec<String> {
    let lines = address.into_iter().flat_map(|address| address.split(", "));
    lines.map(str::to_owned).collect()
}

fn attribute_rows(object: &FeatureRef, language: &Language) -> Vec<AttributeRow> {
    let feature = object.feature;
    let mut rows: Vec<AttributeRow> = feature
        .attributes
        .iter()
        .map(|attribute| AttributeRow {
            name: attribute.name.clone(),
            value: match &attribute.value {
                FeatureValue::Number(number) => Value::number(*number, decimals(*number)),
                FeatureValue::Boolean(flag) => Value::Boolean(*flag),
                FeatureValue::Text(text) => Value::from(text.as_str()),
            },
            unit: attribute.unit.clone().unwrap_or_default(),
            derived: false,
        })
        .collect();
    if let Some(lod) = feature.lod {
        rows.push(AttributeRow {
            name: language.tr("attribute-lod"),
            value: Value::number(f64::from(lod), 0),
            unit: String::new(),
            derived: true,
        });
    }
    let [low, high] = feature.bounds_local;
    if high[2] > low[2] {
        rows.push(AttributeRow {
            name: language.tr("attribute-height"),
            value: Value::number(f64::from(high[2] - low[2]), 1),
            unit: "m".to_owned(),
            derived: true,
        });
    }
    rows
}

fn decimals(number: f64) -> u8 {
    if number == number.trunc() { 0 } else { 2 }
}

/// A live entity as a line in the list of an object.
fn entity_row(world: &World, live: &LiveEntity) -> EntityRow {
    let overlays = world.resource::<SceneOverlays>();
    let store = world.resource::<Observations>();
    let now = world.resource::<SceneClock>().now();
    let leading = leading_reading(live, overlays, store, now);
    let attribute = overlays
        .for_type(live.entity.entity_type())
        .map(|settings| settings.overlay.attribute.as_str());
    EntityRow {
        id: live.entity.id.as_str().into(),
        kind: EntityKind::from_type_name(live.entity.entity_type()),
        name: live.display_name(),
        reading: leading.map(|(reading, _)| reading),
        trend: attribute.map_or_else(Vec::new, |attribute| {
            trend(store, &live.entity.id, attribute, now)
        }),
    }
}

fn trend(store: &SeriesStore, entity: &str, attribute: &str, now: Timestamp) -> Vec<[f64; 2]> {
    let Some(series) = store.find(entity, attribute) else {
        return Vec::new();
    };
    let from = now.checked_sub(TREND).unwrap_or(now);
    let points: Vec<(Timestamp, f64)> = store
        .range(series, from, now, Knowledge::AsOf(now))
        .filter_map(|sample| match sample.value {
            veduta_time::Value::Number(number) => Some((sample.observed_at, number)),
            veduta_time::Value::Text(_) => None,
        })
        .collect();
    veduta_time::min_max(points, from, now, TREND_POINTS)
        .into_iter()
        .map(|(at, number)| [at.duration_since(now).as_secs_f64(), number])
        .collect()
}
