//! Where an analysis is made for.

use solar_positioning::{Location, RefractionCorrection};

use crate::{AnalysisError, Parameter};

/// A place on the WGS 84 ellipsoid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Site {
    /// Degrees east of Greenwich, −180 to 180.
    pub longitude_deg: f64,
    /// Degrees north of the equator, −90 to 90.
    pub latitude_deg: f64,
    /// Metres above the ellipsoid; above the sea is near enough for all that is done with it here.
    pub height_m: f64,
}

impl Site {
    /// Heights at which there are buildings and air as the standard atmosphere has it.
    const HEIGHTS_M: std::ops::RangeInclusive<f64> = -500.0..=9000.0;

    /// Checks that it is a place on earth.
    pub(crate) fn checked(self) -> Result<Self, AnalysisError> {
        let on_earth = (-180.0..=180.0).contains(&self.longitude_deg)
            && (-90.0..=90.0).contains(&self.latitude_deg)
            && self.height_m.is_finite();
        if on_earth {
            Ok(self)
        } else {
            let Self {
                longitude_deg,
                latitude_deg,
                height_m,
            } = self;
            Err(AnalysisError::Site {
                longitude_deg,
                latitude_deg,
                height_m,
            })
        }
    }

    pub(crate) const fn location(self) -> Location {
        Location {
            latitude: self.latitude_deg,
            longitude: self.longitude_deg,
        }
    }

    /// Pressure (hPa) and temperature (°C) of the International Standard Atmosphere (ISO 2533:1975) at
    /// this height.
    pub(crate) fn standard_air(self) -> (f64, f64) {
        let height_m = self
            .height_m
            .clamp(*Self::HEIGHTS_M.start(), *Self::HEIGHTS_M.end());
        let pressure_hpa = 1013.25 * (1.0 - 2.255_77e-5 * height_m).powf(5.255_88);
        (pressure_hpa, 15.0 - 0.0065 * height_m)
    }

    pub(crate) fn refraction(self) -> RefractionCorrection {
        let (pressure_hpa, temperature_c) = self.standard_air();
        // Within the clamped heights both are within what the algorithm takes.
        RefractionCorrection::new(pressure_hpa, temperature_c)
            .unwrap_or(RefractionCorrection::standard())
    }

    pub(crate) fn parameters(self) -> Vec<Parameter> {
        vec![
            Parameter::new("longitude", self.longitude_deg, "°"),
            Parameter::new("latitude", self.latitude_deg, "°"),
            Parameter::new("height", self.height_m, "m"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// ISO 2533:1975, table 1.
    #[test]
    fn standard_air_at_tabulated_heights() {
        for (height_m, pressure_hpa, temperature_c) in [
            (0.0, 1013.25, 15.0),
            (1000.0, 898.74, 8.5),
            (3000.0, 701.08, -4.5),
        ] {
            let (pressure, temperature) = Site {
                longitude_deg: 0.0,
                latitude_deg: 0.0,
                height_m,
            }
            .standard_air();
            assert!((pressure - pressure_hpa).abs() < 0.1, "{pressure}");
            assert!((temperature - temperature_c).abs() < 1e-9, "{temperature}");
        }
    }
}
