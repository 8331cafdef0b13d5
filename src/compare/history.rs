//! When objects come into being and vanish, by the dates that their sources give.

use bevy::prelude::*;
use tiles3d::Feature;

use crate::city::CityFeatures;

/// The dates of everything loaded, and whether the clock is to obey them.
#[derive(Resource, Debug)]
pub struct CityHistory {
    /// Objects are shown only while they exist.
    pub obeyed: bool,
    changes: Vec<Change>,
    read_revision: u64,
}

impl Default for CityHistory {
    fn default() -> Self {
        Self {
            obeyed: true,
            changes: Vec::new(),
            read_revision: 0,
        }
    }
}

/// A moment at which the city changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// Milliseconds since 1970-01-01T00:00Z.
    pub at_ms: i64,
    /// Objects that come into being.
    pub appearing: u32,
    /// Objects that vanish.
    pub vanishing: u32,
}

impl CityHistory {
    /// All moments of change, earliest first.
    pub fn changes(&self) -> &[Change] {
        &self.changes
    }

    /// Grows when dates were read anew.
    pub fn revision(&self) -> u64 {
        self.read_revision
    }

    /// Whether any object has a date.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The moment to judge by, and the number of changes up to it: as long as that stays the same, so does the city.
    /// `None` where dates are not obeyed or there are none.
    pub fn epoch(&self, now_ms: i64) -> Option<usize> {
        let matters = self.obeyed && !self.is_empty();
        matters.then(|| {
            self.changes
                .partition_point(|change| change.at_ms <= now_ms)
        })
    }

    /// Takes in the dates of tiles that came or went.
    pub fn read(&mut self, city: &CityFeatures) {
        if self.read_revision == city.revision() {
            return;
        }
        self.read_revision = city.revision();
        let mut changes = std::collections::BTreeMap::<i64, Change>::new();
        let objects = city
            .all()
            .filter(|object| object.feature.variant_of.is_none());
        for object in objects {
            let [from, until] = object.feature.lifespan_ms;
            for (at_ms, appearing) in [(from, 1), (until, 0)] {
                let Some(at_ms) = at_ms else { continue };
                let change = changes.entry(at_ms).or_insert(Change {
                    at_ms,
                    appearing: 0,
                    vanishing: 0,
                });
                change.appearing += appearing;
                change.vanishing += 1 - appearing;
            }
        }
        self.changes = changes.into_values().collect();
    }
}

/// Whether an object is there at a moment.
pub fn exists_at(feature: &Feature, now_ms: i64) -> bool {
    let [from, until] = feature.lifespan_ms;
    from.is_none_or(|from| from <= now_ms) && until.is_none_or(|until| now_ms < until)
}

/// Keeps up with what is loaded.
pub(super) fn read_history(city: Res<CityFeatures>, mut history: ResMut<CityHistory>) {
    if history.read_revision != city.revision() {
        history.read(&city);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_is_there_from_its_first_moment_to_before_its_last() {
        let feature = Feature {
            lifespan_ms: [Some(10), Some(20)],
            ..Feature::default()
        };
        let there = [9, 10, 19, 20].map(|now| exists_at(&feature, now));
        assert_eq!(there, [false, true, true, false]);
        assert!(exists_at(&Feature::default(), i64::MIN));
    }

    #[test]
    fn the_city_stays_the_same_between_two_changes() {
        let change = |at_ms| Change {
            at_ms,
            appearing: 1,
            vanishing: 0,
        };
        let mut history = CityHistory {
            changes: vec![change(10), change(30)],
            ..CityHistory::default()
        };
        assert_eq!(history.epoch(9), Some(0));
        assert_eq!(history.epoch(10), history.epoch(29));
        assert_eq!(history.epoch(30), Some(2));
        history.obeyed = false;
        assert_eq!(history.epoch(30), None);
    }
}
