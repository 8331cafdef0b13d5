//! The lean city materials: surfaces and edges.
//!
//! Both read one uniform (light and palette), one buffer of feature states and, for surfaces, the
//! height field that darkens courtyards. Nothing here knows what a building is.

use bevy::{
    asset::{load_internal_asset, uuid_handle},
    mesh::MeshVertexBufferLayoutRef,
    pbr::{MaterialPipeline, MaterialPipelineKey},
    prelude::*,
    render::{
        render_resource::{
            AsBindGroup, RenderPipelineDescriptor, ShaderType, SpecializedMeshPipelineError,
        },
        storage::ShaderBuffer,
    },
    shader::ShaderRef,
};

const SKY: Handle<Shader> = uuid_handle!("2b6e8b1e-6d3f-4b3c-9a52-0d5f7a3c1101");
const BINDINGS: Handle<Shader> = uuid_handle!("2b6e8b1e-6d3f-4b3c-9a52-0d5f7a3c1102");
const SURFACE: Handle<Shader> = uuid_handle!("2b6e8b1e-6d3f-4b3c-9a52-0d5f7a3c1103");
const SHADOW: Handle<Shader> = uuid_handle!("2b6e8b1e-6d3f-4b3c-9a52-0d5f7a3c1104");
const EDGE: Handle<Shader> = uuid_handle!("2b6e8b1e-6d3f-4b3c-9a52-0d5f7a3c1105");
const DOME: Handle<Shader> = uuid_handle!("2b6e8b1e-6d3f-4b3c-9a52-0d5f7a3c1106");

/// Registers the shaders and materials.
pub struct CityMaterialPlugin;

impl Plugin for CityMaterialPlugin {
    fn build(&self, app: &mut App) {
        load_internal_asset!(app, SKY, "../../shaders/sky.wgsl", Shader::from_wgsl);
        load_internal_asset!(
            app,
            BINDINGS,
            "../../shaders/city_bindings.wgsl",
            Shader::from_wgsl
        );
        load_internal_asset!(
            app,
            SURFACE,
            "../../shaders/city_surface.wgsl",
            Shader::from_wgsl
        );
        load_internal_asset!(
            app,
            SHADOW,
            "../../shaders/city_shadow.wgsl",
            Shader::from_wgsl
        );
        load_internal_asset!(app, EDGE, "../../shaders/city_edge.wgsl", Shader::from_wgsl);
        load_internal_asset!(app, DOME, "../../shaders/sky_dome.wgsl", Shader::from_wgsl);
        app.add_plugins((
            MaterialPlugin::<CitySurface>::default(),
            MaterialPlugin::<CityEdge>::default(),
            MaterialPlugin::<SkyDome>::default(),
        ));
    }
}

/// Light of the sky as the shaders take it. Linear RGB; see `shaders/sky.wgsl` for the fourth
/// components.
#[derive(Debug, Clone, Copy, Default, PartialEq, ShaderType)]
pub struct SkyColors {
    /// Direct sun; w: 1 when the sun is up.
    pub sun: Vec4,
    /// Sky straight up; w: haze density per metre.
    pub zenith: Vec4,
    /// Sky near the horizon; w: exposure factor.
    pub horizon: Vec4,
    /// Light thrown back by the ground.
    pub bounce: Vec4,
    /// Unit vector towards the sun, world space.
    pub sun_direction: Vec4,
}

/// Everything both city materials share.
#[derive(Debug, Clone, Copy, Default, PartialEq, ShaderType)]
pub struct CityUniform {
    /// Light.
    pub sky: SkyColors,
    /// World x, z of the height field's corner and one over its extent in x, z.
    pub height_rect: Vec4,
    /// World y of height 0, one over the texel size in metres, strength of occlusion.
    pub height_params: Vec4,
    /// Linear RGB of the selection; w: strength of the edges, 0 to 1.
    pub accent: Vec4,
    /// Linear RGB of what is seen from inside where something was cut away; w: world y of height 0.
    pub inside: Vec4,
    /// Surface classes that are not drawn, one bit each: x of objects seen from outside, y of interior ones.
    /// z: 1 where textures and colours of the source are left out, 2 where one looks inside.
    pub view: UVec4,
    /// Linear RGB per surface class; w: glossiness, 0 to 1.
    pub palette: [Vec4; 16],
}

