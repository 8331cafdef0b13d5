//! The building site: terrain under foot, ground already taken, and the houses drafted so far.

use super::kinds::{BuildingUse, RoofType};
use crate::plan::Quarter;
use crate::plan::occupancy::Occupancy;
use crate::plan::polygon::{PlanPoint, polygon};
use crate::solid::Shell;
use crate::terrain::Terrain;

/// Foundations reach this far below the lowest ground, metres: no gap ever shows on a slope.
const FOUNDATION_M: f64 = 0.4;

/// A body of a building that is being drafted.
#[derive(Debug, Clone)]
pub(crate) struct DraftPart {
    pub(crate) shell: Shell,
    pub(crate) roof: RoofType,
    pub(crate) storeys: u32,
}

/// A building without number and address yet.
#[derive(Debug, Clone)]
pub(crate) struct Draft {
    pub(crate) quarter: Quarter,
    pub(crate) building_use: BuildingUse,
    pub(crate) year: u32,
    pub(crate) name: Option<&'static str>,
    /// Where its door is, for the address.
    pub(crate) door: PlanPoint,
    pub(crate) parts: Vec<DraftPart>,
}

/// Where the ground lies under a footprint, metres above DHHN92.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ground {
    /// Underside of the building.
    pub(crate) base: f64,
    /// Middle of the lowest and the highest ground: the level storeys are counted from.
    pub(crate) level: f64,
}

/// The building site.
pub(crate) struct Site<'a> {
    pub(crate) seed: u64,
    pub(crate) terrain: &'a Terrain,
    pub(crate) occupancy: Occupancy,
    pub(crate) drafts: Vec<Draft>,
}

impl<'a> Site<'a> {
    pub(crate) fn new(seed: u64, terrain: &'a Terrain, occupancy: Occupancy) -> Self {
        Self {
            seed,
            terrain,
            occupancy,
            drafts: Vec::new(),
        }
    }

    /// The ground under a footprint.
    pub(crate) fn ground(&self, footprint: &[PlanPoint]) -> Ground {
        let (lowest, highest) = self.terrain.range_under(footprint);
        Ground {
            base: lowest - FOUNDATION_M,
            level: f64::midpoint(lowest, highest),
        }
    }

    /// Adds the building if the ground under all its parts is free; says whether it did.
    pub(crate) fn build(&mut self, draft: Draft) -> bool {
        let footprints: Vec<_> = draft
            .parts
            .iter()
            .map(|part| part.shell.footprint())
            .collect();
        let free = footprints
            .iter()
            .all(|ring| self.occupancy.is_free(ring) && !self.occupancy.in_street(ring));
        if free {
            self.build_on_square(draft);
        }
        free
    }

    /// Adds a building that may stand on a square; the plan vouches for the place.
    pub(crate) fn build_on_square(&mut self, draft: Draft) {
        for part in &draft.parts {
            self.occupancy.take_unasked(&part.shell.footprint());
        }
        self.drafts.push(draft);
    }

    /// Whether `inner` lies wholly within `outer`.
    pub(crate) fn is_within(inner: &[PlanPoint], outer: &[PlanPoint]) -> bool {
        use geo::Contains;
        polygon(outer).contains(&polygon(inner))
    }
}
