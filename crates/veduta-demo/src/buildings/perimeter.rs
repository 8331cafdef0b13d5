//! Closed blocks: houses wall to wall round a courtyard, corner houses turned round the corner.

use super::house::{HousePlan, HouseStyle, house};
use super::kinds::{BuildingUse, RoofType};
use super::site::{Draft, Site};
use crate::plan::Quarter;
use crate::plan::blocks::Block;
use crate::plan::polygon::{
    PlanPoint, cross, direction, distance, dot, inset_ring, left, lerp, middle, offset_line,
    signed_area,
};
use crate::random::Random;

/// How a block is divided and built.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BlockStyle {
    /// Depth of the houses, metres.
    pub(crate) depth_m: f64,
    /// Narrowest and widest front, metres.
    pub(crate) frontage_m: (f64, f64),
    /// Share of narrow houses that turn their gable to the street.
    pub(crate) gable_fronts: f64,
    /// Share of plots that are left open as a way into the yard.
    pub(crate) gaps: f64,
    /// Yard for each building in it, square metres.
    pub(crate) yard_per_building_m2: f64,
    /// First and last year of building.
    pub(crate) years: (u32, u32),
    /// Share with shops on the ground floor.
    pub(crate) shops: f64,
    /// The houses.
    pub(crate) house: HouseStyle,
}

/// Blocks of about 1900.
pub(crate) const BLOCKS_OF_1900: BlockStyle = BlockStyle {
    depth_m: 12.5,
    frontage_m: (14.0, 22.0),
    gable_fronts: 0.0,
    gaps: 0.03,
    yard_per_building_m2: 380.0,
    years: (1878, 1914),
    shops: 0.3,
    house: HouseStyle {
        storeys: (4, 5),
        storey_m: 3.35,
        plinth_m: 0.9,
        pitch_deg: (33.0, 44.0),
        roofs: &[
            RoofType::Mansard,
            RoofType::Mansard,
            RoofType::Gabled,
            RoofType::Gabled,
            RoofType::Gabled,
            RoofType::Flat,
        ],
        dormers: 0.7,
    },
};

/// The old town within the wall.
pub(crate) const OLD_TOWN: BlockStyle = BlockStyle {
    depth_m: 11.0,
    frontage_m: (7.5, 13.0),
    gable_fronts: 0.45,
    gaps: 0.02,
    yard_per_building_m2: 260.0,
    years: (1480, 1840),
    shops: 0.5,
    house: HouseStyle {
        storeys: (2, 3),
        storey_m: 2.9,
        plinth_m: 0.5,
        pitch_deg: (48.0, 54.0),
        roofs: &[RoofType::Gabled, RoofType::Gabled, RoofType::HalfHipped],
        dormers: 0.55,
    },
};

/// A plot on the edge of a block.
#[derive(Debug, Clone)]
struct Plot {
    front: Vec<PlanPoint>,
    depth_m: f64,
}

/// Builds the block; narrow blocks get shallower houses, and those too narrow even then a row.
pub(crate) fn build_block(site: &mut Site, block: &Block, style: &BlockStyle, index: u64) {
    let mut random = Random::stream(site.seed, "perimeter", index);
    let Some(ring) = inset_ring(&block.ring, 0.3) else {
        return;
    };
    let shares = [1.0, 0.88, 0.76, 0.64];
    let Some((depth_m, plots)) = shares.iter().find_map(|share| {
        let depth_m = style.depth_m * share;
        // The yard is at least 5 metres wide, or the houses must be shallower.
        inset_ring(&ring, depth_m + 2.5)?;
        Some((
            depth_m,
            divide(&mut random, &ring, depth_m, style.frontage_m)?,
        ))
    }) else {
        build_solid_block(site, block, style, &mut random);
        return;
    };
    for plot in &plots {
        let is_corner = plot.front.len() > 2;
        if !is_corner && random.chance(style.gaps) {
            continue;
        }
        let plan = house_plan(&mut random, plot, style);
        let mut manner = style.house;
        if is_corner {
            manner.storeys.0 = manner.storeys.1;
        }
        let part = house(site, &mut random, &plan, &manner);
        let door = lerp(plot.front[0], plot.front[1], 0.5);
        build_house(site, &mut random, block.quarter, style, (door, part));
    }
    build_yard(site, &mut random, block, style, (&ring, depth_m));
}

