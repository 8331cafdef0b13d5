//! The city: feature tables, feature states, materials, light, picking.
//!
//! Tiles come in through [`spawn_tile`] and go out through [`despawn_tile`]; what they look like is decided
//! by feature states alone. This room does no file or network access and knows no panels.

mod appearance;
mod feature_state;
mod features;
mod frame;
mod ground;
mod height_field;
mod heights;
mod inside;
mod light;
mod look;
mod material;
mod picking;
mod pointer;
mod quality;
mod selection;
mod stage;
mod texture;
mod tile;
mod upload;

use bevy::prelude::*;

pub use appearance::{Appearance, Theme};
pub use feature_state::{
    DESIGN, FeatureState, FeatureStates, FeatureStatesUploaded, HIDDEN, HOVERED, INTERIOR,
    SELECTED, Side, UNCUT_M,
};
pub use features::{CityFeatures, FeatureIndex, FeatureRef, LoadedTile};
pub use frame::SceneFrame;
pub use ground::assumed_ground;
pub use heights::CityHeights;
pub use inside::{Cut, LookInside, is_built};
pub use look::{CityLook, HiddenClasses};
pub use picking::TileBvh;
pub use pointer::{Pointer, SceneHit, SceneRay, cast_ray, is_ground, meet_plane, ray_under};
pub use quality::Quality;
pub use selection::Selection;
pub use stage::{Sun, VERTICAL_FOV_DEG, spawn_stage};
pub use tile::{PreparedTile, TileAssets, TileEntities, despawn_tile, prepare_tile, spawn_tile};

/// The city room.
pub struct CityPlugin;

impl Plugin for CityPlugin {
    fn build(&self, app: &mut App) {
        app.add_plugins(material::CityMaterialPlugin)
            .init_resource::<FeatureStates>()
            .init_resource::<CityFeatures>()
            .init_resource::<CityHeights>()
            .init_resource::<CityLook>()
            .init_resource::<Appearance>()
            .init_resource::<LookInside>()
            .init_resource::<Pointer>()
            .init_resource::<Sun>()
            .add_message::<feature_state::FeatureStatesUploaded>()
            .configure_sets(
                Update,
                CitySystems
                    .after(crate::camera::CameraSystems)
                    .run_if(resource_exists::<SceneFrame>),
            )
            .add_systems(
                Update,
                (
                    stage::size_shadow_maps,
                    heights::keep_eye_above_ground,
                    stage::move_cameras,
                    frame::place_entities,
                    stage::light_scene,
                    heights::update_height_image,
                    appearance::dress_city,
                    look::look_inside,
                    feature_state::upload_feature_states,
                    look::update_materials,
                    pointer::track_pointer,
                )
                    .chain()
                    .in_set(CitySystems),
            );
    }
}

/// Everything that turns loaded tiles and the rig into what the GPU draws.
#[derive(SystemSet, Debug, Clone, PartialEq, Eq, Hash)]
pub struct CitySystems;
