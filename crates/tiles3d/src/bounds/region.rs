//! A geographic region: longitudes, latitudes and heights on WGS 84.

use std::f64::consts::TAU;

use glam::DVec3;

use super::OrientedBox;
use crate::ellipsoid::{SEMI_MAJOR_M, east_north_up, ecef_from_geodetic, geodetic_from_ecef};

/// `region` of 3D Tiles: radians and metres above the WGS 84 ellipsoid. `east` less than `west` means
/// that the region crosses the antimeridian.
#[derive(Debug, Clone, PartialEq)]
pub struct Region {
    west_rad: f64,
    south_rad: f64,
    east_rad: f64,
    north_rad: f64,
    min_height_m: f64,
    max_height_m: f64,
    enclosing_box: OrientedBox,
}

impl Region {
    /// From the six numbers of a tileset, in their order: west, south, east, north in radians, then
    /// minimum and maximum height in metres.
    pub fn new(numbers: [f64; 6]) -> Self {
        let [west_rad, south_rad, east_rad, north_rad, low, high] = numbers;
        let (min_height_m, max_height_m) = (low.min(high), low.max(high));
        let enclosing_box = enclosing_box([
            west_rad,
            south_rad,
            east_rad,
            north_rad,
            min_height_m,
            max_height_m,
        ]);
        Self {
            west_rad,
            south_rad,
            east_rad,
            north_rad,
            min_height_m,
            max_height_m,
            enclosing_box,
        }
    }

    /// West, south, east and north in radians, minimum and maximum height in metres.
    pub fn numbers(&self) -> [f64; 6] {
        [
            self.west_rad,
            self.south_rad,
            self.east_rad,
            self.north_rad,
            self.min_height_m,
            self.max_height_m,
        ]
    }

    /// A box in earth-centred earth-fixed axes around the region.
    pub fn enclosing_box(&self) -> &OrientedBox {
        &self.enclosing_box
    }

    /// Distance from a point, never more than the true one: the larger of the distance to the enclosing
    /// box and the height above or below the region. The second term keeps regions of continental size,
    /// whose box reaches far above the ground, from seeming to contain a high camera.
    pub fn distance_m(&self, point_ecef: DVec3) -> f64 {
        let to_box = self.enclosing_box.distance_m(point_ecef);
        let Some((_, _, height)) = geodetic_from_ecef(point_ecef) else {
            return to_box;
        };
        to_box
            .max(height - self.max_height_m)
            .max(self.min_height_m - height)
    }
}

/// Steps of the sampling grid along each side.
const STEPS: u32 = 8;

/// Samples the region's surface at both heights in an east-north-up frame of its middle and widens the
/// result by what the surface can bulge between samples: for a surface with second derivatives of at
/// most R, linear interpolation over a cell of (u, v) radians errs by at most R (u + v)² / 8.
fn enclosing_box(numbers: [f64; 6]) -> OrientedBox {
    let [west, south, east, north, min_height, max_height] = numbers;
    let width = if east >= west {
        east - west
    } else {
        east - west + TAU
    };
    let height = (north - south).max(0.0);
    let axes = east_north_up(west + width * 0.5, (south + north) * 0.5);
    let origin = ecef_from_geodetic(west + width * 0.5, (south + north) * 0.5, min_height);
    let mut low = DVec3::INFINITY;
    let mut high = DVec3::NEG_INFINITY;
    for (row, column) in (0..=STEPS).flat_map(|row| (0..=STEPS).map(move |column| (row, column))) {
        let longitude = west + width * f64::from(column) / f64::from(STEPS);
        let latitude = south + height * f64::from(row) / f64::from(STEPS);
        for level in [min_height, max_height] {
            let offset = ecef_from_geodetic(longitude, latitude, level) - origin;
            let local = DVec3::new(
                offset.dot(axes[0]),
                offset.dot(axes[1]),
                offset.dot(axes[2]),
            );
            low = low.min(local);
            high = high.max(local);
        }
    }
    let cell = (width + height) / f64::from(STEPS);
    // 1.01: the meridian's radius of curvature exceeds the semi-major axis by 0.7 % at the poles.
    let bulge = (SEMI_MAJOR_M * 1.01 + max_height.abs()) * cell * cell / 8.0;
    let middle = (low + high) * 0.5;
    OrientedBox {
        center: origin + axes[0] * middle.x + axes[1] * middle.y + axes[2] * middle.z,
        axes,
        half_lengths_m: (high - low) * 0.5 + DVec3::splat(bulge),
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::PI;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_point_of_a_region_is_in_its_box(
            west in -3.1..3.1_f64, south in -1.5..1.4_f64, width in 0.0..6.2_f64, height in 0.0..0.1_f64,
            s in 0.0..1.0_f64, t in 0.0..1.0_f64, h in 0.0..1.0_f64,
        ) {
            let mut east = west + width;
            if east > PI { east -= TAU; }
            let region = Region::new([west, south, east, south + height, -50.0, 3000.0]);
            let point = ecef_from_geodetic(west + width * s, south + height * t, -50.0 + 3050.0 * h);
            prop_assert!(region.enclosing_box().distance_m(point) < 1e-6);
            prop_assert!(region.distance_m(point) < 1e-6);
        }
    }

    #[test]
    fn a_small_region_has_a_tight_box_and_a_true_distance() {
        let region = Region::new([0.08, 0.9, 0.0801, 0.9001, 0.0, 100.0]);
        assert!(
            region.enclosing_box().half_lengths_m.z < 52.0,
            "{:?}",
            region.enclosing_box()
        );
        let above = ecef_from_geodetic(0.08005, 0.90005, 1100.0);
        assert!((region.distance_m(above) - 1000.0).abs() < 0.1);
    }

    #[test]
    fn the_whole_earth_does_not_contain_a_camera_in_orbit() {
        let region = Region::new([-PI, -PI / 2.0, PI, PI / 2.0, 0.0, 9000.0]);
        let distance = region.distance_m(ecef_from_geodetic(0.3, 0.5, 400_000.0));
        assert!((distance - 391_000.0).abs() < 1.0, "{distance}");
    }
}
