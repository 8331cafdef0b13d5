//! The light of the sun and of the sky, for a renderer.

use glam::DVec3;

use super::air::{
    self, Bands, TURBIDITY, WAVELENGTH_EXPONENT, aerosol_depth, air_mass, luminance,
    molecule_depth, normalised, total_depth, transmittance,
};
use super::illuminance::horizontal_lux;
use crate::{Parameter, Provenance, SunPosition};

/// Illuminance by the sun outside the atmosphere at its mean distance, lux: Darula, Kittler and Gueymard
/// (2005), Solar Energy 79, 559.
const EXTRATERRESTRIAL_LUX: f64 = 133_334.0;
/// Radius of the sun's disc, degrees.
const DISC_RADIUS_DEG: f64 = 0.267;

/// Share of the air above the place where light is scattered towards us, seen at the zenith: mostly high,
/// so that the zenith stays blue when the beam below is red.
const SHARE_ABOVE_ZENITH: f64 = 0.04;
/// The same, looking along the ground.
const SHARE_ABOVE_HORIZON: f64 = 0.25;
/// Vertical atmospheres along a line of sight near the horizon, up to where things fade.
const HORIZON_AIR_MASS: f64 = 12.0;
/// Aerosol scatters forwards; this share of it is left at the zenith, away from the sun.
const AEROSOL_AT_ZENITH: f64 = 0.25;
/// Blue of a sky without sun, when only ozone and high air are lit.
const NIGHT_BLUE: Bands = [0.28, 0.44, 1.0];

/// The sun's beam.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SunLight {
    /// Unit vector towards the sun, east-north-up.
    pub direction_enu: DVec3,
    /// Illuminance of a surface that faces the sun, lux; 0 once the disc has set.
    pub illuminance_lux: f64,
    /// Linear sRGB with its strongest primary at 1; white would be sunlight outside the atmosphere.
    pub colour: [f32; 3],
}

/// The light of the sky.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SkyLight {
    /// Illuminance of a horizontal surface by the whole sky without the sun, lux.
    pub illuminance_lux: f64,
    /// Of the sky overhead; linear sRGB with its strongest primary at 1.
    pub zenith_colour: [f32; 3],
    /// Of the sky along the horizon; linear sRGB with its strongest primary at 1.
    pub horizon_colour: [f32; 3],
    /// Of the whole sky as a horizontal surface receives it; linear sRGB with its strongest primary at 1.
    pub colour: [f32; 3],
}

/// Sun and sky together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Daylight {
    /// The beam.
    pub sun: SunLight,
    /// The sky.
    pub sky: SkyLight,
}

impl Daylight {
    /// Illuminance of a horizontal surface by sun and sky, lux.
    pub fn horizontal_lux(&self) -> f64 {
        self.sky.illuminance_lux + self.sun.illuminance_lux * self.sun.direction_enu.z.max(0.0)
    }

    /// Exposure value at ISO 100 (ISO 2720, K = 12.5) that renders a horizontal grey card (18 %) as
    /// middle grey: about 15 in full sun and 8 at sunset.
    pub fn exposure_ev100(&self) -> f64 {
        let luminance_cd_m2 = self.horizontal_lux() * 0.18 / std::f64::consts::PI;
        (luminance_cd_m2 * 100.0 / 12.5).log2()
    }
}

/// What light sun and sky give under a clear sky.
///
/// Colours come from scattering and absorption in plane air ([`daylight_provenance`] names the parts);
/// the amount of light is that of the Explanatory Supplement, of which the beam takes its share and the
/// sky the rest. A model for pictures and for orders of magnitude: single scattering, no clouds, no moon.
pub fn daylight(position: SunPosition) -> Daylight {
    let elevation_deg = position.elevation_deg;
    let mass = air_mass(elevation_deg);
    let beam = transmittance(total_depth(), mass);
    let sun_lux = EXTRATERRESTRIAL_LUX * luminance(beam) * visible_disc(elevation_deg);
    let direction_enu = position.direction_enu();
    let sky_lux = horizontal_lux(elevation_deg) - sun_lux * direction_enu.z.max(0.0);

    let zenith = at_dusk(zenith_colour(mass), elevation_deg);
    let horizon = at_dusk(horizon_colour(mass), elevation_deg);
    // A horizontal surface receives most from overhead.
    let whole: Bands =
        std::array::from_fn(|band| 0.6 * f64::from(zenith[band]) + 0.4 * f64::from(horizon[band]));
    Daylight {
        sun: SunLight {
            direction_enu,
            illuminance_lux: sun_lux,
            colour: normalised(beam),
        },
        sky: SkyLight {
            illuminance_lux: sky_lux,
            zenith_colour: zenith,
            horizon_colour: horizon,
            colour: normalised(whole),
        },
    }
}

/// How [`daylight`] comes to its light.
pub fn daylight_provenance(position: SunPosition) -> Provenance {
    Provenance {
        method: "Clear sky: scattering and absorption in three bands, scaled to an average horizontal illuminance",
        source: "Hansen and Travis (1974), Ångström (1929), Kasten and Young (1989), Seidelmann (1992)",
        parameters: vec![
            Parameter::new("elevation of the sun", position.elevation_deg, "°"),
            Parameter::new("Ångström turbidity", TURBIDITY, ""),
            Parameter::new("Ångström exponent", WAVELENGTH_EXPONENT, ""),
            Parameter::new("ozone", 300, "DU"),
        ],
    }
}

