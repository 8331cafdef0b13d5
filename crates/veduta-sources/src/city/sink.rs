//! Objects of one file as they come: their system decided, then drawn or counted.

use std::path::Path;

use citygml_rs::CityObject;
use veduta_geo::GeodeticBounds;

use super::draft::{DraftTools, Drafted, draft};
use super::georeference_book::Postponed;
use super::measure::{MeasureTools, measure};
use super::placer::Placer;
use super::prototype::PrototypeShelf;
use super::read::{CityFiles, Job, Purpose};
use super::rows::Wanted;
use crate::diagnostics::code;
use crate::picture::ImageShelf;
use crate::{Severity, SourceDiagnostic};

/// Objects held back until the reference system is decided: enough for a sound sample.
const BATCH_OBJECTS: usize = 32;

/// Takes objects as the reader completes them.
pub(crate) struct Sink<'a> {
    purpose: Purpose,
    placer: &'a mut Placer,
    images: ImageShelf,
    prototypes: PrototypeShelf,
    source: String,
    waiting: Vec<CityObject>,
    is_postponed: bool,
    /// Decisions about reference systems.
    notes: Vec<SourceDiagnostic>,
    result: CityFiles,
}

impl<'a> Sink<'a> {
    pub(crate) fn new(job: &Job<'_>, file: &Path, placer: &'a mut Placer) -> Self {
        Self {
            purpose: job.purpose,
            placer,
            images: ImageShelf::new(file, job.is_download),
            prototypes: PrototypeShelf::default(),
            source: file.display().to_string(),
            waiting: Vec::new(),
            is_postponed: false,
            notes: Vec::new(),
            result: CityFiles::default(),
        }
    }

    /// True once it turned out that the file has no place on earth by itself.
    pub(crate) fn is_postponed(&self) -> bool {
        self.is_postponed
    }

    /// What came of the file, and the decisions about its reference systems.
    pub(crate) fn finish(self) -> (CityFiles, Vec<SourceDiagnostic>) {
        let mut result = self.result;
        let (found, missing) = self.images.counts();
        result.census.images_found += found;
        result.census.images_missing += missing;
        result.diagnostics.extend(self.images.into_diagnostics());
        (result, self.notes)
    }

    /// Takes one object; some are held back until there is a sound sample of coordinates.
    pub(crate) fn take(&mut self, object: CityObject) {
        self.waiting.push(object);
        if self.waiting.len() >= BATCH_OBJECTS {
            self.flush();
        }
    }

    /// Deals with what was held back.
    pub(crate) fn flush(&mut self) {
        let objects = std::mem::take(&mut self.waiting);
        let findings = match self.placer.prepare(&objects) {
            Ok(findings) => findings,
            Err(Postponed) => {
                self.is_postponed = true;
                return;
            }
        };
        for finding in findings {
            self.notes
                .push(SourceDiagnostic::from_geo(&finding, &self.source));
        }
        for object in &objects {
            self.result.census.count(object);
            match self.purpose {
                Purpose::Draw(wanted) => self.draw(object, wanted),
                Purpose::Count => {
                    let mut tools = MeasureTools {
                        placer: self.placer,
                        images: &mut self.images,
                        source: &self.source,
                        diagnostics: &mut self.result.diagnostics,
                    };
                    measure(object, &mut tools, &mut self.result.census);
                }
            }
        }
    }

    fn draw(&mut self, object: &CityObject, wanted: Wanted) {
        let result = &mut self.result;
        let mut tools = DraftTools {
            placer: self.placer,
            images: &mut self.images,
            prototypes: &mut self.prototypes,
            source: &self.source,
            diagnostics: &mut result.diagnostics,
        };
        let draft = match draft(object, wanted, &mut tools) {
            Drafted::Placed(draft) => *draft,
            Drafted::Listed(rows) => {
                result.listed.push(rows);
                return;
            }
            Drafted::Nothing => {
                result.diagnostics.push(
                    SourceDiagnostic::new(
                        code::NOTHING_DRAWN,
                        Severity::Info,
                        &self.source,
                        nothing_drawn(object),
                    )
                    .at_object(&object.id, object.line),
                );
                return;
            }
        };
        if let Some([low, high]) = draft.bounds() {
            let corners = [low, high].map(|corner| {
                veduta_geo::geodetic_from_ecef(draft.frame.point_ecef_from_enu(corner))
            });
            result
                .census
                .extend_bounds(GeodeticBounds::from_places(corners), draft.is_local);
        }
        result.drafts.push(draft);
    }
}

fn nothing_drawn(object: &CityObject) -> String {
    let has_lines = object
        .descendants()
        .any(|part| !part.curves.is_empty() || !part.points.is_empty());
    let object_type = &object.object_type;
    if has_lines {
        format!("{object_type} consists of lines or points, which are not drawn")
    } else {
        format!("{object_type} has no surfaces that can be drawn")
    }
}
