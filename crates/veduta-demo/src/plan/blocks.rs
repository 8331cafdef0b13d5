//! Building land: what the street space leaves over, block by block, and what each is built with.

use geo::{BooleanOps, Centroid, Contains, MultiPolygon, Point};

use super::polygon::{PlanPoint, at, cross, distance, open_ring, polygon, signed_area, tidy_ring};
use super::river;
use super::street_space::StreetSpace;

/// How a block is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Quarter {
    /// Narrow steep-roofed houses round small yards.
    OldTown,
    /// Closed perimeter blocks of about 1900 with courtyards.
    PerimeterBlocks,
    /// Rows of terraced houses with gardens.
    Terraces,
    /// Detached houses on the hillside.
    Villas,
    /// Slabs and towers with flat roofs.
    Modern,
    /// Parallel rows of flats of the 1950s.
    SlabRows,
    /// The school and its yard.
    School,
    /// The old industrial hall and its yard.
    Works,
    /// Sports ground and allotments.
    Sports,
    /// The town park.
    Park,
}

/// A block of building land.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    /// Outline, counter-clockwise, few corners.
    pub(crate) ring: Vec<PlanPoint>,
    /// How it is built.
    pub(crate) quarter: Quarter,
}

/// Blocks with a purpose of their own, by a point inside.
const CHOSEN: [(Quarter, PlanPoint); 4] = [
    (Quarter::School, at(172.0, 558.0)),
    (Quarter::Works, at(320.0, 163.0)),
    (Quarter::Sports, at(78.0, 165.0)),
    (Quarter::Park, at(1128.0, 395.0)),
];

/// West, south, east and north edge of the town, plan metres.
pub(crate) const TOWN_M: [f64; 4] = [-60.0, -30.0, 1300.0, 930.0];

/// The blocks between the streets; the open land round the town is not among them.
pub(crate) fn blocks(space: &StreetSpace) -> Vec<Block> {
    const SMALLEST_M2: f64 = 260.0;
    const LARGEST_M2: f64 = 90_000.0;
    let [west, south, east, north] = TOWN_M;
    let town = polygon(&[
        at(west, south),
        at(east, south),
        at(east, north),
        at(west, north),
    ]);
    let land: MultiPolygon<f64> = MultiPolygon::new(vec![town]).difference(&space.corridors);
    land.0
        .iter()
        .filter_map(|part| {
            let ring = without_short_edges(tidy_ring(&open_ring(part.exterior()), 2.0, 2.0));
            let touches_edge = ring.iter().any(|p| {
                p.x < west + 0.5 || p.x > east - 0.5 || p.y < south + 0.5 || p.y > north - 0.5
            });
            let area = signed_area(&ring);
            if touches_edge || !(SMALLEST_M2..LARGEST_M2).contains(&area) {
                return None;
            }
            let centre = polygon(&ring).centroid()?;
            Some(Block {
                quarter: quarter_of(&ring, centre),
                ring,
            })
        })
        .collect()
}

/// Cuts off corners until no edge is too short to build along. Only corners that point outwards are
/// cut, so the block shrinks and never reaches into a street.
fn without_short_edges(mut ring: Vec<PlanPoint>) -> Vec<PlanPoint> {
    const SHORTEST_M: f64 = 14.0;
    loop {
        let count = ring.len();
        let ear = |i: usize| {
            let (before, after) = (ring[(i + count - 1) % count], ring[(i + 1) % count]);
            cross(ring[i] - before, after - ring[i]) / 2.0
        };
        let cut = (0..count)
            .filter(|&i| distance(ring[i], ring[(i + 1) % count]) < SHORTEST_M)
            .flat_map(|i| [i, (i + 1) % count])
            .filter(|&i| ear(i) > -0.5)
            .min_by(|&a, &b| ear(a).total_cmp(&ear(b)));
        match cut {
            Some(i) if count > 4 => ring.remove(i),
            _ => return ring,
        };
    }
}

fn quarter_of(ring: &[PlanPoint], centre: Point<f64>) -> Quarter {
    let outline = polygon(ring);
    let chosen = CHOSEN
        .iter()
        .find(|(_, inside)| outline.contains(&Point(*inside)));
    if let Some((quarter, _)) = chosen {
        return *quarter;
    }
    let (x, y) = (centre.x(), centre.y());
    let inland_m = river::north_of_axis(at(x, y));
    if inland_m < 0.0 {
        return if y < 60.0 {
            Quarter::SlabRows
        } else {
            Quarter::Modern
        };
    }
    if in_old_town(at(x, y)) {
        return Quarter::OldTown;
    }
    if y > 645.0 || (y > 600.0 && x > 950.0) {
        return if x < 440.0 {
            Quarter::Terraces
        } else {
            Quarter::Villas
        };
    }
    Quarter::PerimeterBlocks
}

/// Whether a point lies within the ring of the old wall.
pub(crate) fn in_old_town(point: PlanPoint) -> bool {
    const WITHIN: [PlanPoint; 10] = [
        at(236.0, 285.0),
        at(614.0, 290.0),
        at(628.0, 390.0),
        at(624.0, 480.0),
        at(568.0, 566.0),
        at(462.0, 604.0),
        at(338.0, 588.0),
        at(258.0, 525.0),
        at(228.0, 440.0),
        at(222.0, 360.0),
    ];
    polygon(&WITHIN).contains(&Point(point))
}
