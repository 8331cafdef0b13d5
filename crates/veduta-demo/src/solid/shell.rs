//! The closed surface of a building (part): planar faces with holes, each wall, roof or ground.
//!
//! Faces are counter-clockwise seen from outside. Positions are plan metres and metres above DHHN92.

use std::collections::BTreeMap;

use crate::plan::polygon::{PlanPoint, at};

/// A position: plan metres east and north, metres above DHHN92.
pub(crate) type Position = [f64; 3];

/// Lifts a plan point to a height.
pub(crate) fn lift(point: PlanPoint, z: f64) -> Position {
    [point.x, point.y, z]
}

/// What a face is (CityGML 2.0, 10.3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaceKind {
    /// `GroundSurface`
    Ground,
    /// `WallSurface`
    Wall,
    /// `RoofSurface`
    Roof,
}

/// One planar face with holes; rings are open.
#[derive(Debug, Clone)]
pub struct Face {
    /// What the face is.
    pub kind: FaceKind,
    /// Outer ring, counter-clockwise seen from outside.
    pub exterior: Vec<[f64; 3]>,
    /// Holes, clockwise seen from outside.
    pub interiors: Vec<Vec<[f64; 3]>>,
}

impl Face {
    pub(crate) fn new(kind: FaceKind, exterior: Vec<Position>) -> Self {
        Self {
            kind,
            exterior,
            interiors: Vec::new(),
        }
    }

    /// All rings, the exterior first.
    pub fn rings(&self) -> impl Iterator<Item = &Vec<[f64; 3]>> {
        std::iter::once(&self.exterior).chain(&self.interiors)
    }

    /// Twice the area vector (Newell), relative to the first point.
    pub(crate) fn newell(&self) -> [f64; 3] {
        let mut sum = [0.0; 3];
        let Some(&origin) = self.exterior.first() else {
            return sum;
        };
        for ring in self.rings() {
            for (i, a) in ring.iter().enumerate() {
                let b = ring[(i + 1) % ring.len()];
                let (a, b) = (minus(*a, origin), minus(b, origin));
                let c = cross(a, b);
                sum = [sum[0] + c[0], sum[1] + c[1], sum[2] + c[2]];
            }
        }
        sum
    }
}

/// A closed, outward-oriented surface.
#[derive(Debug, Clone, Default)]
pub struct Shell {
    /// The faces.
    pub faces: Vec<Face>,
}

impl Shell {
    pub(crate) fn push(&mut self, kind: FaceKind, exterior: Vec<Position>) {
        self.faces.push(Face::new(kind, exterior));
    }

    /// Enclosed volume, cubic metres; positive when the faces look outwards.
    pub fn volume_m3(&self) -> f64 {
        let Some(&origin) = self.faces.first().and_then(|face| face.exterior.first()) else {
            return 0.0;
        };
        self.faces
            .iter()
            .map(|face| {
                let [x, y, z] = minus(face.exterior[0], origin);
                let normal = face.newell();
                (x * normal[0] + y * normal[1] + z * normal[2]) / 6.0
            })
            .sum()
    }

    /// Directed edges that do not meet exactly one edge in the opposite direction: empty when closed.
    /// Positions are compared as they are written, to the millimetre.
    pub fn open_edges(&self) -> Vec<([f64; 3], [f64; 3])> {
        let key = |p: &Position| p.map(|value| (value * 1000.0).round() as i64);
        let mut uses: BTreeMap<_, (i32, Position, Position)> = BTreeMap::new();
        for ring in self.faces.iter().flat_map(Face::rings) {
            for (i, a) in ring.iter().enumerate() {
                let b = &ring[(i + 1) % ring.len()];
                uses.entry((key(a), key(b))).or_insert((0, *a, *b)).0 += 1;
            }
        }
        uses.iter()
            .filter(|((a, b), (count, ..))| {
                let back = uses.get(&(*b, *a)).map_or(0, |(count, ..)| *count);
                a == b || *count != 1 || back != 1
            })
            .map(|(_, (_, a, b))| (*a, *b))
            .collect()
    }

    /// The outline on the ground, counter-clockwise seen from above.
    pub(crate) fn footprint(&self) -> Vec<PlanPoint> {
        let ground = self.faces.iter().find(|face| face.kind == FaceKind::Ground);
        ground.map_or_else(Vec::new, |face| {
            face.exterior.iter().rev().map(|p| at(p[0], p[1])).collect()
        })
    }

    /// Lowest and highest height, metres above DHHN92.
    pub fn height_range(&self) -> (f64, f64) {
        let heights = self
            .faces
            .iter()
            .flat_map(|face| &face.exterior)
            .map(|p| p[2]);
        heights.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), z| {
            (low.min(z), high.max(z))
        })
    }
}

fn minus(a: Position, b: Position) -> Position {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

fn cross(a: Position, b: Position) -> Position {
    [
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    ]
}
