// Depth of the city for shadow maps and prepasses; what is hidden or cut away casts nothing.

#import bevy_pbr::{
    mesh_functions,
    view_transformations::position_world_to_clip,
}
#import veduta::city_bindings::{feature_state, is_left_out, is_cut_away}

#ifdef MAY_DISCARD
#ifdef VERTEX_UVS_A
@group(#{MATERIAL_BIND_GROUP}) @binding(4) var base_color_texture: texture_2d<f32>;
@group(#{MATERIAL_BIND_GROUP}) @binding(5) var base_color_sampler: sampler;
#endif
#endif

struct Vertex {
    @builtin(instance_index) instance_index: u32,
    @location(0) position: vec3<f32>,
#ifdef VERTEX_UVS_A
    @location(1) uv: vec2<f32>,
#endif
    // x: feature id within the tile; y: surface class.
    @location(2) feature: vec2<f32>,
}

struct Fragment {
    @builtin(position) position: vec4<f32>,
    @location(0) world_y: f32,
    @location(1) @interpolate(flat) feature: u32,
#ifdef VERTEX_UVS_A
    @location(2) uv: vec2<f32>,
#endif
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
    out.world_y = world_position.y;
    out.feature = mesh_functions::get_tag(in.instance_index) + u32(in.feature.x + 0.5);
#ifdef VERTEX_UVS_A
    out.uv = in.uv;
#endif
    if (is_left_out(feature_state(out.feature), u32(in.feature.y + 0.5))) {
        out.position = vec4<f32>(0.0, 0.0, -1.0, 0.0);
    }
    return out;
}

#ifdef UNCLIPPED_DEPTH_ORTHO_EMULATION
struct FragmentOutput {
    @builtin(frag_depth) frag_depth: f32,
}

@fragment
fn fragment(in: Fragment) -> FragmentOutput {
    drop_what_is_taken_away(in);
    return FragmentOutput(in.unclipped_depth);
}
#else
@fragment
fn fragment(in: Fragment) {
    drop_what_is_taken_away(in);
}
#endif

fn drop_what_is_taken_away(in: Fragment) {
#ifdef MAY_DISCARD
    if (is_cut_away(feature_state(in.feature), in.world_y)) {
        discard;
    }
#ifdef VERTEX_UVS_A
    if (textureSample(base_color_texture, base_color_sampler, in.uv).a < 0.5) {
        discard;
    }
#endif
#endif
}
