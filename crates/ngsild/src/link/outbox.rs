//! The queue between the sockets and the reader of events. It never makes a broker wait and never grows without bound:
//! notifications that find it full are merged into the last one, entity by entity.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, mpsc};

use super::event::LinkEvent;
use crate::model::Entity;

/// Events on their way to the reader.
pub(super) struct Outbox {
    state: Mutex<State>,
    is_fuller: Notify,
    is_emptier: Notify,
    capacity: usize,
}

#[derive(Default)]
struct State {
    queue: Lane,
    /// Notifications that arrived while the state was being fetched; they follow it.
    held: Option<Lane>,
    /// Ids of entities that notifications told of, until the session asks.
    noted_ids: BTreeSet<String>,
}

/// Events in order, with an index of the entities of the last one while that is being merged into.
#[derive(Default)]
struct Lane {
    events: VecDeque<LinkEvent>,
    index_of_last: Option<HashMap<String, usize>>,
}

impl Outbox {
    pub fn new(capacity: usize) -> Self {
        Self {
            state: Mutex::new(State::default()),
            is_fuller: Notify::new(),
            is_emptier: Notify::new(),
            capacity: capacity.max(1),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // No code panics while it holds the lock; should it ever, the queue is still whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds an event of the link itself. These are few, so there is always room.
    pub fn push(&self, event: LinkEvent) {
        self.lock().queue.push(event);
        self.is_fuller.notify_one();
    }

    /// Adds a part of the state, when there is room.
    pub async fn push_when_room(&self, event: LinkEvent) {
        loop {
            {
                let mut state = self.lock();
                if state.queue.events.len() < self.capacity {
                    state.queue.push(event);
                    break;
                }
            }
            self.is_emptier.notified().await;
        }
        self.is_fuller.notify_one();
    }

    /// Adds a notification, merged into the last one when there is no room.
    pub fn push_notification(&self, event: LinkEvent) {
        let mut guard = self.lock();
        let state = &mut *guard;
        if let LinkEvent::Notification { entities, .. } = &event {
            state
                .noted_ids
                .extend(entities.iter().map(|entity| entity.id.clone()));
        }
        let lane = state.held.as_mut().unwrap_or(&mut state.queue);
        lane.push_or_merge(event, self.capacity);
        drop(guard);
        self.is_fuller.notify_one();
    }

    /// The ids of entities that notifications told of since this was last asked.
    pub fn take_noted_ids(&self) -> BTreeSet<String> {
        std::mem::take(&mut self.lock().noted_ids)
    }

    /// From now on notifications wait for [`Outbox::release`].
    pub fn hold(&self) {
        self.lock().held.get_or_insert_default();
    }

    /// Lets the notifications that waited follow what was pushed meanwhile.
    pub fn release(&self) {
        let mut state = self.lock();
        if let Some(held) = state.held.take() {
            for event in held.events {
                state.queue.push_or_merge(event, self.capacity);
            }
        }
        drop(state);
        self.is_fuller.notify_one();
    }

    fn pop(&self) -> Option<LinkEvent> {
        let mut state = self.lock();
        let event = state.queue.events.pop_front();
        if state.queue.events.is_empty() {
            state.queue.index_of_last = None;
        }
        event
    }

    /// Hands events to the reader until it goes away.
    pub async fn pump(&self, reader: mpsc::Sender<LinkEvent>) {
        loop {
            // Room in the channel first: what waits here can still be merged.
            let Ok(room) = reader.reserve().await else {
                return;
            };
            let event = loop {
                if let Some(event) = self.pop() {
                    break event;
                }
                tokio::select! {
                    () = self.is_fuller.notified() => {}
                    () = reader.closed() => return,
                }
            };
            self.is_emptier.notify_one();
            let (deleted, rest) = split_deleted(event);
            match (deleted, rest) {
                (Some(deleted), Some(rest)) => {
                    room.send(deleted);
                    if reader.send(rest).await.is_err() {
                        return;
                    }
                }
                (Some(event), None) | (None, Some(event)) => room.send(event),
                (None, None) => {}
            }
        }
    }
}

/// Entities that a notification says are deleted become an event of their own. They travel inside it until here, so
/// that they are merged like all others.
fn split_deleted(event: LinkEvent) -> (Option<LinkEvent>, Option<LinkEvent>) {
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
    fn push(&mut self, event: LinkEvent) {
        self.events.push_back(event);
        self.index_of_last = None;
    }

    fn push_or_merge(&mut self, event: LinkEvent, capacity: usize) {
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

    fn drain(outbox: &Outbox) -> Vec<LinkEvent> {
        std::iter::from_fn(|| outbox.pop()).collect()
    }

    #[test]
    fn a_flood_is_merged_and_the_latest_value_of_every_entity_survives() {
        let outbox = Outbox::new(3);
        for value in 0..1000 {
            outbox.push_notification(notification(&format!("urn:s:{}", value % 10), value));
        }
        let events = drain(&outbox);
        assert_eq!(events.len(), 3);
        let Some(LinkEvent::Notification {
            entities,
            coalesced,
            ..
        }) = events.last()
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
        let outbox = Outbox::new(1);
        outbox.push_notification(notification("urn:s:1", 1));
        let null = AttributeInstance::new(AttributeKind::Null);
        outbox.push_notification(LinkEvent::Notification {
            entities: vec![Entity::new("urn:s:1", "S").with("value", null)],
            received_at: Timestamp::UNIX_EPOCH,
            notified_at: None,
            coalesced: 0,
        });
        let [LinkEvent::Notification { entities, .. }] = &drain(&outbox)[..] else {
            panic!()
        };
        assert!(entities[0].attribute("value").unwrap().is_deleted());
    }

    #[test]
    fn notifications_wait_for_the_state_to_be_complete() {
        let outbox = Outbox::new(8);
        outbox.hold();
        outbox.push_notification(notification("urn:s:1", 2));
        outbox.push(LinkEvent::Entities(vec![Entity::new("urn:s:1", "S")]));
        outbox.release();
        let events = drain(&outbox);
        assert!(matches!(
            events[..],
            [LinkEvent::Entities(_), LinkEvent::Notification { .. }]
        ));
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

    #[tokio::test]
    async fn fetching_state_waits_for_the_reader() {
        let outbox = std::sync::Arc::new(Outbox::new(1));
        let (sender, mut reader) = mpsc::channel(1);
        let pages = 20;
        let pump = tokio::spawn({
            let outbox = outbox.clone();
            async move { outbox.pump(sender).await }
        });
        let fetch = tokio::spawn({
            let outbox = outbox.clone();
            async move {
                for _ in 0..pages {
                    outbox.push_when_room(LinkEvent::Entities(Vec::new())).await;
                }
            }
        });
        for _ in 0..pages {
            assert_eq!(reader.recv().await, Some(LinkEvent::Entities(Vec::new())));
        }
        fetch.await.unwrap();
        drop(reader);
        pump.await.unwrap();
    }
}
