//! The materials of the city and what they are told each frame.

use bevy::{prelude::*, render::storage::ShaderBuffer};
use veduta_panels::theme;

use super::{
    feature_state::{FeatureStates, FeatureStatesUploaded, Side},
    material::{CityEdge, CitySurface, CityUniform, SkyColors, SkyDome},
};

/// Shared handles and the light they carry.
#[derive(Resource, Debug)]
pub struct CityLook {
    /// Light, palette, height field as the shaders read them.
    pub uniform: CityUniform,
    /// Image of the height field; `None` before the first tile.
    pub height_field: Option<Handle<Image>>,
    surfaces: [Handle<CitySurface>; 2],
    edges: [Handle<CityEdge>; 2],
    sky: Handle<SkyDome>,
}

impl FromWorld for CityLook {
    fn from_world(world: &mut World) -> Self {
        let states = Side::BOTH.map(|side| world.resource::<FeatureStates>().buffer(side));
        let uniform = CityUniform {
            palette: surface_palette(),
            accent: linear(theme::surface::SELECTION).extend(theme::surface::EDGE_STRENGTH),
            ..default()
        };
        let surfaces = states.clone().map(|feature_states| {
            world
                .resource_mut::<Assets<CitySurface>>()
                .add(CitySurface {
                    city: uniform,
                    feature_states,
                    height_field: None,
                    base_color: None,
                })
        });
        let edges = states.map(|feature_states| {
            world.resource_mut::<Assets<CityEdge>>().add(CityEdge {
                city: uniform,
                feature_states,
            })
        });
        let sky = world.resource_mut::<Assets<SkyDome>>().add(SkyDome {
            sky: SkyColors::default(),
        });
        Self {
            uniform,
            height_field: None,
            surfaces,
            edges,
            sky,
        }
    }
}

impl CityLook {
    /// Material of untextured surfaces on a side.
    pub fn surface(&self, side: Side) -> Handle<CitySurface> {
        self.surfaces[side.index()].clone()
    }

    /// Material of edges on a side.
    pub fn edge(&self, side: Side) -> Handle<CityEdge> {
        self.edges[side.index()].clone()
    }

    /// Material of the sky.
    pub fn sky(&self) -> Handle<SkyDome> {
        self.sky.clone()
    }

    /// A material for one texture on a side.
    pub fn textured(
        &self,
        feature_states: Handle<ShaderBuffer>,
        texture: Handle<Image>,
    ) -> CitySurface {
        CitySurface {
            city: self.uniform,
            feature_states,
            height_field: self.height_field.clone(),
            base_color: Some(texture),
        }
    }
}

/// Linear RGB of an sRGB token.
pub fn linear(color: theme::Srgb) -> Vec3 {
    Vec3::from_array(color.linear())
}

fn surface_palette() -> [Vec4; 16] {
    let mut palette = [Vec4::ZERO; 16];
    for (entry, (color, glossiness)) in palette.iter_mut().zip(theme::surface::PALETTE) {
        *entry = linear(color).extend(glossiness);
    }
    palette
}

/// Carries a changed look, or feature states that moved to a new buffer, into all materials.
pub fn update_materials(
    look: Res<CityLook>,
    mut uploaded: MessageReader<FeatureStatesUploaded>,
    mut surfaces: ResMut<Assets<CitySurface>>,
    mut edges: ResMut<Assets<CityEdge>>,
    mut skies: ResMut<Assets<SkyDome>>,
) {
    let states_moved = uploaded
        .read()
        .fold(false, |moved, message| moved | message.resized);
    if !look.is_changed() && !states_moved {
        return;
    }
    for (_, material) in surfaces.iter_mut() {
        material.city = look.uniform;
        material.height_field.clone_from(&look.height_field);
    }
    for (_, material) in edges.iter_mut() {
        material.city = look.uniform;
    }
    if let Some(mut material) = skies.get_mut(&look.sky) {
        material.sky = look.uniform.sky;
    }
}