/// Turns a plot into a house: its roof along the street or, for some narrow ones, towards it.
fn house_plan(random: &mut Random, plot: &Plot, style: &BlockStyle) -> HousePlan {
    let frontage_m = distance(plot.front[0], plot.front[1]);
    if plot.front.len() == 2 && frontage_m < 11.0 && random.chance(style.gable_fronts) {
        let inner = offset_line(&plot.front, plot.depth_m);
        return HousePlan {
            front: vec![plot.front[1], inner[1]],
            depth_m: frontage_m,
            free_ends: [random.chance(0.3), random.chance(0.3)],
        };
    }
    let depth_m = if plot.front.len() == 2 {
        plot.depth_m + random.between(-0.8, 1.0)
    } else {
        plot.depth_m
    };
    HousePlan {
        front: plot.front.clone(),
        depth_m,
        free_ends: [false; 2],
    }
}

fn build_house(
    site: &mut Site,
    random: &mut Random,
    quarter: Quarter,
    style: &BlockStyle,
    (door, part): (PlanPoint, super::site::DraftPart),
) {
    let building_use = if random.chance(style.shops) {
        BuildingUse::ResidentialAndTrade
    } else {
        BuildingUse::Residential
    };
    let year = random.whole(style.years.0, style.years.1);
    site.build(Draft {
        quarter,
        building_use,
        year,
        name: None,
        door,
        parts: vec![part],
    });
}

/// Divides the edge of a block into corner plots and plots between them; `None` where an edge has
/// no room for its two corners.
fn divide(
    random: &mut Random,
    ring: &[PlanPoint],
    depth_m: f64,
    frontage_m: (f64, f64),
) -> Option<Vec<Plot>> {
    let count = ring.len();
    let reaches: Vec<f64> = (0..count).map(|i| corner_reach(ring, i, depth_m)).collect();
    // How far each corner house reaches along the edge before it and the edge after it.
    let mut arms = vec![[0.0; 2]; count];
    for i in 0..count {
        let next = (i + 1) % count;
        let edge_m = distance(ring[i], ring[next]);
        let needed_m = reaches[i].max(3.0) + reaches[next].max(3.0) + 2.4;
        let spare_m = edge_m - needed_m;
        if spare_m < 0.0 {
            return None;
        }
        let generous = |random: &mut Random| random.between(3.5, 6.5);
        let (a, b) = (generous(random), generous(random));
        let shrink = (spare_m / (a + b)).min(1.0);
        arms[i][1] = reaches[i].max(3.0) + 1.2 + a * shrink;
        arms[next][0] = reaches[next].max(3.0) + 1.2 + b * shrink;
        let between_m = edge_m - arms[i][1] - arms[next][0];
        if between_m < frontage_m.0 * 0.75 {
            // Too little for a house of its own: the corner houses share it.
            arms[i][1] += between_m / 2.0;
            arms[next][0] += between_m / 2.0;
        }
    }
    let mut plots = Vec::new();
    for i in 0..count {
        let (before, next) = ((i + count - 1) % count, (i + 1) % count);
        let arriving = direction(ring[before], ring[i]);
        let leaving = direction(ring[i], ring[next]);
        let (start, stop) = (
            ring[i] - arriving * arms[i][0],
            ring[i] + leaving * arms[i][1],
        );
        plots.push(Plot {
            front: vec![start, ring[i], stop],
            depth_m,
        });
        let last = ring[next] - leaving * arms[next][0];
        let between_m = dot(last - stop, leaving);
        if between_m < 1.0 {
            continue;
        }
        let widths = shares(random, between_m, frontage_m);
        let mut from = stop;
        for (k, width_m) in widths.iter().enumerate() {
            let to = if k + 1 == widths.len() {
                last
            } else {
                from + leaving * *width_m
            };
            plots.push(Plot {
                front: vec![from, to],
                depth_m,
            });
            from = to;
        }
    }
    Some(plots)
}

