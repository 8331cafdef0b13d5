//! Volume of a shell, and whether it is closed.

use std::collections::HashMap;

use crate::normal::{area_vector_doubled, cross, dot, subtract};
use crate::{CityObject, Polygon, SurfaceUse};

/// A polygon as part of a shell.
#[derive(Debug, Clone, Copy)]
pub struct ShellFace<'a> {
    /// The polygon, as written.
    pub polygon: &'a Polygon,
    /// Whether its other side is out.
    pub is_flipped: bool,
}

/// The faces of a shell of a [`Solid`](crate::Solid). `objects` is the top-level object and all that is nested in it, in
/// the order of [`CityObject::descendants`]. `None` if a use leads nowhere.
pub fn shell_faces<'a>(
    shell: &[SurfaceUse],
    objects: &[&'a CityObject],
) -> Option<Vec<ShellFace<'a>>> {
    shell
        .iter()
        .map(|used| {
            let owner = objects.get(used.object as usize)?;
            let surface = owner.surfaces.get(used.surface as usize)?;
            Some(ShellFace {
                polygon: &surface.polygon,
                is_flipped: used.is_flipped,
            })
        })
        .collect()
}

/// Volume inside a closed shell, in cubic units of the coordinates; positive if its faces look outward.
///
/// The sum of the cones from a common point over all faces: a third of the face's vector area times the way to the middle
/// of its exterior ring. Exact for planar faces; of others it takes the cone over the fan about that middle. What the
/// result means for a shell that is not closed depends on where it is open. Holes count against their exterior ring
/// whatever way they run.
pub fn shell_volume(faces: &[ShellFace<'_>]) -> f64 {
    let Some(&origin) = faces.first().and_then(|face| face.polygon.exterior.first()) else {
        return 0.0;
    };
    faces
        .iter()
        .map(|face| {
            let exterior = &face.polygon.exterior;
            let mut doubled = area_vector_doubled(exterior);
            let normal = doubled;
            for interior in &face.polygon.interiors {
                let hole = area_vector_doubled(interior);
                let sign = if dot(hole, normal) > 0.0 { -1.0 } else { 1.0 };
                doubled = std::array::from_fn(|axis| doubled[axis] + sign * hole[axis]);
            }
            let count = exterior.len().max(1) as f64;
            let middle: [f64; 3] = std::array::from_fn(|axis| {
                let values = exterior.iter().map(|point| point[axis] - origin[axis]);
                values.sum::<f64>() / count
            });
            let volume = dot(middle, doubled) / 6.0;
            if face.is_flipped { -volume } else { volume }
        })
        .sum()
}

/// Volume inside a closed surface of triangles, in cubic units of the coordinates; positive if they look outward.
pub fn triangle_volume(triangles: impl IntoIterator<Item = [[f64; 3]; 3]>) -> f64 {
    let mut origin = None;
    triangles
        .into_iter()
        .map(|corners| {
            // A common point nearby: products of projected coordinates would eat all digits of a house.
            let origin = *origin.get_or_insert(corners[0]);
            let [a, b, c] = corners.map(|corner| subtract(corner, origin));
            dot(a, cross(b, c)) / 6.0
        })
        .sum()
}

/// How the edges of a shell are used.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ShellEdges {
    /// Edges of one face only.
    pub open: usize,
    /// Edges of two faces that run along it in the same direction.
    pub turned: usize,
    /// Edges of more than two faces.
    pub shared: usize,
    /// Sets of faces that have no edge in common with each other.
    pub pieces: usize,
    /// A point of an open edge.
    pub open_at: Option<[f64; 3]>,
    /// A point of a turned edge.
    pub turned_at: Option<[f64; 3]>,
    /// A point of an edge with more than two faces.
    pub shared_at: Option<[f64; 3]>,
}

impl ShellEdges {
    /// Whether each edge belongs to faces that run along it as often in one direction as in the other.
    pub fn is_closed(&self) -> bool {
        self.open == 0 && self.turned == 0
    }
}

