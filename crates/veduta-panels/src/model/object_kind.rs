//! What a city object is, as far as icon and everyday name go.

use egui_phosphor::regular as icon;
use serde::{Deserialize, Serialize};

/// A city object by its CityGML type, coarse enough to choose an icon and a name in the user's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum ObjectKind {
    /// `bldg:Building`.
    Building,
    /// `bldg:BuildingPart`, parts of bridges and tunnels.
    BuildingPart,
    /// `bldg:BuildingInstallation` and its kin inside and outside, constructive elements.
    Installation,
    /// `bldg:Window`.
    Window,
    /// `bldg:Door`.
    Door,
    /// What lies inside, whatever it is.
    Interior,
    /// `bldg:Storey`, `BuildingStorey`.
    Storey,
    /// `bldg:BuildingUnit`: a flat, a shop.
    Unit,
    /// `bldg:Room`, `bldg:BuildingRoom`, hollow spaces of bridges and tunnels.
    Room,
    /// `bldg:BuildingFurniture` and furniture of bridges and tunnels.
    Furnishing,
    /// `dem:ReliefFeature` and its components.
    Relief,
    /// Ground that no source brought: it was laid under the city by its feet.
    AssumedGround,
    /// Plants of any kind.
    Vegetation,
    /// `veg:SolitaryVegetationObject`.
    Tree,
    /// `veg:PlantCover`.
    PlantCover,
    /// Ways of any kind.
    Traffic,
    /// `tran:Road`.
    Road,
    /// `tran:Track`.
    Track,
    /// `tran:Square`.
    Square,
    /// `tran:Section`, `tran:Intersection`: pieces of roads.
    Section,
    /// `tran:TrafficArea`, `tran:TrafficSpace` and their auxiliary kin.
    TrafficArea,
    /// `tran:Railway`.
    Railway,
    /// `tran:Waterway`.
    Waterway,
    /// `wtr:WaterBody`.
    Water,
    /// `luse:LandUse`.
    LandUse,
    /// `frn:CityFurniture`.
    Furniture,
    /// `brid:Bridge`.
    Bridge,
    /// `tun:Tunnel`.
    Tunnel,
    /// `con:OtherConstruction`: walls, dams, masts.
    Construction,
    /// `grp:CityObjectGroup`.
    Group,
    /// `gen:GenericCityObject`.
    Generic,
    /// A whole 3D Tiles tileset.
    Tileset,
    /// A design that a scenario adds.
    Design,
    /// Anything else.
    #[default]
    Other,
}

impl ObjectKind {
    /// The kind for a CityGML 1.0/2.0/3.0 or CityJSON type name, with or without a namespace prefix.
    pub fn from_type_name(type_name: &str) -> Self {
        let local_name = type_name
            .rsplit(':')
            .next()
            .unwrap_or(type_name)
            .trim_start_matches('+');
        match local_name {
            "Building" => Self::Building,
            "BuildingPart" | "BridgePart" | "TunnelPart" => Self::BuildingPart,
            "BuildingInstallation"
            | "IntBuildingInstallation"
            | "BuildingConstructiveElement"
            | "BridgeInstallation"
            | "IntBridgeInstallation"
            | "BridgeConstructionElement"
            | "BridgeConstructiveElement"
            | "TunnelInstallation"
            | "IntTunnelInstallation"
            | "TunnelConstructiveElement" => Self::Installation,
            "Window" | "WindowSurface" => Self::Window,
            "Door" | "DoorSurface" => Self::Door,
            "Storey" | "BuildingStorey" => Self::Storey,
            "BuildingUnit" => Self::Unit,
            "Room" | "BuildingRoom" | "BridgeRoom" | "HollowSpace" | "TunnelHollowSpace" => {
                Self::Room
            }
            "BuildingFurniture" | "BridgeFurniture" | "TunnelFurniture" => Self::Furnishing,
            "ReliefFeature" | "TINRelief" | "RasterRelief" | "MassPointRelief"
            | "BreaklineRelief" => Self::Relief,
            "AssumedGround" => Self::AssumedGround,
            "SolitaryVegetationObject" => Self::Tree,
            "PlantCover" => Self::PlantCover,
            "TransportationComplex" => Self::Traffic,
            "Road" => Self::Road,
            "Track" => Self::Track,
            "Square" | "TransportSquare" => Self::Square,
            "Section" | "Intersection" => Self::Section,
            "TrafficArea"
            | "AuxiliaryTrafficArea"
            | "TrafficSpace"
            | "AuxiliaryTrafficSpace"
            | "ClearanceSpace" => Self::TrafficArea,
            "Railway" => Self::Railway,
            "Waterway" => Self::Waterway,
            "WaterBody" => Self::Water,
            "LandUse" => Self::LandUse,
            "CityFurniture" => Self::Furniture,
            "Bridge" => Self::Bridge,
            "Tunnel" => Self::Tunnel,
            "OtherConstruction" => Self::Construction,
            "CityObjectGroup" => Self::Group,
            "GenericCityObject" | "GenericOccupiedSpace" => Self::Generic,
            _ => Self::Other,
        }
    }

