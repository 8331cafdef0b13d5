//! Boundaries of surfaces: nested lists of vertex indices (CityJSON 2.0, 3.1) to polygons.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::fault::Fault;
use crate::citygml::open_ring;
use crate::codes;
use crate::{Polygon, ReadOptions};

/// Rings of one surface, the exterior first; a ring is a list of indices of vertices.
pub(super) type Rings = Vec<Vec<usize>>;

/// Where a surface stands: `[surface]`, `[shell, surface]` or `[solid, shell, surface]`.
pub(super) type SurfacePath = Vec<usize>;

/// The surfaces of a geometry in document order, and how the lists around them are laid out.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) surfaces: Vec<(SurfacePath, Rings)>,
    /// Every list above the surfaces, by its path, with its length.
    pub(super) lists: Vec<(SurfacePath, usize)>,
}

/// How many lists stand around each surface of this type of geometry; `None` if it has no surfaces.
pub(super) fn surface_depth(geometry_type: &str) -> Option<usize> {
    match geometry_type {
        "MultiSurface" | "CompositeSurface" => Some(1),
        "Solid" => Some(2),
        "MultiSolid" | "CompositeSolid" => Some(3),
        _ => None,
    }
}

impl Layout {
    /// Reads boundaries with surfaces `depth` lists deep. What is no list of rings of indices costs its surface, or the
    /// list that it stands in place of.
    pub(super) fn read(boundaries: &RawValue, depth: usize, faults: &mut Vec<Fault>) -> Self {
        let mut layout = Self::default();
        let mut deserializer = serde_json::Deserializer::from_str(boundaries.get());
        let whole = Level {
            depth,
            path: &mut Vec::new(),
            layout: &mut layout,
        };
        if whole.deserialize(&mut deserializer).is_err() {
            // Somewhere there is something else than a list or an index: look for it list by list.
            layout = Self::default();
            layout.read_tolerantly(boundaries, depth, &mut Vec::new(), faults);
        }
        layout
    }

    fn read_tolerantly(
        &mut self,
        json: &RawValue,
        depth: usize,
        path: &mut SurfacePath,
        faults: &mut Vec<Fault>,
    ) {
        if depth == 0 {
            match serde_json::from_str(json.get()) {
                Ok(rings) => self.surfaces.push((path.clone(), rings)),
                Err(error) => {
                    let message = format!(
                        "the boundary of surface {path:?} is no list of rings of vertices: {error}"
                    );
                    faults.push(Fault::new(codes::GEOMETRY_TYPE, message));
                }
            }
            return;
        }
        match serde_json::from_str::<Vec<&RawValue>>(json.get()) {
            Ok(members) => {
                self.lists.push((path.clone(), members.len()));
                for (index, member) in members.into_iter().enumerate() {
                    path.push(index);
                    self.read_tolerantly(member, depth - 1, path, faults);
                    path.pop();
                }
            }
            Err(error) => {
                let message = format!("the boundaries are broken at {path:?}: {error}");
                faults.push(Fault::new(codes::GEOMETRY_TYPE, message));
            }
        }
    }
}

/// Reads one list and what stands in it, in one pass over the text.
struct Level<'l> {
    depth: usize,
    path: &'l mut SurfacePath,
    layout: &'l mut Layout,
}

impl<'de> DeserializeSeed<'de> for Level<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.depth == 0 {
            let rings = serde::Deserialize::deserialize(deserializer)?;
            self.layout.surfaces.push((self.path.clone(), rings));
            return Ok(());
        }
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Level<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        let mut count = 0;
        loop {
            self.path.push(count);
            let member = Level {
                depth: self.depth - 1,
                path: &mut *self.path,
                layout: &mut *self.layout,
            };
            let found = members.next_element_seed(member);
            self.path.pop();
            if found?.is_none() {
                break;
            }
            count += 1;
        }
        self.layout.lists.push((self.path.clone(), count));
        Ok(())
    }
}

/// What became of one ring of a polygon.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct RingTrace {
    /// Place among the rings of the surface in the file.
    pub(super) source: usize,
    /// Points the ring has in the file.
    pub(super) length: usize,
    /// Which of them the polygon has; `None` for all.
    pub(super) kept: Option<Vec<usize>>,
}

