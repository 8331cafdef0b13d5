//! The quarters south of the river: slabs, a slim tower, and the parallel rows of the 1950s.

use super::house::{HousePlan, HouseStyle, house_of};
use super::kinds::{BuildingUse, RoofType};
use super::perimeter::{BlockStyle, build_block};
use super::site::{Draft, DraftPart, Site};
use crate::plan::Quarter;
use crate::plan::blocks::Block;
use crate::plan::polygon::{
    PlanPoint, at, direction, distance, inset_ring, left, lerp, middle, rectangle,
};
use crate::random::Random;
use crate::solid::{Cap, Level, Stepped};

/// A rectangular building with a flat roof.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slab {
    pub(crate) centre: PlanPoint,
    pub(crate) angle_deg: f64,
    pub(crate) length_m: f64,
    pub(crate) width_m: f64,
    pub(crate) storeys: u32,
    /// Whether the top storey stands back behind a terrace.
    pub(crate) set_back: bool,
    pub(crate) building_use: BuildingUse,
    pub(crate) name: Option<&'static str>,
}

const fn slab(
    centre: (f64, f64),
    angle_deg: f64,
    size_m: (f64, f64),
    storeys: u32,
    set_back: bool,
) -> Slab {
    Slab {
        centre: at(centre.0, centre.1),
        angle_deg,
        length_m: size_m.0,
        width_m: size_m.1,
        storeys,
        set_back,
        building_use: BuildingUse::Residential,
        name: None,
    }
}

/// The quarter as it was designed: a tower by the bridge, then slabs with a view of the river.
const SLABS: [Slab; 14] = [
    Slab {
        building_use: BuildingUse::Office,
        name: Some("Turm am Ufer"),
        ..slab((474.0, 204.0), 3.0, (24.0, 17.0), 18, false)
    },
    Slab {
        building_use: BuildingUse::Trade,
        ..slab((481.0, 175.0), 3.0, (40.0, 26.0), 2, false)
    },
    slab((536.0, 204.0), 1.0, (56.0, 13.0), 6, true),
    slab((608.0, 203.0), 0.0, (48.0, 13.0), 7, true),
    slab((536.0, 160.0), 91.0, (44.0, 13.0), 5, true),
    slab((572.0, 158.0), 91.0, (44.0, 13.0), 6, true),
    slab((608.0, 156.0), 91.0, (44.0, 13.0), 5, true),
    slab((640.0, 158.0), 91.0, (44.0, 12.0), 4, true),
    Slab {
        building_use: BuildingUse::Hotel,
        name: Some("Hotel am Fluss"),
        ..slab((694.0, 198.0), -3.0, (52.0, 16.0), 8, false)
    },
    slab((752.0, 162.0), 84.0, (58.0, 13.0), 6, true),
    slab((786.0, 160.0), 84.0, (58.0, 13.0), 7, true),
    slab((820.0, 158.0), 84.0, (58.0, 13.0), 6, true),
    slab((850.0, 170.0), 84.0, (62.0, 12.0), 5, true),
    Slab {
        building_use: BuildingUse::Office,
        ..slab((700.0, 150.0), -2.0, (44.0, 26.0), 4, true)
    },
];

/// A closed block of our time.
pub(crate) const MODERN_BLOCK: BlockStyle = BlockStyle {
    depth_m: 13.5,
    frontage_m: (22.0, 34.0),
    gable_fronts: 0.0,
    gaps: 0.12,
    yard_per_building_m2: f64::INFINITY,
    years: (2008, 2023),
    shops: 0.15,
    house: HouseStyle {
        storeys: (4, 6),
        storey_m: 3.1,
        plinth_m: 0.4,
        pitch_deg: (20.0, 30.0),
        roofs: &[RoofType::Flat],
        dormers: 0.0,
    },
};

/// Builds the designed slabs.
pub(crate) fn build_slabs(site: &mut Site) {
    for (index, slab) in SLABS.iter().enumerate() {
        let mut random = Random::stream(site.seed, "slabs", index as u64);
        build_slab(site, &mut random, slab);
    }
}

/// Builds a modern block as a closed edge where the slabs left it free.
pub(crate) fn build_modern_block(site: &mut Site, block: &Block, index: u64) {
    if middle(&block.ring).x > 870.0 {
        build_block(site, block, &MODERN_BLOCK, index);
    }
}

