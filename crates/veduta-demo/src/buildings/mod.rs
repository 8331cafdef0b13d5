//! The buildings: styles of the quarters, landmarks, and the register that numbers them.

mod frontage;
mod house;
pub(crate) mod kinds;
mod landmarks;
mod modern;
mod perimeter;
mod proposals;
pub(crate) mod register;
pub(crate) mod site;

pub use kinds::{BuildingUse, RoofType};
pub(crate) use proposals::{build_courtyard_block, build_green_tower};
pub use register::{Address, Building, BuildingPart};

use crate::plan::Quarter;
use crate::plan::blocks::Block;
use crate::plan::streets::{Street, StreetClass};
use site::{Draft, Site};

/// Name of the old works, the site of the two designs.
pub(crate) const OLD_WORKS_NAME: &str = "Altes Werk";

/// Builds the whole town on the site.
pub(crate) fn build_town(mut site: Site, blocks: &[Block], streets: &[Street]) -> Vec<Draft> {
    landmarks::build_landmarks(&mut site);
    modern::build_slabs(&mut site);
    for (index, block) in blocks.iter().enumerate() {
        let index = index as u64;
        match block.quarter {
            Quarter::OldTown => {
                perimeter::build_block(&mut site, block, &perimeter::OLD_TOWN, index)
            }
            Quarter::PerimeterBlocks => {
                perimeter::build_block(&mut site, block, &perimeter::BLOCKS_OF_1900, index)
            }
            Quarter::Modern => modern::build_modern_block(&mut site, block, index),
            Quarter::SlabRows => modern::build_slab_rows(&mut site, block, index),
            // Streets, not blocks, order these; the rest has no houses but its landmarks.
            Quarter::Terraces | Quarter::Villas => {}
            Quarter::School | Quarter::Works | Quarter::Sports | Quarter::Park => {}
        }
    }
    const TERRACED_STREETS: [&str; 3] = ["Amselweg", "Drosselweg", "Finkenweg"];
    for (index, street) in streets.iter().enumerate() {
        if TERRACED_STREETS.contains(&street.name) {
            frontage::build_terraces(&mut site, street, index as u64);
        }
    }
    for (index, street) in streets.iter().enumerate() {
        let uphill_only = street.name == "Bergstraße";
        if street.class == StreetClass::Residential || uphill_only {
            frontage::build_villas(&mut site, street, uphill_only, index as u64);
        }
    }
    site.drafts
}
