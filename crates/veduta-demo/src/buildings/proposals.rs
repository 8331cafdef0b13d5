//! The buildings of the two designs for the site of the old works.

use super::kinds::{BuildingUse, RoofType};
use super::modern::{MODERN_BLOCK, Slab, slab_part};
use super::perimeter::build_block;
use super::site::{Draft, DraftPart, Site};
use crate::plan::Quarter;
use crate::plan::blocks::Block;
use crate::plan::polygon::{at, rectangle, regular};
use crate::solid::{Cap, End, Level, Profile, Stepped, Swept};

/// Year the designs would be finished in.
const YEAR: u32 = 2029;
/// Lie of the site, degrees counter-clockwise from east.
const ANGLE_DEG: f64 = 1.5;

/// A closed block of flats round a garden with a kindergarten in it.
pub(crate) fn build_courtyard_block(site: &mut Site) {
    let ring = rectangle(at(318.0, 165.0), ANGLE_DEG.to_radians(), 150.0, 76.0);
    build_block(
        site,
        &Block {
            ring,
            quarter: Quarter::Modern,
        },
        &MODERN_BLOCK,
        9_001,
    );
    for draft in &mut site.drafts {
        draft.year = YEAR;
    }
    let kindergarten = Slab {
        centre: at(318.0, 165.0),
        angle_deg: ANGLE_DEG,
        length_m: 26.0,
        width_m: 13.0,
        storeys: 2,
        set_back: false,
        building_use: BuildingUse::Kindergarten,
        name: Some("Kindergarten im Hof"),
    };
    build_slab(site, &kindergarten);
}

/// A tower that steps back in three terraces, a market hall under a sawtooth roof, two low houses.
pub(crate) fn build_green_tower(site: &mut Site) {
    let footprint = rectangle(at(262.0, 178.0), ANGLE_DEG.to_radians(), 27.0, 23.0);
    let ground = site.ground(&footprint);
    let storey = |count: u32| ground.level + 1.2 + 3.2 * f64::from(count);
    let levels = [
        Level::new(0.0, storey(9)),
        Level::new(2.6, storey(9)),
        Level::new(2.6, storey(16)),
        Level::new(5.0, storey(16)),
        Level::new(5.0, storey(21) + 0.8),
        Level::new(5.3, storey(21) + 0.8),
        Level::new(5.3, storey(21)),
    ];
    let lift_head = (regular(at(262.0, 178.0), 2.6, 6, 0.3), 3.0);
    if let Some(shell) = (Stepped {
        footprint: &footprint,
        base: ground.base,
        levels: &levels,
        cap: Cap::Flat(vec![lift_head]),
    })
    .shell()
    {
        let tower = DraftPart {
            shell,
            roof: RoofType::Flat,
            storeys: 21,
        };
        build(
            site,
            BuildingUse::Residential,
            "Grüner Turm",
            at(262.0, 165.0),
            tower,
        );
    }

    let front = rectangle(at(330.0, 160.0), ANGLE_DEG.to_radians(), 44.0, 30.0);
    let ground = site.ground(&front);
    // The teeth of the market hall remember the old works.
    let shell = Swept {
        front: &[front[3], front[0]],
        depth_m: 44.0,
        base: ground.base,
        profile: Profile::sawtooth(ground.level + 5.5, ground.level + 8.4, 5),
        ends: [End::Gable; 2],
        attachments: Vec::new(),
    }
    .shell();
    build(
        site,
        BuildingUse::Trade,
        "Markthalle",
        at(330.0, 143.0),
        DraftPart {
            shell,
            roof: RoofType::Sawtooth,
            storeys: 1,
        },
    );

    for (x, length_m) in [(386.0, 34.0), (404.0, 30.0)] {
        let house = Slab {
            centre: at(x, 166.0),
            angle_deg: ANGLE_DEG + 90.0,
            length_m,
            width_m: 12.0,
            storeys: 4,
            set_back: true,
            building_use: BuildingUse::Residential,
            name: None,
        };
        build_slab(site, &house);
    }
}

fn build_slab(site: &mut Site, slab: &Slab) {
    let footprint = rectangle(
        slab.centre,
        slab.angle_deg.to_radians(),
        slab.length_m,
        slab.width_m,
    );
    if let Some(part) = slab_part(site, slab, &footprint) {
        site.build(Draft {
            quarter: Quarter::Modern,
            building_use: slab.building_use,
            year: YEAR,
            name: slab.name,
            door: footprint[0],
            parts: vec![part],
        });
    }
}

fn build(
    site: &mut Site,
    building_use: BuildingUse,
    name: &'static str,
    door: crate::plan::polygon::PlanPoint,
    part: DraftPart,
) {
    site.build(Draft {
        quarter: Quarter::Modern,
        building_use,
        year: YEAR,
        name: Some(name),
        door,
        parts: vec![part],
    });
}
