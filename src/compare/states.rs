//! From scenarios, layers, levels of detail, dates, cuts, selection and pointer to one state per feature.

use std::collections::HashSet;

use bevy::prelude::*;
use glam::DMat4;
use tiles3d::Feature;

use super::{CityHistory, LayerVisibility, ShownScenarios, exists_at};
use crate::{
    city::{
        CityFeatures, Cut, DESIGN, FeatureRef, FeatureState, FeatureStates, HIDDEN, HOVERED,
        INTERIOR, LoadedTile, LookInside, Pointer, SELECTED, SceneFrame, Selection, Side, UNCUT_M,
        is_built, is_ground,
    },
    clock::SceneClock,
    stream::{OpenSource, StreamState},
};

/// Everything that decides how features look on one side.
#[derive(Debug, Clone, Copy)]
pub struct StateInputs<'a> {
    /// Sources of the scene.
    pub sources: &'a [OpenSource],
    /// Object types that are switched off, and levels of detail.
    pub layers: &'a LayerVisibility,
    /// The scenario shown.
    pub scenario: Option<&'a str>,
    /// Identifiers it hides.
    pub hidden_ids: &'a HashSet<&'a str>,
    /// Identifiers of the selected objects.
    pub selected: &'a HashSet<&'a str>,
    /// Rooms and what stands in them are shown.
    pub interiors: bool,
    /// The moment to judge dates by, milliseconds since 1970-01-01T00:00Z; `None` does not.
    pub moment_ms: Option<i64>,
    /// Where buildings end, and the frame whose third axis says how high a place is.
    pub cut: Option<(Cut, DMat4)>,
}

/// The states of all loaded features, in the order of their numbers.
pub fn feature_states(city: &CityFeatures, inputs: &StateInputs) -> Vec<FeatureState> {
    let mut states = vec![FeatureState::default(); city.end() as usize];
    for (base, tile) in city.tiles() {
        let from_source = source_flags(tile, inputs);
        let flags = tile_flags(tile, from_source, inputs);
        let cuts = inputs
            .cut
            .map(|(cut, enu_from_ecef)| tile_cuts(tile, &flags, cut, enu_from_ecef));
        for (local, flags) in flags.into_iter().enumerate() {
            if let Some(state) = states.get_mut(base as usize + local) {
                state.flags = flags;
                state.cut_m = cuts
                    .as_ref()
                    .and_then(|cuts| cuts.get(local).copied())
                    .unwrap_or(UNCUT_M);
            }
        }
    }
    states
}

fn source_flags(tile: &LoadedTile, inputs: &StateInputs) -> u32 {
    let Some(source) = inputs.sources.get(tile.source) else {
        return 0;
    };
    let mut flags = 0;
    if !source.visible {
        flags |= HIDDEN;
    }
    if !source.scenarios.is_empty() {
        flags |= DESIGN;
        let shown = inputs
            .scenario
            .is_some_and(|shown| source.scenarios.iter().any(|name| name == shown));
        if !shown {
            flags |= HIDDEN;
        }
    }
    flags
}