fn build_slab(site: &mut Site, random: &mut Random, slab: &Slab) -> bool {
    let footprint = rectangle(
        slab.centre,
        slab.angle_deg.to_radians(),
        slab.length_m,
        slab.width_m,
    );
    let Some(part) = slab_part(site, slab, &footprint) else {
        return false;
    };
    site.build(Draft {
        quarter: Quarter::Modern,
        building_use: slab.building_use,
        year: random.whole(1998, 2022),
        name: slab.name,
        door: lerp(footprint[0], footprint[1], 0.5),
        parts: vec![part],
    })
}

/// Parapet, set-back top storey, and a lift head.
pub(crate) fn slab_part(site: &Site, slab: &Slab, footprint: &[PlanPoint]) -> Option<DraftPart> {
    let ground = site.ground(footprint);
    let full_storeys = slab.storeys - u32::from(slab.set_back);
    let roof = ground.level + 0.5 + f64::from(full_storeys) * 3.15;
    let mut levels = vec![
        Level::new(0.0, roof + 0.7),
        Level::new(0.3, roof + 0.7),
        Level::new(0.3, roof),
    ];
    if slab.set_back {
        levels.push(Level::new(2.4, roof));
        levels.push(Level::new(2.4, roof + 3.1));
    }
    let angle = slab.angle_deg.to_radians();
    let boxes = if slab.length_m > 40.0 {
        vec![-0.28, 0.28]
    } else {
        vec![0.0]
    };
    let lift_heads = boxes
        .into_iter()
        .map(|share| {
            let along = at(angle.cos(), angle.sin()) * (slab.length_m * share);
            (rectangle(slab.centre + along, angle, 5.0, 3.6), 2.2)
        })
        .collect();
    let shell = Stepped {
        footprint,
        base: ground.base,
        levels: &levels,
        cap: Cap::Flat(lift_heads),
    }
    .shell()?;
    Some(DraftPart {
        shell,
        roof: RoofType::Flat,
        storeys: slab.storeys,
    })
}

/// Parallel rows of flats, gable to the street, lawns between.
pub(crate) fn build_slab_rows(site: &mut Site, block: &Block, index: u64) {
    let mut random = Random::stream(site.seed, "slab rows", index);
    let style = HouseStyle {
        storeys: (3, 4),
        storey_m: 2.85,
        plinth_m: 0.9,
        pitch_deg: (30.0, 32.0),
        roofs: &[RoofType::Gabled],
        dormers: 0.0,
    };
    let Some(land) = inset_ring(&block.ring, 4.0) else {
        return;
    };
    let west = land.iter().map(|p| p.x).fold(f64::INFINITY, f64::min);
    let east = land.iter().map(|p| p.x).fold(f64::NEG_INFINITY, f64::max);
    let centre_y = middle(&block.ring).y;
    let lean_deg = random.between(-9.0, 9.0);
    let spacing_m = random.between(29.0, 33.0);
    let storeys = random.whole(style.storeys.0, style.storeys.1);
    let year = random.whole(1951, 1962);
    let mut x = west + 12.0;
    while x < east - 10.0 {
        let direction_rad = (90.0 + lean_deg).to_radians();
        let along = at(direction_rad.cos(), direction_rad.sin());
        let length_m = random.between(56.0, 66.0);
        let centre = at(x, centre_y + random.between(-5.0, 5.0));
        let start = centre - along * (length_m / 2.0) - left(along) * 5.5;
        build_flats(
            site,
            &mut random,
            &land,
            (start, start + along * length_m),
            (&style, storeys, year),
        );
        x += spacing_m;
    }
}

/// One row: two or three stairs under one roof.
fn build_flats(
    site: &mut Site,
    random: &mut Random,
    land: &[PlanPoint],
    (start, stop): (PlanPoint, PlanPoint),
    (style, storeys, year): (&HouseStyle, u32, u32),
) {
    let count = (distance(start, stop) / 21.0).round().max(1.0) as usize;
    let whole = HousePlan {
        front: vec![start, stop],
        depth_m: 11.0,
        free_ends: [true; 2],
    };
    if !Site::is_within(&whole.footprint(), land) {
        return;
    }
    let forward = direction(start, stop);
    let step_m = distance(start, stop) / count as f64;
    for i in 0..count {
        let from = start + forward * (step_m * i as f64);
        let to = start + forward * (step_m * (i + 1) as f64);
        let plan = HousePlan {
            front: vec![from, to],
            depth_m: 11.0,
            free_ends: [i == 0, i + 1 == count],
        };
        let part = house_of(site, random, &plan, style, (storeys, RoofType::Gabled));
        site.build(Draft {
            quarter: Quarter::SlabRows,
            building_use: BuildingUse::Residential,
            year,
            name: None,
            door: lerp(from, to, 0.5),
            parts: vec![part],
        });
    }
}
