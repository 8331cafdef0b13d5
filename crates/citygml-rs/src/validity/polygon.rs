//! Checks of one polygon.

use super::crossings::{Meeting, edges_of, search};
use super::holes::misplaced_holes;
use super::{Fault, PLANAR_WITHIN_M, SAME_PLACE_M};
use crate::Polygon;
use crate::normal::{cross, dot, normal_and_area, subtract};
use crate::plane_view::PlaneView;

/// What is wrong with a polygon, by ISO 19107 as GML takes it up. Nothing for a valid one.
///
/// Looks at points that repeat the one before, crossings and overlaps of rings, at where holes lie and at planarity ([`PLANAR_WITHIN_M`]); what is closer
/// than [`SAME_PLACE_M`] touches. Coordinates in metres on all axes. Convex polygons without holes cost one walk around
/// the ring, others grow with the number of edges that lie side by side.
///
/// ```
/// use citygml_rs::{Fault, Polygon, check_polygon};
///
/// let mut polygon = Polygon {
///     exterior: vec![[0.0, 0.0, 0.0], [4.0, 0.0, 0.0], [4.0, 3.0, 0.0], [2.0, 2.0, 0.0], [0.0, 4.0, 0.0]],
///     interiors: vec![],
/// };
/// assert_eq!(check_polygon(&polygon), []);
/// polygon.exterior[3][1] = -1.0;
/// assert!(matches!(check_polygon(&polygon)[..], [Fault::RingCrossesItself { ring: 0, .. }]));
/// ```
pub fn check_polygon(polygon: &Polygon) -> Vec<Fault> {
    let mut faults = Vec::new();
    let vertices = || std::iter::once(&polygon.exterior).chain(&polygon.interiors);
    let is_finite = vertices()
        .flatten()
        .flatten()
        .all(|value| value.is_finite());
    if !is_finite {
        faults.push(Fault::NoArea);
        return faults;
    }
    faults.extend(vertices().enumerate().find_map(|(ring, points)| {
        let at = repeated_point(points)?;
        Some(Fault::PointRepeated { ring, at })
    }));
    let normal = match normal_and_area(&polygon.exterior) {
        Some((normal, _)) => normal,
        // Two halves that cancel each other still lie in a plane, where it can be seen that they cross.
        None => {
            faults.push(Fault::NoArea);
            match normal_of_corners(&polygon.exterior) {
                Some(normal) => normal,
                None => return faults,
            }
        }
    };
    if polygon.interiors.is_empty() && polygon.exterior.len() == 3 {
        return faults;
    }

    let distance_m = distance_from_plane(polygon, normal);
    let view = PlaneView::along(normal, polygon.exterior[0]);
    let rings: Vec<Vec<[f64; 2]>> = vertices().map(|ring| flat_ring(ring, &view)).collect();
    if !(polygon.interiors.is_empty() && is_convex(&rings[0])) {
        compare_edges(polygon, &view, &rings, &mut faults);
        misplaced_holes(&rings, &mut faults);
    }
    if distance_m > PLANAR_WITHIN_M {
        faults.push(Fault::NotPlanar { distance_m });
    }
    faults
}

/// What is wrong with a polygon of a TIN beside what [`check_polygon`] finds: faces have three corners and look up.
///
/// Coordinates in metres, the third axis up.
pub fn check_terrain_triangle(polygon: &Polygon) -> Option<Fault> {
    let corners = polygon.exterior.len();
    if corners != 3 || !polygon.interiors.is_empty() {
        return Some(Fault::NotATriangle { corners });
    }
    let (normal, _) = normal_and_area(&polygon.exterior)?;
    // A cliff may lean over by as much as its coordinates are rounded.
    (normal[2] < -0.01).then_some(Fault::FacesDown)
}

/// The first point of a ring that is in the same place as the one before.
fn repeated_point(ring: &[[f64; 3]]) -> Option<[f64; 3]> {
    let last = ring.last()?;
    let before = std::iter::once(last).chain(ring);
    let repeated = ring.iter().zip(before).find(|&(&point, &before)| {
        let way = subtract(point, before);
        dot(way, way) < SAME_PLACE_M * SAME_PLACE_M
    });
    repeated.map(|(&point, _)| point)
}

