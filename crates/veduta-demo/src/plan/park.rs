//! The town park, the sports ground and the school yard: ponds, paths and pitches in the plan.

use super::polygon::{PlanPoint, at, rectangle};
use super::street_space::{band, union};
use crate::terrain::relief::POND_CENTRE;
use geo::MultiPolygon;

/// Width of the kerb round the pond, metres.
pub(crate) const POND_KERB_M: f64 = 1.3;

/// The pond: a gentle bean, counter-clockwise.
pub(crate) fn pond_ring() -> Vec<PlanPoint> {
    (0..36)
        .map(|i| {
            let angle = std::f64::consts::TAU * f64::from(i) / 36.0;
            let bean = 1.0 + 0.16 * (2.0 * angle + 0.6).cos() + 0.07 * (3.0 * angle).sin();
            POND_CENTRE + at(angle.cos() * 31.0, angle.sin() * 43.0) * bean
        })
        .collect()
}

/// The park's paths.
pub(crate) fn paths() -> MultiPolygon<f64> {
    let round_the_pond: Vec<PlanPoint> = (0..=40)
        .map(|i| {
            let angle = std::f64::consts::TAU * f64::from(i) / 40.0;
            let bean = 1.0 + 0.13 * (2.0 * angle + 0.6).cos() + 0.05 * (3.0 * angle).sin();
            POND_CENTRE + at(angle.cos() * 46.0, angle.sin() * 60.0) * bean
        })
        .collect();
    let lines: [&[(f64, f64)]; 6] = [
        &[
            (1012.0, 446.0),
            (1040.0, 440.0),
            (1068.0, 424.0),
            (1080.0, 410.0),
        ],
        &[
            (1172.0, 420.0),
            (1200.0, 436.0),
            (1232.0, 442.0),
            (1264.0, 436.0),
        ],
        &[
            (1118.0, 458.0),
            (1112.0, 490.0),
            (1128.0, 530.0),
            (1134.0, 580.0),
        ],
        &[
            (1126.0, 330.0),
            (1130.0, 300.0),
            (1142.0, 276.0),
            (1146.0, 252.0),
        ],
        &[
            (1004.0, 318.0),
            (1040.0, 326.0),
            (1078.0, 352.0),
            (1090.0, 362.0),
        ],
        &[
            (1178.0, 390.0),
            (1206.0, 352.0),
            (1222.0, 308.0),
            (1252.0, 276.0),
        ],
    ];
    let lines = lines.iter().map(|line| {
        band(
            &line.iter().map(|&(x, y)| at(x, y)).collect::<Vec<_>>(),
            3.2,
        )
    });
    union(lines.chain([band(&round_the_pond, 3.6)]))
}

/// The football pitch.
pub(crate) fn pitch() -> Vec<PlanPoint> {
    rectangle(at(84.0, 164.0), 0.02, 104.0, 62.0)
}

/// The yard between the wings of the school.
pub(crate) fn school_yard() -> Vec<PlanPoint> {
    rectangle(at(171.5, 549.0), 0.0175, 41.0, 52.0)
}

/// The yard of the old works.
pub(crate) fn works_yard() -> Vec<PlanPoint> {
    rectangle(at(322.0, 166.0), 0.026, 200.0, 84.0)
}
