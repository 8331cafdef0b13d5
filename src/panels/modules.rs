//! The thematic modules of CityGML, in which the layer panel arranges object types.

use veduta_panels::{LayerNode, ObjectKind, language::Language};

use super::layers::{layer_id, parse_layer_id};
use crate::compare::LayerVisibility;

/// A thematic module, or what takes its place in the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Module {
    /// Buildings.
    Building,
    /// Bridges.
    Bridge,
    /// Tunnels.
    Tunnel,
    /// Other constructions (CityGML 3.0).
    Construction,
    /// Roads, railways, squares.
    Transportation,
    /// Trees and plant covers.
    Vegetation,
    /// Water bodies.
    Water,
    /// Terrain.
    Relief,
    /// City furniture.
    Furniture,
    /// Land use.
    LandUse,
    /// Generic objects.
    Generics,
    /// Groups.
    Groups,
    /// What lies inside, of whichever module.
    Interior,
    /// Types that no module has: extensions, tiles, designs.
    Other,
}

impl Module {
    /// The module of an object type.
    pub fn of(object_type: &str, is_interior: bool) -> Self {
        if is_interior {
            return Self::Interior;
        }
        match ObjectKind::from_type_name(object_type) {
            ObjectKind::Building | ObjectKind::BuildingPart => Self::Building,
            ObjectKind::Bridge => Self::Bridge,
            ObjectKind::Tunnel => Self::Tunnel,
            ObjectKind::Construction => Self::Construction,
            ObjectKind::Traffic
            | ObjectKind::Road
            | ObjectKind::Track
            | ObjectKind::Square
            | ObjectKind::Section
            | ObjectKind::TrafficArea
            | ObjectKind::Railway
            | ObjectKind::Waterway => Self::Transportation,
            ObjectKind::Vegetation | ObjectKind::Tree | ObjectKind::PlantCover => Self::Vegetation,
            ObjectKind::Water => Self::Water,
            ObjectKind::Relief => Self::Relief,
            ObjectKind::Furniture => Self::Furniture,
            ObjectKind::LandUse => Self::LandUse,
            ObjectKind::Generic => Self::Generics,
            ObjectKind::Group => Self::Groups,
            ObjectKind::Installation
            | ObjectKind::Window
            | ObjectKind::Door
            | ObjectKind::Interior
            | ObjectKind::Storey
            | ObjectKind::Unit
            | ObjectKind::Room
            | ObjectKind::Furnishing
            | ObjectKind::Tileset
            | ObjectKind::Design
            | ObjectKind::AssumedGround
            | ObjectKind::Other => Self::Other,
        }
    }

    /// Icon of its row.
    fn kind(self) -> ObjectKind {
        match self {
            Self::Building => ObjectKind::Building,
            Self::Bridge => ObjectKind::Bridge,
            Self::Tunnel => ObjectKind::Tunnel,
            Self::Construction => ObjectKind::Construction,
            Self::Transportation => ObjectKind::Traffic,
            Self::Vegetation => ObjectKind::Vegetation,
            Self::Water => ObjectKind::Water,
            Self::Relief => ObjectKind::Relief,
            Self::Furniture => ObjectKind::Furniture,
            Self::LandUse => ObjectKind::LandUse,
            Self::Generics => ObjectKind::Generic,
            Self::Groups => ObjectKind::Group,
            Self::Interior => ObjectKind::Interior,
            Self::Other => ObjectKind::Other,
        }
    }

    /// Message key of its name, which also names it in identifiers.
    pub fn key(self) -> &'static str {
        match self {
            Self::Building => "module-building",
            Self::Bridge => "module-bridge",
            Self::Tunnel => "module-tunnel",
            Self::Construction => "module-construction",
            Self::Transportation => "module-transportation",
            Self::Vegetation => "module-vegetation",
            Self::Water => "module-water",
            Self::Relief => "module-relief",
            Self::Furniture => "module-furniture",
            Self::LandUse => "module-land-use",
            Self::Generics => "module-generics",
            Self::Groups => "module-groups",
            Self::Interior => "module-interior",
            Self::Other => "module-other",
        }
    }
}

/// An object type of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypeEntry {
    /// As the source calls it.
    pub object_type: String,
    /// Lies inside something else.
    pub is_interior: bool,
    /// Objects of it; another level of detail is not another object.
    pub count: u64,
    /// Levels of detail that they have, coarsest first.
    pub levels: Vec<u8>,
}

