//! The bar of time: where the clock stands, what is known of which hour, and how to get there.
//!
//! All that can be dragged can also be clicked or keyed. Keys: Space plays and pauses, End returns to live, comma and full stop step; with the
//! keyboard or the pointer on the bar also the arrows (Shift: further, Ctrl: to the next observation) and Home.

mod changes;
mod controls_row;
mod daylight;
mod density_graph;
mod keys;
mod model;
mod speed;
mod time_axis;
mod track;
mod view;

use egui::Ui;

pub use model::{CityChange, Daylight, Density, TimelineModel, TimelineState};
pub(crate) use time_axis::{TimeAxis, ticks};

use crate::Command;

/// Draws the bar over the whole width.
pub fn timeline_ui(ui: &mut Ui, state: &mut TimelineState, model: &TimelineModel) -> Vec<Command> {
    let mut commands = controls_row::controls_ui(ui, state, model);
    let (track, wish) = track::track_ui(ui, state, model);
    commands.extend(wish);
    let hovered = ui.rect_contains_pointer(ui.min_rect());
    commands.extend(keys::keys_ui(ui, state, model, track.id, hovered));
    commands
}
