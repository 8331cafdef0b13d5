//! The feature table of everything that is loaded: one dense number per feature.
//!
//! Each tile gets a contiguous range; the number of a feature is the tile's base plus its place
//! in the tile's table. Shaders read [`super::feature_state`] by the same number. Pure: no Bevy
//! beyond the resource marker.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use bevy::prelude::Resource;
use glam::{DMat4, DVec3};
use tiles3d::{Feature, TileContent};

use super::picking::TileBvh;

/// Number of a feature in the scene.
pub type FeatureIndex = u32;

/// A tile whose content is in memory.
#[derive(Debug, Clone)]
pub struct LoadedTile {
    /// Which source it came from, an index into the scene's sources.
    pub source: usize,
    /// What it holds.
    pub content: Arc<TileContent>,
    /// For rays.
    pub bvh: Arc<TileBvh>,
    /// Drawn at present; a coarse tile that finer ones stand in for is not.
    pub shown: bool,
}

impl LoadedTile {
    /// Triangles in the tile. The same ones in another appearance, and prototypes once more where they stand
    /// again, do not count.
    pub fn triangles(&self) -> usize {
        let plain = self
            .content
            .meshes
            .iter()
            .filter(|mesh| mesh.theme.is_none());
        let prototypes = self
            .content
            .instances
            .iter()
            .map(|instances| &instances.mesh);
        plain
            .chain(prototypes)
            .map(|mesh| mesh.indices.len() / 3)
            .sum()
    }
}

/// A feature together with the tile that holds it.
#[derive(Debug, Clone, Copy)]
pub struct FeatureRef<'a> {
    /// Its number.
    pub index: FeatureIndex,
    /// Its tile.
    pub tile: &'a LoadedTile,
    /// Its entry in the tile's table.
    pub feature: &'a Feature,
}

/// The role of a reference from a group to what belongs to it.
const GROUP_MEMBER: &str = "groupMember";

impl<'a> FeatureRef<'a> {
    /// Identifiers of what belongs to it, where it is a group.
    pub fn members(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let relations = self.feature.relations.iter();
        let members = relations.filter(|(role, _)| role == GROUP_MEMBER);
        members.map(|(_, id)| id.as_str())
    }

    /// Bounding box in the frame that `frame_from_ecef` leads to: lowest and highest corner.
    /// `None` for a feature without geometry.
    pub fn bounds(&self, frame_from_ecef: DMat4) -> Option<(DVec3, DVec3)> {
        let [min, max] = self.feature.bounds_local;
        if min[0] > max[0] {
            return None;
        }
        let frame_from_local = frame_from_ecef * self.tile.content.ecef_from_local;
        let mut low = DVec3::INFINITY;
        let mut high = DVec3::NEG_INFINITY;
        for corner in 0..8_u8 {
            let pick = |bit: u8, axis: usize| {
                f64::from(if corner & bit == 0 {
                    min[axis]
                } else {
                    max[axis]
                })
            };
            let point =
                frame_from_local.transform_point3(DVec3::new(pick(1, 0), pick(2, 1), pick(4, 2)));
            low = low.min(point);
            high = high.max(point);
        }
        Some((low, high))
    }
}

/// All loaded features.
#[derive(Resource, Debug, Default)]
pub struct CityFeatures {
    tiles: BTreeMap<FeatureIndex, LoadedTile>,
    by_id: HashMap<String, Vec<FeatureIndex>>,
    free: Vec<(FeatureIndex, u32)>,
    end: FeatureIndex,
    revision: u64,
}

impl CityFeatures {
    /// Takes a tile in and returns the number of its first feature.
    pub fn insert(&mut self, tile: LoadedTile) -> FeatureIndex {
        // A tile without features still needs one state for its triangles.
        let count = (tile.content.features.len() as u32).max(1);
        let base = self.allocate(count);
        // An object in another level of detail is found by its main row.
        let objects = tile.content.features.iter().enumerate();
        for (local, feature) in objects.filter(|(_, feature)| feature.variant_of.is_none()) {
            let entry = self.by_id.entry(feature.id.clone()).or_default();
            entry.push(base + local as u32);
        }
        self.tiles.insert(base, tile);
        self.revision += 1;
        base
    }

