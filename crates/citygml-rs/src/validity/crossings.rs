//! Which edges of rings meet.

/// Pairs that are compared before the search gives up: a tenth of a second.
const PAIRS: u64 = 50_000_000;

/// An edge of a ring, in the plane.
#[derive(Debug, Clone, Copy)]
pub(super) struct Edge {
    /// Which ring, 0 the exterior.
    pub(super) ring: usize,
    /// Number of the edge in its ring.
    pub(super) number: usize,
    /// Edges in the ring.
    pub(super) count: usize,
    pub(super) from: [f64; 2],
    pub(super) to: [f64; 2],
}

/// How two edges meet.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Meeting {
    /// Each lies on both sides of the other, by more than the tolerance; about where.
    Cross([f64; 2]),
    /// They run along each other; where that begins or ends.
    Overlap([f64; 2]),
    /// An end of one lies on the other.
    Touch([f64; 2]),
}

/// Calls `found` for all pairs of edges that meet, neighbours in a ring apart. `found` ends the search by giving false.
/// Gives false if there were too many pairs to compare.
pub(super) fn search(
    mut edges: Vec<Edge>,
    tolerance: f64,
    mut found: impl FnMut(&Edge, &Edge, Meeting) -> bool,
) -> bool {
    // Sweep along the longer side, so that few edges lie side by side.
    let axis = longer_axis(&edges);
    let low = |edge: &Edge, axis: usize| edge.from[axis].min(edge.to[axis]);
    let high = |edge: &Edge, axis: usize| edge.from[axis].max(edge.to[axis]);
    edges.sort_unstable_by(|a, b| low(a, axis).total_cmp(&low(b, axis)));
    let across = 1 - axis;
    let mut open: Vec<Edge> = Vec::new();
    let mut compared = 0_u64;
    for edge in &edges {
        let start = low(edge, axis) - tolerance;
        open.retain(|other| high(other, axis) >= start);
        compared += open.len() as u64;
        if compared > PAIRS {
            return false;
        }
        for other in &open {
            if low(edge, across) > high(other, across) + tolerance
                || low(other, across) > high(edge, across) + tolerance
                || are_neighbours(edge, other)
            {
                continue;
            }
            if let Some(meeting) = meeting(edge, other, tolerance)
                && !found(edge, other, meeting)
            {
                return true;
            }
        }
        open.push(*edge);
    }
    true
}

/// Whether a ring among these crosses itself or another; `None` if there were too many pairs to compare.
pub(crate) fn has_crossing<'a>(rings: impl Iterator<Item = &'a [[f64; 2]]>) -> Option<bool> {
    let mut edges = Vec::new();
    for (number, ring) in rings.enumerate() {
        edges.extend(edges_of(number, ring));
    }
    let mut crosses = false;
    let is_complete = search(edges, super::SAME_PLACE_M, |_, _, meeting| {
        crosses = matches!(meeting, Meeting::Cross(_));
        !crosses
    });
    (is_complete || crosses).then_some(crosses)
}

/// The edges of one ring.
pub(super) fn edges_of(ring: usize, points: &[[f64; 2]]) -> impl Iterator<Item = Edge> {
    let next = points.iter().cycle().skip(1);
    points
        .iter()
        .zip(next)
        .enumerate()
        .map(move |(number, (&from, &to))| Edge {
            ring,
            number,
            count: points.len(),
            from,
            to,
        })
}

fn longer_axis(edges: &[Edge]) -> usize {
    let size = |axis: usize| {
        let values = edges.iter().map(|edge| edge.from[axis]);
        let low = values.clone().fold(f64::INFINITY, f64::min);
        values.fold(f64::NEG_INFINITY, f64::max) - low
    };
    usize::from(size(1) > size(0))
}

fn are_neighbours(a: &Edge, b: &Edge) -> bool {
    let apart = a.number.abs_diff(b.number);
    a.ring == b.ring && (apart <= 1 || apart == a.count - 1)
}

fn meeting(a: &Edge, b: &Edge, tolerance: f64) -> Option<Meeting> {
    let ends_of_a = [a.from, a.to].map(|point| distance_from_line(point, b));
    let ends_of_b = [b.from, b.to].map(|point| distance_from_line(point, a));
    let is_across =
        |[one, other]: [f64; 2]| one * other < 0.0 && one.abs().min(other.abs()) > tolerance;
    if is_across(ends_of_a) && is_across(ends_of_b) {
        let share = ends_of_a[0] / (ends_of_a[0] - ends_of_a[1]);
        return Some(Meeting::Cross(
            [0, 1].map(|axis| a.from[axis] + share * (a.to[axis] - a.from[axis])),
        ));
    }
    let points = [(a.from, b), (a.to, b), (b.from, a), (b.to, a)];
    let mut touching = points
        .into_iter()
        .filter(|&(point, edge)| distance(point, edge) <= tolerance)
        .map(|(point, _)| point);
    let first = touching.next()?;
    // Two ends apart from each other on the other edge: they run along each other.
    let runs_along = touching.any(|point| {
        let [x, y] = [point[0] - first[0], point[1] - first[1]];
        x * x + y * y > 4.0 * tolerance * tolerance
    });
    Some(if runs_along {
        Meeting::Overlap(first)
    } else {
        Meeting::Touch(first)
    })
}

/// Signed distance of a point from the line through an edge.
fn distance_from_line(point: [f64; 2], edge: &Edge) -> f64 {
    let direction = [edge.to[0] - edge.from[0], edge.to[1] - edge.from[1]];
    let relative = [point[0] - edge.from[0], point[1] - edge.from[1]];
    let length = direction[0].hypot(direction[1]);
    (direction[0] * relative[1] - direction[1] * relative[0]) / length
}

/// Distance of a point from an edge.
pub(super) fn distance(point: [f64; 2], edge: &Edge) -> f64 {
    let direction = [edge.to[0] - edge.from[0], edge.to[1] - edge.from[1]];
    let relative = [point[0] - edge.from[0], point[1] - edge.from[1]];
    let squared = direction[0] * direction[0] + direction[1] * direction[1];
    let share = if squared > 0.0 {
        ((relative[0] * direction[0] + relative[1] * direction[1]) / squared).clamp(0.0, 1.0)
    } else {
        0.0
    };
    (relative[0] - share * direction[0]).hypot(relative[1] - share * direction[1])
}
