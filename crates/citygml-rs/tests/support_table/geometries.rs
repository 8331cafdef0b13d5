//! Kinds of geometry by module and level of detail.

use citygml_rs::CityObject;

use super::document::{MULTI_CURVE, Source, Version, any, member, multi_surface, solid};

/// A kind of geometry of one type of object, at several levels of detail.
pub struct GeometryRow {
    pub module: &'static str,
    pub what: &'static str,
    element: &'static str,
    shape: Shape,
    /// Property after `lodN` in 1.0 and 2.0, in the module's namespace.
    property: &'static str,
    levels_of_1: &'static [u8],
    levels_of_2: &'static [u8],
    levels_of_3: &'static [u8],
    /// Type in CityJSON, where it has LoD 0 to 3.
    json: Option<&'static str>,
    pub is_read: fn(&[CityObject], u8) -> bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Solid,
    Surface,
    Curve,
}

impl GeometryRow {
    pub fn levels(&self, version: Version) -> &'static [u8] {
        match version {
            Version::One => self.levels_of_1,
            Version::Two => self.levels_of_2,
            Version::Three => self.levels_of_3,
            Version::Json if self.json.is_some() => &[0, 1, 2, 3],
            Version::Json => &[],
        }
    }

    pub fn document(&self, version: Version, level: u8) -> Source {
        let content = match self.shape {
            Shape::Solid => solid(),
            Shape::Surface => multi_surface(),
            Shape::Curve => MULTI_CURVE.to_owned(),
        };
        let element = self.element;
        let prefix = element.split(':').next().unwrap_or_default();
        let property = match (version, self.shape) {
            (Version::Three, Shape::Solid) => format!("core:lod{level}Solid"),
            (Version::Three, Shape::Surface) => format!("core:lod{level}MultiSurface"),
            (Version::Three, Shape::Curve) if self.property == "TerrainIntersection" => {
                format!("core:lod{level}TerrainIntersectionCurve")
            }
            (Version::Three, Shape::Curve) => format!("core:lod{level}MultiCurve"),
            _ => format!("{prefix}:lod{level}{}", self.property),
        };
        match (version, self.json) {
            (Version::Json, None) => Source::None,
            (Version::Json, Some(object_type)) => {
                let (geometry, boundaries) = match self.shape {
                    Shape::Solid => ("Solid", "[[[[0,1,2,3]]]]"),
                    Shape::Surface => ("MultiSurface", "[[[0,1,2,3]]]"),
                    Shape::Curve => ("MultiLineString", "[[0,1,2]]"),
                };
                Source::Json(format!(
                    r#""CityObjects":{{"o":{{"type":"{object_type}","geometry":[
                    {{"type":"{geometry}","lod":"{level}","boundaries":{boundaries}}}]}}}}"#
                ))
            }
            _ => member(&format!(
                "<{element} gml:id=\"o\"><{property}>{content}</{property}></{element}>"
            )),
        }
    }
}

fn has_solid(objects: &[CityObject], level: u8) -> bool {
    any(objects, |object| {
        object
            .solids
            .iter()
            .any(|solid| solid.lod == level && solid.shells.len() == 1)
            && has_surface_itself(object, level)
    })
}

fn has_surface(objects: &[CityObject], level: u8) -> bool {
    any(objects, |object| has_surface_itself(object, level))
}

fn has_surface_itself(object: &CityObject, level: u8) -> bool {
    object
        .surfaces
        .iter()
        .any(|surface| surface.lod == level && surface.polygon.exterior.len() == 4)
}

fn has_curve(objects: &[CityObject], level: u8) -> bool {
    any(objects, |object| {
        object
            .curves
            .iter()
            .any(|curve| curve.lod == level && curve.points.len() == 3)
    })
}

/// A row of solids: none in LoD 0, and LoD 4 became interiors in 3.0.
const fn solids(
    module: &'static str,
    element: &'static str,
    levels_of_1: &'static [u8],
    levels_of_2: &'static [u8],
    property: &'static str,
    json: Option<&'static str>,
) -> GeometryRow {
    GeometryRow {
        module,
        what: "solids",
        element,
        shape: Shape::Solid,
        property,
        levels_of_1,
        levels_of_2,
        levels_of_3: &[1, 2, 3],
        json,
        is_read: has_solid,
    }
}

