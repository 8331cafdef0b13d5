//! What everybody knows by name: church, town hall, school, the old works, lookout, park café.

use super::kinds::{BuildingUse, RoofType};
use super::modern::{Slab, slab_part};
use super::site::{Draft, DraftPart, Ground, Site};
use crate::plan::Quarter;
use crate::plan::polygon::{PlanPoint, at, left, rectangle, regular};
use crate::solid::{Cap, End, Level, Profile, Shell, Stepped, Swept};

/// A drawing board laid on the plan: `x` along the building, `y` to its left.
#[derive(Clone, Copy)]
struct Board {
    origin: PlanPoint,
    along: PlanPoint,
}

impl Board {
    fn new(origin: PlanPoint, angle_deg: f64) -> Self {
        let angle = angle_deg.to_radians();
        Self {
            origin,
            along: at(angle.cos(), angle.sin()),
        }
    }

    fn at(&self, x: f64, y: f64) -> PlanPoint {
        self.origin + self.along * x + left(self.along) * y
    }

    fn line<const N: usize>(&self, points: [(f64, f64); N]) -> Vec<PlanPoint> {
        points.iter().map(|&(x, y)| self.at(x, y)).collect()
    }

    /// A rectangle from its south-western corner on the board.
    fn rect(&self, x: f64, y: f64, length_m: f64, width_m: f64) -> Vec<PlanPoint> {
        self.line([
            (x, y),
            (x + length_m, y),
            (x + length_m, y + width_m),
            (x, y + width_m),
        ])
    }
}

/// Builds every landmark.
pub(crate) fn build_landmarks(site: &mut Site) {
    build_church(site);
    build_town_hall(site);
    build_school(site);
    build_works(site);
    build_small_ones(site);
}

fn swept(front: &[PlanPoint], depth_m: f64, base: f64, profile: Profile, ends: [End; 2]) -> Shell {
    Swept {
        front,
        depth_m,
        base,
        profile,
        ends,
        attachments: Vec::new(),
    }
    .shell()
}

fn stepped(footprint: &[PlanPoint], base: f64, levels: &[Level], cap: Cap) -> Shell {
    // The outlines of landmarks are drawn with room for their levels; an empty shell is refused by the self-check.
    Stepped {
        footprint,
        base,
        levels,
        cap,
    }
    .shell()
    .unwrap_or_default()
}

fn part(shell: Shell, roof: RoofType, storeys: u32) -> DraftPart {
    DraftPart {
        shell,
        roof,
        storeys,
    }
}

/// Late Gothic: west tower with a spire of 55 m, nave with aisles, polygonal choir to the east.
fn build_church(site: &mut Site) {
    let board = Board::new(at(341.0, 478.0), 5.0);
    let Ground { base, level } = site.ground(&board.rect(0.0, -11.0, 54.0, 22.0));
    let tower = board.rect(0.0, -4.8, 9.6, 9.6);
    let tower_levels = [
        Level::new(0.0, level + 31.0),
        Level::new(-0.35, level + 31.3),
        Level::new(-0.35, level + 32.0),
        Level::new(1.6, level + 35.0),
    ];
    let nave = board.line([(9.6, -6.5), (38.6, -6.5)]);
    let south_aisle = board.line([(11.6, -11.0), (37.6, -11.0)]);
    let north_aisle = board.line([(37.6, 11.0), (11.6, 11.0)]);
    let choir = board.line([
        (38.6, -4.6),
        (45.6, -4.6),
        (49.4, -1.9),
        (49.4, 1.9),
        (45.6, 4.6),
        (38.6, 4.6),
    ]);
    let choir_levels = [Level::new(0.0, level + 12.5)];
    let aisle = |front: &[PlanPoint]| {
        swept(
            front,
            4.5,
            base,
            Profile::shed(level + 6.8, level + 9.4),
            [End::Gable; 2],
        )
    };
    let parts = vec![
        part(
            stepped(&tower, base, &tower_levels, Cap::Apex(level + 55.0)),
            RoofType::Spire,
            5,
        ),
        part(
            swept(
                &nave,
                13.0,
                base,
                Profile::gable(level + 14.0, level + 24.5),
                [End::Gable; 2],
            ),
            RoofType::Gabled,
            1,
        ),
        part(aisle(&south_aisle), RoofType::Shed, 1),
        part(aisle(&north_aisle), RoofType::Shed, 1),
        part(
            stepped(&choir, base, &choir_levels, Cap::Apex(level + 20.5)),
            RoofType::Pyramidal,
            1,
        ),
    ];
    site.build_on_square(Draft {
        quarter: Quarter::OldTown,
        building_use: BuildingUse::Church,
        year: 1467,
        name: Some("Stadtkirche St. Michael"),
        door: board.at(-1.0, 0.0),
        parts,
    });
}