    /// A glyph of the icon font.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Building => icon::BUILDINGS,
            Self::BuildingPart => icon::BUILDING,
            Self::Installation => icon::STAIRS,
            Self::Window => icon::FRAME_CORNERS,
            Self::Door => icon::DOOR,
            Self::Interior => icon::DOOR_OPEN,
            Self::Storey => icon::STACK_SIMPLE,
            Self::Unit => icon::HOUSE_SIMPLE,
            Self::Room => icon::SELECTION_ALL,
            Self::Furnishing => icon::ARMCHAIR,
            Self::Relief => icon::MOUNTAINS,
            Self::AssumedGround => icon::MOUNTAINS,
            Self::Vegetation => icon::TREE,
            Self::Tree => icon::TREE_EVERGREEN,
            Self::PlantCover => icon::PLANT,
            Self::Traffic => icon::TRAFFIC_SIGN,
            Self::Road => icon::ROAD_HORIZON,
            Self::Track => icon::PATH,
            Self::Square => icon::SQUARE,
            Self::Section => icon::INTERSECT,
            Self::TrafficArea => icon::ROAD_HORIZON,
            Self::Railway => icon::TRAIN_SIMPLE,
            Self::Waterway => icon::BOAT,
            Self::Water => icon::WAVES,
            Self::LandUse => icon::POLYGON,
            Self::Furniture => icon::LAMP,
            Self::Bridge => icon::BRIDGE,
            Self::Tunnel => icon::TRAIN_REGIONAL,
            Self::Construction => icon::WALL,
            Self::Group => icon::FOLDER_SIMPLE,
            Self::Generic => icon::CUBE,
            Self::Tileset => icon::STACK,
            Self::Design => icon::COMPASS_TOOL,
            Self::Other => icon::CUBE,
        }
    }

    /// The message key of the kind's name.
    pub fn message_key(self) -> &'static str {
        match self {
            Self::Building => "kind-building",
            Self::BuildingPart => "kind-building-part",
            Self::Installation => "kind-installation",
            Self::Window => "kind-window",
            Self::Door => "kind-door",
            Self::Interior => "kind-interior",
            Self::Storey => "kind-storey",
            Self::Unit => "kind-unit",
            Self::Room => "kind-room",
            Self::Furnishing => "kind-furnishing",
            Self::Relief => "kind-relief",
            Self::AssumedGround => "kind-assumed-ground",
            Self::Vegetation => "kind-vegetation",
            Self::Tree => "kind-tree",
            Self::PlantCover => "kind-plant-cover",
            Self::Traffic => "kind-traffic",
            Self::Road => "kind-road",
            Self::Track => "kind-track",
            Self::Square => "kind-square",
            Self::Section => "kind-section",
            Self::TrafficArea => "kind-traffic-area",
            Self::Railway => "kind-railway",
            Self::Waterway => "kind-waterway",
            Self::Water => "kind-water",
            Self::LandUse => "kind-land-use",
            Self::Furniture => "kind-furniture",
            Self::Bridge => "kind-bridge",
            Self::Tunnel => "kind-tunnel",
            Self::Construction => "kind-construction",
            Self::Group => "kind-group",
            Self::Generic => "kind-generic",
            Self::Tileset => "kind-tileset",
            Self::Design => "kind-design",
            Self::Other => "kind-other",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_names_are_read_with_and_without_prefix() {
        assert_eq!(
            ObjectKind::from_type_name("bldg:BuildingPart"),
            ObjectKind::BuildingPart
        );
        assert_eq!(ObjectKind::from_type_name("TINRelief"), ObjectKind::Relief);
        assert_eq!(ObjectKind::from_type_name("+Pylon"), ObjectKind::Other);
    }
}
