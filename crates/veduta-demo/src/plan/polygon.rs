//! Plane geometry of the plan: offsets with mitred corners, tidy rings, walks along a line.
//!
//! All coordinates are plan metres (east, north of the plan origin); rings are open (first point
//! not repeated) and counter-clockwise, so the inside lies to the left.

use geo::{Coord, LineString, Polygon};

/// A point of the plan: metres east (`x`) and north (`y`) of the plan origin.
pub(crate) type PlanPoint = Coord<f64>;

/// Shorthand for a plan point.
pub(crate) const fn at(x: f64, y: f64) -> PlanPoint {
    PlanPoint { x, y }
}

/// Length of a vector.
pub(crate) fn length(vector: PlanPoint) -> f64 {
    vector.x.hypot(vector.y)
}

/// Distance between two points, metres.
pub(crate) fn distance(a: PlanPoint, b: PlanPoint) -> f64 {
    length(b - a)
}

/// The unit vector from `a` to `b`; east where they coincide.
pub(crate) fn direction(a: PlanPoint, b: PlanPoint) -> PlanPoint {
    let span = distance(a, b);
    if span > 0.0 {
        (b - a) / span
    } else {
        at(1.0, 0.0)
    }
}

/// The vector turned a quarter to the left.
pub(crate) fn left(vector: PlanPoint) -> PlanPoint {
    at(-vector.y, vector.x)
}

/// Scalar product.
pub(crate) fn dot(a: PlanPoint, b: PlanPoint) -> f64 {
    a.x * b.x + a.y * b.y
}

/// Cross product: positive where `b` lies to the left of `a`.
pub(crate) fn cross(a: PlanPoint, b: PlanPoint) -> f64 {
    a.x * b.y - a.y * b.x
}

/// The point `t` of the way from `a` to `b`.
pub(crate) fn lerp(a: PlanPoint, b: PlanPoint, t: f64) -> PlanPoint {
    a + (b - a) * t
}

/// Signed area of an open ring, square metres; positive when counter-clockwise.
pub(crate) fn signed_area(ring: &[PlanPoint]) -> f64 {
    let Some(&origin) = ring.first() else {
        return 0.0;
    };
    (0..ring.len())
        .map(|i| cross(ring[i] - origin, ring[(i + 1) % ring.len()] - origin))
        .sum::<f64>()
        / 2.0
}

/// Mean of the corners: a point well inside for the convex shapes used here.
pub(crate) fn middle(ring: &[PlanPoint]) -> PlanPoint {
    let sum = ring.iter().fold(at(0.0, 0.0), |sum, &point| sum + point);
    sum / ring.len().max(1) as f64
}

/// The line shifted `offset_m` to its left, corners mitred, ends cut square.
pub(crate) fn offset_line(line: &[PlanPoint], offset_m: f64) -> Vec<PlanPoint> {
    (0..line.len())
        .map(|i| {
            let before = (i > 0).then(|| left(direction(line[i - 1], line[i])));
            let after = (i + 1 < line.len()).then(|| left(direction(line[i], line[i + 1])));
            line[i] + mitre(before, after) * offset_m
        })
        .collect()
}

/// The ring shrunk by `inset_m` with mitred corners; negative grows it. `None` where an edge would
/// turn round, i.e. where the ring is too narrow for the inset.
pub(crate) fn inset_ring(ring: &[PlanPoint], inset_m: f64) -> Option<Vec<PlanPoint>> {
    let count = ring.len();
    let inner: Vec<_> = (0..count)
        .map(|i| {
            let before = left(direction(ring[(i + count - 1) % count], ring[i]));
            let after = left(direction(ring[i], ring[(i + 1) % count]));
            ring[i] + mitre(Some(before), Some(after)) * inset_m
        })
        .collect();
    let keeps_direction = (0..count).all(|i| {
        let next = (i + 1) % count;
        dot(inner[next] - inner[i], direction(ring[i], ring[next])) > 1e-6
    });
    keeps_direction.then_some(inner)
}

/// The vector whose multiples shift a corner so that both adjoining edges keep their distance.
fn mitre(before: Option<PlanPoint>, after: Option<PlanPoint>) -> PlanPoint {
    match (before, after) {
        (Some(before), Some(after)) => (before + after) / (1.0 + dot(before, after)).max(0.05),
        (Some(normal), None) | (None, Some(normal)) => normal,
        (None, None) => at(0.0, 0.0),
    }
}

/// The ring without corners that hardly turn or lie closer together than `min_edge_m`.
pub(crate) fn tidy_ring(ring: &[PlanPoint], min_edge_m: f64, min_turn_deg: f64) -> Vec<PlanPoint> {
    let mut points = ring.to_vec();
    loop {
        let count = points.len();
        if count <= 4 {
            return points;
        }
        let superfluous = (0..count).find(|&i| {
            let before = points[(i + count - 1) % count];
            let after = points[(i + 1) % count];
            let arriving = direction(before, points[i]);
            let leaving = direction(points[i], after);
            let turn_deg = cross(arriving, leaving)
                .atan2(dot(arriving, leaving))
                .abs()
                .to_degrees();
            turn_deg < min_turn_deg || distance(points[i], after) < min_edge_m
        });
        match superfluous {
            Some(i) => points.remove(i),
            None => return points,
        };
    }
}

