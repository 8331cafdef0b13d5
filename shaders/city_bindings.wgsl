// What the city's surface and edge materials read: light, palette, feature states, height field.
#define_import_path veduta::city_bindings

#import veduta::sky::SkyColors

struct CityUniform {
    sky: SkyColors,
    // World x and z of the height field's corner, and one over its extent in x and z.
    height_rect: vec4<f32>,
    // World y of height 0, one over the texel size in metres, strength of the occlusion, unused.
    height_params: vec4<f32>,
    // Linear RGB of the selection; w: strength of edges.
    accent: vec4<f32>,
    // Linear RGB of what is seen from inside where something was cut away; w: world y of height 0.
    inside: vec4<f32>,
    // Surface classes that are not drawn, one bit each: x of objects seen from outside, y of interior ones.
    // z: bit 0 where textures and colours of the source are left out, bit 1 where one looks inside.
    view: vec4<u32>,
    // Linear RGB per surface class; w: glossiness.
    palette: array<vec4<f32>, 16>,
}

struct FeatureState {
    // sRGB colour, 8 bits each, red lowest; alpha is how much of it replaces the palette.
    color: u32,
    // Bits: see the FLAG constants.
    flags: u32,
    // What lies higher is cut away: metres above height 0.
    cut_m: f32,
}

const FLAG_HIDDEN: u32 = 1u;
const FLAG_SELECTED: u32 = 2u;
const FLAG_HOVERED: u32 = 4u;
const FLAG_INTERIOR: u32 = 8u;
const FLAG_DESIGN: u32 = 16u;

const VIEW_PLAIN: u32 = 1u;
const VIEW_INSIDE: u32 = 2u;
const UNCUT_M: f32 = 1e30;

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> city: CityUniform;
@group(#{MATERIAL_BIND_GROUP}) @binding(1) var<storage, read> feature_states: array<FeatureState>;

fn feature_state(feature: u32) -> FeatureState {
    let last = arrayLength(&feature_states) - 1u;
    return feature_states[min(feature, last)];
}

// Whether a surface of a feature is left out whole: hidden, or of a class that is not drawn.
fn is_left_out(state: FeatureState, surface_class: u32) -> bool {
    let classes = select(city.view.x, city.view.y, (state.flags & FLAG_INTERIOR) != 0u);
    return (state.flags & FLAG_HIDDEN) != 0u || ((classes >> (surface_class & 31u)) & 1u) != 0u;
}

// Whether a point of a feature is cut away.
fn is_cut_away(state: FeatureState, world_y: f32) -> bool {
    return world_y - city.inside.w > state.cut_m;
}

fn srgb_to_linear(color: vec3<f32>) -> vec3<f32> {
    let low = color / 12.92;
    let high = pow((color + 0.055) / 1.055, vec3<f32>(2.4));
    return select(high, low, color <= vec3<f32>(0.04045));
}
