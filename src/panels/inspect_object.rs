//! What is known of the selected city object.

use std::collections::BTreeSet;

use bevy::prelude::*;
use jiff::{SignedDuration, Timestamp};
use tiles3d::{FeatureAttribute, FeatureValue};
use veduta_panels::{
    AttributeRow, EntityKind, EntityRow, ObjectDetail, ObjectKind, PartRow, RelationRow, Value,
    language::Language,
};
use veduta_time::{Knowledge, SeriesStore};

use super::inspect_surface::{ClickedSurface, surface_detail};
use crate::{
    city::{CityFeatures, FeatureRef, FeatureStates, HIDDEN, LookInside, Side, is_built},
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
        attributes: attribute_rows(world, &object, language),
        surface: surface_detail(city, world.resource::<ClickedSurface>(), id, language),
        relations: relation_rows(city, &object, language),
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
        opened: is_built(&top.feature.object_type)
            .then(|| world.resource::<LookInside>().is_active()),
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

/// References to others, in the order of the source.
fn relation_rows(
    city: &CityFeatures,
    object: &FeatureRef,
    language: &Language,
) -> Vec<RelationRow> {
    let rows = object.feature.relations.iter().map(|(role, id)| {
        let target = city.with_id(id).first().and_then(|index| city.get(*index));
        RelationRow {
            role: match role.as_str() {
                "groupMember" => language.tr("relation-member"),
                other => other.to_owned(),
            },
            target: target.as_ref().map(part_row),
            target_id: id.clone(),
        }
    });
    rows.collect()
}

/// An attribute as the source states it.
pub fn attribute_row(attribute: &FeatureAttribute) -> AttributeRow {
    AttributeRow {
        name: attribute.name.clone(),
        value: match &attribute.value {
            FeatureValue::Number(number) => Value::number(*number, decimals(*number)),
            FeatureValue::Boolean(flag) => Value::Boolean(*flag),
            FeatureValue::Text(text) => Value::from(text.as_str()),
        },
        unit: attribute.unit.as_deref().map_or("", short_unit).to_owned(),
        derived: false,
    }
}

/// Units are often written as references, `urn:adv:uom:m` or `#m`; what counts stands last.
fn short_unit(unit: &str) -> &str {
    let unit = unit.rsplit('#').next().unwrap_or(unit);
    if unit.starts_with("urn:") {
        unit.rsplit(':').next().unwrap_or(unit)
    } else {
        unit
    }
}

fn attribute_rows(world: &World, object: &FeatureRef, language: &Language) -> Vec<AttributeRow> {
    let city = world.resource::<CityFeatures>();
    let feature = object.feature;
    let mut rows: Vec<AttributeRow> = feature.attributes.iter().map(attribute_row).collect();
    let derived = |key: &str, value: Value, unit: &str| AttributeRow {
        name: language.tr(key),
        value,
        unit: unit.to_owned(),
        derived: true,
    };
    let zone = world.resource::<SceneClock>().zone();
    let dates = ["attribute-exists-from", "attribute-exists-until"];
    for (key, at_ms) in dates.into_iter().zip(feature.lifespan_ms) {
        let at = at_ms.and_then(|at_ms| Timestamp::from_millisecond(at_ms).ok());
        rows.extend(at.map(|at| {
            let date = language.date(&at.to_zoned(zone.clone()));
            derived(key, Value::from(date.as_str()), "")
        }));
    }
    if let Some(levels) = levels_text(world, object, language) {
        rows.push(derived("attribute-lod", Value::from(levels.as_str()), ""));
    }
    let parts = city.with_descendants(object.index).into_iter();
    let heights = parts.filter_map(|part| {
        let [low, high] = city.get(part)?.feature.bounds_local;
        (high[2] >= low[2]).then_some((low[2], high[2]))
    });
    let whole = heights.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    if let Some((low, high)) = whole.filter(|(low, high)| high > low) {
        let height = Value::number(f64::from(high - low), 1);
        rows.push(derived("attribute-height", height, "m"));
    }
    rows
}

/// Levels of detail of an object and all that belongs to it, the shown ones first: "2 of 0, 1, 2".
fn levels_text(world: &World, object: &FeatureRef, language: &Language) -> Option<String> {
    let city = world.resource::<CityFeatures>();
    let states = world.resource::<FeatureStates>();
    let mut all = BTreeSet::new();
    let mut shown = BTreeSet::new();
    let own = city.with_descendants(object.index).into_iter();
    for row in own.filter_map(|index| city.get(index)) {
        let Some(level) = row.feature.lod else {
            continue;
        };
        if row.feature.is_interior && !object.feature.is_interior {
            continue;
        }
        all.insert(level);
        if states.get(Side::Left, row.index).flags & HIDDEN == 0 {
            shown.insert(level);
        }
    }
    let list = |levels: &BTreeSet<u8>| {
        let levels: Vec<String> = levels.iter().map(u8::to_string).collect();
        levels.join(", ")
    };
    match (all.is_empty(), shown.is_empty() || shown == all) {
        (true, _) => None,
        (false, true) => Some(list(&all)),
        (false, false) => {
            let arguments = [("shown", list(&shown).into()), ("all", list(&all).into())];
            Some(language.tr_with("attribute-level-of", &arguments))
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_shown_short() {
        let units = [
            "#m",
            "urn:adv:uom:m",
            "http://www.example.org/units#m2",
            "kWh/m²",
            "",
        ];
        assert_eq!(units.map(short_unit), ["m", "m", "m2", "kWh/m²", ""]);
    }
}
