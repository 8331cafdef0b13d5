//! What was known of an entity at the shown moment, and in which colour it is shown.

use bevy::prelude::*;
use jiff::{SignedDuration, Timestamp};
use veduta_panels::{
    Reading, Value,
    theme::{ColourScale, Freshness, Srgb},
};
use veduta_time::{Knowledge, SeriesStore, freshness, stale_after_for};

use crate::{
    live::{LiveEntity, is_descriptive},
    stream::{OpenScene, StreamState},
};

/// How far back the rhythm of a series is looked at.
const RHYTHM_WINDOW: SignedDuration = SignedDuration::from_hours(2);

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
    /// The overlay that markers of an entity type follow: the first visible one, else the first.
    pub fn for_type(&self, entity_type: &str) -> Option<&OverlaySettings> {
        let mut visible = self
            .of_type(entity_type)
            .filter(|settings| settings.visible);
        visible.next().or_else(|| self.of_type(entity_type).next())
    }

    /// The overlay that says how an attribute of an entity type is shown.
    pub fn for_attribute(&self, entity_type: &str, attribute: &str) -> Option<&OverlaySettings> {
        self.of_type(entity_type)
            .find(|settings| settings.overlay.attribute == attribute)
    }

    fn of_type(&self, entity_type: &str) -> impl Iterator<Item = &OverlaySettings> {
        self.overlays
            .iter()
            .filter(move |settings| settings.overlay.entity_type == entity_type)
    }
}

/// Takes the overlays over from a scene that opens, and adds one for each further entity type.
pub(super) fn open_overlays(
    mut opened: MessageReader<OpenScene>,
    stream: Res<StreamState>,
    entities: Query<&LiveEntity, Changed<LiveEntity>>,
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
        // Later messages may bring what the first one lacked, so it is asked at every change.
        let Some(attribute) = leading_attribute(&live.entity) else {
            continue;
        };
        // A scene that says what to show is not to be filled with what it left out.
        let is_curated = stream
            .scene
            .as_ref()
            .is_some_and(|scene| !scene.overlays.is_empty());
        overlays.overlays.push(OverlaySettings {
            visible: !is_curated,
            overlay: overlay_for(entity_type, attribute),
        });
    }
}

/// The overlay of a type that the scene file does not mention.
fn overlay_for(entity_type: &str, attribute: String) -> veduta_scene::Overlay {
    veduta_scene::Overlay {
        name: entity_type.to_owned(),
        entity_type: entity_type.to_owned(),
        attribute,
        label: String::new(),
        unit: None,
        colour_scale: veduta_scene::ColourScale::default(),
        range: None,
        stale_after_secs: None,
        visible: true,
    }
}

/// The attribute to show of a type that no overlay names: observed numbers before other numbers,
/// numbers before texts, and within these the first by name.
fn leading_attribute(entity: &ngsild::Entity) -> Option<String> {
    // A building in the broker is a reference to one in the model, nothing that lives.
    if entity.entity_type() == "Building" {
        return None;
    }
    let candidates = entity.attributes.iter().filter_map(|(name, instances)| {
        let default = instances
            .iter()
            .find(|instance| instance.dataset_id.is_none())?;
        if is_descriptive(name) {
            return None;
        }
        let kind = match (default.as_number(), default.as_text()) {
            (Some(_), _) => 0,
            (None, Some(_)) => 2,
            (None, None) => return None,
        };
        Some((kind + u8::from(default.observed_at.is_none()), name))
    });
    candidates.min().map(|(_, name)| name.clone())
}

/// Age at which a value of a series counts as stale.
pub fn stale_after(
    overlay: Option<&OverlaySettings>,
    store: &SeriesStore,
    entity: &str,
    attribute: &str,
    moment: Timestamp,
) -> SignedDuration {
    let said = overlay.and_then(|settings| settings.overlay.stale_after_secs);
    match said {
        Some(seconds) => {
            SignedDuration::try_from_secs_f64(seconds).unwrap_or(veduta_time::DEFAULT_STALE_AFTER)
        }
        None => stale_after_for(
            store
                .find(entity, attribute)
                .and_then(|series| interval_at(store, series, moment)),
        ),
    }
}

/// How often a series brought values around a moment: the past that a broker kept may be sparser than
/// what arrives live, and a sensor is judged by the rhythm it had then.
fn interval_at(
    store: &SeriesStore,
    series: veduta_time::SeriesId,
    moment: Timestamp,
) -> Option<SignedDuration> {
    let latest = store.value_at(series, Timestamp::MAX)?.observed_at;
    if moment >= latest {
        return store.usual_interval(series);
    }
    let from = moment.checked_sub(RHYTHM_WINDOW).ok()?;
    let known = Knowledge::AsOf(moment);
    let times: Vec<Timestamp> = store
        .range(series, from, moment, known)
        .map(|sample| sample.observed_at)
        .collect();
    let mut gaps: Vec<SignedDuration> = times
        .windows(2)
        .map(|pair| pair[1].duration_since(pair[0]))
        .collect();
    gaps.sort();
    gaps.get(gaps.len() / 2).copied()
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
    let looks = freshness(
        age,
        stale_after(overlay, store, &live.entity.id, attribute, moment),
    );
    let value = match sample.value {
        veduta_time::Value::Number(number) => Value::number(number, decimals_for(number)),
        veduta_time::Value::Text(text) => Value::from(text),
    };
    Some(Reading {
        property: attribute_label(attribute).to_owned(),
        value,
        unit: unit_of(live, attribute, overlay),
        age_secs: Some(age.as_secs_f64()),
        freshness: match looks {
            veduta_time::Freshness::Fresh => Freshness::Fresh,
            veduta_time::Freshness::Stale => Freshness::Late,
            veduta_time::Freshness::Silent => Freshness::Silent,
        },
    })
}

