//! What covers the ground: lawns, yards, pitches, fields, and the water of river and pond.

use geo::algorithm::buffer::Buffer;
use geo::{BooleanOps, MultiPolygon};

use crate::plan::blocks::Block;
use crate::plan::polygon::{PlanPoint, at, distance, inset_ring, lerp, polygon, signed_area};
use crate::plan::river;
use crate::plan::street_space::{Paving, PavingUse, StreetSpace};
use crate::plan::{Quarter, park};
use crate::random::Random;
use crate::terrain::drape::drape;
use crate::terrain::mesh::EXTENT_M;
use crate::terrain::relief::POND_CENTRE;
use crate::terrain::{DrapedPiece, Terrain};

/// What a piece of land is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum LandCover {
    Lawn,
    Courtyard,
    Pitch,
    Yard,
    Field,
    Meadow,
    Vineyard,
}

impl LandCover {
    /// English word, used as `luse:class` and `veg:class`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Lawn => "lawn",
            Self::Courtyard => "courtyard",
            Self::Pitch => "pitch",
            Self::Yard => "yard",
            Self::Field => "field",
            Self::Meadow => "meadow",
            Self::Vineyard => "vineyard",
        }
    }

    /// Whether the standard has it as vegetation (`veg:PlantCover`) rather than as use of land.
    pub fn is_plant_cover(self) -> bool {
        matches!(
            self,
            Self::Lawn | Self::Courtyard | Self::Meadow | Self::Vineyard
        )
    }
}

/// A covered area, laid on the terrain.
#[derive(Debug, Clone)]
pub struct GroundCover {
    /// `gml:id`.
    pub id: String,
    /// What it is.
    pub cover: LandCover,
    /// Planar pieces.
    pub pieces: Vec<DrapedPiece>,
}

/// A level surface of water.
#[derive(Debug, Clone)]
pub struct Water {
    /// `gml:id`.
    pub id: String,
    /// Name on the map.
    pub name: &'static str,
    /// Outline, counter-clockwise, metres above DHHN92.
    pub surface: Vec<[f64; 3]>,
}

/// Height over the terrain at which ground covers lie, metres: below every paving.
const ABOVE_TERRAIN_M: f64 = 0.09;

/// Paved areas that belong to no street.
pub(crate) fn yards_and_paths() -> Vec<Paving> {
    let area = |ring: &[PlanPoint]| MultiPolygon::new(vec![polygon(ring)]);
    let pond = area(&park::pond_ring());
    let kerb = pond.buffer(park::POND_KERB_M).difference(&pond);
    vec![
        Paving {
            name: "Stadtpark",
            paving_use: PavingUse::Footpath,
            area: park::paths().difference(&pond),
        },
        Paving {
            name: "Teichufer",
            paving_use: PavingUse::Sidewalk,
            area: kerb,
        },
        Paving {
            name: "Schulhof",
            paving_use: PavingUse::Square,
            area: area(&park::school_yard()),
        },
    ]
}

/// All ground covers of the city and of the land round it.
pub(crate) fn ground_covers(
    seed: u64,
    terrain: &Terrain,
    space: &StreetSpace,
    blocks: &[Block],
) -> Vec<GroundCover> {
    let mut covers: Vec<(LandCover, MultiPolygon<f64>)> = Vec::new();
    let area = |ring: &[PlanPoint]| MultiPolygon::new(vec![polygon(ring)]);
    for block in blocks {
        let whole = area(&block.ring);
        match block.quarter {
            Quarter::Park => {
                let cut = park::paths().union(&area(&park::pond_ring()).buffer(park::POND_KERB_M));
                covers.push((LandCover::Lawn, whole.difference(&cut)));
            }
            Quarter::Sports => {
                let pitch = area(&park::pitch());
                covers.push((LandCover::Meadow, whole.difference(&pitch)));
                covers.push((LandCover::Pitch, pitch));
            }
            Quarter::Works => covers.push((
                LandCover::Yard,
                area(&park::works_yard()).intersection(&whole),
            )),
            Quarter::SlabRows | Quarter::Modern => covers.push((LandCover::Lawn, whole)),
            Quarter::School => covers.push((
                LandCover::Lawn,
                whole.difference(&area(&park::school_yard())),
            )),
            Quarter::PerimeterBlocks => {
                if let Some(yard) = inset_ring(&block.ring, 13.5) {
                    covers.push((LandCover::Courtyard, area(&yard)));
                }
            }
            Quarter::OldTown | Quarter::Terraces | Quarter::Villas => {}
        }
    }
    covers.extend(open_land(seed, space, blocks));
    covers
        .into_iter()
        .enumerate()
        .map(|(index, (cover, area))| GroundCover {
            id: format!("VD_G{:03}", index + 1),
            cover,
            pieces: drape(terrain, &area, ABOVE_TERRAIN_M),
        })
        .filter(|cover| !cover.pieces.is_empty())
        .collect()
}

