//! What the surfaces of the city look like.

use serde::{Deserialize, Serialize};

/// What surfaces look like.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SurfaceLook {
    /// Nobody chose: the first theme with textures, else by what surfaces are.
    #[default]
    Automatic,
    /// Coloured by what they are: roof, wall, water.
    Semantic,
    /// White card.
    Neutral,
    /// As an appearance theme of the sources says, by its name.
    Theme(String),
}
