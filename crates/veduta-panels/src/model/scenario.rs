//! Which future is shown in which half of the scene.

use serde::{Deserialize, Serialize};

use super::ScenarioId;

/// One of the two halves of a compared scene. A scene that is not compared has the left half only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum SceneHalf {
    /// The left half, and the whole scene when nothing is compared.
    #[default]
    Left,
    /// The right half.
    Right,
}

/// A scenario as it stands in a chooser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScenarioChoice {
    /// Handed back in commands.
    pub id: ScenarioId,
    /// The name in the scene file.
    pub name: String,
    /// One or two sentences about it.
    pub description: Option<String>,
}

/// The scenarios of the scene and what is shown of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScenariosModel {
    /// All scenarios of the scene file, in its order; the baseline is not among them.
    pub choices: Vec<ScenarioChoice>,
    /// Shown on the left, or in the whole scene; `None` is the baseline.
    pub left: Option<ScenarioId>,
    /// Shown on the right while comparing; `None` is the baseline.
    pub right: Option<ScenarioId>,
    /// Two halves side by side.
    pub comparing: bool,
}

impl ScenariosModel {
    /// What the given half shows; `None` is the baseline.
    pub fn shown(&self, half: SceneHalf) -> Option<&ScenarioId> {
        match half {
            SceneHalf::Left => self.left.as_ref(),
            SceneHalf::Right => self.right.as_ref(),
        }
    }

    /// The choice with this id.
    pub fn choice(&self, id: &ScenarioId) -> Option<&ScenarioChoice> {
        self.choices.iter().find(|choice| &choice.id == id)
    }
}
