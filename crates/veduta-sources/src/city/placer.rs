//! Coordinates of one file to places on earth, on one thread.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use citygml_rs::CityObject;
use serde::{Deserialize, Serialize};
use veduta_geo::{GeoFinding, Geodetic, Georeference, LocalReason, Transformer};

use super::engineering::{Anchor, anchor_of};
use super::georeference_book::{GeoreferenceBook, Postponed};
use super::measure::points_beside_surfaces;
use super::names_in_file::names_in_file;

/// Points looked at to decide how coordinates are to be read.
const SAMPLE_POINTS: usize = 512;

/// How one name was read in a file, and why: what must come out the same for what was drafted to hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Decision {
    srs_name: Option<String>,
    sample_crs: Vec<[f64; 3]>,
    /// [`Georeference::fingerprint`], empty where there was none.
    fingerprint: String,
}

/// Coordinates under one name.
#[derive(Debug, Default)]
struct Sample {
    /// Corners of polygons.
    corners: Vec<[f64; 3]>,
    /// Points where prototypes stand, and of lines.
    others: Vec<[f64; 3]>,
}

impl Sample {
    /// What a decision is made by: polygons, and other points where there are none.
    fn points(&self) -> &[[f64; 3]] {
        if self.corners.is_empty() {
            &self.others
        } else {
            &self.corners
        }
    }
}

/// Places coordinates of one source on one thread.
pub(crate) struct Placer {
    book: Arc<GeoreferenceBook>,
    /// The file whose objects come.
    file: PathBuf,
    /// What was decided for it.
    decisions: Vec<Decision>,
    transformers: HashMap<Option<String>, Option<Transformer>>,
    /// What was found when they were decided.
    told: HashMap<Option<String>, Vec<GeoFinding>>,
    /// Transformers of earlier files: making one takes PROJ longer than reading a small file.
    spare: HashMap<Option<String>, Vec<(Transformer, Vec<GeoFinding>)>>,
}

impl Placer {
    pub(crate) fn new(book: Arc<GeoreferenceBook>) -> Self {
        Self {
            book,
            file: PathBuf::new(),
            decisions: Vec::new(),
            transformers: HashMap::new(),
            told: HashMap::new(),
            spare: HashMap::new(),
        }
    }

    /// Forgets what was decided for the last file: the next one need not keep to its system.
    pub(crate) fn begin_file(&mut self, file: &Path) {
        file.clone_into(&mut self.file);
        self.decisions.clear();
        for (srs_name, transformer) in self.transformers.drain() {
            let told = self.told.remove(&srs_name).unwrap_or_default();
            // A name that refers into a file means something else in the next.
            if let Some(transformer) = transformer
                && !is_reference(&srs_name)
            {
                let spare = self.spare.entry(srs_name).or_default();
                spare.push((transformer, told));
            }
        }
    }

    /// Decides the systems that `objects` name and that were not met before in this file. What is found is told
    /// for every file that it concerns, so that it does not depend on which one came first.
    ///
    /// # Errors
    /// When the file has no place on earth by itself and is to be read after the others.
    pub(crate) fn prepare(&mut self, objects: &[CityObject]) -> Result<Vec<GeoFinding>, Postponed> {
        let mut findings = Vec::new();
        let mut samples: BTreeMap<Option<String>, Sample> = BTreeMap::new();
        for object in objects {
            self.collect_unknown(object, &mut samples);
        }
        for (srs_name, sample) in samples {
            let sample_crs = sample.points();
            self.decide(srs_name, &spread(sample_crs), &mut findings)?;
        }
        Ok(findings)
    }

    /// What was decided for the file so far.
    pub(crate) fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// Decides again what was decided when the file was read before; true if nothing is different now. What is
    /// found on the way belongs to the file either way.
    ///
    /// # Errors
    /// When the file has no place on earth by itself and is to be read after the others.
    pub(crate) fn decide_again(
        &mut self,
        decisions: &[Decision],
        findings: &mut Vec<GeoFinding>,
    ) -> Result<bool, Postponed> {
        for decision in decisions {
            self.decide(decision.srs_name.clone(), &decision.sample_crs, findings)?;
        }
        Ok(self.decisions == decisions)
    }

