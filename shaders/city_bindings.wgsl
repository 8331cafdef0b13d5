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
    // Linear RGB per surface class; w: glossiness.
    palette: array<vec4<f32>, 16>,
}

struct FeatureState {
    // sRGB colour, 8 bits each, red lowest; alpha is how much of it replaces the palette.
    color: u32,
    // Bits: see the FLAG constants.
    flags: u32,
}

const FLAG_HIDDEN: u32 = 1u;
const FLAG_SELECTED: u32 = 2u;
const FLAG_HOVERED: u32 = 4u;
const FLAG_DESIGN: u32 = 16u;

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> city: CityUniform;
@group(#{MATERIAL_BIND_GROUP}) @binding(1) var<storage, read> feature_states: array<FeatureState>;

fn feature_state(feature: u32) -> FeatureState {
    let last = arrayLength(&feature_states) - 1u;
    return feature_states[min(feature, last)];
}

fn srgb_to_linear(color: vec3<f32>) -> vec3<f32> {
    let low = color / 12.92;
    let high = pow((color + 0.055) / 1.055, vec3<f32>(2.4));
    return select(high, low, color <= vec3<f32>(0.04045));
}
