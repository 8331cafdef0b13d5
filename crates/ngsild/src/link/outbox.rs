//! The queue between the sockets and the reader of events. It never makes a broker wait and never grows without bound:
//! notifications that find it full are merged into the last one, entity by entity.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, mpsc};

use super::event::LinkEvent;
use super::lane::{Lane, split_deleted};
use crate::diagnostics::Diagnostic;

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

    /// Adds an event of the link itself. These are few and have as much room again; a reader that has been away for so
    /// long that it is full too misses them.
    pub fn push(&self, event: LinkEvent) {
        self.push_below(2 * self.capacity, event);
    }

    /// Adds what is odd about notifications, if there is room: a broker that is odd is so again and again.
    pub fn push_diagnostics(&self, items: Vec<Diagnostic>) {
        self.push_below(self.capacity, LinkEvent::Diagnostics(items));
    }

    fn push_below(&self, limit: usize, event: LinkEvent) {
        let mut state = self.lock();
        if state.queue.len() >= limit {
            drop(state);
            tracing::warn!("the reader of a link is away; it misses {event:?}");
            return;
        }
        state.queue.push(event);
        drop(state);
        self.is_fuller.notify_one();
    }

    /// Adds a part of the state, when there is room.
    pub async fn push_when_room(&self, event: LinkEvent) {
        loop {
            {
                let mut state = self.lock();
                if state.queue.len() < self.capacity {
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
            for event in held.into_events() {
                state.queue.push_or_merge(event, self.capacity);
            }
        }
        drop(state);
        self.is_fuller.notify_one();
    }

    fn pop(&self) -> Option<LinkEvent> {
        self.lock().queue.pop()
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

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;
    use crate::model::{AttributeInstance, Entity};

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
