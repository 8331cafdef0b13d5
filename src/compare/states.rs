//! From scenarios, layers, selection and pointer to one state per feature.

use std::collections::HashSet;

use bevy::prelude::*;

use super::{LayerVisibility, ShownScenarios};
use crate::{
    city::{
        CityFeatures, DESIGN, FeatureState, FeatureStates, HIDDEN, HOVERED, LoadedTile, Pointer,
        SELECTED, Selection, Side, is_ground,
    },
    stream::{OpenSource, StreamState},
};

/// Everything that decides how features look on one side.
#[derive(Debug, Clone, Copy)]
pub struct StateInputs<'a> {
    /// Sources of the scene.
    pub sources: &'a [OpenSource],
    /// Object types that are switched off.
    pub layers: &'a LayerVisibility,
    /// The scenario shown.
    pub scenario: Option<&'a str>,
    /// Identifiers it hides.
    pub hidden_ids: &'a HashSet<&'a str>,
    /// Identifier of the selected object.
    pub selected: Option<&'a str>,
}

/// The states of all loaded features, in the order of their numbers.
pub fn feature_states(city: &CityFeatures, inputs: &StateInputs) -> Vec<FeatureState> {
    let mut states = vec![FeatureState::default(); city.end() as usize];
    for (base, tile) in city.tiles() {
        let from_source = source_flags(tile, inputs);
        let flags = tile_flags(tile, from_source, inputs);
        for (local, flags) in flags.into_iter().enumerate() {
            if let Some(state) = states.get_mut(base as usize + local) {
                state.flags = flags;
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
    let own = |local: usize| {
        let feature = &features[local];
        let mut flags = from_source;
        if inputs.hidden_ids.contains(feature.id.as_str()) {
            flags |= HIDDEN;
        }
        if inputs.selected == Some(feature.id.as_str()) {
            flags |= SELECTED;
        }
        if feature.parent.is_none() && !inputs.layers.is_visible(tile.source, &feature.object_type)
        {
            flags |= HIDDEN;
        }
        flags
    };
    let mut all: Vec<u32> = (0..features.len()).map(own).collect();
    // What holds for a whole holds for its parts. Tables list wholes first almost always; a second
    // round settles the rest, and deeper disorder than that is not worth a third.
    for _ in 0..2 {
        for local in 0..features.len() {
            if let Some(parent) = features[local].parent.map(|parent| parent as usize)
                && parent < all.len()
            {
                all[local] |= all[parent] & (HIDDEN | SELECTED);
            }
        }
    }
    if all.is_empty() {
        // A tile without features has one state for its triangles.
        all.push(from_source);
    }
    all
}

/// What the states were last computed for, beside resources that know when they changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Computed {
    city_revision: u64,
    visible: Vec<bool>,
    hovered: Option<(Option<Side>, u32)>,
    comparing: bool,
}

/// Recomputes the states when something that decides them changed.
#[allow(clippy::too_many_arguments, reason = "a system takes what it reads")]
pub(super) fn update_feature_states(
    city: Res<CityFeatures>,
    stream: Res<StreamState>,
    layers: Res<LayerVisibility>,
    shown: Res<ShownScenarios>,
    selection: Res<Selection>,
    pointer: Res<Pointer>,
    mut states: ResMut<FeatureStates>,
    mut last: Local<Computed>,
) {
    let now = Computed {
        city_revision: city.revision(),
        visible: stream.sources.iter().map(|source| source.visible).collect(),
        hovered: pointer.feature.map(|feature| (pointer.side, feature)),
        comparing: shown.comparing,
    };
    let changed = layers.is_changed() || shown.is_changed() || selection.is_changed();
    if *last == now && !changed {
        return;
    }
    *last = now;
    let hovered = pointer
        .feature
        .map(|feature| city.with_descendants(city.top_level(feature)));
    for side in Side::BOTH {
        if side == Side::Right && !shown.comparing {
            continue;
        }
        let scenario = shown.on(side);
        let hidden_ids = scenario
            .and_then(|name| stream.scene.as_ref()?.scenario(name))
            .map(|scenario| scenario.hidden_ids().collect())
            .unwrap_or_default();
        let mut computed = feature_states(
            &city,
            &StateInputs {
                sources: &stream.sources,
                layers: &layers,
                scenario,
                hidden_ids: &hidden_ids,
                selected: selection.object(),
            },
        );
        if is_worth_a_highlight(&city, pointer.feature) && pointer.side == Some(side) {
            for feature in hovered.iter().flatten() {
                if let Some(state) = computed.get_mut(*feature as usize) {
                    state.flags |= HOVERED;
                }
            }
        }
        states.set_all(side, computed);
    }
}

fn is_worth_a_highlight(city: &CityFeatures, feature: Option<u32>) -> bool {
    let top = feature.and_then(|feature| city.get(city.top_level(feature)));
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
                sources: &sources,
                layers: &layers,
                scenario,
                hidden_ids: &hidden_ids,
                selected: None,
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
        let inputs = StateInputs {
            sources: &sources,
            layers: &layers,
            scenario: None,
            hidden_ids: &HashSet::new(),
            selected: Some("b"),
        };
        let states = feature_states(&city, &inputs);
        assert_eq!(states[0].flags, HIDDEN);
        assert_eq!(states[1].flags, SELECTED);
    }
}
