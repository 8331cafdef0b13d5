//! What a surface is, where the file does not say.

use citygml_rs::SurfaceKind;
use glam::DVec3;

/// Faces whose normal rises by more than this count as roof, whose normal falls by more as ground:
/// about 81 degrees of slope.
const LEVEL_SHARE: f64 = 0.15;
/// Metres above the lowest point up to which a face that looks down is the bottom of the building.
const BOTTOM_M: f64 = 0.5;
/// Six times the volume, cubic metres, below which a shape is flat and has no inside.
const FLAT_M3: f64 = 1e-3;

/// The kind of a surface without semantics, from the type of its object and where it faces.
///
/// `above_bottom_m` is the height of the face's highest vertex above the object's lowest.
pub(crate) fn kind_by_shape(
    object_type: &str,
    normal_enu: DVec3,
    above_bottom_m: f64,
) -> SurfaceKind {
    match object_type {
        "Building" | "BuildingPart" | "BuildingUnit" | "Storey" => {
            if normal_enu.z > LEVEL_SHARE {
                SurfaceKind::Roof
            } else if normal_enu.z >= -LEVEL_SHARE {
                SurfaceKind::Wall
            } else if above_bottom_m <= BOTTOM_M {
                SurfaceKind::Ground
            } else {
                SurfaceKind::OuterCeiling
            }
        }
        "Road"
        | "Railway"
        | "Square"
        | "Track"
        | "TransportationComplex"
        | "TrafficArea"
        | "AuxiliaryTrafficArea"
        | "Section"
        | "Intersection"
        | "TrafficSpace"
        | "AuxiliaryTrafficSpace"
        | "Waterway" => SurfaceKind::Traffic,
        "WaterBody" => SurfaceKind::Water,
        "SolitaryVegetationObject" | "PlantCover" => SurfaceKind::Vegetation,
        "ReliefFeature" | "TINRelief" => SurfaceKind::Terrain,
        // Fields, yards, pitches: open ground.
        "LandUse" => SurfaceKind::Ground,
        _ => SurfaceKind::Unclassified,
    }
}

/// The kind of a surface around a space inside a building, whose normals point out of the space.
pub(crate) fn kind_inside(normal_enu: DVec3) -> SurfaceKind {
    if normal_enu.z > LEVEL_SHARE {
        SurfaceKind::Ceiling
    } else if normal_enu.z >= -LEVEL_SHARE {
        SurfaceKind::InteriorWall
    } else {
        SurfaceKind::Floor
    }
}

/// Rooms and divisions of buildings: what stands in them is no space.
pub(crate) fn is_space(object_type: &str) -> bool {
    matches!(
        object_type,
        "Room"
            | "BuildingRoom"
            | "BridgeRoom"
            | "HollowSpace"
            | "TunnelHollowSpace"
            | "Storey"
            | "BuildingStorey"
            | "BuildingUnit"
            | "BuildingSubdivision"
    )
}

/// True if all faces together look inwards: some exporters write solids inside out.
///
/// `triangles` are corner positions; the volume is taken from a point on the bottom, so that a
/// missing ground slab does not matter.
pub(crate) fn is_inside_out(triangles: &[[DVec3; 3]]) -> bool {
    let corners = || triangles.iter().flatten();
    let count = (triangles.len() * 3).max(1) as f64;
    let mut apex = corners().copied().sum::<DVec3>() / count;
    apex.z = corners()
        .map(|corner| corner.z)
        .fold(f64::INFINITY, f64::min);
    let six_volumes: f64 = triangles
        .iter()
        .map(|[a, b, c]| (*a - apex).dot((*b - apex).cross(*c - apex)))
        .sum();
    six_volumes < -FLAT_M3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buildings_without_semantics_get_roof_wall_and_ground() {
        let kind = |z: f64, above| {
            kind_by_shape("Building", DVec3::new(0.0, (1.0 - z * z).sqrt(), z), above)
        };
        assert_eq!(kind(1.0, 9.0), SurfaceKind::Roof);
        assert_eq!(kind(0.3, 9.0), SurfaceKind::Roof);
        assert_eq!(kind(0.0, 9.0), SurfaceKind::Wall);
        assert_eq!(kind(-1.0, 0.0), SurfaceKind::Ground);
        assert_eq!(kind(-1.0, 6.0), SurfaceKind::OuterCeiling);
        assert_eq!(
            kind_by_shape("WaterBody", DVec3::Z, 0.0),
            SurfaceKind::Water
        );
        assert_eq!(
            kind_by_shape("CityFurniture", DVec3::Z, 0.0),
            SurfaceKind::Unclassified
        );
    }

    #[test]
    fn a_room_has_its_floor_below_and_its_ceiling_above() {
        assert_eq!(kind_inside(DVec3::Z), SurfaceKind::Ceiling);
        assert_eq!(kind_inside(DVec3::X), SurfaceKind::InteriorWall);
        assert_eq!(kind_inside(DVec3::NEG_Z), SurfaceKind::Floor);
        assert!(is_space("Storey") && !is_space("BuildingFurniture"));
    }

    #[test]
    fn a_block_turned_inside_out_is_recognised_even_without_its_bottom() {
        let corner = |x: f64, y: f64, z: f64| DVec3::new(x, y, z) + DVec3::new(500.0, 40.0, 7.0);
        let mut outward = Vec::new();
        let mut quad = |ring: [DVec3; 4]| {
            outward.push([ring[0], ring[1], ring[2]]);
            outward.push([ring[0], ring[2], ring[3]]);
        };
        quad([
            corner(0.0, 0.0, 3.0),
            corner(2.0, 0.0, 3.0),
            corner(2.0, 2.0, 3.0),
            corner(0.0, 2.0, 3.0),
        ]);
        quad([
            corner(0.0, 0.0, 0.0),
            corner(2.0, 0.0, 0.0),
            corner(2.0, 0.0, 3.0),
            corner(0.0, 0.0, 3.0),
        ]);
        quad([
            corner(2.0, 0.0, 0.0),
            corner(2.0, 2.0, 0.0),
            corner(2.0, 2.0, 3.0),
            corner(2.0, 0.0, 3.0),
        ]);
        quad([
            corner(2.0, 2.0, 0.0),
            corner(0.0, 2.0, 0.0),
            corner(0.0, 2.0, 3.0),
            corner(2.0, 2.0, 3.0),
        ]);
        quad([
            corner(0.0, 2.0, 0.0),
            corner(0.0, 0.0, 0.0),
            corner(0.0, 0.0, 3.0),
            corner(0.0, 2.0, 3.0),
        ]);
        assert!(!is_inside_out(&outward));
        let inward: Vec<_> = outward.iter().map(|[a, b, c]| [*a, *c, *b]).collect();
        assert!(is_inside_out(&inward));
    }
}
