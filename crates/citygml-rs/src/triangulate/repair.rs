//! Puts points back that ear clipping passed over, and turns slivers away.
//!
//! What is missing is found by balance: over all triangles, the directed edges between two points must sum up to those of
//! the rings. Where they do not, the difference forms closed loops. A loop of a valid polygon has no area (its points lie on
//! one line), is filled with flat triangles, and each flat triangle then trades its longest edge with the neighbour across
//! it, which splits the neighbour at the point that was passed over.

use std::collections::HashMap;

use super::plane::{Flattened, doubled_area, doubled_ring_area, is_sliver, squared_distance};
use crate::Polygon;

/// Area of a loop that still counts as none, relative to the square of its extent: what rounding to millimetres leaves of
/// points on an edge of some metres.
const LOOP_TOLERANCE: f64 = 1e-3;

/// Mends the triangles, which hold indices into the flattened points. Gives whether all edges are in balance afterwards.
pub(super) fn repair(polygon: &Polygon, flat: &Flattened, triangles: &mut Vec<[u32; 3]>) -> bool {
    let places = Places::new(polygon, flat);
    let missing = places.missing_edges(flat, triangles);
    let is_balanced = fill_loops(missing, &flat.points, triangles);
    trade_slivers(&places, &flat.points, triangles);
    is_balanced
}

/// Which points are the same place: rings touch themselves and each other.
struct Places {
    /// The first point at the same place, for each point.
    first: Vec<u32>,
}

impl Places {
    fn new(polygon: &Polygon, flat: &Flattened) -> Self {
        let vertices: Vec<[f64; 3]> = std::iter::once(&polygon.exterior)
            .chain(&polygon.interiors)
            .flatten()
            .copied()
            .collect();
        let mut known = HashMap::with_capacity(flat.sources.len());
        let first = (0..).zip(&flat.sources);
        let first = first.map(|(index, &source)| {
            // Adding zero makes minus zero plus zero.
            let key = vertices[source as usize].map(|value| (value + 0.0).to_bits());
            *known.entry(key).or_insert(index)
        });
        Self {
            first: first.collect(),
        }
    }

    fn of(&self, index: u32) -> u32 {
        self.first[index as usize]
    }

    /// Directed edges that the triangles must get for each ring edge to be used once and all others in both directions.
    fn missing_edges(&self, flat: &Flattened, triangles: &[[u32; 3]]) -> Vec<[u32; 2]> {
        let mut balance: HashMap<(u32, u32), i32> = HashMap::with_capacity(triangles.len() * 2);
        let mut count = |from: u32, to: u32, step: i32| {
            let (from, to) = (self.of(from), self.of(to));
            if from < to {
                *balance.entry((from, to)).or_insert(0) += step;
            } else if to < from {
                *balance.entry((to, from)).or_insert(0) -= step;
            }
        };
        for &[a, b, c] in triangles {
            count(a, b, 1);
            count(b, c, 1);
            count(c, a, 1);
        }
        for (number, ring) in flat.rings().enumerate() {
            let area = doubled_ring_area(&flat.points[ring.clone()]);
            // The triangles run against a hole that runs like the exterior ring.
            let step = if number > 0 && area > 0.0 { 1 } else { -1 };
            for index in ring.clone() {
                let next = if index + 1 == ring.end {
                    ring.start
                } else {
                    index + 1
                };
                count(index as u32, next as u32, step);
            }
        }
        let mut missing = Vec::new();
        for ((low, high), surplus) in balance {
            let edge = if surplus > 0 {
                [high, low]
            } else {
                [low, high]
            };
            missing.extend(std::iter::repeat_n(edge, surplus.unsigned_abs() as usize));
        }
        // Hash maps have no order; the same polygon shall always give the same triangles.
        missing.sort_unstable();
        missing
    }
}

