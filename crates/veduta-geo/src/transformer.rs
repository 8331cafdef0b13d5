//! Conversion of many coordinates on one thread.

use glam::DVec3;
use proj::Proj;

use crate::fit::{Fit, is_on_earth, median};
use crate::georeference::Placement;
use crate::{EnuFrame, GeoError, Geodetic, Georeference, ecef_from_geodetic, geodetic_from_ecef};

/// Where all systems are converted to: longitude, latitude in degrees.
const TARGET: &str = "OGC:CRS84";
/// Metres from the ellipsoid beyond which a height is an error of the file.
const MAX_HEIGHT_M: f64 = 1.0e6;
/// Metres from a local origin beyond which coordinates are an error of the file: survey coordinates among those of
/// a drawing would stretch a scene over half the earth.
const MAX_LOCAL_M: f64 = 1.0e6;
/// Metres from a local origin within which coordinates belong to the same drawing.
const SAME_DRAWING_M: f64 = 100_000.0;

/// Converts coordinates of one source to WGS 84 and earth-centred earth-fixed metres.
///
/// Holds a PROJ context, which belongs to the thread that made it; every thread makes its own with
/// [`Georeference::transformer`] (some milliseconds) and keeps it.
pub struct Transformer {
    georeference: Georeference,
    route: Route,
}

enum Route {
    Proj(Box<Proj>),
    Geocentric,
    Local(EnuFrame),
}

impl Transformer {
    pub(crate) fn new(georeference: Georeference) -> Result<Self, GeoError> {
        let route = match georeference.placement() {
            Placement::Crs { definition, .. } => Route::Proj(Box::new(to_wgs84(definition)?)),
            Placement::Geocentric => Route::Geocentric,
            Placement::Local { origin, .. } => Route::Local(EnuFrame::at(*origin)),
        };
        Ok(Self {
            georeference,
            route,
        })
    }

    /// What this transformer was made for.
    pub fn georeference(&self) -> &Georeference {
        &self.georeference
    }

    /// True if other coordinates under the same name make sense when read in the same way: files
    /// that name one system do not always keep to it. True for an empty sample.
    pub fn fits(&self, sample_crs: &[[f64; 3]]) -> bool {
        median(sample_crs).is_none() || self.middle(sample_crs).is_some()
    }

    /// Where the median of coordinates comes to lie, if it makes sense to read them in this way; `None`
    /// for an empty sample.
    pub fn middle(&self, sample_crs: &[[f64; 3]]) -> Option<Geodetic> {
        let middle = median(sample_crs)?;
        let place = self.geodetic_from_crs(&[middle])[0]?;
        let makes_sense = match self.georeference.placement() {
            Placement::Geocentric => is_on_earth(middle),
            Placement::Local { .. } => {
                let middle_enu = self.georeference.local_from_crs(middle);
                middle_enu.x.abs().max(middle_enu.y.abs()) < SAME_DRAWING_M
            }
            Placement::Crs { area, .. } => area.is_none_or(|area| {
                let coordinates_crs = self.east_north(middle).into();
                area.fit(coordinates_crs, place.longitude_deg, place.latitude_deg) != Fit::None
            }),
        };
        makes_sense.then_some(place)
    }

    /// WGS 84 longitude, latitude (degrees) and height (metres) of coordinates as written in the
    /// file; `None` where PROJ finds no solution, a number is not finite, a height is not of this earth, or a place
    /// is far from where the system is used.
    pub fn geodetic_from_crs(&self, points_crs: &[[f64; 3]]) -> Vec<Option<Geodetic>> {
        match &self.route {
            Route::Proj(proj) => self.geodetic_by_proj(proj, points_crs),
            Route::Geocentric | Route::Local(_) => self
                .ecef_from_crs(points_crs)
                .into_iter()
                .map(|point| point.map(geodetic_from_ecef))
                .collect(),
        }
    }

    /// Earth-centred earth-fixed metres (EPSG:4978) of coordinates as written in the file; `None`
    /// where PROJ finds no solution or a number is not finite.
    pub fn ecef_from_crs(&self, points_crs: &[[f64; 3]]) -> Vec<Option<DVec3>> {
        match &self.route {
            Route::Proj(proj) => self
                .geodetic_by_proj(proj, points_crs)
                .into_iter()
                .map(|place| place.map(ecef_from_geodetic))
                .collect(),
            Route::Geocentric => points_crs
                .iter()
                .map(|point| self.raised(DVec3::from_array(*point)))
                .collect(),
            Route::Local(frame) => points_crs
                .iter()
                .map(|point| {
                    let point_enu = self.georeference.local_from_crs(*point);
                    let usable = point_enu.abs().max_element() < MAX_LOCAL_M;
                    usable.then(|| frame.point_ecef_from_enu(point_enu))
                })
                .collect(),
        }
    }

    /// A geocentric point lifted by the height offset.
    fn raised(&self, point_ecef: DVec3) -> Option<DVec3> {
        let offset_m = self.georeference.height_offset_m();
        let point_ecef = if offset_m == 0.0 {
            point_ecef
        } else {
            point_ecef + EnuFrame::at(geodetic_from_ecef(point_ecef)).up_ecef() * offset_m
        };
        point_ecef.is_finite().then_some(point_ecef)
    }

    /// Easting and northing (longitude and latitude) as PROJ takes them.
    fn east_north(&self, [first, second, _]: [f64; 3]) -> (f64, f64) {
        match self.georeference.placement() {
            Placement::Crs {
                north_first,
                shift_crs: [shift_east, shift_north],
                ..
            } => {
                let (east, north) = if *north_first {
                    (second, first)
                } else {
                    (first, second)
                };
                (east + shift_east, north + shift_north)
            }
            _ => (first, second),
        }
    }

    fn geodetic_by_proj(&self, proj: &Proj, points_crs: &[[f64; 3]]) -> Vec<Option<Geodetic>> {
        let source: Vec<(f64, f64)> = points_crs
            .iter()
            .map(|&point_crs| self.east_north(point_crs))
            .collect();
        let area = match self.georeference.placement() {
            Placement::Crs { area, .. } => *area,
            _ => None,
        };
        let mut target = source.clone();
        if proj.convert_array(&mut target).is_err() {
            // One bad point spoils the answer for the whole batch: find out which ones are good.
            target = source
                .iter()
                .map(|&point| proj.convert(point).unwrap_or((f64::NAN, f64::NAN)))
                .collect();
        }
        target
            .into_iter()
            .zip(points_crs)
            .map(|((longitude_deg, latitude_deg), point_crs)| {
                let height_m = self.georeference.height_m(point_crs[2]);
                let is_far = area.is_some_and(|area| area.is_far_from(longitude_deg, latitude_deg));
                let usable = longitude_deg.is_finite()
                    && !is_far
                    && height_m.abs() < MAX_HEIGHT_M
                    && (-90.0..=90.0).contains(&latitude_deg);
                usable.then_some(Geodetic {
                    longitude_deg,
                    latitude_deg,
                    height_m,
                })
            })
            .collect()
    }
}

/// The conversion from easting and northing (longitude and latitude) to WGS 84 degrees.
pub(crate) fn to_wgs84(definition: &str) -> Result<Proj, GeoError> {
    Proj::new_known_crs(definition, TARGET, None).map_err(|error| GeoError::Unusable {
        definition: definition.to_owned(),
        reason: error.to_string(),
    })
}
