//! Which level of detail of each object is drawn, so that there are neither holes nor two shapes in one place.
//!
//! A city object often has several levels at once, and often its geometry stands in its parts. Levels are chosen for
//! an object together with its parts; openings follow the walls that they are in.

use crate::content::Feature;

/// A set of levels of detail: bit `n` stands for level `n`.
pub type LevelSet = u8;

/// How an object hangs together with its parent, as far as levels are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LevelRole {
    /// Stands for itself: a building, an installation, furniture of the street.
    #[default]
    Whole,
    /// Part of its parent's body: `BuildingPart`. Parent and parts are shown at one level.
    Part,
    /// Window or door: drawn with the walls of its parent that have the same level.
    Opening,
    /// Lies inside: rooms and what stands in them. Its levels are chosen whatever the shell shows.
    Interior,
}

impl LevelRole {
    /// The role of an object of a type. `is_interior` as in [`Feature::is_interior`].
    pub fn of(object_type: &str, is_interior: bool) -> Self {
        match object_type {
            "Window" | "Door" | "WindowSurface" | "DoorSurface" => Self::Opening,
            _ if is_interior => Self::Interior,
            part if part.ends_with("Part") => Self::Part,
            _ => Self::Whole,
        }
    }
}

/// One object for [`chosen_levels`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LevelNode {
    /// Index of the object it is nested in; always lower than its own.
    pub parent: Option<usize>,
    /// How it hangs together with its parent.
    pub role: LevelRole,
    /// Levels that it has geometry of its own in.
    pub levels: LevelSet,
    /// Level that is wished for. Parts follow the wish of the object they are part of.
    pub wanted: u8,
}

/// The level that each object shows; `None` for those that show nothing.
///
/// - An object and its parts share a level: the highest of 1 to the wanted one that any of them has, else a footprint
///   (0), else the lowest above.
/// - Who lacks that level shows its own best one, unless the place is taken: a coarse hull around parts that have the
///   shared level is not drawn, nor are finer parts inside a hull that has it.
/// - What is attached (installations) shows its best level too, but not a finer one than wished for while its host
///   could show that and does not: no chimney of level 3 on a block of level 1.
/// - An opening shows the level that its parent shows, if the two have a level in common.
///
/// Parents that do not come before their children are taken for none.
pub fn chosen_levels(nodes: &[LevelNode]) -> Vec<Option<u8>> {
    let parent_of =
        |index: usize| -> Option<usize> { nodes[index].parent.filter(|parent| *parent < index) };
    let is_part = |index: usize| nodes[index].role == LevelRole::Part && parent_of(index).is_some();
    let mut family: Vec<LevelSet> = nodes.iter().map(|node| node.levels).collect();
    for index in (0..nodes.len()).rev() {
        if is_part(index)
            && let Some(parent) = parent_of(index)
        {
            family[parent] |= family[index];
        }
    }
    // Levels that the parts directly below an object have, without its own.
    let mut of_parts: Vec<LevelSet> = vec![0; nodes.len()];
    for (index, levels) in family.iter().enumerate() {
        if is_part(index)
            && let Some(parent) = parent_of(index)
        {
            of_parts[parent] |= levels;
        }
    }
    let mut head: Vec<usize> = Vec::with_capacity(nodes.len());
    let mut shared: Vec<Option<u8>> = Vec::with_capacity(nodes.len());
    let mut chosen: Vec<Option<u8>> = Vec::with_capacity(nodes.len());
    // Whether the object or one it is part of shows the shared level: then the place is taken.
    let mut covered: Vec<bool> = Vec::with_capacity(nodes.len());
    for (index, node) in nodes.iter().enumerate() {
        let parent = parent_of(index);
        let (head_here, shared_here) = match parent {
            Some(parent) if is_part(index) => (head[parent], shared[parent]),
            _ => {
                let best = best_level(family[index], node.wanted);
                let keeps_company = matches!(node.role, LevelRole::Whole | LevelRole::Opening);
                let host = parent.filter(|_| keeps_company).map(|parent| head[parent]);
                let is_ahead = host.is_some_and(|host| {
                    is_ahead_of_host(family[index], node.wanted, family[host], shared[host])
                });
                (index, best.filter(|_| !is_ahead))
            }
        };
        head.push(head_here);
        shared.push(shared_here);
        let is_covered = parent.is_some_and(|parent| is_part(index) && covered[parent]);
        let wanted = nodes[head_here].wanted;
        let follows = parent.filter(|parent| {
            node.role == LevelRole::Opening && nodes[*parent].levels & node.levels != 0
        });
        let level = match (follows, shared_here) {
            (Some(parent), _) => chosen[parent].filter(|level| has(node.levels, *level)),
            (None, None) => None,
            (None, Some(level)) if has(node.levels, level) => Some(level),
            (None, Some(level)) if has(of_parts[index], level) => None,
            (None, Some(level)) if is_covered && lowest(node.levels) > Some(level) => None,
            (None, Some(_)) => best_level(node.levels, wanted),
        };
        covered.push(is_covered || (level.is_some() && level == shared_here));
        chosen.push(level);
    }
    chosen
}

