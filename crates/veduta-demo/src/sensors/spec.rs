//! What a sensor is: its kind, name, place and temperament.

/// What is observed, by its Smart Data Model.
#[derive(Debug, Clone, PartialEq)]
pub enum SensorKind {
    /// `AirQualityObserved`
    AirQuality,
    /// `NoiseLevelObserved`
    Noise,
    /// `TrafficFlowObserved`
    TrafficFlow {
        /// Vehicles per hour at the busiest time.
        peak_per_hour: f64,
        /// Speed on an empty road, km/h.
        free_speed_kmh: f64,
    },
    /// `OffStreetParking`
    CarPark {
        /// Places in all.
        places: u32,
    },
    /// `ParkingSpot`
    ParkingSpot,
    /// `Streetlight`
    Streetlight,
    /// `IndoorEnvironmentObserved`
    Indoor {
        /// Whether it hangs in a classroom; otherwise in an office or hall.
        classroom: bool,
    },
    /// `PhotovoltaicMeasurement`
    SolarPower {
        /// Power under standard test conditions, kW.
        peak_kw: f64,
    },
    /// `PhotovoltaicDevice`: what the measurement refers to; does not change.
    SolarPanels {
        /// Power under standard test conditions, kW.
        peak_kw: f64,
    },
    /// `EVChargingStation`
    Charger {
        /// Sockets.
        sockets: u32,
    },
    /// `Building`: what others refer to; does not change.
    Building {
        /// Full storeys above ground.
        storeys: u32,
        /// `category` of the data model.
        category: &'static str,
    },
}

impl SensorKind {
    /// Entity type as the data model names it.
    pub fn entity_type(&self) -> &'static str {
        match self {
            Self::AirQuality => "AirQualityObserved",
            Self::Noise => "NoiseLevelObserved",
            Self::TrafficFlow { .. } => "TrafficFlowObserved",
            Self::CarPark { .. } => "OffStreetParking",
            Self::ParkingSpot => "ParkingSpot",
            Self::Streetlight => "Streetlight",
            Self::Indoor { .. } => "IndoorEnvironmentObserved",
            Self::SolarPower { .. } => "PhotovoltaicMeasurement",
            Self::SolarPanels { .. } => "PhotovoltaicDevice",
            Self::Charger { .. } => "EVChargingStation",
            Self::Building { .. } => "Building",
        }
    }

    /// Folder of the data model that defines the type.
    pub(crate) fn data_model(&self) -> &'static str {
        match self {
            Self::AirQuality | Self::Noise | Self::Indoor { .. } => "Environment",
            Self::TrafficFlow { .. } | Self::Charger { .. } => "Transportation",
            Self::CarPark { .. } | Self::ParkingSpot => "Parking",
            Self::Streetlight => "Streetlighting",
            Self::SolarPower { .. } | Self::SolarPanels { .. } => "GreenEnergy",
            Self::Building { .. } => "Building",
        }
    }

    /// Seconds between two reports; `None` for what does not change.
    pub fn interval_secs(&self) -> Option<i64> {
        Some(match self {
            Self::Noise => 10,
            Self::TrafficFlow { .. } | Self::SolarPower { .. } | Self::ParkingSpot => 20,
            Self::Indoor { .. } | Self::CarPark { .. } => 30,
            Self::AirQuality | Self::Charger { .. } => 60,
            Self::Streetlight => 120,
            Self::Building { .. } | Self::SolarPanels { .. } => return None,
        })
    }
}

/// A simulated sensor, or an entity that sensors refer to.
#[derive(Debug, Clone, PartialEq)]
pub struct SensorSpec {
    /// `urn:ngsi-ld:…`
    pub id: String,
    /// What it observes.
    pub kind: SensorKind,
    /// Name as a person would say it.
    pub name: String,
    /// Longitude and latitude, degrees (WGS 84).
    pub longitude_latitude_deg: [f64; 2],
    /// Metres above DHHN92, where it does not stand on the ground.
    pub height_m: Option<f64>,
    /// Street, or street and house number.
    pub street_address: String,
    /// `gml:id` of the building it belongs to.
    pub building_id: Option<String>,
    /// Seconds from the start of the simulation to its last report; negative: silent before. `None`:
    /// reports for ever.
    pub silent_after_secs: Option<i64>,
    /// How much goes on at the place, 0 (quiet) to 1 (busiest).
    pub(crate) bustle: f64,
    /// Decides its own fluctuations.
    pub(crate) seed: u64,
    /// Decides the weather, which all sensors share.
    pub(crate) weather_seed: u64,
}

impl SensorSpec {
    /// Whether it still reports at so many seconds after the start of the simulation.
    pub fn reports_at(&self, secs_since_start: i64) -> bool {
        self.silent_after_secs
            .is_none_or(|last| secs_since_start <= last)
    }
}

/// The id under which a building stands in the broker.
pub fn building_urn(gml_id: &str) -> String {
    format!("urn:ngsi-ld:Building:{gml_id}")
}
