//! Checks of one solid.

use super::{Fault, SAME_PLACE_M};
use crate::solid::{ShellFace, shell_edges, shell_volume};

/// What is wrong with the shells of a solid, the exterior one first (ISO 19107, 6.3.17 and 6.4.39). Nothing for a valid
/// solid.
///
/// Looks at edges: whether each belongs to two faces that run along it in opposite directions, and whether the closed whole
/// looks outward. Faces that cut through each other are not looked for. Points closer than [`SAME_PLACE_M`] are the same.
/// Coordinates in metres on all axes.
pub fn check_solid(shells: &[Vec<ShellFace<'_>>]) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (number, faces) in shells.iter().enumerate() {
        if faces.len() < 4 {
            faults.push(Fault::TooFewFaces { faces: faces.len() });
            continue;
        }
        let edges = shell_edges(faces, SAME_PLACE_M);
        if let Some(at) = edges.open_at {
            faults.push(Fault::ShellOpen {
                edges: edges.open,
                at,
            });
        }
        if let Some(at) = edges.turned_at {
            faults.push(Fault::FacesTurned {
                edges: edges.turned,
                at,
            });
        }
        if let Some(at) = edges.shared_at {
            faults.push(Fault::EdgesShared {
                edges: edges.shared,
                at,
            });
        }
        if edges.pieces > 1 {
            faults.push(Fault::SeveralPieces {
                pieces: edges.pieces,
            });
        }
        // The faces of a cavity look into it, away from the matter.
        let outward = if number == 0 { 1.0 } else { -1.0 };
        if edges.is_closed() && shell_volume(faces) * outward < 0.0 {
            faults.push(Fault::InsideOut);
        }
    }
    faults
}
