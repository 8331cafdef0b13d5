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
/// Degrees from the area of use of a grid at which nothing is drawn: zeros among survey coordinates would stretch
/// a scene over half the earth.
const FAR_DEG: f64 = 12.0;
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
    let Some(area) = definition.area else {
        return Ok(Fit::Inside);
    };
    if is_geographic && area.is_worldwide() && !INHABITED_DEG.contains(&latitude_deg) {
        return Ok(Fit::Beside);
    }
    Ok(area.fit([x, y], longitude_deg, latitude_deg))
}

/// Where a system is used.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct AreaOfUse {
    /// West, south, east, north in degrees; west may lie east of east, across the antimeridian.
    pub(crate) bounds_deg: [f64; 4],
    /// True if coordinates are metres of a grid, false if they are degrees.
    pub(crate) is_grid: bool,
}

impl AreaOfUse {
    /// How well a place fits, whose easting and northing are these.
    pub(crate) fn fit(
        &self,
        coordinates_crs: [f64; 2],
        longitude_deg: f64,
        latitude_deg: f64,
    ) -> Fit {
        let is_drawing = self.is_grid
            && coordinates_crs
                .iter()
                .all(|value| value.abs() < DRAWING_EXTENT_M);
        let margin_deg = if self.is_grid {
            PROJECTED_MARGIN_DEG
        } else {
            GEOGRAPHIC_MARGIN_DEG
        };
        if self.holds(longitude_deg, latitude_deg, 0.0) {
            Fit::Inside
        } else if !is_drawing && self.holds(longitude_deg, latitude_deg, margin_deg) {
            Fit::Beside
        } else {
            Fit::None
        }
    }

    /// True if a place is so far from where the system is used that a coordinate must be an error.
    pub(crate) fn is_far_from(&self, longitude_deg: f64, latitude_deg: f64) -> bool {
        self.is_grid && !self.holds(longitude_deg, latitude_deg, FAR_DEG)
    }

    fn holds(&self, longitude_deg: f64, latitude_deg: f64, margin_deg: f64) -> bool {
        let [west, south, east, north] = self.bounds_deg;
        let longitudes = west - margin_deg..=east + margin_deg;
        let in_longitude = if west <= east {
            longitudes.contains(&longitude_deg)
        } else {
            longitude_deg >= *longitudes.start() || longitude_deg <= *longitudes.end()
        };
        in_longitude && (south - margin_deg..=north + margin_deg).contains(&latitude_deg)
    }

    fn is_worldwide(&self) -> bool {
        let [west, south, east, north] = self.bounds_deg;
        east - west > 350.0 && north - south > 170.0
    }
}

/// True if an earth-centred point lies where things are built.
pub(crate) fn is_on_earth([x, y, z]: [f64; 3]) -> bool {
    EARTH_RADIUS_M.contains(&x.hypot(y).hypot(z))
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
