//! Reference systems of one source: decided once, used by every thread that reads it.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use citygml_rs::CityObject;
use veduta_geo::{
    GeoFinding, Geodetic, Georeference, LocalReason, Resolution, SrsName, Transformer,
};

/// Points looked at to decide how coordinates are to be read.
const SAMPLE_POINTS: usize = 512;

/// The reference systems met so far in one source, by the name that the objects carry.
///
/// A folder of tiles names the same system in every file; it is resolved with the first objects that
/// have geometry, so all files share one decision and, without a place on earth, one local origin. A
/// file whose coordinates do not fit that decision gets one of its own.
#[derive(Debug, Default)]
pub(crate) struct GeoreferenceBook {
    crs_override: Option<SrsName>,
    height_offset_m: f64,
    /// Readings of each name: one, unless files do not keep to the system they name.
    resolved: Mutex<HashMap<Option<String>, Vec<Georeference>>>,
}

impl GeoreferenceBook {
    pub(crate) fn new(crs_override: Option<SrsName>, height_offset_m: f64) -> Self {
        Self {
            crs_override,
            height_offset_m,
            resolved: Mutex::default(),
        }
    }

    /// Labels of all systems in use, sorted.
    pub(crate) fn labels(&self) -> Vec<String> {
        let resolved = self.resolved.lock().unwrap_or_else(PoisonError::into_inner);
        let mut labels: Vec<String> = resolved
            .values()
            .flatten()
            .map(|georeference| georeference.label().to_owned())
            .collect();
        labels.sort();
        labels.dedup();
        labels
    }

    /// True once a system was decided with coordinates at hand.
    pub(crate) fn is_decided(&self) -> bool {
        let resolved = self.resolved.lock().unwrap_or_else(PoisonError::into_inner);
        !resolved.is_empty()
    }

    /// What an object's name means here: nothing under an override.
    fn key(&self, srs_name: Option<&str>) -> Option<String> {
        match &self.crs_override {
            Some(_) => None,
            None => srs_name.map(str::to_owned),
        }
    }

    /// The readings of a name that served other files.
    fn known(&self, key: &Option<String>) -> Vec<Georeference> {
        let resolved = self.resolved.lock().unwrap_or_else(PoisonError::into_inner);
        resolved.get(key).cloned().unwrap_or_default()
    }

    /// Decides how a name is to be read for these coordinates; a new decision is noted in `findings`.
    fn decide(
        &self,
        key: Option<String>,
        sample_crs: &[[f64; 3]],
        findings: &mut Vec<GeoFinding>,
    ) -> Georeference {
        // Held while resolving, so that two threads do not report the same decision twice.
        let mut resolved = self.resolved.lock().unwrap_or_else(PoisonError::into_inner);
        let resolution = self.resolve(key.as_deref(), sample_crs);
        let georeference = resolution
            .georeference
            .with_height_offset(self.height_offset_m);
        let readings = resolved.entry(key).or_default();
        if !readings.contains(&georeference) {
            findings.extend(resolution.findings);
            readings.push(georeference.clone());
        }
        georeference
    }

    fn resolve(&self, srs_name: Option<&str>, sample_crs: &[[f64; 3]]) -> Resolution {
        let parsed = match (&self.crs_override, srs_name) {
            (Some(name), _) => Ok(name.clone()),
            (None, Some(text)) => SrsName::parse(text),
            (None, None) => return Georeference::local(sample_crs, LocalReason::NoSrsName),
        };
        parsed
            .and_then(|name| Georeference::resolve(&name, sample_crs))
            .unwrap_or_else(|error| {
                let reason = LocalReason::UnusableSrsName(error.to_string());
                Georeference::local(sample_crs, reason)
            })
    }
}

/// Places coordinates of one source on one thread.
pub(crate) struct Placer {
    book: Arc<GeoreferenceBook>,
    transformers: HashMap<Option<String>, Option<Transformer>>,
    /// Transformers of earlier files: making one takes PROJ longer than reading a small file.
    spare: HashMap<Option<String>, Vec<Transformer>>,
}

impl Placer {
    pub(crate) fn new(book: Arc<GeoreferenceBook>) -> Self {
        Self {
            book,
            transformers: HashMap::new(),
            spare: HashMap::new(),
        }
    }

    /// Forgets what was decided for the last file: the next one need not keep to its system.
    pub(crate) fn begin_file(&mut self) {
        for (srs_name, transformer) in self.transformers.drain() {
            self.spare.entry(srs_name).or_default().extend(transformer);
        }
    }

    /// Decides the systems that `objects` name and that were not met before.
    pub(crate) fn prepare(&mut self, objects: &[CityObject]) -> Vec<GeoFinding> {
        let mut findings = Vec::new();
        let mut samples: BTreeMap<Option<String>, Vec<[f64; 3]>> = BTreeMap::new();
        for object in objects {
            self.collect_unknown(object, &mut samples);
        }
        for (srs_name, sample_crs) in samples {
            let transformer = self.transformer(&srs_name, &spread(&sample_crs), &mut findings);
            self.transformers.insert(srs_name, transformer);
        }
        findings
    }

