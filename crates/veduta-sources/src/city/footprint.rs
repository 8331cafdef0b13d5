//! Where an object stands on the ground.

use citygml_rs::SurfaceKind;

use super::faces::PlacedFace;

/// Normals that rise or fall by more than this belong to level faces: within about 25 degrees.
const LEVEL_SHARE: f64 = 0.9;
/// Metres above the lowest level face up to which others belong to the same bottom.
const SAME_BOTTOM_M: f64 = 0.5;

/// Rings of x, y in the faces' frame, holes included: a point is inside if it is inside an odd number
/// of rings. Ground surfaces if there are any, else the lowest level faces; empty for terrain.
pub(crate) fn footprint(faces: &[PlacedFace]) -> Vec<Vec<[f32; 2]>> {
    let ground = || faces.iter().filter(|face| face.kind == SurfaceKind::Ground);
    if ground().next().is_some() {
        return rings(ground());
    }
    let level = || {
        faces
            .iter()
            .filter(|face| face.normal.z.abs() > LEVEL_SHARE && face.kind != SurfaceKind::Terrain)
    };
    let lowest = |face: &PlacedFace| {
        face.vertices()
            .map(|vertex| vertex.z)
            .fold(f64::INFINITY, f64::min)
    };
    let bottom_m = level().map(lowest).fold(f64::INFINITY, f64::min);
    rings(level().filter(|face| lowest(face) - bottom_m <= SAME_BOTTOM_M))
}

fn rings<'a>(faces: impl Iterator<Item = &'a PlacedFace>) -> Vec<Vec<[f32; 2]>> {
    faces
        .flat_map(|face| &face.rings)
        .map(|ring| {
            ring.iter()
                .map(|point| [point.x as f32, point.y as f32])
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use glam::DVec3;

    fn level_face(kind: SurfaceKind, side_m: f64, height_m: f64) -> PlacedFace {
        PlacedFace {
            kind,
            surface: 0,
            normal: DVec3::Z,
            rings: vec![vec![
                DVec3::new(0.0, 0.0, height_m),
                DVec3::new(side_m, 0.0, height_m),
                DVec3::new(side_m, side_m, height_m),
            ]],
            triangles: vec![[0, 1, 2]],
        }
    }

    #[test]
    fn ground_surfaces_come_first_then_the_lowest_level_face() {
        let roof = || level_face(SurfaceKind::Roof, 4.0, 9.0);
        let with_ground = [roof(), level_face(SurfaceKind::Ground, 3.0, 0.0)];
        assert_eq!(footprint(&with_ground)[0][1], [3.0, 0.0]);
        let without = [roof(), level_face(SurfaceKind::OuterCeiling, 2.0, 1.0)];
        assert_eq!(
            footprint(&without),
            vec![vec![[0.0, 0.0], [2.0, 0.0], [2.0, 2.0]]]
        );
        assert!(footprint(&[level_face(SurfaceKind::Terrain, 2.0, 0.0)]).is_empty());
    }
}
