//! From texture coordinates as written to one for each point of a polygon.

use std::ops::Range;

use super::index::Parameterization;
use crate::Polygon;

/// A ring with an id: texture coordinates name rings, not polygons.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RingRecord {
    /// Index of the surface among those of the top-level object.
    pub(crate) surface: usize,
    /// 0 for the exterior ring, then the interior ones.
    pub(crate) ring: usize,
    /// Its `gml:id`, as a part of the ids of all rings.
    pub(crate) id: Range<usize>,
    /// What opening the ring takes away.
    pub(crate) opening: Opening,
}

/// Which points of a ring go when it is opened and points repeated in a row are removed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Opening {
    /// Points as written.
    written: usize,
    /// Index of the closing point.
    closing: Option<usize>,
    /// Indices of points that repeat the one before, ascending; nearly always none.
    repeated: Vec<usize>,
}

impl Opening {
    pub(crate) fn of(points: &[[f64; 3]]) -> Self {
        let repeated: Vec<usize> = (1..points.len())
            .filter(|&index| points[index] == points[index - 1])
            .collect();
        let is_first = |index: &usize| repeated.binary_search(index).is_err();
        let last = (0..points.len()).rfind(is_first);
        Self {
            written: points.len(),
            closing: last.filter(|&last| last > 0 && points[last] == points[0]),
            repeated,
        }
    }

    pub(super) fn written(&self) -> usize {
        self.written
    }

    fn removes(&self, index: usize) -> bool {
        self.closing == Some(index) || self.repeated.binary_search(&index).is_ok()
    }
}

/// The rings with ids of one surface.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rings<'a> {
    pub(crate) records: &'a [RingRecord],
    /// Ids of all rings, one after the other.
    pub(crate) ids: &'a str,
}

impl Rings<'_> {
    pub(super) fn id(&self, record: &RingRecord) -> &str {
        self.ids.get(record.id.clone()).unwrap_or_default()
    }
}

/// Texture coordinates by ring of the polygon. `Ok(None)` if they are for other rings; an error if they are not as many
/// as the points. `is_turned` tells that the rings are stored the other way round than written.
pub(super) fn ring_coordinates(
    parameterization: &Parameterization,
    polygon: &Polygon,
    rings: Rings<'_>,
    is_turned: bool,
) -> Result<Option<Vec<Vec<[f32; 2]>>>, CoordinatesDoNotFit> {
    let of_ring = |index: usize, points: usize| {
        let mut records = rings.records.iter();
        let record = records.find(|record| record.ring == index)?;
        let coordinates = parameterization.ring(rings.id(record))?;
        Some(in_step(coordinates, &record.opening, points).ok_or(CoordinatesDoNotFit))
    };
    let Some(exterior) = of_ring(0, polygon.exterior.len()) else {
        return Ok(None);
    };
    let mut all = vec![exterior?];
    for (index, hole) in polygon.interiors.iter().enumerate() {
        all.push(of_ring(index + 1, hole.len()).unwrap_or(Err(CoordinatesDoNotFit))?);
    }
    if is_turned {
        all.iter_mut().for_each(|ring| ring.reverse());
    }
    Ok(Some(all))
}

/// Texture coordinates are missing for a hole, or are not as many as a ring has points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CoordinatesDoNotFit;

/// Leaves out the coordinates of the points that were left out.
fn in_step(coordinates: &[[f32; 2]], opening: &Opening, points: usize) -> Option<Vec<[f32; 2]>> {
    // Some writers leave the closing coordinate out, some write none for repeated points.
    let all_but_closing =
        coordinates.len() + 1 == opening.written && opening.removes(coordinates.len());
    if coordinates.len() == opening.written || all_but_closing {
        let kept = coordinates.iter().enumerate();
        let kept: Vec<[f32; 2]> = kept
            .filter(|&(index, _)| !opening.removes(index))
            .map(|(_, &coordinate)| coordinate)
            .collect();
        return (kept.len() == points).then_some(kept);
    }
    matches!(coordinates.len().checked_sub(points), Some(0 | 1))
        .then(|| coordinates[..points].to_vec())
}

/// Applies `worldToTexture` (CityGML 2.0, 9.3.2): homogeneous, three rows of four.
pub(super) fn generated(matrix: &[f64; 12], polygon: &Polygon) -> Vec<Vec<[f32; 2]>> {
    let row = |row: usize, [x, y, z]: [f64; 3]| {
        let row = &matrix[4 * row..4 * row + 4];
        row[0] * x + row[1] * y + row[2] * z + row[3]
    };
    let coordinate = |&point: &[f64; 3]| {
        let weight = row(2, point);
        // A point in the plane of the camera has no image; it must not poison the mesh.
        let weight = if weight.abs() < f64::MIN_POSITIVE {
            1.0
        } else {
            weight
        };
        [row(0, point) / weight, row(1, point) / weight].map(|value| value as f32)
    };
    std::iter::once(&polygon.exterior)
        .chain(&polygon.interiors)
        .map(|ring| ring.iter().map(coordinate).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_stay_in_step_with_points_that_were_removed() {
        let five = [[0.0, 0.0], [1.0, 0.0], [1.0, 0.5], [1.0, 1.0], [0.0, 0.0]];
        let ring = [0.0, 1.0, 1.0, 2.0, 0.0].map(|x| [x, 0.0, 0.0]);
        let opening = Opening::of(&ring);
        let kept = in_step(&five, &opening, 3);
        assert_eq!(kept, Some(vec![[0.0, 0.0], [1.0, 0.0], [1.0, 1.0]]));
        let without_closing = in_step(&five[..4], &opening, 3);
        assert_eq!(without_closing, kept);
        let without_repetition = in_step(&five[..3], &opening, 3);
        assert_eq!(without_repetition, Some(five[..3].to_vec()));
        assert_eq!(in_step(&five[..2], &opening, 3), None);
    }

    #[test]
    fn a_ring_that_closes_twice_is_opened_once() {
        let ring = [0.0, 1.0, 2.0, 0.0, 0.0].map(|x| [x, 0.0, 0.0]);
        let removed: Vec<usize> = (0..5)
            .filter(|&at| Opening::of(&ring).removes(at))
            .collect();
        assert_eq!(removed, [3, 4]);
    }

    #[test]
    fn a_ring_that_stays_where_it_is_has_nothing_to_close() {
        let opening = Opening::of(&vec![[1.0; 3]; 1_000_000]);
        assert_eq!(opening.closing, None);
        assert_eq!(opening.repeated.len(), 999_999);
    }

    #[test]
    fn a_matrix_gives_homogeneous_coordinates() {
        let polygon = Polygon {
            exterior: vec![[2.0, 4.0, 0.0], [4.0, 4.0, 1.0]],
            interiors: vec![],
        };
        let matrix = [1., 0., 0., 0., 0., 1., 0., 1., 0., 0., 1., 2.];
        let expected = [[1.0, 2.5], [4.0 / 3.0, 5.0 / 3.0]];
        assert_eq!(generated(&matrix, &polygon), [expected]);
    }
}