const fn surfaces(
    module: &'static str,
    element: &'static str,
    levels_of_1: &'static [u8],
    levels_of_2: &'static [u8],
    property: &'static str,
    json: Option<&'static str>,
) -> GeometryRow {
    GeometryRow {
        module,
        what: "surfaces",
        element,
        shape: Shape::Surface,
        property,
        levels_of_1,
        levels_of_2,
        levels_of_3: &[0, 2, 3],
        json,
        is_read: has_surface,
    }
}

const ALL: &[u8] = &[0, 1, 2, 3, 4];
const FROM_1: &[u8] = &[1, 2, 3, 4];
const FROM_2: &[u8] = &[2, 3, 4];

pub const GEOMETRIES: &[GeometryRow] = &[
    solids(
        "Building",
        "bldg:Building",
        FROM_1,
        FROM_1,
        "Solid",
        Some("Building"),
    ),
    surfaces(
        "Building",
        "bldg:Building",
        FROM_1,
        FROM_1,
        "MultiSurface",
        Some("Building"),
    ),
    GeometryRow {
        what: "terrain intersections",
        shape: Shape::Curve,
        property: "TerrainIntersection",
        levels_of_3: &[1, 2, 3],
        json: None,
        is_read: has_curve,
        ..surfaces("Building", "bldg:Building", FROM_1, FROM_1, "", None)
    },
    solids(
        "Bridge",
        "brid:Bridge",
        &[],
        FROM_1,
        "Solid",
        Some("Bridge"),
    ),
    surfaces(
        "Bridge",
        "brid:Bridge",
        &[],
        FROM_1,
        "MultiSurface",
        Some("Bridge"),
    ),
    solids("Tunnel", "tun:Tunnel", &[], FROM_1, "Solid", Some("Tunnel")),
    surfaces(
        "Tunnel",
        "tun:Tunnel",
        &[],
        FROM_1,
        "MultiSurface",
        Some("Tunnel"),
    ),
    solids(
        "Construction",
        "con:OtherConstruction",
        &[],
        &[],
        "Solid",
        Some("OtherConstruction"),
    ),
    surfaces(
        "Construction",
        "con:OtherConstruction",
        &[],
        &[],
        "MultiSurface",
        Some("OtherConstruction"),
    ),
    surfaces(
        "Transportation",
        "tran:Road",
        FROM_1,
        FROM_1,
        "MultiSurface",
        Some("Road"),
    ),
    solids(
        "Vegetation",
        "veg:SolitaryVegetationObject",
        FROM_1,
        FROM_1,
        "Geometry",
        Some("SolitaryVegetationObject"),
    ),
    surfaces(
        "Vegetation",
        "veg:PlantCover",
        FROM_1,
        FROM_1,
        "MultiSurface",
        Some("PlantCover"),
    ),
    solids(
        "WaterBody",
        "wtr:WaterBody",
        FROM_1,
        FROM_1,
        "Solid",
        Some("WaterBody"),
    ),
    surfaces(
        "WaterBody",
        "wtr:WaterBody",
        &[0, 1],
        &[0, 1],
        "MultiSurface",
        Some("WaterBody"),
    ),
    surfaces(
        "CityFurniture",
        "frn:CityFurniture",
        FROM_1,
        FROM_1,
        "Geometry",
        Some("CityFurniture"),
    ),
    surfaces(
        "LandUse",
        "luse:LandUse",
        ALL,
        ALL,
        "MultiSurface",
        Some("LandUse"),
    ),
    surfaces(
        "Generics",
        "gen:GenericCityObject",
        ALL,
        ALL,
        "Geometry",
        Some("GenericCityObject"),
    ),
    GeometryRow {
        what: "lines",
        shape: Shape::Curve,
        levels_of_3: &[0, 2, 3],
        is_read: has_curve,
        ..surfaces(
            "Building",
            "bldg:Building",
            FROM_2,
            FROM_2,
            "MultiCurve",
            Some("Building"),
        )
    },
];
