//! Observations on their way into the series store.

use jiff::Timestamp;
use ngsild::{AttributeInstance, Entity, TemporalEntity};
use veduta_time::{Arrival, SeriesStore, Value};

/// Attributes that describe an entity rather than observe something.
const DESCRIPTIVE: [&str; 10] = [
    "name",
    "description",
    "dataProvider",
    "source",
    "owner",
    "address",
    "category",
    "location",
    "areaServed",
    "dateObserved",
];

/// True for attributes that describe an entity; they have no series and no marker.
pub fn is_descriptive(attribute: &str) -> bool {
    DESCRIPTIVE.contains(&attribute)
}

/// Puts the observations of an entity's present state into the store. `seen_at` dates values whose
/// source gives no time.
pub fn record_entity(
    store: &mut SeriesStore,
    entity: &Entity,
    seen_at: Timestamp,
    arrival: Arrival,
) {
    for (name, instances) in &entity.attributes {
        // Only the default instance: others are alternatives with a meaning of their own.
        let instance = instances
            .iter()
            .find(|instance| instance.dataset_id.is_none());
        if let Some(instance) = instance {
            record(store, &entity.id, name, instance, seen_at, arrival);
        }
    }
}

/// Puts a temporal evolution into the store.
pub fn record_history(store: &mut SeriesStore, history: &TemporalEntity) {
    for (name, instances) in &history.series {
        for instance in instances
            .iter()
            .filter(|instance| instance.dataset_id.is_none())
        {
            if let Some(at) = instance.effective_time() {
                record(store, &history.id, name, instance, at, Arrival::BackFill);
            }
        }
    }
}

fn record(
    store: &mut SeriesStore,
    entity: &str,
    name: &str,
    instance: &AttributeInstance,
    seen_at: Timestamp,
    arrival: Arrival,
) {
    if is_descriptive(name) {
        return;
    }
    let observed_at = instance.effective_time().unwrap_or(seen_at);
    let value = match (instance.as_number(), instance.as_text()) {
        (Some(number), _) => Value::Number(number),
        (None, Some(text)) => Value::Text(text),
        (None, None) => return,
    };
    // What the store does not take (duplicates, full series) it counts itself.
    let _counted_by_the_store = store.insert(entity, name, observed_at, arrival, value);
}
