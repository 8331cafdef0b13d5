//! The token tables.

use super::Srgb;

/// Lengths in points, the same in both themes. At 200 % interface scale one point is two logical pixels.
pub mod metrics {
    /// Smallest gap, between things that belong together.
    pub const GAP_SMALL: f32 = 4.0;
    /// The usual gap.
    pub const GAP: f32 = 8.0;
    /// Between sections of a panel.
    pub const GAP_LARGE: f32 = 16.0;
    /// Inside the border of a panel.
    pub const PANEL_MARGIN: f32 = 12.0;
    /// Smallest target of a click (WCAG 2.2, 2.5.8 asks for 24).
    pub const TARGET: f32 = 26.0;
    /// Corners of buttons and fields.
    pub const RADIUS: u8 = 5;
    /// Corners of cards and floating panels.
    pub const RADIUS_LARGE: u8 = 9;
    /// Running text.
    pub const TEXT_BODY: f32 = 14.0;
    /// Units, ages, captions.
    pub const TEXT_SMALL: f32 = 12.0;
    /// Titles of things.
    pub const TEXT_TITLE: f32 = 18.0;
    /// The name on the start screen.
    pub const TEXT_DISPLAY: f32 = 34.0;
    /// Width of rules and borders.
    pub const RULE: f32 = 1.0;
}

/// The colours of one theme, by role.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    /// Ground of panels.
    pub panel: Srgb,
    /// Ground of fields to type in and of charts.
    pub field: Srgb,
    /// Ground of cards, menus, tooltips and floating panels.
    pub raised: Srgb,
    /// A button at rest.
    pub button: Srgb,
    /// A button under the pointer.
    pub button_hovered: Srgb,
    /// A button held down.
    pub button_active: Srgb,
    /// Text and icons.
    pub ink: Srgb,
    /// Captions, units, ages. Still readable on `panel`, `field` and `raised`.
    pub ink_weak: Srgb,
    /// Thin rules between things.
    pub rule: Srgb,
    /// Borders of controls, at least 3:1 on the ground beside them (WCAG 2.2, 1.4.11).
    pub border: Srgb,
    /// The one accent colour: selection, focus, links, the time cursor.
    pub accent: Srgb,
    /// Text and icons on `accent`.
    pub on_accent: Srgb,
    /// Ground of the chosen row or tab.
    pub accent_ground: Srgb,
    /// The clock follows the present; a link is up.
    pub live: Srgb,
    /// Warnings, late values.
    pub warning: Srgb,
    /// Errors, broken links.
    pub error: Srgb,
    /// Night on the daylight strip.
    pub night: Srgb,
    /// Day on the daylight strip.
    pub day: Srgb,
    /// Marker and floating-panel shadows.
    pub shadow: Srgb,
    /// No data: the lines of the hatch over `field`.
    pub no_data: Srgb,
}

/// A theme: its palette and whether it is the dark one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tokens {
    /// Dark ground, light ink.
    pub is_dark: bool,
    /// The colours.
    pub palette: Palette,
}

impl Tokens {
    /// Paper and ink.
    pub const LIGHT: Self = Self {
        is_dark: false,
        palette: Palette {
            panel: Srgb::hex(0xF7_F7_F4),
            field: Srgb::hex(0xFF_FF_FF),
            raised: Srgb::hex(0xFF_FF_FE),
            button: Srgb::hex(0xEB_EC_E8),
            button_hovered: Srgb::hex(0xDF_E3_E1),
            button_active: Srgb::hex(0xCD_D6_D6),
            ink: Srgb::hex(0x1D_23_27),
            ink_weak: Srgb::hex(0x53_5D_63),
            rule: Srgb::hex(0xDC_DD_D8),
            border: Srgb::hex(0x86_8D_8F),
            accent: Srgb::hex(0x0B_62_80),
            on_accent: Srgb::hex(0xFF_FF_FF),
            accent_ground: Srgb::hex(0xDA_EA_EF),
            live: Srgb::hex(0x17_6B_43),
            warning: Srgb::hex(0x8A_55_00),
            error: Srgb::hex(0xA8_28_20),
            night: Srgb::hex(0x5C_6B_86),
            day: Srgb::hex(0xF6_DF_A6),
            shadow: Srgb::hex(0x1B_22_26),
            no_data: Srgb::hex(0xA3_A9_AA),
        },
    };

    /// Slate, for evenings and projections.
    pub const DARK: Self = Self {
        is_dark: true,
        palette: Palette {
            panel: Srgb::hex(0x1A_1E_21),
            field: Srgb::hex(0x12_15_17),
            raised: Srgb::hex(0x23_28_2C),
            button: Srgb::hex(0x2B_31_36),
            button_hovered: Srgb::hex(0x37_3F_45),
            button_active: Srgb::hex(0x45_50_57),
            ink: Srgb::hex(0xE7_EA_EA),
            ink_weak: Srgb::hex(0xA6_B0_B4),
            rule: Srgb::hex(0x31_37_3C),
            border: Srgb::hex(0x72_7D_83),
            accent: Srgb::hex(0x66_C3_E0),
            on_accent: Srgb::hex(0x08_1A_20),
            accent_ground: Srgb::hex(0x1E_3C_48),
            live: Srgb::hex(0x6F_CF_97),
            warning: Srgb::hex(0xE5_B4_5B),
            error: Srgb::hex(0xF2_8B_82),
            night: Srgb::hex(0x22_2B_42),
            day: Srgb::hex(0x8C_76_3F),
            shadow: Srgb::hex(0x00_00_00),
            no_data: Srgb::hex(0x5E_67_6B),
        },
    };

    /// The tokens that the given piece of interface is drawn with.
    pub fn of(ui: &egui::Ui) -> &'static Self {
        Self::for_darkness(ui.visuals().dark_mode)
    }

    /// The tokens of the theme with the given darkness.
    pub fn for_darkness(is_dark: bool) -> &'static Self {
        if is_dark { &Self::DARK } else { &Self::LIGHT }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_readable_on_every_ground() {
        for tokens in [Tokens::LIGHT, Tokens::DARK] {
            let palette = tokens.palette;
            let grounds = [
                palette.panel,
                palette.field,
                palette.raised,
                palette.accent_ground,
            ];
            for ink in [
                palette.ink,
                palette.ink_weak,
                palette.accent,
                palette.live,
                palette.warning,
                palette.error,
            ] {
                for ground in grounds {
                    let contrast = ink.contrast(ground);
                    assert!(
                        contrast >= 4.5,
                        "dark {}: {ink:?} on {ground:?} is {contrast}",
                        tokens.is_dark
                    );
                }
            }
            for button in [
                palette.button,
                palette.button_hovered,
                palette.button_active,
            ] {
                assert!(palette.ink.contrast(button) >= 4.5, "{button:?}");
            }
            assert!(palette.on_accent.contrast(palette.accent) >= 4.5);
        }
    }

    #[test]
    fn borders_and_accent_stand_out_as_graphics_must() {
        for palette in [Tokens::LIGHT.palette, Tokens::DARK.palette] {
            for ground in [palette.panel, palette.field, palette.raised] {
                assert!(
                    palette.border.contrast(ground) >= 3.0,
                    "{:?} on {ground:?}",
                    palette.border
                );
                assert!(palette.accent.contrast(ground) >= 3.0);
            }
        }
    }
}
