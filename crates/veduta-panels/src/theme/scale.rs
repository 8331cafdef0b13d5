//! Colour scales for values, none of them a rainbow.

use serde::{Deserialize, Serialize};

use super::Srgb;

/// Eight colours for classes that have no order, told apart with any colour vision (Okabe and Ito, "Color Universal Design").
pub const QUALITATIVE: [Srgb; 8] = [
    Srgb::hex(0x00_72_B2),
    Srgb::hex(0xE6_9F_00),
    Srgb::hex(0x00_9E_73),
    Srgb::hex(0xCC_79_A7),
    Srgb::hex(0x56_B4_E9),
    Srgb::hex(0xD5_5E_00),
    Srgb::hex(0xF0_E4_42),
    Srgb::hex(0x4A_4A_4A),
];

/// Evenly spaced stops of matplotlib's viridis.
const VIRIDIS: [Srgb; 11] = [
    Srgb::hex(0x44_01_54),
    Srgb::hex(0x48_24_75),
    Srgb::hex(0x41_44_87),
    Srgb::hex(0x35_5F_8D),
    Srgb::hex(0x2A_78_8E),
    Srgb::hex(0x21_91_8C),
    Srgb::hex(0x22_A8_84),
    Srgb::hex(0x44_BF_70),
    Srgb::hex(0x7A_D1_51),
    Srgb::hex(0xBD_DF_26),
    Srgb::hex(0xFD_E7_25),
];

/// Evenly spaced stops of cividis (Nuñez, Anderton and Renslow 2018), the same to red-green blind eyes.
const CIVIDIS: [Srgb; 10] = [
    Srgb::hex(0x00_22_4E),
    Srgb::hex(0x12_35_70),
    Srgb::hex(0x3B_49_6C),
    Srgb::hex(0x57_5D_6D),
    Srgb::hex(0x70_71_73),
    Srgb::hex(0x8A_86_78),
    Srgb::hex(0xA5_9C_74),
    Srgb::hex(0xC3_B3_69),
    Srgb::hex(0xE1_CC_55),
    Srgb::hex(0xFE_E8_38),
];

/// ColorBrewer's RdBu turned round, low is blue: for differences and for values about a norm.
const BLUE_RED: [Srgb; 11] = [
    Srgb::hex(0x05_30_61),
    Srgb::hex(0x21_66_AC),
    Srgb::hex(0x43_93_C3),
    Srgb::hex(0x92_C5_DE),
    Srgb::hex(0xD1_E5_F0),
    Srgb::hex(0xF7_F7_F7),
    Srgb::hex(0xFD_DB_C7),
    Srgb::hex(0xF4_A5_82),
    Srgb::hex(0xD6_60_4D),
    Srgb::hex(0xB2_18_2B),
    Srgb::hex(0x67_00_1F),
];

/// A continuous scale from low to high.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ColourScale {
    /// Sequential, the default.
    #[default]
    Viridis,
    /// Sequential, for red-green blind readers.
    Cividis,
    /// Diverging about the middle, blue to red.
    BlueRed,
}

impl ColourScale {
    /// The evenly spaced stops of the scale; colours between are mixed as encoded.
    pub fn stops(self) -> &'static [Srgb] {
        match self {
            Self::Viridis => &VIRIDIS,
            Self::Cividis => &CIVIDIS,
            Self::BlueRed => &BLUE_RED,
        }
    }

    /// The colour at `share`, 0 low to 1 high; beyond the ends the end colours, for NaN the low end.
    pub fn sample(self, share: f32) -> Srgb {
        let stops = self.stops();
        let last = stops.len() - 1;
        let position = if share.is_nan() {
            0.0
        } else {
            share.clamp(0.0, 1.0) * last as f32
        };
        let below = (position.floor() as usize).min(last);
        let above = (below + 1).min(last);
        stops[below].mix(stops[above], position - below as f32)
    }

    /// The colour of `value` on a scale from `minimum` to `maximum`.
    pub fn at(self, value: f64, minimum: f64, maximum: f64) -> Srgb {
        let span = maximum - minimum;
        let share = if span.abs() < f64::EPSILON {
            0.5
        } else {
            (value - minimum) / span
        };
        self.sample(share as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sequential_scales_grow_lighter() {
        for scale in [ColourScale::Viridis, ColourScale::Cividis] {
            let lights: Vec<f32> = (0..=50)
                .map(|step| scale.sample(step as f32 / 50.0).luminance())
                .collect();
            assert!(
                lights.windows(2).all(|pair| pair[1] >= pair[0]),
                "{scale:?}"
            );
        }
    }

    #[test]
    fn ends_and_bad_values_stay_on_the_scale() {
        let scale = ColourScale::Viridis;
        assert_eq!(scale.at(-5.0, 0.0, 10.0), scale.stops()[0]);
        assert_eq!(scale.at(50.0, 0.0, 10.0), scale.stops()[10]);
        assert_eq!(scale.sample(f32::NAN), scale.stops()[0]);
        assert_eq!(scale.at(3.0, 7.0, 7.0), scale.sample(0.5));
    }

    #[test]
    fn the_diverging_scale_is_lightest_in_the_middle() {
        let middle = ColourScale::BlueRed.sample(0.5).luminance();
        assert!(middle > ColourScale::BlueRed.sample(0.1).luminance());
        assert!(middle > ColourScale::BlueRed.sample(0.9).luminance());
    }
}
