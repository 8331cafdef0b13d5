//! One pin: a pill with mark, icon and value over a stem.

use std::sync::Arc;

use egui::{
    Color32, CornerRadius, Galley, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, TextStyle, Ui,
    Vec2, epaint::Shadow, pos2, vec2,
};

use super::Marker;
use crate::{
    controls::paint_freshness,
    language::Language,
    theme::{Freshness, Tokens, metrics},
};

const HEIGHT: f32 = 24.0;
const PADDING: f32 = 8.0;
const MARK_RADIUS: f32 = 5.5;
/// From the pill down to the point it stands for.
const TIP: f32 = 8.0;

/// A marker with its text laid out.
pub(super) struct Pin<'a> {
    pub marker: &'a Marker,
    /// What a screen reader says.
    pub name: String,
    /// The pill, without its tip.
    pub rect: Rect,
    galley: Arc<Galley>,
}

impl<'a> Pin<'a> {
    pub fn new(ui: &Ui, language: &Language, marker: &'a Marker) -> Self {
        let palette = &Tokens::of(ui).palette;
        let freshness = freshness(marker);
        let value = match &marker.reading {
            Some(reading) => language.value_with_unit(&reading.value, &reading.unit),
            None => "–".to_owned(),
        };
        let age = marker.reading.as_ref().and_then(|reading| reading.age_secs);
        // An old value says how old it is; a fresh one needs not.
        let text = match age.filter(|_| freshness >= Freshness::Late) {
            Some(age_secs) => format!(
                "{}  {value} · {}",
                marker.kind.icon(),
                language.short_age(age_secs)
            ),
            None => format!("{}  {value}", marker.kind.icon()),
        };
        let ink = if freshness >= Freshness::Silent {
            palette.ink_weak
        } else {
            palette.ink
        };
        let galley =
            ui.painter()
                .layout_no_wrap(text, TextStyle::Small.resolve(ui.style()), ink.colour());
        let size = vec2(
            galley.size().x + MARK_RADIUS * 2.0 + 5.0 + PADDING * 2.0,
            HEIGHT,
        );
        let centre = marker.position_ui - vec2(0.0, TIP + HEIGHT / 2.0);
        Self {
            marker,
            name: spoken_name(language, marker),
            rect: Rect::from_center_size(centre, size),
            galley,
        }
    }

    /// Where the pointer takes it.
    pub fn touch_rect(&self, shows_value: bool) -> Rect {
        if shows_value {
            self.rect.with_max_y(self.marker.position_ui.y)
        } else {
            Rect::from_center_size(self.marker.position_ui, Vec2::splat(18.0))
        }
    }

    /// The line down to the ground, with its foot.
    pub fn paint_stem(&self, painter: &Painter) {
        let Some(foot) = self.marker.ground_ui else {
            return;
        };
        let tokens = Tokens::for_darkness(painter.ctx().global_style().visuals.dark_mode);
        // Two strokes, so that the stem shows on light roofs and dark streets alike.
        let line = [self.marker.position_ui, foot];
        painter.line_segment(
            line,
            Stroke::new(3.0, tokens.palette.raised.with_opacity(0.6)),
        );
        painter.line_segment(line, Stroke::new(1.2, tokens.palette.ink.with_opacity(0.8)));
        painter.circle(
            foot,
            2.6,
            tokens.palette.ink.colour(),
            Stroke::new(1.0, tokens.palette.raised.colour()),
        );
    }

    /// The pill with its value.
    pub fn paint(&self, ui: &Ui, painter: &Painter, active: bool) {
        let tokens = Tokens::of(ui);
        let palette = &tokens.palette;
        let ground = if active {
            palette.accent_ground.colour()
        } else {
            palette.raised.with_opacity(0.96)
        };
        let border = if self.marker.selected {
            Stroke::new(2.0, palette.accent.colour())
        } else {
            Stroke::new(metrics::RULE, palette.border.with_opacity(0.55))
        };
        let radius = CornerRadius::same((HEIGHT / 2.0) as u8);
        let shadow = Shadow {
            offset: [0, 2],
            blur: 7,
            spread: 0,
            color: palette.shadow.with_opacity(0.28),
        };
        painter.add(shadow.as_shape(self.rect, radius));
        painter.add(self.tip(ground, border));
        painter.rect(self.rect, radius, ground, border, StrokeKind::Inside);
        let mark = pos2(
            self.rect.left() + PADDING + MARK_RADIUS,
            self.rect.center().y,
        );
        paint_freshness(
            painter,
            tokens,
            mark,
            MARK_RADIUS,
            freshness(self.marker),
            self.marker.colour,
        );
        let text = pos2(
            mark.x + MARK_RADIUS + 5.0,
            self.rect.center().y - self.galley.size().y / 2.0,
        );
        painter.galley(text, self.galley.clone(), palette.ink.colour());
    }

    /// The small mark that stands for a pin without room.
    pub fn paint_mark(&self, ui: &Ui, painter: &Painter, active: bool) {
        let tokens = Tokens::of(ui);
        let centre = self.marker.position_ui;
        let border = if active {
            tokens.palette.accent
        } else {
            tokens.palette.border
        };
        painter.circle(
            centre,
            7.5,
            tokens.palette.raised.with_opacity(0.96),
            Stroke::new(1.2, border.colour()),
        );
        paint_freshness(
            painter,
            tokens,
            centre,
            4.5,
            freshness(self.marker),
            self.marker.colour,
        );
    }

    fn tip(&self, ground: Color32, border: Stroke) -> Shape {
        let base = self.rect.bottom() - border.width - 1.0;
        let point: Pos2 = self.marker.position_ui;
        Shape::convex_polygon(
            vec![pos2(point.x - 6.0, base), pos2(point.x + 6.0, base), point],
            ground,
            border,
        )
    }
}

fn freshness(marker: &Marker) -> Freshness {
    marker
        .reading
        .as_ref()
        .map_or(Freshness::Unknown, |reading| reading.freshness)
}

fn spoken_name(language: &Language, marker: &Marker) -> String {
    let mut parts = vec![language.tr(marker.kind.message_key()), marker.name.clone()];
    if let Some(reading) = &marker.reading {
        let value = language.value_with_unit(&reading.value, &reading.unit);
        parts.push(
            format!("{} {value}", reading.property)
                .trim_start()
                .to_owned(),
        );
        parts.extend(reading.age_secs.map(|age_secs| language.age(age_secs)));
    }
    parts.push(language.tr(freshness(marker).message_key()));
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}
