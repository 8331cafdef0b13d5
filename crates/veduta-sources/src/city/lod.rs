//! Which polygons of a city object are drawn: one level of detail, seen from outside.
//!
//! A building often carries several levels at once, and often its geometry stands in its parts.
//! Drawing two levels over each other flickers and hides the finer one, so one level is chosen for
//! a building and its parts together.

use citygml_rs::{CityObject, Surface, SurfaceKind};

/// A city object that gets its own row in the feature table, with the polygons drawn for it.
pub(crate) struct DrawnObject<'a> {
    /// The object.
    pub(crate) object: &'a CityObject,
    /// Index of the object it is a part of, in the same list.
    pub(crate) parent: Option<usize>,
    /// Chosen level; `None` if nothing of it is drawn.
    pub(crate) lod: Option<u8>,
    /// Polygons of the chosen level, openings included.
    pub(crate) surfaces: Vec<&'a Surface>,
}

/// Flattens one top-level object, parents before their parts.
///
/// Rooms and what stands in them are left out. Windows and doors are drawn with, and picked as, the
/// object they belong to.
pub(crate) fn drawn_objects(top_level: &CityObject, max_lod: u8) -> Vec<DrawnObject<'_>> {
    let shared = best_level(levels_with_parts(top_level), max_lod);
    let mut drawn = Vec::new();
    flatten(top_level, None, shared, max_lod, &mut drawn);
    drawn
}

/// A set of levels, one bit each.
type Levels = u8;

fn levels(surfaces: &[Surface]) -> Levels {
    surfaces
        .iter()
        .filter(|surface| is_exterior(surface.kind))
        .fold(0, |set, surface| set | 1 << surface.lod.min(7))
}

fn levels_with_parts(object: &CityObject) -> Levels {
    parts(object).fold(levels(&object.surfaces), |set, part| {
        set | levels_with_parts(part)
    })
}

fn parts(object: &CityObject) -> impl Iterator<Item = &CityObject> {
    object
        .children
        .iter()
        .filter(|child| child.object_type.ends_with("Part"))
}

/// Highest of levels 1 to `max_lod`, else a footprint, else the lowest level above the limit.
fn best_level(set: Levels, max_lod: u8) -> Option<u8> {
    let has = |level: &u8| set & (1 << level) != 0;
    (1..=max_lod.min(7))
        .rev()
        .find(has)
        .or_else(|| Some(0).filter(has))
        .or_else(|| (max_lod.min(7) + 1..=7).find(has))
}

fn flatten<'a>(
    object: &'a CityObject,
    parent: Option<usize>,
    shared: Option<u8>,
    max_lod: u8,
    drawn: &mut Vec<DrawnObject<'a>>,
) {
    let own = levels(&object.surfaces);
    let lod = match shared {
        Some(level) if own & (1 << level) != 0 => Some(level),
        // The parts carry the chosen level: a coarser hull around them would hide them.
        _ if parts(object).any(|part| shared == best_level(levels_with_parts(part), max_lod)) => {
            None
        }
        _ => best_level(own, max_lod),
    };
    let index = drawn.len();
    drawn.push(DrawnObject {
        object,
        parent,
        lod,
        surfaces: at_level(object, lod).collect(),
    });
    for child in &object.children {
        if is_interior(&child.object_type) {
            continue;
        }
        if is_opening(&child.object_type) {
            let level = best_level(levels(&child.surfaces), max_lod);
            drawn[index].surfaces.extend(at_level(child, level));
            continue;
        }
        let shared = if child.object_type.ends_with("Part") {
            shared
        } else {
            best_level(levels_with_parts(child), max_lod)
        };
        flatten(child, Some(index), shared, max_lod, drawn);
    }
}

fn at_level(object: &CityObject, level: Option<u8>) -> impl Iterator<Item = &Surface> {
    object
        .surfaces
        .iter()
        .filter(move |surface| is_exterior(surface.kind) && Some(surface.lod.min(7)) == level)
}