/// Fills the loops that the missing edges form with triangles. Gives whether all of them could be filled.
fn fill_loops(missing: Vec<[u32; 2]>, points: &[[f64; 2]], triangles: &mut Vec<[u32; 3]>) -> bool {
    let mut next: HashMap<u32, Vec<u32>> = HashMap::new();
    for &[from, to] in &missing {
        next.entry(from).or_default().push(to);
    }
    let mut is_filled = true;
    for [start, _] in missing {
        let mut path = vec![start];
        let mut positions = HashMap::from([(start, 0)]);
        while let Some(to) = next_along_line(&path, &mut next, points) {
            // A path that comes back to itself has closed a loop.
            match positions.get(&to) {
                Some(&position) => {
                    let ring = path.split_off(position);
                    ring.iter().for_each(|index| _ = positions.remove(index));
                    positions.insert(to, path.len());
                    path.push(to);
                    is_filled &= fill_loop(ring, points, triangles);
                }
                None => {
                    positions.insert(to, path.len());
                    path.push(to);
                }
            }
        }
    }
    is_filled
}

/// Takes the edge that goes on from the end of a path: of several the one most along the line that the path came on, since
/// loops on different lines may meet in a point.
fn next_along_line(
    path: &[u32],
    next: &mut HashMap<u32, Vec<u32>>,
    points: &[[f64; 2]],
) -> Option<u32> {
    let at = |index: u32| points[index as usize];
    let (&here, before) = path.split_last()?;
    let ways = next.get_mut(&here)?;
    let Some(&before) = before.last() else {
        return ways.pop();
    };
    let away = |&to: &u32| {
        let length = squared_distance(at(here), at(to)).sqrt();
        doubled_area([at(before), at(here), at(to)]).abs() / length
    };
    let choice = (0..ways.len()).min_by(|&a, &b| away(&ways[a]).total_cmp(&away(&ways[b])))?;
    Some(ways.swap_remove(choice))
}

/// Fills a loop without area. A loop with an area comes of rings that cross and stays open.
fn fill_loop(mut ring: Vec<u32>, points: &[[f64; 2]], triangles: &mut Vec<[u32; 3]>) -> bool {
    let at = |index: u32| points[index as usize];
    let origin = at(ring[0]);
    let Some(farthest) = ring.iter().copied().max_by(|&a, &b| {
        squared_distance(origin, at(a)).total_cmp(&squared_distance(origin, at(b)))
    }) else {
        return false;
    };
    let doubled: f64 = ring
        .windows(2)
        .map(|pair| doubled_area([origin, at(pair[0]), at(pair[1])]))
        .sum();
    let extent = squared_distance(origin, at(farthest));
    if ring.len() < 3 || doubled.abs() > LOOP_TOLERANCE * extent {
        return false;
    }
    // From one end of the line the loop runs to the other end and back: both ways are closed like a zip.
    let along = |index: u32| {
        let (end, point) = (at(farthest), at(index));
        (0..2)
            .map(|axis| (end[axis] - origin[axis]) * (point[axis] - origin[axis]))
            .sum::<f64>()
    };
    let by_position = |a: &usize, b: &usize| along(ring[*a]).total_cmp(&along(ring[*b]));
    let Some(first) = (0..ring.len()).min_by(by_position) else {
        return false;
    };
    ring.rotate_left(first);
    let by_position = |a: &usize, b: &usize| along(ring[*a]).total_cmp(&along(ring[*b]));
    let Some(last) = (0..ring.len()).max_by(by_position) else {
        return false;
    };
    let (mut there, mut back) = (0, ring.len());
    let way_back = |step: usize| ring[step % ring.len()];
    while there < last || back > last {
        let goes_there =
            back <= last || there < last && along(ring[there + 1]) <= along(way_back(back - 1));
        let triangle = if goes_there {
            there += 1;
            [ring[there - 1], ring[there], way_back(back)]
        } else {
            back -= 1;
            [ring[there], way_back(back), way_back(back + 1)]
        };
        // The first and the last step are between neighbours.
        let [a, b, c] = triangle;
        if a != b && b != c && c != a {
            triangles.push(triangle);
        }
    }
    true
}

