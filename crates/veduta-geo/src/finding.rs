//! What was decided about a reference system, for the list of diagnostics.

use std::fmt;

use crate::Geodetic;

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
#[derive(Debug, Clone, PartialEq)]
pub enum GeoFinding {
    /// The coordinates only make sense in the order that the name does not promise.
    AxisOrder {
        /// The name as written.
        srs_name: String,
        /// True if the file has northing or latitude first.
        north_first: bool,
    },
    /// The coordinates do not fit the name as it stands, but a known habit of writing them does: eastings
    /// with or without their zone number, a neighbouring zone, Krovak coordinates with the other sign.
    Habit {
        /// The name as written.
        srs_name: String,
        /// How they are read instead.
        read_as: String,
    },
    /// Heights are taken as they are: no geoid model is applied, and a height above sea level is
    /// drawn as if it were above the ellipsoid.
    HeightsAsWritten {
        /// Name of the vertical reference system, where the file says one.
        vertical: Option<String>,
    },
    /// The coordinates have no place on earth.
    Local {
        /// Why.
        reason: LocalReason,
        /// Where they are drawn instead.
        origin: Geodetic,
    },
    /// Coordinates lie outside the area the system is made for, but near enough to be used.
    BesideAreaOfUse {
        /// Name of the system.
        name: String,
    },
    /// A file, or a part of one, without a usable name: its neighbours name a system that its coordinates fit.
    FromNeighbours {
        /// The system, as a short text.
        label: String,
    },
    /// A system asked for does not fit the coordinates, and the one that the file names does.
    OverrideUnfit {
        /// The system asked for.
        asked: String,
        /// The name as written in the file.
        srs_name: String,
    },
    /// A system defined in the file itself, hung on a point with a place on earth.
    Anchored {
        /// The name as written.
        srs_name: String,
        /// System of the anchor point, as a short text.
        anchor: String,
    },
}

impl GeoFinding {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::AxisOrder { .. } => "GEO-001",
            Self::Habit { .. } => "GEO-002",
            Self::HeightsAsWritten { .. } => "GEO-003",
            Self::Local { reason, .. } => match reason {
                LocalReason::NoSrsName => "GEO-004",
                LocalReason::UnusableSrsName(_) => "GEO-005",
                LocalReason::OutsideAreaOfUse(_) => "GEO-006",
            },
            Self::BesideAreaOfUse { .. } => "GEO-007",
            Self::FromNeighbours { .. } => "GEO-008",
            Self::OverrideUnfit { .. } => "GEO-009",
            Self::Anchored { .. } => "GEO-010",
        }
    }

    /// True if the picture may be in the wrong place; false if it is only worth knowing.
    pub fn is_warning(&self) -> bool {
        matches!(
            self,
            Self::Local { .. } | Self::FromNeighbours { .. } | Self::OverrideUnfit { .. }
        )
    }
}

impl fmt::Display for GeoFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const REMEDY: &str = "name the reference system with --crs EPSG:CODE, or `crs = \"EPSG:CODE\"` in the scene file";
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
            Self::Habit { srs_name, read_as } => write!(
                f,
                "the coordinates do not fit '{srs_name}' as it stands and are read as {read_as}"
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
            Self::Local { reason, origin } => {
                let placed = format!("local coordinates, placed at {}", Place(*origin));
                match reason {
                    LocalReason::NoSrsName => {
                        write!(f, "the file names no reference system: {placed}; {REMEDY}")
                    }
                    LocalReason::UnusableSrsName(error) => {
                        write!(f, "{error}; until then {placed}")
                    }
                    LocalReason::OutsideAreaOfUse(name) => {
                        write!(f, "the coordinates do not fit {name}: {placed}; {REMEDY}")
                    }
                }
            }
            Self::BesideAreaOfUse { name } => {
                write!(f, "the coordinates lie beside the area {name} is made for")
            }
            Self::FromNeighbours { label } => write!(
                f,
                "the file names no usable reference system for some or all of its objects; {label} is used, which their neighbours name and their coordinates fit; if that is wrong, {REMEDY}"
            ),
            Self::OverrideUnfit { asked, srs_name } => write!(
                f,
                "the coordinates do not fit {asked}, which was asked for; '{srs_name}' of the file is used, which they fit"
            ),
            Self::Anchored { srs_name, anchor } => write!(
                f,
                "'{srs_name}' is a local system that the file hangs on a point in {anchor}; it is placed there, its axes parallel to those of {anchor}"
            ),
        }
    }
}

/// A place as people write it.
struct Place(Geodetic);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let degrees = |value: f64| {
            let text = format!("{:.5}", value.abs());
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        };
        let Geodetic {
            longitude_deg,
            latitude_deg,
            ..
        } = self.0;
        write!(
            f,
            "{}°{} {}°{}",
            degrees(latitude_deg),
            if latitude_deg < 0.0 { 'S' } else { 'N' },
            degrees(longitude_deg),
            if longitude_deg < 0.0 { 'W' } else { 'E' }
        )
    }
}
