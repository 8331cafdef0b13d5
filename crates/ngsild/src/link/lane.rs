//! Events in a row, and how notifications are merged when the row is full.

use std::collections::{HashMap, VecDeque};

use super::event::LinkEvent;
use crate::model::Entity;

/// Events in order, with an index of the entities of the last one while that is being merged into.
#[derive(Default)]
pub(super) struct Lane {
    events: VecDeque<LinkEvent>,
    index_of_last: Option<HashMap<String, usize>>,
}

/// Entities that a notification says are deleted become an event of their own. They travel inside it until here, so
/// that they are merged like all others.
pub(super) fn split_deleted(event: LinkEvent) -> (Option<LinkEvent>, Option<LinkEvent>) {
    let LinkEvent::Notification {
        entities,
        received_at,
        notified_at,
        coalesced,
    } = event
    else {
        return (None, Some(event));
    };
    let (deleted, entities): (Vec<_>, Vec<_>) = entities
        .into_iter()
        .partition(|entity| entity.deleted_at.is_some());
    let ids: Vec<String> = deleted.into_iter().map(|entity| entity.id).collect();
    let rest = LinkEvent::Notification {
        entities,
        received_at,
        notified_at,
        coalesced,
    };
    let is_rest_empty =
        matches!(&rest, LinkEvent::Notification { entities, .. } if entities.is_empty());
    (
        (!ids.is_empty()).then_some(LinkEvent::Deleted(ids)),
        (!is_rest_empty).then_some(rest),
    )
}

impl Lane {
    pub fn len(&self) -> usize {
        self.events.len()
    }

    pub fn pop(&mut self) -> Option<LinkEvent> {
        let event = self.events.pop_front();
        if self.events.is_empty() {
            self.index_of_last = None;
        }
        event
    }

    pub fn into_events(self) -> VecDeque<LinkEvent> {
        self.events
    }

    pub fn push(&mut self, event: LinkEvent) {
        self.events.push_back(event);
        self.index_of_last = None;
    }

    /// Adds a notification, or merges it into the last one when so many events wait already.
    pub fn push_or_merge(&mut self, event: LinkEvent, capacity: usize) {
        let is_mergeable = self.events.len() >= capacity
            && matches!(self.events.back(), Some(LinkEvent::Notification { .. }));
        match event {
            LinkEvent::Notification {
                entities,
                received_at,
                notified_at,
                coalesced,
            } if is_mergeable => {
                if let Some(LinkEvent::Notification {
                    entities: last_entities,
                    received_at: last_received_at,
                    notified_at: last_notified_at,
                    coalesced: last_coalesced,
                }) = self.events.back_mut()
                {
                    let index = self
                        .index_of_last
                        .get_or_insert_with(|| index_by_id(last_entities));
                    merge_entities(last_entities, index, entities);
                    *last_received_at = received_at;
                    *last_notified_at = notified_at.or(*last_notified_at);
                    *last_coalesced += coalesced + 1;
                }
            }
            other => self.push(other),
        }
    }
}

fn index_by_id(entities: &[Entity]) -> HashMap<String, usize> {
    entities
        .iter()
        .enumerate()
        .map(|(index, entity)| (entity.id.clone(), index))
        .collect()
}

fn merge_entities(known: &mut Vec<Entity>, index: &mut HashMap<String, usize>, later: Vec<Entity>) {
    for entity in later {
        match index.get(&entity.id).and_then(|&at| known.get_mut(at)) {
            Some(earlier) => merge_changes(earlier, entity),
            None => {
                index.insert(entity.id.clone(), known.len());
                known.push(entity);
            }
        }
    }
}

/// Like [`Entity::merge`], but both are changes: a deleted attribute must stay in it as deleted, or the reader would
/// never hear of it.
fn merge_changes(earlier: &mut Entity, mut later: Entity) {
    let mut gone = Vec::new();
    for (name, instances) in &mut later.attributes {
        let (deleted, alive) = std::mem::take(instances)
            .into_iter()
            .partition(|i| i.is_deleted());
        *instances = alive;
        gone.push((name.clone(), deleted));
    }
    later
        .attributes
        .retain(|_, instances| !instances.is_empty());
    earlier.merge(later);
    for (name, deleted) in gone {
        let known = earlier.attributes.entry(name.clone()).or_default();
        for instance in deleted {
            known.retain(|k| k.dataset_id != instance.dataset_id);
            known.push(instance);
        }
        if known.is_empty() {
            earlier.attributes.remove(&name);
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::model::{AttributeInstance, AttributeKind};

    fn notification(id: &str, value: i64) -> LinkEvent {
        let at = Timestamp::from_second(value).unwrap();
        let reading = AttributeInstance::property(value).observed_at(at);
        LinkEvent::Notification {
            entities: vec![Entity::new(id, "S").with("value", reading)],
            received_at: at,
            notified_at: None,
            coalesced: 0,
        }
    }

    #[test]
    fn a_flood_is_merged_and_the_latest_value_of_every_entity_survives() {
        let mut lane = Lane::default();
        for value in 0..1000 {
            lane.push_or_merge(notification(&format!("urn:s:{}", value % 10), value), 3);
        }
        let events = lane.into_events();
        assert_eq!(events.len(), 3);
        let Some(LinkEvent::Notification {
            entities,
            coalesced,
            ..
        }) = events.back()
        else {
            panic!("{events:?}")
        };
        assert_eq!(*coalesced, 997);
        let mut latest: Vec<f64> = entities
            .iter()
            .filter_map(|entity| entity.numeric_value("value"))
            .collect();
        latest.sort_by(f64::total_cmp);
        let expected: Vec<f64> = (990..1000).map(f64::from).collect();
        assert_eq!(latest, expected);
    }

    #[test]
    fn a_deletion_survives_merging() {
        let mut lane = Lane::default();
        lane.push_or_merge(notification("urn:s:1", 1), 1);
        let null = AttributeInstance::new(AttributeKind::Null);
        let deletion = LinkEvent::Notification {
            entities: vec![Entity::new("urn:s:1", "S").with("value", null)],
            received_at: Timestamp::UNIX_EPOCH,
            notified_at: None,
            coalesced: 0,
        };
        lane.push_or_merge(deletion, 1);
        let Some(LinkEvent::Notification { entities, .. }) = lane.pop() else {
            panic!()
        };
        assert!(entities[0].attribute("value").unwrap().is_deleted());
    }

    #[test]
    fn deleted_entities_become_an_event_of_their_own() {
        let mut gone = Entity::new("urn:s:2", "S");
        gone.deleted_at = Some(Timestamp::UNIX_EPOCH);
        let event = LinkEvent::Notification {
            entities: vec![Entity::new("urn:s:1", "S"), gone],
            received_at: Timestamp::UNIX_EPOCH,
            notified_at: None,
            coalesced: 0,
        };
        let (deleted, rest) = split_deleted(event);
        assert_eq!(
            deleted,
            Some(LinkEvent::Deleted(vec!["urn:s:2".to_owned()]))
        );
        let Some(LinkEvent::Notification { entities, .. }) = rest else {
            panic!("{rest:?}")
        };
        assert_eq!(entities.len(), 1);
    }
}
