//! The track: daylight, density, axis and the cursor that is dragged.

use egui::{
    Id, PointerButton, Pos2, Rect, Response, Sense, Shape, Stroke, StrokeKind, TextStyle, Ui,
    WidgetInfo, accesskit::Action, pos2, vec2,
};

use super::{
    TimeAxis, TimelineModel, TimelineState,
    changes::paint_changes,
    daylight::paint_daylight,
    density_graph::paint_density,
    ticks,
    view::{later, seek},
};
use crate::{Command, language::Language, theme::Tokens};

const HEIGHT: f32 = 64.0;
const DAYLIGHT_HEIGHT: f32 = 5.0;
const LABEL_HEIGHT: f32 = 18.0;
/// Labels of the axis closer than this run into each other.
const LABEL_DISTANCE: f32 = 72.0;

/// Draws the track and reads what the pointer does on it.
pub(super) fn track_ui(
    ui: &mut Ui,
    state: &mut TimelineState,
    model: &TimelineModel,
) -> (Response, Option<Command>) {
    let size = vec2(ui.available_width(), HEIGHT);
    let (_, rect) = ui.allocate_space(size);
    // The id does not hang on what stands before: it keeps the keyboard while the row above changes.
    let response = ui.interact(rect, Id::new("timeline-track"), Sense::click_and_drag());
    let (from, until) = state.shown_span(model);
    let axis = TimeAxis::new(from, until, rect.x_range());

    let command = pointer(ui, state, model, &axis, &response)
        .or_else(|| assistive(ui, state, model, &response));
    paint(ui, rect, &axis, model, &response);
    announce(ui, model, &response);
    (response, command)
}

/// Click and drag set the moment; scrolling moves and zooms; the middle button drags the span.
fn pointer(
    ui: &Ui,
    state: &mut TimelineState,
    model: &TimelineModel,
    axis: &TimeAxis,
    response: &Response,
) -> Option<Command> {
    if response.dragged_by(PointerButton::Middle) {
        state.pan(-f64::from(response.drag_delta().x) * axis.secs_per_point());
        return None;
    }
    if let Some(pointer) = response.hover_pos() {
        let (zoom, scroll) = ui.input(|input| (input.zoom_delta(), input.smooth_scroll_delta()));
        if zoom != 1.0 {
            state.zoom(model, axis.moment(pointer.x), f64::from(zoom));
        }
        let along = scroll.x + scroll.y;
        if along != 0.0 {
            state.pan(-f64::from(along) * axis.secs_per_point());
        }
    }
    if response.double_clicked() {
        state.fit();
        return None;
    }
    if response.clicked() || response.dragged_by(PointerButton::Primary) {
        response.request_focus();
        let pointer = response.interact_pointer_pos()?;
        return Some(seek(model, axis.moment(pointer.x)));
    }
    None
}

/// What a screen reader does with a slider.
fn assistive(
    ui: &Ui,
    state: &TimelineState,
    model: &TimelineModel,
    response: &Response,
) -> Option<Command> {
    let count = |action| ui.input(|input| input.num_accesskit_action_requests(response.id, action));
    let steps = count(Action::Increment) as f64 - count(Action::Decrement) as f64;
    (steps != 0.0).then(|| seek(model, later(model.now, steps * state.step_secs(model))))
}

fn paint(ui: &Ui, rect: Rect, axis: &TimeAxis, model: &TimelineModel, response: &Response) {
    let (tokens, language) = (Tokens::of(ui), Language::of(ui));
    let palette = &tokens.palette;
    let painter = ui.painter().with_clip_rect(rect.expand(2.0));
    let ground = Rect::from_min_max(rect.min, pos2(rect.right(), rect.bottom() - LABEL_HEIGHT));
    let border = if response.has_focus() {
        Stroke::new(2.0, palette.accent.colour())
    } else {
        Stroke::new(1.0, palette.rule.colour())
    };
    painter.rect(
        ground,
        3.0,
        palette.field.colour(),
        border,
        StrokeKind::Inside,
    );

    let inside = ground.shrink(1.0);
    let inner = painter.with_clip_rect(inside);
    let strip = inside.with_max_y(inside.top() + DAYLIGHT_HEIGHT);
    if !model.daylight.is_empty() {
        paint_daylight(&inner, tokens, strip, axis, &model.daylight);
    }
    let font = TextStyle::Small.resolve(ui.style());
    for tick in ticks(axis, LABEL_DISTANCE, &model.time_zone, &language) {
        let ink = if tick.is_day {
            palette.ink
        } else {
            palette.ink_weak
        };
        inner.vline(
            tick.x,
            strip.bottom()..=inside.bottom(),
            Stroke::new(1.0, palette.rule.colour()),
        );
        let label = painter.layout_no_wrap(tick.label, font.clone(), ink.colour());
        let corner = pos2(tick.x - label.size().x / 2.0, ground.bottom() + 3.0);
        // Half a label at an edge says something else than the whole.
        if corner.x >= ground.left() && corner.x + label.size().x <= ground.right() {
            painter.galley(corner, label, ink.colour());
        }
    }
    let cursor_x = axis.x(model.now);
    let bars = inside.with_min_y(strip.bottom() + 3.0);
    paint_density(&inner, tokens, bars, axis, &model.density, cursor_x);
    paint_changes(&inner, tokens, bars, axis, model);

    let present_x = axis.x(model.present);
    let future = inside.with_min_x(present_x.max(inside.left()));
    if future.is_positive() {
        inner.rect_filled(future, 0.0, palette.panel.with_opacity(0.75));
    }
    inner.vline(
        present_x,
        inside.y_range(),
        Stroke::new(1.0, palette.live.colour()),
    );
    paint_cursor(
        &painter,
        ground,
        cursor_x,
        if model.live {
            palette.live
        } else {
            palette.accent
        },
    );
    if let Some(pointer) = response.hover_pos().filter(|_| !response.dragged()) {
        inner.vline(
            pointer.x,
            inside.y_range(),
            Stroke::new(1.0, palette.border.colour()),
        );
        let moment = axis.moment(pointer.x).to_zoned(model.time_zone.clone());
        response.show_tooltip_text(language.date_time(&moment));
    }
}

/// A line with a handle that says where to take it.
fn paint_cursor(painter: &egui::Painter, ground: Rect, x: f32, colour: crate::theme::Srgb) {
    let colour = colour.colour();
    painter.vline(x, ground.y_range(), Stroke::new(2.0, colour));
    let top = ground.top() - 1.0;
    let handle: Vec<Pos2> = [
        (-6.0, 0.0),
        (6.0, 0.0),
        (6.0, 6.0),
        (0.0, 12.0),
        (-6.0, 6.0),
    ]
    .into_iter()
    .map(|(right, down)| pos2(x + right, top + down))
    .collect();
    painter.add(Shape::convex_polygon(handle, colour, Stroke::NONE));
}

/// Names the track as a slider whose value is the shown moment.
fn announce(ui: &Ui, model: &TimelineModel, response: &Response) {
    let language = Language::of(ui);
    let name = language.tr("timeline-track");
    let value = model.now.as_second() as f64;
    response.widget_info(|| WidgetInfo::slider(true, value, &name));
    let text = language.date_time(&model.now.to_zoned(model.time_zone.clone()));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_value(text);
        if let Some(earliest) = model.first() {
            node.set_min_numeric_value(earliest.as_second() as f64);
        }
        node.set_max_numeric_value(model.present.as_second() as f64);
        node.add_action(Action::Increment);
        node.add_action(Action::Decrement);
    });
}
