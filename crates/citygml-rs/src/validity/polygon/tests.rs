use super::*;

/// A ring in a vertical wall far from the origin: `u` along it, `v` up.
fn ring(points: &[[f64; 2]]) -> Vec<[f64; 3]> {
    points
        .iter()
        .map(|[u, v]| [690_000.0 + 0.6 * u, 5_335_000.0 + 0.8 * u, 500.0 + v])
        .collect()
}

const WALL: [[f64; 2]; 4] = [[0.0, 0.0], [10.0, 0.0], [10.0, 6.0], [0.0, 6.0]];

fn wall_with(holes: &[&[[f64; 2]]]) -> Polygon {
    Polygon {
        exterior: ring(&WALL),
        interiors: holes.iter().map(|hole| ring(hole)).collect(),
    }
}

fn codes(polygon: &Polygon) -> Vec<&'static str> {
    let faults = check_polygon(polygon);
    faults.iter().map(|fault| fault.code().code).collect()
}

#[test]
fn windows_in_a_wall_are_no_fault() {
    let one = [[1.0, 1.0], [1.0, 2.0], [2.0, 2.0], [2.0, 1.0]];
    let other = [[4.0, 1.0], [4.0, 2.0], [6.0, 2.0], [6.0, 1.0]];
    assert_eq!(check_polygon(&wall_with(&[&one, &other])), []);
}

#[test]
fn a_door_to_the_ground_touches_along_an_edge() {
    let door = [[4.0, 0.0], [4.0, 2.0], [5.0, 2.0], [5.0, 0.0]];
    assert_eq!(codes(&wall_with(&[&door])), ["GML-042"]);
}

#[test]
fn a_corner_on_the_exterior_ring_touches() {
    let hole = [[4.0, 0.0], [3.0, 2.0], [5.0, 2.0]];
    assert_eq!(codes(&wall_with(&[&hole])), ["GML-043"]);
}

#[test]
fn holes_outside_and_in_holes_are_misplaced() {
    let outside = [[20.0, 1.0], [20.0, 2.0], [21.0, 2.0]];
    let outer = [[1.0, 1.0], [1.0, 5.0], [5.0, 5.0], [5.0, 1.0]];
    let inner = [[2.0, 2.0], [2.0, 3.0], [3.0, 3.0]];
    let faults = check_polygon(&wall_with(&[&outside, &outer, &inner]));
    assert_eq!(
        faults,
        [
            Fault::HoleOutside { ring: 1 },
            Fault::HoleInHole { rings: [3, 2] }
        ]
    );
}

#[test]
fn crossings_below_a_millimetre_are_none() {
    let sliver = |depth: f64| Polygon {
        exterior: ring(&[
            [0.0, 0.0],
            [5.0, 0.0],
            [10.0, 0.0],
            [10.0, 6.0],
            [5.0, -depth],
            [0.0, 6.0],
        ]),
        interiors: vec![],
    };
    assert!(!codes(&sliver(0.0005)).contains(&"GML-041"));
    assert!(codes(&sliver(0.05)).contains(&"GML-041"));
}

#[test]
fn a_ring_of_many_edges_is_compared() {
    let circle = |dent: f64| {
        let points: Vec<[f64; 2]> = (0..500)
            .map(|step| {
                let angle = f64::from(step) / 500.0 * std::f64::consts::TAU;
                let radius = if step == 100 { dent } else { 50.0 };
                [radius * angle.cos(), radius * angle.sin()]
            })
            .collect();
        Polygon {
            exterior: ring(&points),
            interiors: vec![],
        }
    };
    assert_eq!(check_polygon(&circle(10.0)), []);
    assert_eq!(codes(&circle(-60.0)), ["GML-041"]);
}

#[test]
fn a_point_off_the_plane_is_told_with_its_distance() {
    let mut polygon = wall_with(&[]);
    polygon.exterior[2][0] += 0.4;
    let faults = check_polygon(&polygon);
    let [Fault::NotPlanar { distance_m }] = faults[..] else {
        panic!("{faults:?}");
    };
    assert!((0.05..0.2).contains(&distance_m), "{distance_m}");
}

#[test]
fn terrain_has_triangles_that_look_up() {
    let mut face = Polygon {
        exterior: vec![[0.0, 0.0, 1.0], [5.0, 0.0, 2.0], [0.0, 5.0, 1.0]],
        interiors: vec![],
    };
    assert_eq!(check_terrain_triangle(&face), None);
    face.exterior.reverse();
    assert_eq!(check_terrain_triangle(&face), Some(Fault::FacesDown));
    face.exterior.push([5.0, 5.0, 1.0]);
    assert_eq!(
        check_terrain_triangle(&face),
        Some(Fault::NotATriangle { corners: 4 })
    );
}

#[test]
fn coordinates_that_are_no_numbers_have_no_area() {
    let mut polygon = wall_with(&[]);
    polygon.exterior[1][2] = f64::NAN;
    assert_eq!(check_polygon(&polygon), [Fault::NoArea]);
    assert_eq!(check_polygon(&Polygon::default()), [Fault::NoArea]);
}
