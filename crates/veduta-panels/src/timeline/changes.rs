//! When the city itself changes: marks on the track, steps from one to the next, and the switch that obeys them.

use egui::{Painter, Rect, Shape, Stroke, Ui, pos2};
use egui_phosphor::regular as icon;
use jiff::Timestamp;

use super::{
    TimeAxis, TimelineModel, TimelineState,
    view::{secs_between, seek},
};
use crate::{
    Command,
    controls::{icon_button, icon_toggle},
    language::Language,
    theme::Tokens,
};

/// Half the width of a mark, in points.
const MARK: f32 = 3.5;
/// Marks closer than this are one, in points.
const MARK_DISTANCE: f32 = 2.0;

/// To the change before, to the one after, and whether dates are obeyed; nothing where no object has dates. Laid out
/// from the left.
pub(super) fn changes_ui(
    ui: &mut Ui,
    state: &mut TimelineState,
    model: &TimelineModel,
) -> Option<Command> {
    if model.changes.is_empty() {
        return None;
    }
    let language = Language::of(ui);
    let mut command = None;
    ui.separator();
    let name = language.tr("timeline-dates");
    if icon_toggle(ui, icon::CALENDAR_CHECK, &name, model.dates_obeyed).clicked() {
        command = Some(Command::SetDatesObeyed(!model.dates_obeyed));
    }
    for (glyph, key, target) in [
        (
            icon::CARET_LINE_LEFT,
            "timeline-change-before",
            change_before(model),
        ),
        (
            icon::CARET_LINE_RIGHT,
            "timeline-change-after",
            change_after(model),
        ),
    ] {
        ui.add_enabled_ui(target.is_some(), |ui| {
            if icon_button(ui, glyph, &language.tr(key)).clicked()
                && let Some(target) = target
            {
                state.reveal(model, target);
                command = Some(seek(model, target));
            }
        });
    }
    command
}

/// The latest change before the shown moment. One second before the first, when nothing had come yet, counts too.
fn change_before(model: &TimelineModel) -> Option<Timestamp> {
    let mut changes = model.changes.iter().rev().map(|change| change.at);
    changes.find(|at| *at < model.now)
}

/// The next change after the shown moment, up to the present.
fn change_after(model: &TimelineModel) -> Option<Timestamp> {
    let mut changes = model.changes.iter().map(|change| change.at);
    changes.find(|at| *at > model.now && *at <= model.present)
}

impl TimelineState {
    /// Shows a moment that lies outside of the shown span: all that is known where it is early, else the span moved.
    fn reveal(&mut self, model: &TimelineModel, moment: Timestamp) {
        let (from, until) = self.shown_span(model);
        if moment >= from && moment <= until {
            return;
        }
        let span = secs_between(from, until).max(2.0 * secs_between(moment, model.present));
        self.span_secs = Some(span);
        self.end_before_present_secs = 0.0;
    }
}

/// A triangle pointing up where objects come into being, down where they vanish.
pub(super) fn paint_changes(
    painter: &Painter,
    tokens: &Tokens,
    area: Rect,
    axis: &TimeAxis,
    model: &TimelineModel,
) {
    let ink = if model.dates_obeyed {
        tokens.palette.accent
    } else {
        tokens.palette.ink_weak
    };
    let mut last_x = f32::NEG_INFINITY;
    for change in model.changes.iter() {
        let x = axis.x(change.at);
        if !area.x_range().contains(x) || x - last_x < MARK_DISTANCE {
            continue;
        }
        last_x = x;
        let foot = area.bottom() - 1.0;
        let points =
            |tip: f32, base: f32| vec![pos2(x - MARK, base), pos2(x + MARK, base), pos2(x, tip)];
        if change.appearing > 0 {
            let up = points(foot - 2.0 * MARK, foot);
            painter.add(Shape::convex_polygon(up, ink.colour(), Stroke::NONE));
        }
        if change.vanishing > 0 {
            let top = foot - 2.0 * MARK - 2.0;
            let down = points(top, top - 2.0 * MARK);
            painter.add(Shape::convex_polygon(down, ink.colour(), Stroke::NONE));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::CityChange;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a second near the epoch")
    }

    fn model(now: i64) -> TimelineModel {
        let change = |second| CityChange {
            at: at(second),
            appearing: 1,
            vanishing: 0,
        };
        TimelineModel {
            now: at(now),
            present: at(1_000_000),
            changes: [change(100), change(5_000), change(2_000_000)].into(),
            ..TimelineModel::default()
        }
    }

    #[test]
    fn changes_are_found_on_both_sides_up_to_the_present() {
        assert_eq!(change_before(&model(5_000)), Some(at(100)));
        assert_eq!(change_before(&model(100)), None);
        assert_eq!(change_after(&model(100)), Some(at(5_000)));
        assert_eq!(change_after(&model(5_000)), None);
    }

    #[test]
    fn a_change_long_ago_comes_into_sight() {
        let model = model(900_000);
        let mut state = TimelineState {
            span_secs: Some(600.0),
            end_before_present_secs: 0.0,
        };
        state.reveal(&model, at(100));
        let (from, until) = state.shown_span(&model);
        assert!(from < at(100) && until >= model.present);
    }
}
