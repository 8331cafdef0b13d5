//! Live data: broker links on tokio threads, entities in the ECS, observations in the series store.
//!
//! Channels between the two are bounded; a link that is not read fast enough merges notifications
//! (see `ngsild`), and each frame takes in a bounded number of messages, so that a flood costs
//! latency and never frames.

mod embedded;
mod entity;
mod links;
mod objects;
mod receive;
mod series;

use bevy::prelude::*;
use veduta_time::SeriesStore;

pub use embedded::{EmbeddedBrokers, SIMULATED_SCENES, start_simulation};
pub use entity::LiveEntity;
pub use links::{LinkStage, LiveRuntime, SceneLink, SceneLinks};
pub use receive::LiveIndex;
pub use series::{is_descriptive, record_entity, record_history};

/// What was received, by entity and attribute.
#[derive(Resource, Debug, Default, Deref, DerefMut)]
pub struct Observations(pub SeriesStore);

/// The live room.
pub struct LivePlugin;

impl Plugin for LivePlugin {
    fn build(&self, app: &mut App) {
        app.init_resource::<LiveRuntime>()
            .init_resource::<SceneLinks>()
            .init_resource::<EmbeddedBrokers>()
            .init_resource::<LiveIndex>()
            .init_resource::<Observations>()
            .add_systems(
                Update,
                (
                    receive::close_links,
                    receive::open_links,
                    receive::start_waiting_links,
                    receive::receive_events,
                    objects::place_entities,
                )
                    .chain()
                    .in_set(LiveSystems)
                    .after(crate::stream::StreamSystems),
            )
            .add_systems(Last, receive::end_links_on_exit);
    }
}

/// Everything that brings live data in.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct LiveSystems;
