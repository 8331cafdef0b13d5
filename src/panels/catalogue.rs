//! Counts over the feature table, kept until it changes: panels ask every frame.

use std::collections::BTreeMap;

use bevy::prelude::*;

use crate::city::CityFeatures;

/// Top-level city objects by source and type.
#[derive(Resource, Debug, Default)]
pub struct Catalogue {
    revision: u64,
    counts: BTreeMap<(usize, String), u64>,
    triangles: u64,
    tiles: u64,
    features: u64,
}

impl Catalogue {
    /// Counts anew if tiles came or went.
    pub fn refresh(&mut self, city: &CityFeatures) {
        if self.revision == city.revision() {
            return;
        }
        self.revision = city.revision();
        self.counts.clear();
        for feature in city.iter().filter(|feature| feature.feature.parent.is_none()) {
            let key = (feature.tile.source, feature.feature.object_type.clone());
            *self.counts.entry(key).or_default() += 1;
        }
        self.triangles = city.triangles() as u64;
        self.tiles = city.tiles().count() as u64;
        self.features = self.counts.values().sum();
    }

    /// Types of a source with their counts.
    pub fn types_of(&self, source: usize) -> impl Iterator<Item = (&str, u64)> {
        self.counts
            .iter()
            .filter(move |((of, _), _)| *of == source)
            .map(|((_, object_type), count)| (object_type.as_str(), *count))
    }

    /// All types with their counts over all sources, the most frequent first.
    pub fn types(&self) -> Vec<(&str, u64)> {
        let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
        for ((_, object_type), count) in &self.counts {
            *sums.entry(object_type).or_default() += count;
        }
        let mut sums: Vec<_> = sums.into_iter().collect();
        sums.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        sums
    }

    /// Triangles in memory.
    pub fn triangles(&self) -> u64 {
        self.triangles
    }

    /// Tiles in memory.
    pub fn tiles(&self) -> u64 {
        self.tiles
    }

    /// Top-level city objects.
    pub fn features(&self) -> u64 {
        self.features
    }
}