/// Material of all triangles of the city.
#[derive(Asset, TypePath, AsBindGroup, Debug, Clone)]
pub struct CitySurface {
    /// Light and palette.
    #[uniform(0)]
    pub city: CityUniform,
    /// One entry per feature of the view.
    #[storage(1, read_only)]
    pub feature_states: Handle<ShaderBuffer>,
    /// Mean heights of the city, with mip levels; metres above `height_params.x`.
    #[texture(2)]
    #[sampler(3)]
    pub height_field: Option<Handle<Image>>,
    /// Base colour texture, for meshes that have texture coordinates.
    #[texture(4)]
    #[sampler(5)]
    pub base_color: Option<Handle<Image>>,
    /// How what is behind shows through.
    pub blending: Blending,
    /// Something is cut away, so that every pixel has to be looked at, also for shadows.
    pub is_cut: bool,
}

/// How what is behind a surface shows through it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Blending {
    /// Not at all.
    #[default]
    Solid,
    /// Through holes of the texture.
    Holes,
    /// As through glass.
    Glass,
}

impl Material for CitySurface {
    fn alpha_mode(&self) -> AlphaMode {
        match (self.blending, self.is_cut) {
            (Blending::Glass, _) => AlphaMode::Blend,
            (Blending::Holes, _) | (Blending::Solid, true) => AlphaMode::Mask(0.5),
            // Shadows of it cost no fragment.
            (Blending::Solid, false) => AlphaMode::Opaque,
        }
    }

    fn vertex_shader() -> ShaderRef {
        SURFACE.into()
    }

    fn fragment_shader() -> ShaderRef {
        SURFACE.into()
    }

    fn prepass_vertex_shader() -> ShaderRef {
        SHADOW.into()
    }

    fn prepass_fragment_shader() -> ShaderRef {
        SHADOW.into()
    }

    fn specialize(
        _pipeline: &MaterialPipeline,
        descriptor: &mut RenderPipelineDescriptor,
        _layout: &MeshVertexBufferLayoutRef,
        _key: MaterialPipelineKey<Self>,
    ) -> Result<(), SpecializedMeshPipelineError> {
        // Real city models hold faces turned inside out; drawing both sides hides none of them.
        descriptor.primitive.cull_mode = None;
        Ok(())
    }
}

/// Material of the crisp edges, line lists.
#[derive(Asset, TypePath, AsBindGroup, Debug, Clone)]
pub struct CityEdge {
    /// Light and palette.
    #[uniform(0)]
    pub city: CityUniform,
    /// One entry per feature of the view.
    #[storage(1, read_only)]
    pub feature_states: Handle<ShaderBuffer>,
}

impl Material for CityEdge {
    fn vertex_shader() -> ShaderRef {
        EDGE.into()
    }

    fn fragment_shader() -> ShaderRef {
        EDGE.into()
    }

    fn alpha_mode(&self) -> AlphaMode {
        AlphaMode::Blend
    }

    fn enable_prepass() -> bool {
        false
    }

    fn enable_shadows() -> bool {
        false
    }
}

/// Material of the one triangle behind everything.
#[derive(Asset, TypePath, AsBindGroup, Debug, Clone)]
pub struct SkyDome {
    /// Light.
    #[uniform(0)]
    pub sky: SkyColors,
}

impl Material for SkyDome {
    fn vertex_shader() -> ShaderRef {
        DOME.into()
    }

    fn fragment_shader() -> ShaderRef {
        DOME.into()
    }

    fn enable_prepass() -> bool {
        false
    }

    fn enable_shadows() -> bool {
        false
    }

    fn specialize(
        _pipeline: &MaterialPipeline,
        descriptor: &mut RenderPipelineDescriptor,
        _layout: &MeshVertexBufferLayoutRef,
        _key: MaterialPipelineKey<Self>,
    ) -> Result<(), SpecializedMeshPipelineError> {
        descriptor.primitive.cull_mode = None;
        Ok(())
    }
}
