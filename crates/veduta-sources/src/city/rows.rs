//! Which rows a top-level city object gets in the feature table, and which polygons belong to each.
//!
//! Each object has a main row with the level of detail that is drawn by default, and a variant row for each other
//! level. Which level is the default one is decided by [`tiles3d::chosen_levels`], as it is later for the levels that
//! a user asks for.

use citygml_rs::{CityObject, ImplicitGeometry, Surface, SurfaceKind};
use tiles3d::{LevelNode, LevelRole, LevelSet, chosen_levels};

/// What is wanted of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Highest level of detail drawn by default.
    pub(crate) max_lod: u8,
    /// Whether other levels, interiors and surfaces that are never seen from outside are kept too.
    pub(crate) everything: bool,
}

/// A row of the feature table, with the geometry drawn for it.
pub(crate) struct Row<'a> {
    /// The object.
    pub(crate) object: &'a CityObject,
    /// Index of the row it is a part of.
    pub(crate) parent: Option<usize>,
    /// Index of the row that it is another level of; its parent too.
    pub(crate) variant_of: Option<usize>,
    /// Level of the geometry; `None` for a row without any, or with nothing but what is never seen from outside.
    pub(crate) lod: Option<u8>,
    /// Lies inside something.
    pub(crate) is_interior: bool,
    /// Polygons.
    pub(crate) surfaces: Vec<RowSurface<'a>>,
    /// Prototypes placed.
    pub(crate) implicit: Vec<&'a ImplicitGeometry>,
}

/// A polygon, and the object whose boundary surfaces it refers to.
#[derive(Clone, Copy)]
pub(crate) struct RowSurface<'a> {
    pub(crate) surface: &'a Surface,
    pub(crate) owner: &'a CityObject,
}

/// Flattens one top-level object, parents before their parts, an object's other levels after it.
///
/// Members that stand inside a group are no parts of it: they get rows without a parent.
pub(crate) fn rows(top_level: &CityObject, wanted: Wanted) -> Vec<Row<'_>> {
    let mut tree = Tree::default();
    tree.add(top_level, None, false, wanted);
    let chosen = chosen_levels(&tree.nodes);
    let mut rows: Vec<Row<'_>> = Vec::with_capacity(chosen.len());
    let mut row_of_object: Vec<usize> = Vec::with_capacity(chosen.len());
    for (index, level) in chosen.iter().enumerate() {
        let node = tree.nodes[index];
        let object = tree.objects[index];
        let is_interior = tree.is_interior[index];
        let merges = !wanted.everything && node.role == LevelRole::Opening;
        if let (true, Some(parent)) = (merges, node.parent) {
            let row = row_of_object[parent];
            row_of_object.push(row);
            rows[row].surfaces.extend(drawn_at(object, *level));
            continue;
        }
        let main = rows.len();
        row_of_object.push(main);
        rows.push(Row {
            object,
            parent: node.parent.map(|parent| row_of_object[parent]),
            variant_of: None,
            lod: *level,
            is_interior,
            surfaces: Vec::new(),
            implicit: Vec::new(),
        });
        let others = (0..8).filter(|level| node.levels & (1 << level) != 0);
        if wanted.everything {
            rows.extend(
                others
                    .filter(|other| Some(*other) != *level)
                    .map(|other| Row {
                        object,
                        parent: Some(main),
                        variant_of: Some(main),
                        lod: Some(other),
                        is_interior,
                        surfaces: Vec::new(),
                        implicit: Vec::new(),
                    }),
            );
        }
        hand_out(object, &mut rows[main..], wanted.everything);
    }
    rows
}

/// Gives each polygon and prototype of an object to the row of its level. What is never seen from outside goes to the
/// main row where no row has its level.
fn hand_out<'a>(object: &'a CityObject, rows: &mut [Row<'a>], everything: bool) {
    let row_of = |rows: &[Row<'_>], level: u8| rows.iter().position(|row| row.lod == Some(level));
    for surface in &object.surfaces {
        let is_seen = rows[0].is_interior || is_exterior(surface.kind);
        let row = match row_of(rows, surface.lod.min(7)) {
            _ if !is_seen && !everything => None,
            None if !is_seen => Some(0),
            found => found,
        };
        if let Some(row) = row {
            rows[row].surfaces.push(RowSurface {
                surface,
                owner: object,
            });
        }
    }
    for implicit in &object.implicit_geometries {
        if let Some(row) = row_of(rows, implicit.lod.min(7)) {
            rows[row].implicit.push(implicit);
        }
    }
}

/// Polygons of one level, seen from outside.
fn drawn_at(object: &CityObject, level: Option<u8>) -> impl Iterator<Item = RowSurface<'_>> {
    object
        .surfaces
        .iter()
        .filter(move |surface| is_exterior(surface.kind) && Some(surface.lod.min(7)) == level)
        .map(|surface| RowSurface {
            surface,
            owner: object,
        })
}