fn tile_flags(tile: &LoadedTile, from_source: u32, inputs: &StateInputs) -> Vec<u32> {
    let features = &tile.content.features;
    let is_switched_on = |feature: &Feature| {
        let by_type = inputs.layers.is_visible(tile.source, &feature.object_type);
        by_type && inputs.moment_ms.is_none_or(|now| exists_at(feature, now))
    };
    let own = |feature: &Feature| {
        let mut flags = from_source;
        if inputs.hidden_ids.contains(feature.id.as_str()) {
            flags |= HIDDEN;
        }
        if inputs.selected.contains(feature.id.as_str()) {
            flags |= SELECTED;
        }
        if feature.parent.is_none() && !is_switched_on(feature) {
            flags |= HIDDEN;
        }
        if feature.is_interior {
            flags |= INTERIOR;
        }
        flags
    };
    let mut all: Vec<u32> = features.iter().map(own).collect();
    // What holds for a whole holds for its parts. Tables list wholes first almost always; a second
    // round settles the rest, and deeper disorder than that is not worth a third.
    for _ in 0..2 {
        for local in 0..features.len() {
            if let Some(parent) = features[local].parent.map(|parent| parent as usize)
                && parent < all.len()
            {
                let mut inherited = all[parent] & (HIDDEN | SELECTED | INTERIOR);
                if features[local].is_interior && !features[parent].is_interior {
                    // A selected house is no reason to paint its rooms.
                    inherited &= !SELECTED;
                }
                all[local] |= inherited;
            }
        }
    }
    // What follows holds for a row alone: a house shows its parts at a level that it has not itself, and furniture
    // stands there also where rooms are not drawn.
    let at_level = inputs.layers.rows_at_level(tile.source, features);
    for (local, feature) in features.iter().enumerate() {
        let is_inside = all[local] & INTERIOR != 0;
        let is_seen = !is_inside || inputs.interiors && is_switched_on(feature);
        let exists = inputs.moment_ms.is_none_or(|now| exists_at(feature, now));
        if !at_level[local] || !is_seen || !exists {
            all[local] |= HIDDEN;
        }
    }
    if all.is_empty() {
        // A tile without features has one state for its triangles.
        all.push(from_source);
    }
    all
}

/// Where each feature of a tile ends, metres up.
fn tile_cuts(tile: &LoadedTile, flags: &[u32], cut: Cut, enu_from_ecef: DMat4) -> Vec<f32> {
    let features = &tile.content.features;
    let tops = tops_of(features);
    let mut foot_m = vec![f64::INFINITY; features.len()];
    for (local, feature) in features.iter().enumerate() {
        let place = FeatureRef {
            index: local as u32,
            tile,
            feature,
        };
        // What lies inside, and cellars among it, does not say where the house stands.
        if flags[local] & INTERIOR == 0
            && let Some((low, _)) = place.bounds(enu_from_ecef)
        {
            let foot = &mut foot_m[tops[local]];
            *foot = foot.min(low.z);
        }
    }
    // A selected room opens the house that it is in.
    let mut is_meant = vec![cut.everything; features.len()];
    for (local, flags) in flags.iter().enumerate().take(features.len()) {
        is_meant[tops[local]] |= flags & SELECTED != 0;
    }
    let is_cut = |local: usize| {
        let top = tops[local];
        is_meant[top] && is_built(&features[top].object_type)
    };
    let end = |local: usize| {
        let foot = foot_m[tops[local]];
        if is_cut(local) && foot.is_finite() {
            (foot + cut.height_m) as f32
        } else {
            UNCUT_M
        }
    };
    (0..features.len()).map(end).collect()
}

/// For each feature of a table the place of the top-level object that it belongs to.
fn tops_of(features: &[Feature]) -> Vec<usize> {
    let mut tops: Vec<usize> = (0..features.len()).collect();
    for local in 0..features.len() {
        let mut top = local;
        // A table cannot be deeper than it is long, so a cycle in broken data ends.
        for _ in 0..features.len() {
            match features[top].parent.map(|parent| parent as usize) {
                Some(parent) if parent < local => {
                    top = tops[parent];
                    break;
                }
                Some(parent) if parent < features.len() => top = parent,
                _ => break,
            }
        }
        tops[local] = top;
    }
    tops
}

/// What the states were last computed for, beside resources that know when they changed.
#[derive(Debug, Clone, Default, PartialEq)]
struct ComputedFor {
    city_revision: u64,
    visible: Vec<bool>,
    comparing: bool,
    epoch: Option<usize>,
}

/// States without the mark of the pointer, which moves all the time.
#[derive(Debug, Clone, Default)]
pub(super) struct Computed {
    inputs: ComputedFor,
    states: [Vec<FeatureState>; 2],
    hovered: Option<(Option<Side>, u32)>,
}

