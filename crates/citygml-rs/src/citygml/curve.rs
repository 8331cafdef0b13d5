//! Lines and points: centre lines, intersections with the terrain, break lines, mass points.
//!
//! Of arcs and splines the control points are taken: the model has straight lines only.

use std::io::BufRead;

use super::cursor::Stop;
use super::geometry::GeometryContext;
use super::object::ObjectParser;
use super::ring::RingFault;
use crate::{Curve, PointSet, codes};

impl<R: BufRead> ObjectParser<'_, R> {
    /// Reads the line whose start tag was just read.
    pub(super) fn read_curve(&mut self, context: GeometryContext) -> Result<(), Stop> {
        let line = self.cursor.line();
        let Some(mut points) = self.read_line_points(context, "the line is left out")? else {
            return Ok(());
        };
        points.dedup();
        if points.len() < 2 {
            let fault = RingFault {
                code: codes::DEGENERATE_LINE,
                message: format!("a line has {} distinct points", points.len()),
            };
            self.report_fault(&fault, line, context.owner, "it is left out");
            return Ok(());
        }
        if context.flipped {
            points.reverse();
        }
        let object = self.assembly.object_mut(context.owner);
        object.curves.push(Curve {
            lod: context.lod,
            kind: context.line_kind,
            points,
        });
        Ok(())
    }

    /// Reads the point, or list of points, whose start tag was just read. Points of one property become one set.
    pub(super) fn read_points(&mut self, context: GeometryContext) -> Result<(), Stop> {
        if let Some(points) = self.read_line_points(context, "the point is left out")? {
            self.add_points(context, points);
        }
        Ok(())
    }

    pub(super) fn add_points(&mut self, context: GeometryContext, points: Vec<[f64; 3]>) {
        if points.is_empty() {
            return;
        }
        let sets = &mut self.assembly.object_mut(context.owner).points;
        match self.point_set {
            Some((owner, place)) if owner == context.owner && place < sets.len() => {
                sets[place].points.extend(points);
            }
            _ => {
                self.point_set = Some((context.owner, sets.len()));
                sets.push(PointSet {
                    lod: context.lod,
                    kind: context.line_kind,
                    points,
                });
            }
        }
    }

    /// All positions in the element whose start tag was just read, `None` (and reported) if some are faulty.
    pub(super) fn read_line_points(
        &mut self,
        context: GeometryContext,
        consequence: &str,
    ) -> Result<Option<Vec<[f64; 3]>>, Stop> {
        self.geometry_met += 1;
        let line = self.cursor.line();
        let positions = self.read_positions(context)?;
        if let Some(fault) = positions.fault {
            self.report_fault(&fault, line, context.owner, consequence);
            return Ok(None);
        }
        Ok(Some(positions.ring.into_points()))
    }
}
