//! Changes that wait to be notified to one subscriber. Bounded: when it is full, an older change of the same entity
//! gives way, else the oldest of all.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;

use crate::model::Entity;

/// Most entities in one notification.
const MAX_BATCH: usize = 100;

pub(super) struct Pending {
    queue: Mutex<VecDeque<Arc<Entity>>>,
    is_filled: Notify,
    capacity: usize,
}

impl Pending {
    pub fn new(capacity: usize) -> Self {
        Self {
            queue: Mutex::new(VecDeque::new()),
            is_filled: Notify::new(),
            capacity: capacity.max(1),
        }
    }

    /// Adds a change; answers whether another was left out for it.
    pub fn push(&self, entity: Arc<Entity>) -> bool {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let is_full = queue.len() >= self.capacity;
        if is_full {
            let same = queue.iter().position(|waiting| waiting.id == entity.id);
            queue.remove(same.unwrap_or(0));
        }
        queue.push_back(entity);
        drop(queue);
        self.is_filled.notify_one();
        is_full
    }

    /// Waits for changes and takes as many as go into one notification: each entity once, so that every observation
    /// is told, or with `is_latest_only` the last change of each entity alone.
    pub async fn next_batch(&self, is_latest_only: bool) -> Vec<Arc<Entity>> {
        loop {
            let batch = self.take(is_latest_only);
            if !batch.is_empty() {
                return batch;
            }
            self.is_filled.notified().await;
        }
    }

    fn take(&self, is_latest_only: bool) -> Vec<Arc<Entity>> {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        if is_latest_only {
            let mut seen = BTreeSet::new();
            let mut latest: Vec<Arc<Entity>> = queue
                .drain(..)
                .rev()
                .filter(|entity| seen.insert(entity.id.clone()))
                .collect();
            latest.reverse();
            return latest;
        }
        let mut batch: Vec<Arc<Entity>> = Vec::new();
        let mut seen = BTreeSet::new();
        while batch.len() < MAX_BATCH
            && queue
                .front()
                .is_some_and(|entity| seen.insert(entity.id.clone()))
        {
            batch.extend(queue.pop_front());
        }
        batch
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(id: &str, value: i64) -> Arc<Entity> {
        let value = crate::model::AttributeInstance::property(value);
        Arc::new(Entity::new(id, "S").with("value", value))
    }

    fn values(batch: &[Arc<Entity>]) -> Vec<f64> {
        batch
            .iter()
            .filter_map(|entity| entity.numeric_value("value"))
            .collect()
    }

    #[test]
    fn every_change_is_told_in_order() {
        let pending = Pending::new(10);
        for (id, value) in [("urn:a:1", 1), ("urn:a:2", 2), ("urn:a:1", 3)] {
            assert!(!pending.push(change(id, value)));
        }
        assert_eq!(values(&pending.take(false)), [1.0, 2.0]);
        assert_eq!(values(&pending.take(false)), [3.0]);
    }

    #[test]
    fn throttled_only_the_latest_are_told() {
        let pending = Pending::new(10);
        for (id, value) in [("urn:a:1", 1), ("urn:a:2", 2), ("urn:a:1", 3)] {
            pending.push(change(id, value));
        }
        assert_eq!(values(&pending.take(true)), [2.0, 3.0]);
    }

    #[test]
    fn when_full_an_older_change_of_the_same_entity_gives_way() {
        let pending = Pending::new(2);
        pending.push(change("urn:a:1", 1));
        pending.push(change("urn:a:2", 2));
        assert!(pending.push(change("urn:a:2", 3)));
        assert_eq!(values(&pending.take(true)), [1.0, 3.0]);
    }
}