/// Renaissance: half-hipped hall on the north side of the market, stair tower to the square.
fn build_town_hall(site: &mut Site) {
    let board = Board::new(at(421.0, 466.0), -3.5);
    let Ground { base, level } = site.ground(&board.rect(0.0, -6.0, 33.0, 21.0));
    let hall = board.line([(0.0, 0.0), (33.0, 0.0)]);
    let half_hips = [End::HalfHip(0.8); 2];
    let hall_shell = swept(
        &hall,
        14.0,
        base,
        Profile::half_hip(level + 11.5, level + 22.0, 0.6),
        half_hips,
    );
    // One side of the octagon lies against the front of the hall.
    let radius_m = 2.8;
    let apothem_m = radius_m * (std::f64::consts::PI / 8.0).cos();
    let turn = (-3.5_f64).to_radians() + std::f64::consts::PI / 8.0;
    let tower = regular(board.at(10.0, -apothem_m), radius_m, 8, turn);
    let tower_levels = [
        Level::new(0.0, level + 19.0),
        Level::new(-0.3, level + 19.2),
        Level::new(0.9, level + 21.5),
    ];
    let parts = vec![
        part(hall_shell, RoofType::HalfHipped, 3),
        part(
            stepped(&tower, base, &tower_levels, Cap::Apex(level + 29.0)),
            RoofType::Spire,
            6,
        ),
    ];
    site.build_on_square(Draft {
        quarter: Quarter::OldTown,
        building_use: BuildingUse::TownHall,
        year: 1568,
        name: Some("Rathaus"),
        door: board.at(10.0, -5.0),
        parts,
    });
}

/// A school of 1908 round a yard that opens to the south, with a modern wing and a sports hall.
fn build_school(site: &mut Site) {
    let board = Board::new(at(136.0, 538.0), 1.0);
    let Ground { base, level } = site.ground(&board.rect(0.0, 0.0, 70.0, 52.0));
    let outside = board.line([(70.0, 0.0), (70.0, 52.0), (0.0, 52.0), (0.0, 0.0)]);
    let main = swept(
        &outside,
        14.0,
        base,
        Profile::gable(level + 13.0, level + 19.0),
        [End::Hip(0.9); 2],
    );
    let wing = board.rect(70.0, 16.0, 16.0, 24.0);
    let roof = level + 8.4;
    let wing_levels = [
        Level::new(0.0, roof + 0.6),
        Level::new(0.3, roof + 0.6),
        Level::new(0.3, roof),
    ];
    site.build_on_square(Draft {
        quarter: Quarter::School,
        building_use: BuildingUse::School,
        year: 1908,
        name: Some("Schillerschule"),
        door: board.at(35.0, 54.0),
        parts: vec![
            part(main, RoofType::Hipped, 3),
            part(
                stepped(&wing, base, &wing_levels, Cap::Flat(Vec::new())),
                RoofType::Flat,
                2,
            ),
        ],
    });
    let Ground { base, level } = site.ground(&board.rect(74.0, -18.0, 29.0, 28.0));
    let hall = board.line([(103.0, -18.0), (103.0, 10.0)]);
    let hall = swept(
        &hall,
        29.0,
        base,
        Profile::uneven_gable(level + 7.0, 0.5, level + 9.0, level + 7.0),
        [End::Gable; 2],
    );
    site.build(Draft {
        quarter: Quarter::School,
        building_use: BuildingUse::SportsHall,
        year: 1984,
        name: Some("Sporthalle der Schillerschule"),
        door: board.at(70.0, -20.0),
        parts: vec![part(hall, RoofType::Gabled, 1)],
    });
}

