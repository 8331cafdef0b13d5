//! What the file leaves open about faces: which kind they are and which way they look.

use citygml_rs::{CityObject, SurfaceKind};
use glam::DVec3;

use super::classify::{is_inside_out, is_space, kind_by_shape, kind_inside};
use super::faces::PlacedFace;

/// Gives faces without semantics a kind, after turning an inside-out solid round, and turns what lies
/// on the ground face up: files digitise roads and footprints either way.
pub(crate) fn complete(
    object: &CityObject,
    lod: Option<u8>,
    is_interior: bool,
    faces: &mut [PlacedFace],
) {
    let is_building = object.object_type.starts_with("Building");
    let is_unclassified = |face: &PlacedFace| face.kind == SurfaceKind::Unclassified;
    if is_building && faces.iter().any(is_unclassified) && is_inside_out(&corners(faces)) {
        faces.iter_mut().for_each(PlacedFace::flip);
    }
    let height = |face: &PlacedFace| {
        face.vertices()
            .map(|vertex| vertex.z)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), z| {
                (low.min(z), high.max(z))
            })
    };
    let bottom_m = faces
        .iter()
        .map(|face| height(face).0)
        .fold(f64::INFINITY, f64::min);
    for face in faces {
        let above_bottom_m = height(face).1 - bottom_m;
        let is_flat_outline = is_building && lod == Some(0);
        if is_flat_outline && face.normal.z < 0.0 {
            face.flip();
        }
        if is_unclassified(face) {
            face.kind = if is_interior && is_space(&object.object_type) {
                kind_inside(face.normal)
            } else {
                kind_by_shape(&object.object_type, face.normal, above_bottom_m)
            };
        }
        let lies_on_ground = matches!(face.kind, SurfaceKind::Traffic | SurfaceKind::Water)
            || object.object_type == "LandUse";
        if lies_on_ground && face.normal.z < 0.0 {
            face.flip();
        }
    }
}

fn corners(faces: &[PlacedFace]) -> Vec<[DVec3; 3]> {
    let mut corners = Vec::new();
    for face in faces {
        let vertices: Vec<DVec3> = face.vertices().collect();
        corners.extend(
            face.triangles
                .iter()
                .map(|triangle| triangle.map(|index| vertices[index as usize])),
        );
    }
    corners
}
