//! Polygons and what they mean.

use std::sync::Arc;

use serde::Serialize;

use super::{Attribute, SurfaceLook};

/// One planar polygon with its meaning.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Surface {
    /// `gml:id` of the polygon, where there is one.
    pub id: Option<String>,
    /// Level of detail, 0 to 4.
    pub lod: u8,
    /// What the surface is.
    pub kind: SurfaceKind,
    /// The polygon; counter-clockwise exterior seen from outside.
    pub polygon: Polygon,
    /// The thematic surface it is part of: index into [`CityObject::boundaries`](super::CityObject::boundaries) of the
    /// same object.
    pub boundary: Option<u32>,
    /// How it looks, by theme; empty where the file says nothing.
    pub looks: Vec<SurfaceLook>,
    /// 1-based line of the polygon's start tag.
    pub line: u64,
}

/// A thematic surface with its own id and attributes (CityGML 2.0, 10.3.3; 3.0 `AbstractThematicSurface`; CityJSON
/// semantic object).
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct BoundarySurface {
    /// `gml:id`, where there is one.
    pub id: Option<String>,
    /// Local element name or semantic type: `RoofSurface`.
    pub object_type: Arc<str>,
    /// First `gml:name`.
    pub name: Option<String>,
    /// Attributes in document order.
    pub attributes: Vec<Attribute>,
    /// The thematic surface that this one lies in, as a window in a wall: index into the same list.
    pub parent: Option<u32>,
    /// 1-based line of the start tag; 0 in CityJSON.
    pub line: u64,
}

/// A polygon with holes; rings are open (the closing point is removed).
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Polygon {
    /// Exterior ring.
    pub exterior: Vec<[f64; 3]>,
    /// Interior rings.
    pub interiors: Vec<Vec<[f64; 3]>>,
}

/// Semantic type of a surface (CityGML 2.0, 10.3.3 `_BoundarySurface`; openings 10.3.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize)]
#[repr(u8)]
pub enum SurfaceKind {
    /// No semantics in the file.
    #[default]
    Unclassified = 0,
    /// `WallSurface`.
    Wall = 1,
    /// `RoofSurface`.
    Roof = 2,
    /// `GroundSurface`.
    Ground = 3,
    /// `ClosureSurface`.
    Closure = 4,
    /// `OuterCeilingSurface`.
    OuterCeiling = 5,
    /// `OuterFloorSurface`.
    OuterFloor = 6,
    /// `FloorSurface`.
    Floor = 7,
    /// `CeilingSurface`.
    Ceiling = 8,
    /// `InteriorWallSurface`.
    InteriorWall = 9,
    /// `Window`.
    Window = 10,
    /// `Door`.
    Door = 11,
    /// Terrain triangle (`TINRelief`).
    Terrain = 12,
    /// Road, square, track: `TrafficArea`, `AuxiliaryTrafficArea`.
    Traffic = 13,
    /// `WaterSurface`, `WaterGroundSurface`, `WaterClosureSurface`.
    Water = 14,
    /// Plants.
    Vegetation = 15,
}

impl SurfaceKind {
    /// The standard's element name, `None` for [`SurfaceKind::Unclassified`].
    pub fn element_name(self) -> Option<&'static str> {
        Some(match self {
            Self::Unclassified => return None,
            Self::Wall => "WallSurface",
            Self::Roof => "RoofSurface",
            Self::Ground => "GroundSurface",
            Self::Closure => "ClosureSurface",
            Self::OuterCeiling => "OuterCeilingSurface",
            Self::OuterFloor => "OuterFloorSurface",
            Self::Floor => "FloorSurface",
            Self::Ceiling => "CeilingSurface",
            Self::InteriorWall => "InteriorWallSurface",
            Self::Window => "Window",
            Self::Door => "Door",
            Self::Terrain => "TINRelief",
            Self::Traffic => "TrafficArea",
            Self::Water => "WaterSurface",
            Self::Vegetation => "Vegetation",
        })
    }
}
