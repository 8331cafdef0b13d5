//! Typefaces: egui's own for text, Phosphor for icons.

use std::sync::Arc;

use egui::{Context, FontData, FontDefinitions, FontFamily};

/// Adds the icon font behind the text fonts, so that an icon is a character like any other.
pub(super) fn install(ctx: &Context) {
    let mut fonts = FontDefinitions::default();
    let icons = FontData::from_static(egui_phosphor::Variant::Regular.font_bytes());
    fonts
        .font_data
        .insert("phosphor".to_owned(), Arc::new(icons));
    for family in [FontFamily::Proportional, FontFamily::Monospace] {
        let chain = fonts.families.entry(family).or_default();
        // Right after the first face: egui's emoji fonts also use the private area that Phosphor lives in.
        chain.insert(1.min(chain.len()), "phosphor".to_owned());
    }
    ctx.set_fonts(fonts);
}
