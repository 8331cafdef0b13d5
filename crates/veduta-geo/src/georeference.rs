//! The decision where and in which axis order a source's coordinates are.

use glam::DVec3;

use crate::definition::{CrsDefinition, CrsKind, Vertical};
use crate::transformer::to_wgs84;
use crate::{GeoError, GeoFinding, LocalReason, Notation, SrsName, Transformer};

/// Coordinates this close to the origin of a projected system are a drawing, not a survey, unless
/// the origin itself lies where the system is used.
const DRAWING_EXTENT_M: f64 = 1_000.0;
/// Degrees that projected coordinates may lie beside the area of use; whole states use the
/// neighbouring zone.
const PROJECTED_MARGIN_DEG: f64 = 3.5;
/// The same for geographic systems.
const GEOGRAPHIC_MARGIN_DEG: f64 = 1.0;
/// Systems whose eastings carry the zone number, by their siblings without.
const ZONE_PREFIXED: &[(&str, &str)] = &[
    ("EPSG:25831", "EPSG:5649"),
    ("EPSG:25832", "EPSG:4647"),
    ("EPSG:25833", "EPSG:5650"),
];

/// Everything needed to place one source's coordinates; cheap to clone and to send to threads.
#[derive(Debug, Clone, PartialEq)]
pub struct Georeference {
    label: String,
    placement: Placement,
    height_unit_m: f64,
    height_offset_m: f64,
}

/// How coordinates reach the earth.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Placement {
    Crs {
        definition: String,
        north_first: bool,
        /// Area of use with its margin, west, south, east, north in degrees.
        area_deg: Option<[f64; 4]>,
    },
    Geocentric,
    Local {
        origin_crs: [f64; 2],
    },
}

/// A [`Georeference`] and what had to be decided for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolution {
    /// How to place the coordinates.
    pub georeference: Georeference,
    /// Decisions and assumptions, for the list of diagnostics.
    pub findings: Vec<GeoFinding>,
}

/// How well coordinates fit a system's area of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    None,
    Beside,
    Inside,
}

impl Georeference {
    /// Decides how coordinates named `name` are to be read.
    ///
    /// `sample_crs` holds some coordinates as written, spread over the source; their median decides
    /// where a name is ambiguous. The expected order comes first: that of the authority for URNs and
    /// URLs, east first otherwise. The other order is taken only if the expected one puts the
    /// coordinates outside the system's area of use and the other does not: many files name
    /// `urn:ogc:def:crs:EPSG::31467` and write easting first. Coordinates that fit neither way are
    /// placed locally.
    ///
    /// # Errors
    /// [`GeoError::Unusable`] if PROJ does not know the system.
    pub fn resolve(name: &SrsName, sample_crs: &[[f64; 3]]) -> Result<Resolution, GeoError> {
        let mut definition = CrsDefinition::load(name.horizontal())?;
        if let Some(epsg) = name.vertical_epsg() {
            definition = definition.with_vertical(epsg);
        }
        let mut findings = Vec::new();
        let placement = if definition.kind == CrsKind::Geocentric {
            Placement::Geocentric
        } else {
            match place(name, &definition, median(sample_crs), &mut findings)? {
                Some(placement) => placement,
                None => {
                    let described = format!("{name} ({})", definition.name);
                    return Ok(Self::local(
                        sample_crs,
                        LocalReason::OutsideAreaOfUse(described),
                    ));
                }
            }
        };
        match &definition.vertical {
            Vertical::Ellipsoidal => {}
            Vertical::Named(vertical) => findings.push(GeoFinding::HeightsAsWritten {
                vertical: Some(vertical.clone()),
            }),
            Vertical::Unstated => findings.push(GeoFinding::HeightsAsWritten { vertical: None }),
        }
        Ok(Resolution {
            georeference: Self {
                label: name.to_string(),
                placement,
                height_unit_m: definition.height_unit_m,
                height_offset_m: 0.0,
            },
            findings,
        })
    }

