//! Polygons made by chance that are valid by construction, and where they lie.

#![allow(dead_code, reason = "each test program uses what it needs")]

use std::collections::{BTreeMap, BTreeSet};

use citygml_rs::Polygon;
use proptest::prelude::*;

/// Unit cells that hang together by their sides, on a board of at most 8 by 8.
///
/// Their outline has right angles, points on straight edges at every unit, and holes; holes and outline may touch at
/// corners.
pub fn cells() -> impl Strategy<Value = BTreeSet<(i32, i32)>> {
    let board = (2..9_i32, 2..9_i32);
    board
        .prop_flat_map(|(width, height)| {
            let count = (width * height) as usize;
            proptest::collection::vec(any::<u8>(), count).prop_map(move |chances| {
                let chosen: BTreeSet<_> = (0..height)
                    .flat_map(|y| (0..width).map(move |x| (x, y)))
                    .zip(chances)
                    .filter(|(_, chance)| *chance < 190)
                    .map(|(cell, _)| cell)
                    .collect();
                largest_piece(&chosen)
            })
        })
        .prop_filter("there is a cell", |cells| !cells.is_empty())
}

fn largest_piece(cells: &BTreeSet<(i32, i32)>) -> BTreeSet<(i32, i32)> {
    let mut left = cells.clone();
    let mut largest = BTreeSet::new();
    while let Some(first) = left.pop_first() {
        let mut piece = BTreeSet::from([first]);
        let mut open = vec![first];
        while let Some((x, y)) = open.pop() {
            for beside in [(x + 1, y), (x - 1, y), (x, y + 1), (x, y - 1)] {
                if left.remove(&beside) {
                    piece.insert(beside);
                    open.push(beside);
                }
            }
        }
        if piece.len() > largest.len() {
            largest = piece;
        }
    }
    largest
}

/// The outline of cells, every unit a point: the exterior counter-clockwise, then the holes clockwise.
pub fn outline(cells: &BTreeSet<(i32, i32)>) -> Vec<Vec<[f64; 2]>> {
    // Sides that only one cell has, the cell on the left.
    let mut next: BTreeMap<(i32, i32), Vec<(i32, i32)>> = BTreeMap::new();
    for &(x, y) in cells {
        for (beside, from, to) in [
            ((x, y - 1), (x, y), (x + 1, y)),
            ((x + 1, y), (x + 1, y), (x + 1, y + 1)),
            ((x, y + 1), (x + 1, y + 1), (x, y + 1)),
            ((x - 1, y), (x, y + 1), (x, y)),
        ] {
            if !cells.contains(&beside) {
                next.entry(from).or_default().push(to);
            }
        }
    }
    let mut rings = Vec::new();
    while let Some((&start, _)) = next.iter().find(|(_, ways)| !ways.is_empty()) {
        let mut ring = vec![start];
        let mut here = start;
        let mut came = (0, 0);
        while let Some(ways) = next.get_mut(&here).filter(|ways| !ways.is_empty()) {
            // Where corners touch, the leftmost way keeps to the same cell, so that rings touch but never cross.
            let turn = |to: &(i32, i32)| came.0 * (to.1 - here.1) - came.1 * (to.0 - here.0);
            let choice = (0..ways.len())
                .max_by_key(|&way| turn(&ways[way]))
                .unwrap_or(0);
            let to = ways.swap_remove(choice);
            came = (to.0 - here.0, to.1 - here.1);
            here = to;
            ring.push(here);
        }
        ring.pop();
        rings.extend(split_at_touching(ring));
    }
    let mut rings: Vec<Vec<[f64; 2]>> = rings
        .into_iter()
        .map(|ring| {
            ring.into_iter()
                .map(|(x, y)| [f64::from(x), f64::from(y)])
                .collect()
        })
        .collect();
    rings.sort_by(|a, b| area(b).total_cmp(&area(a)));
    rings
}

/// A ring that visits a corner twice is two rings: a valid ring does not touch itself.
fn split_at_touching(ring: Vec<(i32, i32)>) -> Vec<Vec<(i32, i32)>> {
    let mut rings = Vec::new();
    let mut path: Vec<(i32, i32)> = Vec::new();
    for point in ring {
        if let Some(position) = path.iter().position(|&known| known == point) {
            rings.push(path.split_off(position));
        }
        path.push(point);
    }
    rings.push(path);
    rings
}

/// Signed area of a ring, positive counter-clockwise.
pub fn area(ring: &[[f64; 2]]) -> f64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter()
        .zip(next)
        .map(|(a, b)| a[0] * b[1] - a[1] * b[0])
        .sum::<f64>()
        / 2.0
}

/// A plane anywhere on earth, in metres of a projected system: its origin and two unit vectors.
#[derive(Debug, Clone)]
pub struct Place {
    origin: [f64; 3],
    right: [f64; 3],
    up: [f64; 3],
}

pub fn place() -> impl Strategy<Value = Place> {
    let turns = (0.0..std::f64::consts::TAU, -1.5..1.5_f64);
    let wall_or_any = prop_oneof![
        Just(None),
        Just(Some(0.0)),
        turns.clone().prop_map(|_| None)
    ];
    (
        (-7e5..7e5_f64, -6e6..6e6_f64, -10.0..3000.0_f64),
        turns,
        wall_or_any,
    )
        .prop_map(|((x, y, z), (heading, tilt), fixed)| {
            let tilt: f64 = fixed.unwrap_or(tilt);
            let right = [heading.cos(), heading.sin(), 0.0];
            let up = [
                -heading.sin() * tilt.sin(),
                heading.cos() * tilt.sin(),
                tilt.cos(),
            ];
            Place {
                origin: [x, y, z],
                right,
                up,
            }
        })
}

impl Place {
    /// Puts rings there: the first is the exterior. Coordinates are rounded to millimetres if `rounded`.
    pub fn polygon(&self, rings: &[Vec<[f64; 2]>], rounded: bool) -> Polygon {
        let put = |ring: &Vec<[f64; 2]>| -> Vec<[f64; 3]> {
            ring.iter()
                .map(|&[u, v]| {
                    std::array::from_fn(|axis| {
                        let value = self.origin[axis] + u * self.right[axis] + v * self.up[axis];
                        if rounded {
                            (value * 1000.0).round() / 1000.0
                        } else {
                            value
                        }
                    })
                })
                .collect()
        };
        Polygon {
            exterior: put(&rings[0]),
            interiors: rings[1..].iter().map(put).collect(),
        }
    }
}
