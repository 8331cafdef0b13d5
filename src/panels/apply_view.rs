//! Carries out wishes about what is drawn and how: layers, levels of detail, looks, insides.

use bevy::prelude::*;
use veduta_panels::{CutChoice, LayerId};

use super::{
    catalogue::Catalogue,
    layers::parse_layer_id,
    modules::{TypeEntry, types_of_row},
};
use crate::{
    city::{Cut, LookInside},
    compare::LayerVisibility,
    stream::StreamState,
};

/// Shows or hides a source, a module of it or a type.
pub(super) fn set_layer(world: &mut World, layer: &LayerId, visible: bool) {
    if let Some((source, None)) = parse_layer_id(layer) {
        if let Some(source) = world.resource_mut::<StreamState>().sources.get_mut(source) {
            source.visible = visible;
        }
        return;
    }
    let meant = types_meant(world, layer);
    let opens_inside = visible && meant.iter().any(|(_, entry)| entry.is_interior);
    if opens_inside && !world.resource::<LookInside>().interiors {
        // Who asks for furniture while nothing inside is shown wants to see just that.
        show_no_interior(world);
        world.resource_mut::<LookInside>().interiors = true;
    }
    let mut layers = world.resource_mut::<LayerVisibility>();
    for (source, entry) in meant {
        layers.set(source, &entry.object_type, visible);
    }
}

fn types_meant(world: &World, layer: &LayerId) -> Vec<(usize, TypeEntry)> {
    let catalogue = world.resource::<Catalogue>();
    types_of_row(layer, |source| catalogue.types_of(source))
}

fn show_no_interior(world: &mut World) {
    for (source, entry) in interior_types(world) {
        let mut layers = world.resource_mut::<LayerVisibility>();
        layers.set(source, &entry, false);
    }
}

fn interior_types(world: &World) -> Vec<(usize, String)> {
    let catalogue = world.resource::<Catalogue>();
    let sources = 0..world.resource::<StreamState>().sources.len();
    let types = sources.flat_map(|source| {
        let entries = catalogue.types_of(source).iter();
        let interior = entries.filter(|entry| entry.is_interior);
        interior.map(move |entry| (source, entry.object_type.clone()))
    });
    types.collect()
}

/// Shows a row alone among its siblings.
pub(super) fn isolate_layer(world: &mut World, layer: &LayerId) {
    match parse_layer_id(layer) {
        Some((source, Some(_))) => {
            let meant: Vec<String> = types_meant(world, layer)
                .into_iter()
                .map(|(_, entry)| entry.object_type)
                .collect();
            let all = world.resource::<Catalogue>().types_of(source).to_vec();
            let shows_inside = all
                .iter()
                .any(|entry| entry.is_interior && meant.contains(&entry.object_type));
            if shows_inside {
                world.resource_mut::<LookInside>().interiors = true;
            }
            let mut layers = world.resource_mut::<LayerVisibility>();
            for entry in all {
                // A room stands in a house: hiding the house would hide the room with it.
                let stays =
                    meant.contains(&entry.object_type) || shows_inside && !entry.is_interior;
                layers.set(source, &entry.object_type, stays);
            }
        }
        Some((wanted, None)) => {
            let mut stream = world.resource_mut::<StreamState>();
            for (index, source) in stream.sources.iter_mut().enumerate() {
                source.visible = index == wanted;
            }
        }
        None => {}
    }
}

/// Chooses a level of detail for the types of a row.
pub(super) fn set_level(world: &mut World, layer: &LayerId, level: Option<u8>) {
    let meant = types_meant(world, layer);
    let mut layers = world.resource_mut::<LayerVisibility>();
    for (source, entry) in meant {
        layers.set_level(source, &entry.object_type, level);
    }
}

/// Shows rooms and what stands in them, all of it, or nothing.
pub(super) fn set_interiors(world: &mut World, shown: bool) {
    world.resource_mut::<LookInside>().interiors = shown;
    for (source, object_type) in interior_types(world) {
        let mut layers = world.resource_mut::<LayerVisibility>();
        layers.set(source, &object_type, true);
    }
}

/// Takes roofs off. What they hid is wanted to be seen.
pub(super) fn set_roofs_hidden(world: &mut World, hidden: bool) {
    let opens = hidden && !world.resource::<LookInside>().is_active();
    world.resource_mut::<LookInside>().roofs_hidden = hidden;
    if opens && world.resource::<Catalogue>().has_interiors() {
        set_interiors(world, true);
    }
}

/// Cuts, or makes whole.
pub(super) fn set_cut(world: &mut World, cut: Option<CutChoice>) {
    let opens = cut.is_some() && !world.resource::<LookInside>().is_active();
    world.resource_mut::<LookInside>().cut = cut.map(|cut| Cut {
        height_m: cut.height_m,
        everything: cut.everything,
    });
    if opens && world.resource::<Catalogue>().has_interiors() {
        set_interiors(world, true);
    }
}
