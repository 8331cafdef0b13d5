use super::*;
use crate::{Fault, check_solid, triangulate};

/// The six faces of a box far from the origin, looking outward; the first is the top, with a hole if asked for.
fn faces_of_box(size: [f64; 3]) -> Vec<Polygon> {
    let corner = |x: usize, y: usize, z: usize| {
        [
            690_000.25 + [0.0, size[0]][x],
            5_335_000.5 + [0.0, size[1]][y],
            500.0 + [0.0, size[2]][z],
        ]
    };
    let face = |corners: [(usize, usize, usize); 4]| Polygon {
        exterior: corners.map(|(x, y, z)| corner(x, y, z)).to_vec(),
        interiors: vec![],
    };
    vec![
        face([(0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)]),
        face([(0, 0, 0), (0, 1, 0), (1, 1, 0), (1, 0, 0)]),
        face([(0, 0, 0), (1, 0, 0), (1, 0, 1), (0, 0, 1)]),
        face([(1, 0, 0), (1, 1, 0), (1, 1, 1), (1, 0, 1)]),
        face([(1, 1, 0), (0, 1, 0), (0, 1, 1), (1, 1, 1)]),
        face([(0, 1, 0), (0, 0, 0), (0, 0, 1), (0, 1, 1)]),
    ]
}

fn shell(polygons: &[Polygon]) -> Vec<ShellFace<'_>> {
    polygons
        .iter()
        .map(|polygon| ShellFace {
            polygon,
            is_flipped: false,
        })
        .collect()
}

#[test]
fn a_box_has_its_volume_and_no_fault() {
    let polygons = faces_of_box([3.0, 4.0, 5.0]);
    let faces = shell(&polygons);
    assert!((shell_volume(&faces) - 60.0).abs() < 1e-6);
    assert_eq!(check_solid(&[faces]), []);
    let triangles = polygons.iter().flat_map(|polygon| {
        let triangles = triangulate(polygon).expect("faces have an area");
        triangles
            .into_iter()
            .map(|corners| corners.map(|index| polygon.exterior[index as usize]))
    });
    assert!((triangle_volume(triangles) - 60.0).abs() < 1e-6);
}

#[test]
fn a_flipped_use_turns_a_face_back() {
    let mut polygons = faces_of_box([1.0; 3]);
    polygons[2].exterior.reverse();
    let mut faces = shell(&polygons);
    let faults = check_solid(&[faces.clone()]);
    assert!(
        matches!(faults[..], [Fault::FacesTurned { edges: 4, .. }]),
        "{faults:?}"
    );
    faces[2].is_flipped = true;
    assert_eq!(check_solid(&[faces]), []);
}

#[test]
fn a_missing_face_leaves_its_edges_open() {
    let polygons = faces_of_box([1.0; 3]);
    let faults = check_solid(&[shell(&polygons[1..])]);
    assert!(
        matches!(faults[..], [Fault::ShellOpen { edges: 4, .. }]),
        "{faults:?}"
    );
}

#[test]
fn a_box_inside_out_is_told_and_a_cavity_is_meant_to_be() {
    let mut polygons = faces_of_box([1.0; 3]);
    polygons
        .iter_mut()
        .for_each(|polygon| polygon.exterior.reverse());
    assert!((shell_volume(&shell(&polygons)) + 1.0).abs() < 1e-9);
    assert_eq!(check_solid(&[shell(&polygons)]), [Fault::InsideOut]);
    let around = faces_of_box([2.0; 3]);
    assert_eq!(check_solid(&[shell(&around), shell(&polygons)]), []);
}

#[test]
fn a_frame_through_a_box_is_closed_whatever_way_its_holes_run() {
    let mut polygons = faces_of_box([3.0; 3]);
    let [x, y, z] = polygons[1].exterior[0];
    let at = |u: f64, v: f64, w: f64| [x + u, y + v, z + w];
    let square = |w: f64| {
        vec![
            at(1.0, 1.0, w),
            at(2.0, 1.0, w),
            at(2.0, 2.0, w),
            at(1.0, 2.0, w),
        ]
    };
    polygons[0].interiors.push(square(3.0));
    polygons[1].interiors.push(square(0.0));
    for side in 0..4 {
        let (from, to) = (side, (side + 1) % 4);
        polygons.push(Polygon {
            exterior: vec![
                square(0.0)[to],
                square(0.0)[from],
                square(3.0)[from],
                square(3.0)[to],
            ],
            interiors: vec![],
        });
    }
    assert_eq!(check_solid(&[shell(&polygons)]), []);
    assert!((shell_volume(&shell(&polygons)) - 24.0).abs() < 1e-6);
}

#[test]
fn corners_within_a_millimetre_are_the_same() {
    let mut polygons = faces_of_box([1.0; 3]);
    polygons[0].exterior[0][0] += 0.0009;
    assert_eq!(check_solid(&[shell(&polygons)]), []);
    polygons[0].exterior[0][0] += 0.002;
    assert!(!check_solid(&[shell(&polygons)]).is_empty());
}

#[test]
fn two_boxes_are_two_pieces() {
    let mut polygons = faces_of_box([1.0; 3]);
    let mut other = faces_of_box([1.0; 3]);
    for polygon in &mut other {
        polygon
            .exterior
            .iter_mut()
            .for_each(|point| point[0] += 9.0);
    }
    polygons.append(&mut other);
    assert_eq!(
        check_solid(&[shell(&polygons)]),
        [Fault::SeveralPieces { pieces: 2 }]
    );
}
