//! The layer tree: sources, and the object types in them.

use bevy::prelude::*;
use veduta_panels::{
    EntityKind, LayerId, LayerNode, LayersModel, ObjectKind, OverlayRow, ScenariosModel,
};

use super::catalogue::Catalogue;
use crate::{
    compare::LayerVisibility,
    live::LiveEntity,
    overlay::SceneOverlays,
    stream::{SourceStage, StreamState},
};

/// Identifier of a row: a source, or a type of it.
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
pub fn layers_model(world: &World, live: &[&LiveEntity], scenarios: ScenariosModel) -> LayersModel {
    let stream = world.resource::<StreamState>();
    let catalogue = world.resource::<Catalogue>();
    let visibility = world.resource::<LayerVisibility>();
    let sources = stream.sources.iter().enumerate().map(|(index, source)| {
        let children: Vec<LayerNode> = type_rows(index, catalogue, visibility);
        LayerNode {
            id: layer_id(index, None),
            name: source.name.clone(),
            kind: if source.scenarios.is_empty() {
                ObjectKind::Tileset
            } else {
                ObjectKind::Design
            },
            visible: source.visible,
            count: Some(children.iter().filter_map(|child| child.count).sum()),
            loading: match &source.stage {
                SourceStage::Waiting | SourceStage::Opening(_) => true,
                SourceStage::Open(open) => open.wanted > 0,
                SourceStage::Failed(_) => false,
            },
            children,
        }
    });
    let mut layers: Vec<LayerNode> = sources.collect();
    // The assumed ground has no source; its row stands below the others.
    layers.extend(type_rows(stream.sources.len(), catalogue, visibility));
    LayersModel {
        layers,
        overlays: overlay_rows(world, live),
        scenarios,
    }
}

fn type_rows(source: usize, catalogue: &Catalogue, visibility: &LayerVisibility) -> Vec<LayerNode> {
    let rows = catalogue.types_of(source).map(|(object_type, count)| {
        let kind = ObjectKind::from_type_name(object_type);
        LayerNode {
            id: layer_id(source, Some(object_type)),
            // Types without an everyday name are shown as the source calls them.
            name: if kind == ObjectKind::Other {
                object_type.to_owned()
            } else {
                String::new()
            },
            kind,
            visible: visibility.is_visible(source, object_type),
            count: Some(count),
            loading: false,
            children: Vec::new(),
        }
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
