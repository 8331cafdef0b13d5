//! Keys that the window's panels leave to the scene.
//!
//! | key | does |
//! | --- | --- |
//! | Home, N | the first view and the whole scene in turn, north up |
//! | F | as Home, while nothing is selected |
//!
//! Escape, 1 to 9, and F for a selection belong to the panels; Space, End and the arrows over the bar to
//! the timeline.

use bevy::prelude::*;
use veduta_panels::Command;

use super::apply::PendingCommands;
use crate::{camera::InputFocus, city::Selection, stream::StreamState};

/// Turns keys into the same commands that panels return.
pub(super) fn shortcuts(
    focus: Res<InputFocus>,
    keys: Res<ButtonInput<KeyCode>>,
    selection: Res<Selection>,
    stream: Res<StreamState>,
    mut commands: ResMut<PendingCommands>,
) {
    let modified = keys.any_pressed([
        KeyCode::ControlLeft,
        KeyCode::ControlRight,
        KeyCode::AltLeft,
        KeyCode::AltRight,
        KeyCode::SuperLeft,
        KeyCode::SuperRight,
    ]);
    if stream.scene.is_none() || !focus.keyboard || modified {
        return;
    }
    let unselected = *selection == Selection::Nothing;
    if keys.just_pressed(KeyCode::Home) || unselected && keys.just_pressed(KeyCode::KeyF) {
        commands.0.push(Command::FlyHome);
    }
    if keys.just_pressed(KeyCode::KeyN) {
        commands.0.push(Command::FaceNorth);
    }
}
