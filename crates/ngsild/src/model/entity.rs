//! An entity: an id, types, and attributes (ETSI GS CIM 009, 4.5.1).

use jiff::Timestamp;
use serde_json::Value;

use super::attribute::{AttributeInstance, AttributeKind, Attributes};
use super::geometry::{Geometry, Position};

/// A thing in the city as a broker describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entity {
    /// A URI, `urn:ngsi-ld:AirQualityObserved:…`.
    pub id: String,
    /// One type or several, as short names where the context allows.
    pub entity_types: Vec<String>,
    /// Scopes, `/Bonn/Südstadt` (4.18).
    pub scopes: Vec<String>,
    /// Its attributes by name.
    pub attributes: Attributes,
    /// When the broker first knew it.
    pub created_at: Option<Timestamp>,
    /// When the broker last changed it.
    pub modified_at: Option<Timestamp>,
    /// Set when the entity was deleted, in notifications and temporal answers.
    pub deleted_at: Option<Timestamp>,
}

impl Entity {
    /// An entity without attributes.
    pub fn new(id: impl Into<String>, entity_type: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            entity_types: vec![entity_type.into()],
            scopes: Vec::new(),
            attributes: Attributes::new(),
            created_at: None,
            modified_at: None,
            deleted_at: None,
        }
    }

    /// The same with one more attribute instance.
    pub fn with(mut self, name: impl Into<String>, instance: AttributeInstance) -> Self {
        self.attributes
            .entry(name.into())
            .or_default()
            .push(instance);
        self
    }

    /// The first of its types; empty for an entity that has none.
    pub fn entity_type(&self) -> &str {
        self.entity_types.first().map_or("", String::as_str)
    }

    /// The default instance of an attribute: the one without a `datasetId`, else the first.
    pub fn attribute(&self, name: &str) -> Option<&AttributeInstance> {
        let instances = self.attributes.get(name)?;
        instances
            .iter()
            .find(|i| i.dataset_id.is_none())
            .or_else(|| instances.first())
    }

    /// The value of a Property.
    pub fn value(&self, name: &str) -> Option<&Value> {
        match &self.attribute(name)?.kind {
            AttributeKind::Property(value) => Some(value),
            _ => None,
        }
    }

    /// The number of a Property, in the unit of its `unit_code`.
    pub fn numeric_value(&self, name: &str) -> Option<f64> {
        self.attribute(name)?.as_number()
    }

    /// The text of a Property, LanguageProperty or VocabProperty.
    pub fn text_value(&self, name: &str) -> Option<&str> {
        self.attribute(name)?.as_text()
    }

    /// The geometry of a GeoProperty.
    pub fn geometry(&self, name: &str) -> Option<&Geometry> {
        self.attribute(name)?.as_geometry()
    }

    /// Where it stands: `location`, else the first other GeoProperty. A line or an area is represented by its centroid.
    pub fn location_wgs84(&self) -> Option<Position> {
        self.geometry("location")
            .or_else(|| {
                self.attributes
                    .values()
                    .flatten()
                    .find_map(AttributeInstance::as_geometry)
            })
            .and_then(Geometry::representative_position)
    }

    /// The ids of the entities an attribute points to, in all its instances.
    pub fn relationship_targets(&self, name: &str) -> Vec<&str> {
        self.attributes
            .get(name)
            .map(|instances| {
                instances
                    .iter()
                    .flat_map(AttributeInstance::targets)
                    .collect()
            })
            .unwrap_or_default()
    }

    /// The latest moment any of its attributes was observed.
    pub fn last_observed_at(&self) -> Option<Timestamp> {
        self.attributes
            .values()
            .flatten()
            .filter_map(|i| i.observed_at)
            .max()
    }

    /// Takes over what a later, perhaps partial, description of the same entity says: attributes that it lacks stay,
    /// deleted ones go, and an instance replaces the one with the same `datasetId` unless that one is newer. So
    /// notifications may arrive twice or out of order.
    pub fn merge(&mut self, later: Entity) {
        if !later.entity_types.is_empty() {
            self.entity_types = later.entity_types;
        }
        if !later.scopes.is_empty() {
            self.scopes = later.scopes;
        }
        self.created_at = self.created_at.or(later.created_at);
        self.modified_at = self.modified_at.max(later.modified_at);
        self.deleted_at = later.deleted_at;
        for (name, instances) in later.attributes {
            let known = self.attributes.entry(name.clone()).or_default();
            for instance in instances {
                merge_instance(known, instance);
            }
            if known.is_empty() {
                self.attributes.remove(&name);
            }
        }
    }
}

fn merge_instance(known: &mut Vec<AttributeInstance>, later: AttributeInstance) {
    let slot = known.iter().position(|i| i.dataset_id == later.dataset_id);
    match slot {
        Some(index) if is_older(&later, &known[index]) => {}
        Some(index) if later.is_deleted() => {
            known.remove(index);
        }
        Some(index) => known[index] = later,
        None if later.is_deleted() => {}
        None => known.push(later),
    }
}

/// Older only if both say when; what does not say when is taken as news.
fn is_older(later: &AttributeInstance, known: &AttributeInstance) -> bool {
    match (later.observed_at, known.observed_at) {
        (Some(later), Some(known)) => later < known,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + 60 * minute).unwrap()
    }

    fn reading(value: f64, minute: i64) -> Entity {
        Entity::new("urn:s:1", "Sensor").with(
            "temperature",
            AttributeInstance::property(value).observed_at(at(minute)),
        )
    }

    #[test]
    fn a_late_notification_does_not_turn_back_time() {
        let mut entity = reading(20.0, 5);
        entity.merge(reading(19.0, 4));
        assert_eq!(entity.numeric_value("temperature"), Some(20.0));
        entity.merge(reading(21.0, 6));
        assert_eq!(entity.numeric_value("temperature"), Some(21.0));
    }

    #[test]
    fn a_partial_notification_leaves_the_rest_alone() {
        let mut entity = reading(20.0, 5).with("name", AttributeInstance::property("roof"));
        entity.merge(reading(21.0, 6));
        assert_eq!(entity.text_value("name"), Some("roof"));
    }

    #[test]
    fn a_null_deletes_the_instance_it_names_and_no_other() {
        let mut entity = reading(20.0, 5).with(
            "temperature",
            AttributeInstance::property(7).dataset_id("urn:d:cellar"),
        );
        let null = AttributeInstance::new(AttributeKind::Null);
        entity.merge(Entity::new("urn:s:1", "Sensor").with("temperature", null));
        assert_eq!(entity.numeric_value("temperature"), Some(7.0));
        let null = AttributeInstance::new(AttributeKind::Null).dataset_id("urn:d:cellar");
        entity.merge(Entity::new("urn:s:1", "Sensor").with("temperature", null));
        assert!(entity.attributes.is_empty());
    }

    #[test]
    fn the_default_instance_is_found_wherever_it_stands() {
        let entity = Entity::new("urn:s:1", "Sensor")
            .with(
                "temperature",
                AttributeInstance::property(1).dataset_id("urn:d:a"),
            )
            .with("temperature", AttributeInstance::property(2));
        assert_eq!(entity.numeric_value("temperature"), Some(2.0));
    }
}