    /// Places coordinates without a usable reference system around 0°N 0°E, metre for metre.
    ///
    /// Small coordinates keep their values; large ones are shifted by whole kilometres.
    pub fn local(sample_crs: &[[f64; 3]], reason: LocalReason) -> Resolution {
        let shift = |value: f64| {
            if value.abs() < 100_000.0 {
                0.0
            } else {
                (value / 1_000.0).round() * 1_000.0
            }
        };
        let [x, y, _] = median(sample_crs).unwrap_or_default();
        Resolution {
            georeference: Self {
                label: "local".to_owned(),
                placement: Placement::Local {
                    origin_crs: [shift(x), shift(y)],
                },
                height_unit_m: 1.0,
                height_offset_m: 0.0,
            },
            findings: vec![GeoFinding::Local(reason)],
        }
    }

    /// The same placement with `offset_m` metres added to all heights.
    #[must_use]
    pub fn with_height_offset(mut self, offset_m: f64) -> Self {
        self.height_offset_m = offset_m;
        self
    }

    /// A converter for the calling thread.
    ///
    /// # Errors
    /// [`GeoError::Unusable`] if PROJ cannot convert the system to WGS 84.
    pub fn transformer(&self) -> Result<Transformer, GeoError> {
        Transformer::new(self.clone())
    }

    /// The system as a short text, `EPSG:25832+5783` or `local`.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// True if the coordinates have no place on earth.
    pub fn is_local(&self) -> bool {
        matches!(self.placement, Placement::Local { .. })
    }

    /// True if the first coordinate is read as northing or latitude.
    pub fn is_north_first(&self) -> bool {
        matches!(
            self.placement,
            Placement::Crs {
                north_first: true,
                ..
            }
        )
    }

    pub(crate) fn placement(&self) -> &Placement {
        &self.placement
    }

    /// Metres of a height as written in the file.
    pub(crate) fn height_m(&self, height_crs: f64) -> f64 {
        height_crs * self.height_unit_m + self.height_offset_m
    }

    pub(crate) fn height_offset_m(&self) -> f64 {
        self.height_offset_m
    }

    /// Metres east, north and up of the arbitrary origin of a local placement.
    pub(crate) fn local_from_crs(&self, [x, y, z]: [f64; 3]) -> DVec3 {
        match self.placement {
            Placement::Local {
                origin_crs: [origin_x, origin_y],
            } => DVec3::new(x - origin_x, y - origin_y, self.height_m(z)),
            _ => DVec3::new(x, y, self.height_m(z)),
        }
    }
}

/// Tries the readings in order of expectation; `None` if the coordinates fit none of them.
fn place(
    name: &SrsName,
    definition: &CrsDefinition,
    middle_crs: Option<[f64; 3]>,
    findings: &mut Vec<GeoFinding>,
) -> Result<Option<Placement>, GeoError> {
    let expected_north_first = name.notation() == Notation::Authority && definition.north_first;
    let placed = |north_first| Placement::Crs {
        definition: definition.horizontal.clone(),
        north_first,
        area_deg: definition.wide_area_deg(),
    };
    let Some(middle) = middle_crs else {
        return Ok(Some(placed(expected_north_first)));
    };
    let expected = fit(definition, middle, expected_north_first)?;
    let swapped = fit(definition, middle, !expected_north_first)?;
    if expected == Fit::None
        && swapped == Fit::None
        && let Some(placement) = zone_prefixed(name, middle, findings)?
    {
        return Ok(Some(placement));
    }
    let (best, north_first) = if swapped > expected {
        findings.push(GeoFinding::AxisOrder {
            srs_name: name.as_written().to_owned(),
            north_first: !expected_north_first,
        });
        (swapped, !expected_north_first)
    } else {
        (expected, expected_north_first)
    };
    if best == Fit::Beside {
        findings.push(GeoFinding::BesideAreaOfUse {
            name: format!("{name} ({})", definition.name),
        });
    }
    Ok((best != Fit::None).then(|| placed(north_first)))
}

