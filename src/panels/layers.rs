//! The layer tree: sources, thematic modules and the object types in them.

use bevy::prelude::*;
use veduta_panels::{
    EntityKind, GroupRow, LayerId, LayerNode, LayersModel, ObjectKind, OverlayRow, ScenariosModel,
    language::Language,
};

use super::{catalogue::Catalogue, modules::module_rows};
use crate::{
    city::{LookInside, Selection},
    compare::LayerVisibility,
    live::LiveEntity,
    overlay::SceneOverlays,
    stream::{SourceStage, StreamState},
};

/// Identifier of a row: a source, or a type of it; a module of it is written like a type with a stroke before.
pub fn layer_id(source: usize, object_type: Option<&str>) -> LayerId {
    LayerId(match object_type {
        Some(object_type) => format!("{source}/{object_type}"),
        None => source.to_string(),
    })
}

/// What a row's identifier stands for.
pub fn parse_layer_id(id: &LayerId) -> Option<(usize, Option<&str>)> {
    match id.0.split_once('/') {
        Some((source, object_type)) => Some((source.parse().ok()?, Some(object_type))),
        None => Some((id.0.parse().ok()?, None)),
    }
}

/// The layers panel.
pub fn layers_model(
    world: &World,
    live: &[&LiveEntity],
    scenarios: ScenariosModel,
    language: &Language,
) -> LayersModel {
    let stream = world.resource::<StreamState>();
    let catalogue = world.resource::<Catalogue>();
    let visibility = world.resource::<LayerVisibility>();
    let interiors = world.resource::<LookInside>().interiors;
    let rows_of = |source: usize| {
        let types = catalogue.types_of(source);
        module_rows(source, types, visibility, interiors, language)
    };
    let sources = stream.sources.iter().enumerate().map(|(index, source)| {
        let types = catalogue.types_of(index).iter();
        let objects = types.filter(|entry| !entry.is_interior);
        LayerNode {
            id: layer_id(index, None),
            name: source.name.clone(),
            kind: if source.scenarios.is_empty() {
                ObjectKind::Tileset
            } else {
                ObjectKind::Design
            },
            visible: source.visible,
            count: Some(objects.map(|entry| entry.count).sum()),
            levels: Vec::new(),
            level: None,
            loading: match &source.stage {
                SourceStage::Waiting | SourceStage::Opening(_) => true,
                SourceStage::Open(open) => open.wanted > 0,
                SourceStage::Failed(_) => false,
            },
            children: rows_of(index),
        }
    });
    let mut layers: Vec<LayerNode> = sources.collect();
    // The assumed ground has no source; its row stands below the others.
    layers.extend(rows_of(stream.sources.len()));
    LayersModel {
        layers,
        overlays: overlay_rows(world, live),
        groups: group_rows(world),
        scenarios,
    }
}

fn group_rows(world: &World) -> Vec<GroupRow> {
    let selected = world.resource::<Selection>().object();
    let groups = world.resource::<Catalogue>().groups().iter();
    let rows = groups.map(|group| GroupRow {
        id: group.id.as_str().into(),
        name: group.name.clone(),
        members: group.members,
        selected: selected == Some(group.id.as_str()),
    });
    rows.collect()
}

fn overlay_rows(world: &World, live: &[&LiveEntity]) -> Vec<OverlayRow> {
    let overlays = world.resource::<SceneOverlays>();
    let rows = overlays.overlays.iter().map(|settings| {
        let of_type = live
            .iter()
            .filter(|live| live.entity.entity_type() == settings.overlay.entity_type);
        OverlayRow {
            id: settings.overlay.name.as_str().into(),
            name: settings.label().to_owned(),
            kind: EntityKind::from_type_name(&settings.overlay.entity_type),
            visible: settings.visible,
            count: Some(of_type.count() as u64),
        }
    });
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_again() {
        assert_eq!(parse_layer_id(&layer_id(3, None)), Some((3, None)));
        let id = layer_id(0, Some("Building"));
        assert_eq!(parse_layer_id(&id), Some((0, Some("Building"))));
        assert_eq!(parse_layer_id(&"x".into()), None);
    }
}