/// Rows of a source: modules with their types below, or the type alone where a module has but one.
pub fn module_rows(
    source: usize,
    types: &[TypeEntry],
    visibility: &LayerVisibility,
    interiors: bool,
    language: &Language,
) -> Vec<LayerNode> {
    let mut sorted: Vec<(Module, &TypeEntry)> = types
        .iter()
        .map(|entry| (Module::of(&entry.object_type, entry.is_interior), entry))
        .collect();
    // A group has no shape to hide; groups are listed by name.
    sorted.retain(|(module, _)| *module != Module::Groups);
    sorted.sort_by_key(|(module, entry)| (*module, std::cmp::Reverse(entry.count)));
    let of_modules = sorted.chunk_by(|a, b| a.0 == b.0);
    let rows = of_modules.flat_map(|entries| {
        let module = entries[0].0;
        let children: Vec<LayerNode> = entries
            .iter()
            .map(|(_, entry)| type_row(source, entry, visibility, interiors))
            .collect();
        let stands_alone = module == Module::Other || children.len() < 2;
        if stands_alone && module != Module::Interior {
            return children;
        }
        vec![LayerNode {
            id: layer_id(source, Some(&format!("/{}", module.key()))),
            name: language.tr(module.key()),
            kind: module.kind(),
            visible: children.iter().any(|child| child.visible),
            count: Some(children.iter().filter_map(|child| child.count).sum()),
            levels: Vec::new(),
            level: None,
            loading: false,
            children,
        }]
    });
    rows.collect()
}

fn type_row(
    source: usize,
    entry: &TypeEntry,
    visibility: &LayerVisibility,
    interiors: bool,
) -> LayerNode {
    let kind = ObjectKind::from_type_name(&entry.object_type);
    let switched_on = visibility.is_visible(source, &entry.object_type);
    LayerNode {
        id: layer_id(source, Some(&entry.object_type)),
        // Types without an everyday name are shown as the source calls them.
        name: if kind == ObjectKind::Other {
            entry.object_type.clone()
        } else {
            String::new()
        },
        kind,
        visible: switched_on && (interiors || !entry.is_interior),
        count: Some(entry.count),
        levels: entry.levels.clone(),
        level: visibility.level(source, &entry.object_type),
        loading: false,
        children: Vec::new(),
    }
}

/// The types that a row stands for: one, or all of a module.
pub fn types_of_row<'a>(
    row: &veduta_panels::LayerId,
    types: impl Fn(usize) -> &'a [TypeEntry],
) -> Vec<(usize, TypeEntry)> {
    let Some((source, Some(name))) = parse_layer_id(row) else {
        return Vec::new();
    };
    let is_meant = |entry: &&TypeEntry| match name.strip_prefix('/') {
        Some(key) => Module::of(&entry.object_type, entry.is_interior).key() == key,
        None => entry.object_type == name,
    };
    let entries = types(source).iter().filter(is_meant).cloned();
    entries.map(|entry| (source, entry)).collect()
}

#[cfg(test)]
mod tests {
    use veduta_panels::language::Locale;

    use super::*;

    fn entry(object_type: &str, is_interior: bool, count: u64, levels: &[u8]) -> TypeEntry {
        TypeEntry {
            object_type: object_type.to_owned(),
            is_interior,
            count,
            levels: levels.to_vec(),
        }
    }

    fn types() -> [TypeEntry; 6] {
        [
            entry("Room", true, 12, &[4]),
            entry("Track", false, 3, &[1]),
            entry("Building", false, 5, &[1, 2, 3]),
            entry("Road", false, 9, &[0, 1]),
            entry("CityObjectGroup", false, 2, &[]),
            entry("Pylon", false, 1, &[]),
        ]
    }

    #[test]
    fn types_stand_under_their_modules_and_rooms_under_the_interior() {
        let mut visibility = LayerVisibility::default();
        visibility.set_level(0, "Building", Some(2));
        let language = Language::new(Locale::English);
        let rows = module_rows(0, &types(), &visibility, false, &language);
        let names: Vec<&str> = rows.iter().map(|row| row.id.0.as_str()).collect();
        let expected = [
            "0/Building",
            "0//module-transportation",
            "0//module-interior",
            "0/Pylon",
        ];
        assert_eq!(names, expected);
        assert_eq!(
            (rows[0].levels.as_slice(), rows[0].level),
            (&[1, 2, 3][..], Some(2))
        );
        assert_eq!(rows[1].count, Some(12));
        assert_eq!(rows[1].children[0].id.0, "0/Road");
        assert!(!rows[2].visible, "nobody looks inside");
        let inside = module_rows(0, &types(), &visibility, true, &language);
        assert!(inside[2].visible && inside[2].children[0].visible);
    }

    #[test]
    fn a_row_stands_for_its_types() {
        let all = types();
        let of = |row: &str| -> Vec<String> {
            let found = types_of_row(&row.into(), |_| &all);
            found
                .into_iter()
                .map(|(_, entry)| entry.object_type)
                .collect()
        };
        assert_eq!(of("0/Road"), ["Road"]);
        assert_eq!(of("0//module-transportation"), ["Track", "Road"]);
        assert_eq!(of("0//module-interior"), ["Room"]);
        assert!(of("0").is_empty());
    }
}
