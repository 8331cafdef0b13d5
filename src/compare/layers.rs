//! Which object types of which sources are shown, and at which level of detail.

use std::collections::HashMap;

use bevy::prelude::Resource;
use tiles3d::{Feature, shown_rows};

/// The level shown where nothing else is wished for: the finest of those that show a city from outside.
const FINEST_OUTSIDE: u8 = 3;

/// Switches and wishes per object type of a source; types of top-level objects and of interior ones.
#[derive(Resource, Debug, Clone, Default, PartialEq, Eq)]
pub struct LayerVisibility {
    by_source: HashMap<usize, HashMap<String, TypeWish>>,
    finest: HashMap<usize, u8>,
}

/// What the user wishes of a type. Types without one are shown at their finest level.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct TypeWish {
    is_hidden: bool,
    level: Option<u8>,
}

impl LayerVisibility {
    fn wish(&self, source: usize, object_type: &str) -> TypeWish {
        let types = self.by_source.get(&source);
        let wish = types.and_then(|types| types.get(object_type));
        wish.copied().unwrap_or_default()
    }

    fn wish_mut(&mut self, source: usize, object_type: &str) -> &mut TypeWish {
        let types = self.by_source.entry(source).or_default();
        types.entry(object_type.to_owned()).or_default()
    }

    /// Whether objects of a type of a source are shown.
    pub fn is_visible(&self, source: usize, object_type: &str) -> bool {
        !self.wish(source, object_type).is_hidden
    }

    /// Shows or hides objects of a type of a source.
    pub fn set(&mut self, source: usize, object_type: &str, visible: bool) {
        self.wish_mut(source, object_type).is_hidden = !visible;
    }

    /// The level of detail wished for; `None` is the finest there is.
    pub fn level(&self, source: usize, object_type: &str) -> Option<u8> {
        self.wish(source, object_type).level
    }

    /// Wishes for a level of detail; objects that do not have it show the nearest they have.
    pub fn set_level(&mut self, source: usize, object_type: &str, level: Option<u8>) {
        self.wish_mut(source, object_type).level = level;
    }

    /// The finest level that a source is to be shown at where no other is wished for.
    pub fn set_finest(&mut self, source: usize, level: u8) {
        self.finest.insert(source, level);
    }

    /// Shows everything at its finest level.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Which rows of a table are at the level that its objects are to be shown at.
    pub fn rows_at_level(&self, source: usize, features: &[Feature]) -> Vec<bool> {
        let finest = self.finest.get(&source).copied();
        let finest = finest.unwrap_or(FINEST_OUTSIDE);
        let types = self.by_source.get(&source);
        let has_wishes = types.is_some_and(|types| types.values().any(|wish| wish.level.is_some()));
        if !has_wishes {
            return shown_rows(features, |_| finest);
        }
        // Balconies and windows follow the wish for the building that they belong to.
        shown_rows(features, |feature| {
            let level = self.level(source, &top_of(features, feature).object_type);
            level.unwrap_or(finest)
        })
    }
}

/// The feature without a parent that a feature of the table belongs to.
fn top_of<'a>(features: &'a [Feature], feature: &'a Feature) -> &'a Feature {
    let mut top = feature;
    // A table cannot be deeper than it is long, so a cycle in broken data ends.
    for _ in 0..features.len() {
        match top.parent.and_then(|parent| features.get(parent as usize)) {
            Some(parent) => top = parent,
            None => break,
        }
    }
    top
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_chosen_per_type_and_source() {
        let row = |object_type: &str, parent, variant_of, lod| Feature {
            object_type: object_type.to_owned(),
            parent,
            variant_of,
            lod: Some(lod),
            ..Feature::default()
        };
        let features = [
            row("Building", None, None, 3),
            row("Building", Some(0), Some(0), 1),
            row("BuildingInstallation", Some(0), None, 3),
            row("Road", None, None, 2),
            row("Road", Some(3), Some(3), 1),
        ];
        let mut layers = LayerVisibility::default();
        let finest = [true, false, true, true, false];
        assert_eq!(layers.rows_at_level(0, &features), finest);
        layers.set_level(0, "Building", Some(1));
        // The chimney goes with the walls that it stands on.
        assert_eq!(
            layers.rows_at_level(0, &features),
            [false, true, false, true, false]
        );
        assert_eq!(layers.rows_at_level(1, &features), finest);
        layers.set_level(0, "Building", None);
        assert_eq!(layers.rows_at_level(0, &features), finest);
    }
}