/// Counts how the edges of a shell are used. Points closer than `tolerance` (in units of the coordinates) are the same;
/// an edge must have the same ends in all its faces, a point on it parts it.
pub fn shell_edges(faces: &[ShellFace<'_>], tolerance: f64) -> ShellEdges {
    let mut points = MergedPoints::new(tolerance);
    // Of each edge: uses from the lower to the higher point, uses back, and a face.
    let mut uses: HashMap<(u32, u32), (u32, u32, usize)> = HashMap::new();
    let mut pieces = Pieces((0..faces.len()).collect());
    for (number, face) in faces.iter().enumerate() {
        let normal = area_vector_doubled(&face.polygon.exterior);
        let rings = std::iter::once(&face.polygon.exterior).chain(&face.polygon.interiors);
        for (ring_number, ring) in rings.enumerate() {
            // The face lies left of its exterior ring, also if a hole is written the same way round.
            let is_against = ring_number > 0 && dot(area_vector_doubled(ring), normal) > 0.0;
            let ring: Vec<u32> = ring.iter().map(|&point| points.number(point)).collect();
            for (&from, &to) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                if from == to {
                    continue;
                }
                let (from, to) = if face.is_flipped != is_against {
                    (to, from)
                } else {
                    (from, to)
                };
                let key = (from.min(to), from.max(to));
                let entry = uses.entry(key).or_insert((0, 0, number));
                if from < to {
                    entry.0 += 1;
                } else {
                    entry.1 += 1;
                }
                pieces.join(entry.2, number);
            }
        }
    }
    let mut edges = ShellEdges {
        pieces: pieces.count(),
        ..ShellEdges::default()
    };
    for ((low, _), (there, back, _)) in uses {
        let at = points.places[low as usize];
        let (count, place) = match there + back {
            1 => (&mut edges.open, &mut edges.open_at),
            _ if there != back => (&mut edges.turned, &mut edges.turned_at),
            2 => continue,
            _ => (&mut edges.shared, &mut edges.shared_at),
        };
        *count += 1;
        // Always the same one, whatever order the map has.
        if place.is_none_or(|known| at < known) {
            *place = Some(at);
        }
    }
    edges
}

/// Numbers for places; points within the tolerance of a known place get its number.
struct MergedPoints {
    tolerance: f64,
    cells: HashMap<[i64; 3], Vec<u32>>,
    places: Vec<[f64; 3]>,
    origin: Option<[f64; 3]>,
}

impl MergedPoints {
    fn new(tolerance: f64) -> Self {
        Self {
            tolerance: tolerance.max(1e-12),
            cells: HashMap::new(),
            places: Vec::new(),
            origin: None,
        }
    }

    fn number(&mut self, point: [f64; 3]) -> u32 {
        let origin = *self.origin.get_or_insert(point);
        let relative = subtract(point, origin);
        // Cells of twice the tolerance: what is close lies in this cell or in the next on the nearer side of each axis.
        let tolerance = self.tolerance;
        let cell =
            |shift: f64| relative.map(|value| (value / (2.0 * tolerance) + shift).floor() as i64);
        let (low, high) = (cell(-0.5), cell(0.5));
        for corner in 0..8 {
            let beside: [i64; 3] = std::array::from_fn(|axis| {
                if corner >> axis & 1 == 0 {
                    low[axis]
                } else {
                    high[axis]
                }
            });
            let known = self.cells.get(&beside).into_iter().flatten().copied();
            for number in known {
                let apart = subtract(self.places[number as usize], point);
                if dot(apart, apart) <= tolerance * tolerance {
                    return number;
                }
            }
        }
        let number = self.places.len() as u32;
        self.places.push(point);
        self.cells.entry(cell(0.0)).or_default().push(number);
        number
    }
}

/// Sets of faces, each face pointing towards the first of its set.
struct Pieces(Vec<usize>);

impl Pieces {
    fn root(&mut self, mut face: usize) -> usize {
        while self.0[face] != face {
            self.0[face] = self.0[self.0[face]];
            face = self.0[face];
        }
        face
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }

    fn count(&self) -> usize {
        self.0
            .iter()
            .enumerate()
            .filter(|(face, root)| face == *root)
            .count()
    }
}

#[cfg(test)]
mod tests;
