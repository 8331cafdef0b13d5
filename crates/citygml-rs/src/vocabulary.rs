//! The names of the standards and what they mean to a reader: one table for CityGML and CityJSON, all versions.

use std::sync::LazyLock;

use crate::SurfaceKind;
use crate::fast_hash::HashSet;

/// City objects of CityGML 0.4–3.0, top-level or nested. Types that are not here (application domain extensions) are
/// still read where they have a `gml:id`.
const CITY_OBJECTS: &[&str] = &[
    // Building and Construction
    "Building",
    "BuildingPart",
    "BuildingInstallation",
    "IntBuildingInstallation",
    "BuildingFurniture",
    "BuildingConstructiveElement",
    "BuildingUnit",
    "BuildingRoom",
    "Room",
    "Storey",
    "Window",
    "Door",
    "OtherConstruction",
    // Bridge
    "Bridge",
    "BridgePart",
    "BridgeInstallation",
    "IntBridgeInstallation",
    "BridgeConstructionElement",
    "BridgeConstructiveElement",
    "BridgeFurniture",
    "BridgeRoom",
    // Tunnel
    "Tunnel",
    "TunnelPart",
    "TunnelInstallation",
    "IntTunnelInstallation",
    "TunnelConstructiveElement",
    "TunnelFurniture",
    "HollowSpace",
    // Transportation
    "TransportationComplex",
    "TransportationObject",
    "Road",
    "Railway",
    "Track",
    "Square",
    "Waterway",
    "Section",
    "Intersection",
    "TrafficArea",
    "AuxiliaryTrafficArea",
    "TrafficSpace",
    "AuxiliaryTrafficSpace",
    "ClearanceSpace",
    "Marking",
    "Hole",
    // Vegetation, water, relief, land use, furniture, generics, groups
    "SolitaryVegetationObject",
    "PlantCover",
    "WaterBody",
    "ReliefFeature",
    "TINRelief",
    "MassPointRelief",
    "BreaklineRelief",
    "RasterRelief",
    "LandUse",
    "CityFurniture",
    "GenericCityObject",
    "GenericOccupiedSpace",
    "GenericUnoccupiedSpace",
    "GenericLogicalSpace",
    "CityObjectGroup",
    // Dynamizer and Versioning
    "Dynamizer",
    "Version",
    "VersionTransition",
];

/// Whether the standard knows a city object of this type.
pub(crate) fn is_city_object(object_type: &str) -> bool {
    static KNOWN: LazyLock<HashSet<&str>> =
        LazyLock::new(|| CITY_OBJECTS.iter().copied().collect());
    KNOWN.contains(object_type)
}

/// Kind of a thematic boundary surface, by its element name (CityGML) or semantic type (CityJSON). `None` if it is none.
pub(crate) fn boundary_surface_kind(name: &str) -> Option<SurfaceKind> {
    Some(match name {
        "WallSurface" => SurfaceKind::Wall,
        "RoofSurface" => SurfaceKind::Roof,
        "GroundSurface" => SurfaceKind::Ground,
        "ClosureSurface" => SurfaceKind::Closure,
        "OuterCeilingSurface" => SurfaceKind::OuterCeiling,
        "OuterFloorSurface" => SurfaceKind::OuterFloor,
        "FloorSurface" => SurfaceKind::Floor,
        "CeilingSurface" => SurfaceKind::Ceiling,
        "InteriorWallSurface" => SurfaceKind::InteriorWall,
        "WindowSurface" => SurfaceKind::Window,
        "DoorSurface" => SurfaceKind::Door,
        "WaterSurface" | "WaterGroundSurface" | "WaterClosureSurface" => SurfaceKind::Water,
        "GenericThematicSurface" => SurfaceKind::Unclassified,
        _ => return None,
    })
}

/// Kind of a boundary surface that an application domain extension derives from a standard one and names after it:
/// `SolarRoofSurface` is a roof.
pub(crate) fn derived_boundary_surface_kind(name: &str) -> Option<SurfaceKind> {
    let mut tails = name
        .char_indices()
        .skip(1)
        .filter(|(_, character)| character.is_ascii_uppercase());
    tails.find_map(|(start, _)| boundary_surface_kind(&name[start..]))
}

/// Kind of the surfaces that belong to an object of this type directly, not to one of its boundary surfaces.
pub(crate) fn own_surface_kind(object_type: &str) -> SurfaceKind {
    match object_type {
        "Window" => SurfaceKind::Window,
        "Door" => SurfaceKind::Door,
        "TINRelief" => SurfaceKind::Terrain,
        "TransportationComplex"
        | "TransportationObject"
        | "Road"
        | "Railway"
        | "Track"
        | "Square"
        | "Waterway"
        | "Section"
        | "Intersection"
        | "TrafficArea"
        | "AuxiliaryTrafficArea"
        | "TrafficSpace"
        | "AuxiliaryTrafficSpace"
        | "Marking" => SurfaceKind::Traffic,
        "WaterBody" => SurfaceKind::Water,
        "SolitaryVegetationObject" | "PlantCover" => SurfaceKind::Vegetation,
        _ => SurfaceKind::Unclassified,
    }
}

/// Type a standard attribute has by its schema, where it is neither text nor a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ValueType {
    Integer,
    Number,
    Boolean,
    Text,
}

/// Schema type of a simple attribute, by its local name.
pub(crate) fn value_type(attribute: &str) -> ValueType {
    match attribute {
        "storeysAboveGround" | "storeysBelowGround" | "yearOfConstruction" | "yearOfDemolition"
        | "lod" => ValueType::Integer,
        "measuredHeight" | "averageHeight" | "height" | "trunkDiameter" | "crownDiameter"
        | "area" | "volume" => ValueType::Number,
        "isMovable" | "isStructuralElement" => ValueType::Boolean,
        _ => ValueType::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_surfaces_are_what_their_name_ends_in() {
        assert_eq!(
            derived_boundary_surface_kind("SolarRoofSurface"),
            Some(SurfaceKind::Roof)
        );
        assert_eq!(
            derived_boundary_surface_kind("MyOuterFloorSurface"),
            Some(SurfaceKind::OuterFloor)
        );
        assert_eq!(derived_boundary_surface_kind("ThermalBoundary"), None);
    }
}
