//! One polygon: its rings, their coordinates, and what may be wrong with them.

use std::io::BufRead;

use super::appearance::Opening;
use super::cursor::{Stop, Token};
use super::geometry::GeometryContext;
use super::object::ObjectParser;
use super::ring::{RingFault, RingPoints, Separators};
use crate::{Curve, LineKind, Polygon, Surface, codes};

/// The open points of a ring, or why there are none.
type Ring = Result<Vec<[f64; 3]>, RingFault>;

/// Elements inside a ring that are nested deeper than this share one `srsDimension`; real ones end at five.
const MAX_RING_DEPTH: usize = 12;

/// What the element whose content comes next holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Positioning {
    /// Other elements, or nothing of use.
    Nothing,
    /// The ring itself.
    Ring,
    /// `posList`.
    List,
    /// `pos`.
    Position,
    /// `coordinates`.
    Coordinates,
    /// One axis of a `coord`.
    Axis,
    /// It was closed: what comes is the end of one around it.
    Closed,
}

impl Positioning {
    fn of(element: &str) -> Self {
        match element {
            "posList" => Self::List,
            "pos" => Self::Position,
            "LinearRing" | "Ring" => Self::Ring,
            "coordinates" => Self::Coordinates,
            "X" | "Y" | "Z" => Self::Axis,
            _ => Self::Nothing,
        }
    }
}

/// All positions of an element.
#[derive(Debug, Default)]
pub(super) struct Positions {
    pub(super) ring: RingPoints,
    pub(super) fault: Option<RingFault>,
    /// Whether the ring has a `gml:id`; it is in [`ObjectParser::ring_id`].
    has_id: bool,
    /// Whether it is put together of curves (`gml:Ring`).
    is_of_curves: bool,
}

