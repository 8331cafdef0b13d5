//! Time by keyboard.

use egui::{EventFilter, Id, Key, Modifiers, Ui};
use jiff::Timestamp;

use super::{
    TimelineModel, TimelineState,
    view::{later, seek},
};
use crate::Command;

/// With Shift a step goes this much further.
const FAR: f64 = 10.0;

/// Reads the keys. Space, End, comma and full stop work in the whole window while nothing has the keyboard; the arrows and Home belong to
/// the camera there, and to time while the track has the keyboard or the pointer is over the bar.
pub(super) fn keys_ui(
    ui: &Ui,
    state: &TimelineState,
    model: &TimelineModel,
    track: Id,
    hovered: bool,
) -> Option<Command> {
    let focused = ui.memory(|memory| memory.focused());
    let on_track = focused == Some(track);
    if !(on_track || focused.is_none()) || egui::Popup::is_any_open(ui.ctx()) {
        return None;
    }
    if on_track {
        let filter = EventFilter {
            horizontal_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(track, filter));
    }
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let step_secs = state.step_secs(model);
    let by = |secs: f64| Some(seek(model, later(model.now, secs)));
    if pressed(Modifiers::NONE, Key::Space) {
        return Some(Command::SetPlaying(!model.playing));
    }
    if pressed(Modifiers::NONE, Key::End) {
        return Some(Command::GoLive);
    }
    if pressed(Modifiers::NONE, Key::Comma) {
        return by(-step_secs);
    }
    if pressed(Modifiers::NONE, Key::Period) {
        return by(step_secs);
    }
    if !(on_track || hovered) {
        return None;
    }
    // The keys with a modifier first: without one, egui's match is loose about Shift.
    if pressed(Modifiers::COMMAND, Key::ArrowLeft) {
        return previous_observation(model).map(|moment| seek(model, moment));
    }
    if pressed(Modifiers::COMMAND, Key::ArrowRight) {
        return Some(next_observation(model).map_or(Command::GoLive, |moment| seek(model, moment)));
    }
    if pressed(Modifiers::SHIFT, Key::ArrowLeft) || pressed(Modifiers::NONE, Key::PageDown) {
        return by(-FAR * step_secs);
    }
    if pressed(Modifiers::SHIFT, Key::ArrowRight) || pressed(Modifiers::NONE, Key::PageUp) {
        return by(FAR * step_secs);
    }
    if pressed(Modifiers::NONE, Key::ArrowLeft) {
        return by(-step_secs);
    }
    if pressed(Modifiers::NONE, Key::ArrowRight) {
        return by(step_secs);
    }
    if pressed(Modifiers::NONE, Key::Home) {
        return model.earliest.map(|earliest| seek(model, earliest));
    }
    None
}

fn bins_with_observations(model: &TimelineModel) -> impl DoubleEndedIterator<Item = Timestamp> {
    let density = &model.density;
    let filled = density
        .counts
        .iter()
        .enumerate()
        .filter(|(_, count)| **count > 0);
    filled.map(|(index, _)| later(density.start, density.bin_secs * index as f64))
}

fn previous_observation(model: &TimelineModel) -> Option<Timestamp> {
    bins_with_observations(model)
        .rev()
        .find(|start| *start < model.now)
}

fn next_observation(model: &TimelineModel) -> Option<Timestamp> {
    bins_with_observations(model).find(|start| *start > model.now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::Density;

    #[test]
    fn observations_are_found_on_both_sides() {
        let start = Timestamp::UNIX_EPOCH;
        let density = Density {
            start,
            bin_secs: 60.0,
            counts: vec![3, 0, 0, 2, 0, 1],
        };
        let model = TimelineModel {
            now: later(start, 180.0),
            density,
            ..TimelineModel::default()
        };
        assert_eq!(previous_observation(&model), Some(start));
        assert_eq!(next_observation(&model), Some(later(start, 300.0)));
    }
}
