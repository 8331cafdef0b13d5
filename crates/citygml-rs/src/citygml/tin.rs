//! Triangulated irregular networks, with triangles or with nothing but points (GML 3.1.1, 11.2.5; GML 3.2.1, 11.2.5).

use std::io::BufRead;

use super::cursor::{Stop, Token};
use super::geometry::GeometryContext;
use super::object::ObjectParser;
use crate::{LineKind, codes};

impl<R: BufRead> ObjectParser<'_, R> {
    /// Reads the content of the TIN whose start tag was just read.
    pub(super) fn read_tin(&mut self, context: GeometryContext) -> Result<(), Stop> {
        let line = self.cursor.line();
        let before = self.assembly.surface_count();
        let mut control_points = Vec::new();
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
                "maxLength" => self.cursor.skip_element()?,
                _ => self.read_geometry(context)?,
            }
        }
        // Where the triangles are there, the points are their corners.
        if self.assembly.surface_count() == before && !control_points.is_empty() {
            let id = &self.assembly.object(context.owner).id;
            self.findings.gather(
                codes::CONTROL_POINTS,
                "TIN with control points only",
                Some(line),
                Some(id),
            );
            self.add_points(context, control_points);
        }
        Ok(())
    }
}