/// Which rows of a feature table are to be drawn, one value per row.
///
/// `wanted_lod` is asked for each row that is not a variant of another; for "as fine as the source is opened" answer
/// the level it was opened with, and the rows without [`Feature::variant_of`] are shown. Rows without a level are
/// always shown. Whether interiors are to be seen is not decided here.
pub fn shown_rows(features: &[Feature], wanted_lod: impl Fn(&Feature) -> u8) -> Vec<bool> {
    let mut node_of_row: Vec<Option<usize>> = vec![None; features.len()];
    let mut nodes: Vec<LevelNode> = Vec::new();
    for (row, feature) in features.iter().enumerate() {
        if feature.variant_of.is_some() {
            continue;
        }
        node_of_row[row] = Some(nodes.len());
        let parent = feature.parent.and_then(|parent| {
            node_of_row
                .get(parent as usize)
                .copied()
                .flatten()
                .filter(|_| (parent as usize) < row)
        });
        nodes.push(LevelNode {
            parent,
            role: LevelRole::of(&feature.object_type, feature.is_interior),
            levels: bit(feature.lod),
            wanted: wanted_lod(feature),
        });
    }
    let node_of = |row: usize| -> Option<usize> {
        let main = features[row].variant_of.map_or(row, |main| main as usize);
        node_of_row.get(main).copied().flatten()
    };
    for (row, feature) in features.iter().enumerate() {
        if let (Some(_), Some(node)) = (feature.variant_of, node_of(row)) {
            nodes[node].levels |= bit(feature.lod);
        }
    }
    let chosen = chosen_levels(&nodes);
    (0..features.len())
        .map(|row| match (features[row].lod, node_of(row)) {
            (Some(level), Some(node)) => chosen[node] == Some(level),
            _ => true,
        })
        .collect()
}

/// No level within the wish, while the host has one as fine and shows a coarser one, or is hidden itself.
fn is_ahead_of_host(
    levels: LevelSet,
    wanted: u8,
    host_levels: LevelSet,
    host_shown: Option<u8>,
) -> bool {
    let Some(lowest) = lowest(levels).filter(|lowest| *lowest > wanted) else {
        return false;
    };
    let host_could = highest(host_levels).is_some_and(|highest| highest >= lowest);
    host_could && host_shown.is_none_or(|shown| shown < lowest)
}

/// Highest of levels 1 to `wanted`, else a footprint, else the lowest level above the wish.
fn best_level(set: LevelSet, wanted: u8) -> Option<u8> {
    let wanted = wanted.min(7);
    let has = |level: &u8| has(set, *level);
    (1..=wanted)
        .rev()
        .find(has)
        .or_else(|| Some(0).filter(has))
        .or_else(|| (wanted + 1..=7).find(has))
}

fn has(set: LevelSet, level: u8) -> bool {
    level < 8 && set & (1 << level) != 0
}

fn lowest(set: LevelSet) -> Option<u8> {
    (0..8).find(|level| has(set, *level))
}

fn highest(set: LevelSet) -> Option<u8> {
    (0..8).rev().find(|level| has(set, *level))
}

