//! What the legend shows.

use crate::{
    model::OverlayId,
    theme::{ColourScale, Srgb},
};

/// A colour and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Swatch {
    /// What it stands for, in the user's language.
    pub label: String,
    /// The colour as it is in the scene.
    pub colour: Srgb,
}

/// How an overlay says its values.
#[derive(Debug, Clone, PartialEq)]
pub enum LegendKey {
    /// By a continuous scale.
    Scale {
        /// The colours.
        colours: ColourScale,
        /// Value at the low end, in the entry's unit.
        minimum: f64,
        /// Value at the high end.
        maximum: f64,
        /// Decimals of the labels.
        decimals: u8,
        /// Values below the low end occur and look like it.
        clamped_below: bool,
        /// Values above the high end occur and look like it.
        clamped_above: bool,
    },
    /// By classes.
    Classes(Vec<Swatch>),
}

/// One visible overlay.
#[derive(Debug, Clone, PartialEq)]
pub struct LegendEntry {
    /// Handed back in commands.
    pub overlay: OverlayId,
    /// Its name with what is measured: "Air quality, NO₂".
    pub title: String,
    /// Unit symbol, empty for none.
    pub unit: String,
    /// What the values are averaged over, "1 h mean"; empty for none.
    pub period: String,
    /// Who measures; empty if unknown.
    pub source: String,
    /// Sensors or objects that have a value at the shown moment.
    pub with_value: usize,
    /// All its sensors or objects; those without a value are drawn as "no data".
    pub total: usize,
    /// The key itself.
    pub key: LegendKey,
}

/// What the legend shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LegendModel {
    /// Visible overlays, in the order of the layers panel.
    pub entries: Vec<LegendEntry>,
    /// Markers are in the scene, so that their shapes need a key.
    pub shows_freshness: bool,
    /// Colours of roofs, walls, ground and so on; empty while the objects are coloured by an overlay.
    pub surfaces: Vec<Swatch>,
}

impl LegendModel {
    /// There is nothing to explain.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && !self.shows_freshness && self.surfaces.is_empty()
    }
}
