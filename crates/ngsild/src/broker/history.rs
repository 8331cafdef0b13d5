//! What the broker has seen, bounded: the temporal evolution of entities (ETSI GS CIM 009, 4.3.4).

use std::collections::{BTreeMap, VecDeque};

use jiff::Timestamp;

use super::options::BrokerOptions;
use crate::client::{TimeProperty, TimeWindow};
use crate::model::{AttributeInstance, Entity, TemporalEntity};

/// History of all entities of a tenant.
#[derive(Debug)]
pub(super) struct History {
    evolutions: BTreeMap<String, Evolution>,
    instances: usize,
    max_instances: usize,
    max_per_attribute: usize,
}

/// History of one entity.
#[derive(Debug, Default)]
pub(super) struct Evolution {
    pub entity_types: Vec<String>,
    /// By attribute, in order of time.
    pub series: BTreeMap<String, VecDeque<AttributeInstance>>,
}

/// Which instances are asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct InstanceSelection {
    pub window: Option<TimeWindow>,
    pub time_property: TimeProperty,
    pub last_n: Option<usize>,
}

impl History {
    pub fn new(options: &BrokerOptions) -> Self {
        Self {
            evolutions: BTreeMap::new(),
            instances: 0,
            max_instances: options.max_history,
            max_per_attribute: options.max_history_per_attribute,
        }
    }

    /// Keeps an instance of an attribute. One of the same time and `datasetId` is replaced.
    pub fn record(&mut self, id: &str, types: &[String], name: &str, instance: AttributeInstance) {
        if !self.evolutions.contains_key(id) {
            self.evolutions.insert(id.to_owned(), Evolution::default());
        }
        let Some(evolution) = self.evolutions.get_mut(id) else {
            return;
        };
        if evolution.entity_types != types {
            evolution.entity_types = types.to_vec();
        }
        let series = evolution.series.entry(name.to_owned()).or_default();
        let time = instance.effective_time();
        let after = series.partition_point(|known| known.effective_time() <= time);
        let same = series
            .range(..after)
            .rposition(|known| known.dataset_id == instance.dataset_id)
            .filter(|&at| time.is_some() && series[at].effective_time() == time);
        if let Some(at) = same {
            series[at] = instance;
            return;
        }
        series.insert(after, instance);
        self.instances += 1;
        let is_over = series.len() > self.max_per_attribute || self.instances > self.max_instances;
        if is_over && series.len() > 1 {
            series.pop_front();
            self.instances -= 1;
        }
    }

    /// Forgets an entity; answers whether it was known.
    pub fn remove(&mut self, id: &str) -> bool {
        let removed = self.evolutions.remove(id);
        if let Some(evolution) = &removed {
            self.instances -= evolution.series.values().map(VecDeque::len).sum::<usize>();
        }
        removed.is_some()
    }

    /// Whether there is any history of an entity.
    pub fn contains(&self, id: &str) -> bool {
        self.evolutions.contains_key(id)
    }

    /// All entities with history, each as one without attributes, to be selected by type and id.
    pub fn heads(&self) -> impl Iterator<Item = Entity> + '_ {
        self.evolutions.iter().map(|(id, evolution)| {
            let mut head = Entity::new(id.clone(), "");
            head.entity_types.clone_from(&evolution.entity_types);
            head
        })
    }

    /// The part of a history that is asked for; `None` when the entity has none at all. Attributes without an instance
    /// in that part are left out.
    pub fn select(
        &self,
        id: &str,
        attributes: &[String],
        selection: InstanceSelection,
    ) -> Option<TemporalEntity> {
        let evolution = self.evolutions.get(id)?;
        let series = evolution
            .series
            .iter()
            .filter(|(name, _)| attributes.is_empty() || attributes.contains(name))
            .map(|(name, series)| (name.clone(), selection.select(series)))
            .filter(|(_, instances)| !instances.is_empty())
            .collect();
        Some(TemporalEntity {
            id: id.to_owned(),
            entity_types: evolution.entity_types.clone(),
            series,
        })
    }
}

impl InstanceSelection {
    fn select(self, series: &VecDeque<AttributeInstance>) -> Vec<AttributeInstance> {
        let mut selected: Vec<AttributeInstance> = series
            .iter()
            .filter(|instance| self.includes(self.time_of(instance)))
            .cloned()
            .collect();
        selected.sort_by_key(|instance| self.time_of(instance));
        if let Some(last_n) = self.last_n {
            let surplus = selected.len().saturating_sub(last_n);
            selected.drain(..surplus);
        }
        selected
    }

    /// The time of an instance that the question is about.
    pub fn time_of(self, instance: &AttributeInstance) -> Option<Timestamp> {
        match self.time_property {
            TimeProperty::ObservedAt => instance.observed_at,
            TimeProperty::ModifiedAt => instance.modified_at,
            TimeProperty::CreatedAt => instance.created_at,
        }
    }

    fn includes(self, time: Option<Timestamp>) -> bool {
        let Some(time) = time else { return false };
        match self.window {
            None => true,
            Some(TimeWindow::Before(end)) => time < end,
            Some(TimeWindow::After(start)) => time > start,
            Some(TimeWindow::Between(start, end)) => time >= start && time < end,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(max_per_attribute: usize, max_history: usize) -> History {
        let max_history_per_attribute = max_per_attribute;
        History::new(&BrokerOptions {
            max_history_per_attribute,
            max_history,
            ..BrokerOptions::default()
        })
    }

    fn reading(second: i64) -> AttributeInstance {
        let at = Timestamp::from_second(second).unwrap();
        AttributeInstance::property(second).observed_at(at)
    }

    fn all(history: &History) -> Vec<f64> {
        let selection = InstanceSelection {
            window: None,
            time_property: TimeProperty::ObservedAt,
            last_n: None,
        };
        let entity = history.select("urn:s:1", &[], selection).unwrap();
        entity.numeric_series("t").map(|(_, value)| value).collect()
    }

    #[test]
    fn late_observations_find_their_place_and_repeated_ones_are_kept_once() {
        let mut history = history(100, 100);
        for second in [10, 30, 20, 30, 10] {
            history.record("urn:s:1", &["S".to_owned()], "t", reading(second));
        }
        assert_eq!(all(&history), [10.0, 20.0, 30.0]);
        assert_eq!(history.instances, 3);
    }

    #[test]
    fn the_oldest_go_when_there_are_too_many() {
        let mut history = history(3, 100);
        for second in 0..10 {
            history.record("urn:s:1", &["S".to_owned()], "t", reading(second));
        }
        assert_eq!(all(&history), [7.0, 8.0, 9.0]);
        assert!(history.remove("urn:s:1"));
        assert_eq!(history.instances, 0);
    }

    #[test]
    fn the_whole_is_bounded_too() {
        let mut history = history(100, 5);
        for second in 0..10 {
            history.record("urn:s:1", &["S".to_owned()], "t", reading(second));
            history.record("urn:s:2", &["S".to_owned()], "t", reading(second));
        }
        assert!(history.instances <= 6, "{}", history.instances);
    }
}
