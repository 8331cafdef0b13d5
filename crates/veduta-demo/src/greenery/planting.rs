//! Where trees stand: in rows along avenues and quays, loosely in gardens and parks, densely on the hill.

use geo::{BoundingRect, Contains, Intersects, MultiPolygon, Polygon, Rect};

use super::tree::{Species, Tree};
use crate::buildings::Building;
use crate::plan::blocks::Block;
use crate::plan::polygon::{
    PlanPoint, along, at, distance, inset_ring, left, line_length, polygon, regular,
};
use crate::plan::street_space::{PROMENADE_ENDS_M, StreetSpace, union};
use crate::plan::streets::{Street, StreetClass};
use crate::plan::{Quarter, park, river};
use crate::random::{Random, smooth_noise_2d};
use crate::terrain::Terrain;

/// How trees of one kind of place look.
struct Habit {
    species: &'static [Species],
    height_m: (f64, f64),
    sides: usize,
    bare_share: f64,
}

const STREET: Habit = Habit {
    species: &[Species::Lime, Species::Plane, Species::Maple],
    height_m: (8.0, 11.0),
    sides: 6,
    bare_share: 0.3,
};
const GARDEN: Habit = Habit {
    species: &[
        Species::Apple,
        Species::Apple,
        Species::Maple,
        Species::Spruce,
        Species::Lime,
    ],
    height_m: (5.0, 9.5),
    sides: 5,
    bare_share: 0.22,
};
const PARK: Habit = Habit {
    species: &[Species::Oak, Species::Beech, Species::Lime, Species::Plane],
    height_m: (11.0, 19.0),
    sides: 7,
    bare_share: 0.2,
};
const FOREST: Habit = Habit {
    species: &[
        Species::Beech,
        Species::Beech,
        Species::Oak,
        Species::Spruce,
    ],
    height_m: (17.0, 25.0),
    sides: 5,
    bare_share: 0.1,
};
const ROADSIDE: Habit = Habit {
    species: &[Species::Poplar, Species::Apple],
    height_m: (8.0, 15.0),
    sides: 6,
    bare_share: 0.18,
};

/// Plants the whole city.
pub(crate) struct Gardener<'a> {
    seed: u64,
    terrain: &'a Terrain,
    carriageways: &'a MultiPolygon<f64>,
    corridors: &'a MultiPolygon<f64>,
    walls: Vec<(Rect<f64>, Polygon<f64>)>,
    paths: MultiPolygon<f64>,
    trees: Vec<Tree>,
}

impl<'a> Gardener<'a> {
    pub(crate) fn new(
        seed: u64,
        terrain: &'a Terrain,
        space: &'a StreetSpace,
        buildings: &[Building],
    ) -> Self {
        let walls = buildings
            .iter()
            .flat_map(|building| &building.parts)
            .filter_map(|part| {
                let outline = polygon(&part.shell.footprint());
                outline.bounding_rect().map(|bounds| (bounds, outline))
            })
            .collect();
        let keep_free = [
            park::paths(),
            area(&park::pond_ring()),
            area(&park::pitch()),
            area(&park::school_yard()),
            area(&park::works_yard()),
        ];
        Self {
            seed,
            terrain,
            carriageways: &space.carriageways,
            corridors: &space.corridors,
            walls,
            paths: union(keep_free),
            trees: Vec::new(),
        }
    }

    /// Every tree, in the order of planting.
    pub(crate) fn plant(mut self, streets: &[Street], blocks: &[Block]) -> Vec<Tree> {
        for (index, street) in streets.iter().enumerate() {
            self.plant_street(street, index as u64);
        }
        self.plant_quays();
        self.plant_squares();
        for (index, block) in blocks.iter().enumerate() {
            self.plant_block(block, index as u64);
        }
        self.plant_orchard();
        self.plant_forest();
        for (index, tree) in self.trees.iter_mut().enumerate() {
            tree.id = format!("VD_T{:04}", index + 1);
        }
        self.trees
    }

