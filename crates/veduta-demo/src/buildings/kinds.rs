//! What buildings are for and how they are roofed, with the codes of the German cadastre.

/// Use of a building; the codes are those of the AdV code list `BuildingFunction`
/// (Gebäudefunktion of AFIS-ALKIS-ATKIS) that German CityGML data carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(
    missing_docs,
    reason = "the names say it; labels and codes stand below"
)]
pub enum BuildingUse {
    Residential,
    ResidentialAndTrade,
    Office,
    Trade,
    Hotel,
    Restaurant,
    Production,
    Outbuilding,
    TownHall,
    School,
    Kindergarten,
    SportsHall,
    Church,
    Museum,
    HistoricTower,
}

impl BuildingUse {
    /// Code for `bldg:function`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Residential => "31001_1010",
            Self::ResidentialAndTrade => "31001_1120",
            Self::Office => "31001_2020",
            Self::Trade => "31001_2050",
            Self::Hotel => "31001_2071",
            Self::Restaurant => "31001_2081",
            Self::Production => "31001_2110",
            Self::Outbuilding => "31001_2723",
            Self::TownHall => "31001_3012",
            Self::School => "31001_3021",
            Self::Kindergarten => "31001_3065",
            Self::SportsHall => "31001_3211",
            Self::Church => "31001_3041",
            Self::Museum => "31001_3034",
            Self::HistoricTower => "31001_3038",
        }
    }

    /// English label, as a person would say it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Residential => "residential building",
            Self::ResidentialAndTrade => "residential building with shops",
            Self::Office => "office building",
            Self::Trade => "commercial building",
            Self::Hotel => "hotel",
            Self::Restaurant => "restaurant",
            Self::Production => "production building",
            Self::Outbuilding => "outbuilding",
            Self::TownHall => "town hall",
            Self::School => "school",
            Self::Kindergarten => "kindergarten",
            Self::SportsHall => "sports hall",
            Self::Church => "church",
            Self::Museum => "museum",
            Self::HistoricTower => "historic tower",
        }
    }

    /// Share of the floor area that is lived in.
    pub(crate) fn residential_share(self) -> f64 {
        match self {
            Self::Residential => 1.0,
            Self::ResidentialAndTrade => 0.75,
            _ => 0.0,
        }
    }
}

/// Roof shape; the codes are those of the AdV code list `RoofType` (Dachform).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it; codes stand below")]
pub enum RoofType {
    Flat,
    Shed,
    Gabled,
    Hipped,
    HalfHipped,
    Mansard,
    Pyramidal,
    Conical,
    Sawtooth,
    Spire,
    Mixed,
}

impl RoofType {
    /// Code for `bldg:roofType`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Flat => "1000",
            Self::Shed => "2100",
            Self::Gabled => "3100",
            Self::Hipped => "3200",
            Self::HalfHipped => "3300",
            Self::Mansard => "3400",
            Self::Pyramidal => "3500",
            Self::Conical => "3600",
            Self::Sawtooth => "3800",
            Self::Spire => "4000",
            Self::Mixed => "5000",
        }
    }
}