/// Fields, meadows and vineyards round the town, cut out by roads, river and building land.
fn open_land(
    seed: u64,
    space: &StreetSpace,
    blocks: &[Block],
) -> Vec<(LandCover, MultiPolygon<f64>)> {
    let built: Vec<_> = blocks.iter().map(|block| polygon(&block.ring)).collect();
    let gardens = polygon(&[
        at(-75.0, 600.0),
        at(-45.0, 870.0),
        at(450.0, 905.0),
        at(690.0, 935.0),
        at(960.0, 890.0),
        at(1110.0, 880.0),
        at(1310.0, 600.0),
    ]);
    let river = polygon(&river::strip(-46.0, 46.0, -900.0, 2100.0));
    let closed = geo::unary_union(&built)
        .union(&space.corridors)
        .union(&MultiPolygon::new(vec![gardens]))
        .buffer(5.0)
        .union(&river);
    let mut covers = Vec::new();
    for (zone, corners) in OPEN_ZONES.iter().enumerate() {
        let mut random = Random::stream(seed, "fields", zone as u64);
        let corners = corners.map(|(x, y)| at(x, y));
        let mut fields = Vec::new();
        divide(&mut random, corners, &mut fields);
        for field in fields {
            let cover = random.pick(if zone == VINEYARD_ZONE {
                &[LandCover::Vineyard]
            } else {
                &[LandCover::Field, LandCover::Field, LandCover::Meadow]
            });
            let Some(inside) = inset_ring(&field, 2.5) else {
                continue;
            };
            covers.push((
                cover,
                MultiPolygon::new(vec![polygon(&inside)]).difference(&closed),
            ));
        }
    }
    covers
}

/// Open land round the town, each zone a counter-clockwise quadrilateral.
const OPEN_ZONES: [[(f64, f64); 4]; 6] = [
    [
        (-600.0, -580.0),
        (-60.0, -590.0),
        (-64.0, 190.0),
        (-600.0, 180.0),
    ],
    [
        (-600.0, 340.0),
        (-70.0, 280.0),
        (-90.0, 940.0),
        (-600.0, 1240.0),
    ],
    [
        (-50.0, -590.0),
        (1290.0, -590.0),
        (1280.0, -25.0),
        (-50.0, -20.0),
    ],
    [
        (1310.0, -590.0),
        (1800.0, -590.0),
        (1800.0, 130.0),
        (1300.0, 150.0),
    ],
    [
        (1320.0, 290.0),
        (1800.0, 280.0),
        (1800.0, 900.0),
        (1330.0, 640.0),
    ],
    [
        (1270.0, 690.0),
        (1330.0, 650.0),
        (1640.0, 830.0),
        (1440.0, 1020.0),
    ],
];
const VINEYARD_ZONE: usize = 5;

/// Halves a quadrilateral across its longer sides until its parts have the size of fields.
fn divide(random: &mut Random, corners: [PlanPoint; 4], fields: &mut Vec<[PlanPoint; 4]>) {
    let largest_m2 = random.between(18_000.0, 52_000.0);
    if signed_area(&corners) < largest_m2 {
        fields.push(corners);
        return;
    }
    let [a, b, c, d] = corners;
    let share = |random: &mut Random| random.between(0.38, 0.62);
    let (near, far) = (share(random), share(random));
    if distance(a, b) + distance(c, d) > distance(b, c) + distance(d, a) {
        let (p, q) = (lerp(a, b, near), lerp(d, c, far));
        divide(random, [a, p, q, d], fields);
        divide(random, [p, b, c, q], fields);
    } else {
        let (p, q) = (lerp(b, c, near), lerp(a, d, far));
        divide(random, [a, b, p, q], fields);
        divide(random, [q, p, c, d], fields);
    }
}

/// The river and the pond.
pub(crate) fn waters(terrain: &Terrain) -> Vec<Water> {
    let level = |ring: Vec<PlanPoint>, z: f64| ring.into_iter().map(|p| [p.x, p.y, z]).collect();
    let pond_level = terrain.height(POND_CENTRE.x, POND_CENTRE.y) + 0.16;
    vec![
        Water {
            id: "VD_W1".to_owned(),
            name: "Veda",
            surface: level(
                river::water_ring(EXTENT_M[0], EXTENT_M[2]),
                river::WATER_LEVEL,
            ),
        },
        Water {
            id: "VD_W2".to_owned(),
            name: "Stadtparkteich",
            surface: level(park::pond_ring(), pond_level),
        },
    ]
}
