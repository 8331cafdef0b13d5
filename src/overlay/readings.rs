//! What was known of an entity at the shown moment, and in which colour it is shown.

use bevy::prelude::*;
use jiff::{SignedDuration, Timestamp};
use veduta_panels::{
    Reading, Value,
    theme::{ColourScale, Freshness, Srgb},
};
use veduta_time::{SeriesStore, freshness, stale_after_for};

use crate::{
    live::LiveEntity,
    stream::{OpenScene, StreamState},
};

/// An overlay with its present visibility.
#[derive(Debug, Clone, PartialEq)]
pub struct OverlaySettings {
    /// As in the scene file, or made for an entity type that no overlay names.
    pub overlay: veduta_scene::Overlay,
    /// Shown.
    pub visible: bool,
}

impl OverlaySettings {
    /// The scale's colours; classes are coloured by their own table.
    pub fn scale(&self) -> ColourScale {
        match self.overlay.colour_scale {
            veduta_scene::ColourScale::Cividis => ColourScale::Cividis,
            veduta_scene::ColourScale::BlueRed => ColourScale::BlueRed,
            veduta_scene::ColourScale::Viridis | veduta_scene::ColourScale::OkabeIto => {
                ColourScale::Viridis
            }
        }
    }

    /// Name on screen.
    pub fn label(&self) -> &str {
        if self.overlay.label.is_empty() {
            &self.overlay.name
        } else {
            &self.overlay.label
        }
    }

    /// Colour of a value.
    pub fn colour(&self, value: f64) -> Srgb {
        let [low, high] = self.overlay.range.unwrap_or([0.0, 100.0]);
        self.scale().at(value, low, high)
    }
}

/// The overlays of the open scene.
#[derive(Resource, Debug, Default)]
pub struct SceneOverlays {
    /// In the order of the scene file; those made for other types follow.
    pub overlays: Vec<OverlaySettings>,
}

impl SceneOverlays {
    /// The first overlay for an entity type.
    pub fn for_type(&self, entity_type: &str) -> Option<&OverlaySettings> {
        let mut all = self.overlays.iter();
        all.find(|settings| settings.overlay.entity_type == entity_type)
    }
}

/// Takes the overlays over from a scene that opens, and adds one for each further entity type.
pub(super) fn open_overlays(
    mut opened: MessageReader<OpenScene>,
    stream: Res<StreamState>,
    entities: Query<&LiveEntity, Added<LiveEntity>>,
    mut overlays: ResMut<SceneOverlays>,
) {
    if opened.read().count() > 0 {
        let scene = stream.scene.iter().flat_map(|scene| &scene.overlays);
        overlays.overlays = scene
            .map(|overlay| OverlaySettings {
                visible: overlay.visible,
                overlay: overlay.clone(),
            })
            .collect();
    }
    for live in &entities {
        let entity_type = live.entity.entity_type();
        if overlays.for_type(entity_type).is_some() {
            continue;
        }
        // An entity without anything numeric (a building, a street) gets no overlay of its own.
        let Some(attribute) = leading_attribute(&live.entity) else {
            continue;
        };
        overlays.overlays.push(OverlaySettings {
            visible: true,
            overlay: veduta_scene::Overlay {
                name: entity_type.to_owned(),
                entity_type: entity_type.to_owned(),
                attribute,
                label: String::new(),
                unit: None,
                colour_scale: veduta_scene::ColourScale::default(),
                range: None,
                stale_after_secs: None,
                visible: true,
            },
        });
    }
}

fn leading_attribute(entity: &ngsild::Entity) -> Option<String> {
    let observed = entity.attributes.iter().filter(|(_, instances)| {
        let first = instances.first();
        first.is_some_and(|first| first.observed_at.is_some() && first.as_number().is_some())
    });
    observed.map(|(name, _)| name.clone()).next()
}

/// Age at which a value of a series counts as stale.
pub fn stale_after(
    overlay: Option<&OverlaySettings>,
    store: &SeriesStore,
    entity: &str,
    attribute: &str,
) -> SignedDuration {
    let said = overlay.and_then(|settings| settings.overlay.stale_after_secs);
    match said {
        Some(seconds) => SignedDuration::try_from_secs_f64(seconds)
            .unwrap_or(veduta_time::DEFAULT_STALE_AFTER),
        None => stale_after_for(
            store
                .find(entity, attribute)
                .and_then(|series| store.usual_interval(series)),
        ),
    }
}