/// The polygon of these rings. Holes that cannot be read are faults and left out.
pub(super) fn read_polygon(
    rings: &Rings,
    vertices: &[[f64; 3]],
    options: &ReadOptions,
    faults: &mut Vec<Fault>,
) -> Result<(Polygon, Vec<RingTrace>), Fault> {
    let mut polygon = Polygon::default();
    let mut traces = Vec::with_capacity(rings.len());
    for (source, ring) in rings.iter().enumerate() {
        match read_ring(ring, vertices, options) {
            Ok((points, kept)) => {
                traces.push(RingTrace {
                    source,
                    length: ring.len(),
                    kept,
                });
                match source {
                    0 => polygon.exterior = points,
                    _ => polygon.interiors.push(points),
                }
            }
            Err(fault) if source == 0 => return Err(fault),
            Err(fault) => faults.push(fault),
        }
    }
    if traces.is_empty() {
        return Err(Fault::new(codes::DEGENERATE_RING, "a surface has no ring"));
    }
    Ok((polygon, traces))
}

/// Points of an open ring, and which of the points in the file they are if not all.
type OpenRing = (Vec<[f64; 3]>, Option<Vec<usize>>);

fn read_ring(
    ring: &[usize],
    vertices: &[[f64; 3]],
    options: &ReadOptions,
) -> Result<OpenRing, Fault> {
    if ring.len() > options.max_points_per_ring {
        let message = format!(
            "a ring has more than {} points",
            options.max_points_per_ring
        );
        return Err(Fault::new(codes::LIMIT_EXCEEDED, message));
    }
    let points = read_points(ring, vertices)?;
    let kept = kept_points(&points);
    // Rings are open in CityJSON; one that is closed all the same loses nothing by opening.
    let (open, _) = open_ring(points).map_err(|fault| Fault::new(fault.code, fault.message))?;
    Ok((open, kept))
}

/// The vertices with these indices.
pub(super) fn read_points(
    indices: &[usize],
    vertices: &[[f64; 3]],
) -> Result<Vec<[f64; 3]>, Fault> {
    let points = indices
        .iter()
        .map(|&index| {
            vertices.get(index).copied().ok_or_else(|| {
                let count = vertices.len();
                let message = format!("there is no vertex {index}, only {count} of them");
                Fault::new(codes::VERTEX_INDEX, message)
            })
        })
        .collect::<Result<Vec<_>, _>>()?;
    if points.iter().flatten().any(|value| !value.is_finite()) {
        let message = "a vertex is no finite point after the transform";
        return Err(Fault::new(codes::BAD_COORDINATE, message));
    }
    Ok(points)
}

/// Which points [`open_ring`] keeps: one of those that repeat in a row, and not the end where it is the start again.
fn kept_points(points: &[[f64; 3]]) -> Option<Vec<usize>> {
    let mut kept: Vec<usize> = Vec::with_capacity(points.len());
    for (index, point) in points.iter().enumerate() {
        if kept.last().is_none_or(|&last| points[last] != *point) {
            kept.push(index);
        }
    }
    while kept.len() > 1 && points[kept[0]] == points[kept[kept.len() - 1]] {
        kept.pop();
    }
    (kept.len() < points.len()).then_some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(json: &str, depth: usize) -> (Layout, Vec<&'static str>) {
        let mut faults = Vec::new();
        let raw: Box<RawValue> = serde_json::from_str(json).expect("the text is JSON");
        let layout = Layout::read(&raw, depth, &mut faults);
        (layout, faults.iter().map(|fault| fault.code.code).collect())
    }

    #[test]
    fn paths_and_lengths_of_lists() {
        let (found, faults) = layout("[[[[0,1,2]],[[3,4,5]]],[]]", 2);
        assert!(faults.is_empty());
        let paths: Vec<_> = found
            .surfaces
            .iter()
            .map(|(path, _)| path.clone())
            .collect();
        assert_eq!(paths, [vec![0, 0], vec![0, 1]]);
        assert_eq!(found.lists, [(vec![0], 2), (vec![1], 0), (vec![], 2)]);
    }

    #[test]
    fn what_is_no_index_costs_its_surface_only() {
        let (found, faults) = layout("[[[0,1,2]],[[0,-1,2]],7,[[3,4.5,5]],[[3,4,5]]]", 1);
        let paths: Vec<_> = found.surfaces.iter().map(|(path, _)| path[0]).collect();
        assert_eq!(paths, [0, 4]);
        assert_eq!(faults, ["CJ-003"; 3]);
        let (found, faults) = layout("\"nothing\"", 3);
        assert!(found.surfaces.is_empty());
        assert_eq!(faults, ["CJ-003"]);
    }

    #[test]
    fn points_that_go_are_known() {
        let [a, b, c] = [[0.0; 3], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
        assert_eq!(kept_points(&[a, b, c]), None);
        assert_eq!(kept_points(&[a, b, b, c, a, a]), Some(vec![0, 1, 3]));
        assert_eq!(kept_points(&[]), None);
    }
}
