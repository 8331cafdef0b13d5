//! Triangles for a polygon with holes, in its own plane.
//!
//! The triangles keep all that the rings are made of: each edge of a ring is an edge of exactly one triangle, each other
//! edge is one of exactly two that use it in opposite directions. So neighbours that share points still share them after
//! triangulation, and a closed shell stays closed. Ear clipping alone does not give this: it passes over points that lie on
//! a straight line between their neighbours, and a neighbour that has the point would meet an edge there (a T-junction).
//! [`repair`] puts such points back.

mod clip;
mod plane;
mod quad;
mod repair;
mod report;

pub use report::TriangulationReport;
use thiserror::Error;

use crate::Polygon;
use crate::normal::normal_and_area;
use clip::Clipper;

/// Why a polygon cannot be triangulated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TriangulationError {
    /// The exterior ring has fewer than three points.
    #[error("the exterior ring has fewer than three points")]
    TooFewPoints,
    /// The exterior ring spans no area: its points lie on one line, or it crosses itself into two equal halves.
    #[error("the exterior ring has no area")]
    ZeroArea,
    /// A coordinate is not finite.
    #[error("a coordinate is not a finite number")]
    NotFinite,
    /// More than 250 000 points: ear clipping takes a time that grows with the square of their number.
    #[error("the polygon has more than {MAX_POINTS} points")]
    TooManyPoints,
    /// Long rings that cross themselves or each other, or of which too many edges lie side by side: to make triangles of
    /// them would take minutes, and they would mean nothing.
    #[error("the rings are long and cross, or too many of their edges lie side by side")]
    Entangled,
}

/// Points of one polygon that are triangulated: a few seconds at worst.
const MAX_POINTS: usize = 250_000;

/// Triangulates polygons one after the other without asking for memory each time.
///
/// ```
/// use citygml_rs::{Polygon, Triangulator};
///
/// let mut triangulator = Triangulator::new();
/// let with_point_on_edge = Polygon {
///     exterior: vec![[0.0, 0.0, 3.0], [2.0, 0.0, 3.0], [4.0, 0.0, 3.0], [4.0, 4.0, 3.0], [0.0, 4.0, 3.0]],
///     interiors: vec![],
/// };
/// let found = triangulator.triangulate(&with_point_on_edge)?;
/// assert_eq!(found.triangles.len(), 3);
/// assert!(found.report.is_exact());
/// # Ok::<(), citygml_rs::TriangulationError>(())
/// ```
#[derive(Default)]
pub struct Triangulator {
    clipper: Clipper,
    triangles: Vec<[u32; 3]>,
}

/// What a [`Triangulator`] made of one polygon; valid until its next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Triangulation<'a> {
    /// Three indices each into the exterior ring followed by the interior rings in order. All turn the same way as the
    /// exterior ring.
    pub triangles: &'a [[u32; 3]],
    /// Whether the triangles are what the rings say.
    pub report: TriangulationReport,
}

impl std::fmt::Debug for Triangulator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Triangulator").finish_non_exhaustive()
    }
}

impl Triangulator {
    /// A triangulator without memory of anything.
    pub fn new() -> Self {
        Self::default()
    }

    /// Triangulates one polygon; see [`triangulate`] for what is promised.
    ///
    /// # Errors
    /// For polygons without area, with coordinates that are not finite, or of a size that cannot be meant.
    pub fn triangulate(
        &mut self,
        polygon: &Polygon,
    ) -> Result<Triangulation<'_>, TriangulationError> {
        let exterior = &polygon.exterior;
        if exterior.len() < 3 {
            return Err(TriangulationError::TooFewPoints);
        }
        let vertex_count = exterior.len() + polygon.interiors.iter().map(Vec::len).sum::<usize>();
        if vertex_count > MAX_POINTS {
            return Err(TriangulationError::TooManyPoints);
        }
        let vertices = || exterior.iter().chain(polygon.interiors.iter().flatten());
        if vertices().flatten().any(|value| !value.is_finite()) {
            return Err(TriangulationError::NotFinite);
        }
        let (normal, _) = normal_and_area(exterior).ok_or(TriangulationError::ZeroArea)?;

        self.triangles.clear();
        let mut report = TriangulationReport::EXACT;
        if polygon.interiors.is_empty() && exterior.len() == 3 {
            self.triangles.push([0, 1, 2]);
        } else if let Some(halves) = quad::halves(polygon, normal) {
            self.triangles.extend(halves);
        } else {
            report = self.clipper.clip(polygon, normal, &mut self.triangles)?;
            if self.triangles.is_empty() {
                return Err(TriangulationError::ZeroArea);
            }
        }
        Ok(Triangulation {
            triangles: &self.triangles,
            report,
        })
    }
}

/// Triangulates a polygon with holes.
///
/// Each triangle holds three indices into the exterior ring followed by the interior rings in order. All triangles turn
/// the same way as the exterior ring, whatever way the holes run. Every edge of a ring is an edge of one triangle, points
/// on a straight line too. Nearly planar polygons are accepted: the vertices stay where they are, only the choice of
/// triangles is made in the best-fitting plane. Rings that cross themselves or each other give some triangles, not an
/// error; [`Triangulator`] tells of them in its [`TriangulationReport`], and [`check_polygon`](crate::check_polygon) says
/// what is wrong.
///
/// The coordinates must have one unit on all axes; convert degrees to metres first.
///
/// # Errors
/// For polygons without area, with coordinates that are not finite, or of a size that cannot be meant.
///
/// ```
/// use citygml_rs::{Polygon, triangulate};
///
/// let square = Polygon {
///     exterior: vec![[0.0, 0.0, 3.0], [4.0, 0.0, 3.0], [4.0, 4.0, 3.0], [0.0, 4.0, 3.0]],
///     interiors: vec![],
/// };
/// assert_eq!(triangulate(&square)?, [[0, 1, 2], [0, 2, 3]]);
/// # Ok::<(), citygml_rs::TriangulationError>(())
/// ```
pub fn triangulate(polygon: &Polygon) -> Result<Vec<[u32; 3]>, TriangulationError> {
    let mut triangulator = Triangulator::new();
    triangulator.triangulate(polygon)?;
    Ok(triangulator.triangles)
}

#[cfg(test)]
mod tests;
