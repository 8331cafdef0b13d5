//! Futures side by side: which scenario each view shows, and what that means for every feature.
//!
//! A scenario is a list of edits over an untouched baseline. Nothing is removed from the scene or
//! added to it here; each side has its own feature states over the same meshes.

mod indicators;
mod states;
mod views;

use std::collections::HashSet;

use bevy::prelude::*;

pub use indicators::{Indicators, indicators_of};
pub use states::{StateInputs, feature_states};
pub use views::SceneRectangles;

use crate::city::{CitySystems, Side};

/// The compare room.
pub struct ComparePlugin;

impl Plugin for ComparePlugin {
    fn build(&self, app: &mut App) {
        app.init_resource::<ShownScenarios>()
            .init_resource::<LayerVisibility>()
            .init_resource::<SceneRectangles>()
            .init_resource::<crate::city::Selection>()
            .add_systems(
                Update,
                states::update_feature_states
                    .after(crate::stream::StreamSystems)
                    .before(CitySystems),
            );
    }
}

/// Which scenario stands where; `None` is the baseline.
#[derive(Resource, Debug, Clone, Default, PartialEq, Eq)]
pub struct ShownScenarios {
    /// In the only view, or in the left of two.
    pub left: Option<String>,
    /// In the right of two.
    pub right: Option<String>,
    /// Two views.
    pub comparing: bool,
}

impl ShownScenarios {
    /// The scenario of a side.
    pub fn on(&self, side: Side) -> Option<&str> {
        match side {
            Side::Left => self.left.as_deref(),
            Side::Right => self.right.as_deref(),
        }
    }

    /// Puts a scenario on a side.
    pub fn set(&mut self, side: Side, scenario: Option<String>) {
        match side {
            Side::Left => self.left = scenario,
            Side::Right => self.right = scenario,
        }
    }
}

/// Object types of sources that are switched off.
#[derive(Resource, Debug, Clone, Default, PartialEq, Eq)]
pub struct LayerVisibility {
    hidden: HashSet<(usize, String)>,
}

impl LayerVisibility {
    /// Whether objects of a type of a source are shown.
    pub fn is_visible(&self, source: usize, object_type: &str) -> bool {
        // Without an allocation per feature: the set is small.
        !self.hidden.iter().any(|(hidden_source, hidden_type)| {
            *hidden_source == source && hidden_type == object_type
        })
    }

    /// Shows or hides objects of a type of a source.
    pub fn set(&mut self, source: usize, object_type: &str, visible: bool) {
        let key = (source, object_type.to_owned());
        if visible {
            self.hidden.remove(&key);
        } else {
            self.hidden.insert(key);
        }
    }

    /// Shows everything.
    pub fn clear(&mut self) {
        self.hidden.clear();
    }
}
