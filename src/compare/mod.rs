//! Futures side by side: which scenario each view shows, and what that means for every feature.
//!
//! A scenario is a list of edits over an untouched baseline. Nothing is removed from the scene or
//! added to it here; each side has its own feature states over the same meshes.

mod history;
mod indicators;
mod layers;
mod opening_moment;
mod states;
mod views;

use bevy::prelude::*;

pub use history::{Change, CityHistory, exists_at};
pub use indicators::{Indicators, indicators_of};
pub use layers::LayerVisibility;
pub use opening_moment::{Period, period_with_objects};
pub use states::{StateInputs, feature_states};
pub use views::SceneRectangles;

use crate::city::{CitySystems, Side};

/// The compare room.
pub struct ComparePlugin;

impl Plugin for ComparePlugin {
    fn build(&self, app: &mut App) {
        app.init_resource::<ShownScenarios>()
            .init_resource::<LayerVisibility>()
            .init_resource::<CityHistory>()
            .init_resource::<SceneRectangles>()
            .init_resource::<crate::city::Selection>()
            .add_systems(
                Update,
                (history::read_history, states::update_feature_states)
                    .chain()
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
