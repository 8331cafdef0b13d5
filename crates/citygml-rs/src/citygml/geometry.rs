//! Geometry down to its polygons: solids, shells, aggregates, references.
//!
//! Aggregates are not told apart: whatever holds polygons is walked through, since the model keeps polygons with their
//! meaning, not the topology above them. Curves and points are passed over; they have no area.

use std::io::BufRead;

use super::assembly::Reference;
use super::cursor::{Stop, Token};
use super::object::{ObjectParser, Scope};
use crate::{SurfaceKind, codes};

/// What is known about the geometry at hand from the elements around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct GeometryContext {
    pub(super) owner: usize,
    pub(super) lod: u8,
    pub(super) kind: SurfaceKind,
    /// Whether orientable surfaces around it turn it over.
    pub(super) flipped: bool,
    /// `srsDimension` of the nearest element that has one.
    pub(super) dimension: Option<usize>,
}

impl<R: BufRead> ObjectParser<'_, R> {
    /// Reads the property whose start tag was just read.
    pub(super) fn read_geometry_property(&mut self, scope: Scope, lod: u8) -> Result<(), Stop> {
        let line = self.cursor.line();
        let property = self.cursor.local_name().to_owned();
        let met_before = self.geometry_met;
        let context = GeometryContext {
            owner: scope.owner,
            lod,
            kind: scope.kind,
            flipped: false,
            dimension: None,
        };
        self.read_geometry(context)?;
        if self.geometry_met > met_before {
            return Ok(());
        }
        if self.text().is_empty() {
            self.report(
                codes::EMPTY_GEOMETRY,
                line,
                scope.owner,
                format_args!("{property} holds no geometry"),
            );
        } else {
            // Extensions name attributes the same way: `uro:lod1HeightType`.
            self.add_text_attribute(scope, &property, None);
        }
        Ok(())
    }

    /// Reads an element that is geometry or leads to it.
    fn read_geometry(&mut self, mut context: GeometryContext) -> Result<(), Stop> {
        let mut id = None;
        let mut href = None;
        let mut srs_name = None;
        let mut turned = false;
        self.cursor.for_each_attribute(|name, value| match name {
            "id" => id = Some(value.into_owned()),
            "href" => href = Some(value.into_owned()),
            "srsName" => srs_name = Some(value.into_owned()),
            "srsDimension" => context.dimension = value.trim().parse().ok().or(context.dimension),
            "orientation" => turned = value.trim() == "-",
            _ => {}
        });
        if let Some(href) = href {
            self.geometry_met += 1;
            self.assembly.add_reference(Reference {
                href,
                owner: context.owner,
                lod: Some(context.lod),
                kind: context.kind,
                flipped: context.flipped,
                line: self.cursor.line(),
            });
            return self.cursor.skip_element();
        }
        match self.cursor.local_name() {
            "Polygon" | "PolygonPatch" | "Triangle" | "Rectangle" => {
                if let Some(srs_name) = srs_name {
                    self.note_srs_name(context.owner, srs_name);
                }
                return self.read_polygon(context, id);
            }
            "ImplicitGeometry" => return self.pass_implicit_geometry(context.owner),
            curve @ ("Point" | "MultiPoint" | "LineString" | "Curve" | "MultiCurve"
            | "CompositeCurve" | "OrientableCurve") => {
                self.geometry_met += 1;
                self.findings.leave_out(curve);
                return self.cursor.skip_element();
            }
            "controlPoint" => return self.pass_control_points(context.owner),
            "metaDataProperty" | "name" | "description" | "boundedBy" | "appearance"
            | "maxLength" => {
                return self.cursor.skip_element();
            }
            "OrientableSurface" => context.flipped ^= turned,
            _ => {}
        }
        if let Some(srs_name) = srs_name {
            self.note_srs_name(context.owner, srs_name);
        }
        let mark = self.assembly.mark();
        while let Token::Start = self.cursor.advance()? {
            self.read_geometry(context)?;
        }
        if let Some(id) = id {
            self.assembly.add_target(id, mark);
        }
        Ok(())
    }

    /// A TIN given by points to be triangulated (GML 3.1.1, 11.2.5.4) often has its triangles too; then nothing is lost.
    fn pass_control_points(&mut self, owner: usize) -> Result<(), Stop> {
        let has_triangles = self.assembly.has_surfaces(owner);
        self.geometry_met += 1;
        if !has_triangles {
            let line = self.cursor.line();
            let id = &self.assembly.object(owner).id;
            self.findings.gather(
                codes::CONTROL_POINTS,
                "TIN with control points only",
                Some(line),
                Some(id),
            );
        }
        self.cursor.skip_element()
    }

    fn note_srs_name(&mut self, owner: usize, srs_name: String) {
        match &self.assembly.object(owner).srs_name {
            None => self.assembly.object_mut(owner).srs_name = Some(srs_name),
            Some(first) if *first != srs_name => {
                let id = &self.assembly.object(owner).id;
                self.findings.gather(
                    codes::MIXED_SRS,
                    "geometry in a reference system other than that of its object",
                    Some(self.cursor.line()),
                    Some(id),
                );
            }
            Some(_) => {}
        }
    }
}