    fn plant_street(&mut self, street: &Street, index: u64) {
        let (offset_m, spacing_m, habit) = match street.class {
            StreetClass::Avenue => (6.9, 11.0, &STREET),
            StreetClass::Collector => (5.6, 15.0, &STREET),
            StreetClass::Country => (5.5, 24.0, &ROADSIDE),
            _ => return,
        };
        let mut random = Random::stream(self.seed, "street trees", index);
        let kind = random.pick(habit.species);
        let mut chainage_m = 6.0;
        while chainage_m < line_length(&street.axis) - 6.0 {
            let (point, forward) = along(&street.axis, chainage_m);
            for side in [1.0, -1.0] {
                let foot = point + left(forward) * (offset_m * side);
                if !random.chance(0.06) && self.is_open(foot, 1.0, 1.5) {
                    self.grow(&mut random, foot, habit, Some(kind), 0.62);
                }
            }
            chainage_m += spacing_m + random.between(-0.4, 0.4);
        }
    }

    fn plant_quays(&mut self) {
        let mut random = Random::stream(self.seed, "quay trees", 0);
        for side in [1.0, -1.0] {
            let mut x = PROMENADE_ENDS_M.0 + 8.0;
            while x < PROMENADE_ENDS_M.1 - 6.0 {
                let foot = at(x, river::axis_northing(x) + side * 23.6);
                let at_bridge = [434.0, 867.0]
                    .iter()
                    .any(|bridge: &f64| (x - bridge).abs() < 13.0);
                if !at_bridge && self.is_open(foot, 0.8, 1.0) {
                    self.grow(&mut random, foot, &STREET, Some(Species::Plane), 0.6);
                }
                x += 12.5;
            }
        }
    }

    fn plant_squares(&mut self) {
        let mut random = Random::stream(self.seed, "square trees", 0);
        let market = (0..5).map(|i| at(402.0 + 0.6 * f64::from(i), 420.0 + 8.5 * f64::from(i)));
        let church = [
            (330.0, 452.0),
            (340.0, 454.0),
            (352.0, 456.0),
            (380.0, 457.0),
            (338.0, 502.0),
            (350.0, 507.0),
            (362.0, 511.0),
            (374.0, 515.0),
            (388.0, 519.0),
        ];
        for foot in market.chain(church.map(|(x, y)| at(x, y))) {
            if self.is_open(foot, 0.0, 2.0) {
                self.grow(&mut random, foot, &STREET, Some(Species::Lime), 0.65);
            }
        }
    }

    fn plant_block(&mut self, block: &Block, index: u64) {
        // (one tree for so many square metres, distance from the block's edge, habit)
        let (per_tree_m2, margin_m, habit) = match block.quarter {
            Quarter::OldTown => (260.0, 12.5, &GARDEN),
            Quarter::PerimeterBlocks => (300.0, 14.0, &STREET),
            Quarter::Terraces => (330.0, 2.0, &GARDEN),
            Quarter::Villas => (320.0, 2.0, &GARDEN),
            Quarter::Modern | Quarter::SlabRows => (380.0, 3.0, &STREET),
            Quarter::School => (380.0, 3.0, &STREET),
            Quarter::Works => (900.0, 2.0, &STREET),
            Quarter::Sports => (380.0, 3.0, &ROADSIDE),
            Quarter::Park => (190.0, 4.0, &PARK),
        };
        let Some(ring) = inset_ring(&block.ring, margin_m) else {
            return;
        };
        let outline = polygon(&ring);
        let Some(bounds) = outline.bounding_rect() else {
            return;
        };
        let mut random = Random::stream(self.seed, "block trees", index);
        let tries = (bounds.width() * bounds.height() / per_tree_m2 * 1.5) as usize;
        let first = self.trees.len();
        for _ in 0..tries {
            let foot = at(
                random.between(bounds.min().x, bounds.max().x),
                random.between(bounds.min().y, bounds.max().y),
            );
            // In the park trees gather in groups, with lawns between.
            let in_clearing = block.quarter == Quarter::Park
                && smooth_noise_2d(self.seed ^ 9, foot.x / 38.0, foot.y / 38.0) < -0.12;
            let spacing_m = if block.quarter == Quarter::Park {
                6.5
            } else {
                5.5
            };
            let crowded = self.trees[first..]
                .iter()
                .any(|tree| distance(at(tree.foot[0], tree.foot[1]), foot) < spacing_m);
            if in_clearing
                || crowded
                || !outline.contains(&geo::Point(foot))
                || !self.is_open(foot, 2.0, 3.2)
            {
                continue;
            }
            self.grow(&mut random, foot, habit, None, 0.75);
        }
    }