/// The unit that the overlay states, else the one the entity states; empty for none.
pub fn unit_of(live: &LiveEntity, attribute: &str, overlay: Option<&OverlaySettings>) -> String {
    let stated = overlay.and_then(|settings| settings.overlay.unit.clone());
    stated.unwrap_or_else(|| {
        let instance = live.entity.attribute(attribute);
        let symbol = instance.and_then(|instance| instance.unit_symbol());
        symbol.map(std::borrow::Cow::into_owned).unwrap_or_default()
    })
}

/// What the overlay of an entity's markers shows of it at a moment.
pub fn leading_reading(
    live: &LiveEntity,
    overlays: &SceneOverlays,
    store: &SeriesStore,
    moment: Timestamp,
) -> Option<(Reading, Option<f64>)> {
    let settings = overlays.for_type(live.entity.entity_type())?;
    reading_for(live, settings, store, moment)
}

/// What one overlay shows of an entity at a moment, and the number to colour it by.
pub fn reading_for(
    live: &LiveEntity,
    settings: &OverlaySettings,
    store: &SeriesStore,
    moment: Timestamp,
) -> Option<(Reading, Option<f64>)> {
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

    fn overlay(attribute: &str, visible: bool) -> OverlaySettings {
        OverlaySettings {
            overlay: overlay_for("AirQualityObserved", attribute.to_owned()),
            visible,
        }
    }

    #[test]
    fn markers_follow_the_visible_overlay_of_their_type() {
        let shown = |visible: [bool; 3]| {
            let [no2, pm10, o3] = visible;
            let overlays = SceneOverlays {
                overlays: vec![
                    overlay("no2", no2),
                    overlay("pm10", pm10),
                    overlay("o3", o3),
                ],
            };
            let settings = overlays.for_type("AirQualityObserved");
            settings.map(|settings| settings.overlay.attribute.clone())
        };
        assert_eq!(shown([true, false, false]).as_deref(), Some("no2"));
        assert_eq!(shown([false, true, false]).as_deref(), Some("pm10"));
        assert_eq!(shown([false, true, true]).as_deref(), Some("pm10"));
        assert_eq!(shown([false; 3]).as_deref(), Some("no2"));
    }

    #[test]
    fn each_overlay_reads_its_own_attribute() {
        let at: Timestamp = "2026-06-01T10:00:00Z".parse().expect("a timestamp");
        let live = LiveEntity {
            entity: ngsild::Entity::new("urn:ngsi-ld:AirQualityObserved:1", "AirQualityObserved"),
            broker: 0,
            place_enu: None,
            object_id: None,
        };
        let mut store = SeriesStore::default();
        for (name, value) in [("no2", 31.0), ("o3", 74.0)] {
            let value = veduta_time::Value::Number(value);
            store.insert(&live.entity.id, name, at, Arrival::BackFill, value);
        }
        let mut ozone = overlay("o3", false);
        ozone.overlay.unit = Some("ppb".to_owned());
        let overlays = SceneOverlays {
            overlays: vec![overlay("no2", true), ozone.clone()],
        };
        let (reading, number) = reading_for(&live, &ozone, &store, at).expect("a value");
        assert_eq!((reading.unit.as_str(), number), ("ppb", Some(74.0)));
        let (_, number) = leading_reading(&live, &overlays, &store, at).expect("a value");
        assert_eq!(number, Some(31.0));
    }

    fn entity(value: serde_json::Value) -> ngsild::Entity {
        let mut diagnostics = ngsild::Diagnostics::new();
        ngsild::Entity::from_value(value, &ngsild::Context::core(), &mut diagnostics)
            .expect("an entity")
    }

    #[test]
    fn the_leading_attribute_is_a_number_where_there_is_one() {
        let plain = entity(serde_json::json!({
            "id": "urn:ngsi-ld:Weather:1",
            "type": "Weather",
            "name": "Roof",
            "condition": "fog",
            "temperature": 21.5,
        }));
        assert_eq!(leading_attribute(&plain).as_deref(), Some("temperature"));
        let observed = plain.with(
            "wind",
            ngsild::AttributeInstance::property(3.0)
                .observed_at("2026-06-01T10:00:00Z".parse().expect("a timestamp")),
        );
        assert_eq!(leading_attribute(&observed).as_deref(), Some("wind"));
        let text = entity(serde_json::json!({
            "id": "urn:ngsi-ld:ParkingSpot:1",
            "type": "ParkingSpot",
            "name": "P1",
            "status": "free",
        }));
        assert_eq!(leading_attribute(&text).as_deref(), Some("status"));
        let building = entity(serde_json::json!({
            "id": "urn:ngsi-ld:Building:1",
            "type": "Building",
            "floorsAboveGround": 4,
        }));
        assert_eq!(leading_attribute(&building), None);
    }

    #[test]
    fn a_reading_is_what_was_known_then_with_its_age() {
        let entity = ngsild::Entity::new("urn:ngsi-ld:AirQualityObserved:1", "AirQualityObserved")
            .with(
                "NO2",
                ngsild::AttributeInstance::property(31.0).unit_code("GQ"),
            );
        let live = LiveEntity {
            entity,
            broker: 0,
            place_enu: None,
            object_id: None,
        };
        let at = |text: &str| text.parse::<Timestamp>().expect("a timestamp");
        let mut store = SeriesStore::default();
        for (time, value) in [
            ("2026-06-01T10:00:00Z", 20.0),
            ("2026-06-01T10:15:00Z", 31.0),
        ] {
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