/// A rectangle round `centre`, its long side turned `angle_rad` counter-clockwise from east.
pub(crate) fn rectangle(
    centre: PlanPoint,
    angle_rad: f64,
    length_m: f64,
    width_m: f64,
) -> Vec<PlanPoint> {
    let along = at(angle_rad.cos(), angle_rad.sin()) * (length_m / 2.0);
    let across = left(at(angle_rad.cos(), angle_rad.sin())) * (width_m / 2.0);
    vec![
        centre - along - across,
        centre + along - across,
        centre + along + across,
        centre - along + across,
    ]
}

/// A regular polygon with `corners` corners on a circle of `radius_m`.
pub(crate) fn regular(
    centre: PlanPoint,
    radius_m: f64,
    corners: usize,
    turn_rad: f64,
) -> Vec<PlanPoint> {
    (0..corners)
        .map(|i| {
            let angle = turn_rad + std::f64::consts::TAU * i as f64 / corners as f64;
            centre + at(angle.cos(), angle.sin()) * radius_m
        })
        .collect()
}

/// The closed `geo` polygon of an open ring.
pub(crate) fn polygon(ring: &[PlanPoint]) -> Polygon<f64> {
    Polygon::new(LineString::new(ring.to_vec()), Vec::new())
}

/// The open counter-clockwise ring of a `geo` ring.
pub(crate) fn open_ring(line: &LineString<f64>) -> Vec<PlanPoint> {
    let mut ring = line.0.clone();
    if ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    if signed_area(&ring) < 0.0 {
        ring.reverse();
    }
    ring
}

/// Length of a line, metres.
pub(crate) fn line_length(line: &[PlanPoint]) -> f64 {
    line.windows(2).map(|pair| distance(pair[0], pair[1])).sum()
}

/// The point and direction `chainage_m` along a line.
pub(crate) fn along(line: &[PlanPoint], chainage_m: f64) -> (PlanPoint, PlanPoint) {
    let mut rest_m = chainage_m;
    for pair in line.windows(2) {
        let span = distance(pair[0], pair[1]);
        if rest_m <= span {
            return (
                lerp(pair[0], pair[1], rest_m / span.max(1e-9)),
                direction(pair[0], pair[1]),
            );
        }
        rest_m -= span;
    }
    match line {
        [.., before, last] => (*last, direction(*before, *last)),
        [only] => (*only, at(1.0, 0.0)),
        [] => (at(0.0, 0.0), at(1.0, 0.0)),
    }
}

/// Distance from a point to a line, and the chainage of the nearest point, metres.
pub(crate) fn project(line: &[PlanPoint], point: PlanPoint) -> (f64, f64) {
    let mut best = (f64::INFINITY, 0.0);
    let mut before_m = 0.0;
    for pair in line.windows(2) {
        let span = distance(pair[0], pair[1]);
        let t =
            (dot(point - pair[0], direction(pair[0], pair[1])) / span.max(1e-9)).clamp(0.0, 1.0);
        let away = distance(point, lerp(pair[0], pair[1], t));
        if away < best.0 {
            best = (away, before_m + t * span);
        }
        before_m += span;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square() -> Vec<PlanPoint> {
        rectangle(at(0.0, 0.0), 0.3, 20.0, 10.0)
    }

    #[test]
    fn insets_keep_their_distance_and_refuse_to_turn_round() {
        let inner = inset_ring(&square(), 2.0).expect("a 10 m wide rectangle has room for 2 m");
        assert!((signed_area(&inner) - 16.0 * 6.0).abs() < 1e-9);
        assert!(inset_ring(&square(), 5.1).is_none());
    }

    #[test]
    fn offset_line_mitres_its_corner() {
        let line = [at(0.0, 0.0), at(10.0, 0.0), at(10.0, 10.0)];
        let inner = offset_line(&line, 3.0);
        assert!(distance(inner[1], at(7.0, 3.0)) < 1e-12);
        assert!(distance(inner[2], at(7.0, 10.0)) < 1e-12);
    }

    #[test]
    fn tidy_ring_drops_what_does_not_turn() {
        let mut ring = square();
        ring.insert(1, lerp(ring[0], ring[1], 0.5));
        assert_eq!(tidy_ring(&ring, 1.0, 3.0), square());
    }

    #[test]
    fn projection_reports_chainage() {
        let line = [at(0.0, 0.0), at(10.0, 0.0), at(10.0, 10.0)];
        let (away, chainage) = project(&line, at(13.0, 4.0));
        assert!((away - 3.0).abs() < 1e-12 && (chainage - 14.0).abs() < 1e-12);
        assert!((line_length(&line) - 20.0).abs() < 1e-12);
    }
}