impl<R: BufRead> ObjectParser<'_, R> {
    /// Reads the polygon (or patch, or triangle) whose start tag was just read.
    pub(super) fn read_polygon(
        &mut self,
        context: GeometryContext,
        id: Option<String>,
    ) -> Result<(), Stop> {
        self.geometry_met += 1;
        let line = self.cursor.line();
        let mut exterior: Option<Ring> = None;
        let mut interiors = Vec::new();
        while let Token::Start = self.cursor.advance()? {
            match self.cursor.local_name() {
                "exterior" | "outerBoundaryIs" => exterior = Some(self.read_ring(context, 0)?),
                "interior" | "innerBoundaryIs" => {
                    match self.read_ring(context, interiors.len() + 1)? {
                        Ok(ring) => interiors.push(ring),
                        Err(fault) => {
                            self.report_fault(&fault, line, context.owner, "a hole is left out")
                        }
                    }
                }
                _ => self.cursor.skip_element()?,
            }
        }
        let exterior = exterior.unwrap_or_else(|| {
            Err(RingFault {
                code: codes::DEGENERATE_RING,
                message: "a polygon has no exterior ring".to_owned(),
            })
        });
        match exterior {
            Ok(exterior) if context.line_kind == LineKind::Extent => {
                self.assembly.forget_rings();
                self.add_outline(context, exterior);
                interiors
                    .into_iter()
                    .for_each(|hole| self.add_outline(context, hole));
            }
            Ok(mut exterior) => {
                if context.flipped {
                    exterior.reverse();
                    interiors.iter_mut().for_each(|ring| ring.reverse());
                }
                let polygon = Polygon {
                    exterior,
                    interiors,
                };
                let surface = Surface {
                    id,
                    lod: context.lod,
                    kind: context.kind,
                    polygon,
                    boundary: context.boundary,
                    line,
                    ..Surface::default()
                };
                self.assembly
                    .add_surface(context.owner, surface, context.flipped);
            }
            Err(fault) => {
                self.assembly.forget_rings();
                self.report_fault(&fault, line, context.owner, "the polygon is left out");
                // A reference to it is not unresolved: the fault is here, and was reported here.
                if let Some(id) = id {
                    let mark = self.assembly.mark();
                    self.assembly.add_target(&id, mark, false);
                }
            }
        }
        Ok(())
    }

    /// The edge of the area that a relief component describes is a line.
    fn add_outline(&mut self, context: GeometryContext, mut points: Vec<[f64; 3]>) {
        points.extend(points.first().copied());
        let object = self.assembly.object_mut(context.owner);
        object.curves.push(Curve {
            lod: context.lod,
            kind: context.line_kind,
            points,
        });
    }

    pub(super) fn report_fault(
        &mut self,
        fault: &RingFault,
        line: u64,
        owner: usize,
        consequence: &str,
    ) {
        self.report(
            fault.code,
            line,
            owner,
            format_args!("{}; {consequence}", fault.message),
        );
    }

    /// Reads everything in a ring property: a linear ring, or a ring of curves, whose points are taken in order. `index`
    /// is 0 for the exterior.
    fn read_ring(&mut self, context: GeometryContext, index: usize) -> Result<Ring, Stop> {
        let place = self.cursor.place();
        let positions = self.read_positions(context)?;
        if let Some(fault) = positions.fault {
            return Ok(Err(fault));
        }
        let ring = positions.ring;
        if positions.has_id {
            let opening = Opening::of(ring.points());
            self.assembly.add_ring(index, &self.ring_id, opening);
        } else if context.is_textured {
            // Its texture coordinates follow by the order of the rings; they need a name all the same.
            let name = format!("{}/{index}", self.assembly.surface_count());
            let opening = Opening::of(ring.points());
            self.assembly.add_ring(index, &name, opening);
        }
        // Each curve of a ring of curves begins where the one before ends.
        let repeats =
            !positions.is_of_curves && ring.points().windows(2).any(|pair| pair[0] == pair[1]);
        Ok(ring.finish().map(|(points, closed)| {
            if !closed {
                let line = self.cursor.line_of(place);
                self.report(
                    codes::UNCLOSED_RING,
                    line,
                    context.owner,
                    format_args!("a ring does not end where it begins; it was closed"),
                );
            }
            if repeats {
                let line = self.cursor.line_of(place);
                self.findings.gather(
                    codes::REPEATED_POINT,
                    "ring with a point twice in a row, of which one is kept",
                    Some(line),
                    Some(&self.assembly.object(context.owner).id),
                );
            }
            points
        }))
    }

    /// Reads all positions in the element whose start tag was just read, in any encoding of GML 2 to 3.2.1.
    pub(super) fn read_positions(&mut self, context: GeometryContext) -> Result<Positions, Stop> {
        let outer = self.cursor.depth();
        let place = self.cursor.place();
        let mut ring = RingPoints::default();
        let mut fault: Option<RingFault> = None;
        let mut has_id = false;
        let mut is_of_curves = false;
        // Dimensions of the open elements, so that `srsDimension` counts on any level.
        let mut dimensions = [context.dimension; MAX_RING_DEPTH];
        let mut separators = Separators::default();
        let mut holds = Positioning::Nothing;
        let mut coord: Vec<f64> = Vec::new();
        let limit = self.options.max_points_per_ring;
        while self.cursor.depth() >= outer {
            let token = self.cursor.advance()?;
            match token {
                Token::Start => {
                    holds = Positioning::of(self.cursor.local_name());
                    let level = (self.cursor.depth() - outer).min(MAX_RING_DEPTH - 1);
                    let mut dimension = dimensions[level - 1];
                    separators = Separators::default();
                    let mut href = None;
                    is_of_curves |=
                        holds == Positioning::Ring && self.cursor.local_name() == "Ring";
                    let ring_id = &mut self.ring_id;
                    self.cursor.for_each_attribute(|name, value| match name {
                        "id" if holds == Positioning::Ring => {
                            has_id = true;
                            ring_id.clear();
                            ring_id.push_str(&value);
                        }
                        "srsDimension" => dimension = value.trim().parse().ok().or(dimension),
                        "cs" => separators.coordinate = value.chars().next().unwrap_or(','),
                        "ts" => separators.tuple = value.chars().next().unwrap_or(' '),
                        "decimal" => separators.decimal = value.chars().next().unwrap_or('.'),
                        "href" => href = Some(value.into_owned()),
                        _ => {}
                    });
                    dimensions[level] = dimension;
                    if let Some(href) = href {
                        let message =
                            format!("a ring refers to the curve {href:?}, which is not followed");
                        fault.get_or_insert(RingFault {
                            code: codes::UNRESOLVED_XLINK,
                            message,
                        });
                    }
                }
                Token::End => {
                    let text = self.cursor.text();
                    // The element that was closed was one level further in than those that are open now.
                    let level = (self.cursor.depth() + 1).saturating_sub(outer);
                    let result = match std::mem::replace(&mut holds, Positioning::Closed) {
                        Positioning::List => ring.add_position_list(
                            text,
                            dimensions[level.min(MAX_RING_DEPTH - 1)],
                            limit,
                            &mut self.numbers,
                        ),
                        Positioning::Position => ring.add_position(text, limit),
                        Positioning::Coordinates => ring.add_coordinates(text, separators, limit),
                        Positioning::Axis => {
                            coord.extend(
                                text.trim()
                                    .parse::<f64>()
                                    .ok()
                                    .filter(|value| value.is_finite()),
                            );
                            Ok(())
                        }
                        // The end of one that held others.
                        Positioning::Closed if coord.len() >= 2 => {
                            ring.add(&coord);
                            coord.clear();
                            Ok(())
                        }
                        _ => Ok(()),
                    };
                    if let Err(found) = result {
                        fault.get_or_insert(found);
                    }
                }
                Token::EndOfDocument => return Err(Stop::Truncated),
            }
        }
        if fault.is_none() && ring.flat && context.lod > 0 {
            let line = self.cursor.line_of(place);
            self.report_missing_height(line, context);
        }
        Ok(Positions {
            ring,
            fault,
            has_id,
            is_of_curves,
        })
    }

    /// Once for an object: one without heights has no heights anywhere.
    fn report_missing_height(&mut self, line: u64, context: GeometryContext) {
        if self.heights_missed_in != Some(context.owner) {
            self.heights_missed_in = Some(context.owner);
            let lod = context.lod;
            self.report(
                codes::HEIGHT_MISSING,
                line,
                context.owner,
                format_args!("geometry of LoD {lod} has no heights; 0 is assumed"),
            );
        }
    }
}
