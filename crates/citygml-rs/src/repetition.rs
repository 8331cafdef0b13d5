//! Surfaces that a file has twice: once in a solid and once, with a meaning, in a boundary surface.
//!
//! CityGML brings the two together by reference. Some exporters copy the polygons instead; drawn as they are, the copies
//! would flicker through each other.

use std::collections::HashMap;

use crate::{Surface, SurfaceKind};

/// Exterior ring regardless of where it starts and which way it runs, by the bits of its sorted coordinates.
type RingKey = (u8, usize, Vec<[u64; 3]>);

/// Removes surfaces without meaning that repeat one with a meaning at the same level of detail. Gives their number.
pub(crate) fn drop_repeated(surfaces: &mut Vec<Surface>) -> u64 {
    let twins = twins(surfaces);
    let before = surfaces.len();
    let mut index = 0;
    surfaces.retain(|_| {
        index += 1;
        twins[index - 1].is_none()
    });
    (before - surfaces.len()) as u64
}

/// For each surface without meaning the one with a meaning that it repeats at the same level of detail.
pub(crate) fn twins(surfaces: &[Surface]) -> Vec<Option<usize>> {
    let has_meaning = |surface: &Surface| surface.kind != SurfaceKind::Unclassified;
    // The usual object has only one sort; then there is nothing to compare.
    let with_meaning = surfaces
        .iter()
        .filter(|surface| has_meaning(surface))
        .count();
    if with_meaning == 0 || with_meaning == surfaces.len() {
        return vec![None; surfaces.len()];
    }
    let meant: HashMap<RingKey, usize> = surfaces
        .iter()
        .enumerate()
        .filter(|(_, surface)| has_meaning(surface))
        .map(|(index, surface)| (key(surface), index))
        .collect();
    let twin = |surface: &Surface| match has_meaning(surface) {
        true => None,
        false => meant.get(&key(surface)).copied(),
    };
    surfaces.iter().map(twin).collect()
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
        assert_eq!(drop_repeated(&mut surfaces), 1);
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
