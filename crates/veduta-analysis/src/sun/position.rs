//! Where the sun stands.

use glam::DVec3;
use jiff::Timestamp;
use solar_positioning::SolarPositions;

use super::{METHOD_SOURCE, instant};
use crate::{Analysed, AnalysisError, Parameter, Provenance, Site};

/// The centre of the sun's disc as seen from a site, refraction included.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SunPosition {
    /// Degrees clockwise from north, 0 to 360.
    pub azimuth_deg: f64,
    /// Degrees above the horizon, as seen through standard air; negative below.
    pub elevation_deg: f64,
}

impl SunPosition {
    /// Unit vector from the site towards the sun, east-north-up.
    pub fn direction_enu(self) -> DVec3 {
        let (sin_azimuth, cos_azimuth) = self.azimuth_deg.to_radians().sin_cos();
        let (sin_elevation, cos_elevation) = self.elevation_deg.to_radians().sin_cos();
        DVec3::new(
            cos_elevation * sin_azimuth,
            cos_elevation * cos_azimuth,
            sin_elevation,
        )
    }
}

/// Where the sun stands, by NREL's algorithm: good to 0.0003° before refraction, which itself is good to
/// a few hundredths of a degree near the horizon, depending on the weather. For the years 0 to 3000.
///
/// # Errors
/// When the site is no place on earth or the time is out of range.
pub fn sun_position(site: Site, at: Timestamp) -> Result<Analysed<SunPosition>, AnalysisError> {
    let site = site.checked()?;
    let julian = instant::julian(at)?;
    let position = SolarPositions::new()
        .at_from_julian(
            julian,
            site.location(),
            site.height_m,
            Some(site.refraction()),
        )
        .map_err(|error| AnalysisError::Time {
            at,
            reason: error.to_string(),
        })?;

    let (pressure_hpa, temperature_c) = site.standard_air();
    let mut parameters = site.parameters();
    parameters.extend([
        Parameter::new("time", at, ""),
        Parameter::new("ΔT", julian.delta_t(), "s"),
        Parameter::new("air pressure", pressure_hpa, "hPa"),
        Parameter::new("air temperature", temperature_c, "°C"),
    ]);
    Ok(Analysed {
        value: SunPosition {
            azimuth_deg: position.azimuth(),
            elevation_deg: position.elevation_angle(),
        },
        provenance: Provenance {
            method: "Solar position algorithm (SPA) with refraction in the standard atmosphere",
            source: METHOD_SOURCE,
            parameters,
        },
    })
}

/// Unit vector from the site towards the sun, east-north-up: for shadows and light, which need no
/// provenance.
///
/// # Errors
/// As [`sun_position`].
pub fn sun_direction_enu(site: Site, at: Timestamp) -> Result<DVec3, AnalysisError> {
    sun_position(site, at).map(|analysed| analysed.value.direction_enu())
}
