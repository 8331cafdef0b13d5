//! From EPSG:25832 to longitude and latitude: the inverse transverse Mercator series of Krüger.
//!
//! After C. F. F. Karney, *Transverse Mercator with an accuracy of a few nanometers*, Journal of
//! Geodesy 85 (2011), to the fourth order in the third flattening: better than a micrometre within
//! the zone. ETRS89 is taken as WGS 84; they differ by less than a metre.

/// Semi-major axis of GRS 80, metres.
const SEMI_MAJOR_AXIS_M: f64 = 6_378_137.0;
/// Flattening of GRS 80.
const FLATTENING: f64 = 1.0 / 298.257_222_101;
const CENTRAL_MERIDIAN_DEG: f64 = 9.0;
const SCALE: f64 = 0.9996;
const FALSE_EASTING_M: f64 = 500_000.0;

/// Longitude and latitude, degrees, of a position in UTM zone 32 north.
pub(crate) fn longitude_latitude_deg(easting_m: f64, northing_m: f64) -> (f64, f64) {
    let n = FLATTENING / (2.0 - FLATTENING);
    let (n2, n3, n4) = (n * n, n * n * n, n * n * n * n);
    let rectifying_radius_m = SEMI_MAJOR_AXIS_M / (1.0 + n) * (1.0 + n2 / 4.0 + n4 / 64.0);
    let beta = [
        n / 2.0 - 2.0 * n2 / 3.0 + 37.0 * n3 / 96.0 - n4 / 360.0,
        n2 / 48.0 + n3 / 15.0 - 437.0 * n4 / 1440.0,
        17.0 * n3 / 480.0 - 37.0 * n4 / 840.0,
        4397.0 * n4 / 161_280.0,
    ];
    let delta = [
        2.0 * n - 2.0 * n2 / 3.0 - 2.0 * n3 + 116.0 * n4 / 45.0,
        7.0 * n2 / 3.0 - 8.0 * n3 / 5.0 - 227.0 * n4 / 45.0,
        56.0 * n3 / 15.0 - 136.0 * n4 / 35.0,
        4279.0 * n4 / 630.0,
    ];
    let xi = northing_m / (SCALE * rectifying_radius_m);
    let eta = (easting_m - FALSE_EASTING_M) / (SCALE * rectifying_radius_m);
    let (mut xi_sphere, mut eta_sphere) = (xi, eta);
    for (j, coefficient) in (1..).zip(beta) {
        let twice_j = 2.0 * f64::from(j);
        xi_sphere -= coefficient * (twice_j * xi).sin() * (twice_j * eta).cosh();
        eta_sphere -= coefficient * (twice_j * xi).cos() * (twice_j * eta).sinh();
    }
    let conformal_latitude = (xi_sphere.sin() / eta_sphere.cosh()).asin();
    let series = (1..).zip(delta).map(|(j, coefficient): (i32, f64)| {
        coefficient * (2.0 * f64::from(j) * conformal_latitude).sin()
    });
    let latitude = conformal_latitude + series.sum::<f64>();
    let longitude_offset = eta_sphere.sinh().atan2(xi_sphere.cos());
    (
        CENTRAL_MERIDIAN_DEG + longitude_offset.to_degrees(),
        latitude.to_degrees(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed with PROJ (EPSG:25832 to EPSG:4258).
    const KNOWN: [([f64; 2], [f64; 2]); 5] = [
        (
            [513_000.0, 5_403_000.0],
            [9.176_956_686_921, 48.779_865_112_865],
        ),
        (
            [513_434.5, 5_403_478.25],
            [9.182_886_723_501, 48.784_158_175_872],
        ),
        (
            [400_000.0, 5_600_000.0],
            [7.588_661_229_607, 50.543_379_555_852],
        ),
        (
            [691_608.5, 5_334_760.4],
            [11.575_564_592_463, 48.137_221_914_691],
        ),
        (
            [510_000.0, 5_399_000.0],
            [9.136_023_463_919, 48.743_936_716_437],
        ),
    ];

    #[test]
    fn agrees_with_proj() {
        for ([easting, northing], [longitude, latitude]) in KNOWN {
            let (got_longitude, got_latitude) = longitude_latitude_deg(easting, northing);
            assert!(
                (got_longitude - longitude).abs() < 1e-10,
                "{got_longitude} {longitude}"
            );
            assert!(
                (got_latitude - latitude).abs() < 1e-10,
                "{got_latitude} {latitude}"
            );
        }
    }
}