/// The share of the disc's height above the horizon, 0 to 1.
fn visible_disc(elevation_deg: f64) -> f64 {
    let share = ((elevation_deg + DISC_RADIUS_DEG) / (2.0 * DISC_RADIUS_DEG)).clamp(0.0, 1.0);
    // A disc's visible area grows slowly at both ends.
    share * share * (3.0 - 2.0 * share)
}

fn zenith_colour(sun_air_mass: f64) -> Bands {
    let (molecules, aerosol) = (molecule_depth(), aerosol_depth());
    let lit = transmittance(air::total_depth(), SHARE_ABOVE_ZENITH * sun_air_mass);
    std::array::from_fn(|band| {
        let scattering = molecules[band] + AEROSOL_AT_ZENITH * aerosol[band];
        (1.0 - (-scattering).exp()) * lit[band]
    })
}

fn horizon_colour(sun_air_mass: f64) -> Bands {
    let (molecules, aerosol) = (molecule_depth(), aerosol_depth());
    let lit = transmittance(air::total_depth(), SHARE_ABOVE_HORIZON * sun_air_mass);
    std::array::from_fn(|band| {
        (1.0 - (-HORIZON_AIR_MASS * (molecules[band] + aerosol[band])).exp()) * lit[band]
    })
}

/// Goes over from the colour at sunset to that of the night between 2° and 10° below the horizon.
fn at_dusk(colour: Bands, elevation_deg: f64) -> [f32; 3] {
    let night = ((-elevation_deg - 2.0) / 8.0).clamp(0.0, 1.0);
    let day = normalised(colour);
    normalised(std::array::from_fn(|band| {
        f64::from(day[band]) * (1.0 - night) + NIGHT_BLUE[band] * night
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(elevation_deg: f64) -> Daylight {
        daylight(SunPosition {
            azimuth_deg: 180.0,
            elevation_deg,
        })
    }

    #[test]
    fn the_sun_reddens_and_fades_as_it_sinks() {
        let mut last = at(90.0).sun;
        assert!(
            last.colour[2] > 0.8,
            "near white overhead: {:?}",
            last.colour
        );
        for degrees in (0..90).rev() {
            let sun = at(f64::from(degrees)).sun;
            assert!(sun.illuminance_lux < last.illuminance_lux);
            assert!(
                sun.colour[2] < last.colour[2]
                    && sun.colour[1] < last.colour[1]
                    && sun.colour[0] == 1.0
            );
            last = sun;
        }
        assert!(
            last.colour[2] < 0.02,
            "red on the horizon: {:?}",
            last.colour
        );
        assert_eq!(at(-0.3).sun.illuminance_lux, 0.0);
    }

    /// Orders of magnitude that every book on daylighting gives for a clear day.
    #[test]
    fn beam_and_sky_have_believable_shares() {
        for (elevation_deg, sun_lux, sky_lux) in [
            (60.0, 85_000.0..110_000.0, 10_000.0..22_000.0),
            (30.0, 60_000.0..90_000.0, 6_000.0..14_000.0),
            (10.0, 20_000.0..45_000.0, 3_000.0..8_000.0),
        ] {
            let light = at(elevation_deg);
            assert!(
                sun_lux.contains(&light.sun.illuminance_lux),
                "{elevation_deg}°: {light:?}"
            );
            assert!(
                sky_lux.contains(&light.sky.illuminance_lux),
                "{elevation_deg}°: {light:?}"
            );
        }
    }

    #[test]
    fn every_elevation_gives_light_that_can_be_rendered() {
        for tenths in -900..=900 {
            let light = at(f64::from(tenths) / 10.0);
            assert!(light.sky.illuminance_lux > 0.0, "{tenths}: {light:?}");
            let sky = light.sky;
            for colour in [
                light.sun.colour,
                sky.zenith_colour,
                sky.horizon_colour,
                sky.colour,
            ] {
                assert!(
                    colour.iter().all(|primary| (0.0..=1.0).contains(primary)),
                    "{tenths}: {colour:?}"
                );
                assert!(colour.contains(&1.0));
            }
            assert!(light.exposure_ev100().is_finite());
            assert!((light.sun.direction_enu.length() - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn the_sky_is_blue_overhead_always_and_its_horizon_warm_at_sunset() {
        for degrees in -18..=90 {
            let [red, green, blue] = at(f64::from(degrees)).sky.zenith_colour;
            assert!(red < green && green < blue, "{degrees}°");
        }
        let [red, _, blue] = at(0.5).sky.horizon_colour;
        assert!(red > 2.0 * blue);
        let [red, _, blue] = at(50.0).sky.horizon_colour;
        assert!(red > 0.85 && blue > 0.95, "pale at noon");
    }

    /// "Sunny 16": full sun is EV 15 to within a third of a stop or so.
    #[test]
    fn exposures_agree_with_photographers() {
        assert!(
            (at(60.0).exposure_ev100() - 15.3).abs() < 0.5,
            "{}",
            at(60.0).exposure_ev100()
        );
        // Just after sunset, EV 8 or so.
        assert!(
            (at(-1.0).exposure_ev100() - 7.6).abs() < 1.0,
            "{}",
            at(-1.0).exposure_ev100()
        );
    }
}
