//! Tokens poured into egui's style.

use egui::{
    Context, CornerRadius, FontFamily, FontId, Margin, Stroke, TextStyle, Theme, ThemePreference,
    Vec2, Visuals, epaint::Shadow, style::WidgetVisuals,
};
use serde::{Deserialize, Serialize};

use super::{Palette, Tokens, fonts, tokens::metrics};

/// Which theme the user wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum ThemeChoice {
    /// As the desktop says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl ThemeChoice {
    /// All choices, as a chooser lists them.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The message key of the choice's name.
    pub fn message_key(self) -> &'static str {
        match self {
            Self::System => "theme-system",
            Self::Light => "theme-light",
            Self::Dark => "theme-dark",
        }
    }

    pub(crate) fn preference(self) -> ThemePreference {
        match self {
            Self::System => ThemePreference::System,
            Self::Light => ThemePreference::Light,
            Self::Dark => ThemePreference::Dark,
        }
    }
}

/// Sets fonts and both themes on the context. Call once before the first frame.
pub fn install(ctx: &Context) {
    fonts::install(ctx);
    for (theme, tokens) in [(Theme::Light, Tokens::LIGHT), (Theme::Dark, Tokens::DARK)] {
        ctx.style_mut_of(theme, |style| {
            style.visuals = visuals(&tokens);
            set_type(style);
            set_spacing(style);
        });
    }
    // Icons alone do not explain themselves: tooltips come soon.
    ctx.all_styles_mut(|style| {
        style.interaction.tooltip_delay = 0.35;
        style.interaction.selectable_labels = false;
        style.url_in_tooltip = true;
    });
}

fn set_type(style: &mut egui::Style) {
    let proportional = |size| FontId::new(size, FontFamily::Proportional);
    style.text_styles = [
        (TextStyle::Small, proportional(metrics::TEXT_SMALL)),
        (TextStyle::Body, proportional(metrics::TEXT_BODY)),
        (TextStyle::Button, proportional(metrics::TEXT_BODY)),
        (TextStyle::Heading, proportional(metrics::TEXT_TITLE)),
        (
            TextStyle::Monospace,
            FontId::new(metrics::TEXT_SMALL, FontFamily::Monospace),
        ),
    ]
    .into();
}

fn set_spacing(style: &mut egui::Style) {
    let spacing = &mut style.spacing;
    spacing.item_spacing = Vec2::new(metrics::GAP, 6.0);
    spacing.button_padding = Vec2::new(9.0, 4.0);
    spacing.interact_size = Vec2::new(metrics::TARGET, metrics::TARGET);
    spacing.menu_margin = Margin::same(10);
    spacing.window_margin = Margin::same(14);
    spacing.indent = 18.0;
    spacing.icon_width = 16.0;
    spacing.icon_width_inner = 10.0;
    spacing.combo_width = 60.0;
    spacing.slider_rail_height = 4.0;
    spacing.scroll.bar_width = 8.0;
    spacing.scroll.floating_allocated_width = 6.0;
}

fn visuals(tokens: &Tokens) -> Visuals {
    let palette = &tokens.palette;
    let mut visuals = if tokens.is_dark {
        Visuals::dark()
    } else {
        Visuals::light()
    };
    let rule = Stroke::new(metrics::RULE, palette.rule.colour());

    visuals.panel_fill = palette.panel.colour();
    visuals.window_fill = palette.raised.colour();
    visuals.window_stroke = rule;
    visuals.window_corner_radius = CornerRadius::same(metrics::RADIUS_LARGE);
    visuals.menu_corner_radius = CornerRadius::same(metrics::RADIUS_LARGE);
    visuals.window_shadow = shadow(palette, 24, 0.18);
    visuals.popup_shadow = shadow(palette, 14, 0.16);
    visuals.extreme_bg_color = palette.field.colour();
    visuals.text_edit_bg_color = Some(palette.field.colour());
    visuals.faint_bg_color = palette.ink.with_opacity(0.035);
    visuals.code_bg_color = palette.button.colour();
    visuals.weak_text_color = Some(palette.ink_weak.colour());
    visuals.hyperlink_color = palette.accent.colour();
    visuals.warn_fg_color = palette.warning.colour();
    visuals.error_fg_color = palette.error.colour();
    visuals.selection.bg_fill = palette.accent_ground.colour();
    visuals.selection.stroke = Stroke::new(1.5, palette.accent.colour());
    visuals.text_cursor.stroke = Stroke::new(2.0, palette.accent.colour());
    visuals.slider_trailing_fill = true;
    visuals.indent_has_left_vline = false;
    visuals.collapsing_header_frame = false;

    let widgets = &mut visuals.widgets;
    widgets.noninteractive = widget(
        palette,
        palette.panel,
        Stroke::new(metrics::RULE, palette.rule.colour()),
    );
    widgets.inactive = widget(palette, palette.button, Stroke::NONE);
    widgets.hovered = widget(
        palette,
        palette.button_hovered,
        Stroke::new(1.0, palette.border.colour()),
    );
    // egui draws the widget that has the keyboard as "active": its border is the focus ring.
    widgets.active = widget(
        palette,
        palette.button_active,
        Stroke::new(2.0, palette.accent.colour()),
    );
    widgets.open = widget(
        palette,
        palette.button_hovered,
        Stroke::new(1.0, palette.border.colour()),
    );
    visuals
}

fn widget(palette: &Palette, ground: super::Srgb, border: Stroke) -> WidgetVisuals {
    WidgetVisuals {
        bg_fill: ground.colour(),
        weak_bg_fill: ground.colour(),
        bg_stroke: border,
        corner_radius: CornerRadius::same(metrics::RADIUS),
        fg_stroke: Stroke::new(1.3, palette.ink.colour()),
        expansion: 0.0,
    }
}

fn shadow(palette: &Palette, blur: u8, opacity: f32) -> Shadow {
    Shadow {
        offset: [0, 3],
        blur,
        spread: 0,
        color: palette.shadow.with_opacity(opacity),
    }
}
