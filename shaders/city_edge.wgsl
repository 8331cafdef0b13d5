// Crisp edges of roofs and walls, as lines that fade with distance.

#import bevy_pbr::{
    mesh_functions,
    mesh_view_bindings::view,
    view_transformations::position_world_to_clip,
}
#import veduta::sky::{through_air, display_transform}
#import veduta::city_bindings::{city, feature_state, is_left_out, is_cut_away, FLAG_SELECTED, FLAG_HOVERED}

struct Vertex {
    @builtin(instance_index) instance_index: u32,
    @location(0) position: vec3<f32>,
    // x: feature id within the tile; y: surface class.
    @location(3) feature: vec2<f32>,
}

struct Fragment {
    @builtin(position) position: vec4<f32>,
    @location(0) world_position: vec3<f32>,
    @location(1) @interpolate(flat) feature: u32,
}

@vertex
fn vertex(in: Vertex) -> Fragment {
    var out: Fragment;
    let world_from_local = mesh_functions::get_world_from_local(in.instance_index);
    let world_position = mesh_functions::mesh_position_local_to_world(world_from_local, vec4<f32>(in.position, 1.0));
    out.world_position = world_position.xyz;
    // A hair towards the eye, so that the line wins over the faces that it bounds.
    let nearer = mix(world_position.xyz, view.world_position, 0.0012);
    out.position = position_world_to_clip(nearer);
    out.feature = mesh_functions::get_tag(in.instance_index) + u32(in.feature.x + 0.5);
    if (is_left_out(feature_state(out.feature), u32(in.feature.y + 0.5))) {
        out.position = vec4<f32>(0.0, 0.0, -1.0, 0.0);
    }
    return out;
}

@fragment
fn fragment(in: Fragment) -> @location(0) vec4<f32> {
    let state = feature_state(in.feature);
    if (is_cut_away(state, in.world_position.y)) {
        discard;
    }
    let flags = state.flags;
    let to_eye = view.world_position - in.world_position;
    let distance_m = length(to_eye);
    // Far away edges would add up to a dark veil.
    var alpha = city.accent.w * clamp(1.15 - distance_m / 1600.0, 0.0, 1.0);
    var color = vec3<f32>(0.055, 0.060, 0.075);
    if ((flags & FLAG_SELECTED) != 0u) {
        color = city.accent.rgb * 0.35;
        alpha = 0.95;
    } else if ((flags & FLAG_HOVERED) != 0u) {
        color = city.accent.rgb * 0.25;
        alpha = max(alpha, 0.7);
    }
    let daylight = clamp(dot(city.sky.zenith.rgb, vec3<f32>(0.4)) + 0.15, 0.0, 1.0);
    let radiance = through_air(city.sky, color * daylight, -to_eye / max(distance_m, 0.001), distance_m);
    return vec4<f32>(display_transform(radiance, city.sky.horizon.w), alpha);
}
