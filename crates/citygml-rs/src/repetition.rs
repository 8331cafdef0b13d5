//! Surfaces that a file has twice: once in a solid and once, with a meaning, in a boundary surface.
//!
//! CityGML brings the two together by reference. Some exporters copy the polygons instead; drawn as they are, the copies
//! would flicker through each other.

use crate::fast_hash::HashMap;
use crate::{Surface, SurfaceKind};

/// Exterior ring regardless of where it starts and which way it runs, by the bits of its sorted coordinates.
type RingKey = (u8, usize, Vec<[u64; 3]>);

/// A surface without meaning that repeats one with a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Repetition {
    /// Index of the surface without meaning.
    pub(crate) repeated: usize,
    /// Index of the surface it repeats.
    pub(crate) kept: usize,
    /// Whether its exterior runs the other way.
    pub(crate) is_turned: bool,
}

/// For each surface without meaning the one with a meaning that it repeats at the same level of detail.
pub(crate) fn twins(surfaces: &[Surface]) -> Vec<Option<usize>> {
    let mut twins = vec![None; surfaces.len()];
    for found in find_repetitions(surfaces) {
        twins[found.repeated] = Some(found.kept);
    }
    twins
}

/// Finds surfaces without meaning that repeat one with a meaning at the same level of detail, in ascending order.
pub(crate) fn find_repetitions(surfaces: &[Surface]) -> Vec<Repetition> {
    let has_meaning = |surface: &Surface| surface.kind != SurfaceKind::Unclassified;
    // The usual object has only one sort; then there is nothing to compare.
    let with_meaning = surfaces
        .iter()
        .filter(|surface| has_meaning(surface))
        .count();
    if with_meaning == 0 || with_meaning == surfaces.len() {
        return Vec::new();
    }
    let mut meant: HashMap<RingKey, usize> = HashMap::default();
    for (index, surface) in surfaces.iter().enumerate() {
        if has_meaning(surface) {
            meant.entry(key(surface)).or_insert(index);
        }
    }
    let plain = surfaces.iter().enumerate();
    plain
        .filter(|(_, surface)| !has_meaning(surface))
        .filter_map(|(repeated, surface)| {
            let kept = *meant.get(&key(surface))?;
            let is_turned = runs_the_other_way(surface, &surfaces[kept]);
            Some(Repetition {
                repeated,
                kept,
                is_turned,
            })
        })
        .collect()
}

/// Removes what [`find_repetitions`] found in the same list. What the copy says about looks goes to the surface that is
/// kept, if that says nothing and both are written alike.
pub(crate) fn remove_repetitions(surfaces: &mut Vec<Surface>, repetitions: &[Repetition]) {
    for found in repetitions {
        let is_same = surfaces[found.repeated].polygon == surfaces[found.kept].polygon;
        if is_same && surfaces[found.kept].looks.is_empty() {
            surfaces[found.kept].looks = std::mem::take(&mut surfaces[found.repeated].looks);
        }
    }
    let mut gone = repetitions.iter().map(|found| found.repeated).peekable();
    let mut index = 0;
    surfaces.retain(|_| {
        let is_gone = gone.next_if_eq(&index).is_some();
        index += 1;
        !is_gone
    });
}

fn runs_the_other_way(one: &Surface, other: &Surface) -> bool {
    let (one, other) = (&one.polygon.exterior, &other.polygon.exterior);
    let (Some(first), Some(second)) = (one.first(), one.get(1)) else {
        return false;
    };
    let Some(place) = other.iter().position(|point| point == first) else {
        return false;
    };
    other[(place + 1) % other.len()] != *second
}

fn key(surface: &Surface) -> RingKey {
    // Adding zero makes minus zero plus zero.
    let ring = &surface.polygon.exterior;
    let mut points: Vec<[u64; 3]> = ring
        .iter()
        .map(|point| point.map(|value| (value + 0.0).to_bits()))
        .collect();
    points.sort_unstable();
    (surface.lod, surface.polygon.interiors.len(), points)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Polygon;

    fn surface(lod: u8, kind: SurfaceKind, exterior: &[[f64; 3]]) -> Surface {
        let polygon = Polygon {
            exterior: exterior.to_vec(),
            interiors: vec![],
        };
        Surface {
            id: None,
            lod,
            kind,
            polygon,
            line: 1,
            ..Surface::default()
        }
    }

    #[test]
    fn only_the_copy_without_meaning_goes() {
        let ring = [[0.0; 3], [1.0, 0.0, 0.0], [1.0, 1.0, 0.0]];
        let turned = [[1.0, 1.0, 0.0], [1.0, 0.0, -0.0], [0.0; 3]];
        let other = [[0.0; 3], [2.0, 0.0, 0.0], [2.0, 2.0, 0.0]];
        let mut surfaces = vec![
            surface(2, SurfaceKind::Unclassified, &turned),
            surface(2, SurfaceKind::Unclassified, &other),
            surface(1, SurfaceKind::Unclassified, &ring),
            surface(2, SurfaceKind::Roof, &ring),
            surface(2, SurfaceKind::Wall, &ring),
        ];
        let expected = Repetition {
            repeated: 0,
            kept: 3,
            is_turned: true,
        };
        assert_eq!(find_repetitions(&surfaces), [expected]);
        remove_repetitions(&mut surfaces, &[expected]);
        let kept: Vec<_> = surfaces
            .iter()
            .map(|surface| (surface.lod, surface.kind))
            .collect();
        assert_eq!(
            kept,
            [
                (2, SurfaceKind::Unclassified),
                (1, SurfaceKind::Unclassified),
                (2, SurfaceKind::Roof),
                (2, SurfaceKind::Wall)
            ]
        );
    }
}
