//! The river: its axis, its banks, and the quays between which it runs through the town.

use super::polygon::{PlanPoint, at};
use crate::random::smooth_step;

/// Half the width of the water, metres.
pub(crate) const HALF_WIDTH_M: f64 = 20.0;
/// Level of the water, metres above DHHN92.
pub(crate) const WATER_LEVEL: f64 = 248.3;
/// Level of the quays, metres above DHHN92.
pub(crate) const QUAY_LEVEL: f64 = 251.8;
/// Northing about which the river swings, plan metres.
pub(crate) const MEAN_NORTHING_M: f64 = 245.0;

/// Northing of the river's axis at an easting, plan metres.
pub(crate) fn axis_northing(easting_m: f64) -> f64 {
    MEAN_NORTHING_M + 22.0 * (std::f64::consts::TAU * (easting_m - 160.0) / 1400.0).sin()
}

/// Width of the bank between water and quay level: upright quay walls in town, slopes outside.
pub(crate) fn bank_width_m(easting_m: f64) -> f64 {
    let outside = smooth_step(-60.0, -240.0, easting_m) + smooth_step(1270.0, 1450.0, easting_m);
    0.6 + 15.0 * outside
}

/// Signed distance north of the river's axis, plan metres (along the northing).
pub(crate) fn north_of_axis(point: PlanPoint) -> f64 {
    point.y - axis_northing(point.x)
}

/// A line that keeps `north_m` from the axis, from `west` to `east`.
pub(crate) fn line_beside(north_m: f64, west: f64, east: f64) -> Vec<PlanPoint> {
    const STEP_M: f64 = 60.0;
    let count = ((east - west) / STEP_M).round().max(1.0);
    (0..=count as usize)
        .map(|i| {
            let x = west + (east - west) * i as f64 / count;
            at(x, axis_northing(x) + north_m)
        })
        .collect()
}

/// A strip between two distances north of the axis, as a counter-clockwise ring.
pub(crate) fn strip(south_m: f64, north_m: f64, west: f64, east: f64) -> Vec<PlanPoint> {
    let mut ring = line_beside(south_m, west, east);
    ring.extend(line_beside(north_m, west, east).into_iter().rev());
    ring
}

/// The surface of the water, reaching under the banks.
pub(crate) fn water_ring(west: f64, east: f64) -> Vec<PlanPoint> {
    let edge = |x: f64, side: f64| {
        let reach = HALF_WIDTH_M + 0.3 + (bank_width_m(x) - 0.6) * 0.9;
        at(x, axis_northing(x) + side * reach)
    };
    let count = ((east - west) / 30.0).round() as usize;
    let x_at = |i: usize| west + (east - west) * i as f64 / count as f64;
    (0..=count)
        .map(|i| edge(x_at(i), -1.0))
        .chain((0..=count).rev().map(|i| edge(x_at(i), 1.0)))
        .collect()
}