/// The old works: a sawtooth hall, its office range, boiler house and stack. The development site.
fn build_works(site: &mut Site) {
    let board = Board::new(at(246.0, 131.0), 1.5);
    let Ground { base, level } = site.ground(&board.rect(0.0, 0.0, 140.0, 70.0));
    let hall = board.line([(18.0, 62.0), (18.0, 0.0)]);
    let office = board.line([(0.0, 0.0), (15.0, 0.0)]);
    let boiler = board.line([(118.0, 38.0), (136.0, 38.0)]);
    let stack = regular(board.at(127.0, 30.0), 2.0, 10, 0.1);
    let stack_levels = [
        Level::new(0.0, level + 6.0),
        Level::new(0.7, level + 40.0),
        Level::new(0.4, level + 40.6),
        Level::new(0.4, level + 42.0),
    ];
    let parts = vec![
        part(
            swept(
                &hall,
                92.0,
                base,
                Profile::sawtooth(level + 6.2, level + 9.8, 9),
                [End::Gable; 2],
            ),
            RoofType::Sawtooth,
            1,
        ),
        part(
            swept(
                &office,
                62.0,
                base,
                Profile::uneven_gable(level + 11.0, 0.5, level + 11.6, level + 11.0),
                [End::Gable; 2],
            ),
            RoofType::Gabled,
            3,
        ),
        part(
            swept(
                &boiler,
                22.0,
                base,
                Profile::gable(level + 10.0, level + 14.0),
                [End::Gable; 2],
            ),
            RoofType::Gabled,
            1,
        ),
        part(
            stepped(&stack, base, &stack_levels, Cap::Flat(Vec::new())),
            RoofType::Flat,
            1,
        ),
    ];
    site.build(Draft {
        quarter: Quarter::Works,
        building_use: BuildingUse::Production,
        year: 1922,
        name: Some(super::OLD_WORKS_NAME),
        door: board.at(7.0, -4.0),
        parts,
    });
}

fn build_small_ones(site: &mut Site) {
    let lookout = regular(at(742.0, 968.0), 3.4, 8, 0.0);
    let Ground { base, level } = site.ground(&lookout);
    let levels = [
        Level::new(0.0, level + 20.0),
        Level::new(-0.6, level + 21.0),
        Level::new(-0.6, level + 23.2),
    ];
    site.build(Draft {
        quarter: Quarter::Villas,
        building_use: BuildingUse::HistoricTower,
        year: 1886,
        name: Some("Aussichtsturm"),
        door: at(742.0, 963.0),
        parts: vec![part(
            stepped(&lookout, base, &levels, Cap::Apex(level + 28.0)),
            RoofType::Conical,
            5,
        )],
    });

    let cafe = regular(at(1058.0, 367.0), 9.0, 12, 0.1);
    let Ground { base, level } = site.ground(&cafe);
    let levels = [
        Level::new(0.0, level + 4.0),
        Level::new(-1.2, level + 4.1),
        Level::new(-1.2, level + 4.4),
        Level::new(4.5, level + 6.2),
        Level::new(4.5, level + 7.4),
    ];
    site.build(Draft {
        quarter: Quarter::Park,
        building_use: BuildingUse::Restaurant,
        year: 1931,
        name: Some("Café im Stadtpark"),
        door: at(1050.0, 360.0),
        parts: vec![part(
            stepped(&cafe, base, &levels, Cap::Apex(level + 9.4)),
            RoofType::Conical,
            1,
        )],
    });

    let club = Slab {
        centre: at(176.0, 150.0),
        angle_deg: 88.0,
        length_m: 30.0,
        width_m: 11.0,
        storeys: 1,
        set_back: false,
        building_use: BuildingUse::SportsHall,
        name: Some("Vereinsheim"),
    };
    let footprint = rectangle(
        club.centre,
        club.angle_deg.to_radians(),
        club.length_m,
        club.width_m,
    );
    if let Some(club_part) = slab_part(site, &club, &footprint) {
        site.build(Draft {
            quarter: Quarter::Sports,
            building_use: club.building_use,
            year: 1977,
            name: club.name,
            door: at(182.0, 150.0),
            parts: vec![club_part],
        });
    }
}