/// Resources that decide what is shown.
#[derive(bevy::ecs::system::SystemParam)]
pub(super) struct Choices<'w> {
    layers: Res<'w, LayerVisibility>,
    shown: Res<'w, ShownScenarios>,
    selection: Res<'w, Selection>,
    inside: Res<'w, LookInside>,
    history: Res<'w, CityHistory>,
    clock: Res<'w, SceneClock>,
}

impl Choices<'_> {
    fn are_changed(&self) -> bool {
        self.layers.is_changed()
            || self.shown.is_changed()
            || self.selection.is_changed()
            || self.inside.is_changed()
    }
}

/// Recomputes the states when something that decides them changed.
pub(super) fn update_feature_states(
    city: Res<CityFeatures>,
    stream: Res<StreamState>,
    choices: Choices,
    pointer: Res<Pointer>,
    frame: Option<Res<SceneFrame>>,
    mut states: ResMut<FeatureStates>,
    mut last: Local<Computed>,
) {
    let now_ms = choices.clock.now().as_millisecond();
    let inputs = ComputedFor {
        city_revision: city.revision(),
        visible: stream.sources.iter().map(|source| source.visible).collect(),
        comparing: choices.shown.comparing,
        epoch: choices.history.epoch(now_ms),
    };
    let hovered = pointer.feature.map(|feature| (pointer.side, feature));
    let is_other = last.inputs != inputs || choices.are_changed();
    if !is_other && last.hovered == hovered {
        return;
    }
    last.hovered = hovered;
    let sides = Side::BOTH.into_iter();
    let sides = sides.filter(|side| *side == Side::Left || choices.shown.comparing);
    if is_other {
        let selected = selected_ids(&city, &choices.selection);
        for side in sides.clone() {
            let scenario = choices.shown.on(side);
            let hidden_ids = scenario
                .and_then(|name| stream.scene.as_ref()?.scenario(name))
                .map(|scenario| scenario.hidden_ids().collect())
                .unwrap_or_default();
            let frame = frame.as_ref().map(|frame| frame.enu().enu_from_ecef());
            last.states[side.index()] = feature_states(
                &city,
                &StateInputs {
                    sources: &stream.sources,
                    layers: &choices.layers,
                    scenario,
                    hidden_ids: &hidden_ids,
                    selected: &selected,
                    interiors: choices.inside.interiors,
                    moment_ms: inputs.epoch.map(|_| now_ms),
                    cut: choices.inside.cut.zip(frame),
                },
            );
        }
        last.inputs = inputs;
    }
    let under_pointer = pointer
        .feature
        .filter(|feature| is_worth_a_highlight(&city, *feature))
        .map(|feature| city.with_descendants(city.selectable(feature)));
    for side in sides {
        let mut computed = last.states[side.index()].clone();
        if pointer.side == Some(side) {
            let marked = under_pointer.iter().flatten().copied();
            let is_interior = |feature: u32| {
                let state = computed.get(feature as usize);
                state.is_some_and(|state| state.flags & INTERIOR != 0)
            };
            let from_inside = under_pointer.iter().flatten().next().copied();
            let from_inside = from_inside.is_some_and(is_interior);
            let marked: Vec<u32> = marked
                .filter(|feature| from_inside || !is_interior(*feature))
                .collect();
            for feature in marked {
                if let Some(state) = computed.get_mut(feature as usize) {
                    state.flags |= HOVERED;
                }
            }
        }
        states.set_all(side, computed);
    }
}

/// The selected object, and the members where it is a group.
fn selected_ids<'a>(city: &'a CityFeatures, selection: &'a Selection) -> HashSet<&'a str> {
    let Some(id) = selection.object() else {
        return HashSet::new();
    };
    let indices = city.with_id(id).iter();
    let members = indices.flat_map(|index| city.with_members(*index));
    let ids = members.filter_map(|index| Some(city.get(index)?.feature.id.as_str()));
    std::iter::once(id).chain(ids).collect()
}

