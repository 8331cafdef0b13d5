//! What a thing is, as far as icon and everyday name go.

use egui_phosphor::regular as icon;
use serde::{Deserialize, Serialize};

/// A city object by its CityGML type, coarse enough to choose an icon and a name in the user's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum ObjectKind {
    /// `bldg:Building`.
    Building,
    /// `bldg:BuildingPart`.
    BuildingPart,
    /// `bldg:BuildingInstallation` and its kin inside and outside.
    Installation,
    /// `bldg:Room`, `con:BuildingRoom` and storeys.
    Room,
    /// `dem:ReliefFeature` and its components.
    Relief,
    /// `veg:PlantCover` and `veg:SolitaryVegetationObject`.
    Vegetation,
    /// `tran:Road`, `tran:Track`, `tran:Square` and their areas.
    Road,
    /// `tran:Railway`.
    Railway,
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
    /// `grp:CityObjectGroup`.
    Group,
    /// A whole 3D Tiles tileset.
    Tileset,
    /// A design that a scenario adds.
    Design,
    /// Anything else, `gen:GenericCityObject` among it.
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
            | "BuildingFurniture"
            | "BuildingConstructiveElement" => Self::Installation,
            "Room" | "BuildingRoom" | "BuildingStorey" | "BuildingUnit" | "Storey" => Self::Room,
            "ReliefFeature" | "TINRelief" | "RasterRelief" | "MassPointRelief"
            | "BreaklineRelief" => Self::Relief,
            "PlantCover" | "SolitaryVegetationObject" => Self::Vegetation,
            "Road"
            | "Track"
            | "Square"
            | "TransportationComplex"
            | "TrafficArea"
            | "AuxiliaryTrafficArea" => Self::Road,
            "Railway" => Self::Railway,
            "WaterBody" => Self::Water,
            "LandUse" => Self::LandUse,
            "CityFurniture" => Self::Furniture,
            "Bridge" => Self::Bridge,
            "Tunnel" => Self::Tunnel,
            "CityObjectGroup" => Self::Group,
            _ => Self::Other,
        }
    }

    /// A glyph of the icon font.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Building => icon::BUILDINGS,
            Self::BuildingPart => icon::BUILDING,
            Self::Installation => icon::STAIRS,
            Self::Room => icon::DOOR,
            Self::Relief => icon::MOUNTAINS,
            Self::Vegetation => icon::TREE,
            Self::Road => icon::ROAD_HORIZON,
            Self::Railway => icon::TRAIN_SIMPLE,
            Self::Water => icon::WAVES,
            Self::LandUse => icon::POLYGON,
            Self::Furniture => icon::LAMP,
            Self::Bridge => icon::BRIDGE,
            Self::Tunnel => icon::TRAIN_REGIONAL,
            Self::Group => icon::FOLDER_SIMPLE,
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
            Self::Room => "kind-room",
            Self::Relief => "kind-relief",
            Self::Vegetation => "kind-vegetation",
            Self::Road => "kind-road",
            Self::Railway => "kind-railway",
            Self::Water => "kind-water",
            Self::LandUse => "kind-land-use",
            Self::Furniture => "kind-furniture",
            Self::Bridge => "kind-bridge",
            Self::Tunnel => "kind-tunnel",
            Self::Group => "kind-group",
            Self::Tileset => "kind-tileset",
            Self::Design => "kind-design",
            Self::Other => "kind-other",
        }
    }
}

/// A live entity by its Smart Data Models type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum EntityKind {
    /// `AirQualityObserved`.
    AirQuality,
    /// `NoiseLevelObserved`.
    Noise,
    /// `TrafficFlowObserved`.
    Traffic,
    /// `ParkingSpot`, `OnStreetParking`, `OffStreetParking`.
    Parking,
    /// `Streetlight`.
    StreetLight,
    /// `IndoorEnvironmentObserved`.
    Indoor,
    /// `PhotovoltaicMeasurement`, `SolarEnergy` and the like.
    Solar,
    /// `EVChargingStation`.
    Charging,
    /// `WeatherObserved`.
    Weather,
    /// `WaterQualityObserved`, `WaterObserved`, `FloodMonitoring`.
    Water,
    /// Any other type.
    #[default]
    Other,
}

impl EntityKind {
    /// The kind for an NGSI-LD entity type, short or as an expanded URI.
    pub fn from_type_name(type_name: &str) -> Self {
        let short_name = type_name
            .rsplit(['/', '#', ':'])
            .next()
            .unwrap_or(type_name);
        match short_name {
            "AirQualityObserved" | "AirQualityMonitoring" => Self::AirQuality,
            "NoiseLevelObserved" => Self::Noise,
            "TrafficFlowObserved" | "ItemFlowObserved" | "CrowdFlowObserved" => Self::Traffic,
            "ParkingSpot" | "OnStreetParking" | "OffStreetParking" | "ParkingGroup" => {
                Self::Parking
            }
            "Streetlight" | "StreetlightGroup" => Self::StreetLight,
            "IndoorEnvironmentObserved" => Self::Indoor,
            "PhotovoltaicMeasurement" | "PhotovoltaicDevice" | "SolarEnergy" | "SolarPanel" => {
                Self::Solar
            }
            "EVChargingStation" => Self::Charging,
            "WeatherObserved" | "WeatherForecast" => Self::Weather,
            "WaterQualityObserved" | "WaterObserved" | "FloodMonitoring" => Self::Water,
            _ => Self::Other,
        }
    }

    /// A glyph of the icon font.
    pub fn icon(self) -> &'static str {
        match self {
            Self::AirQuality => icon::WIND,
            Self::Noise => icon::SPEAKER_HIGH,
            Self::Traffic => icon::CAR_PROFILE,
            Self::Parking => icon::LETTER_CIRCLE_P,
            Self::StreetLight => icon::LIGHTBULB,
            Self::Indoor => icon::THERMOMETER_SIMPLE,
            Self::Solar => icon::SOLAR_PANEL,
            Self::Charging => icon::CHARGING_STATION,
            Self::Weather => icon::CLOUD_SUN,
            Self::Water => icon::DROP,
            Self::Other => icon::BROADCAST,
        }
    }

    /// The message key of the kind's name.
    pub fn message_key(self) -> &'static str {
        match self {
            Self::AirQuality => "entity-air-quality",
            Self::Noise => "entity-noise",
            Self::Traffic => "entity-traffic",
            Self::Parking => "entity-parking",
            Self::StreetLight => "entity-street-light",
            Self::Indoor => "entity-indoor",
            Self::Solar => "entity-solar",
            Self::Charging => "entity-charging",
            Self::Weather => "entity-weather",
            Self::Water => "entity-water",
            Self::Other => "entity-other",
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
        let expanded = "https://smartdatamodels.org/dataModel.Environment/AirQualityObserved";
        assert_eq!(EntityKind::from_type_name(expanded), EntityKind::AirQuality);
        assert_eq!(
            EntityKind::from_type_name("Streetlight"),
            EntityKind::StreetLight
        );
    }
}
