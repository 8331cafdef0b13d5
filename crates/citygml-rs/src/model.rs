//! The model a reader yields: city objects with semantically tagged, untriangulated polygons.
//!
//! Coordinates are f64 in the source reference system **as written in the file** (axis order
//! included); [`CityObject::srs_name`] names it. Nothing here converts coordinates.

use std::fmt;

use serde::Serialize;

/// One city object: top-level, or a part, installation or opening nested in another.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct CityObject {
    /// `gml:id`; where the file has none, `line-N` of the start tag.
    pub id: String,
    /// Local element name as the standard writes it: `Building`, `BuildingPart`, `TINRelief`, `Road`…
    pub object_type: String,
    /// First `gml:name`.
    pub name: Option<String>,
    /// Standard and generic attributes in document order.
    pub attributes: Vec<Attribute>,
    /// First address, one line, as a person would write it.
    pub address: Option<String>,
    /// Polygons that belong to this object itself, not to its children.
    pub surfaces: Vec<Surface>,
    /// Building parts, installations, openings: nested city objects, depth first.
    pub children: Vec<CityObject>,
    /// `srsName` in force for this object's geometry, as written.
    pub srs_name: Option<String>,
    /// 1-based line of the start tag.
    pub line: u64,
}

/// One attribute of a city object.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attribute {
    /// Local element name (`measuredHeight`) or the `name` of a generic attribute.
    pub name: String,
    /// The value.
    pub value: AttributeValue,
    /// Unit as written in `uom`, where there is one.
    pub uom: Option<String>,
}

/// The value of an [`Attribute`].
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum AttributeValue {
    /// Whole number.
    Integer(i64),
    /// Real number.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// Everything else, codes and dates included.
    Text(String),
}

impl fmt::Display for AttributeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => write!(f, "{value}"),
            Self::Number(value) => write!(f, "{value}"),
            Self::Boolean(value) => write!(f, "{value}"),
            Self::Text(value) => f.write_str(value),
        }
    }
}

/// One planar polygon with its meaning.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Surface {
    /// `gml:id` of the polygon, where there is one.
    pub id: Option<String>,
    /// Level of detail, 0 to 4.
    pub lod: u8,
    /// What the surface is.
    pub kind: SurfaceKind,
    /// The polygon; counter-clockwise exterior seen from outside.
    pub polygon: Polygon,
    /// 1-based line of the polygon's start tag.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[repr(u8)]
pub enum SurfaceKind {
    /// No semantics in the file.
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
