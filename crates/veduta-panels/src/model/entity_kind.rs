//! What a live entity is, as far as icon and everyday name go.

use egui_phosphor::regular as icon;
use serde::{Deserialize, Serialize};

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
    fn type_names_are_read_short_and_expanded() {
        let expanded = "https://smartdatamodels.org/dataModel.Environment/AirQualityObserved";
        assert_eq!(EntityKind::from_type_name(expanded), EntityKind::AirQuality);
        assert_eq!(
            EntityKind::from_type_name("Streetlight"),
            EntityKind::StreetLight
        );
    }
}
