//! What was decided about a reference system, for the list of diagnostics.

use std::fmt;

/// Why coordinates have no place on earth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LocalReason {
    /// The file names no reference system.
    NoSrsName,
    /// The name cannot be used; holds the error's text.
    UnusableSrsName(String),
    /// The coordinates lie nowhere near where the system is used.
    OutsideAreaOfUse(String),
}

/// A decision or assumption made while resolving a reference system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GeoFinding {
    /// The coordinates only make sense in the order that the name does not promise.
    AxisOrder {
        /// The name as written.
        srs_name: String,
        /// True if the file has northing or latitude first.
        north_first: bool,
    },
    /// Eastings carry their zone number as leading digits (`32 458 877`).
    ZonePrefix {
        /// The name as written.
        srs_name: String,
        /// The code with zone prefix that was used instead.
        used: String,
    },
    /// Heights are taken as they are: no geoid model is applied, and a height above sea level is
    /// drawn as if it were above the ellipsoid.
    HeightsAsWritten {
        /// Name of the vertical reference system, where the file says one.
        vertical: Option<String>,
    },
    /// The coordinates have no place on earth and are drawn around 0°N 0°E.
    Local(LocalReason),
    /// Coordinates lie outside the area the system is made for, but near enough to be used.
    BesideAreaOfUse {
        /// Name of the system.
        name: String,
    },
}

impl GeoFinding {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::AxisOrder { .. } => "GEO-001",
            Self::ZonePrefix { .. } => "GEO-002",
            Self::HeightsAsWritten { .. } => "GEO-003",
            Self::Local(LocalReason::NoSrsName) => "GEO-004",
            Self::Local(LocalReason::UnusableSrsName(_)) => "GEO-005",
            Self::Local(LocalReason::OutsideAreaOfUse(_)) => "GEO-006",
            Self::BesideAreaOfUse { .. } => "GEO-007",
        }
    }

    /// True if the picture may be in the wrong place; false if it is only worth knowing.
    pub fn is_warning(&self) -> bool {
        matches!(self, Self::Local(_))
    }
}

impl fmt::Display for GeoFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const REMEDY: &str = "local coordinates: placed at 0°N 0°E; name the reference system with --crs EPSG:CODE, or `crs = \"EPSG:CODE\"` in the scene file";
        match self {
            Self::AxisOrder {
                srs_name,
                north_first: true,
            } => write!(
                f,
                "coordinates are read with northing (latitude) first, although '{srs_name}' promises east first"
            ),
            Self::AxisOrder { srs_name, .. } => write!(
                f,
                "coordinates are read with easting (longitude) first, although '{srs_name}' promises north first"
            ),
            Self::ZonePrefix { srs_name, used } => write!(
                f,
                "eastings carry their zone number, so {used} is used instead of '{srs_name}'"
            ),
            Self::HeightsAsWritten {
                vertical: Some(name),
            } => write!(
                f,
                "heights ({name}) are used as written, without a geoid model; set a height offset if the source must meet ellipsoidal data"
            ),
            Self::HeightsAsWritten { vertical: None } => f.write_str(
                "the file does not say what its heights refer to; they are used as written",
            ),
            Self::Local(LocalReason::NoSrsName) => {
                write!(f, "the file names no reference system; {REMEDY}")
            }
            Self::Local(LocalReason::UnusableSrsName(error)) => {
                write!(
                    f,
                    "{error}; until then local coordinates: placed at 0°N 0°E"
                )
            }
            Self::Local(LocalReason::OutsideAreaOfUse(name)) => {
                write!(f, "the coordinates do not fit {name}; {REMEDY}")
            }
            Self::BesideAreaOfUse { name } => {
                write!(f, "the coordinates lie beside the area {name} is made for")
            }
        }
    }
}