    /// Lets a tile go. Its numbers may be given to another tile.
    pub fn remove(&mut self, base: FeatureIndex) -> Option<LoadedTile> {
        let tile = self.tiles.remove(&base)?;
        let count = (tile.content.features.len() as u32).max(1);
        for feature in &tile.content.features {
            if let Some(indices) = self.by_id.get_mut(&feature.id) {
                indices.retain(|index| !(base..base + count).contains(index));
                if indices.is_empty() {
                    self.by_id.remove(&feature.id);
                }
            }
        }
        if self.tiles.is_empty() {
            // Nothing is left to keep apart.
            self.free.clear();
            self.end = 0;
        } else {
            self.free.push((base, count));
        }
        self.revision += 1;
        Some(tile)
    }

    fn allocate(&mut self, count: u32) -> FeatureIndex {
        let fitting = self.free.iter().position(|&(_, room)| room >= count);
        if let Some(position) = fitting {
            let (base, room) = self.free.swap_remove(position);
            if room > count {
                self.free.push((base + count, room - count));
            }
            return base;
        }
        let base = self.end;
        self.end += count;
        base
    }

    /// Says whether a tile is drawn at present.
    pub fn set_shown(&mut self, base: FeatureIndex, shown: bool) {
        if let Some(tile) = self.tiles.get_mut(&base)
            && tile.shown != shown
        {
            tile.shown = shown;
            self.revision += 1;
        }
    }

    /// Grows by one with every tile that comes, goes, is shown or hidden.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// One past the highest number in use.
    pub fn end(&self) -> FeatureIndex {
        self.end
    }

    /// All tiles with the number of their first feature.
    pub fn tiles(&self) -> impl Iterator<Item = (FeatureIndex, &LoadedTile)> {
        self.tiles.iter().map(|(&base, tile)| (base, tile))
    }

