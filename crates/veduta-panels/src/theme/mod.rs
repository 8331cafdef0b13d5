//! Design tokens: colours, spacing, radii and type sizes as data, for a light and a dark theme.
//!
//! This folder is the only place of the program that names a raw colour; everything else asks for a token
//! ([`Tokens::of`]), for a colour of a scale ([`ColourScale`]) or for the look of an age ([`Freshness`]). The 3D scene uses the same
//! tables through [`Srgb::linear`], so that a marker, its legend and the wall it tints agree.
//!
//! Start with [`install`], once per egui context.

mod fonts;
mod freshness;
mod scale;
mod srgb;
mod style;
pub mod surface;
mod tokens;

pub use freshness::{Freshness, FreshnessShape};
pub use scale::{ColourScale, QUALITATIVE};
pub use srgb::Srgb;
pub use style::{ThemeChoice, install};
pub use tokens::{Palette, Tokens, metrics};

/// Leaves the colours of a picture as they are.
pub const UNTINTED: egui::Color32 = egui::Color32::WHITE;
