//! `[[layers]]`: what is shown and hidden together.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{is_default, is_on, on};

/// A group of city objects with one eye in the layer panel.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Layer {
    /// What sources refer to by `layer`.
    pub name: String,
    /// Name in the layer tree. Left out: `name`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub label: String,
    /// City object types that belong here whatever their source, by their CityGML class names such as
    /// `Building` or `SolitaryVegetationObject`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub object_types: Vec<String>,
    /// Whether it is shown when the scene opens.
    #[serde(default = "on", skip_serializing_if = "is_on")]
    pub visible: bool,
}
