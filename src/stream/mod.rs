//! Streaming: opens sources, runs selection, loads and decodes off the main thread, takes tiles in
//! within a budget per frame, lets unused ones go.
//!
//! It knows trees of tiles and nothing of what is in them; every source comes through
//! `veduta_sources`, the one door for geometry.

mod arrival;
mod open;
mod opening_view;
mod receive;
mod select;
mod session;
mod settle;
mod state;

use bevy::prelude::*;

pub use session::{
    CloseScene, Finding, OpenScene, OpenSource, SOURCE_FAILED, SceneRequest, SourceStage,
    TiledSource,
};
pub use settle::{aspect_of, home_view, loaded_bounds, whole_view};
pub use state::{StreamState, rig_of};

use crate::city::{CitySystems, SceneFrame};

/// The stream room.
pub struct StreamPlugin;

impl Plugin for StreamPlugin {
    fn build(&self, app: &mut App) {
        app.init_resource::<StreamState>()
            .add_message::<OpenScene>()
            .add_message::<CloseScene>()
            .configure_sets(Update, StreamSystems.before(CitySystems))
            .add_systems(
                Update,
                (
                    (open::close_scene, open::open_scene, receive::found_frame).chain(),
                    receive::receive_sources.run_if(not(resource_exists::<SceneFrame>)),
                    (receive::receive, settle::settle_scene, select::select_tiles)
                        .chain()
                        .run_if(resource_exists::<SceneFrame>),
                )
                    .chain()
                    .in_set(StreamSystems),
            );
    }
}

/// Everything that brings tiles in and takes them out.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct StreamSystems;
