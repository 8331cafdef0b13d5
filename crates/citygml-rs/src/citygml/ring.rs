//! From the text of a ring to its points.

use super::number::append_numbers;
use crate::codes::{self, DiagnosticCode};

/// Why a ring cannot be used.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RingFault {
    pub(crate) code: DiagnosticCode,
    pub(crate) message: String,
}

/// How coordinates are written in a `gml:coordinates` (GML 2, also allowed in 3.1.1) or a list of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Separators {
    /// Between the coordinates of one point; a space separates points and coordinates alike.
    pub(crate) coordinate: char,
    /// Between points.
    pub(crate) tuple: char,
    /// Decimal point.
    pub(crate) decimal: char,
}

impl Default for Separators {
    fn default() -> Self {
        Self {
            coordinate: ',',
            tuple: ' ',
            decimal: '.',
        }
    }
}

/// Points gathered from one ring.
#[derive(Debug, Default)]
pub(crate) struct RingPoints {
    points: Vec<[f64; 3]>,
    /// Whether some point had no height.
    pub(crate) flat: bool,
}

/// Room for the numbers of a list, to be used again and again.
pub(crate) type Numbers = Vec<f64>;

impl RingPoints {
    /// Adds a `gml:posList`. Where no dimension is known it is 3, unless only 2 makes sense of the numbers.
    pub(crate) fn add_position_list(
        &mut self,
        text: &str,
        dimension: Option<usize>,
        limit: usize,
        values: &mut Numbers,
    ) -> Result<(), RingFault> {
        parse_numbers(text, values, limit.saturating_mul(3))?;
        let dimension = dimension.unwrap_or_else(|| guess_dimension(values));
        if !matches!(dimension, 2 | 3) || !values.len().is_multiple_of(dimension) {
            return Err(RingFault {
                code: codes::COORDINATE_COUNT,
                message: format!(
                    "{} coordinates cannot be points of dimension {dimension}",
                    values.len()
                ),
            });
        }
        self.points.reserve_exact(values.len() / dimension);
        values
            .chunks_exact(dimension)
            .for_each(|point| self.add(point));
        self.check_limit(limit)
    }

    /// Adds a `gml:pos`, whose dimension is the number of its values.
    pub(crate) fn add_position(&mut self, text: &str, limit: usize) -> Result<(), RingFault> {
        let mut values = Numbers::new();
        parse_numbers(text, &mut values, 4)?;
        if !matches!(values.len(), 2 | 3) {
            return Err(RingFault {
                code: codes::COORDINATE_COUNT,
                message: format!(
                    "a position has {} coordinates instead of 2 or 3",
                    values.len()
                ),
            });
        }
        self.add(&values);
        self.check_limit(limit)
    }

    /// Adds a `gml:coordinates` of GML 2: `x,y,z x,y,z`.
    pub(crate) fn add_coordinates(
        &mut self,
        text: &str,
        separators: Separators,
        limit: usize,
    ) -> Result<(), RingFault> {
        let is_tuple_end =
            |character: char| character.is_ascii_whitespace() || character == separators.tuple;
        for tuple in text.split(is_tuple_end).filter(|tuple| !tuple.is_empty()) {
            let point = if separators.decimal == '.' {
                tuple.replace(separators.coordinate, " ")
            } else {
                tuple
                    .replace(separators.coordinate, " ")
                    .replace(separators.decimal, ".")
            };
            self.add_position(&point, limit)?;
        }
        Ok(())
    }

    /// Adds one point given coordinate by coordinate (`gml:coord`).
    pub(crate) fn add(&mut self, point: &[f64]) {
        match *point {
            [x, y, z] => self.points.push([x, y, z]),
            [x, y] => {
                self.flat = true;
                self.points.push([x, y, 0.0]);
            }
            _ => {}
        }
    }

    fn check_limit(&self, limit: usize) -> Result<(), RingFault> {
        if self.points.len() > limit {
            return Err(RingFault {
                code: codes::LIMIT_EXCEEDED,
                message: format!("a ring has more than {limit} points"),
            });
        }
        Ok(())
    }

    /// The points as written.
    pub(crate) fn points(&self) -> &[[f64; 3]] {
        &self.points
    }

    /// The points as written, to keep.
    pub(crate) fn into_points(self) -> Vec<[f64; 3]> {
        self.points
    }

    /// The open ring without repeated points, and whether it was closed in the source.
    pub(crate) fn finish(self) -> Result<(Vec<[f64; 3]>, bool), RingFault> {
        open_ring(self.points)
    }
}

