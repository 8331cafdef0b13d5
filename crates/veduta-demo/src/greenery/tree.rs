//! A tree as a model maker would cut it: a slim trunk and a faceted crown, every facet planar.

use crate::random::Random;
use crate::solid::Position;

/// Species, by their habit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it; botanical names stand below")]
pub enum Species {
    Lime,
    Plane,
    Maple,
    Oak,
    Beech,
    Apple,
    Spruce,
    Poplar,
}

impl Species {
    /// Botanical name, for `veg:species`.
    pub fn botanical_name(self) -> &'static str {
        match self {
            Self::Lime => "Tilia cordata",
            Self::Plane => "Platanus x hispanica",
            Self::Maple => "Acer platanoides",
            Self::Oak => "Quercus robur",
            Self::Beech => "Fagus sylvatica",
            Self::Apple => "Malus domestica",
            Self::Spruce => "Picea abies",
            Self::Poplar => "Populus nigra",
        }
    }

    /// Crown outline from its foot to its tip: (share of the crown's height, share of its radius).
    fn outline(self) -> &'static [(f64, f64)] {
        match self {
            Self::Spruce => &[(0.0, 1.0), (0.45, 0.52)],
            Self::Apple => &[(0.0, 0.62), (0.46, 1.0)],
            Self::Poplar => &[(0.0, 0.5), (0.3, 1.0), (0.75, 0.7)],
            Self::Beech | Self::Oak => &[(0.0, 0.5), (0.4, 1.0), (0.8, 0.6)],
            _ => &[(0.0, 0.48), (0.36, 1.0), (0.76, 0.7)],
        }
    }
}

/// A tree of the demo city.
#[derive(Debug, Clone)]
pub struct Tree {
    /// `gml:id`.
    pub id: String,
    /// Species.
    pub species: Species,
    /// Foot of the trunk on the terrain: plan metres and metres above DHHN92.
    pub foot: [f64; 3],
    /// Height, metres.
    pub height_m: f64,
    /// Widest diameter of the crown, metres.
    pub crown_diameter_m: f64,
    /// Sides of the crown: fewer for trees that are only seen from afar.
    pub(crate) sides: usize,
    /// Share of the height below the crown.
    pub(crate) bare_share: f64,
    /// Decides turn and growth.
    pub(crate) growth: u64,
}

impl Tree {
    /// Diameter of the trunk, metres: a fortieth of the height.
    pub fn trunk_diameter_m(&self) -> f64 {
        self.height_m / 40.0
    }

    /// Planar facets of trunk and crown, counter-clockwise seen from outside.
    pub fn facets(&self) -> Vec<Vec<[f64; 3]>> {
        let mut random = Random::stream(self.growth, "tree", 0);
        let turn = random.between(0.0, std::f64::consts::TAU);
        let crown_z = self.foot[2] + self.height_m * self.bare_share;
        let crown_height_m = self.height_m * (1.0 - self.bare_share);
        let radius_m = self.crown_diameter_m / 2.0;
        let mut drift = [0.0, 0.0];
        // Rings keep their bearing and only shift and scale, so the facets between them stay planar.
        let rings: Vec<Vec<Position>> = self
            .species
            .outline()
            .iter()
            .map(|&(height_share, radius_share)| {
                drift = [0, 1].map(|k: usize| drift[k] + random.between(-0.09, 0.09) * radius_m);
                let radius = radius_m * radius_share * random.between(0.88, 1.08);
                let z = crown_z
                    + crown_height_m * (height_share + random.between(-0.03, 0.05)).max(0.0);
                self.ring(
                    [self.foot[0] + drift[0], self.foot[1] + drift[1]],
                    radius,
                    z,
                    turn,
                )
            })
            .collect();
        let tip = [
            self.foot[0] + drift[0],
            self.foot[1] + drift[1],
            self.foot[2] + self.height_m,
        ];
        let mut facets = Vec::new();
        if self.bare_share > 0.14 {
            self.trunk(crown_z, turn, &mut facets);
        }
        if let Some(lowest) = rings.first() {
            facets.push(lowest.iter().rev().copied().collect());
        }
        for pair in rings.windows(2) {
            for i in 0..self.sides {
                let next = (i + 1) % self.sides;
                facets.push(vec![pair[0][i], pair[0][next], pair[1][next], pair[1][i]]);
            }
        }
        if let Some(highest) = rings.last() {
            for i in 0..self.sides {
                facets.push(vec![highest[i], highest[(i + 1) % self.sides], tip]);
            }
        }
        facets
    }

    fn ring(&self, centre: [f64; 2], radius_m: f64, z: f64, turn: f64) -> Vec<Position> {
        (0..self.sides)
            .map(|i| {
                let angle = turn + std::f64::consts::TAU * i as f64 / self.sides as f64;
                [
                    centre[0] + radius_m * angle.cos(),
                    centre[1] + radius_m * angle.sin(),
                    z,
                ]
            })
            .collect()
    }

    /// Three sides from under the ground into the crown.
    fn trunk(&self, crown_z: f64, turn: f64, facets: &mut Vec<Vec<Position>>) {
        let radius_m = self.trunk_diameter_m() * 0.6;
        let corner = |i: usize, z: f64| {
            let angle = turn + std::f64::consts::TAU * i as f64 / 3.0;
            [
                self.foot[0] + radius_m * angle.cos(),
                self.foot[1] + radius_m * angle.sin(),
                z,
            ]
        };
        let (low, high) = (self.foot[2] - 0.2, crown_z + 0.3);
        for i in 0..3 {
            facets.push(vec![
                corner(i, low),
                corner(i + 1, low),
                corner(i + 1, high),
                corner(i, high),
            ]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facets_are_planar_and_within_the_tree() {
        for growth in 0..50 {
            let tree = Tree {
                id: String::new(),
                species: Species::Lime,
                foot: [10.0, 20.0, 250.0],
                height_m: 12.0,
                crown_diameter_m: 7.0,
                sides: 6,
                bare_share: 0.3,
                growth,
            };
            for facet in tree.facets() {
                let [a, b, c] = [facet[0], facet[1], facet[2]];
                let minus = |p: Position, q: Position| [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
                let (u, v) = (minus(b, a), minus(c, a));
                let normal = [
                    u[1] * v[2] - u[2] * v[1],
                    u[2] * v[0] - u[0] * v[2],
                    u[0] * v[1] - u[1] * v[0],
                ];
                let size = normal.iter().map(|n| n * n).sum::<f64>().sqrt();
                for p in &facet {
                    let w = minus(*p, a);
                    let away = (w[0] * normal[0] + w[1] * normal[1] + w[2] * normal[2]) / size;
                    assert!(away.abs() < 1e-9, "{away}");
                    assert!(p[2] > 249.7 && p[2] < 262.0 + 1e-9);
                }
            }
        }
    }
}