/// Reads `32 458 877` under a system whose eastings have six digits.
fn zone_prefixed(
    name: &SrsName,
    middle_crs: [f64; 3],
    findings: &mut Vec<GeoFinding>,
) -> Result<Option<Placement>, GeoError> {
    let Some((_, sibling)) = ZONE_PREFIXED
        .iter()
        .find(|(plain, _)| *plain == name.horizontal())
    else {
        return Ok(None);
    };
    let definition = CrsDefinition::load(sibling)?;
    if fit(&definition, middle_crs, false)? == Fit::None {
        return Ok(None);
    }
    findings.push(GeoFinding::ZonePrefix {
        srs_name: name.as_written().to_owned(),
        used: (*sibling).to_owned(),
    });
    Ok(Some(Placement::Crs {
        north_first: false,
        area_deg: definition.wide_area_deg(),
        definition: definition.horizontal,
    }))
}

/// How well one point fits when read in the given order.
fn fit(
    definition: &CrsDefinition,
    [first, second, _]: [f64; 3],
    north_first: bool,
) -> Result<Fit, GeoError> {
    let (x, y) = if north_first {
        (second, first)
    } else {
        (first, second)
    };
    let geographic = definition.kind == CrsKind::Geographic;
    if geographic && (y.abs() > 90.0 || x.abs() > 360.0) {
        return Ok(Fit::None);
    }
    let Ok((longitude_deg, latitude_deg)) = to_wgs84(&definition.horizontal)?.convert((x, y))
    else {
        return Ok(Fit::None);
    };
    if !(longitude_deg.is_finite() && (-90.0..=90.0).contains(&latitude_deg)) {
        return Ok(Fit::None);
    }
    let Some(area_deg) = definition.area_deg else {
        return Ok(Fit::Inside);
    };
    if holds(area_deg, longitude_deg, latitude_deg) {
        return Ok(Fit::Inside);
    }
    let is_drawing = !geographic && x.abs() < DRAWING_EXTENT_M && y.abs() < DRAWING_EXTENT_M;
    let beside = definition
        .wide_area_deg()
        .is_some_and(|wide_deg| holds(wide_deg, longitude_deg, latitude_deg));
    Ok(if beside && !is_drawing {
        Fit::Beside
    } else {
        Fit::None
    })
}

impl CrsDefinition {
    /// The area of use with its margin.
    fn wide_area_deg(&self) -> Option<[f64; 4]> {
        let margin_deg = match self.kind {
            CrsKind::Geographic => GEOGRAPHIC_MARGIN_DEG,
            _ => PROJECTED_MARGIN_DEG,
        };
        self.area_deg.map(|[west, south, east, north]| {
            [
                west - margin_deg,
                south - margin_deg,
                east + margin_deg,
                north + margin_deg,
            ]
        })
    }
}

/// True if the place lies in the area, which may cross the antimeridian.
pub(crate) fn holds(
    [west, south, east, north]: [f64; 4],
    longitude_deg: f64,
    latitude_deg: f64,
) -> bool {
    let in_longitude = if west <= east {
        (west..=east).contains(&longitude_deg)
    } else {
        longitude_deg >= west || longitude_deg <= east
    };
    in_longitude && (south..=north).contains(&latitude_deg)
}

/// Component-wise median of the finite coordinates: a stray vertex cannot move it.
pub(crate) fn median(sample_crs: &[[f64; 3]]) -> Option<[f64; 3]> {
    let mut middle = [0.0; 3];
    for (axis, value) in middle.iter_mut().enumerate() {
        let mut values: Vec<f64> = sample_crs
            .iter()
            .map(|point| point[axis])
            .filter(|value| value.is_finite())
            .collect();
        values.sort_by(f64::total_cmp);
        *value = *values.get(values.len() / 2)?;
    }
    Some(middle)
}
