//! Live values in the picture: one marker per entity, with value, unit and age.
//!
//! What a marker shows is what was known at the shown moment, read from the series store; the
//! entity itself only says where it is and what it is called.

mod project;
mod readings;

use bevy::prelude::*;

pub use project::{Projection, project_markers};
pub use readings::{
    OverlaySettings, SceneOverlays, attribute_label, leading_reading, reading_for, reading_of,
    stale_after, unit_of,
};

/// The overlay room.
pub struct OverlayPlugin;

impl Plugin for OverlayPlugin {
    fn build(&self, app: &mut App) {
        app.init_resource::<SceneOverlays>().add_systems(
            Update,
            readings::open_overlays.after(crate::stream::StreamSystems),
        );
    }
}
