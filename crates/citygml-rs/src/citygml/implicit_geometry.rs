//! Prototypes and their places (CityGML 2.0, 8.3; 3.0, 7.1 `ImplicitGeometry`).

use std::io::BufRead;
use std::sync::Arc;

use super::appearance::{AppearanceIndex, numbers, read_appearance_property};
use super::assembly::{Assembly, PlacementDraft, TemplateDraft, TemplateSource};
use super::cursor::{Stop, Token};
use super::file_context::FileContext;
use super::geometry::GeometryContext;
use super::object::{ObjectParser, Scope, report_completion};
use super::shared_geometry::report_open_references;
use crate::findings::Findings;
use crate::{CityObject, Diagnostics, ImplicitGeometry, Template, codes};

const IDENTITY: [f64; 16] = [
    1., 0., 0., 0., 0., 1., 0., 0., 0., 0., 1., 0., 0., 0., 0., 1.,
];

/// What was read of one implicit geometry.
#[derive(Default)]
struct Parts {
    matrix: Option<[f64; 16]>,
    /// Why the matrix cannot be used.
    fault: Option<&'static str>,
    reference_point: Option<[f64; 3]>,
    library_object: Option<String>,
    mime_type: Option<String>,
    /// The prototype, if it has geometry of its own.
    source: Option<TemplateSource>,
}

impl<R: BufRead> ObjectParser<'_, R> {
    /// Reads the implicit geometry whose start tag was just read.
    pub(super) fn read_implicit_geometry(&mut self, context: GeometryContext) -> Result<(), Stop> {
        self.geometry_met += 1;
        let line = self.cursor.line();
        let mut parts = Parts::default();
        while let Token::Start = self.cursor.advance()? {
            match self.cursor.local_name() {
                "mimeType" => {
                    self.cursor.skip_element()?;
                    parts.mime_type = Some(self.text()).filter(|text| !text.is_empty());
                }
                "libraryObject" => {
                    self.cursor.skip_element()?;
                    parts.library_object = Some(self.text()).filter(|text| !text.is_empty());
                }
                "transformationMatrix" => {
                    self.cursor.skip_element()?;
                    parts.matrix = matrix(self.cursor.text());
                    if parts.matrix.is_none() {
                        parts.fault = Some("the transformation matrix is not 16 numbers");
                    }
                }
                "relativeGMLGeometry" | "relativeGeometry" => {
                    parts.source = self.read_prototype(context)?;
                }
                "referencePoint" => parts.reference_point = self.read_reference_point(context)?,
                "appearance" => {
                    read_appearance_property(self.cursor, &mut self.assembly.appearances)?;
                }
                _ => self.cursor.skip_element()?,
            }
        }
        self.place(context, line, parts);
        Ok(())
    }

    fn place(&mut self, context: GeometryContext, line: u64, parts: Parts) {
        let library = parts.library_object.map(|library_object| Template {
            library_object: Some(library_object),
            mime_type: parts.mime_type,
            ..Template::default()
        });
        let source = match (parts.source, library) {
            (Some(source), _) => Ok(source),
            (None, Some(template)) => Ok(TemplateSource::Library(template)),
            (None, None) => Err("it has no geometry"),
        };
        let reference_point = parts.reference_point.ok_or("it has no reference point");
        let usable = match parts.fault {
            Some(fault) => Err(fault),
            None => source.and_then(|source| Ok((source, reference_point?))),
        };
        match usable {
            Ok((source, reference_point)) => self.assembly.placements.push(PlacementDraft {
                owner: context.owner,
                source,
                geometry: ImplicitGeometry {
                    lod: context.lod,
                    matrix: parts.matrix.unwrap_or(IDENTITY),
                    reference_point,
                    template: Arc::default(),
                    line,
                },
            }),
            Err(fault) => self.report(
                codes::BROKEN_IMPLICIT_GEOMETRY,
                line,
                context.owner,
                format_args!("an implicit geometry cannot be placed: {fault}; it is left out"),
            ),
        }
    }

    /// Geometry in the frame of the prototype is gathered apart from that of the object.
    fn read_prototype(&mut self, context: GeometryContext) -> Result<Option<TemplateSource>, Stop> {
        if let Some(href) = self.cursor.attribute("href") {
            self.cursor.skip_element()?;
            return Ok(Some(TemplateSource::Reference(href)));
        }
        let owner = self.assembly.object(context.owner);
        let stand_in = CityObject {
            id: owner.id.clone(),
            line: owner.line,
            ..CityObject::default()
        };
        let outer = std::mem::take(&mut self.assembly);
        let owner = self.assembly.add_object(stand_in, None);
        let scope = Scope {
            owner,
            kind: context.kind,
            boundary: None,
        };
        let mut id = None;
        while let Token::Start = self.cursor.advance()? {
            id = id.or_else(|| self.cursor.attribute("id"));
            self.read_geometry(GeometryContext::new(scope, context.lod, context.line_kind))?;
        }
        let geometry = std::mem::replace(&mut self.assembly, outer);
        let is_empty = geometry.surfaces.is_empty() && geometry.references.is_empty();
        if is_empty && id.is_none() {
            return Ok(None);
        }
        self.point_set = None;
        self.assembly.templates.push(TemplateDraft { id, geometry });
        let index = self.assembly.templates.len() - 1;
        Ok(Some(TemplateSource::Here(index)))
    }

    fn read_reference_point(&mut self, context: GeometryContext) -> Result<Option<[f64; 3]>, Stop> {
        let mut point = None;
        while let Token::Start = self.cursor.advance()? {
            if let Some(srs_name) = self.cursor.attribute("srsName") {
                self.note_srs_name(context.owner, srs_name);
            }
            let points = self.read_line_points(context, "the implicit geometry is left out")?;
            point = point.or(points.and_then(|points| points.first().copied()));
        }
        Ok(point)
    }
}

