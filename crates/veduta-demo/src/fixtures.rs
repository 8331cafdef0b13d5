//! Small built things that are no buildings: the market fountain and the quay walls.

use crate::plan::polygon::{at, regular};
use crate::plan::river;
use crate::plan::street_space::PROMENADE_ENDS_M;
use crate::solid::{Cap, Level, Stepped, lift};
use crate::terrain::Terrain;

/// Which class of the standard a fixture belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FixtureKind {
    /// `frn:CityFurniture` (CityGML 2.0, clause 10.9).
    Furniture,
    /// `gen:GenericCityObject` (clause 10.12): the standard has no class for walls outside of buildings.
    Wall,
}

/// A small built thing.
#[derive(Debug, Clone)]
pub struct Fixture {
    /// `gml:id`.
    pub id: String,
    /// Name on the map.
    pub name: &'static str,
    /// Its class.
    pub kind: FixtureKind,
    /// Planar faces, counter-clockwise seen from outside: plan metres and metres above DHHN92.
    pub faces: Vec<Vec<[f64; 3]>>,
}

/// All fixtures of the city.
pub(crate) fn fixtures(terrain: &Terrain) -> Vec<Fixture> {
    let wall = |id: &str, name, side| Fixture {
        id: id.to_owned(),
        name,
        kind: FixtureKind::Wall,
        faces: quay_wall(side),
    };
    let mut fixtures = vec![
        wall("VD_Q1", "Northern quay wall", 1.0),
        wall("VD_Q2", "Southern quay wall", -1.0),
    ];
    fixtures.extend(fountain(terrain));
    fixtures
}

/// Upright wall from under the water to the promenade; `side` is 1 north of the river, -1 south.
fn quay_wall(side: f64) -> Vec<Vec<[f64; 3]>> {
    let (west, east) = PROMENADE_ENDS_M;
    let line = river::line_beside(side * (river::HALF_WIDTH_M - 0.05), west, east);
    let coping = river::line_beside(side * (river::HALF_WIDTH_M + 0.8), west, east);
    let (low, high) = (river::WATER_LEVEL - 1.5, river::QUAY_LEVEL + 0.3);
    let turned = |mut ring: Vec<[f64; 3]>| {
        if side < 0.0 {
            ring.reverse();
        }
        ring
    };
    let spans = line.windows(2).zip(coping.windows(2));
    spans
        .flat_map(|(edge, back)| {
            let face = turned(vec![
                lift(edge[0], low),
                lift(edge[1], low),
                lift(edge[1], high),
                lift(edge[0], high),
            ]);
            let top = turned(vec![
                lift(edge[0], high),
                lift(edge[1], high),
                lift(back[1], high),
                lift(back[0], high),
            ]);
            [face, top]
        })
        .collect()
}

/// An octagonal basin with a column.
fn fountain(terrain: &Terrain) -> Option<Fixture> {
    let centre = at(428.0, 434.0);
    let ground = terrain.height(centre.x, centre.y);
    let basin = regular(centre, 3.2, 8, 0.2);
    let levels = [
        Level::new(0.0, ground + 1.1),
        Level::new(0.4, ground + 1.1),
        Level::new(0.4, ground + 0.8),
    ];
    let column = (regular(centre, 0.5, 6, 0.0), 3.4);
    let shell = Stepped {
        footprint: &basin,
        base: ground - 0.3,
        levels: &levels,
        cap: Cap::Flat(vec![column]),
    }
    .shell()?;
    // The water in the basin is a face with a hole for the column; as a fixture it is drawn without.
    let faces = shell.faces.into_iter().map(|face| face.exterior).collect();
    Some(Fixture {
        id: "VD_F1".to_owned(),
        name: "Marktbrunnen",
        kind: FixtureKind::Furniture,
        faces,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solid::shell::{Face, FaceKind};

    #[test]
    fn quay_walls_look_at_the_river() {
        for side in [1.0, -1.0] {
            for face in quay_wall(side) {
                let [_, north, up] = Face::new(FaceKind::Wall, face).newell();
                assert!(
                    up > 0.0 || north * side < 0.0,
                    "{north} {up} on side {side}"
                );
            }
        }
    }
}
