//! What was decided about the reference systems of one source, for all threads that read it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use veduta_geo::{
    GeoError, GeoFinding, Geodetic, GeodeticBounds, Georeference, HeightReference, LocalReason,
    Resolution, SrsName,
};

/// Degrees from what has a place on earth within which files count as neighbours: a region.
const NEIGHBOUR_DEG: f64 = 0.5;
/// Metres that a drawing without a place stands off from what has one, at the least.
const DRAWING_GAP_M: f64 = 50.0;
/// Metres in a degree of latitude, roughly.
const DEGREE_M: f64 = 111_320.0;

/// The reference systems met so far in one source, by the name that the objects carry.
///
/// A folder of tiles names the same system in every file; it is resolved with the first objects that
/// have geometry, so all files share one decision. A file whose coordinates do not fit that decision
/// gets one of its own.
///
/// What has no place on earth by itself is postponed until all other files are read. Then a system that
/// the others name is taken if the coordinates fit it and come to lie near them; else the drawing is put
/// beside the others, all drawings of a source in one frame.
#[derive(Debug, Default)]
pub(crate) struct GeoreferenceBook {
    crs_override: Option<SrsName>,
    height_offset_m: f64,
    pages: Mutex<Pages>,
}

#[derive(Debug, Default)]
struct Pages {
    /// Readings of each name: one, unless files do not keep to the system they name.
    resolved: HashMap<Option<String>, Vec<Resolution>>,
    /// Extent of what has a place on earth.
    placed: Option<GeodeticBounds>,
    /// True while files without a place are put off.
    postpones: bool,
}

/// A file is to be read when the others are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Postponed;

impl GeoreferenceBook {
    pub(crate) fn new(crs_override: Option<SrsName>, height_offset_m: f64) -> Self {
        Self {
            crs_override,
            height_offset_m,
            pages: Mutex::default(),
        }
    }

    fn pages(&self) -> std::sync::MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Labels of all systems in use, sorted.
    pub(crate) fn labels(&self) -> Vec<String> {
        let pages = self.pages();
        let mut labels: Vec<String> = pages
            .georeferences()
            .map(|georeference| georeference.label().to_owned())
            .collect();
        labels.sort();
        labels.dedup();
        labels
    }

    /// What heights refer to, in all systems with a place on earth, sorted.
    pub(crate) fn heights(&self) -> Vec<HeightReference> {
        let pages = self.pages();
        let mut heights: Vec<HeightReference> = pages
            .georeferences()
            .filter(|georeference| !georeference.is_local())
            .map(|georeference| georeference.heights().clone())
            .collect();
        heights.sort();
        heights.dedup();
        heights
    }

    /// True once a system was decided with coordinates at hand.
    pub(crate) fn is_decided(&self) -> bool {
        !self.pages().resolved.is_empty()
    }

    /// Puts files without a place on earth off until [`Self::place_the_rest`].
    pub(crate) fn postpone_unplaced(&self) {
        self.pages().postpones = true;
    }

    /// Ends the putting off; `extent` is that of everything read so far.
    pub(crate) fn place_the_rest(&self, extent: Option<GeodeticBounds>) {
        let mut pages = self.pages();
        pages.postpones = false;
        pages.placed = extent.or(pages.placed);
    }

    /// The readings of a name that served other files.
    pub(crate) fn known(&self, srs_name: &Option<String>) -> Vec<Resolution> {
        self.pages()
            .resolved
            .get(srs_name)
            .cloned()
            .unwrap_or_default()
    }

    /// Notes where coordinates came to lie.
    pub(crate) fn note_place(&self, place: Geodetic) {
        let mut pages = self.pages();
        let here = GeodeticBounds::around(place);
        pages.placed = Some(pages.placed.map_or(here, |placed| placed.union(here)));
    }

    /// Decides how a name is to be read for these coordinates.
    pub(crate) fn decide(
        &self,
        srs_name: &Option<String>,
        sample_crs: &[[f64; 3]],
    ) -> Result<Resolution, Postponed> {
        // Held while resolving, so that two threads do not decide differently.
        let mut pages = self.pages();
        let mut resolution = self.raised(self.resolve(srs_name.as_deref(), sample_crs));
        if resolution.georeference.is_local() {
            if pages.postpones {
                return Err(Postponed);
            }
            resolution = pages
                .in_a_known_frame(&resolution, sample_crs)
                .unwrap_or_else(|| match pages.placed {
                    Some(placed) => self.raised(Georeference::local_at(
                        sample_crs,
                        reason_of(&resolution),
                        south_east_of(placed),
                    )),
                    None => resolution,
                });
        }
        Ok(pages.enter(srs_name, resolution))
    }

    /// Takes what is named elsewhere in a file for coordinates that carry no name there; `None` if they do not fit.
    pub(crate) fn decide_by_other_name(
        &self,
        other: &str,
        sample_crs: &[[f64; 3]],
    ) -> Option<Resolution> {
        let mut resolution = self.raised(self.resolve(Some(other), sample_crs));
        if resolution.georeference.is_local() {
            return None;
        }
        let label = resolution.georeference.label().to_owned();
        resolution
            .findings
            .insert(0, GeoFinding::FromNeighbours { label });
        Some(self.pages().enter(&None, resolution))
    }