fn is_worth_a_highlight(city: &CityFeatures, feature: u32) -> bool {
    let top = city.get(city.top_level(feature));
    top.is_some_and(|top| !is_ground(top.feature))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use glam::DMat4;
    use tiles3d::{Feature, TileContent};

    use super::*;
    use crate::{city::TileBvh, stream::SourceStage};

    fn feature(id: &str, parent: Option<u32>) -> Feature {
        Feature {
            id: id.to_owned(),
            object_type: "Building".to_owned(),
            parent,
            ..Feature::default()
        }
    }

    fn source(scenarios: &[&str]) -> OpenSource {
        OpenSource {
            name: "a".to_owned(),
            location: veduta_sources::SourceLocation::Path("a.gml".into()),
            layer: None,
            visible: true,
            scenarios: scenarios.iter().map(|name| (*name).to_owned()).collect(),
            stage: SourceStage::Opening(None),
        }
    }

    fn city(tiles: Vec<(usize, Vec<Feature>)>) -> CityFeatures {
        let mut city = CityFeatures::default();
        for (source, features) in tiles {
            city.insert(LoadedTile {
                source,
                content: Arc::new(TileContent {
                    ecef_from_local: DMat4::IDENTITY,
                    features,
                    ..TileContent::default()
                }),
                bvh: Arc::new(TileBvh::default()),
                shown: true,
            });
        }
        city
    }

    /// Nothing chosen, nothing selected.
    fn plain<'a>(sources: &'a [OpenSource], layers: &'a LayerVisibility) -> StateInputs<'a> {
        static NONE: std::sync::LazyLock<HashSet<&'static str>> =
            std::sync::LazyLock::new(HashSet::new);
        StateInputs {
            sources,
            layers,
            scenario: None,
            hidden_ids: &NONE,
            selected: &NONE,
            interiors: false,
            moment_ms: None,
            cut: None,
        }
    }

    #[test]
    fn a_scenario_hides_with_all_parts_and_shows_its_design_alone() {
        let city = city(vec![
            (
                0,
                vec![
                    feature("hall", None),
                    feature("wing", Some(0)),
                    feature("school", None),
                ],
            ),
            (1, vec![feature("tower", None)]),
        ]);
        let sources = [source(&[]), source(&["green"])];
        let layers = LayerVisibility::default();
        let flags = |scenario: Option<&str>, hidden: &[&str]| {
            let hidden_ids = hidden.iter().copied().collect();
            let inputs = StateInputs {
                scenario,
                hidden_ids: &hidden_ids,
                ..plain(&sources, &layers)
            };
            let states = feature_states(&city, &inputs);
            states
                .iter()
                .map(|s| s.flags & HIDDEN != 0)
                .collect::<Vec<_>>()
        };
        assert_eq!(flags(None, &[]), [false, false, false, true]);
        assert_eq!(flags(Some("green"), &["hall"]), [true, true, false, false]);
        assert_eq!(flags(Some("other"), &[]), [false, false, false, true]);
    }

    #[test]
    fn a_layer_switched_off_hides_its_objects_of_that_source_only() {
        let city = city(vec![
            (0, vec![feature("a", None)]),
            (1, vec![feature("b", None)]),
        ]);
        let sources = [source(&[]), source(&[])];
        let mut layers = LayerVisibility::default();
        layers.set(0, "Building", false);
        let selected = HashSet::from(["b"]);
        let inputs = StateInputs {
            selected: &selected,
            ..plain(&sources, &layers)
        };
        let states = feature_states(&city, &inputs);
        assert_eq!(states[0].flags, HIDDEN);
        assert_eq!(states[1].flags, SELECTED);
    }

    #[test]
    fn rooms_are_seen_only_when_one_looks_inside() {
        let room = Feature {
            is_interior: true,
            object_type: "Room".to_owned(),
            ..feature("room", Some(0))
        };
        let chair = Feature {
            is_interior: true,
            object_type: "BuildingFurniture".to_owned(),
            ..feature("chair", Some(1))
        };
        let city = city(vec![(0, vec![feature("house", None), room, chair])]);
        let sources = [source(&[])];
        let mut layers = LayerVisibility::default();
        let hidden = |layers: &LayerVisibility, interiors: bool| -> Vec<bool> {
            let inputs = StateInputs {
                interiors,
                ..plain(&sources, layers)
            };
            let states = feature_states(&city, &inputs);
            states.iter().map(|s| s.flags & HIDDEN != 0).collect()
        };
        assert_eq!(hidden(&layers, false), [false, true, true]);
        assert_eq!(hidden(&layers, true), [false, false, false]);
        layers.set(0, "Room", false);
        assert_eq!(hidden(&layers, true), [false, true, false]);
    }

    #[test]
    fn objects_are_there_while_they_exist() {
        let old = Feature {
            lifespan_ms: [None, Some(100)],
            ..feature("old", None)
        };
        let city = city(vec![(
            0,
            vec![old, feature("wing", Some(0)), feature("b", None)],
        )]);
        let (sources, layers) = ([source(&[])], LayerVisibility::default());
        let hidden = |moment_ms: Option<i64>| -> Vec<bool> {
            let inputs = StateInputs {
                moment_ms,
                ..plain(&sources, &layers)
            };
            let states = feature_states(&city, &inputs);
            states.iter().map(|s| s.flags & HIDDEN != 0).collect()
        };
        assert_eq!(hidden(Some(99)), [false, false, false]);
        assert_eq!(hidden(Some(100)), [true, true, false]);
        assert_eq!(hidden(None), [false, false, false]);
    }

    #[test]
    fn a_cut_goes_through_the_selected_house_or_through_all_from_each_foot() {
        let house = |id: &str, foot: f32| Feature {
            bounds_local: [[0.0, 0.0, foot], [9.0, 9.0, foot + 9.0]],
            ..feature(id, None)
        };
        let mut tree = house("tree", 0.0);
        tree.object_type = "SolitaryVegetationObject".to_owned();
        let city = city(vec![(
            0,
            vec![house("low", 1.0), house("high", 50.0), tree],
        )]);
        let (sources, layers) = ([source(&[])], LayerVisibility::default());
        let selected = HashSet::from(["high"]);
        let ends = |everything: bool| -> Vec<f32> {
            let cut = Cut {
                height_m: 3.0,
                everything,
            };
            let inputs = StateInputs {
                selected: &selected,
                cut: Some((cut, DMat4::IDENTITY)),
                ..plain(&sources, &layers)
            };
            let states = feature_states(&city, &inputs);
            states.iter().map(|state| state.cut_m).collect()
        };
        assert_eq!(ends(false), [UNCUT_M, 53.0, UNCUT_M]);
        assert_eq!(ends(true), [4.0, 53.0, UNCUT_M]);
    }

    #[test]
    fn a_group_selects_its_members_and_those_of_groups_in_it() {
        let group = |id: &str, members: &[&str]| Feature {
            object_type: "CityObjectGroup".to_owned(),
            relations: members
                .iter()
                .map(|member| ("groupMember".to_owned(), (*member).to_owned()))
                .collect(),
            ..feature(id, None)
        };
        let city = city(vec![(
            0,
            vec![
                group("quarter", &["block"]),
                group("block", &["house", "quarter"]),
                feature("house", None),
                feature("other", None),
            ],
        )]);
        let selection = Selection::Object("quarter".to_owned());
        let selected = selected_ids(&city, &selection);
        assert_eq!(selected, HashSet::from(["quarter", "block", "house"]));
    }
}
