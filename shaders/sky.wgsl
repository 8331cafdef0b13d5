// Sky, haze and display transform shared by everything that is drawn.
//
// The sky is a clear-day gradient with a glow around the sun, driven by colours that the program
// computes from the sun's elevation. Distant geometry melts into the same function, so that the
// horizon has no seam.
#define_import_path veduta::sky

struct SkyColors {
    // Linear RGB of the direct sun; w: 1 when the sun is above the horizon, else 0.
    sun: vec4<f32>,
    // Linear RGB of the sky straight up; w: haze density per metre.
    zenith: vec4<f32>,
    // Linear RGB of the sky near the horizon; w: exposure factor.
    horizon: vec4<f32>,
    // Linear RGB of the light that the ground throws back; w: 1 for the dark ground half.
    bounce: vec4<f32>,
    // Unit vector towards the sun, world space (y up); w unused.
    sun_direction: vec4<f32>,
}

// Radiance of the sky in a world-space direction.
fn sky_radiance(colors: SkyColors, direction: vec3<f32>) -> vec3<f32> {
    let elevation = max(direction.y, 0.0);
    // The optical path through the air shortens quickly above the horizon.
    let blend = 1.0 - exp(-elevation * 3.2);
    var radiance = mix(colors.horizon.rgb, colors.zenith.rgb, blend);
    let towards_sun = max(dot(direction, colors.sun_direction.xyz), 0.0);
    let glow = pow(towards_sun, 8.0) * 0.10 + pow(towards_sun, 180.0) * 0.35;
    radiance += colors.sun.rgb * glow * colors.sun.w * 0.45;
    // Below the horizon: the table the model stands on, fading out of the haze.
    let below = clamp(-direction.y * 6.0, 0.0, 1.0);
    return mix(radiance, colors.horizon.rgb * 0.94, below);
}

// Aerial perspective: what the eye sees of a surface `distance_m` away along `direction`.
fn through_air(colors: SkyColors, surface: vec3<f32>, direction: vec3<f32>, distance_m: f32) -> vec3<f32> {
    let transmittance = exp(-distance_m * colors.zenith.w);
    let flat_direction = normalize(vec3<f32>(direction.x, max(direction.y, 0.0) * 0.25 + 0.02, direction.z));
    return mix(sky_radiance(colors, flat_direction), surface, transmittance);
}

// The shoulder of the Khronos PBR Neutral tone mapper (KhronosGroup/ToneMapping, specification of
// 2024): keeps the base colours of the model as they are and only rolls off highlights. Its toe,
// which takes off the reflection of glossy surfaces, is left out: plaster and tile are matt.
fn display_transform(scene: vec3<f32>, exposure: f32) -> vec3<f32> {
    var color = scene * exposure;
    let start_compression = 0.8;
    let desaturation = 0.15;
    let peak = max(color.r, max(color.g, color.b));
    if (peak < start_compression) {
        return color;
    }
    let d = 1.0 - start_compression;
    let new_peak = 1.0 - d * d / (peak + d - start_compression);
    color *= new_peak / peak;
    let g = 1.0 - 1.0 / (desaturation * (peak - new_peak) + 1.0);
    return mix(color, vec3<f32>(new_peak), g);
}