/// Sixteen numbers, row by row; twelve where the last row was taken for granted.
fn matrix(text: &str) -> Option<[f64; 16]> {
    let mut values = numbers(text)?;
    if values.len() == 12 {
        values.extend([0.0, 0.0, 0.0, 1.0]);
    }
    values.try_into().ok()
}

/// Finishes the prototypes of one top-level object and gives them to who uses them. What of them the model has no room
/// for is counted or reported.
pub(super) fn place_prototypes(
    assembly: &mut Assembly,
    context: &mut FileContext,
    appearances: &AppearanceIndex,
    findings: &mut Findings,
    diagnostics: &mut Diagnostics,
) {
    let mut own: Vec<Arc<Template>> = Vec::new();
    for TemplateDraft { id, geometry } in std::mem::take(&mut assembly.templates) {
        for _ in &geometry.placements {
            findings.leave_out("implicit geometry of a prototype");
        }
        let completed = geometry.finish(None, &[appearances, context.appearances()], None);
        let object = completed.object.unwrap_or_default();
        report_completion(findings, &object, completed.repeated, completed.misfits);
        for _ in &object.curves {
            findings.leave_out("line of a prototype");
        }
        for _ in &object.points {
            findings.leave_out("points of a prototype");
        }
        // A prototype has no place for references that are followed later.
        report_open_references(&object, findings, diagnostics);
        let template = Arc::new(Template {
            id: id.clone(),
            surfaces: object.surfaces,
            ..Template::default()
        });
        if let Some(id) = id {
            context.add_template(id, &template);
        }
        own.push(template);
    }
    for placement in std::mem::take(&mut assembly.placements) {
        let mut geometry = placement.geometry;
        geometry.template = match placement.source {
            TemplateSource::Here(index) => own.get(index).map(Arc::clone).unwrap_or_default(),
            TemplateSource::Reference(href) => context.template(&href),
            TemplateSource::Library(template) => context.shared_library(template),
        };
        let owner = assembly.object_mut(placement.owner);
        owner.implicit_geometries.push(geometry);
    }
}
