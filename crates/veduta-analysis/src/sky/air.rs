//! How clear air takes light from the sun's beam and scatters it, in three bands.
//!
//! A plane atmosphere with molecules, aerosol and ozone: the parts that make the sun yellow and the sky
//! blue. No clouds and no multiple scattering; [`super::illuminance`] sets the amount of light.

/// One value each for red, green and blue, linear.
pub(super) type Bands = [f64; 3];

/// Wavelengths that stand for the three primaries of sRGB, micrometres.
const WAVELENGTHS_UM: Bands = [0.612, 0.549, 0.465];

/// Ångström's turbidity coefficient (optical depth of the aerosol at 1 µm): continental air on a clear day.
pub(super) const TURBIDITY: f64 = 0.065;
/// Ångström's wavelength exponent.
pub(super) const WAVELENGTH_EXPONENT: f64 = 1.3;
/// Optical depth of 300 Dobson units of ozone in the three bands (Chappuis band).
const OZONE_DEPTH: Bands = [0.036, 0.026, 0.003];

/// Optical depth of the molecules above sea level: Hansen and Travis (1974), Space Sci. Rev. 16, eq. 2.30.
pub(super) fn molecule_depth() -> Bands {
    WAVELENGTHS_UM.map(|um: f64| {
        0.008_569 * um.powi(-4) * (1.0 + 0.0113 * um.powi(-2) + 0.000_13 * um.powi(-4))
    })
}

/// Optical depth of the aerosol by Ångström's law.
pub(super) fn aerosol_depth() -> Bands {
    WAVELENGTHS_UM.map(|um| TURBIDITY * um.powf(-WAVELENGTH_EXPONENT))
}

/// Optical depth of all there is.
pub(super) fn total_depth() -> Bands {
    let (molecules, aerosol) = (molecule_depth(), aerosol_depth());
    std::array::from_fn(|band| molecules[band] + aerosol[band] + OZONE_DEPTH[band])
}

/// How many vertical atmospheres the beam passes: Kasten and Young (1989), Appl. Opt. 28, 4735. 1 at the
/// zenith, 38 at the horizon; below it stays there.
pub(super) fn air_mass(elevation_deg: f64) -> f64 {
    let elevation_deg = elevation_deg.clamp(0.0, 90.0);
    1.0 / (elevation_deg.to_radians().sin() + 0.505_72 * (elevation_deg + 6.079_95).powf(-1.6364))
}

/// The share of light that is left after `air_mass` atmospheres of `depth`.
pub(super) fn transmittance(depth: Bands, air_mass: f64) -> Bands {
    depth.map(|depth| (-air_mass * depth).exp())
}

/// Luminance of a linear sRGB colour: ITU-R BT.709.
pub(super) fn luminance(colour: Bands) -> f64 {
    0.2126 * colour[0] + 0.7152 * colour[1] + 0.0722 * colour[2]
}

/// The same hue with its strongest primary at 1.
pub(super) fn normalised(colour: Bands) -> [f32; 3] {
    let strongest = colour.into_iter().fold(f64::MIN_POSITIVE, f64::max);
    colour.map(|primary| (primary / strongest) as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kasten and Young's own table.
    #[test]
    fn air_masses_as_published() {
        for (elevation_deg, expected) in
            [(90.0, 1.0), (30.0, 1.9942), (10.0, 5.5841), (0.0, 37.9196)]
        {
            let found = air_mass(elevation_deg);
            assert!(
                (found - expected).abs() < 0.002 * expected,
                "{elevation_deg}°: {found}"
            );
        }
        assert_eq!(air_mass(-10.0), air_mass(0.0));
    }

    /// Bucholtz (1995) has 0.0973 at 550 nm for a standard atmosphere.
    #[test]
    fn molecules_scatter_blue_three_times_as_much_as_red() {
        let [red, green, blue] = molecule_depth();
        assert!((green - 0.098).abs() < 0.001, "{green}");
        assert!((blue / red - (0.612_f64 / 0.465).powi(4)).abs() < 0.1);
    }
}