/// The direction of the greatest triangle between the first point and two neighbours. `None` if all points lie on a line.
fn normal_of_corners(ring: &[[f64; 3]]) -> Option<[f64; 3]> {
    let origin = *ring.first()?;
    let triangles = ring
        .windows(2)
        .map(|pair| cross(subtract(pair[0], origin), subtract(pair[1], origin)));
    let greatest = triangles.max_by(|a, b| dot(*a, *a).total_cmp(&dot(*b, *b)))?;
    let length = dot(greatest, greatest).sqrt();
    let extent = ring
        .iter()
        .map(|&point| dot(subtract(point, origin), subtract(point, origin)))
        .fold(0.0, f64::max);
    (length > 1e-10 * extent).then(|| greatest.map(|component| component / length))
}

/// The ring without points that repeat the one before.
fn flat_ring(ring: &[[f64; 3]], view: &PlaneView) -> Vec<[f64; 2]> {
    let mut flat: Vec<[f64; 2]> = ring.iter().map(|&point| view.flatten(point)).collect();
    flat.dedup();
    while flat.len() > 1 && flat.first() == flat.last() {
        flat.pop();
    }
    flat
}

/// Greatest distance of a point from the plane through the middle of the exterior ring.
fn distance_from_plane(polygon: &Polygon, normal: [f64; 3]) -> f64 {
    let origin = polygon.exterior[0];
    let height = |&point: &[f64; 3]| dot(subtract(point, origin), normal);
    let exterior = &polygon.exterior;
    let middle = exterior.iter().map(height).sum::<f64>() / exterior.len() as f64;
    exterior
        .iter()
        .chain(polygon.interiors.iter().flatten())
        .map(|point| (height(point) - middle).abs())
        .fold(0.0, f64::max)
}

/// Whether a counter-clockwise ring never turns right and goes round once.
fn is_convex(ring: &[[f64; 2]]) -> bool {
    let count = ring.len();
    let mut turns_back = 0;
    let mut before = 0.0;
    for index in 0..count {
        let [a, b, c] = [0, 1, 2].map(|step| ring[(index + step) % count]);
        let (one, two) = ([b[0] - a[0], b[1] - a[1]], [c[0] - b[0], c[1] - b[1]]);
        if one[0] * two[1] - one[1] * two[0] < 0.0 {
            return false;
        }
        // Going round once, the way along the first axis is turned twice.
        if one[0] != 0.0 {
            if before != 0.0 && (one[0] > 0.0) != (before > 0.0) {
                turns_back += 1;
            }
            before = one[0];
        }
    }
    turns_back <= 2
}

fn compare_edges(
    polygon: &Polygon,
    view: &PlaneView,
    rings: &[Vec<[f64; 2]>],
    faults: &mut Vec<Fault>,
) {
    let mut edges = Vec::new();
    for (number, ring) in rings.iter().enumerate() {
        edges.extend(edges_of(number, ring));
    }
    let mut worst: Vec<([usize; 2], Meeting)> = Vec::new();
    let rank = |meeting: Meeting| match meeting {
        Meeting::Touch(_) => 0,
        Meeting::Overlap(_) => 1,
        Meeting::Cross(_) => 2,
    };
    let is_complete = search(edges, SAME_PLACE_M, |one, other, meeting| {
        let pair = [one.ring.min(other.ring), one.ring.max(other.ring)];
        // Points of one ring that are close together touch without harm.
        if pair[0] == pair[1] && matches!(meeting, Meeting::Touch(_)) {
            return true;
        }
        match worst.iter_mut().find(|(known, _)| *known == pair) {
            Some((_, known)) if rank(*known) < rank(meeting) => *known = meeting,
            Some(_) => {}
            None => worst.push((pair, meeting)),
        }
        // Names for some pairs of rings are enough.
        worst.len() < 16
    });
    let place = |point: [f64; 2]| view.nearest(point, &polygon.exterior);
    faults.extend(worst.into_iter().map(|(rings, meeting)| {
        let ring = rings[0];
        match meeting {
            Meeting::Cross(point) if rings[1] == ring => Fault::RingCrossesItself {
                ring,
                at: place(point),
            },
            Meeting::Overlap(point) if rings[1] == ring => Fault::RingAlongItself {
                ring,
                at: place(point),
            },
            Meeting::Cross(point) | Meeting::Overlap(point) => Fault::RingsCross {
                rings,
                at: place(point),
            },
            Meeting::Touch(point) => Fault::RingsTouch {
                rings,
                at: place(point),
            },
        }
    }));
    if !is_complete {
        faults.push(Fault::NotCompared);
    }
}

#[cfg(test)]
mod tests;
