//! Triangles keep every edge of their polygon: whatever shares points with it still fits.

mod metric;
mod random_polygon;
mod shared_data;

use std::collections::HashMap;

use citygml_rs::{Polygon, Triangulator};
use proptest::prelude::*;
use random_polygon::{area, cells, outline, place};

/// How often each directed edge is used, opposite uses taken off each other.
type Balance = HashMap<([u64; 3], [u64; 3]), i32>;

fn count(balance: &mut Balance, from: [f64; 3], to: [f64; 3], step: i32) {
    let key = |point: [f64; 3]| point.map(|value| (value + 0.0).to_bits());
    let (from, to) = (key(from), key(to));
    if from < to {
        *balance.entry((from, to)).or_default() += step;
    } else if to < from {
        *balance.entry((to, from)).or_default() -= step;
    }
}

/// Edges that are not once in the triangles as in the rings (holes running against the exterior).
fn edges_out_of_balance(polygon: &Polygon, triangles: &[[u32; 3]]) -> usize {
    let vertices: Vec<[f64; 3]> = rings(polygon).flatten().copied().collect();
    let mut balance = Balance::new();
    for corners in triangles {
        let [a, b, c] = corners.map(|index| vertices[index as usize]);
        count(&mut balance, a, b, 1);
        count(&mut balance, b, c, 1);
        count(&mut balance, c, a, 1);
    }
    let normal = vector_area(&polygon.exterior);
    for (number, ring) in rings(polygon).enumerate() {
        let runs_along = dot(vector_area(ring), normal) > 0.0;
        let step = if number > 0 && runs_along { 1 } else { -1 };
        for (&from, &to) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            count(&mut balance, from, to, step);
        }
    }
    balance.values().filter(|&&surplus| surplus != 0).count()
}

fn rings(polygon: &Polygon) -> impl Iterator<Item = &Vec<[f64; 3]>> {
    std::iter::once(&polygon.exterior).chain(&polygon.interiors)
}

fn subtract(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    std::array::from_fn(|axis| a[axis] - b[axis])
}

