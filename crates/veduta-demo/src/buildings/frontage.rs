//! Houses with front gardens along a street: rows of terraced houses, and villas on their own.

use super::house::{HousePlan, HouseStyle, house_of};
use super::kinds::{BuildingUse, RoofType};
use super::perimeter::shares;
use super::site::{Draft, DraftPart, Site};
use crate::plan::Quarter;
use crate::plan::polygon::{
    PlanPoint, direction, distance, inset_ring, left, lerp, offset_line, rectangle,
};
use crate::plan::streets::Street;
use crate::random::Random;
use crate::solid::{Cap, Level, Stepped};

const TERRACED: HouseStyle = HouseStyle {
    storeys: (2, 2),
    storey_m: 2.85,
    plinth_m: 0.4,
    pitch_deg: (36.0, 38.0),
    roofs: &[RoofType::Gabled],
    dormers: 0.25,
};

const VILLA: HouseStyle = HouseStyle {
    storeys: (2, 2),
    storey_m: 3.1,
    plinth_m: 0.9,
    pitch_deg: (36.0, 46.0),
    roofs: &[
        RoofType::Hipped,
        RoofType::Hipped,
        RoofType::Gabled,
        RoofType::HalfHipped,
        RoofType::Mansard,
        RoofType::Pyramidal,
        RoofType::Flat,
    ],
    dormers: 0.4,
};

/// Fronts along one side of a street: straight pieces with the street to the right.
fn fronts(street: &Street, side: f64, setback_m: f64) -> Vec<[PlanPoint; 2]> {
    let axis: Vec<PlanPoint> = if side > 0.0 {
        street.axis.clone()
    } else {
        street.axis.iter().rev().copied().collect()
    };
    let line = offset_line(&axis, street.class.corridor_width_m() / 2.0 + setback_m);
    line.windows(2).map(|pair| [pair[0], pair[1]]).collect()
}

/// Rows of terraced houses along both sides of a street.
pub(crate) fn build_terraces(site: &mut Site, street: &Street, index: u64) {
    let mut random = Random::stream(site.seed, "terraces", index);
    for side in [1.0, -1.0] {
        for [a, b] in fronts(street, side, 3.6) {
            let forward = direction(a, b);
            let usable_m = distance(a, b) - 22.0;
            if usable_m < 16.0 {
                continue;
            }
            let mut from_m = 11.0;
            for row_m in shares(&mut random, usable_m, (38.0, 62.0)) {
                let start = a + forward * from_m;
                build_row(site, &mut random, (start, start + forward * (row_m - 5.0)));
                from_m += row_m;
            }
        }
    }
}

/// One row: equal houses under one kind of roof, stepping with the slope.
fn build_row(site: &mut Site, random: &mut Random, (start, stop): (PlanPoint, PlanPoint)) {
    let length_m = distance(start, stop);
    let count = (length_m / random.between(6.3, 7.8)).round().max(2.0) as usize;
    let depth_m = random.between(9.5, 11.0);
    let year = random.whole(1926, 1974);
    let roof = if year > 1964 && random.chance(0.4) {
        RoofType::Flat
    } else {
        RoofType::Gabled
    };
    for i in 0..count {
        let point = |k: usize| lerp(start, stop, k as f64 / count as f64);
        let plan = HousePlan {
            front: vec![point(i), point(i + 1)],
            depth_m,
            free_ends: [i == 0, i + 1 == count],
        };
        let part = house_of(site, random, &plan, &TERRACED, (2, roof));
        site.build(Draft {
            quarter: Quarter::Terraces,
            building_use: BuildingUse::Residential,
            year,
            name: None,
            door: lerp(point(i), point(i + 1), 0.5),
            parts: vec![part],
        });
    }
}