/// How far the inner corner lies from the outer one along the edges, metres; negative at corners
/// that point into the block.
fn corner_reach(ring: &[PlanPoint], i: usize, depth_m: f64) -> f64 {
    let count = ring.len();
    let arriving = direction(ring[(i + count - 1) % count], ring[i]);
    let leaving = direction(ring[i], ring[(i + 1) % count]);
    let turn = cross(arriving, leaving).atan2(dot(arriving, leaving));
    depth_m * (turn / 2.0).tan()
}

/// Uneven widths that add up to `total_m`.
pub(super) fn shares(random: &mut Random, total_m: f64, (narrow, wide): (f64, f64)) -> Vec<f64> {
    let count = (total_m / f64::midpoint(narrow, wide)).round().max(1.0) as usize;
    let weights: Vec<f64> = (0..count).map(|_| random.between(narrow, wide)).collect();
    let sum: f64 = weights.iter().sum();
    weights
        .into_iter()
        .map(|weight| weight / sum * total_m)
        .collect()
}

/// A block too small for a yard: one house on its longest side, or nothing.
fn build_solid_block(site: &mut Site, block: &Block, style: &BlockStyle, random: &mut Random) {
    let ring = &block.ring;
    let longest = (0..ring.len()).max_by(|&a, &b| {
        let edge = |i: usize| distance(ring[i], ring[(i + 1) % ring.len()]);
        edge(a).total_cmp(&edge(b))
    });
    let Some(i) = longest else { return };
    let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
    let forward = direction(a, b);
    let inwards = left(forward) * 0.3;
    let widths = shares(random, distance(a, b) - 1.0, style.frontage_m);
    let mut from = a + forward * 0.5 + inwards;
    for width_m in widths {
        let to = from + forward * width_m;
        let fitting = [1.0, 0.8, 0.65].iter().find_map(|share| {
            let plan = HousePlan {
                front: vec![from, to],
                depth_m: style.depth_m * share,
                free_ends: [false; 2],
            };
            Site::is_within(&plan.footprint(), ring).then_some(plan)
        });
        if let Some(plan) = fitting {
            let part = house(site, random, &plan, &style.house);
            build_house(
                site,
                random,
                block.quarter,
                style,
                (lerp(from, to, 0.5), part),
            );
        }
        from = to;
    }
}

/// Workshops and back houses in the yard, low, parallel to the edges.
fn build_yard(
    site: &mut Site,
    random: &mut Random,
    block: &Block,
    style: &BlockStyle,
    (ring, depth_m): (&[PlanPoint], f64),
) {
    const ATTEMPTS: u32 = 40;
    let Some(yard) = inset_ring(ring, depth_m + 2.2) else {
        return;
    };
    let most = (signed_area(&yard) / style.yard_per_building_m2) as u32;
    let low = HouseStyle {
        storeys: (1, 2),
        storey_m: 3.0,
        plinth_m: 0.2,
        pitch_deg: (24.0, 36.0),
        roofs: &[RoofType::Shed, RoofType::Gabled, RoofType::Flat],
        dormers: 0.0,
    };
    let mut built = 0;
    for _ in 0..ATTEMPTS {
        if built >= most {
            return;
        }
        let i = random.whole(0, ring.len() as u32 - 1) as usize;
        let (a, b) = (ring[i], ring[(i + 1) % ring.len()]);
        let forward = direction(a, b);
        let width_m = random.between(8.0, 19.0);
        let deep_m = random.between(5.5, 9.0);
        let start = a
            + forward * random.between(8.0, distance(a, b).max(9.0))
            + left(forward) * (depth_m + random.between(2.5, 22.0));
        let plan = HousePlan {
            front: vec![start, start + forward * width_m],
            depth_m: deep_m,
            free_ends: [true; 2],
        };
        let footprint = plan.footprint();
        let with_path = inset_ring(&footprint, -2.0).unwrap_or_else(|| footprint.clone());
        if !Site::is_within(&footprint, &yard) || !site.occupancy.is_free(&with_path) {
            continue;
        }
        let part = house(site, random, &plan, &low);
        let year = random.whole(style.years.0.max(1850), 1965);
        let draft = Draft {
            quarter: block.quarter,
            building_use: BuildingUse::Outbuilding,
            year,
            name: None,
            door: middle(&footprint),
            parts: vec![part],
        };
        built += u32::from(site.build(draft));
    }
}