fn cross(a: [f64; 3], b: [f64; 3]) -> [f64; 3] {
    [
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    ]
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn vector_area(ring: &[[f64; 3]]) -> [f64; 3] {
    let mut sum = [0.0; 3];
    for pair in ring.windows(2) {
        let term = cross(subtract(pair[0], ring[0]), subtract(pair[1], ring[0]));
        sum = std::array::from_fn(|axis| sum[axis] + term[axis] / 2.0);
    }
    sum
}

/// Areas of the triangles along the polygon's normal.
fn triangle_areas(polygon: &Polygon, triangles: &[[u32; 3]]) -> Vec<f64> {
    let vertices: Vec<[f64; 3]> = rings(polygon).flatten().copied().collect();
    let normal = vector_area(&polygon.exterior);
    let length = dot(normal, normal).sqrt();
    triangles
        .iter()
        .map(|corners| {
            let [a, b, c] = corners.map(|index| vertices[index as usize]);
            dot(cross(subtract(b, a), subtract(c, a)), normal) / length / 2.0
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 3000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn outlines_of_cells_keep_every_edge(
        cells in cells(),
        place in place(),
        is_rounded in any::<bool>(),
        turned in any::<[bool; 2]>(),
    ) {
        let mut rings = outline(&cells);
        if turned[0] {
            rings[0].reverse();
        }
        if turned[1] {
            rings[1..].iter_mut().for_each(|ring| ring.reverse());
        }
        let polygon = place.polygon(&rings, is_rounded);
        let mut triangulator = Triangulator::new();
        let found = triangulator.triangulate(&polygon).expect("cells have an area");
        prop_assert!(found.report.is_exact(), "{:?} {:?}", found.report, rings);
        prop_assert_eq!(edges_out_of_balance(&polygon, found.triangles), 0);
        let areas = triangle_areas(&polygon, found.triangles);
        prop_assert!((areas.iter().sum::<f64>() - cells.len() as f64).abs() < 0.1);
        // The smallest triangle between points of the grid has half a unit.
        let smallest = areas.iter().copied().fold(f64::INFINITY, f64::min);
        prop_assert!(smallest > 0.3, "{smallest} {rings:?}");
    }

    #[test]
    fn stars_with_points_on_their_edges_keep_every_edge(
        radii in proptest::collection::vec(1.0..30.0_f64, 3..60),
        points_on_edges in proptest::collection::vec(0..4_usize, 60),
        place in place(),
        is_rounded in any::<bool>(),
        has_hole in any::<bool>(),
    ) {
        let corner = |index: usize, scale: f64| {
            let index = index % radii.len();
            let angle = index as f64 / radii.len() as f64 * std::f64::consts::TAU;
            [scale * radii[index] * angle.cos(), scale * radii[index] * angle.sin()]
        };
        let with_points = |scale: f64| -> Vec<[f64; 2]> {
            (0..radii.len()).flat_map(|index| {
                let (from, to) = (corner(index, scale), corner(index + 1, scale));
                let parts = points_on_edges[index] + 1;
                (0..parts).map(move |part| {
                    let share = part as f64 / parts as f64;
                    [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
                })
            }).collect()
        };
        let mut rings = vec![with_points(1.0)];
        if has_hole {
            rings.push(with_points(0.5));
        }
        prop_assume!(area(&rings[0]) > 1.0);
        let polygon = place.polygon(&rings, is_rounded);
        let mut triangulator = Triangulator::new();
        let found = triangulator.triangulate(&polygon).expect("stars have an area");
        prop_assert!(found.report.is_exact(), "{:?}", found.report);
        prop_assert_eq!(edges_out_of_balance(&polygon, found.triangles), 0);
        let areas = triangle_areas(&polygon, found.triangles);
        let smallest = areas.iter().copied().fold(f64::INFINITY, f64::min);
        // What rounding does to an edge of 60 metres may turn a sliver over.
        prop_assert!(smallest > if is_rounded { -0.03 } else { -1e-6 }, "{smallest}");
    }
}

/// Polygons of all files: edges are kept unless the polygon itself is broken.
#[test]
fn polygons_of_real_cities_keep_every_edge() {
    let Some(data) = shared_data::shared_data() else {
        return;
    };
    let mut triangulator = Triangulator::new();
    let (mut checked, mut inexact, mut unbalanced) = (0_u64, 0_u64, 0_u64);
    for folder in ["citygml", "cityjson", "pairs_citygml_3dtiles", "perf"] {
        let extensions = ["gml", "xml", "citygml", "json", "jsonl", "gz"];
        for path in shared_data::files_below(&data.join(folder), &extensions) {
            let mut inexact_here = 0;
            for object in shared_data::read(&path).objects {
                shared_data::visit_all(&object, &mut |object| {
                    for surface in &object.surfaces {
                        let polygon =
                            metric::metric_polygon(&surface.polygon, object.srs_name.as_deref());
                        let Ok(found) = triangulator.triangulate(&polygon) else {
                            continue;
                        };
                        checked += 1;
                        let is_balanced = edges_out_of_balance(&polygon, found.triangles) == 0;
                        if !found.report.is_exact() {
                            inexact_here += 1;
                            let found = found.report;
                            println!("  {} line {}: {found:?}", object.id, surface.line);
                        } else if !is_balanced {
                            unbalanced += 1;
                            println!("  {} line {}: edges lost", object.id, surface.line);
                        }
                    }
                });
            }
            if inexact_here > 0 {
                println!("{}: {inexact_here}", path.display());
            }
            inexact += inexact_here;
        }
    }
    println!("{checked} polygons, {inexact} that cross themselves or others");
    assert_eq!(unbalanced, 0);
    assert!(checked > 100_000, "only {checked} polygons");
    assert!(inexact * 1000 < checked, "{inexact} of {checked}");
}