    /// Decides how one name is to be read for coordinates like these.
    fn decide(
        &mut self,
        srs_name: Option<String>,
        sample_crs: &[[f64; 3]],
        findings: &mut Vec<GeoFinding>,
    ) -> Result<(), Postponed> {
        let mut found = Vec::new();
        let transformer = self.transformer(&srs_name, sample_crs, &mut found)?;
        self.told.insert(srs_name.clone(), found.clone());
        findings.extend(found);
        if let Some(transformer) = &transformer
            && !transformer.georeference().is_local()
            && let Some(place) = transformer.middle(sample_crs)
        {
            self.book.note_place(place);
        }
        let fingerprint = transformer
            .as_ref()
            .map(|transformer| transformer.georeference().fingerprint());
        self.decisions.push(Decision {
            srs_name: srs_name.clone(),
            sample_crs: sample_crs.to_vec(),
            fingerprint: fingerprint.unwrap_or_default(),
        });
        self.transformers.insert(srs_name, transformer);
        Ok(())
    }

    /// A reading that fits, known or new; `None` only if not even local coordinates can be had.
    fn transformer(
        &mut self,
        srs_name: &Option<String>,
        sample_crs: &[[f64; 3]],
        findings: &mut Vec<GeoFinding>,
    ) -> Result<Option<Transformer>, Postponed> {
        if let Some(spare) = self.spare.get_mut(srs_name)
            && let Some(index) = spare.iter().position(|(one, _)| one.fits(sample_crs))
        {
            let (transformer, told) = spare.swap_remove(index);
            findings.extend(told);
            return Ok(Some(transformer));
        }
        if let Some((transformer, told)) = self.anchored(srs_name) {
            findings.extend(told);
            return Ok(Some(transformer));
        }
        let known = self.book.known(srs_name).into_iter().find_map(|known| {
            let transformer = known.georeference.transformer().ok()?;
            let fits = transformer.fits(sample_crs);
            fits.then_some((transformer, known.findings))
        });
        if let Some((transformer, told)) = known {
            findings.extend(told);
            return Ok(Some(transformer));
        }
        let elsewhere = || {
            let names = match srs_name {
                None => names_in_file(&self.file),
                Some(_) => BTreeSet::new(),
            };
            let mut decisions = names
                .iter()
                .filter_map(|name| self.book.decide_by_other_name(name, sample_crs));
            decisions.next()
        };
        let decided = match elsewhere() {
            Some(decided) => decided,
            None => self.book.decide(srs_name, sample_crs)?,
        };
        match decided.georeference.transformer() {
            Ok(transformer) => {
                findings.extend(decided.findings);
                Ok(Some(transformer))
            }
            Err(error) => {
                let reason = LocalReason::UnusableSrsName(error.to_string());
                let local = Georeference::local(sample_crs, reason);
                findings.extend(local.findings);
                Ok(local.georeference.transformer().ok())
            }
        }
    }

    /// The system that the file itself defines and hangs on an anchor point.
    fn anchored(&self, srs_name: &Option<String>) -> Option<(Transformer, Vec<GeoFinding>)> {
        let srs_name = srs_name.as_deref()?;
        let id = srs_name.trim().strip_prefix('#')?;
        let Anchor {
            srs_name: anchor_srs_name,
            point_crs,
        } = anchor_of(&self.file, id)?;
        let resolution = self
            .book
            .anchor(srs_name, &anchor_srs_name, point_crs)
            .ok()?;
        let transformer = resolution.georeference.transformer().ok()?;
        Some((transformer, resolution.findings))
    }

