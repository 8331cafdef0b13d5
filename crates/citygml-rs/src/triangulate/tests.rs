use super::*;
use crate::normal::{cross, dot, subtract};
use crate::polygon_normal;

/// Sum of the signed areas of the triangles along the polygon's normal.
fn triangle_area(polygon: &Polygon) -> f64 {
    let normal = polygon_normal(polygon).expect("test polygons have a normal");
    let vertices: Vec<_> = polygon
        .exterior
        .iter()
        .chain(polygon.interiors.iter().flatten())
        .collect();
    triangulate(polygon)
        .expect("test polygons can be triangulated")
        .iter()
        .map(|corners| {
            let [a, b, c] = corners.map(|index| *vertices[index as usize]);
            let area = dot(cross(subtract(b, a), subtract(c, a)), normal) / 2.0;
            assert!(area >= 0.0, "a triangle turns against the polygon");
            area
        })
        .sum()
}

/// A facade 10 by 6 with two windows, on a wall that stands askew, far from the origin.
fn facade() -> Polygon {
    let place = |along: f64, up: f64| {
        [
            690_000.0 + along * 0.6,
            5_335_000.0 + along * 0.8,
            515.0 + up,
        ]
    };
    let rectangle = |x0: f64, y0: f64, x1: f64, y1: f64| {
        vec![place(x0, y0), place(x1, y0), place(x1, y1), place(x0, y1)]
    };
    let mut second_window = rectangle(6.0, 2.0, 8.0, 4.0);
    second_window.reverse();
    Polygon {
        exterior: rectangle(0.0, 0.0, 10.0, 6.0),
        interiors: vec![rectangle(2.0, 2.0, 4.0, 4.0), second_window],
    }
}

#[test]
fn holes_stay_open_whatever_way_they_run() {
    assert!((triangle_area(&facade()) - 52.0).abs() < 1e-6);
}

#[test]
fn triangles_follow_the_reversed_polygon() {
    let mut polygon = facade();
    polygon.exterior.reverse();
    assert!((triangle_area(&polygon) - 52.0).abs() < 1e-6);
}

#[test]
fn concave_quads_do_not_take_the_fast_path() {
    let arrow = Polygon {
        exterior: vec![
            [0.0, 0.0, 0.0],
            [4.0, 2.0, 0.0],
            [0.0, 4.0, 0.0],
            [1.0, 2.0, 0.0],
        ],
        interiors: vec![],
    };
    assert!((triangle_area(&arrow) - 6.0).abs() < 1e-12);
}

#[test]
fn a_slightly_warped_roof_is_accepted() {
    let roof = Polygon {
        exterior: vec![
            [0.0, 0.0, 0.02],
            [10.0, 0.0, 0.0],
            [10.0, 8.0, 0.02],
            [5.0, 12.0, 0.01],
            [0.0, 8.0, 0.0],
        ],
        interiors: vec![],
    };
    assert!((triangle_area(&roof) - 100.0).abs() < 0.01);
}

#[test]
fn what_has_no_area_is_an_error() {
    let line = Polygon {
        exterior: vec![[0.0; 3], [1.0; 3], [2.0; 3], [1.5; 3]],
        interiors: vec![],
    };
    assert_eq!(triangulate(&line), Err(TriangulationError::ZeroArea));
    assert_eq!(
        triangulate(&Polygon::default()),
        Err(TriangulationError::TooFewPoints)
    );
    let broken = Polygon {
        exterior: vec![[0.0; 3], [f64::NAN; 3], [2.0, 0.0, 0.0]],
        interiors: vec![],
    };
    assert_eq!(triangulate(&broken), Err(TriangulationError::NotFinite));
}

#[test]
fn points_on_straight_edges_stay_corners() {
    // A square with one point in the middle of each edge, and several on one.
    let exterior = [
        [0.0, 0.0],
        [1.0, 0.0],
        [2.0, 0.0],
        [3.0, 0.0],
        [4.0, 0.0],
        [4.0, 2.0],
        [4.0, 4.0],
        [2.0, 4.0],
        [0.0, 4.0],
        [0.0, 2.0],
    ];
    let polygon = Polygon {
        exterior: exterior.iter().map(|&[x, y]| [x, y, 7.0]).collect(),
        interiors: vec![],
    };
    let mut triangulator = Triangulator::new();
    let found = triangulator.triangulate(&polygon).expect("it has an area");
    assert!(found.report.is_exact());
    assert_eq!(found.triangles.len(), 8);
    assert!((triangle_area(&polygon) - 16.0).abs() < 1e-12);
}

#[test]
fn a_triangle_with_points_on_all_sides_has_no_flat_triangle() {
    let polygon = Polygon {
        exterior: vec![
            [0.0, 0.0, 0.0],
            [1.0, 0.0, 0.0],
            [2.0, 0.0, 0.0],
            [1.5, 0.5, 0.0],
            [1.0, 1.0, 0.0],
            [0.5, 0.5, 0.0],
        ],
        interiors: vec![],
    };
    for corners in triangulate(&polygon).expect("it has an area") {
        let [a, b, c] = corners.map(|index| polygon.exterior[index as usize]);
        assert!(
            cross(subtract(b, a), subtract(c, a))[2] > 0.1,
            "{corners:?}"
        );
    }
}

#[test]
fn a_hole_far_outside_neither_panics_nor_passes_for_exact() {
    // More than 80 points make ear clipping hash by the extent of the exterior ring.
    let exterior = (0..90).map(|step| {
        let angle = f64::from(step) * std::f64::consts::TAU / 90.0;
        [angle.cos(), angle.sin(), 0.0]
    });
    let polygon = Polygon {
        exterior: exterior.collect(),
        interiors: vec![vec![[0.0, 0.0, 0.0], [0.2, -9.0, 0.0], [0.4, 0.1, 0.0]]],
    };
    let mut triangulator = Triangulator::new();
    let found = triangulator
        .triangulate(&polygon)
        .expect("the exterior has an area");
    assert!(!found.report.keeps_area);
}

#[test]
fn a_ring_that_crosses_itself_is_told() {
    let ring = |dip: f64| Polygon {
        exterior: vec![
            [0.0; 3],
            [4.0, 0.0, 0.0],
            [4.0, 4.0, 0.0],
            [2.0, dip, 0.0],
            [0.0, 4.0, 0.0],
        ],
        interiors: vec![],
    };
    let mut triangulator = Triangulator::new();
    let mut report = |dip: f64| {
        let found = triangulator.triangulate(&ring(dip));
        found.expect("it has an area").report
    };
    assert!(report(1.0).is_exact());
    assert!(!report(-1.0).is_exact());
}

#[test]
fn long_rings_that_cross_are_refused_and_long_ones_that_do_not_are_not() {
    let ring = |place: &dyn Fn(u32) -> [f64; 3]| Polygon {
        exterior: (0..20_000).map(place).collect(),
        interiors: vec![],
    };
    let scrawl = ring(&|step| {
        [
            f64::from(step * 7919 % 10_007),
            f64::from(step * 7727 % 10_009),
            0.0,
        ]
    });
    assert_eq!(triangulate(&scrawl), Err(TriangulationError::Entangled));
    let lake = ring(&|step| {
        let angle = f64::from(step) / 20_000.0 * std::f64::consts::TAU;
        let radius = 500.0 + f64::from(step * 7919 % 1000) / 10.0;
        [radius * angle.cos(), radius * angle.sin(), 0.0]
    });
    assert_eq!(
        triangulate(&lake).map(|triangles| triangles.len()),
        Ok(19_998)
    );
}
