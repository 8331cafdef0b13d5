//! The materials of the city and what they are told each frame.

use bevy::{prelude::*, render::storage::ShaderBuffer};
use veduta_panels::theme;

use super::{
    feature_state::{FeatureStates, FeatureStatesUploaded, Side},
    frame::SceneFrame,
    inside::LookInside,
    material::{Blending, CityEdge, CitySurface, CityUniform, SkyColors, SkyDome},
};

/// Bit of [`CityUniform::view`]: textures and colours of the source are left out.
const PLAIN: u32 = 1;
/// Bit of [`CityUniform::view`]: something is taken away to look inside.
const INSIDE: u32 = 2;

/// Shared handles and the light they carry.
#[derive(Resource, Debug)]
pub struct CityLook {
    /// Light, palette, height field as the shaders read them.
    pub uniform: CityUniform,
    /// Image of the height field; `None` before the first tile.
    pub height_field: Option<Handle<Image>>,
    surfaces: [Handle<CitySurface>; 2],
    glass: [Handle<CitySurface>; 2],
    edges: [Handle<CityEdge>; 2],
    sky: Handle<SkyDome>,
    is_cut: bool,
}

impl FromWorld for CityLook {
    fn from_world(world: &mut World) -> Self {
        let states = Side::BOTH.map(|side| world.resource::<FeatureStates>().buffer(side));
        let uniform = CityUniform {
            palette: surface_palette(&theme::surface::PALETTE),
            accent: linear(theme::surface::SELECTION).extend(theme::surface::EDGE_STRENGTH),
            inside: linear(theme::surface::INSIDE).extend(0.0),
            ..default()
        };
        let [surfaces, glass] = [Blending::Solid, Blending::Glass].map(|blending| {
            states.clone().map(|feature_states| {
                let mut materials = world.resource_mut::<Assets<CitySurface>>();
                materials.add(CitySurface {
                    city: uniform,
                    feature_states,
                    height_field: None,
                    base_color: None,
                    blending,
                    is_cut: false,
                })
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
            glass,
            edges,
            sky,
            is_cut: false,
        }
    }
}

impl CityLook {
    /// Material of untextured surfaces on a side.
    pub fn surface(&self, side: Side) -> Handle<CitySurface> {
        self.surfaces[side.index()].clone()
    }

    /// Material of untextured surfaces that one sees through.
    pub fn glass(&self, side: Side) -> Handle<CitySurface> {
        self.glass[side.index()].clone()
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
        blending: Blending,
    ) -> CitySurface {
        CitySurface {
            city: self.uniform,
            feature_states,
            height_field: self.height_field.clone(),
            base_color: Some(texture),
            blending,
            is_cut: self.is_cut,
        }
    }

    /// Surface classes that are not drawn, one bit each: of objects seen from outside and of interior ones.
    pub fn hidden_classes(&self) -> HiddenClasses {
        HiddenClasses {
            outside: self.uniform.view.x,
            interior: self.uniform.view.y,
        }
    }

    /// Draws surfaces by their kind alone, in colours or all but white; or as their source says.
    pub fn set_colours(&mut self, plain: bool, palette: &theme::surface::Palette) {
        self.uniform.view.z = self.uniform.view.z & !PLAIN | if plain { PLAIN } else { 0 };
        self.uniform.palette = surface_palette(palette);
    }
}

/// Surface classes that are not drawn, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HiddenClasses {
    /// Of objects seen from outside.
    pub outside: u32,
    /// Of interior objects.
    pub interior: u32,
}

impl HiddenClasses {
    /// Whether a class is among them.
    pub fn contains(self, class: u8, is_interior: bool) -> bool {
        let mask = if is_interior {
            self.interior
        } else {
            self.outside
        };
        mask >> (class & 31) & 1 != 0
    }
}

/// Takes away what one wants to look behind.
pub fn look_inside(
    inside: Res<LookInside>,
    states: Res<FeatureStates>,
    frame: Res<SceneFrame>,
    mut look: ResMut<CityLook>,
) {
    let classes = inside.hidden_classes();
    let mut wanted = look.uniform;
    wanted.view.x = classes.outside;
    wanted.view.y = classes.interior;
    wanted.view.z = wanted.view.z & !INSIDE | if inside.is_active() { INSIDE } else { 0 };
    wanted.inside.w = -frame.floating_origin_enu().z as f32;
    // A touched look is carried into every material.
    if look.uniform != wanted {
        look.uniform = wanted;
    }
    if look.is_cut != states.has_cuts() {
        look.is_cut = states.has_cuts();
    }
}

/// Linear RGB of an sRGB token.
pub fn linear(color: theme::Srgb) -> Vec3 {
    Vec3::from_array(color.linear())
}

fn surface_palette(colours: &theme::surface::Palette) -> [Vec4; 16] {
    colours.map(|(color, glossiness)| linear(color).extend(glossiness))
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
        material.is_cut = look.is_cut;
    }
    for (_, material) in edges.iter_mut() {
        material.city = look.uniform;
    }
    if let Some(mut material) = skies.get_mut(&look.sky) {
        material.sky = look.uniform.sky;
    }
}