/// What was known of an attribute at a moment.
pub fn reading_of(
    live: &LiveEntity,
    attribute: &str,
    overlay: Option<&OverlaySettings>,
    store: &SeriesStore,
    moment: Timestamp,
) -> Option<Reading> {
    let series = store.find(&live.entity.id, attribute)?;
    let sample = store.value_at(series, moment)?;
    let age = moment.duration_since(sample.observed_at);
    let looks = freshness(age, stale_after(overlay, store, &live.entity.id, attribute));
    let value = match sample.value {
        veduta_time::Value::Number(number) => Value::number(number, decimals_for(number)),
        veduta_time::Value::Text(text) => Value::from(text),
    };
    let stated = overlay.and_then(|settings| settings.overlay.unit.clone());
    let unit = stated.unwrap_or_else(|| {
        let instance = live.entity.attribute(attribute);
        let symbol = instance.and_then(|instance| instance.unit_symbol());
        symbol.map(std::borrow::Cow::into_owned).unwrap_or_default()
    });
    Some(Reading {
        property: attribute_label(attribute).to_owned(),
        value,
        unit,
        age_secs: Some(age.as_secs_f64()),
        freshness: match looks {
            veduta_time::Freshness::Fresh => Freshness::Fresh,
            veduta_time::Freshness::Stale => Freshness::Late,
            veduta_time::Freshness::Silent => Freshness::Silent,
        },
    })
}

/// What an entity's overlay shows of it at a moment.
pub fn leading_reading(
    live: &LiveEntity,
    overlays: &SceneOverlays,
    store: &SeriesStore,
    moment: Timestamp,
) -> Option<(Reading, Option<f64>)> {
    let settings = overlays.for_type(live.entity.entity_type())?;
    let attribute = &settings.overlay.attribute;
    let reading = reading_of(live, attribute, Some(settings), store, moment)?;
    let number = match reading.value {
        Value::Number { value, .. } => Some(value),
        Value::Text(_) | Value::Boolean(_) => None,
    };
    Some((reading, number))
}

/// Two or three significant digits.
fn decimals_for(number: f64) -> u8 {
    match number.abs() {
        value if value >= 20.0 || value == value.trunc() => 0,
        value if value >= 1.0 => 1,
        _ => 2,
    }
}

/// How an attribute is written for people: chemical formulae with their small figures.
pub fn attribute_label(attribute: &str) -> &str {
    match attribute {
        "NO2" | "no2" => "NO₂",
        "CO2" | "co2" => "CO₂",
        "O3" | "o3" => "O₃",
        "SO2" | "so2" => "SO₂",
        "PM10" | "pm10" => "PM₁₀",
        "PM25" | "pm25" | "PM2.5" => "PM₂.₅",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use veduta_time::Arrival;

    #[test]
    fn a_reading_is_what_was_known_then_with_its_age() {
        let entity = ngsild::Entity::new("urn:ngsi-ld:AirQualityObserved:1", "AirQualityObserved")
            .with("NO2", ngsild::AttributeInstance::property(31.0).unit_code("GQ"));
        let live = LiveEntity {
            entity,
            broker: 0,
            place_enu: None,
            object_id: None,
        };
        let at = |text: &str| text.parse::<Timestamp>().expect("a timestamp");
        let mut store = SeriesStore::default();
        for (time, value) in [("2026-06-01T10:00:00Z", 20.0), ("2026-06-01T10:15:00Z", 31.0)] {
            store.insert(
                &live.entity.id,
                "NO2",
                at(time),
                Arrival::BackFill,
                veduta_time::Value::Number(value),
            );
        }
        let reading = reading_of(&live, "NO2", None, &store, at("2026-06-01T10:14:00Z"));
        let reading = reading.expect("something was known");
        assert_eq!(reading.value, Value::number(20.0, 0));
        assert_eq!(reading.age_secs, Some(840.0));
        assert_eq!(reading.unit, "µg/m³");
        assert_eq!(reading.property, "NO₂");
        assert!(reading_of(&live, "NO2", None, &store, at("2026-06-01T09:00:00Z")).is_none());
        let later = reading_of(&live, "NO2", None, &store, at("2026-06-02T10:00:00Z"));
        assert_eq!(later.map(|r| r.freshness), Some(Freshness::Silent));
    }
}
