//! Mouse, trackpad and keyboard to camera moves, as users of GIS have them in their fingers.
//!
//! | gesture | move |
//! | --- | --- |
//! | left drag | pan: the grabbed point stays under the pointer |
//! | middle drag, Ctrl or Shift + left drag | orbit about the grabbed point |
//! | right drag, wheel, pinch | zoom towards the point under the pointer |
//! | arrows, W A S D | pan; with Shift: turn and tilt |
//! | Q, E | turn |
//! | Page up, Page down | rise, sink |
//! | +, - | zoom about the middle |
//! | Home, N | whole scene, north up |

use bevy::{
    input::{
        gestures::PinchGesture,
        keyboard::Key,
        mouse::{AccumulatedMouseScroll, MouseScrollUnit},
    },
    prelude::*,
    window::PrimaryWindow,
};
use glam::{DVec2, DVec3};

use super::{CameraFlight, CameraRig};
use crate::{
    city::{Pointer, meet_plane, ray_under},
    compare::SceneRectangles,
};

/// Degrees of turn per pixel of an orbit drag.
const ORBIT_DEG_PER_PIXEL: f64 = 0.28;
/// Zoom per wheel notch.
const ZOOM_PER_NOTCH: f64 = 0.84;
/// Zoom per pixel of a trackpad scroll or a right drag.
const ZOOM_PER_PIXEL: f64 = 0.9965;

/// Whether the scene, not a panel, has the pointer and the keys this frame.
#[derive(Resource, Debug, Clone, Copy, Default)]
pub struct InputFocus {
    /// The pointer is over the scene and no panel holds it.
    pub pointer: bool,
    /// No text field has the keyboard.
    pub keyboard: bool,
}

/// What a held button does.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Gesture {
    Pan,
    Orbit,
    Zoom,
}

/// A drag in progress.
#[derive(Resource, Debug, Default)]
pub struct Drag {
    gesture: Option<Gesture>,
    grabbed_enu: DVec3,
    last_px: Vec2,
    travelled_px: f32,
    pressed_in_scene: bool,
}

impl Drag {
    /// True from the moment a pressed pointer has moved too far to be a click.
    pub fn is_moving(&self) -> bool {
        self.gesture.is_some() && self.was_moved()
    }

    /// True when the last press was on the scene and the pointer has not moved since.
    pub fn is_click(&self) -> bool {
        self.pressed_in_scene && !self.was_moved()
    }

    /// True when the last press was, or is, a drag and not a click.
    pub fn was_moved(&self) -> bool {
        self.travelled_px > 4.0
    }
}

/// Starts, follows and ends drags; zooms with wheel and pinch.
#[allow(
    clippy::too_many_arguments,
    reason = "a system takes what it reads, and a gesture reads many devices"
)]
pub fn navigate_with_pointer(
    focus: Res<InputFocus>,
    buttons: Res<ButtonInput<MouseButton>>,
    keys: Res<ButtonInput<KeyCode>>,
    scroll: Res<AccumulatedMouseScroll>,
    mut pinches: MessageReader<PinchGesture>,
    pointer: Res<Pointer>,
    windows: Query<&Window, With<PrimaryWindow>>,
    rectangles: Res<SceneRectangles>,
    mut rig: ResMut<CameraRig>,
    mut drag: ResMut<Drag>,
    mut flight: ResMut<CameraFlight>,
) {
    let Ok(window) = windows.single() else { return };
    let Some(cursor) = window.physical_cursor_position() else {
        return;
    };
    let anchor = pointer.point_enu.unwrap_or(rig.target_enu);

    // What the panels said of the pointer is a frame old; where it is now, the window knows.
    let in_scene = focus.pointer && ray_under(cursor, &rig, &rectangles).is_some();
    if buttons.get_just_pressed().len() > 0 {
        drag.pressed_in_scene = false;
    }
    if in_scene {
        let orbit_key = keys.any_pressed([
            KeyCode::ControlLeft,
            KeyCode::ControlRight,
            KeyCode::ShiftLeft,
            KeyCode::ShiftRight,
        ]);
        let started = if buttons.just_pressed(MouseButton::Middle) {
            Some(Gesture::Orbit)
        } else if buttons.just_pressed(MouseButton::Right) {
            Some(Gesture::Zoom)
        } else if buttons.just_pressed(MouseButton::Left) {
            Some(if orbit_key {
                Gesture::Orbit
            } else {
                Gesture::Pan
            })
        } else {
            None
        };
        if let Some(gesture) = started {
            *drag = Drag {
                gesture: Some(gesture),
                grabbed_enu: anchor,
                last_px: cursor,
                travelled_px: 0.0,
                pressed_in_scene: true,
            };
        }
        let notches = match scroll.unit {
            MouseScrollUnit::Line => ZOOM_PER_NOTCH.powf(f64::from(scroll.delta.y)),
            MouseScrollUnit::Pixel => ZOOM_PER_PIXEL.powf(f64::from(scroll.delta.y)),
        };
        let pinch: f64 = pinches
            .read()
            .map(|pinch| (1.0 - f64::from(pinch.0)).clamp(0.2, 5.0))
            .product();
        let factor = notches * pinch;
        if (factor - 1.0).abs() > 1e-6 {
            flight.stop();
            rig.zoom(anchor, factor);
        }
    } else {
        pinches.clear();
    }

    if !buttons.any_pressed([MouseButton::Left, MouseButton::Middle, MouseButton::Right]) {
        drag.gesture = None;
        return;
    }
    let Some(gesture) = drag.gesture else { return };
    // The pointer's own way, not the device's raw motion, which knows acceleration and tablets not.
    let delta = (cursor - drag.last_px).as_dvec2();
    if delta == DVec2::ZERO {
        return;
    }
    drag.last_px = cursor;
    drag.travelled_px += delta.length() as f32;
    if !drag.is_moving() {
        return;
    }
    flight.stop();
    match gesture {
        Gesture::Pan => {
            // The grabbed point stays under the pointer: the scene is dragged over the level that
            // was grabbed, not through it.
            let level_m = drag.grabbed_enu.z;
            let under =
                ray_under(cursor, &rig, &rectangles).and_then(|(_, ray)| meet_plane(ray, level_m));
            if let Some(under) = under {
                let way = drag.grabbed_enu - under;
                // Near the horizon a pixel is a mile; nobody means to go that far.
                let limit = rig.distance_m * 0.5;
                rig.translate(DVec3::new(way.x, way.y, 0.0).clamp_length_max(limit));
            }
        }
        Gesture::Orbit => rig.orbit(
            drag.grabbed_enu,
            delta.x * ORBIT_DEG_PER_PIXEL,
            -delta.y * ORBIT_DEG_PER_PIXEL,
        ),
        Gesture::Zoom => rig.zoom(drag.grabbed_enu, ZOOM_PER_PIXEL.powf(-delta.y * 1.6)),
    }
}

