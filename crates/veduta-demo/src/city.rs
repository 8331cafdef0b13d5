//! The whole city: plan, land and buildings grown from one seed.

use crate::bridges::{Bridge, bridges};
use crate::buildings::{self, Building, register::register, site::Site};
use crate::fixtures::{Fixture, fixtures};
use crate::greenery::{Gardener, Tree};
use crate::ground_cover::{GroundCover, Water, ground_covers, waters, yards_and_paths};
use crate::plan::PavingUse;
use crate::plan::blocks::blocks;
use crate::plan::occupancy::Occupancy;
use crate::plan::street_space::StreetSpace;
use crate::plan::streets::{Street, streets};
use crate::terrain::drape::drape;
use crate::terrain::{DrapedPiece, Terrain};

/// Easting and northing of the plan's origin in EPSG:25832, metres: the Neckar valley near Stuttgart.
pub const PLAN_ORIGIN_CRS: [f64; 2] = [513_000.0, 5_403_000.0];

/// What decides the city. Streets, squares and landmarks are drawn by hand and stay; the seed
/// decides plots, houses, roofs, relief, trees and figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CityOptions {
    /// The same seed gives the same city, byte for byte.
    pub seed: u64,
}

impl Default for CityOptions {
    fn default() -> Self {
        Self { seed: 25_832 }
    }
}

/// A synthetic European district.
#[derive(Debug, Clone)]
pub struct City {
    /// What it was grown from.
    pub options: CityOptions,
    /// The land.
    pub terrain: Terrain,
    /// Streets, the most important first.
    pub streets: Vec<Street>,
    /// Buildings in the order of their ids.
    pub buildings: Vec<Building>,
    /// Trees in the order of their ids.
    pub trees: Vec<Tree>,
    /// Lawns, yards and fields.
    pub ground_covers: Vec<GroundCover>,
    /// River and pond.
    pub waters: Vec<Water>,
    /// The two bridges.
    pub bridges: Vec<Bridge>,
    /// Quay walls and the market fountain.
    pub fixtures: Vec<Fixture>,
    pub(crate) space: StreetSpace,
}

/// What is paved of one street or square for one use, laid on the terrain.
#[derive(Debug, Clone)]
pub struct StreetSurface {
    /// Name of the street or square.
    pub name: &'static str,
    /// What it is for.
    pub paving_use: PavingUse,
    /// Planar pieces, each parallel to the terrain under it.
    pub pieces: Vec<DrapedPiece>,
}

impl City {
    /// Lays every street and square on the terrain; those without area are left out.
    pub fn street_surfaces(&self) -> Vec<StreetSurface> {
        let surfaces = self.space.pavings.iter().map(|paving| StreetSurface {
            name: paving.name,
            paving_use: paving.paving_use,
            pieces: drape(
                &self.terrain,
                &paving.area,
                paving.paving_use.above_terrain_m(),
            ),
        });
        surfaces
            .filter(|surface| !surface.pieces.is_empty())
            .collect()
    }
}

/// Grows the city. Takes about a second in a release build.
pub fn generate_city(options: &CityOptions) -> City {
    let terrain = Terrain::new(options.seed);
    let streets = streets();
    let mut space = StreetSpace::new(&streets);
    space.pavings.extend(yards_and_paths());
    let blocks = blocks(&space);
    let site = Site::new(options.seed, &terrain, Occupancy::new(&space.corridors));
    let drafts = buildings::build_town(site, &blocks, &streets);
    let buildings = register(options.seed, drafts, &streets);
    let trees = Gardener::new(options.seed, &terrain, &space, &buildings).plant(&streets, &blocks);
    let ground_covers = ground_covers(options.seed, &terrain, &space, &blocks);
    let waters = waters(&terrain);
    let fixtures = fixtures(&terrain);
    City {
        options: *options,
        terrain,
        streets,
        buildings,
        trees,
        ground_covers,
        waters,
        bridges: bridges(),
        fixtures,
        space,
    }
}
