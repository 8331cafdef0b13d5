//! The two bridges: a cambered deck with parapets, carriageway and sidewalks, on piers in the river.

use crate::plan::polygon::{PlanPoint, at, direction, left};
use crate::plan::river;
use crate::solid::shell::FaceKind;
use crate::solid::{Position, Shell, lift};

/// A bridge of the demo city.
#[derive(Debug, Clone)]
pub struct Bridge {
    /// `gml:id`.
    pub id: String,
    /// Name on the map.
    pub name: &'static str,
    /// Closed bodies: the deck, the two parapets, the piers.
    pub bodies: Vec<Shell>,
    /// Carriageway over the deck, planar quads counter-clockwise seen from above.
    pub carriageway: Vec<Vec<[f64; 3]>>,
    /// Sidewalks over the deck.
    pub sidewalks: Vec<Vec<[f64; 3]>>,
}

struct Design {
    name: &'static str,
    easting_m: f64,
    width_m: f64,
    carriageway_m: f64,
    camber_m: f64,
    piers: &'static [f64],
}

const DESIGNS: [Design; 2] = [
    Design {
        name: "Alte Brücke",
        easting_m: 434.0,
        width_m: 15.0,
        carriageway_m: 8.0,
        camber_m: 1.5,
        piers: &[0.25, 0.5, 0.75],
    },
    Design {
        name: "Schillersteg",
        easting_m: 867.0,
        width_m: 15.0,
        carriageway_m: 8.0,
        camber_m: 0.7,
        piers: &[0.5],
    },
];

/// Builds both bridges.
pub(crate) fn bridges() -> Vec<Bridge> {
    DESIGNS
        .iter()
        .enumerate()
        .map(|(index, design)| build(index, design))
        .collect()
}

/// A cross-section of the bridge at a share of its length.
struct Station {
    middle: PlanPoint,
    /// Unit vector to the left of the direction of the bridge.
    left: PlanPoint,
    deck: f64,
}

fn build(index: usize, design: &Design) -> Bridge {
    const PARTS: usize = 8;
    const DECK_M: f64 = 1.1;
    const REACH_M: f64 = 20.9;
    let south = at(
        design.easting_m,
        river::axis_northing(design.easting_m) - REACH_M,
    );
    let north = at(
        design.easting_m,
        river::axis_northing(design.easting_m) + REACH_M,
    );
    let across = left(direction(south, north));
    let stations: Vec<Station> = (0..=PARTS)
        .map(|i| {
            let t = i as f64 / PARTS as f64;
            let deck =
                river::QUAY_LEVEL + 0.15 + design.camber_m * (std::f64::consts::PI * t).sin();
            Station {
                middle: south + (north - south) * t,
                left: across,
                deck,
            }
        })
        .collect();
    let half = design.width_m / 2.0;
    let kerb = design.carriageway_m / 2.0;
    let mut bodies = vec![beam(&stations, (-half, half), (-DECK_M, 0.0))];
    bodies.push(beam(&stations, (-half, -half + 0.35), (0.0, 1.05)));
    bodies.push(beam(&stations, (half - 0.35, half), (0.0, 1.05)));
    bodies.extend(design.piers.iter().map(|&t| {
        let middle = south + (north - south) * t;
        let under =
            river::QUAY_LEVEL + 0.15 + design.camber_m * (std::f64::consts::PI * t).sin() - DECK_M;
        pier(middle, across, half, under)
    }));
    let strip = |from: f64, to: f64, above: f64| -> Vec<Vec<Position>> {
        stations
            .windows(2)
            .map(|pair| {
                let p = |s: &Station, u: f64| lift(s.middle + s.left * u, s.deck + above);
                vec![
                    p(&pair[0], to),
                    p(&pair[0], from),
                    p(&pair[1], from),
                    p(&pair[1], to),
                ]
            })
            .collect()
    };
    let mut sidewalks = strip(-half + 0.35, -kerb, 0.16);
    sidewalks.extend(strip(kerb, half - 0.35, 0.16));
    Bridge {
        id: format!("VD_BR{}", index + 1),
        name: design.name,
        bodies,
        carriageway: strip(-kerb, kerb, 0.04),
        sidewalks,
    }
}

/// A closed beam along the stations between two offsets to the left and two heights over the deck.
fn beam(stations: &[Station], (from, to): (f64, f64), (low, high): (f64, f64)) -> Shell {
    let point = |s: &Station, u: f64, above: f64| lift(s.middle + s.left * u, s.deck + above);
    let mut shell = Shell::default();
    for pair in stations.windows(2) {
        let (a, b) = (&pair[0], &pair[1]);
        shell.push(
            FaceKind::Roof,
            vec![
                point(a, to, high),
                point(a, from, high),
                point(b, from, high),
                point(b, to, high),
            ],
        );
        shell.push(
            FaceKind::Ground,
            vec![
                point(a, from, low),
                point(a, to, low),
                point(b, to, low),
                point(b, from, low),
            ],
        );
        shell.push(
            FaceKind::Wall,
            vec![
                point(a, from, low),
                point(b, from, low),
                point(b, from, high),
                point(a, from, high),
            ],
        );
        shell.push(
            FaceKind::Wall,
            vec![
                point(b, to, low),
                point(a, to, low),
                point(a, to, high),
                point(b, to, high),
            ],
        );
    }
    if let (Some(first), Some(last)) = (stations.first(), stations.last()) {
        shell.push(
            FaceKind::Wall,
            vec![
                point(first, to, low),
                point(first, from, low),
                point(first, from, high),
                point(first, to, high),
            ],
        );
        shell.push(
            FaceKind::Wall,
            vec![
                point(last, from, low),
                point(last, to, low),
                point(last, to, high),
                point(last, from, high),
            ],
        );
    }
    shell
}

/// A pier with pointed cutwaters from the bed to the deck.
fn pier(middle: PlanPoint, across: PlanPoint, half_width_m: f64, top: f64) -> Shell {
    let along = left(across) * -1.0;
    let reach = half_width_m - 0.6;
    let ring = [
        middle - across * reach - along * 1.2,
        middle + across * reach - along * 1.2,
        middle + across * (reach + 1.8),
        middle + across * reach + along * 1.2,
        middle - across * reach + along * 1.2,
        middle - across * (reach + 1.8),
    ];
    let mut ring = ring.to_vec();
    if crate::plan::polygon::signed_area(&ring) < 0.0 {
        ring.reverse();
    }
    let base = river::WATER_LEVEL - 2.5;
    let mut shell = Shell::default();
    let low: Vec<_> = ring.iter().map(|&p| lift(p, base)).collect();
    let high: Vec<_> = ring.iter().map(|&p| lift(p, top + 0.02)).collect();
    shell.push(FaceKind::Ground, low.iter().rev().copied().collect());
    for i in 0..ring.len() {
        let next = (i + 1) % ring.len();
        shell.push(FaceKind::Wall, vec![low[i], low[next], high[next], high[i]]);
    }
    shell.push(FaceKind::Roof, high);
    shell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_body_is_closed_and_faces_outwards() {
        for bridge in bridges() {
            for body in &bridge.bodies {
                assert!(
                    body.open_edges().is_empty(),
                    "{}: {:?}",
                    bridge.name,
                    body.open_edges()
                );
                assert!(body.volume_m3() > 0.0);
            }
        }
    }

    #[test]
    fn decks_clear_the_water() {
        for bridge in bridges() {
            let (low, high) = bridge.bodies[0].height_range();
            assert!(low > river::WATER_LEVEL + 2.0 && high < river::QUAY_LEVEL + 3.0);
        }
    }
}
