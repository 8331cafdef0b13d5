// The sky behind everything: one triangle over the whole view, at the far plane.

#import bevy_pbr::mesh_view_bindings::view
#import veduta::sky::{SkyColors, sky_radiance, display_transform}

@group(#{MATERIAL_BIND_GROUP}) @binding(0) var<uniform> colors: SkyColors;

struct Vertex {
    @builtin(instance_index) instance_index: u32,
    @location(0) position: vec3<f32>,
}

struct Fragment {
    @builtin(position) position: vec4<f32>,
    @location(0) ndc: vec2<f32>,
}

@vertex
fn vertex(in: Vertex) -> Fragment {
    var out: Fragment;
    // Depth is reversed: 0 is infinitely far.
    out.position = vec4<f32>(in.position.xy, 0.0, 1.0);
    out.ndc = in.position.xy;
    return out;
}

@fragment
fn fragment(in: Fragment) -> @location(0) vec4<f32> {
    let near = view.world_from_clip * vec4<f32>(in.ndc, 1.0, 1.0);
    let direction = normalize(near.xyz / near.w - view.world_position);
    // A pattern of half a grey step against banding in the gradient.
    let dither = fract(52.9829189 * fract(dot(in.position.xy, vec2<f32>(0.06711056, 0.00583715)))) - 0.5;
    let color = display_transform(sky_radiance(colors, direction), colors.horizon.w);
    return vec4<f32>(color + dither / 255.0, 1.0);
}
