//! Geodetic and earth-centred earth-fixed coordinates on the WGS 84 ellipsoid.

use glam::DVec3;
use serde::{Deserialize, Serialize};

/// Semi-major axis of WGS 84 in metres (NGA.STND.0036, table 3.1).
const SEMI_MAJOR_AXIS_M: f64 = 6_378_137.0;
/// Flattening of WGS 84 (NGA.STND.0036, table 3.1).
const FLATTENING: f64 = 1.0 / 298.257_223_563;
/// Semi-minor axis in metres.
const SEMI_MINOR_AXIS_M: f64 = SEMI_MAJOR_AXIS_M * (1.0 - FLATTENING);
/// First eccentricity squared.
const ECCENTRICITY_SQUARED: f64 = FLATTENING * (2.0 - FLATTENING);
/// Second eccentricity squared.
const SECOND_ECCENTRICITY_SQUARED: f64 = ECCENTRICITY_SQUARED / (1.0 - ECCENTRICITY_SQUARED);

/// A place on earth: WGS 84 (EPSG:4979), degrees and metres.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Geodetic {
    /// Degrees east of Greenwich, -180 to 180.
    pub longitude_deg: f64,
    /// Degrees north of the equator, -90 to 90.
    pub latitude_deg: f64,
    /// Metres above the ellipsoid.
    pub height_m: f64,
}

impl Geodetic {
    /// A place from longitude and latitude in degrees and height in metres.
    pub fn new(longitude_deg: f64, latitude_deg: f64, height_m: f64) -> Self {
        Self {
            longitude_deg,
            latitude_deg,
            height_m,
        }
    }
}

/// Earth-centred earth-fixed metres (EPSG:4978) of a geodetic place (EPSG method 9602).
pub fn ecef_from_geodetic(place: Geodetic) -> DVec3 {
    let (sin_longitude, cos_longitude) = place.longitude_deg.to_radians().sin_cos();
    let (sin_latitude, cos_latitude) = place.latitude_deg.to_radians().sin_cos();
    let prime_vertical_m =
        SEMI_MAJOR_AXIS_M / (1.0 - ECCENTRICITY_SQUARED * sin_latitude * sin_latitude).sqrt();
    let from_axis_m = (prime_vertical_m + place.height_m) * cos_latitude;
    DVec3::new(
        from_axis_m * cos_longitude,
        from_axis_m * sin_longitude,
        (prime_vertical_m * (1.0 - ECCENTRICITY_SQUARED) + place.height_m) * sin_latitude,
    )
}

/// Geodetic place of earth-centred earth-fixed metres (EPSG:4978).
///
/// Bowring's formula on the parametric latitude (B. R. Bowring, *Transformation from spatial to
/// geographical coordinates*, Survey Review 181, 1976), iterated; exact to f64 from 1 000 km below
/// the surface to far beyond the moon. Near the earth's centre latitude has no meaning.
pub fn geodetic_from_ecef(point_ecef: DVec3) -> Geodetic {
    let from_axis_m = point_ecef.x.hypot(point_ecef.y);
    // Height must come from a formula that holds at the poles too, where cos(latitude) vanishes.
    let mut parametric = (point_ecef.z * SEMI_MAJOR_AXIS_M).atan2(from_axis_m * SEMI_MINOR_AXIS_M);
    let mut latitude = 0.0_f64;
    for _ in 0..4 {
        let (sin_parametric, cos_parametric) = parametric.sin_cos();
        latitude = (point_ecef.z
            + SECOND_ECCENTRICITY_SQUARED * SEMI_MINOR_AXIS_M * sin_parametric.powi(3))
        .atan2(from_axis_m - ECCENTRICITY_SQUARED * SEMI_MAJOR_AXIS_M * cos_parametric.powi(3));
        let (sin_latitude, cos_latitude) = latitude.sin_cos();
        parametric = ((1.0 - FLATTENING) * sin_latitude).atan2(cos_latitude);
    }
    let (sin_latitude, cos_latitude) = latitude.sin_cos();
    let ellipsoid_m =
        SEMI_MAJOR_AXIS_M * (1.0 - ECCENTRICITY_SQUARED * sin_latitude * sin_latitude).sqrt();
    Geodetic {
        longitude_deg: point_ecef.y.atan2(point_ecef.x).to_degrees(),
        latitude_deg: latitude.to_degrees(),
        height_m: from_axis_m * cos_latitude + point_ecef.z * sin_latitude - ellipsoid_m,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_of_the_ellipsoid_are_where_the_standard_puts_them() {
        let on_equator = ecef_from_geodetic(Geodetic::new(0.0, 0.0, 0.0));
        assert!((on_equator - DVec3::new(6_378_137.0, 0.0, 0.0)).length() < 1e-9);
        let at_pole = ecef_from_geodetic(Geodetic::new(0.0, 90.0, 0.0));
        assert!((at_pole - DVec3::new(0.0, 0.0, 6_356_752.314_245_179)).length() < 1e-6);
    }

    #[test]
    fn agrees_with_the_worked_example_of_the_epsg_guidance_note() {
        // IOGP 373-7-2, method 9602: 53°48'33.820"N, 2°07'46.380"E, 73.0 m.
        let place = Geodetic::new(
            2.0 + 7.0 / 60.0 + 46.380 / 3600.0,
            53.0 + 48.0 / 60.0 + 33.820 / 3600.0,
            73.0,
        );
        let expected_ecef = DVec3::new(3_771_793.968, 140_253.342, 5_124_304.349);
        assert!((ecef_from_geodetic(place) - expected_ecef).length() < 2e-3);
    }

    #[test]
    fn round_trip_holds_everywhere_a_city_or_camera_can_be() {
        for latitude_deg in [
            -90.0,
            -89.999_999,
            -45.0,
            -0.1,
            0.0,
            37.5,
            52.37,
            89.9,
            90.0,
        ] {
            for longitude_deg in [-179.9, -75.0, 0.0, 4.9, 139.7, 180.0] {
                for height_m in [-400.0, 0.0, 115.3, 8_848.0, 2.0e7] {
                    let place = Geodetic::new(longitude_deg, latitude_deg, height_m);
                    let point_ecef = ecef_from_geodetic(place);
                    let again_ecef = ecef_from_geodetic(geodetic_from_ecef(point_ecef));
                    let error_m = (again_ecef - point_ecef).length();
                    assert!(error_m < 1e-6, "{place:?}: {error_m}");
                    assert!((geodetic_from_ecef(point_ecef).height_m - height_m).abs() < 1e-6);
                }
            }
        }
    }
}
