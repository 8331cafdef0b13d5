//! Names for what can be wrong.

use std::fmt;

use crate::codes::{self, DiagnosticCode};

/// Something that is wrong with a polygon or a solid. Rings are counted from the exterior, 0; places are coordinates of
/// the input.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Fault {
    /// The exterior ring has no area.
    NoArea,
    /// Neighbours in a ring are the same place.
    PointRepeated {
        /// Which ring.
        ring: usize,
        /// Where.
        at: [f64; 3],
    },
    /// A ring crosses itself.
    RingCrossesItself {
        /// Which ring.
        ring: usize,
        /// About where.
        at: [f64; 3],
    },
    /// A ring runs along itself: a spike, or the cut to a hole that is written as part of the exterior.
    RingAlongItself {
        /// Which ring.
        ring: usize,
        /// About where.
        at: [f64; 3],
    },
    /// Two rings of a polygon cross or run along each other.
    RingsCross {
        /// Which rings.
        rings: [usize; 2],
        /// About where.
        at: [f64; 3],
    },
    /// Two rings of a polygon touch. Once is allowed, twice cuts the polygon in two.
    RingsTouch {
        /// Which rings.
        rings: [usize; 2],
        /// Where.
        at: [f64; 3],
    },
    /// A hole lies outside the exterior ring.
    HoleOutside {
        /// Which ring.
        ring: usize,
    },
    /// A hole lies in another.
    HoleInHole {
        /// The inner and the outer hole.
        rings: [usize; 2],
    },
    /// A point lies off the plane of its polygon.
    NotPlanar {
        /// Greatest distance from the plane, in metres.
        distance_m: f64,
    },
    /// The rings have so many edges side by side that not all were compared.
    NotCompared,
    /// A face of a terrain has not three corners.
    NotATriangle {
        /// How many it has.
        corners: usize,
    },
    /// A face of a terrain looks down.
    FacesDown,
    /// Edges of a shell belong to one face only.
    ShellOpen {
        /// How many edges.
        edges: usize,
        /// A point of one of them.
        at: [f64; 3],
    },
    /// Neighbours in a shell run along their common edge in the same direction: one of them is turned.
    FacesTurned {
        /// How many edges.
        edges: usize,
        /// A point of one of them.
        at: [f64; 3],
    },
    /// Edges of a shell belong to more than two faces.
    EdgesShared {
        /// How many edges.
        edges: usize,
        /// A point of one of them.
        at: [f64; 3],
    },
    /// A closed shell whose faces look to the wrong side.
    InsideOut,
    /// A shell of several pieces without a common edge.
    SeveralPieces {
        /// How many.
        pieces: usize,
    },
    /// A shell of fewer than four faces.
    TooFewFaces {
        /// How many.
        faces: usize,
    },
}

impl Fault {
    /// Code, severity and meaning, one of [`DIAGNOSTIC_CODES`](crate::DIAGNOSTIC_CODES).
    pub fn code(&self) -> DiagnosticCode {
        match self {
            Self::NoArea => codes::NO_AREA,
            Self::PointRepeated { .. } => codes::REPEATED_POINT,
            Self::RingCrossesItself { .. } => codes::RING_CROSSES_ITSELF,
            Self::RingsCross { .. } => codes::RINGS_CROSS,
            Self::RingsTouch { .. } | Self::RingAlongItself { .. } => codes::RINGS_TOUCH,
            Self::HoleOutside { .. } | Self::HoleInHole { .. } => codes::MISPLACED_HOLE,
            Self::NotPlanar { .. } => codes::NOT_PLANAR,
            Self::NotCompared => codes::NOT_COMPARED,
            Self::NotATriangle { .. } | Self::FacesDown => codes::TERRAIN_FACE,
            Self::ShellOpen { .. } | Self::TooFewFaces { .. } => codes::SHELL_OPEN,
            Self::FacesTurned { .. } | Self::InsideOut => codes::SHELL_ORIENTATION,
            Self::EdgesShared { .. } | Self::SeveralPieces { .. } => codes::SHELL_NOT_SIMPLE,
        }
    }
}

/// `the exterior ring`, `interior ring 2`.
struct Ring(usize);

impl fmt::Display for Ring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => f.write_str("the exterior ring"),
            number => write!(f, "interior ring {number}"),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::NoArea => f.write_str("the exterior ring has no area"),
            Self::PointRepeated { ring, .. } => {
                write!(f, "{} has two points in a row within 1 mm", Ring(ring))
            }
            Self::RingCrossesItself { ring, .. } => write!(f, "{} crosses itself", Ring(ring)),
            Self::RingAlongItself { ring, .. } => write!(f, "{} runs along itself", Ring(ring)),
            Self::RingsCross {
                rings: [one, other],
                ..
            } => write!(f, "{} and {} cross or overlap", Ring(one), Ring(other)),
            Self::RingsTouch {
                rings: [one, other],
                ..
            } => write!(f, "{} and {} touch", Ring(one), Ring(other)),
            Self::HoleOutside { ring } => {
                write!(f, "{} lies outside the exterior ring", Ring(ring))
            }
            Self::HoleInHole {
                rings: [inner, outer],
            } => write!(f, "{} lies in {}", Ring(inner), Ring(outer)),
            Self::NotPlanar { distance_m } => {
                write!(
                    f,
                    "a point lies {distance_m:.3} m off the plane of its polygon"
                )
            }
            Self::NotCompared => {
                f.write_str("the rings have too many edges side by side to compare them all")
            }
            Self::NotATriangle { corners } => {
                write!(f, "a face of the terrain has {corners} corners, not 3")
            }
            Self::FacesDown => f.write_str("a face of the terrain looks down"),
            Self::ShellOpen { edges, .. } => {
                write!(
                    f,
                    "the shell is not closed: {edges} edges have one face only"
                )
            }
            Self::FacesTurned { edges, .. } => write!(
                f,
                "neighbours in the shell look to different sides along {edges} edges"
            ),
            Self::EdgesShared { edges, .. } => {
                write!(f, "{edges} edges of the shell have more than two faces")
            }
            Self::InsideOut => f.write_str("the faces of the shell look to the wrong side"),
            Self::SeveralPieces { pieces } => write!(f, "the shell is of {pieces} pieces"),
            Self::TooFewFaces { faces } => write!(f, "a shell of {faces} faces cannot be closed"),
        }
    }
}
