//! Geometry down to its polygons, lines and points: aggregates, orientation, references.
//!
//! Aggregates are not told apart: whatever holds geometry is walked through. What has structure that the model keeps is
//! read beside this file: `polygon`, `curve`, `solid`, `tin`.

use std::io::BufRead;

use super::assembly::Reference;
use super::cursor::{Stop, Token};
use super::object::{ObjectParser, Scope};
use super::property::Annotations;
use crate::{LineKind, SurfaceKind, codes};

/// What is known about the geometry at hand from the elements around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct GeometryContext {
    pub(super) owner: usize,
    pub(super) lod: u8,
    pub(super) kind: SurfaceKind,
    /// Boundary surface of the owner it is in.
    pub(super) boundary: Option<u32>,
    /// What lines and points are for; outlines of an extent are lines.
    pub(super) line_kind: LineKind,
    /// Whether orientable surfaces around it turn it over.
    pub(super) flipped: bool,
    /// Whether a textured surface around it needs its rings.
    pub(super) is_textured: bool,
    /// `srsDimension` of the nearest element that has one.
    pub(super) dimension: Option<usize>,
}

impl GeometryContext {
    pub(super) fn new(scope: Scope, lod: u8, line_kind: LineKind) -> Self {
        Self {
            owner: scope.owner,
            lod,
            kind: scope.kind,
            boundary: scope.boundary,
            line_kind,
            flipped: false,
            is_textured: false,
            dimension: None,
        }
    }
}

impl<R: BufRead> ObjectParser<'_, R> {
    /// Reads the property whose start tag was just read.
    pub(super) fn read_geometry_property(&mut self, scope: Scope, lod: u8) -> Result<(), Stop> {
        let place = self.cursor.place();
        let property = self.cursor.local_name().to_owned();
        let met_before = self.geometry_met;
        self.point_set = None;
        self.read_geometry(GeometryContext::new(scope, lod, line_kind(&property)))?;
        if self.geometry_met > met_before {
            return Ok(());
        }
        if self.text().is_empty() {
            let line = self.cursor.line_of(place);
            self.report(
                codes::EMPTY_GEOMETRY,
                line,
                scope.owner,
                format_args!("{property} holds no geometry"),
            );
        } else {
            // Extensions name attributes the same way: `uro:lod1HeightType`.
            self.add_text_attribute(scope, &property, Annotations::default());
        }
        Ok(())
    }

    /// Reads an element that is geometry or leads to it.
    pub(super) fn read_geometry(&mut self, mut context: GeometryContext) -> Result<(), Stop> {
        // A polygon keeps its id, of other elements only references are interested in it.
        let is_polygon = is_polygon(self.cursor.local_name());
        let mut polygon_id = None;
        let mut id = None;
        let mut href = None;
        let mut srs_name = None;
        let mut turned = false;
        let targets = &mut self.assembly.targets;
        self.cursor.for_each_attribute(|name, value| match name {
            "id" if is_polygon => polygon_id = Some(value.into_owned()),
            "id" => id = Some(targets.note_id(&value)),
            "href" => href = Some(value.into_owned()),
            "srsName" => srs_name = Some(value.into_owned()),
            "srsDimension" => context.dimension = value.trim().parse().ok().or(context.dimension),
            "orientation" => turned = value.trim() == "-",
            _ => {}
        });
        if let Some(href) = href {
            return self.read_reference(context, href);
        }
        let outer = context;
        let local = self.cursor.local_name();
        let is_leaf = matches!(
            local,
            "metaDataProperty" | "name" | "description" | "boundedBy" | "appearance"
        );
        if is_leaf {
            return self.cursor.skip_element();
        }
        if let Some(srs_name) = srs_name {
            self.note_srs_name(context.owner, srs_name);
        }
        let mark = self.assembly.mark();
        match self.cursor.local_name() {
            _ if is_polygon => return self.read_polygon(context, polygon_id),
            "ImplicitGeometry" => return self.read_implicit_geometry(context),
            "Point" => self.read_points(context)?,
            "LineString" | "LineStringSegment" | "Curve" | "LinearRing" => {
                self.read_curve(context)?;
            }
            "Solid" => {
                let shells = self.read_shells(context)?;
                let solid_id = id.clone().map(|id| self.assembly.targets.id(id).to_owned());
                self.assembly
                    .add_solid(context.owner, solid_id, context.lod, shells);
            }
            "Tin" | "TriangulatedSurface" => self.read_tin(context)?,
            "TexturedSurface" => {
                context.flipped ^= turned;
                self.read_textured_surface(context, turned)?;
            }
            local => {
                if matches!(local, "OrientableSurface" | "OrientableCurve") {
                    context.flipped ^= turned;
                }
                self.read_geometries(context)?;
            }
        }
        if let Some(id) = id {
            self.assembly.add_noted_target(id, mark, outer.flipped);
        }
        Ok(())
    }

    /// Reads everything in the element whose start tag was just read.
    pub(super) fn read_geometries(&mut self, context: GeometryContext) -> Result<(), Stop> {
        while let Token::Start = self.cursor.advance()? {
            self.read_geometry(context)?;
        }
        Ok(())
    }

    fn read_reference(&mut self, context: GeometryContext, href: String) -> Result<(), Stop> {
        self.geometry_met += 1;
        let is_solid =
            self.cursor.local_name().ends_with("olid") || self.cursor.local_name() == "solidMember";
        self.assembly.add_reference(Reference {
            href,
            owner: context.owner,
            lod: Some(context.lod),
            kind: context.kind,
            boundary: context.boundary,
            flipped: context.flipped,
            line: self.cursor.line(),
        });
        if is_solid {
            self.assembly.refer_to_solid(context.owner, context.lod);
        }
        self.cursor.skip_element()
    }

    pub(super) fn note_srs_name(&mut self, owner: usize, srs_name: String) {
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

fn is_polygon(local: &str) -> bool {
    matches!(local, "Polygon" | "PolygonPatch" | "Triangle" | "Rectangle")
}

/// What lines and points under a property are for.
fn line_kind(property: &str) -> LineKind {
    match property {
        "extent" => LineKind::Extent,
        "breaklines" => LineKind::BreakLine,
        "ridgeOrValleyLines" => LineKind::RidgeOrValleyLine,
        "reliefPoints" | "tin" => LineKind::Relief,
        _ if property.contains("TerrainIntersection") => LineKind::TerrainIntersection,
        _ => LineKind::Geometry,
    }
}