    /// The feature with this number.
    pub fn get(&self, index: FeatureIndex) -> Option<FeatureRef<'_>> {
        let (&base, tile) = self.tiles.range(..=index).next_back()?;
        let feature = tile.content.features.get((index - base) as usize)?;
        Some(FeatureRef {
            index,
            tile,
            feature,
        })
    }

    /// All features in memory, drawn or not.
    pub fn all(&self) -> impl Iterator<Item = FeatureRef<'_>> {
        self.features_of(|_| true)
    }

    /// All features of tiles that are drawn.
    pub fn iter(&self) -> impl Iterator<Item = FeatureRef<'_>> {
        self.features_of(|tile| tile.shown)
    }

    fn features_of(
        &self,
        wanted: impl Fn(&LoadedTile) -> bool,
    ) -> impl Iterator<Item = FeatureRef<'_>> {
        let tiles = self.tiles.iter().filter(move |(_, tile)| wanted(tile));
        tiles.flat_map(|(&base, tile)| {
            let features = tile.content.features.iter().enumerate();
            features.map(move |(local, feature)| FeatureRef {
                index: base + local as u32,
                tile,
                feature,
            })
        })
    }

    /// Features with this identifier; several where tiles repeat an object.
    pub fn with_id(&self, id: &str) -> &[FeatureIndex] {
        self.by_id.get(id).map_or(&[], Vec::as_slice)
    }

    /// The row that stands for the object, whichever of its levels of detail this one is.
    pub fn main_row(&self, index: FeatureIndex) -> FeatureIndex {
        let Some((&base, tile)) = self.tiles.range(..=index).next_back() else {
            return index;
        };
        let features = &tile.content.features;
        match features
            .get((index - base) as usize)
            .and_then(|f| f.variant_of)
        {
            Some(main) if (main as usize) < features.len() => base + main,
            _ => index,
        }
    }

    /// The top-level city object that a feature belongs to.
    pub fn top_level(&self, index: FeatureIndex) -> FeatureIndex {
        self.ancestors(index).last().unwrap_or(index)
    }

    /// What a click on a feature selects: the piece of furniture or the room where it lies inside, else the top-level
    /// city object.
    pub fn selectable(&self, index: FeatureIndex) -> FeatureIndex {
        let is_own_thing = |at: &FeatureIndex| {
            let feature = self.get(*at).map(|found| found.feature);
            feature.is_some_and(|feature| {
                feature.is_interior && !matches!(feature.object_type.as_str(), "Window" | "Door")
            })
        };
        let inside = self.ancestors(index).find(is_own_thing);
        inside.unwrap_or_else(|| self.top_level(index))
    }

    /// The object of a feature, what it is a part of, and so on up to the top-level city object.
    pub fn ancestors(&self, index: FeatureIndex) -> impl Iterator<Item = FeatureIndex> + '_ {
        let main = self.main_row(index);
        let tile = self.tiles.range(..=main).next_back();
        // A table cannot be deeper than it is long, so a cycle in broken data ends.
        let longest = tile.map_or(1, |(_, tile)| tile.content.features.len());
        let above = move |index: &FeatureIndex| {
            let (&base, tile) = tile?;
            let features = &tile.content.features;
            let parent = features.get((index - base) as usize)?.parent?;
            ((parent as usize) < features.len()).then(|| self.main_row(base + parent))
        };
        std::iter::successors(Some(main), above).take(longest)
    }

    /// Direct parts of a feature, each once.
    pub fn parts(&self, index: FeatureIndex) -> Vec<FeatureRef<'_>> {
        let Some((&base, tile)) = self.tiles.range(..=index).next_back() else {
            return Vec::new();
        };
        let features = tile.content.features.iter().enumerate();
        features
            .filter(|(_, feature)| {
                feature.parent == Some(index - base) && feature.variant_of.is_none()
            })
            .map(|(local, feature)| FeatureRef {
                index: base + local as u32,
                tile,
                feature,
            })
            .collect()
    }

    /// The object's other levels of detail.
    pub fn variants(&self, index: FeatureIndex) -> Vec<FeatureRef<'_>> {
        let Some((&base, tile)) = self.tiles.range(..=index).next_back() else {
            return Vec::new();
        };
        let features = tile.content.features.iter().enumerate();
        features
            .filter(|(_, feature)| feature.variant_of == Some(index - base))
            .map(|(local, feature)| FeatureRef {
                index: base + local as u32,
                tile,
                feature,
            })
            .collect()
    }

    /// The feature and everything below it, in all levels of detail; itself first.
    pub fn with_descendants(&self, index: FeatureIndex) -> Vec<FeatureIndex> {
        let Some((&base, tile)) = self.tiles.range(..=index).next_back() else {
            return vec![index];
        };
        let features = &tile.content.features;
        let mut belongs = vec![false; features.len()];
        if let Some(top) = belongs.get_mut((index - base) as usize) {
            *top = true;
        }
        // Tables list wholes first almost always; then the second round finds nothing more.
        loop {
            let mut found_more = false;
            for (local, feature) in features.iter().enumerate() {
                let of = [feature.parent, feature.variant_of];
                let is_below = of
                    .into_iter()
                    .flatten()
                    .any(|of| belongs.get(of as usize).is_some_and(|belongs| *belongs));
                if is_below && !belongs[local] {
                    belongs[local] = true;
                    found_more = true;
                }
            }
            if !found_more {
                break;
            }
        }
        let below = (0..features.len()).filter(|local| belongs[*local]);
        let below = below
            .map(|local| base + local as u32)
            .filter(|at| *at != index);
        std::iter::once(index).chain(below).collect()
    }

    /// The feature and, where it is a group, all its members and those of groups among them.
    pub fn with_members(&self, index: FeatureIndex) -> Vec<FeatureIndex> {
        let mut all = vec![index];
        let mut next = 0;
        while let Some(&current) = all.get(next) {
            next += 1;
            let members = self
                .get(current)
                .into_iter()
                .flat_map(|group| group.members());
            let found: Vec<FeatureIndex> =
                members.flat_map(|id| self.with_id(id)).copied().collect();
            let mut known: std::collections::HashSet<FeatureIndex> = all.iter().copied().collect();
            all.extend(found.into_iter().filter(|member| known.insert(*member)));
        }
        all
    }

    /// Triangles in memory.
    pub fn triangles(&self) -> usize {
        self.tiles.values().map(LoadedTile::triangles).sum()
    }

    /// Number of objects in memory; another level of detail is not another object.
    pub fn len(&self) -> usize {
        let features = self.tiles.values().flat_map(|tile| &tile.content.features);
        features
            .filter(|feature| feature.variant_of.is_none())
            .count()
    }

    /// True when nothing is loaded.
    pub fn is_empty(&self) -> bool {
        self.tiles.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tile(ids: &[(&str, Option<u32>)]) -> LoadedTile {
        let features = ids
            .iter()
            .map(|(id, parent)| Feature {
                id: (*id).to_owned(),
                parent: *parent,
                ..Feature::default()
            })
            .collect();
        LoadedTile {
            source: 0,
            content: Arc::new(TileContent {
                ecef_from_local: DMat4::IDENTITY,
                features,
                ..TileContent::default()
            }),
            bvh: Arc::new(TileBvh::default()),
            shown: true,
        }
    }

    #[test]
    fn numbers_are_found_again_and_reused() {
        let mut city = CityFeatures::default();
        let first = city.insert(tile(&[("a", None), ("b", Some(0)), ("c", Some(1))]));
        let second = city.insert(tile(&[("d", None)]));
        assert_eq!(city.with_id("c"), &[first + 2]);
        assert_eq!(city.top_level(first + 2), first);
        assert_eq!(
            city.with_descendants(first),
            vec![first, first + 1, first + 2]
        );
        assert_eq!(city.get(second).map(|f| f.feature.id.as_str()), Some("d"));
        city.remove(first);
        assert!(city.with_id("a").is_empty());
        assert_eq!(city.get(second).map(|f| f.feature.id.as_str()), Some("d"));
        let third = city.insert(tile(&[("e", None), ("f", None)]));
        assert_eq!(third, first, "the freed range is used again");
        assert_eq!(city.len(), 3);
    }

    #[test]
    fn another_level_of_detail_is_the_same_object() {
        let mut tile = tile(&[("a", None), ("b", Some(0)), ("a", None), ("b", Some(0))]);
        let content = Arc::make_mut(&mut tile.content);
        content.features[2].variant_of = Some(0);
        content.features[3].variant_of = Some(1);
        let mut city = CityFeatures::default();
        let base = city.insert(tile);
        assert_eq!(city.with_id("a"), &[base]);
        assert_eq!(city.top_level(base + 2), base);
        assert_eq!(city.top_level(base + 3), base);
        assert_eq!(city.parts(base).len(), 1);
        assert_eq!(city.variants(base + 1)[0].index, base + 3);
        assert_eq!(city.with_descendants(base + 1), [base + 1, base + 3]);
        assert_eq!(city.with_descendants(base).len(), 4);
    }

    #[test]
    fn a_cycle_of_parents_ends() {
        let mut city = CityFeatures::default();
        let base = city.insert(tile(&[("a", Some(1)), ("b", Some(0))]));
        let _ = city.top_level(base);
        assert_eq!(city.with_descendants(base).len(), 2);
    }
}
