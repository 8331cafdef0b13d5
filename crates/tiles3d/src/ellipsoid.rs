//! The WGS 84 ellipsoid in f64: geodetic to earth-centred earth-fixed and back.
//!
//! Only what bounding regions and east-north-up instances need; reference systems other than
//! WGS 84 are the business of a projection library.

use glam::{DMat4, DVec3};

/// Semi-major axis in metres (NIMA TR8350.2).
pub const SEMI_MAJOR_M: f64 = 6_378_137.0;
/// Flattening (NIMA TR8350.2).
const FLATTENING: f64 = 1.0 / 298.257_223_563;
const ECCENTRICITY_SQUARED: f64 = FLATTENING * (2.0 - FLATTENING);

/// Earth-centred earth-fixed metres of a geodetic position in radians and metres above the ellipsoid.
pub fn ecef_from_geodetic(longitude_rad: f64, latitude_rad: f64, height_m: f64) -> DVec3 {
    let (sin_latitude, cos_latitude) = latitude_rad.sin_cos();
    let (sin_longitude, cos_longitude) = longitude_rad.sin_cos();
    let prime_vertical =
        SEMI_MAJOR_M / (1.0 - ECCENTRICITY_SQUARED * sin_latitude * sin_latitude).sqrt();
    let horizontal = (prime_vertical + height_m) * cos_latitude;
    DVec3::new(
        horizontal * cos_longitude,
        horizontal * sin_longitude,
        (prime_vertical * (1.0 - ECCENTRICITY_SQUARED) + height_m) * sin_latitude,
    )
}

/// Longitude and latitude in radians and height in metres of a position; `None` near the earth's centre,
/// where they have no meaning. Fixed-point iteration on the latitude, converged to under a micrometre
/// for heights from -10 km to geostationary orbit.
pub fn geodetic_from_ecef(position_ecef: DVec3) -> Option<(f64, f64, f64)> {
    if !position_ecef.is_finite() || position_ecef.length() < 100_000.0 {
        return None;
    }
    let horizontal = position_ecef.x.hypot(position_ecef.y);
    let longitude = position_ecef.y.atan2(position_ecef.x);
    let mut latitude = position_ecef
        .z
        .atan2(horizontal * (1.0 - ECCENTRICITY_SQUARED));
    for _ in 0..12 {
        let sin_latitude = latitude.sin();
        let prime_vertical =
            SEMI_MAJOR_M / (1.0 - ECCENTRICITY_SQUARED * sin_latitude * sin_latitude).sqrt();
        latitude = (position_ecef.z + ECCENTRICITY_SQUARED * prime_vertical * sin_latitude)
            .atan2(horizontal);
    }
    let (sin_latitude, cos_latitude) = latitude.sin_cos();
    let prime_vertical =
        SEMI_MAJOR_M / (1.0 - ECCENTRICITY_SQUARED * sin_latitude * sin_latitude).sqrt();
    // The projection on the normal stays well conditioned at the poles, unlike p / cos φ - N.
    let height = horizontal * cos_latitude + position_ecef.z * sin_latitude
        - prime_vertical * (1.0 - ECCENTRICITY_SQUARED * sin_latitude * sin_latitude);
    Some((longitude, latitude, height))
}

/// East, north and up at a geodetic direction, as unit vectors in earth-centred earth-fixed axes.
pub fn east_north_up(longitude_rad: f64, latitude_rad: f64) -> [DVec3; 3] {
    let (sin_latitude, cos_latitude) = latitude_rad.sin_cos();
    let (sin_longitude, cos_longitude) = longitude_rad.sin_cos();
    [
        DVec3::new(-sin_longitude, cos_longitude, 0.0),
        DVec3::new(
            -sin_latitude * cos_longitude,
            -sin_latitude * sin_longitude,
            cos_latitude,
        ),
        DVec3::new(
            cos_latitude * cos_longitude,
            cos_latitude * sin_longitude,
            sin_latitude,
        ),
    ]
}

/// The east-north-up frame at a position; `None` where the position is not near the earth's surface
/// (|height| > 1000 km), as in tilesets that keep their own local coordinates.
pub fn ecef_from_enu(position_ecef: DVec3) -> Option<DMat4> {
    let (longitude, latitude, height) = geodetic_from_ecef(position_ecef)?;
    if height.abs() > 1.0e6 {
        return None;
    }
    let [east, north, up] = east_north_up(longitude, latitude);
    Some(DMat4::from_cols(
        east.extend(0.0),
        north.extend(0.0),
        up.extend(0.0),
        position_ecef.extend(1.0),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_end_where_the_datum_says() {
        assert!(
            ecef_from_geodetic(0.0, 0.0, 0.0).distance(DVec3::new(6_378_137.0, 0.0, 0.0)) < 1e-9
        );
        let pole = ecef_from_geodetic(0.0, std::f64::consts::FRAC_PI_2, 0.0);
        assert!(
            (pole.z - 6_356_752.314_245).abs() < 1e-5,
            "semi-minor axis of WGS 84, got {}",
            pole.z
        );
    }

    #[test]
    fn geodetic_round_trip_holds_to_a_micrometre() {
        for latitude_deg in [-90.0_f64, -52.3, 0.0, 1e-9, 45.0, 89.9999, 90.0] {
            for longitude_deg in [-179.9_f64, 0.0, 4.9, 120.0] {
                for height in [-500.0, 0.0, 120.5, 400_000.0] {
                    let ecef = ecef_from_geodetic(
                        longitude_deg.to_radians(),
                        latitude_deg.to_radians(),
                        height,
                    );
                    let (longitude, latitude, back) =
                        geodetic_from_ecef(ecef).expect("on the earth");
                    assert!(
                        (back - height).abs() < 1e-6,
                        "{latitude_deg} {longitude_deg} {height}: {back}"
                    );
                    assert!(ecef_from_geodetic(longitude, latitude, back).distance(ecef) < 1e-6);
                }
            }
        }
    }

    #[test]
    fn local_coordinates_have_no_place_on_earth() {
        assert!(ecef_from_enu(DVec3::new(216.0, 32.0, 90.0)).is_none());
        assert!(ecef_from_enu(DVec3::splat(f64::NAN)).is_none());
    }
}
