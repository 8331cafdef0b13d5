//! A value over time, with the clock's cursor.

use egui::{Align2, Pos2, Rect, Sense, Shape, Stroke, StrokeKind, TextStyle, Ui, pos2, vec2};
use jiff::Timestamp;

use super::{Chart, chart_axis::ValueAxis};
use crate::{
    controls::name_control,
    language::Language,
    theme::{Tokens, metrics},
    timeline::{TimeAxis, ticks},
};

const HEIGHT: f32 = 132.0;
const TIME_LABELS: f32 = 18.0;
/// Labels of the time axis closer than this run into each other.
const LABEL_DISTANCE: f32 = 62.0;

/// Draws the chart over the whole width; gaps of silence stay gaps.
pub(super) fn chart_ui(ui: &mut Ui, chart: &Chart) {
    let language = Language::of(ui);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let palette = &Tokens::of(ui).palette;
    let font = TextStyle::Small.resolve(ui.style());
    let ink = palette.ink_weak.colour();
    let rule = Stroke::new(1.0, palette.rule.colour());

    let values = chart
        .points
        .iter()
        .map(|(_, value)| *value)
        .filter(|value| value.is_finite());
    let Some(axis) = ValueAxis::around(values) else {
        ui.painter().text(
            rect.center(),
            Align2::CENTER_CENTER,
            language.tr("chart-empty"),
            font,
            ink,
        );
        return;
    };
    let labels: Vec<(f64, String)> = axis
        .ticks()
        .map(|value| (value, language.number(value, axis.decimals())))
        .collect();
    let label_width = labels
        .iter()
        .map(|(_, text)| {
            ui.painter()
                .layout_no_wrap(text.clone(), font.clone(), ink)
                .size()
                .x
        })
        .fold(0.0, f32::max);
    let plot = Rect::from_min_max(
        rect.min + vec2(label_width + metrics::GAP_SMALL, metrics::GAP),
        rect.max - vec2(1.0, TIME_LABELS),
    );
    ui.painter()
        .rect(plot, 2.0, palette.field.colour(), rule, StrokeKind::Outside);

    for (value, text) in labels {
        let y = axis.y(value, plot);
        ui.painter().hline(plot.x_range(), y, rule);
        ui.painter().text(
            pos2(plot.left() - 4.0, y),
            Align2::RIGHT_CENTER,
            text,
            font.clone(),
            ink,
        );
    }
    let time = TimeAxis::new(chart.from, chart.until, plot.x_range());
    for tick in ticks(&time, LABEL_DISTANCE, &chart.time_zone, &language) {
        ui.painter().vline(tick.x, plot.y_range(), rule);
        if tick.x > plot.left() + 12.0 && tick.x < plot.right() - 12.0 {
            ui.painter().text(
                pos2(tick.x, plot.bottom() + 3.0),
                Align2::CENTER_TOP,
                tick.label,
                font.clone(),
                ink,
            );
        }
    }

    let clipped = ui.painter().with_clip_rect(plot.expand(1.0));
    let line = Stroke::new(1.6, palette.accent.colour());
    for run in runs(&chart.points, chart.gap_secs) {
        let points: Vec<Pos2> = run
            .iter()
            .map(|(at, value)| pos2(time.x(*at), axis.y(*value, plot)))
            .collect();
        match points.as_slice() {
            [alone] => clipped.add(Shape::circle_filled(*alone, 1.8, line.color)),
            _ => clipped.line(points, line),
        };
    }
    let now = Stroke::new(1.5, palette.ink.colour());
    clipped.vline(time.x(chart.now), plot.y_range(), now);
    if let Some((at, value)) = value_at(&chart.points, chart.now) {
        clipped.circle(
            pos2(time.x(at), axis.y(value, plot)),
            3.5,
            palette.accent.colour(),
            Stroke::new(1.5, palette.field.colour()),
        );
    }

    let name = language.tr_with(
        "inspector-chart",
        &[("attribute", (&chart.attribute).into())],
    );
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Image, true, &name));
    name_control(&response, &name);
    if let Some((at, value)) = response
        .hover_pos()
        .and_then(|pointer| value_at(&chart.points, time.moment(pointer.x)))
    {
        let moment = language.date_time(&at.to_zoned(chart.time_zone.clone()));
        let value = language.quantity(value, axis.decimals() + 1, &chart.unit);
        response.on_hover_text_at_pointer(format!("{value}\n{moment}"));
    }
}

/// Splits at gaps longer than `gap_secs` and at values that are no numbers.
fn runs(points: &[(Timestamp, f64)], gap_secs: f64) -> Vec<Vec<(Timestamp, f64)>> {
    let mut runs: Vec<Vec<(Timestamp, f64)>> = Vec::new();
    for (at, value) in points
        .iter()
        .copied()
        .filter(|(_, value)| value.is_finite())
    {
        let last = runs.last().and_then(|run| run.last());
        let continues =
            last.is_some_and(|(before, _)| at.duration_since(*before).as_secs_f64() <= gap_secs);
        match runs.last_mut() {
            Some(run) if continues => run.push((at, value)),
            _ => runs.push(vec![(at, value)]),
        }
    }
    runs
}

/// The last value known at a moment.
fn value_at(points: &[(Timestamp, f64)], moment: Timestamp) -> Option<(Timestamp, f64)> {
    let after = points.partition_point(|(at, _)| *at <= moment);
    points[..after]
        .iter()
        .rev()
        .copied()
        .find(|(_, value)| value.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a second near the epoch")
    }

    #[test]
    fn silence_breaks_the_line() {
        let points = [
            (at(0), 1.0),
            (at(10), 2.0),
            (at(15), f64::NAN),
            (at(20), 2.5),
            (at(100), 3.0),
        ];
        let lengths: Vec<usize> = runs(&points, 30.0).iter().map(Vec::len).collect();
        assert_eq!(lengths, [3, 1]);
    }

    #[test]
    fn the_cursor_reads_what_was_known_then() {
        let points = [(at(0), 1.0), (at(10), 2.0), (at(20), f64::NAN)];
        assert_eq!(value_at(&points, at(9)), Some((at(0), 1.0)));
        assert_eq!(value_at(&points, at(25)), Some((at(10), 2.0)));
        assert_eq!(value_at(&points, at(-1)), None);
    }
}