/// Removes the closing point and points repeated in a row. The second value tells whether the ring was closed.
pub(crate) fn open_ring(mut points: Vec<[f64; 3]>) -> Result<(Vec<[f64; 3]>, bool), RingFault> {
    points.dedup();
    let closed = points.len() > 1 && points.first() == points.last();
    while points.len() > 1 && points.first() == points.last() {
        points.pop();
    }
    let distinct = {
        let first = points.first();
        let second = points.iter().find(|&point| Some(point) != first);
        let third = points
            .iter()
            .find(|&point| Some(point) != first && Some(point) != second);
        [first, second, third].iter().flatten().count()
    };
    if distinct < 3 {
        return Err(RingFault {
            code: codes::DEGENERATE_RING,
            message: format!("a ring has {distinct} distinct points; at least 3 are needed"),
        });
    }
    Ok((points, closed))
}

fn parse_numbers(text: &str, values: &mut Numbers, limit: usize) -> Result<(), RingFault> {
    values.clear();
    append_numbers(text, values).map_err(|word| {
        let shown: String = word.chars().take(40).collect();
        RingFault {
            code: codes::BAD_COORDINATE,
            message: format!("{shown:?} is not a coordinate"),
        }
    })?;
    if values.len() > limit {
        return Err(RingFault {
            code: codes::LIMIT_EXCEEDED,
            message: format!("a list has more than {limit} coordinates"),
        });
    }
    Ok(())
}

/// Dimension of a list that does not tell it. Three in city models; two only if three is impossible, or if the ring
/// closes in two dimensions but not in three.
fn guess_dimension(values: &[f64]) -> usize {
    let closes = |dimension: usize| {
        values.len() >= 2 * dimension && values[..dimension] == values[values.len() - dimension..]
    };
    match (
        values.len().is_multiple_of(3),
        values.len().is_multiple_of(2),
    ) {
        (true, true) if !closes(3) && closes(2) => 2,
        (false, true) => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: usize = 1000;

    fn list(text: &str, dimension: Option<usize>) -> Result<Vec<[f64; 3]>, RingFault> {
        let mut ring = RingPoints::default();
        ring.add_position_list(text, dimension, LIMIT, &mut Numbers::new())?;
        Ok(ring.finish()?.0)
    }

    #[test]
    fn the_closing_point_and_repetitions_go() {
        let ring = list("0 0 1 0 0 1 2 0 1 2 2 1 2 2 1 0 0 1", Some(3)).expect("a triangle");
        assert_eq!(ring, [[0.0, 0.0, 1.0], [2.0, 0.0, 1.0], [2.0, 2.0, 1.0]]);
    }

    #[test]
    fn the_dimension_is_guessed_only_where_it_must_be() {
        // Twelve numbers: four points in space or six in the plane; the ring closes in the plane only.
        let flat = list("0 0 4 0 4 2 4 4 0 4 0 0", None).expect("a ring in the plane");
        assert_eq!(flat.len(), 5);
        let spatial = list("0 0 4 0 4 2 4 4 0 0 0 4", None).expect("a ring in space");
        assert_eq!(spatial, [[0.0, 0.0, 4.0], [0.0, 4.0, 2.0], [4.0, 4.0, 0.0]]);
    }

    #[test]
    fn faults_have_their_codes() {
        let code = |text, dimension| {
            list(text, dimension)
                .expect_err("this is no ring")
                .code
                .code
        };
        assert_eq!(code("0 0 0 1 1", Some(3)), codes::COORDINATE_COUNT.code);
        assert_eq!(code("0 0 0 1 x 1", Some(3)), codes::BAD_COORDINATE.code);
        assert_eq!(code("0 0 0 1 NaN 1", Some(3)), codes::BAD_COORDINATE.code);
        assert_eq!(
            code("0 0 0 1 1 1 0 0 0 1 1 1", Some(3)),
            codes::DEGENERATE_RING.code
        );
        assert_eq!(code("", Some(3)), codes::DEGENERATE_RING.code);
    }

    #[test]
    fn gml2_coordinates_with_their_separators() {
        let mut ring = RingPoints::default();
        ring.add_coordinates("0,0,5 1,0,5\n 1,1,5", Separators::default(), LIMIT)
            .expect("three points");
        let separators = Separators {
            coordinate: ' ',
            tuple: ';',
            decimal: ',',
        };
        // A space between coordinates cannot be told from one between points, so such a list is refused, not guessed.
        assert!(
            RingPoints::default()
                .add_coordinates("0,5 1,5;2,5 1,5", separators, LIMIT)
                .is_err()
        );
        let separators = Separators {
            coordinate: ':',
            tuple: ';',
            decimal: ',',
        };
        ring.add_coordinates("0,5:1,5:2,5", separators, LIMIT)
            .expect("one point");
        assert_eq!(ring.points.last(), Some(&[0.5, 1.5, 2.5]));
    }

    #[test]
    fn too_many_points_are_refused() {
        let mut ring = RingPoints::default();
        let fault = ring
            .add_position_list(
                &"1 2 3 ".repeat(LIMIT + 1),
                Some(3),
                LIMIT,
                &mut Numbers::new(),
            )
            .expect_err("above the limit");
        assert_eq!(fault.code.code, codes::LIMIT_EXCEEDED.code);
    }
}