/// Lets each triangle without area trade its longest edge with the neighbour across it, where that makes two good ones.
fn trade_slivers(places: &Places, points: &[[f64; 2]], triangles: &mut [[u32; 3]]) {
    let at = |index: u32| points[index as usize];
    let is_flat = |corners: [u32; 3]| is_sliver(corners.map(at));
    // The last of a row that fills a loop lies at its longest edge: from there each finds its neighbour mended.
    let mut slivers: Vec<usize> = (0..triangles.len())
        .rev()
        .filter(|&index| is_flat(triangles[index]))
        .collect();
    if slivers.is_empty() {
        return;
    }
    let mut owners = Owners::new(places, triangles);
    loop {
        let mut has_changed = false;
        slivers.retain(|&index| {
            let [a, b, c] = longest_edge_last(triangles[index], at);
            let Some((neighbour, apex)) = owners.across(c, a, triangles) else {
                return true;
            };
            if neighbour == index {
                return true;
            }
            let (one, other) = ([a, b, apex], [b, c, apex]);
            let is_better = !is_flat(one) && !is_flat(other);
            // Two that lie along the same edge first become two shorter ones, with other neighbours.
            let shares_longest = is_flat(triangles[neighbour])
                && places.of(longest_edge_last(triangles[neighbour], at)[1]) == places.of(apex)
                && squared_distance(at(b), at(apex)) < squared_distance(at(a), at(c));
            if is_better || shares_longest {
                owners.set(index, one, triangles);
                owners.set(neighbour, other, triangles);
                has_changed = true;
            }
            !is_better
        });
        if slivers.is_empty() || !has_changed {
            return;
        }
    }
}

/// Which triangle has which directed edge.
struct Owners<'a> {
    places: &'a Places,
    triangles: HashMap<(u32, u32), usize>,
}

impl<'a> Owners<'a> {
    fn new(places: &'a Places, triangles: &mut [[u32; 3]]) -> Self {
        let mut owners = Self {
            places,
            triangles: HashMap::with_capacity(triangles.len() * 3),
        };
        for index in 0..triangles.len() {
            owners.set(index, triangles[index], triangles);
        }
        owners
    }

    fn key(&self, from: u32, to: u32) -> (u32, u32) {
        (self.places.of(from), self.places.of(to))
    }

    /// Gives a triangle other corners.
    fn set(&mut self, index: usize, corners: [u32; 3], triangles: &mut [[u32; 3]]) {
        triangles[index] = corners;
        for turn in 0..3 {
            let [from, to, _] = rotated(corners, turn);
            self.triangles.insert(self.key(from, to), index);
        }
    }

    /// The triangle on the other side of an edge, and its corner off the edge.
    fn across(&self, from: u32, to: u32, triangles: &[[u32; 3]]) -> Option<(usize, u32)> {
        let wanted = self.key(to, from);
        let &index = self.triangles.get(&wanted)?;
        // Entries of edges that were traded away stay behind.
        (0..3).find_map(|turn| {
            let [from, to, apex] = rotated(triangles[index], turn);
            (self.key(from, to) == wanted).then_some((index, apex))
        })
    }
}

fn rotated([a, b, c]: [u32; 3], turn: usize) -> [u32; 3] {
    match turn {
        0 => [a, b, c],
        1 => [b, c, a],
        _ => [c, a, b],
    }
}

/// The same triangle, its longest edge from the third to the first corner.
fn longest_edge_last(corners: [u32; 3], at: impl Fn(u32) -> [f64; 2]) -> [u32; 3] {
    let length = |turn: usize| {
        let [a, _, c] = rotated(corners, turn);
        squared_distance(at(a), at(c))
    };
    let turn = (0..3)
        .max_by(|&a, &b| length(a).total_cmp(&length(b)))
        .unwrap_or(0);
    rotated(corners, turn)
}
