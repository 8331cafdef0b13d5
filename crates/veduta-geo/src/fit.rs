//! Whether coordinates make sense in a reference system: the rule behind every guess.
//!
//! A system is made for an area of use, which PROJ's database holds. Coordinates fit if their median,
//! converted, lies in that area; they fit less well if it lies a little beside it.

use crate::GeoError;
use crate::definition::{CrsDefinition, CrsKind};
use crate::transformer::to_wgs84;

/// Coordinates this close to the origin of a projected system are a drawing, not a survey, unless
/// the origin itself lies where the system is used.
const DRAWING_EXTENT_M: f64 = 1_000.0;
/// Degrees that projected coordinates may lie beside the area of use; whole states use the
/// neighbouring zone.
const PROJECTED_MARGIN_DEG: f64 = 3.5;
/// The same for geographic systems.
const GEOGRAPHIC_MARGIN_DEG: f64 = 1.0;
/// Latitudes between which there are cities. Systems for the whole world have an area of use that
/// refuses nothing; this tells 38°N 77°W from 77°S 38°E.
const INHABITED_DEG: std::ops::RangeInclusive<f64> = -60.0..=80.0;
/// Metres from the earth's centre at which earth-centred coordinates are of this earth's surface.
const EARTH_RADIUS_M: std::ops::RangeInclusive<f64> = 6.2e6..=6.5e6;

/// How well coordinates fit a system's area of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    None,
    Beside,
    Inside,
}

/// How well one point fits when read in the given order, `shift_m` added to its easting.
pub(crate) fn fit(
    definition: &CrsDefinition,
    [first, second, _]: [f64; 3],
    north_first: bool,
    shift_m: f64,
) -> Result<Fit, GeoError> {
    let (x, y) = if north_first {
        (second + shift_m, first)
    } else {
        (first + shift_m, second)
    };
    let is_geographic = definition.kind == CrsKind::Geographic;
    if is_geographic && (y.abs() > 90.0 || x.abs() > 360.0) {
        return Ok(Fit::None);
    }
    let Ok((longitude_deg, latitude_deg)) = to_wgs84(&definition.horizontal)?.convert((x, y))
    else {
        return Ok(Fit::None);
    };
    if !(longitude_deg.is_finite() && (-90.0..=90.0).contains(&latitude_deg)) {
        return Ok(Fit::None);
    }
    if is_geographic && definition.is_worldwide() && !INHABITED_DEG.contains(&latitude_deg) {
        return Ok(Fit::Beside);
    }
    let Some(area_deg) = definition.area_deg else {
        return Ok(Fit::Inside);
    };
    if holds(area_deg, longitude_deg, latitude_deg) {
        return Ok(Fit::Inside);
    }
    let is_drawing = !is_geographic && x.abs() < DRAWING_EXTENT_M && y.abs() < DRAWING_EXTENT_M;
    let beside = definition
        .wide_area_deg()
        .is_some_and(|wide_deg| holds(wide_deg, longitude_deg, latitude_deg));
    Ok(if beside && !is_drawing {
        Fit::Beside
    } else {
        Fit::None
    })
}

/// True if an earth-centred point lies where things are built.
pub(crate) fn is_on_earth([x, y, z]: [f64; 3]) -> bool {
    EARTH_RADIUS_M.contains(&x.hypot(y).hypot(z))
}

impl CrsDefinition {
    /// The area of use with its margin.
    pub(crate) fn wide_area_deg(&self) -> Option<[f64; 4]> {
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

    fn is_worldwide(&self) -> bool {
        self.area_deg
            .is_none_or(|[west, south, east, north]| east - west > 350.0 && north - south > 170.0)
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
