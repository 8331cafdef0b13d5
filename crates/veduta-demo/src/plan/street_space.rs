//! The space between the houses: corridors, carriageways, sidewalks, squares and promenades.

use geo::algorithm::buffer::{Buffer, BufferStyle, LineCap, LineJoin};
use geo::{BooleanOps, LineString, MultiPolygon, unary_union};

use super::polygon::{PlanPoint, polygon};
use super::river;
use super::streets::{CHURCH_SQUARE, MARKET_SQUARE, Street, StreetClass, ring_of};

/// What a paved area is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PavingUse {
    /// Driving lanes between kerbs.
    Carriageway,
    /// Raised strip for walking beside a carriageway.
    Sidewalk,
    /// Lane of one level, for walking and delivery.
    PedestrianLane,
    /// Market or church square, school yard.
    Square,
    /// Walk beside the water or through the park.
    Footpath,
}

impl PavingUse {
    /// Height over the terrain, metres: kerbs are 12 cm, and nothing lies within the terrain.
    pub(crate) fn above_terrain_m(self) -> f64 {
        match self {
            Self::Carriageway => 0.18,
            Self::Footpath => 0.24,
            Self::Sidewalk | Self::PedestrianLane | Self::Square => 0.30,
        }
    }
}

/// A paved area of one street or square, in the plan.
#[derive(Debug, Clone)]
pub(crate) struct Paving {
    pub(crate) name: &'static str,
    pub(crate) paving_use: PavingUse,
    pub(crate) area: MultiPolygon<f64>,
}

/// Everything that is not building land.
#[derive(Debug, Clone)]
pub(crate) struct StreetSpace {
    /// Wall to wall: streets, squares, quays and river.
    pub(crate) corridors: MultiPolygon<f64>,
    /// Union of all carriageways.
    pub(crate) carriageways: MultiPolygon<f64>,
    /// What is paved, by street.
    pub(crate) pavings: Vec<Paving>,
}

/// Easting of the two ends of the promenades, plan metres.
pub(crate) const PROMENADE_ENDS_M: (f64, f64) = (-40.0, 1256.0);

impl StreetSpace {
    pub(crate) fn new(streets: &[Street]) -> Self {
        let squares = [("Marktplatz", MARKET_SQUARE), ("Kirchplatz", CHURCH_SQUARE)]
            .map(|(name, points)| (name, MultiPolygon::new(vec![polygon(&ring_of(points))])));
        let (west, east) = PROMENADE_ENDS_M;
        let quay = |south, north| {
            MultiPolygon::new(vec![polygon(&river::strip(south, north, west, east))])
        };
        let inner = river::HALF_WIDTH_M + 0.45;
        let promenades = [
            ("Uferpromenade", quay(inner, 31.0)),
            ("Südpromenade", quay(-31.0, -inner)),
        ];
        let water = MultiPolygon::new(vec![polygon(&river::strip(-27.0, 27.0, -900.0, 2100.0))]);

        let carriageways = rounded_corners(&union(
            streets
                .iter()
                .map(|street| band(&street.axis, street.class.carriageway_width_m())),
        ));
        let bands: Vec<MultiPolygon<f64>> = streets
            .iter()
            .map(|street| band(&street.axis, street.class.corridor_width_m()))
            .collect();
        let streets_and_squares = union(
            bands
                .iter()
                .cloned()
                .chain(squares.iter().map(|(_, area)| area.clone())),
        );
        let corridors = streets_and_squares
            .union(&carriageways)
            .union(&water)
            .union(&union(promenades.iter().map(|(_, area)| area.clone())));

        let mut pavings = Vec::new();
        let river_bed =
            MultiPolygon::new(vec![polygon(&river::strip(-inner, inner, -900.0, 2100.0))]);
        let mut taken = union(squares.iter().map(|(_, area)| area.clone())).union(&river_bed);
        for (name, area) in &squares {
            pavings.push(Paving {
                name,
                paving_use: PavingUse::Square,
                area: area.clone(),
            });
        }
        // First every carriageway, then what is left of every corridor: the more important street keeps the crossing.
        for street in streets
            .iter()
            .filter(|street| street.class != StreetClass::Lane)
        {
            let reach = band(&street.axis, street.class.carriageway_width_m() + 8.0);
            claim(
                &mut pavings,
                &mut taken,
                street.name,
                PavingUse::Carriageway,
                &reach.intersection(&carriageways),
            );
        }
        for (street, corridor) in streets.iter().zip(&bands) {
            let paving_use = match street.class {
                StreetClass::Lane => PavingUse::PedestrianLane,
                StreetClass::Country => continue,
                _ => PavingUse::Sidewalk,
            };
            claim(&mut pavings, &mut taken, street.name, paving_use, corridor);
        }
        for (name, area) in &promenades {
            claim(&mut pavings, &mut taken, name, PavingUse::Footpath, area);
        }
        Self {
            corridors,
            carriageways,
            pavings,
        }
    }
}

fn claim(
    pavings: &mut Vec<Paving>,
    taken: &mut MultiPolygon<f64>,
    name: &'static str,
    paving_use: PavingUse,
    wanted: &MultiPolygon<f64>,
) {
    let area = wanted.difference(taken);
    *taken = taken.union(&area);
    pavings.push(Paving {
        name,
        paving_use,
        area,
    });
}

/// The area within half of `width_m` of a line, mitred corners, square ends.
pub(crate) fn band(axis: &[PlanPoint], width_m: f64) -> MultiPolygon<f64> {
    if width_m <= 0.0 {
        return MultiPolygon::new(Vec::new());
    }
    let style = BufferStyle::new(width_m / 2.0)
        .line_cap(LineCap::Butt)
        .line_join(LineJoin::Miter(0.3));
    LineString::new(axis.to_vec()).buffer_with_style(style)
}

/// The union of many areas.
pub(crate) fn union(areas: impl IntoIterator<Item = MultiPolygon<f64>>) -> MultiPolygon<f64> {
    unary_union(&areas.into_iter().collect::<Vec<_>>())
}

/// Closes notches and rounds the inner corners of crossings, as a lorry needs them.
fn rounded_corners(area: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    const RADIUS_M: f64 = 4.5;
    area.buffer_with_style(BufferStyle::new(RADIUS_M).line_join(LineJoin::Miter(0.1)))
        .buffer_with_style(BufferStyle::new(-RADIUS_M).line_join(LineJoin::Round(0.4)))
}
