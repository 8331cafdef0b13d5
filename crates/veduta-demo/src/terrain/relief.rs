//! The shape of the land as a formula: a river valley, a hillside to the north, level places.

use crate::plan::polygon::{PlanPoint, at, distance};
use crate::plan::river;
use crate::random::{smooth_noise_2d, smooth_step};

/// A place that is levelled: a pond, a pitch, a school yard.
#[derive(Debug, Clone, Copy)]
pub(crate) struct LevelPlace {
    /// Its middle.
    pub(crate) centre: PlanPoint,
    /// Level within this radius, metres.
    pub(crate) radius_m: f64,
    /// Width of the ring in which the level meets the land, metres.
    pub(crate) blend_m: f64,
}

/// Middle of the park's pond.
pub(crate) const POND_CENTRE: PlanPoint = at(1128.0, 395.0);

/// The places that are levelled.
pub(crate) const LEVEL_PLACES: [LevelPlace; 4] = [
    LevelPlace {
        centre: POND_CENTRE,
        radius_m: 58.0,
        blend_m: 40.0,
    },
    LevelPlace {
        centre: at(78.0, 165.0),
        radius_m: 75.0,
        blend_m: 30.0,
    },
    LevelPlace {
        centre: at(320.0, 163.0),
        radius_m: 85.0,
        blend_m: 30.0,
    },
    LevelPlace {
        centre: at(172.0, 558.0),
        radius_m: 50.0,
        blend_m: 30.0,
    },
];

/// Height of the land as designed, metres above DHHN92.
pub(crate) fn designed_height(seed: u64, point: PlanPoint) -> f64 {
    let from_quay_m = river::north_of_axis(point).abs() - river::HALF_WIDTH_M;
    let bed = river::WATER_LEVEL - 2.0;
    if from_quay_m <= 0.0 {
        return bed;
    }
    let above_bed = smooth_step(0.0, river::bank_width_m(point.x), from_quay_m);
    let natural_m = above_quay_m(seed, point);
    let levelled_m = LEVEL_PLACES.iter().fold(natural_m, |height_m, place| {
        let away_m = distance(point, place.centre);
        let share = 1.0 - smooth_step(place.radius_m, place.radius_m + place.blend_m, away_m);
        if share == 0.0 {
            return height_m;
        }
        height_m + (above_quay_m(seed, place.centre) - height_m) * share
    });
    // Level places end before the quay, so that the quay keeps its height.
    let behind_quay = smooth_step(6.0, 30.0, from_quay_m);
    bed + (river::QUAY_LEVEL - bed) * above_bed + natural_m + (levelled_m - natural_m) * behind_quay
}

/// Height of the natural land over the quays, metres: zero beside the river.
fn above_quay_m(seed: u64, point: PlanPoint) -> f64 {
    let north_m = river::north_of_axis(point);
    let inland_m = (north_m.abs() - river::HALF_WIDTH_M).max(0.0);
    // Behind the quays the land may be uneven; beside the water it is level.
    let freedom = smooth_step(20.0, 120.0, inland_m);
    let slope = if north_m > 0.0 {
        northern_slope(point, north_m)
    } else {
        southern_slope(inland_m)
    };
    let hilliness =
        0.35 + 3.0 * smooth_step(280.0, 700.0, north_m) + 1.5 * smooth_step(300.0, 700.0, -north_m);
    let rough = 0.65 * smooth_noise_2d(seed, point.x / 210.0, point.y / 190.0)
        + 0.35 * smooth_noise_2d(seed ^ 0x55, point.x / 83.0, point.y / 91.0);
    slope + freedom * hilliness * rough
}

/// Gentle river terrace, then the hillside: steeper and higher to the east, a shoulder to the west.
fn northern_slope(point: PlanPoint, north_m: f64) -> f64 {
    let terrace = 5.5 * smooth_step(10.0, 330.0, north_m);
    let height_m = 54.0 + 34.0 * smooth_step(100.0, 1150.0, point.x);
    let foot_m = 300.0 + 55.0 * (1.0 - smooth_step(150.0, 700.0, point.x));
    let hill = height_m * smooth_step(foot_m, foot_m + 760.0, north_m);
    let combe =
        9.0 * (-((point.x - 770.0) / 120.0).powi(2)).exp() * smooth_step(330.0, 640.0, north_m);
    terrace + hill - combe
}

fn southern_slope(inland_m: f64) -> f64 {
    2.2 * smooth_step(10.0, 300.0, inland_m) + 21.0 * smooth_step(260.0, 900.0, inland_m)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn land_rises_from_the_river_to_the_hill_without_cliffs() {
        for step in 0..60 {
            let x = -400.0 + f64::from(step) * 30.0;
            let mut previous = None;
            for north in 40..1200 {
                let point = at(x, river::axis_northing(x) + f64::from(north));
                let height = designed_height(1, point);
                assert!((248.0..360.0).contains(&height));
                if let Some(previous) = previous {
                    let grade: f64 = height - previous;
                    assert!(grade.abs() < 0.34, "grade {grade} at {point:?}");
                }
                previous = Some(height);
            }
        }
    }

    #[test]
    fn river_bed_lies_under_water_and_quays_above() {
        for step in 0..40 {
            let x = f64::from(step) * 30.0;
            let axis = river::axis_northing(x);
            assert!(designed_height(1, at(x, axis)) < river::WATER_LEVEL - 1.0);
            assert!(designed_height(1, at(x, axis + 22.0)) > river::WATER_LEVEL + 3.0);
        }
    }
}
