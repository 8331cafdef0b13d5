//! Keys that do not move the camera: the rest of the grammar of viewers.
//!
//! | key | does |
//! | --- | --- |
//! | Home, N, F | whole scene, north up, the selected thing |
//! | 1 to 9 | the scene's viewpoints |
//! | Escape | selects nothing |
//!
//! Space, End and the arrows with Alt belong to the timeline panel.

use bevy::prelude::*;
use veduta_panels::Command;

use super::apply::PendingCommands;
use crate::{camera::InputFocus, city::Selection, stream::StreamState};

const DIGITS: [KeyCode; 9] = [
    KeyCode::Digit1,
    KeyCode::Digit2,
    KeyCode::Digit3,
    KeyCode::Digit4,
    KeyCode::Digit5,
    KeyCode::Digit6,
    KeyCode::Digit7,
    KeyCode::Digit8,
    KeyCode::Digit9,
];

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
    let Some(scene) = stream
        .scene
        .as_ref()
        .filter(|_| focus.keyboard && !modified)
    else {
        return;
    };
    let mut wish = |command| commands.0.push(command);
    if keys.just_pressed(KeyCode::Home) {
        wish(Command::FlyHome);
    }
    if keys.just_pressed(KeyCode::KeyN) {
        wish(Command::FaceNorth);
    }
    if keys.just_pressed(KeyCode::Escape) {
        wish(Command::ClearSelection);
    }
    if keys.just_pressed(KeyCode::KeyF) {
        match &*selection {
            Selection::Object(id) => wish(Command::FlyToObject(id.as_str().into())),
            Selection::Entity(id) => wish(Command::FlyToEntity(id.as_str().into())),
            Selection::Nothing => wish(Command::FlyHome),
        }
    }
    for (key, viewpoint) in DIGITS.into_iter().zip(&scene.viewpoints) {
        if keys.just_pressed(key) {
            wish(Command::FlyToViewpoint(viewpoint.name.as_str().into()));
        }
    }
}
