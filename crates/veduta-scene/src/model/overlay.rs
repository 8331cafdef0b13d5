//! `[[overlays]]`: live values drawn into the city.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{is_default, is_on, on};

/// One attribute of one entity type, as markers with a colour scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Overlay {
    /// Unique in the scene.
    pub name: String,
    /// NGSI-LD entity type, such as `AirQualityObserved`.
    pub entity_type: String,
    /// Attribute whose value is shown, such as `NO2`.
    pub attribute: String,
    /// Name in legend and layer tree. Left out: `name`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub label: String,
    /// Unit to show, such as `µg/m³`. Left out: what the `unitCode` of the attribute says.
    #[serde(default, skip_serializing_if = "is_default")]
    pub unit: Option<String>,
    /// Colours from low to high.
    #[serde(default, skip_serializing_if = "is_default")]
    pub colour_scale: ColourScale,
    /// Values of the two ends of the scale, in `unit`. Left out: what has been received spans it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub range: Option<[f64; 2]>,
    /// Age in seconds after which a value counts as stale. Left out: the program's default.
    #[serde(default, skip_serializing_if = "is_default")]
    pub stale_after_secs: Option<f64>,
    /// Whether it is shown when the scene opens.
    #[serde(default = "on", skip_serializing_if = "is_on")]
    pub visible: bool,
}

/// Colour scales by name; readable with the common colour-vision deficiencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ColourScale {
    /// Dark violet to yellow, evenly spaced in lightness: for quantities.
    #[default]
    Viridis,
    /// Dark blue to yellow, the same to colour-blind eyes: for quantities.
    Cividis,
    /// Blue over grey to red: for quantities with a middle, such as a difference from a limit.
    BlueRed,
    /// Eight distinct colours (Okabe and Ito): for kinds and states.
    OkabeIto,
}

impl ColourScale {
    /// The name as written in a scene file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Viridis => "viridis",
            Self::Cividis => "cividis",
            Self::BlueRed => "blue-red",
            Self::OkabeIto => "okabe-ito",
        }
    }
}
