// The lean city material: sun with cascaded shadows, a hemisphere of sky light, occlusion from the
// height field of the city, and the state of every feature read from one buffer.

#import bevy_pbr::{
    mesh_functions,
    mesh_view_bindings::{view, lights},
    view_transformations::position_world_to_clip,
    shadows,
}
#import veduta::sky::{sky_radiance, through_air, display_transform}
#import veduta::city_bindings::{
    city, feature_state, is_left_out, is_cut_away, srgb_to_linear,
    FLAG_SELECTED, FLAG_HOVERED, FLAG_INTERIOR, VIEW_PLAIN, VIEW_INSIDE, UNCUT_M,
}

@group(#{MATERIAL_BIND_GROUP}) @binding(2) var height_field: texture_2d<f32>;
@group(#{MATERIAL_BIND_GROUP}) @binding(3) var height_sampler: sampler;
#ifdef VERTEX_UVS_A
@group(#{MATERIAL_BIND_GROUP}) @binding(4) var base_color_texture: texture_2d<f32>;
@group(#{MATERIAL_BIND_GROUP}) @binding(5) var base_color_sampler: sampler;
#endif

struct Vertex {
    @builtin(instance_index) instance_index: u32,
    @location(0) position: vec3<f32>,
    @location(1) normal: vec3<f32>,
#ifdef VERTEX_UVS_A
    @location(2) uv: vec2<f32>,
#endif
    // x: feature id within the tile; y: surface class.
    @location(3) feature: vec2<f32>,
#ifdef VERTEX_COLORS
    @location(5) color: vec4<f32>,
#endif
}

struct Fragment {
    @builtin(position) position: vec4<f32>,
    @location(0) world_position: vec4<f32>,
    @location(1) world_normal: vec3<f32>,
#ifdef VERTEX_UVS_A
    @location(2) uv: vec2<f32>,
#endif
    @location(3) @interpolate(flat) feature: u32,
    @location(4) @interpolate(flat) surface_class: u32,
#ifdef VERTEX_COLORS
    @location(5) color: vec4<f32>,
#endif
}

@vertex
fn vertex(in: Vertex) -> Fragment {
    var out: Fragment;
    let world_from_local = mesh_functions::get_world_from_local(in.instance_index);
    out.world_position = mesh_functions::mesh_position_local_to_world(world_from_local, vec4<f32>(in.position, 1.0));
    out.world_normal = mesh_functions::mesh_normal_local_to_world(in.normal, in.instance_index);
    out.position = position_world_to_clip(out.world_position.xyz);
    out.feature = mesh_functions::get_tag(in.instance_index) + u32(in.feature.x + 0.5);
    out.surface_class = u32(in.feature.y + 0.5);
#ifdef VERTEX_UVS_A
    out.uv = in.uv;
#endif
#ifdef VERTEX_COLORS
    out.color = in.color;
#endif
    if (is_left_out(feature_state(out.feature), out.surface_class)) {
        // Outside the clip volume: the triangle is dropped before it costs a pixel.
        out.position = vec4<f32>(0.0, 0.0, -1.0, 0.0);
    }
    return out;
}

// How far the city closes in around a point, 0 (open) to 1: mean heights of the surroundings
// at three distances compared with the point's own height. The radii are those of a kerb, a
// courtyard and a street.
fn height_field_occlusion(position: vec3<f32>, normal: vec3<f32>) -> f32 {
    let strength = city.height_params.z;
    if (strength <= 0.0) {
        return 0.0;
    }
    let height = position.y - city.height_params.x;
    var occlusion = 0.0;
    let radii = vec3<f32>(2.5, 8.0, 26.0);
    let weights = vec3<f32>(0.22, 0.30, 0.34);
    for (var i = 0; i < 3; i++) {
        let radius = radii[i];
        let sample_at = position.xz + normal.xz * radius * 0.9;
        let uv = (sample_at - city.height_rect.xy) * city.height_rect.zw;
        if (any(uv < vec2<f32>(0.0)) || any(uv > vec2<f32>(1.0))) {
            continue;
        }
        let level = max(log2(radius * 1.4 * city.height_params.y), 0.0);
        let around = textureSampleLevel(height_field, height_sampler, uv, level).r;
        occlusion += weights[i] * clamp((around - height) / (radius * 0.75), 0.0, 1.0);
    }
    return clamp(occlusion * strength, 0.0, 0.78);
}

// A stable number per feature, 0 to 1, so that neighbouring houses of the same colour part.
fn feature_noise(feature: u32) -> f32 {
    var x = feature * 747796405u + 2891336453u;
    x = ((x >> ((x >> 28u) + 4u)) ^ x) * 277803737u;
    return f32(((x >> 22u) ^ x) & 1023u) / 1023.0;
}

@fragment
fn fragment(in: Fragment, @builtin(front_facing) front: bool) -> @location(0) vec4<f32> {
    let state = feature_state(in.feature);
    if (is_cut_away(state, in.world_position.y)) {
        discard;
    }
    // Slabs look like ground; the palette ends before them.
    let surface = city.palette[select(in.surface_class, 3u, in.surface_class > 15u)];
    var albedo = surface.rgb;
    var alpha = 1.0;
    let is_plain = (city.view.z & VIEW_PLAIN) != 0u;
#ifdef VERTEX_COLORS
    albedo = select(in.color.rgb, albedo, is_plain);
    alpha = in.color.a;
#endif
#ifdef VERTEX_UVS_A
    let texel = textureSample(base_color_texture, base_color_sampler, in.uv);
#ifdef MAY_DISCARD
    if (texel.a < 0.5) {
        discard;
    }
#endif
    if (!is_plain) {
#ifdef VERTEX_COLORS
        albedo *= texel.rgb;
#else
        albedo = texel.rgb;
#endif
    }
#else
    // Buildings, plants: a breath of difference from one to the next.
    if (!is_plain && (in.surface_class <= 11u || in.surface_class == 15u)) {
        let spread = select(0.08, 0.20, in.surface_class == 2u);
        albedo *= 1.0 - spread * 0.5 + spread * feature_noise(in.feature);
    }
#endif
    let override_color = unpack4x8unorm(state.color);
    albedo = mix(albedo, srgb_to_linear(override_color.rgb), override_color.a);
    if ((state.flags & FLAG_SELECTED) != 0u) {
        albedo = mix(albedo, city.accent.rgb, 0.72);
    } else if ((state.flags & FLAG_HOVERED) != 0u) {
        albedo = mix(albedo, city.accent.rgb, 0.28);
    }

    // The backs of walls that a cut or a missing roof lets one see: card, not the colour of the outside.
    let is_opened = (city.view.z & VIEW_INSIDE) != 0u && (state.flags & FLAG_INTERIOR) == 0u;
    let is_shell = in.surface_class == 1u || in.surface_class == 2u || in.surface_class == 5u
        || in.surface_class == 6u || (in.surface_class == 0u && state.cut_m < UNCUT_M);
    let is_back = is_opened && is_shell && !front;
    if (is_back) {
        albedo = mix(city.inside.rgb, albedo, 0.12);
    }

    var normal = normalize(in.world_normal);
    // Sources get orientation wrong often enough that both sides are drawn.
    let to_eye = view.world_position - in.world_position.xyz;
    if (dot(normal, to_eye) < 0.0) {
        normal = -normal;
    }
    let distance_m = length(to_eye);
    let view_direction = -to_eye / max(distance_m, 0.001);

    let sun_direction = city.sky.sun_direction.xyz;
    let incidence = max(dot(normal, sun_direction), 0.0);
    var shadow = 1.0;
    if (incidence > 0.0 && city.sky.sun.w > 0.0 && lights.n_directional_lights > 0u) {
        let view_z = dot(vec4<f32>(
            view.view_from_world[0].z,
            view.view_from_world[1].z,
            view.view_from_world[2].z,
            view.view_from_world[3].z,
        ), in.world_position);
        shadow = shadows::fetch_directional_shadow(0u, in.world_position, normal, view_z, in.position.xy);
    }

    let openness = 1.0 - height_field_occlusion(in.world_position.xyz, normal);
    let up = normal.y * 0.5 + 0.5;
    let sky_light = mix(city.sky.horizon.rgb, city.sky.zenith.rgb, 0.35 + 0.4 * normal.y * normal.y);
    // Skylight fills shadows with blue; a model under it is photographed with the white balanced
    // half-way back.
    let grey = dot(sky_light, vec3<f32>(0.2126, 0.7152, 0.0722));
    let ambient = mix(city.sky.bounce.rgb, mix(sky_light, vec3<f32>(grey), 0.55), up) * openness;
    let direct = city.sky.sun.rgb * incidence * shadow * city.sky.sun.w;
    // Light that sunlit surroundings throw back, strongest low down and where it is open.
    let bounced = city.sky.bounce.rgb * city.sky.sun.w * (1.0 - up) * 0.6 * openness;
    var radiance = albedo * (direct + ambient + bounced);

    // Water, glass: a mirror of the sky that strengthens towards grazing angles (Schlick 1994).
    if (surface.w > 0.0) {
        let reflected = reflect(view_direction, normal);
        let fresnel = 0.04 + 0.96 * pow(1.0 - clamp(dot(normal, -view_direction), 0.0, 1.0), 5.0);
        let mirror = sky_radiance(city.sky, vec3<f32>(reflected.x, abs(reflected.y), reflected.z));
        radiance = mix(radiance, mirror * (0.55 + 0.45 * openness), clamp(fresnel, 0.0, 1.0) * surface.w);
    }
    if ((state.flags & FLAG_SELECTED) != 0u) {
        radiance += city.accent.rgb * 0.10;
    }
    radiance = through_air(city.sky, radiance, view_direction, distance_m);
    return vec4<f32>(display_transform(radiance, city.sky.horizon.w), alpha);
}