    /// A reading that fits, known or new; `None` only if not even local coordinates can be had.
    fn transformer(
        &mut self,
        srs_name: &Option<String>,
        sample_crs: &[[f64; 3]],
        findings: &mut Vec<GeoFinding>,
    ) -> Option<Transformer> {
        if let Some(spare) = self.spare.get_mut(srs_name)
            && let Some(index) = spare.iter().position(|one| one.fits(sample_crs))
        {
            return Some(spare.swap_remove(index));
        }
        let key = self.book.key(srs_name.as_deref());
        let known = self
            .book
            .known(&key)
            .into_iter()
            .filter_map(|georeference| georeference.transformer().ok())
            .find(|transformer| transformer.fits(sample_crs));
        if known.is_some() {
            return known;
        }
        let georeference = self.book.decide(key, sample_crs, findings);
        georeference.transformer().map_or_else(
            |error| {
                let reason = LocalReason::UnusableSrsName(error.to_string());
                let local = Georeference::local(sample_crs, reason);
                findings.extend(local.findings);
                local.georeference.transformer().ok()
            },
            Some,
        )
    }

    fn collect_unknown(
        &self,
        object: &CityObject,
        samples: &mut BTreeMap<Option<String>, Vec<[f64; 3]>>,
    ) {
        if !object.surfaces.is_empty() && !self.transformers.contains_key(&object.srs_name) {
            samples.entry(object.srs_name.clone()).or_default().extend(
                object
                    .surfaces
                    .iter()
                    .filter_map(|surface| surface.polygon.exterior.first()),
            );
        }
        for child in &object.children {
            self.collect_unknown(child, samples);
        }
    }

    /// True if coordinates under `srs_name` have no place on earth.
    pub(crate) fn is_local(&self, srs_name: &Option<String>) -> bool {
        match self.transformers.get(srs_name) {
            Some(Some(transformer)) => transformer.georeference().is_local(),
            _ => true,
        }
    }

    /// Places on earth of coordinates as written under `srs_name`; `None` where one cannot be converted.
    pub(crate) fn places(
        &self,
        srs_name: &Option<String>,
        points_crs: &[[f64; 3]],
    ) -> Vec<Option<Geodetic>> {
        match self.transformers.get(srs_name) {
            Some(Some(transformer)) => transformer.geodetic_from_crs(points_crs),
            _ => vec![None; points_crs.len()],
        }
    }
}

/// At most [`SAMPLE_POINTS`] of the points, evenly spread.
fn spread(points: &[[f64; 3]]) -> Vec<[f64; 3]> {
    let stride = points.len().div_ceil(SAMPLE_POINTS).max(1);
    points.iter().step_by(stride).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use citygml_rs::{Polygon, Surface, SurfaceKind};

    fn building(srs_name: Option<&str>, corner: [f64; 3]) -> CityObject {
        CityObject {
            srs_name: srs_name.map(str::to_owned),
            surfaces: vec![Surface {
                id: None,
                lod: 1,
                kind: SurfaceKind::Wall,
                polygon: Polygon {
                    exterior: vec![corner],
                    interiors: vec![],
                },
                line: 1,
                ..Surface::default()
            }],
            ..CityObject::default()
        }
    }

    #[test]
    fn one_local_origin_serves_all_files_of_a_source() {
        let book = Arc::new(GeoreferenceBook::default());
        let mut first = Placer::new(book.clone());
        let mut second = Placer::new(book);
        assert_eq!(first.prepare(&[building(None, [5.0e6, 0.0, 0.0])]).len(), 1);
        assert!(
            second
                .prepare(&[building(None, [5.001e6, 0.0, 0.0])])
                .is_empty()
        );
        let point_crs = [[5.0005e6, 12.0, 3.0]];
        assert_eq!(
            first.places(&None, &point_crs),
            second.places(&None, &point_crs)
        );
        assert!(first.places(&None, &point_crs)[0].is_some());
    }

    #[test]
    fn a_file_that_does_not_keep_to_its_system_does_not_spoil_the_others() {
        let book = Arc::new(GeoreferenceBook::default());
        let name = Some("EPSG:25832");
        let drawing = [building(name, [3.0, 4.0, 0.0])];
        let survey = [building(name, [691_000.0, 5_336_000.0, 515.0])];
        let findings = |objects| Placer::new(book.clone()).prepare(objects).len();
        assert_eq!([findings(&drawing), findings(&survey)], [1, 1]);
        assert_eq!([findings(&drawing), findings(&survey)], [0, 0]);
        assert_eq!(book.labels(), ["EPSG:25832", "local"]);
    }

    #[test]
    fn an_override_replaces_what_files_say() {
        let name = SrsName::parse("EPSG:25832").expect("code");
        let mut placer = Placer::new(Arc::new(GeoreferenceBook::new(Some(name), 10.0)));
        placer.prepare(&[building(
            Some("nonsense:1"),
            [691_000.0, 5_336_000.0, 515.0],
        )]);
        let place = placer.places(
            &Some("nonsense:1".to_owned()),
            &[[691_000.0, 5_336_000.0, 515.0]],
        )[0]
        .expect("inside");
        assert!((place.latitude_deg - 48.148_546).abs() < 1e-5);
        assert!((place.height_m - 525.0).abs() < 1e-9);
    }
}