/// The objects of a top-level object, parents first.
#[derive(Default)]
struct Tree<'a> {
    objects: Vec<&'a CityObject>,
    nodes: Vec<LevelNode>,
    is_interior: Vec<bool>,
}

impl<'a> Tree<'a> {
    fn add(&mut self, object: &'a CityObject, parent: Option<usize>, inside: bool, wanted: Wanted) {
        let is_within = inside || parent.is_some() && is_inside(&object.object_type);
        let is_volume = is_traffic_volume(object);
        let is_interior = is_within || is_volume;
        let index = self.objects.len();
        self.objects.push(object);
        self.is_interior.push(is_interior);
        self.nodes.push(LevelNode {
            parent,
            role: LevelRole::of(&object.object_type, is_interior),
            levels: match is_volume && !wanted.everything {
                true => 0,
                false => levels(object, is_interior),
            },
            wanted: wanted.max_lod,
        });
        let has_shell = shell_levels(object) != 0;
        for child in &object.children {
            let is_inside_shell = has_shell && divides(&child.object_type);
            let child_inside = is_within || is_inside_shell;
            if (child_inside || is_inside(&child.object_type)) && !wanted.everything {
                continue;
            }
            let is_member = object.object_type == "CityObjectGroup";
            self.add(child, (!is_member).then_some(index), child_inside, wanted);
        }
    }
}

fn levels(object: &CityObject, is_interior: bool) -> LevelSet {
    let of_surfaces = object
        .surfaces
        .iter()
        .filter(|surface| is_interior || is_exterior(surface.kind))
        .map(|surface| surface.lod);
    let of_prototypes = object
        .implicit_geometries
        .iter()
        .map(|implicit| implicit.lod);
    of_surfaces
        .chain(of_prototypes)
        .fold(0, |set, level| set | 1 << level.min(7))
}

/// Levels that an object and its parts show from outside.
fn shell_levels(object: &CityObject) -> LevelSet {
    object
        .children
        .iter()
        .filter(|child| child.object_type.ends_with("Part"))
        .fold(levels(object, false), |set, part| set | shell_levels(part))
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

/// Rooms and what stands in them, by the names of CityGML 1.0 to 3.0 and CityJSON.
fn is_inside(object_type: &str) -> bool {
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
            | "TunnelHollowSpace"
            | "IntTunnelInstallation"
            | "TunnelFurniture"
    )
}

/// The free space above a road (CityGML 3.0, `AbstractTransportationSpace`): a volume of air that hides what lies under
/// it. The surfaces that bound it are objects of their own, where they have geometry of their own.
fn is_traffic_volume(object: &CityObject) -> bool {
    let is_space = matches!(
        object.object_type.as_str(),
        "TrafficSpace" | "AuxiliaryTrafficSpace" | "ClearanceSpace"
    );
    let is_bounded = || {
        let inner = object.children.iter().flat_map(CityObject::descendants);
        inner.into_iter().any(|part| !part.surfaces.is_empty())
    };
    is_space && !object.solids.is_empty() && is_bounded()
}