    fn collect_unknown(&self, object: &CityObject, samples: &mut BTreeMap<Option<String>, Sample>) {
        let corners = object
            .surfaces
            .iter()
            .filter_map(|surface| surface.polygon.exterior.first());
        let sample = Sample {
            corners: corners.copied().collect(),
            others: points_beside_surfaces(object).collect(),
        };
        if !sample.points().is_empty() && !self.transformers.contains_key(&object.srs_name) {
            let all = samples.entry(object.srs_name.clone()).or_default();
            all.corners.extend(sample.corners);
            all.others.extend(sample.others);
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

/// True for a name that refers to a definition in the file, `#local-CRS-1`.
fn is_reference(srs_name: &Option<String>) -> bool {
    let name = srs_name.as_deref();
    name.is_some_and(|name| name.trim_start().starts_with('#'))
}

/// At most [`SAMPLE_POINTS`] of the points, evenly spread.
fn spread(points: &[[f64; 3]]) -> Vec<[f64; 3]> {
    let stride = points.len().div_ceil(SAMPLE_POINTS).max(1);
    points.iter().step_by(stride).copied().collect()
}

#[cfg(test)]
mod tests {
    use citygml_rs::{Polygon, Surface, SurfaceKind};
    use veduta_geo::SrsName;

    use super::*;

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
        let found = first.prepare(&[building(None, [5.0e6, 0.0, 0.0])]);
        assert_eq!(found.map(|findings| findings.len()), Ok(1));
        let again = second.prepare(&[building(None, [5.001e6, 0.0, 0.0])]);
        assert_eq!(again.map(|findings| findings.len()), Ok(1));
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
        let codes = |objects| {
            let findings = Placer::new(book.clone())
                .prepare(objects)
                .expect("read at once");
            findings.iter().map(GeoFinding::code).collect::<Vec<_>>()
        };
        assert_eq!(codes(&drawing), ["GEO-006"]);
        assert_eq!(codes(&survey), ["GEO-003"]);
        assert_eq!(book.labels().len(), 2);
        assert_eq!(codes(&drawing), ["GEO-006"]);
        assert_eq!(codes(&survey), ["GEO-003"]);
        assert_eq!(book.labels(), ["EPSG:25832", "local"]);
    }

    #[test]
    fn an_override_replaces_what_files_say() {
        let name = SrsName::parse("EPSG:25832").expect("code");
        let mut placer = Placer::new(Arc::new(GeoreferenceBook::new(Some(name), 10.0)));
        let house = building(Some("nonsense:1"), [691_000.0, 5_336_000.0, 515.0]);
        assert!(placer.prepare(&[house]).is_ok());
        let place = placer.places(
            &Some("nonsense:1".to_owned()),
            &[[691_000.0, 5_336_000.0, 515.0]],
        )[0]
        .expect("inside");
        assert!((place.latitude_deg - 48.148_546).abs() < 1e-5);
        assert!((place.height_m - 525.0).abs() < 1e-9);
    }

    #[test]
    fn an_override_leaves_files_alone_that_it_does_not_fit() {
        let asked = SrsName::parse("EPSG:28992").expect("code");
        let mut placer = Placer::new(Arc::new(GeoreferenceBook::new(Some(asked), 0.0)));
        let munich = [691_000.0, 5_336_000.0, 515.0];
        let rotterdam = [91_000.0, 436_000.0, 3.0];
        let findings = placer
            .prepare(&[
                building(Some("EPSG:25832"), munich),
                building(None, rotterdam),
            ])
            .expect("read at once");
        assert!(findings.iter().any(|finding| finding.code() == "GEO-009"));
        let latitude_deg = |srs_name: Option<&str>, point_crs| {
            placer.places(&srs_name.map(str::to_owned), &[point_crs])[0]
                .map(|place| place.latitude_deg.round())
        };
        assert_eq!(latitude_deg(Some("EPSG:25832"), munich), Some(48.0));
        assert_eq!(latitude_deg(None, rotterdam), Some(52.0));
    }

    #[test]
    fn a_file_without_a_name_takes_that_of_its_neighbours_if_it_fits() {
        let book = Arc::new(GeoreferenceBook::default());
        book.postpone_unplaced();
        let mut placer = Placer::new(book.clone());
        let nameless = [building(None, [91_000.0, 436_000.0, 3.0])];
        assert_eq!(placer.prepare(&nameless), Err(Postponed));
        let neighbour = building(Some("EPSG:28992"), [92_000.0, 437_000.0, 3.0]);
        assert!(placer.prepare(&[neighbour]).is_ok());
        book.place_the_rest(None);
        let findings = placer.prepare(&nameless).expect("read at once");
        assert!(
            matches!(&findings[..], [GeoFinding::FromNeighbours { label }] if label == "EPSG:28992")
        );
        assert!(!placer.is_local(&None));
    }

    #[test]
    fn a_drawing_among_placed_files_stands_beside_them() {
        let book = Arc::new(GeoreferenceBook::default());
        let mut placer = Placer::new(book.clone());
        let neighbour = building(Some("EPSG:28992"), [92_000.0, 437_000.0, 3.0]);
        assert!(placer.prepare(&[neighbour]).is_ok());
        let drawing = building(None, [12.0, 5.0, 0.0]);
        let findings = placer.prepare(&[drawing]).expect("read at once");
        assert_eq!(findings.len(), 1);
        let [place, neighbour] = [
            (None, [12.0, 5.0, 0.0]),
            (Some("EPSG:28992".to_owned()), [92_000.0, 437_000.0, 3.0]),
        ]
        .map(|(srs_name, point)| placer.places(&srs_name, &[point])[0].expect("placed"));
        let east_m = (place.longitude_deg - neighbour.longitude_deg) * 68_500.0;
        assert!((40.0..80.0).contains(&east_m), "{east_m}");
        assert!((place.height_m - neighbour.height_m).abs() < 0.1);
        assert_eq!(book.labels(), ["EPSG:28992", "local"]);
    }
}