fn bit(level: Option<u8>) -> LevelSet {
    level.map_or(0, |level| 1 << level.min(7))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(levels: &[u8]) -> LevelSet {
        levels.iter().fold(0, |set, level| set | 1 << level)
    }

    /// Levels shown of (parent, role, levels) at a wish for all.
    fn shown(nodes: &[(Option<usize>, LevelRole, &[u8])], wanted: u8) -> Vec<Option<u8>> {
        let nodes: Vec<LevelNode> = nodes
            .iter()
            .map(|(parent, role, levels)| LevelNode {
                parent: *parent,
                role: *role,
                levels: set(levels),
                wanted,
            })
            .collect();
        chosen_levels(&nodes)
    }

    use LevelRole::{Interior, Opening, Part, Whole};

    #[test]
    fn the_finest_level_within_the_wish_comes_first_then_a_footprint_then_the_next_finer() {
        let all: &[u8] = &[0, 1, 2, 3, 4];
        for wanted in 0..=4 {
            assert_eq!(shown(&[(None, Whole, all)], wanted), [Some(wanted)]);
        }
        assert_eq!(shown(&[(None, Whole, &[0, 4])], 3), [Some(0)]);
        assert_eq!(shown(&[(None, Whole, &[3, 4])], 1), [Some(3)]);
        assert_eq!(shown(&[(None, Whole, &[])], 3), [None]);
    }

    #[test]
    fn hull_and_parts_never_stand_in_one_place() {
        let nodes: &[(Option<usize>, LevelRole, &[u8])] = &[
            (None, Whole, &[1]),
            (Some(0), Part, &[1, 2]),
            (Some(0), Part, &[2]),
        ];
        assert_eq!(shown(nodes, 3), [None, Some(2), Some(2)]);
        // The second part has nothing as coarse, and the hull stands for it.
        assert_eq!(shown(nodes, 1), [Some(1), Some(1), None]);
    }

    #[test]
    fn a_part_without_the_shared_level_is_no_hole() {
        let coarser: &[(Option<usize>, LevelRole, &[u8])] =
            &[(None, Whole, &[2]), (Some(0), Part, &[1])];
        assert_eq!(shown(coarser, 3), [Some(2), Some(1)]);
        let siblings: &[(Option<usize>, LevelRole, &[u8])] = &[
            (None, Whole, &[]),
            (Some(0), Part, &[1]),
            (Some(0), Part, &[2]),
        ];
        assert_eq!(shown(siblings, 1), [None, Some(1), Some(2)]);
    }

    #[test]
    fn openings_and_balconies_keep_company_with_their_walls() {
        let nodes: &[(Option<usize>, LevelRole, &[u8])] = &[
            (None, Whole, &[1, 2, 3]),
            (Some(0), Opening, &[3]),
            (Some(0), Whole, &[3]),
            (Some(2), Opening, &[3]),
        ];
        assert_eq!(shown(nodes, 3), [Some(3); 4]);
        assert_eq!(shown(nodes, 2), [Some(2), None, None, None]);
        // A balcony finer than all its building has is better than none.
        let lone: &[(Option<usize>, LevelRole, &[u8])] =
            &[(None, Whole, &[1, 2]), (Some(0), Whole, &[3])];
        assert_eq!(shown(lone, 2), [Some(2), Some(3)]);
        let apart: &[(Option<usize>, LevelRole, &[u8])] =
            &[(None, Whole, &[2]), (Some(0), Opening, &[3])];
        assert_eq!(shown(apart, 3), [Some(2), Some(3)]);
    }

    #[test]
    fn rooms_do_not_depend_on_the_shell() {
        let nodes: &[(Option<usize>, LevelRole, &[u8])] = &[
            (None, Whole, &[1, 4]),
            (Some(0), Interior, &[4]),
            (Some(1), Interior, &[2, 4]),
        ];
        assert_eq!(shown(nodes, 1), [Some(1), Some(4), Some(2)]);
    }

    #[test]
    fn rows_of_a_table_are_shown_by_the_wish_for_their_type() {
        let row = |object_type: &str, parent, variant_of, lod| Feature {
            object_type: object_type.into(),
            parent,
            variant_of,
            lod,
            ..Feature::default()
        };
        let table = [
            row("Building", None, None, None),
            row("Building", Some(0), Some(0), Some(1)),
            row("BuildingPart", Some(0), None, Some(2)),
            row("BuildingPart", Some(2), Some(2), Some(0)),
            row("Road", None, None, Some(1)),
            row("Road", Some(4), Some(4), Some(0)),
        ];
        let buildings_at = |level: u8| {
            shown_rows(&table, |feature| {
                if feature.object_type == "Building" {
                    level
                } else {
                    3
                }
            })
        };
        assert_eq!(buildings_at(3), [true, false, true, false, true, false]);
        assert_eq!(buildings_at(1), [true, true, false, true, true, false]);
        assert_eq!(buildings_at(0), [true, false, false, true, true, false]);
    }

    #[test]
    fn tables_that_refer_in_circles_do_no_harm() {
        let looped = [Feature {
            parent: Some(0),
            variant_of: Some(7),
            lod: Some(2),
            ..Feature::default()
        }];
        assert_eq!(shown_rows(&looped, |_| 3), [true]);
    }
}