/// Closure surfaces seal openings that are open in reality, the other three lie inside rooms.
fn is_exterior(kind: SurfaceKind) -> bool {
    !matches!(
        kind,
        SurfaceKind::Floor
            | SurfaceKind::Ceiling
            | SurfaceKind::InteriorWall
            | SurfaceKind::Closure
    )
}

fn is_interior(object_type: &str) -> bool {
    matches!(
        object_type,
        "Room"
            | "BuildingRoom"
            | "BuildingFurniture"
            | "IntBuildingInstallation"
            | "BridgeRoom"
            | "IntBridgeInstallation"
            | "BridgeFurniture"
            | "HollowSpace"
            | "IntTunnelInstallation"
            | "TunnelFurniture"
    )
}

fn is_opening(object_type: &str) -> bool {
    matches!(
        object_type,
        "Window" | "Door" | "WindowSurface" | "DoorSurface"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use citygml_rs::Polygon;

    fn object(object_type: &str, levels: &[u8], children: Vec<CityObject>) -> CityObject {
        CityObject {
            object_type: object_type.to_owned(),
            surfaces: levels
                .iter()
                .map(|&lod| surface(lod, SurfaceKind::Wall))
                .collect(),
            children,
            ..CityObject::default()
        }
    }

    fn surface(lod: u8, kind: SurfaceKind) -> Surface {
        Surface {
            id: None,
            lod,
            kind,
            polygon: Polygon::default(),
            line: 1,
            ..Surface::default()
        }
    }

    fn levels_drawn(object: &CityObject, max_lod: u8) -> Vec<Option<u8>> {
        drawn_objects(object, max_lod)
            .iter()
            .map(|drawn| drawn.lod)
            .collect()
    }

    #[test]
    fn the_finest_level_within_the_limit_is_drawn_alone() {
        let building = object("Building", &[0, 1, 2, 3, 4], vec![]);
        assert_eq!(levels_drawn(&building, 3), [Some(3)]);
        assert_eq!(levels_drawn(&building, 1), [Some(1)]);
        assert_eq!(drawn_objects(&building, 3)[0].surfaces.len(), 1);
    }

    #[test]
    fn outside_the_limit_a_footprint_comes_before_a_finer_level() {
        assert_eq!(
            levels_drawn(&object("Building", &[0, 4], vec![]), 3),
            [Some(0)]
        );
        assert_eq!(
            levels_drawn(&object("Building", &[4], vec![]), 3),
            [Some(4)]
        );
        assert_eq!(levels_drawn(&object("Building", &[], vec![]), 3), [None]);
    }

    #[test]
    fn a_coarse_hull_around_finer_parts_is_not_drawn() {
        let building = object(
            "Building",
            &[1],
            vec![
                object("BuildingPart", &[1, 2], vec![]),
                object("BuildingPart", &[2], vec![]),
            ],
        );
        assert_eq!(levels_drawn(&building, 3), [None, Some(2), Some(2)]);
        assert_eq!(levels_drawn(&building, 1), [Some(1), Some(1), Some(2)]);
    }

    #[test]
    fn a_part_without_the_common_level_is_not_lost() {
        let building = object("Building", &[2], vec![object("BuildingPart", &[1], vec![])]);
        assert_eq!(levels_drawn(&building, 3), [Some(2), Some(1)]);
    }

    #[test]
    fn openings_belong_to_their_object_and_rooms_stay_inside() {
        let mut building = object(
            "Building",
            &[3],
            vec![object("Window", &[3], vec![]), object("Room", &[4], vec![])],
        );
        building.surfaces.push(surface(3, SurfaceKind::Closure));
        let drawn = drawn_objects(&building, 3);
        assert_eq!(drawn.len(), 1);
        assert_eq!(drawn[0].surfaces.len(), 2);
    }
}
