//! How much light falls on the ground, from noon to night.

/// Polynomials in elevation / 90° for log10 of the illuminance of a horizontal surface in lux, under an
/// average clear sky: Seidelmann (ed.), Explanatory Supplement to the Astronomical Almanac (1992),
/// table 9.342.1, after Janiczek and DeYoung (1987). Each from its elevation in degrees upwards.
const PIECES: [(f64, [f64; 4]); 6] = [
    (20.0, [3.74, 3.97, -4.07, 1.47]),
    (5.0, [3.05, 13.28, -45.98, 64.33]),
    (-0.8, [2.88, 22.26, -207.64, 1034.30]),
    (-5.0, [2.88, 21.81, -258.11, -858.36]),
    (-12.0, [2.70, 12.17, -431.69, -1899.83]),
    (-18.0, [13.84, 262.72, 1447.42, 2797.93]),
];

/// What is left at night without a moon: airglow and stars, lux.
const NIGHT_LUX: f64 = 0.0006;

/// Illuminance of a horizontal surface by sun and sky together, lux.
pub(super) fn horizontal_lux(elevation_deg: f64) -> f64 {
    let elevation_deg = elevation_deg.clamp(-90.0, 90.0);
    let x = elevation_deg / 90.0;
    PIECES
        .iter()
        .find(|(from_deg, _)| elevation_deg >= *from_deg)
        .map_or(NIGHT_LUX, |(_, [a, b, c, d])| {
            10_f64.powf(a + x * (b + x * (c + x * d)))
        })
        .max(NIGHT_LUX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values that the Supplement's text and the definition of civil twilight give.
    #[test]
    fn known_illuminances() {
        for (elevation_deg, lux, tolerance) in [
            (90.0, 129_000.0, 0.01),
            (0.0, 759.0, 0.01),
            (-6.0, 3.4, 0.02),
            (-12.0, 0.008, 0.05),
        ] {
            let found = horizontal_lux(elevation_deg);
            assert!(
                (found / lux - 1.0).abs() < tolerance,
                "{elevation_deg}°: {found} lx"
            );
        }
    }

    #[test]
    fn it_falls_without_steps_from_zenith_to_night() {
        // Deep in twilight light falls to a tenth within two degrees, 11 % in a tenth of one.
        let mut last = horizontal_lux(90.0);
        for tenths in (-300..900).rev() {
            let lux = horizontal_lux(f64::from(tenths) / 10.0);
            assert!(
                lux <= last && lux > 0.88 * last,
                "{tenths}: {last} to {lux}"
            );
            last = lux;
        }
    }
}
