//! The register: gives every drafted building its id, address, people and energy figures.

use std::collections::BTreeMap;

use super::kinds::{BuildingUse, RoofType};
use super::site::{Draft, DraftPart};
use crate::plan::Quarter;
use crate::plan::polygon::{cross, middle, project, signed_area};
use crate::plan::streets::Street;
use crate::random::Random;
use crate::solid::Shell;

/// Post code of the town that does not exist; 7xxxx is the right region, this one is not given out.
pub(crate) const POSTAL_CODE: &str = "70999";
/// Its name.
pub(crate) const LOCALITY: &str = "Vedutastadt";

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// Street name.
    pub street: String,
    /// House number.
    pub house_number: u32,
}

/// A body of a building with its own closed shell.
#[derive(Debug, Clone)]
pub struct BuildingPart {
    /// `gml:id`.
    pub id: String,
    /// Closed shell, plan metres and metres above DHHN92.
    pub shell: Shell,
    /// Roof shape.
    pub roof: RoofType,
    /// Full storeys above ground.
    pub storeys: u32,
}

/// A building of the demo city.
#[derive(Debug, Clone)]
pub struct Building {
    /// `gml:id`.
    pub id: String,
    /// Name, where people have given it one.
    pub name: Option<String>,
    /// The quarter it stands in.
    pub quarter: Quarter,
    /// What it is for.
    pub building_use: BuildingUse,
    /// Year of construction.
    pub year: u32,
    /// Postal address.
    pub address: Address,
    /// Energy performance class, A+ to H as German energy certificates have them.
    pub energy_class: &'static str,
    /// Heat demand per heated floor area, kWh/(m²·a).
    pub heat_demand_kwh_m2a: u32,
    /// Residents.
    pub population: u32,
    /// One part: the building itself; more: its parts.
    pub parts: Vec<BuildingPart>,
}

impl Building {
    /// Height of the highest roof over the lowest foundation, metres.
    pub fn measured_height_m(&self) -> f64 {
        let (low, high) = self.height_range();
        high - low
    }

    /// Lowest and highest point, metres above DHHN92.
    pub fn height_range(&self) -> (f64, f64) {
        self.parts
            .iter()
            .map(|part| part.shell.height_range())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (a, b)| {
                (low.min(a), high.max(b))
            })
    }

    /// Footprint area of all parts, square metres.
    pub fn footprint_m2(&self) -> f64 {
        self.parts
            .iter()
            .map(|part| signed_area(&part.shell.footprint()))
            .sum()
    }

    /// Gross floor area, square metres: footprint times full storeys.
    pub fn floor_area_m2(&self) -> f64 {
        self.parts
            .iter()
            .map(|part| signed_area(&part.shell.footprint()) * f64::from(part.storeys))
            .sum()
    }

    /// Roof of the whole: that of its only part, or a mixture.
    pub fn roof(&self) -> RoofType {
        match self.parts.as_slice() {
            [only] => only.roof,
            _ => RoofType::Mixed,
        }
    }

    /// Middle of the main part's footprint, plan metres east and north.
    pub fn centre(&self) -> (f64, f64) {
        let ring = self
            .parts
            .first()
            .map_or_else(Vec::new, |part| part.shell.footprint());
        let centre = middle(&ring);
        (centre.x, centre.y)
    }
}

/// Enters the drafts in the order in which they were built.
pub(crate) fn register(seed: u64, drafts: Vec<Draft>, streets: &[Street]) -> Vec<Building> {
    let addresses = addresses(&drafts, streets);
    drafts
        .into_iter()
        .zip(addresses)
        .enumerate()
        .map(|(index, (draft, address))| {
            let mut random = Random::stream(seed, "register", index as u64);
            let id = format!("VD_B{:04}", index + 1);
            enter(&mut random, id, draft, address)
        })
        .collect()
}

/// Turns one draft into a building.
pub(crate) fn enter(random: &mut Random, id: String, draft: Draft, address: Address) -> Building {
    let heat_demand_kwh_m2a = heat_demand(random, draft.year);
    let mut building = Building {
        name: draft.name.map(str::to_owned),
        quarter: draft.quarter,
        building_use: draft.building_use,
        year: draft.year,
        address,
        energy_class: energy_class(heat_demand_kwh_m2a),
        heat_demand_kwh_m2a,
        population: 0,
        parts: number_parts(&id, draft.parts),
        id,
    };
    // 47 m² of living space per head is the German mean; a fifth of the floor area is walls and stairs.
    let living_m2 = building.floor_area_m2() * 0.8 * building.building_use.residential_share();
    building.population = (living_m2 / 47.0 * random.between(0.8, 1.2)).round() as u32;
    building
}

fn number_parts(id: &str, parts: Vec<DraftPart>) -> Vec<BuildingPart> {
    parts
        .into_iter()
        .enumerate()
        .map(|(k, part)| BuildingPart {
            id: format!("{id}_P{}", k + 1),
            shell: part.shell,
            roof: part.roof,
            storeys: part.storeys,
        })
        .collect()
}

/// House numbers rise along each street, odd ones on its left, even ones on its right.
fn addresses(drafts: &[Draft], streets: &[Street]) -> Vec<Address> {
    let mut along: BTreeMap<(usize, bool), Vec<(f64, usize)>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        let nearest = streets
            .iter()
            .enumerate()
            .map(|(k, street)| (k, project(&street.axis, draft.door)))
            .min_by(|a, b| a.1.0.total_cmp(&b.1.0));
        let Some((k, (_, chainage_m))) = nearest else {
            continue;
        };
        let (on_axis, forward) = crate::plan::polygon::along(&streets[k].axis, chainage_m);
        let on_left = cross(forward, draft.door - on_axis) > 0.0;
        along
            .entry((k, on_left))
            .or_default()
            .push((chainage_m, index));
    }
    let mut addresses = vec![
        Address {
            street: LOCALITY.to_owned(),
            house_number: 0
        };
        drafts.len()
    ];
    for ((street, on_left), mut houses) in along {
        houses.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for (position, (_, index)) in houses.into_iter().enumerate() {
            let house_number = 2 * position as u32 + if on_left { 1 } else { 2 };
            addresses[index] = Address {
                street: streets[street].name.to_owned(),
                house_number,
            };
        }
    }
    addresses
}

/// Heat demand by year of construction, after the span of the German building stock; some are renovated.
fn heat_demand(random: &mut Random, year: u32) -> u32 {
    let typical = match year {
        ..=1918 => 175.0,
        1919..=1948 => 185.0,
        1949..=1978 => 165.0,
        1979..=1994 => 125.0,
        1995..=2001 => 90.0,
        2002..=2013 => 62.0,
        _ => 38.0,
    };
    let renovated = year < 1995 && random.chance(0.35);
    let share = if renovated {
        random.between(0.4, 0.7)
    } else {
        random.between(0.85, 1.15)
    };
    (typical * share) as u32
}

/// Classes of the German building energy act (GEG, annex 10) by kWh/(m²·a).
fn energy_class(demand: u32) -> &'static str {
    match demand {
        0..=30 => "A+",
        31..=50 => "A",
        51..=75 => "B",
        76..=100 => "C",
        101..=130 => "D",
        131..=160 => "E",
        161..=200 => "F",
        201..=250 => "G",
        _ => "H",
    }
}
