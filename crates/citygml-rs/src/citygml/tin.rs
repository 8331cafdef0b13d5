//! Triangulated irregular networks (GML 3.1.1 and 3.2.1, 11.2.5): with triangles, or with nothing but control points,
//! which are triangulated here between the break and stop lines.

use std::io::BufRead;

use super::cursor::{Stop, Token};
use super::geometry::GeometryContext;
use super::object::ObjectParser;
use crate::delaunay::triangles_over;
use crate::{LineKind, Polygon, Surface, codes};

impl<R: BufRead> ObjectParser<'_, R> {
    /// Reads the content of the TIN whose start tag was just read.
    pub(super) fn read_tin(&mut self, context: GeometryContext) -> Result<(), Stop> {
        let line = self.cursor.line();
        let before = self.assembly.surface_count();
        let first_line = self.assembly.object(context.owner).curves.len();
        let mut control_points = Vec::new();
        let mut max_length = None;
        while let Token::Start = self.cursor.advance()? {
            match self.cursor.local_name() {
                "controlPoint" => {
                    let consequence = "the control points are left out";
                    if let Some(points) = self.read_line_points(context, consequence)? {
                        control_points.extend(points);
                    }
                }
                "breakLines" | "stopLines" => self.read_geometries(GeometryContext {
                    line_kind: LineKind::BreakLine,
                    ..context
                })?,
                "maxLength" => {
                    self.cursor.skip_element()?;
                    let length = self.cursor.text().trim().parse::<f64>().ok();
                    max_length = length.filter(|length| length.is_finite() && *length > 0.0);
                }
                _ => self.read_geometry(context)?,
            }
        }
        // Where the triangles are there, the points are their corners.
        if self.assembly.surface_count() == before && !control_points.is_empty() {
            let curves = &self.assembly.object(context.owner).curves[first_line..];
            let lines: Vec<&[[f64; 3]]> = curves.iter().map(|curve| &*curve.points).collect();
            match triangles_over(&control_points, &lines, max_length) {
                Some(triangles) => self.add_triangles(context, triangles, line),
                None => self.keep_control_points(context, control_points, line),
            }
        }
        Ok(())
    }

    fn add_triangles(
        &mut self,
        context: GeometryContext,
        triangles: Vec<[[f64; 3]; 3]>,
        line: u64,
    ) {
        for triangle in triangles {
            let surface = Surface {
                lod: context.lod,
                kind: context.kind,
                polygon: Polygon {
                    exterior: triangle.to_vec(),
                    interiors: Vec::new(),
                },
                boundary: context.boundary,
                line,
                ..Surface::default()
            };
            self.assembly.add_surface(context.owner, surface, false);
        }
    }

    /// Points that span no area stay points.
    fn keep_control_points(&mut self, context: GeometryContext, points: Vec<[f64; 3]>, line: u64) {
        let id = &self.assembly.object(context.owner).id;
        self.findings.gather(
            codes::CONTROL_POINTS,
            "TIN whose control points span no area",
            Some(line),
            Some(id),
        );
        self.add_points(context, points);
    }
}
