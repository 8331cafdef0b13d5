//! What lies over the scene: markers, the legend, the comparison's headers.

use egui::{Align2, Area, Frame, Id, Order, Pos2, Rect, Stroke, Ui, UiBuilder, vec2};
use egui_phosphor::regular as icon;

use super::{Pane, SceneModel, SceneRect};
use crate::{
    Command, compare_ui,
    controls::{icon_button, name_control, row, small},
    language::Language,
    legend_ui, markers_ui,
    model::SceneHalf,
    status::attribution_ui,
    theme::{Tokens, metrics},
};

const LEGEND_WIDTH: f32 = 264.0;

/// What lies over the scene answers this.
pub(super) struct OverScene {
    pub commands: Vec<Command>,
    pub rects: Vec<SceneRect>,
    /// The half that the pointer is over, with nothing in between.
    pub pointer_over: Option<SceneHalf>,
}

/// Draws over the pane at `place`.
pub(super) fn over_scene_ui(
    ui: &mut Ui,
    place: Rect,
    model: &SceneModel,
    legend_open: bool,
) -> OverScene {
    let mut commands = Vec::new();
    let comparing = model.compare.scenarios.comparing;
    let below = if comparing {
        compare_bar_ui(ui, place, model, &mut commands)
    } else {
        place
    };
    let rects = halves(below, comparing);
    for half in &rects {
        let markers = match half.half {
            SceneHalf::Left => &model.markers,
            SceneHalf::Right => &model.markers_right,
        };
        let mut child = ui.new_child(UiBuilder::new().id_salt(half.half).max_rect(half.rect));
        child.set_clip_rect(half.rect.intersect(ui.clip_rect()));
        commands.extend(markers_ui(&mut child, markers));
    }
    if comparing {
        let rule = Stroke::new(2.0, Tokens::of(ui).palette.panel.colour());
        ui.painter().vline(below.center().x, below.y_range(), rule);
    }
    attribution_ui(ui, below, &model.status.attribution);
    if !model.legend.is_empty() {
        commands.extend(if legend_open {
            floating_legend_ui(ui, below, model)
        } else {
            closed_legend_ui(ui, below)
        });
    }
    OverScene {
        commands,
        pointer_over: pointer_over(ui, &rects),
        rects,
    }
}

/// The bar with choosers and numbers; answers the room below it.
fn compare_bar_ui(
    ui: &mut Ui,
    place: Rect,
    model: &SceneModel,
    commands: &mut Vec<Command>,
) -> Rect {
    let mut child = ui.new_child(UiBuilder::new().id_salt("compare").max_rect(place));
    child.set_clip_rect(place.intersect(ui.clip_rect()));
    let frame = Frame::new()
        .fill(ui.visuals().panel_fill)
        .inner_margin(metrics::GAP);
    let response = frame.show(&mut child, |ui| {
        ui.set_width(place.width() - 2.0 * metrics::GAP);
        commands.extend(compare_ui(ui, &model.compare));
    });
    let bottom = response.response.rect.bottom().min(place.bottom());
    ui.painter().hline(
        place.x_range(),
        bottom,
        ui.visuals().widgets.noninteractive.bg_stroke,
    );
    place.with_min_y(bottom)
}

fn halves(place: Rect, comparing: bool) -> Vec<SceneRect> {
    if !comparing {
        return vec![SceneRect {
            half: SceneHalf::Left,
            rect: place,
        }];
    }
    let middle = place.center().x;
    vec![
        SceneRect {
            half: SceneHalf::Left,
            rect: place.with_max_x(middle),
        },
        SceneRect {
            half: SceneHalf::Right,
            rect: place.with_min_x(middle),
        },
    ]
}

/// The legend in the lower left corner. It scrolls when the scene is lower than it.
fn floating_legend_ui(ui: &Ui, place: Rect, model: &SceneModel) -> Vec<Command> {
    let language = Language::of(ui);
    let mut commands = Vec::new();
    let corner: Pos2 = place.left_bottom() + vec2(metrics::PANEL_MARGIN, -metrics::PANEL_MARGIN);
    // The city is what one came for: its key takes at most two fifths of its height.
    // Beside a comparison it is smaller still.
    let share = if model.compare.scenarios.comparing {
        0.18
    } else {
        0.4
    };
    let room = (place.height() * share).min(place.height() - 2.0 * metrics::PANEL_MARGIN - 60.0);
    Area::new(Id::new("legend"))
        .order(Order::Middle)
        .pivot(Align2::LEFT_BOTTOM)
        .fixed_pos(corner)
        .constrain_to(place)
        .default_size(vec2(
            LEGEND_WIDTH + 2.0 * metrics::PANEL_MARGIN,
            place.height(),
        ))
        .show(ui.ctx(), |ui| {
            Frame::window(ui.style())
                .inner_margin(metrics::PANEL_MARGIN)
                .show(ui, |ui| {
                    ui.set_width(LEGEND_WIDTH.min(place.width() * 0.6));
                    let title = language.tr(Pane::Legend.message_key());
                    let (_, close) = row(
                        ui,
                        |ui| ui.label(small(ui, title)),
                        |ui| icon_button(ui, icon::MINUS, &language.tr("legend-close")),
                    );
                    if close.clicked() {
                        commands.push(Command::SetPaneOpen {
                            pane: Pane::Legend,
                            open: false,
                        });
                    }
                    egui::ScrollArea::vertical()
                        // Without a least height an area that once was low stays low.
                        .min_scrolled_height(room.max(80.0))
                        .max_height(room.max(80.0))
                        .show(ui, |ui| {
                            commands.extend(legend_ui(ui, &model.legend));
                        });
                });
        });
    commands
}

/// What brings a closed legend back, where it was.
fn closed_legend_ui(ui: &Ui, place: Rect) -> Vec<Command> {
    let title = Language::of(ui).tr(Pane::Legend.message_key());
    let corner = place.left_bottom() + vec2(metrics::PANEL_MARGIN, -metrics::PANEL_MARGIN);
    let area = Area::new(Id::new("closed-legend"))
        .order(Order::Middle)
        .pivot(Align2::LEFT_BOTTOM)
        .fixed_pos(corner);
    let response = area.show(ui.ctx(), |ui| {
        let button = ui.button(format!("{}  {title}", icon::PALETTE));
        name_control(&button, &title);
        button.clicked()
    });
    let opening = Command::SetPaneOpen {
        pane: Pane::Legend,
        open: true,
    };
    response.inner.then_some(opening).into_iter().collect()
}

/// The scene has the pointer if no area lies above it there and no control of the window is held. Scrolling over a marker still
/// moves the camera; pressing it does not.
fn pointer_over(ui: &Ui, rects: &[SceneRect]) -> Option<SceneHalf> {
    let held_id = Id::new("window-held-the-pointer");
    let is_held = ui.ctx().egui_is_using_pointer();
    let was_held: bool = ui.data(|data| data.get_temp(held_id).unwrap_or(false));
    ui.data_mut(|data| data.insert_temp(held_id, is_held));
    // In the frame of the release nothing is held any more, but the click still belongs to the control.
    let is_ending = was_held && ui.input(|input| input.pointer.any_released());

    let pointer = ui.ctx().pointer_hover_pos()?;
    let half = rects.iter().find(|half| half.rect.contains(pointer))?.half;
    let is_covered = ui
        .ctx()
        .layer_id_at(pointer)
        .is_some_and(|layer| layer != ui.layer_id());
    (!is_covered && !is_held && !is_ending).then_some(half)
}
