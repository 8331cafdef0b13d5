//! `[picture]`: how the city is drawn.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::is_default;

/// The look of the picture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Picture {
    /// Factor on heights above the scene's origin; 1 is true to scale.
    #[serde(skip_serializing_if = "is_one")]
    #[schemars(range(min = 0.1, max = 20.0))]
    pub vertical_exaggeration: f64,
    /// Season of the vegetation. Left out: by the shown date and the hemisphere.
    #[serde(skip_serializing_if = "is_default")]
    pub season: Option<Season>,
}

impl Default for Picture {
    fn default() -> Self {
        Self {
            vertical_exaggeration: 1.0,
            season: None,
        }
    }
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_one(value: &f64) -> bool {
    *value == 1.0
}

/// A season of the temperate zones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Season {
    /// Fresh green.
    Spring,
    /// Full green.
    Summer,
    /// Yellow to brown.
    Autumn,
    /// Bare.
    Winter,
}
