//! Navigation, viewpoints and flights. One rig moves all views, so that compared futures stay
//! locked together.

mod flight;
mod navigation;
mod rig;

use bevy::prelude::*;

pub use flight::CameraFlight;
pub use navigation::{Drag, InputFocus};
pub use rig::CameraRig;

/// The camera room.
pub struct CameraPlugin;

impl Plugin for CameraPlugin {
    fn build(&self, app: &mut App) {
        app.init_resource::<CameraRig>()
            .init_resource::<CameraFlight>()
            .init_resource::<InputFocus>()
            .init_resource::<Drag>()
            .add_systems(
                Update,
                (
                    (
                        navigation::navigate_with_pointer,
                        navigation::navigate_with_keys,
                    )
                        .chain()
                        .run_if(resource_exists::<ButtonInput<KeyCode>>),
                    flight::fly,
                )
                    .chain()
                    .in_set(CameraSystems),
            );
    }
}

/// Everything that moves the rig; runs before cameras are placed.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct CameraSystems;
