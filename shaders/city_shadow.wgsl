// Depth of the city for shadow maps and prepasses; hidden features cast nothing.

#import bevy_pbr::{
    mesh_functions,
    view_transformations::position_world_to_clip,
}
#import veduta::city_bindings::{feature_state, FLAG_HIDDEN}

struct Vertex {
    @builtin(instance_index) instance_index: u32,
    @location(0) position: vec3<f32>,
    @location(2) feature: vec2<f32>,
}

struct Fragment {
    @builtin(position) position: vec4<f32>,
#ifdef UNCLIPPED_DEPTH_ORTHO_EMULATION
    @location(6) unclipped_depth: f32,
#endif
}

@vertex
fn vertex(in: Vertex) -> Fragment {
    var out: Fragment;
    let world_from_local = mesh_functions::get_world_from_local(in.instance_index);
    let world_position = mesh_functions::mesh_position_local_to_world(world_from_local, vec4<f32>(in.position, 1.0));
    out.position = position_world_to_clip(world_position.xyz);
#ifdef UNCLIPPED_DEPTH_ORTHO_EMULATION
    out.unclipped_depth = out.position.z;
    out.position.z = min(out.position.z, 1.0);
#endif
    let feature = mesh_functions::get_tag(in.instance_index) + u32(in.feature.x + 0.5);
    if ((feature_state(feature).flags & FLAG_HIDDEN) != 0u) {
        out.position = vec4<f32>(0.0, 0.0, -1.0, 0.0);
    }
    return out;
}

#ifdef PREPASS_FRAGMENT
struct FragmentOutput {
#ifdef UNCLIPPED_DEPTH_ORTHO_EMULATION
    @builtin(frag_depth) frag_depth: f32,
#endif
}

@fragment
fn fragment(in: Fragment) -> FragmentOutput {
    var out: FragmentOutput;
#ifdef UNCLIPPED_DEPTH_ORTHO_EMULATION
    out.frag_depth = in.unclipped_depth;
#endif
    return out;
}
#endif