/// Moves with keys held down; speed grows with the distance looked at.
pub fn navigate_with_keys(
    focus: Res<InputFocus>,
    keys: Res<ButtonInput<KeyCode>>,
    letters: Res<ButtonInput<Key>>,
    time: Res<Time>,
    mut rig: ResMut<CameraRig>,
    mut flight: ResMut<CameraFlight>,
) {
    if !focus.keyboard || keys.any_pressed([KeyCode::AltLeft, KeyCode::AltRight]) {
        return;
    }
    // A slow frame must not throw the camera across the city.
    let seconds = f64::from(time.delta_secs()).min(0.1);
    let axis = |more: &[KeyCode], less: &[KeyCode]| {
        f64::from(i8::from(keys.any_pressed(more.iter().copied())))
            - f64::from(i8::from(keys.any_pressed(less.iter().copied())))
    };
    let control = keys.any_pressed([KeyCode::ControlLeft, KeyCode::ControlRight]);
    if control {
        return;
    }
    let turning = keys.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight]);
    let x = axis(
        &[KeyCode::ArrowRight, KeyCode::KeyD],
        &[KeyCode::ArrowLeft, KeyCode::KeyA],
    );
    let y = axis(
        &[KeyCode::ArrowUp, KeyCode::KeyW],
        &[KeyCode::ArrowDown, KeyCode::KeyS],
    );
    let turn = axis(&[KeyCode::KeyE], &[KeyCode::KeyQ]);
    let rise = axis(&[KeyCode::PageUp], &[KeyCode::PageDown]);
    // Signs, not places: where + and - are depends on the keyboard.
    let typed = |sign: &str| letters.pressed(Key::Character(sign.into()));
    let zoom = f64::from(i8::from(typed("+") || typed("="))) - f64::from(i8::from(typed("-")));
    if [x, y, turn, rise, zoom].iter().all(|value| *value == 0.0) {
        return;
    }
    flight.stop();
    let pivot = rig.target_enu;
    if turning {
        rig.orbit(pivot, x * 60.0 * seconds, y * 40.0 * seconds);
    } else {
        let (right, up, forward) = rig.axes_enu();
        let level = DVec3::new(forward.x, forward.y, 0.0).normalize_or(up);
        let speed = rig.distance_m * 0.7 * seconds;
        rig.translate(right * x * speed + level * y * speed);
    }
    let speed = rig.distance_m * 0.5 * seconds;
    rig.translate(DVec3::Z * rise * speed);
    let pivot = rig.target_enu;
    rig.orbit(pivot, turn * 60.0 * seconds, 0.0);
    rig.zoom(pivot, 0.35_f64.powf(zoom * seconds));
}
