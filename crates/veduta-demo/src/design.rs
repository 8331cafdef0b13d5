//! Two designs for the site of the old works, as two offices might hand them in.

use geo::{BooleanOps, MultiPolygon};

use crate::buildings::register::enter;
use crate::buildings::site::Site;
use crate::buildings::{
    Address, Building, OLD_WORKS_NAME, build_courtyard_block, build_green_tower,
};
use crate::city::City;
use crate::greenery::{Species, Tree};
use crate::ground_cover::{GroundCover, LandCover};
use crate::plan::occupancy::Occupancy;
use crate::plan::park::works_yard;
use crate::plan::polygon::{PlanPoint, at, polygon};
use crate::random::Random;
use crate::terrain::drape::drape;

/// A design: what would stand where the old works stand.
#[derive(Debug, Clone)]
pub struct Design {
    /// Name of its scenario and stem of its file.
    pub name: &'static str,
    /// Title on screen.
    pub title: &'static str,
    /// What it proposes.
    pub description: &'static str,
    /// Its buildings.
    pub buildings: Vec<Building>,
    /// Its trees.
    pub trees: Vec<Tree>,
    /// Its lawns.
    pub ground_covers: Vec<GroundCover>,
}

/// The two designs for the city's development site.
pub fn designs(city: &City) -> Vec<Design> {
    vec![courtyard_block(city), green_tower(city)]
}

/// Ids of the city objects that make way for a design: the old works and their yard.
pub fn replaced_ids(city: &City) -> Vec<String> {
    let works = city
        .buildings
        .iter()
        .filter(|building| building.name.as_deref() == Some(OLD_WORKS_NAME));
    let yard = city
        .ground_covers
        .iter()
        .filter(|cover| cover.cover == LandCover::Yard);
    works
        .map(|building| building.id.clone())
        .chain(yard.map(|cover| cover.id.clone()))
        .collect()
}

fn courtyard_block(city: &City) -> Design {
    let mut site = empty_site(city);
    build_courtyard_block(&mut site);
    let feet: Vec<PlanPoint> = (0..26)
        .map(|k| {
            let (column, row) = (k % 13, k / 13);
            at(
                268.0 + 8.6 * f64::from(column),
                152.0 + 22.0 * f64::from(row) + 3.0 * f64::from(column % 2),
            )
        })
        .collect();
    finish(
        city,
        site,
        "courtyard-block",
        "Courtyard block",
        "A hundred homes round a shared garden, in the grain of the town: closed to the street, open to the river.",
        &feet,
    )
}

fn green_tower(city: &City) -> Design {
    let mut site = empty_site(city);
    build_green_tower(&mut site);
    let feet: Vec<PlanPoint> = (0..64)
        .map(|k| {
            let (column, row) = (k % 16, k / 16);
            at(
                234.0 + 10.4 * f64::from(column),
                134.0 + 19.0 * f64::from(row) + 4.0 * f64::from(column % 3),
            )
        })
        .collect();
    finish(
        city,
        site,
        "green-tower",
        "Green tower",
        "One slender tower of terraces and a market hall; the rest of the site becomes a park by the river.",
        &feet,
    )
}

fn empty_site(city: &City) -> Site<'_> {
    Site::new(
        city.options.seed,
        &city.terrain,
        Occupancy::new(&city.space.corridors),
    )
}

fn finish(
    city: &City,
    site: Site<'_>,
    name: &'static str,
    title: &'static str,
    description: &'static str,
    feet: &[PlanPoint],
) -> Design {
    let prefix = format!("VD_{}", name.to_uppercase().replace('-', "_"));
    let mut random = Random::stream(city.options.seed, name, 0);
    let outlines: Vec<Vec<PlanPoint>> = site
        .drafts
        .iter()
        .flat_map(|draft| &draft.parts)
        .map(|part| part.shell.footprint())
        .collect();
    let trees = feet
        .iter()
        .filter(|foot| {
            site.occupancy
                .is_free(&crate::plan::polygon::regular(**foot, 3.6, 8, 0.0))
        })
        .enumerate()
        .map(|(k, foot)| design_tree(city, &mut random, format!("{prefix}_T{:02}", k + 1), *foot))
        .collect();
    let built = geo::unary_union(
        &outlines
            .iter()
            .map(|ring| polygon(ring))
            .collect::<Vec<_>>(),
    );
    let garden = MultiPolygon::new(vec![polygon(&works_yard())])
        .difference(&city.space.corridors)
        .difference(&built);
    let lawn = GroundCover {
        id: format!("{prefix}_G1"),
        cover: LandCover::Lawn,
        pieces: drape(&city.terrain, &garden, 0.12),
    };
    let buildings = site
        .drafts
        .into_iter()
        .enumerate()
        .map(|(k, draft)| {
            let address = Address {
                street: "Werkstraße".to_owned(),
                house_number: 2 * k as u32 + 1,
            };
            enter(
                &mut random,
                format!("{prefix}_B{:02}", k + 1),
                draft,
                address,
            )
        })
        .collect();
    Design {
        name,
        title,
        description,
        buildings,
        trees,
        ground_covers: vec![lawn],
    }
}

fn design_tree(city: &City, random: &mut Random, id: String, foot: PlanPoint) -> Tree {
    let foot = foot + at(random.between(-1.2, 1.2), random.between(-1.2, 1.2));
    let height_m = random.between(7.0, 11.5);
    Tree {
        id,
        species: random.pick(&[Species::Lime, Species::Maple, Species::Maple]),
        foot: [foot.x, foot.y, city.terrain.height(foot.x, foot.y)],
        height_m,
        crown_diameter_m: height_m * 0.68,
        sides: 6,
        bare_share: 0.28,
        growth: random.bits(),
    }
}
