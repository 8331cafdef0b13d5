//! Sun and sky for a date and place, as colours for the shaders and lights for the shadows.
//!
//! Direct light is reddened and dimmed by the air mass on its way (Kasten & Young 1989); the sky's
//! colours follow the sun's elevation through day, dusk and night. The scale is relative: 1 is a
//! white surface facing the midday sun.

use bevy::prelude::*;
use glam::DVec3;

use super::material::SkyColors;

/// Optical depth of clear air per channel (red, green, blue) at air mass 1.
const OPTICAL_DEPTH: Vec3 = Vec3::new(0.055, 0.095, 0.175);
/// Strength of the unattenuated sun.
const SUN_STRENGTH: f32 = 1.12;

/// Relative air mass for a sun elevation in degrees (Kasten & Young 1989, equation 3).
fn air_mass(elevation_deg: f32) -> f32 {
    let elevation = elevation_deg.max(-0.5);
    1.0 / (elevation.to_radians().sin() + 0.505_72 * (elevation + 6.079_95).powf(-1.636_4))
}

fn smooth(from: f32, to: f32, value: f32) -> f32 {
    let t = ((value - from) / (to - from)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Colours of sun and sky.
///
/// `sun_enu` is the unit vector towards the sun; `haze_per_m` the extinction of the air.
pub fn sky_colors(sun_enu: DVec3, haze_per_m: f32) -> SkyColors {
    let elevation_deg = (sun_enu.z.clamp(-1.0, 1.0).asin().to_degrees()) as f32;
    let transmittance = (-OPTICAL_DEPTH * air_mass(elevation_deg)).exp();
    let sun_visible = smooth(-1.0, 1.0, elevation_deg);
    let sun = transmittance * SUN_STRENGTH * sun_visible;

    let day = smooth(-4.0, 14.0, elevation_deg);
    let dusk = smooth(-9.0, 0.0, elevation_deg) * (1.0 - smooth(3.0, 16.0, elevation_deg));
    let mix = |night: [f32; 3], day_color: [f32; 3]| {
        Vec3::from_array(night).lerp(Vec3::from_array(day_color), day)
    };
    let zenith =
        mix([0.050, 0.060, 0.092], [0.320, 0.410, 0.560]) + Vec3::new(0.035, 0.030, 0.070) * dusk;
    let horizon =
        mix([0.085, 0.098, 0.130], [0.690, 0.735, 0.770]) + Vec3::new(0.300, 0.150, 0.075) * dusk;
    // What grass, stone and plaster send back of the light they get.
    let bounce = (zenith * 0.35 + sun * 0.22) * Vec3::new(1.0, 0.95, 0.86);
    // At night the exposure opens, as an eye would.
    let exposure = 1.0 + 1.6 * (1.0 - smooth(-6.0, 10.0, elevation_deg));
    let towards = super::frame::SceneFrame::direction_world_from_enu(sun_enu);
    SkyColors {
        sun: sun.extend(sun_visible),
        zenith: zenith.extend(haze_per_m),
        horizon: horizon.extend(exposure),
        bounce: bounce.extend(0.0),
        sun_direction: towards.extend(0.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(elevation_deg: f64) -> SkyColors {
        let (sin, cos) = elevation_deg.to_radians().sin_cos();
        sky_colors(DVec3::new(cos, 0.0, sin), 1e-4)
    }

    #[test]
    fn a_low_sun_is_red_and_weak() {
        let (noon, evening) = (at(60.0), at(4.0));
        assert!(evening.sun.x < noon.sun.x);
        assert!(evening.sun.x / evening.sun.z > 2.0 * noon.sun.x / noon.sun.z);
    }

    #[test]
    fn the_night_has_no_sun_but_some_light() {
        let night = at(-30.0);
        assert_eq!(night.sun.truncate(), Vec3::ZERO);
        assert!(night.zenith.z > 0.0 && night.zenith.z < at(30.0).zenith.z);
    }

    #[test]
    fn the_sky_changes_without_jumps() {
        let mut before = at(-20.0);
        for step in 1..900 {
            let now = at(-20.0 + f64::from(step) * 0.1);
            assert!((now.horizon - before.horizon).abs().max_element() < 0.05);
            before = now;
        }
    }
}
