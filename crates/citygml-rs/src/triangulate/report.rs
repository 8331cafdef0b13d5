//! Whether triangles are what the rings of their polygon say.

/// Whether triangles are what the rings of their polygon say. Both are true for every valid polygon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TriangulationReport {
    /// Each edge of a ring is an edge of one triangle, each other edge belongs to two: no gap, no T-junction.
    pub keeps_edges: bool,
    /// The triangles cover the area inside the exterior ring and outside the interior ones, to one part in a thousand.
    /// Otherwise a ring crosses itself or another, or a hole lies outside.
    pub keeps_area: bool,
}

impl TriangulationReport {
    pub(crate) const EXACT: Self = Self {
        keeps_edges: true,
        keeps_area: true,
    };

    /// Whether the triangles are exactly what the rings enclose.
    pub fn is_exact(self) -> bool {
        self.keeps_edges && self.keeps_area
    }
}
