//! Geometry beyond polygons: solids, lines, points, prototypes.
//!
//! Coordinates are as written in the source reference system, like those of polygons.

use std::sync::Arc;

use serde::Serialize;

use super::Surface;

/// A solid, as the surfaces that bound it (GML 3.2.1, 10.5 and 11.6).
///
/// Members of a `CompositeSolid` or `MultiSolid` are solids of their own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Solid {
    /// `gml:id`, where there is one.
    pub id: Option<String>,
    /// Level of detail, 0 to 4.
    pub lod: u8,
    /// The exterior shell, then the interior ones.
    pub shells: Vec<Vec<SurfaceUse>>,
}

/// A surface as part of a shell. Neighbours share surfaces: then one of the two uses it with the other side out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SurfaceUse {
    /// Which object owns the surface: its place among the top-level object (0) and all its descendants, depth first,
    /// parents before children ([`CityObject::descendants`](super::CityObject::descendants)).
    pub object: u32,
    /// Index into that object's surfaces.
    pub surface: u32,
    /// Whether its other side is out.
    pub is_flipped: bool,
}

/// What a [`Curve`] or [`PointSet`] is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub enum LineKind {
    /// Geometry of the object: centre lines, edges, symbols.
    #[default]
    Geometry,
    /// Where the object meets the terrain.
    TerrainIntersection,
    /// Break line of relief.
    BreakLine,
    /// Ridge or valley line of relief.
    RidgeOrValleyLine,
    /// Edge of the area that a relief component describes.
    Extent,
    /// Mass points of relief, control points of a TIN.
    Relief,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Curve {
    /// Level of detail, 0 to 4.
    pub lod: u8,
    /// What it is for.
    pub kind: LineKind,
    /// Points in order; closed if the last is the first.
    pub points: Vec<[f64; 3]>,
}

/// Points of one property.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct PointSet {
    /// Level of detail, 0 to 4.
    pub lod: u8,
    /// What they are for.
    pub kind: LineKind,
    /// The points.
    pub points: Vec<[f64; 3]>,
}

/// A prototype placed in the world (CityGML 2.0, 8.3; CityJSON `GeometryInstance`).
///
/// `point = reference_point + (matrix · (x, y, z, 1)).xyz` for each point of the template; the sum is in the source
/// reference system, the template in its own local, metric, right-handed frame.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ImplicitGeometry {
    /// Level of detail, 0 to 4.
    pub lod: u8,
    /// Row by row.
    pub matrix: [f64; 16],
    /// Anchor in the source reference system.
    pub reference_point: [f64; 3],
    /// The prototype; shared by all that use it.
    pub template: Arc<Template>,
    /// 1-based line of the start tag; 0 in CityJSON.
    pub line: u64,
}

/// A prototype.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Template {
    /// `gml:id` of its geometry or the index in CityJSON's `geometry-templates`; where the definition was not met (yet),
    /// what the reference says.
    pub id: Option<String>,
    /// Polygons in the template's own frame. Empty if it is a [`Self::library_object`] or was not found.
    pub surfaces: Vec<Surface>,
    /// File with the geometry in a foreign format (`libraryObject`), as written: a relative path or a URL.
    pub library_object: Option<String>,
    /// Media type of the library object, as written.
    pub mime_type: Option<String>,
}
