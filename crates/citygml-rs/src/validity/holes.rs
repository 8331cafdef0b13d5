//! Where holes lie.

use super::crossings::{distance, edges_of};
use super::{Fault, SAME_PLACE_M};

/// Holes outside the exterior ring or in other holes. Rings that cross are told by their edges, not here.
pub(super) fn misplaced_holes(rings: &[Vec<[f64; 2]>], faults: &mut Vec<Fault>) {
    let crosses = |faults: &[Fault], pair: [usize; 2]| {
        faults
            .iter()
            .any(|fault| matches!(fault, Fault::RingsCross { rings, .. } if *rings == pair))
    };
    let boxes: Vec<_> = rings.iter().map(|ring| extent(ring)).collect();
    for hole in 1..rings.len() {
        if rings[hole].len() < 3 {
            continue;
        }
        if !crosses(faults, [0, hole]) && is_inside(&rings[hole], &rings[0]) == Some(false) {
            faults.push(Fault::HoleOutside { ring: hole });
        }
        for other in (1..rings.len()).filter(|&other| other != hole) {
            let pair = [hole.min(other), hole.max(other)];
            if contains(boxes[other], boxes[hole])
                && !crosses(faults, pair)
                && is_inside(&rings[hole], &rings[other]) == Some(true)
            {
                faults.push(Fault::HoleInHole {
                    rings: [hole, other],
                });
            }
        }
    }
}

type Extent = ([f64; 2], [f64; 2]);

fn extent(ring: &[[f64; 2]]) -> Extent {
    let mut extent = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for point in ring {
        extent.0 = [0, 1].map(|axis| extent.0[axis].min(point[axis]));
        extent.1 = [0, 1].map(|axis| extent.1[axis].max(point[axis]));
    }
    extent
}

fn contains(outer: Extent, inner: Extent) -> bool {
    (0..2).all(|axis| outer.0[axis] <= inner.0[axis] && inner.1[axis] <= outer.1[axis])
}

/// Whether a ring that does not cross another lies inside it, told by the first point that is not on the other's edge.
/// `None` if all are.
fn is_inside(ring: &[[f64; 2]], other: &[[f64; 2]]) -> Option<bool> {
    let point = ring
        .iter()
        .find(|&&point| edges_of(0, other).all(|edge| distance(point, &edge) > SAME_PLACE_M))?;
    let mut is_inside = false;
    for edge in edges_of(0, other) {
        let (from, to) = (edge.from, edge.to);
        if (from[1] > point[1]) != (to[1] > point[1]) {
            let share = (point[1] - from[1]) / (to[1] - from[1]);
            is_inside ^= point[0] < from[0] + share * (to[0] - from[0]);
        }
    }
    Some(is_inside)
}