/// Detached houses along a street: on both sides, or on the left of its axis only.
pub(crate) fn build_villas(site: &mut Site, street: &Street, only_left: bool, index: u64) {
    let mut random = Random::stream(site.seed, "villas", index);
    let sides: &[f64] = if only_left { &[1.0] } else { &[1.0, -1.0] };
    for &side in sides {
        let mut lot_from_m = 0.0;
        for [a, b] in fronts(street, side, 0.0) {
            let forward = direction(a, b);
            let mut along_m = 9.0 + lot_from_m;
            while along_m + 9.0 < distance(a, b) {
                let middle = a + forward * along_m;
                build_villa(site, &mut random, middle, forward);
                along_m += random.between(22.0, 31.0);
            }
            lot_from_m = 4.0;
        }
    }
}

fn build_villa(site: &mut Site, random: &mut Random, lot: PlanPoint, forward: PlanPoint) {
    let (width_m, depth_m) = (random.between(10.5, 15.0), random.between(9.5, 12.5));
    let setback_m = random.between(4.5, 8.0);
    let start = lot - forward * (width_m / 2.0) + left(forward) * setback_m;
    let turned = random.chance(0.35);
    let plan = if turned {
        // The ridge runs up the slope, the gable looks into the valley.
        let corner = start + forward * width_m;
        HousePlan {
            front: vec![corner, corner + left(forward) * depth_m],
            depth_m: width_m,
            free_ends: [true; 2],
        }
    } else {
        HousePlan {
            front: vec![start, start + forward * width_m],
            depth_m,
            free_ends: [true; 2],
        }
    };
    let footprint = plan.footprint();
    let garden = inset_ring(&footprint, -3.0).unwrap_or_else(|| footprint.clone());
    if !site.occupancy.is_free(&garden)
        || site
            .occupancy
            .in_street(&inset_ring(&footprint, -2.0).unwrap_or_default())
    {
        return;
    }
    let year = random.whole(1895, 2015);
    let roof = match random.pick(VILLA.roofs) {
        RoofType::Flat if year < 1960 => RoofType::Hipped,
        RoofType::Mansard if year > 1935 => RoofType::Gabled,
        roof => roof,
    };
    let tent = (roof == RoofType::Pyramidal)
        .then(|| tent_roofed(site, random, &footprint))
        .flatten();
    let storeys = if random.chance(0.25) { 3 } else { 2 };
    let part = tent.unwrap_or_else(|| house_of(site, random, &plan, &VILLA, (storeys, roof)));
    let door = lot + left(forward) * setback_m;
    let built = site.build(Draft {
        quarter: Quarter::Villas,
        building_use: BuildingUse::Residential,
        year,
        name: None,
        door,
        parts: vec![part],
    });
    if built && random.chance(0.22) {
        build_garage(site, random, (lot, forward), width_m, year);
    }
}

/// A house under a tent roof.
fn tent_roofed(site: &Site, random: &mut Random, footprint: &[PlanPoint]) -> Option<DraftPart> {
    let ground = site.ground(footprint);
    let eaves = ground.level + VILLA.plinth_m + 2.0 * VILLA.storey_m;
    let levels = [Level::new(0.0, eaves)];
    let cap = Cap::Apex(eaves + random.between(3.5, 5.0));
    let shell = Stepped {
        footprint,
        base: ground.base,
        levels: &levels,
        cap,
    }
    .shell()?;
    Some(DraftPart {
        shell,
        roof: RoofType::Pyramidal,
        storeys: 2,
    })
}

fn build_garage(
    site: &mut Site,
    random: &mut Random,
    (lot, forward): (PlanPoint, PlanPoint),
    house_m: f64,
    year: u32,
) {
    let aside = forward * (house_m / 2.0 + 4.6) * if random.chance(0.5) { 1.0 } else { -1.0 };
    let centre = lot + aside + left(forward) * 4.2;
    let footprint = rectangle(centre, forward.y.atan2(forward.x), 3.4, 6.0);
    let ground = site.ground(&footprint);
    let Some(part) = super::house::flat_roofed(&footprint, ground.base, ground.level + 2.5, 1)
    else {
        return;
    };
    let around = inset_ring(&footprint, -0.8).unwrap_or_default();
    if site.occupancy.is_free(&around) {
        site.build(Draft {
            quarter: Quarter::Villas,
            building_use: BuildingUse::Outbuilding,
            year: year.max(1955),
            name: None,
            door: centre,
            parts: vec![part],
        });
    }
}