    /// Takes a system that the file itself hangs on an anchor point.
    pub(crate) fn anchor(
        &self,
        srs_name: &str,
        anchor_srs_name: &str,
        anchor_crs: [f64; 3],
    ) -> Result<Resolution, GeoError> {
        let anchor = SrsName::parse(anchor_srs_name)?;
        let resolution = self.raised(Georeference::anchored(srs_name, &anchor, anchor_crs)?);
        // Two files may call different systems by the same name.
        let key = Some(format!("{srs_name} {anchor_srs_name} {anchor_crs:?}"));
        Ok(self.pages().enter(&key, resolution))
    }

    /// With the height offset that the user asked for.
    fn raised(&self, mut resolution: Resolution) -> Resolution {
        resolution.georeference = resolution
            .georeference
            .with_height_offset(self.height_offset_m);
        resolution
    }

    fn resolve(&self, srs_name: Option<&str>, sample_crs: &[[f64; 3]]) -> Resolution {
        let by_name = |name: &SrsName| {
            Georeference::resolve(name, sample_crs).unwrap_or_else(|error| {
                let reason = LocalReason::UnusableSrsName(error.to_string());
                Georeference::local(sample_crs, reason)
            })
        };
        let own = srs_name.map(|text| match SrsName::parse(text) {
            Ok(name) => by_name(&name),
            Err(error) => {
                let reason = LocalReason::UnusableSrsName(error.to_string());
                Georeference::local(sample_crs, reason)
            }
        });
        let Some(asked) = &self.crs_override else {
            return own.unwrap_or_else(|| Georeference::local(sample_crs, LocalReason::NoSrsName));
        };
        let resolution = by_name(asked);
        match (own, srs_name) {
            // In a mixed folder the name asked for is meant for those that it fits.
            (Some(mut own), Some(srs_name))
                if resolution.georeference.is_local() && !own.georeference.is_local() =>
            {
                own.findings.push(GeoFinding::OverrideUnfit {
                    asked: asked.to_string(),
                    srs_name: srs_name.to_owned(),
                });
                own
            }
            _ => resolution,
        }
    }
}

impl Pages {
    fn georeferences(&self) -> impl Iterator<Item = &Georeference> {
        let resolutions = self.resolved.values().flatten();
        resolutions.map(|resolution| &resolution.georeference)
    }

    fn enter(&mut self, srs_name: &Option<String>, resolution: Resolution) -> Resolution {
        let readings = self.resolved.entry(srs_name.clone()).or_default();
        if !readings.contains(&resolution) {
            readings.push(resolution.clone());
        }
        resolution
    }

    /// For coordinates without a place by themselves: a system of the others that puts them near the
    /// others, or the frame of another drawing.
    fn in_a_known_frame(
        &self,
        unplaced: &Resolution,
        sample_crs: &[[f64; 3]],
    ) -> Option<Resolution> {
        let mut known: Vec<&Georeference> = self.georeferences().collect();
        // The order must not depend on which thread was first.
        known.sort_by_key(|georeference| (georeference.is_local(), georeference.fingerprint()));
        known.into_iter().find_map(|georeference| {
            let place = georeference.transformer().ok()?.middle(sample_crs)?;
            let finding = match georeference.local_origin() {
                Some(origin) => GeoFinding::Local {
                    reason: reason_of(unplaced),
                    origin,
                },
                None if is_near(self.placed?, place) => GeoFinding::FromNeighbours {
                    label: georeference.label().to_owned(),
                },
                None => return None,
            };
            Some(Resolution {
                georeference: georeference.clone(),
                findings: vec![finding],
            })
        })
    }
}

fn reason_of(unplaced: &Resolution) -> LocalReason {
    let mut findings = unplaced.findings.iter();
    findings
        .find_map(|finding| match finding {
            GeoFinding::Local { reason, .. } => Some(reason.clone()),
            _ => None,
        })
        .unwrap_or(LocalReason::NoSrsName)
}

fn is_near(placed: GeodeticBounds, place: Geodetic) -> bool {
    let between = |low: f64, value: f64, high: f64| {
        (low - NEIGHBOUR_DEG..=high + NEIGHBOUR_DEG).contains(&value)
    };
    between(placed.west_deg, place.longitude_deg, placed.east_deg)
        && between(placed.south_deg, place.latitude_deg, placed.north_deg)
}

/// A place just outside an extent, at its lowest height.
fn south_east_of(placed: GeodeticBounds) -> Geodetic {
    let metres_in_degree = DEGREE_M * placed.south_deg.to_radians().cos().max(0.01);
    let gap_deg =
        (DRAWING_GAP_M / metres_in_degree).max(0.05 * (placed.east_deg - placed.west_deg));
    Geodetic::new(
        placed.east_deg + gap_deg,
        placed.south_deg,
        placed.min_height_m,
    )
}