/// Divisions of a building: seen only where the building has no shell of its own.
fn divides(object_type: &str) -> bool {
    matches!(
        object_type,
        "Storey" | "BuildingStorey" | "BuildingUnit" | "BuildingSubdivision"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_air_above_a_road_does_not_hide_it() {
        let area = object("TrafficArea", &[2], vec![]);
        let mut space = object("TrafficSpace", &[2], vec![area]);
        space.solids = vec![citygml_rs::Solid::default()];
        let road = object("Road", &[], vec![space]);
        let all = rows(&road, ALL);
        assert!(all[1].is_interior && !all[2].is_interior);
        let from_outside = rows(
            &road,
            Wanted {
                everything: false,
                ..ALL
            },
        );
        assert!(from_outside[1].surfaces.is_empty() && !from_outside[2].surfaces.is_empty());
    }

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
            lod,
            kind,
            line: 1,
            ..Surface::default()
        }
    }

    fn seen(max_lod: u8) -> Wanted {
        Wanted {
            max_lod,
            everything: false,
        }
    }

    const ALL: Wanted = Wanted {
        max_lod: 3,
        everything: true,
    };

    fn levels_drawn(object: &CityObject, max_lod: u8) -> Vec<Option<u8>> {
        rows(object, seen(max_lod))
            .iter()
            .map(|row| row.lod)
            .collect()
    }

    /// Type, level, row of which it is a variant, number of polygons.
    fn table(object: &CityObject) -> Vec<(&str, Option<u8>, Option<usize>, usize)> {
        rows(object, ALL)
            .into_iter()
            .map(|row| {
                let object_type = row.object.object_type.as_str();
                (object_type, row.lod, row.variant_of, row.surfaces.len())
            })
            .collect()
    }

    #[test]
    fn only_the_default_level_is_kept_unless_everything_is_wanted() {
        let building = object("Building", &[0, 1, 2, 3, 4], vec![]);
        assert_eq!(levels_drawn(&building, 3), [Some(3)]);
        assert_eq!(levels_drawn(&building, 1), [Some(1)]);
        assert_eq!(rows(&building, seen(3))[0].surfaces.len(), 1);
        assert_eq!(
            table(&building),
            [
                ("Building", Some(3), None, 1),
                ("Building", Some(0), Some(0), 1),
                ("Building", Some(1), Some(0), 1),
                ("Building", Some(2), Some(0), 1),
                ("Building", Some(4), Some(0), 1),
            ]
        );
    }

    #[test]
    fn a_coarse_hull_around_finer_parts_becomes_a_variant() {
        let building = object(
            "Building",
            &[1],
            vec![object("BuildingPart", &[1, 2], vec![])],
        );
        assert_eq!(
            table(&building),
            [
                ("Building", None, None, 0),
                ("Building", Some(1), Some(0), 1),
                ("BuildingPart", Some(2), None, 1),
                ("BuildingPart", Some(1), Some(2), 1),
            ]
        );
        assert_eq!(rows(&building, ALL)[2].parent, Some(0));
    }

    #[test]
    fn openings_belong_to_their_object_and_rooms_stay_inside() {
        let mut building = object(
            "Building",
            &[3],
            vec![object("Window", &[3], vec![]), object("Room", &[4], vec![])],
        );
        building.surfaces.push(surface(3, SurfaceKind::Closure));
        let seen = rows(&building, seen(3));
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].surfaces.len(), 2);
        assert_eq!(
            table(&building),
            [
                ("Building", Some(3), None, 2),
                ("Window", Some(3), None, 1),
                ("Room", Some(4), None, 1),
            ]
        );
        assert!(rows(&building, ALL)[2].is_interior);
    }

    #[test]
    fn what_stands_in_a_room_is_inside_whatever_its_type() {
        let mut room = object("Room", &[], vec![object("Door", &[4], vec![])]);
        room.surfaces = vec![
            surface(4, SurfaceKind::Floor),
            surface(4, SurfaceKind::InteriorWall),
        ];
        let building = object("Building", &[4], vec![room]);
        let rows = rows(&building, ALL);
        assert_eq!(rows[1].surfaces.len(), 2);
        assert!(rows[1].is_interior && rows[2].is_interior && !rows[0].is_interior);
    }

    #[test]
    fn storeys_are_inside_a_shell_and_outside_without_one() {
        let storeys = || vec![object("Storey", &[1], vec![])];
        let with_shell = object("Building", &[2], storeys());
        assert!(rows(&with_shell, ALL)[1].is_interior);
        assert_eq!(rows(&with_shell, seen(3)).len(), 1);
        let without = object("Building", &[], storeys());
        assert!(!rows(&without, ALL)[1].is_interior);
        assert_eq!(rows(&without, seen(3)).len(), 2);
    }

    #[test]
    fn members_inside_a_group_are_no_parts_of_it() {
        let group = object(
            "CityObjectGroup",
            &[],
            vec![object("Building", &[1], vec![])],
        );
        let rows = rows(&group, seen(3));
        assert_eq!((rows[0].parent, rows[1].parent), (None, None));
    }

    #[test]
    fn a_level_with_nothing_but_closures_is_no_level() {
        let mut building = object("Building", &[2], vec![]);
        building.surfaces.push(surface(3, SurfaceKind::Closure));
        assert_eq!(table(&building), [("Building", Some(2), None, 2)]);
    }
}