    /// Scattered fruit trees on the meadow between the last houses and the wood.
    fn plant_orchard(&mut self) {
        let mut random = Random::stream(self.seed, "orchard", 0);
        for _ in 0..330 {
            let foot = at(random.between(-40.0, 1180.0), random.between(860.0, 1010.0));
            let is_thin = smooth_noise_2d(self.seed ^ 0x0c, foot.x / 70.0, foot.y / 60.0) < -0.05;
            if !is_thin && !is_wooded(self.seed, foot) && self.is_open(foot, 8.0, 7.0) {
                self.grow(&mut random, foot, &GARDEN, Some(Species::Apple), 0.8);
            }
        }
    }

    /// The wood on the hill, with a clearing for the lookout.
    fn plant_forest(&mut self) {
        const STEP_M: f64 = 17.0;
        let mut random = Random::stream(self.seed, "forest", 0);
        for row in 0..32 {
            for column in 0..63 {
                let jitter = at(random.between(-5.0, 5.0), random.between(-5.0, 5.0));
                let foot = at(
                    250.0 + STEP_M * f64::from(column),
                    940.0 + STEP_M * f64::from(row),
                ) + jitter;
                if is_wooded(self.seed, foot) && self.is_open(foot, 6.0, 5.0) {
                    self.grow(&mut random, foot, &FOREST, None, 0.7);
                }
            }
        }
    }

    /// Whether a tree may stand here: off carriageways, paths and (outside of streets) corridors, away from walls.
    fn is_open(&self, foot: PlanPoint, from_carriageway_m: f64, from_wall_m: f64) -> bool {
        let near = polygon(&regular(foot, from_carriageway_m.max(0.3), 8, 0.0));
        let wall_zone = polygon(&regular(foot, from_wall_m, 8, 0.2));
        let Some(zone_bounds) = wall_zone.bounding_rect() else {
            return false;
        };
        let in_the_river = river::north_of_axis(foot).abs() < river::HALF_WIDTH_M + 2.0;
        let beside_streets_only = from_carriageway_m >= 2.0;
        let taken = in_the_river
            || self.carriageways.intersects(&near)
            || self.paths.contains(&geo::Point(foot))
            || (beside_streets_only && self.corridors.contains(&geo::Point(foot)))
            || self.walls.iter().any(|(bounds, wall)| {
                bounds.intersects(&zone_bounds) && wall.intersects(&wall_zone)
            });
        !taken
    }

    fn grow(
        &mut self,
        random: &mut Random,
        foot: PlanPoint,
        habit: &Habit,
        species: Option<Species>,
        spread: f64,
    ) {
        let species = species.unwrap_or_else(|| random.pick(habit.species));
        let height_m = random.between(habit.height_m.0, habit.height_m.1);
        let spread = match species {
            Species::Spruce => 0.38,
            Species::Poplar => 0.3,
            Species::Apple => 0.85,
            _ => spread,
        };
        self.trees.push(Tree {
            id: String::new(),
            species,
            foot: [foot.x, foot.y, self.terrain.height(foot.x, foot.y)],
            height_m,
            crown_diameter_m: height_m * spread * random.between(0.85, 1.15),
            sides: habit.sides,
            bare_share: habit.bare_share,
            growth: random.bits(),
        });
    }
}

/// Whether the wood on the hill covers a point.
pub(crate) fn is_wooded(seed: u64, point: PlanPoint) -> bool {
    let away = at((point.x - 780.0) / 480.0, (point.y - 1130.0) / 180.0);
    let ragged = 0.35 * smooth_noise_2d(seed ^ 0xf0, point.x / 90.0, point.y / 70.0);
    let lookout = distance(point, at(742.0, 968.0)) < 24.0;
    away.x.hypot(away.y) + ragged < 1.0 && !lookout
}

fn area(ring: &[PlanPoint]) -> MultiPolygon<f64> {
    MultiPolygon::new(vec![polygon(ring)])
}
