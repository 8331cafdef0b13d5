//! The one colour type of tokens and scales.

use egui::Color32;

/// An opaque colour, 8 bits per channel, sRGB transfer function (IEC 61966-2-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Srgb(pub [u8; 3]);

impl Srgb {
    /// From `0xRRGGBB`.
    pub const fn hex(rgb: u32) -> Self {
        Self([(rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8])
    }

    /// For egui.
    pub const fn colour(self) -> Color32 {
        Color32::from_rgb(self.0[0], self.0[1], self.0[2])
    }

    /// For egui, see-through: `opacity` 0 is clear, 1 is solid.
    pub fn with_opacity(self, opacity: f32) -> Color32 {
        let [red, green, blue] = self.0;
        let alpha = (opacity.clamp(0.0, 1.0) * 255.0).round() as u8;
        Color32::from_rgba_unmultiplied(red, green, blue, alpha)
    }

    /// Linear light, 0 to 1, as shaders want it.
    pub fn linear(self) -> [f32; 3] {
        self.0.map(|channel| {
            let encoded = f32::from(channel) / 255.0;
            if encoded <= 0.040_45 {
                encoded / 12.92
            } else {
                ((encoded + 0.055) / 1.055).powf(2.4)
            }
        })
    }

    /// Relative luminance, 0 to 1 (WCAG 2.2, "relative luminance").
    pub fn luminance(self) -> f32 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast ratio, 1 to 21 (WCAG 2.2, "contrast ratio").
    pub fn contrast(self, other: Self) -> f32 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// Black or white, whichever is easier to read on this colour.
    pub fn readable_ink(self) -> Self {
        let (black, white) = (Self::hex(0x10_14_18), Self::hex(0xFF_FF_FF));
        if self.contrast(black) >= self.contrast(white) {
            black
        } else {
            white
        }
    }

    /// Between two colours; `share` 0 is this one, 1 the other. Mixed as encoded, which keeps perceptual scales even.
    pub fn mix(self, other: Self, share: f32) -> Self {
        let share = share.clamp(0.0, 1.0);
        Self(std::array::from_fn(|channel| {
            let (from, to) = (f32::from(self.0[channel]), f32::from(other.0[channel]));
            (from + (to - from) * share).round() as u8
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        let (black, white) = (Srgb::hex(0), Srgb::hex(0xFF_FF_FF));
        assert!((black.contrast(white) - 21.0).abs() < 1e-3);
        // The grey that WCAG's own techniques name as the lightest that passes on white.
        assert!((Srgb::hex(0x76_76_76).contrast(white) - 4.54).abs() < 0.01);
    }

    #[test]
    fn ink_on_any_colour_is_readable() {
        for grey in 0..=255u8 {
            let ground = Srgb([grey; 3]);
            assert!(ground.contrast(ground.readable_ink()) > 4.3, "{ground:?}");
        }
    }
}
