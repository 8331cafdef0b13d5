//! How the age of a value looks: by shape first, by strength second, by colour never alone (WCAG 2.2, 1.4.1).

use serde::{Deserialize, Serialize};

/// How far a value may be trusted at the shown moment.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
pub enum Freshness {
    /// Within the rhythm in which the sensor reports.
    Fresh,
    /// Later than the rhythm, not yet given up.
    Late,
    /// Nothing for so long that the value says little about now.
    Silent,
    /// Nothing was known at the shown moment.
    #[default]
    Unknown,
}

/// The outline that stands for a freshness on markers, in lists and in the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FreshnessShape {
    /// A filled disc.
    Disc,
    /// A disc, its left half filled.
    HalfDisc,
    /// A ring of dashes.
    DashedRing,
    /// A ring with a bar through it.
    BarredRing,
}

impl Freshness {
    /// All of them, freshest first, as a legend lists them.
    pub const ALL: [Self; 4] = [Self::Fresh, Self::Late, Self::Silent, Self::Unknown];

    /// The outline.
    pub fn shape(self) -> FreshnessShape {
        match self {
            Self::Fresh => FreshnessShape::Disc,
            Self::Late => FreshnessShape::HalfDisc,
            Self::Silent => FreshnessShape::DashedRing,
            Self::Unknown => FreshnessShape::BarredRing,
        }
    }

    /// How strongly the value's colour is shown, 0 to 1; the rest is the colour of "no data".
    pub fn strength(self) -> f32 {
        match self {
            Self::Fresh => 1.0,
            Self::Late => 0.75,
            Self::Silent => 0.3,
            Self::Unknown => 0.0,
        }
    }

    /// The message key of the freshness in words.
    pub fn message_key(self) -> &'static str {
        match self {
            Self::Fresh => "freshness-fresh",
            Self::Late => "freshness-late",
            Self::Silent => "freshness-silent",
            Self::Unknown => "freshness-unknown",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_freshness_has_its_own_shape_and_grows_weaker() {
        for (index, freshness) in Freshness::ALL.iter().enumerate() {
            for other in &Freshness::ALL[index + 1..] {
                assert_ne!(freshness.shape(), other.shape());
                assert!(freshness.strength() > other.strength());
            }
        }
    }
}
