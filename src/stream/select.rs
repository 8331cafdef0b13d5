//! Which tiles to load, show and let go, every time something moved.

use std::{
    collections::HashSet,
    panic::{AssertUnwindSafe, catch_unwind},
};

use bevy::{prelude::*, tasks::AsyncComputeTaskPool};
use glam::DVec3;
use tiles3d::{ContentRef, LoadState, NodeId, Projection, SelectionOptions, View, select};
use veduta_sources::{ContentRequest, LoadedContent};

use super::{
    arrival::{Arrival, News},
    session::{SourceStage, TiledSource},
    state::StreamState,
};
use crate::{
    camera::CameraRig,
    city::{CityFeatures, SceneFrame, Side, Sun, VERTICAL_FOV_DEG, despawn_tile, prepare_tile},
};

/// Tiles per source that are being loaded or decoded at once.
const MAX_LOADING: usize = 8;
/// Vertices held in memory before unused tiles go; about 60 bytes each on either side of the bus.
const MAX_VERTICES: usize = 24_000_000;

/// The views tiles are selected for: the camera, and the sun over what the camera looks at, so
/// that what casts a shadow into the picture is there even when it is outside the picture.
fn views(rig: &CameraRig, sun: &Sun, frame: &SceneFrame, viewport: [f64; 2]) -> Vec<View> {
    let ecef_from_enu = frame.enu().ecef_from_enu();
    let point = |p: DVec3| ecef_from_enu.transform_point3(p);
    let vector = |v: DVec3| ecef_from_enu.transform_vector3(v);
    let (_, up, forward) = rig.axes_enu();
    let mut views = vec![View::new(
        point(rig.position_enu()),
        vector(forward),
        vector(up),
        Projection::Perspective {
            fov_y_rad: f64::from(VERTICAL_FOV_DEG).to_radians(),
        },
        viewport,
    )];
    if sun.shadows && sun.direction_enu.z > 0.0 {
        let height_m = rig.distance_m * 2.0;
        views.push(View::new(
            point(rig.target_enu + sun.direction_enu * height_m * 2.0),
            vector(-sun.direction_enu),
            vector(DVec3::Y),
            Projection::Orthographic { height_m },
            [viewport[1], viewport[1]],
        ));
    }
    views
}

/// What the last selection was made for.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct SelectedFor {
    rig: CameraRig,
    sun: Option<DVec3>,
    tiles: usize,
    finished: u64,
    viewport: [f64; 2],
    shadows: bool,
    generation: u64,
}

/// Runs selection over all open sources.
#[allow(clippy::too_many_arguments, reason = "a system takes what it reads")]
pub(super) fn select_tiles(
    mut commands: Commands,
    mut state: ResMut<StreamState>,
    rig: Res<CameraRig>,
    sun: Res<Sun>,
    frame: Res<SceneFrame>,
    mut city: ResMut<CityFeatures>,
    cameras: Query<(&Camera, &Side)>,
    mut visibilities: Query<&mut Visibility>,
    mut last: Local<SelectedFor>,
) {
    let viewport = cameras
        .iter()
        .find(|(_, side)| **side == Side::Left)
        .and_then(|(camera, _)| camera.physical_viewport_size())
        .map_or([1280.0, 720.0], |size| {
            [f64::from(size.x), f64::from(size.y)]
        });
    let now = SelectedFor {
        rig: *rig,
        sun: Some(sun.direction_enu),
        tiles: city.tiles().count() + state.sources.len(),
        finished: state.finished,
        viewport,
        shadows: sun.shadows,
        generation: state.generation,
    };
    let waiting = state
        .sources
        .iter()
        .any(|source| matches!(&source.stage, SourceStage::Open(open) if open.wanted > 0));
    if *last == now && !waiting {
        return;
    }
    *last = now;
    let views = views(&rig, &sun, &frame, viewport);
    let vertices = vertices(&city);
    let over_budget = vertices > MAX_VERTICES;
    // A gap between the two, or what was let go would be loaded again at once, for ever.
    let has_room = vertices < MAX_VERTICES / 4 * 3;
    let StreamState {
        sources,
        generation,
        sender,
        ..
    } = &mut *state;
    for (index, source) in sources.iter_mut().enumerate() {
        let SourceStage::Open(open) = &mut source.stage else {
            continue;
        };
        let selection = select(
            &open.tree,
            &views,
            &open.cache,
            &open.selection,
            &SelectionOptions::default(),
        );
        let wanted = selection
            .load
            .iter()
            .filter(|request| request.priority != tiles3d::LoadPriority::Preload);
        open.wanted = wanted.count();
        for request in &selection.load {
            if open.loading >= MAX_LOADING {
                break;
            }
            // Preloading must not push out what the picture needs.
            if over_budget && request.priority == tiles3d::LoadPriority::Preload {
                break;
            }
            if open.cache.get(request.node) == LoadState::Unloaded {
                open.loading += 1;
                open.cache.set(request.node, LoadState::Loading);
                load_tile(open, request.node, index, *generation, sender.clone());
            }
        }
        // A city that was read whole is loaded whole, so that searches and sums do not depend on where
        // one looks.
        if selection.load.is_empty() && has_room {
            load_rest(open, index, *generation, sender);
        }
        if over_budget {
            for node in selection.unload.iter().take(8) {
                unload_tile(&mut commands, &mut city, open, *node);
            }
        }
        let render: HashSet<NodeId> = selection.render.iter().copied().collect();
        show_selected(open, &render, &mut city, &mut visibilities);
        open.selection = selection.state;
    }
}

/// Loads tiles that no view asked for, as long as their contents are in memory anyway.
fn load_rest(
    open: &mut TiledSource,
    source: usize,
    generation: u64,
    sender: &std::sync::mpsc::Sender<Arrival>,
) {
    let free = MAX_LOADING.saturating_sub(open.loading);
    let in_memory = |content: &ContentRef| matches!(content, ContentRef::Key(_));
    let rest: Vec<NodeId> = open
        .tree
        .iter()
        .filter(|(id, node)| {
            node.contents.iter().any(in_memory) && open.cache.get(*id) == LoadState::Unloaded
        })
        .map(|(id, _)| id)
        .take(free)
        .collect();
    for node in rest {
        open.loading += 1;
        open.cache.set(node, LoadState::Loading);
        load_tile(open, node, source, generation, sender.clone());
    }
}

fn vertices(city: &CityFeatures) -> usize {
    let meshes = city.tiles().flat_map(|(_, tile)| &tile.content.meshes);
    meshes.map(|mesh| mesh.positions.len()).sum()
}

/// Shows what was selected. Whether a source is switched on is a matter of feature states.
fn show_selected(
    open: &TiledSource,
    render: &HashSet<NodeId>,
    city: &mut CityFeatures,
    visibilities: &mut Query<&mut Visibility>,
) {
    for (node, tiles) in &open.loaded {
        let shown = render.contains(node);
        let wanted = if shown {
            Visibility::Inherited
        } else {
            Visibility::Hidden
        };
        for tile in tiles {
            city.set_shown(tile.base, shown);
            for entity in &tile.entities {
                if let Ok(mut visibility) = visibilities.get_mut(*entity) {
                    visibility.set_if_neq(wanted);
                }
            }
        }
    }
}

fn unload_tile(
    commands: &mut Commands,
    city: &mut CityFeatures,
    open: &mut TiledSource,
    node: NodeId,
) {
    let Some(position) = open.loaded.iter().position(|(loaded, _)| *loaded == node) else {
        return;
    };
    let (_, tiles) = open.loaded.swap_remove(position);
    for tile in &tiles {
        despawn_tile(commands, city, tile);
    }
    open.cache.set(node, LoadState::Unloaded);
}

/// Loads, decodes and prepares a tile on a worker thread.
fn load_tile(
    open: &TiledSource,
    node: NodeId,
    source: usize,
    generation: u64,
    sender: std::sync::mpsc::Sender<Arrival>,
) {
    let loader = open.loader.clone();
    let tile = open.tree.node(node).clone();
    let work = async move {
        let mut contents = Vec::new();
        let mut tilesets = Vec::new();
        let mut problems = Vec::new();
        let mut failures = Vec::new();
        for request in ContentRequest::of_node(&tile) {
            // A decoder that panics on a tile must not leave the scene waiting for it.
            let loaded = catch_unwind(AssertUnwindSafe(|| match loader.load(&request) {
                Ok(LoadedContent::Tile {
                    content,
                    diagnostics,
                }) => {
                    problems.extend(diagnostics);
                    contents.push(prepare_tile(content));
                }
                Ok(LoadedContent::External {
                    tileset,
                    base_uri,
                    diagnostics,
                }) => {
                    problems.extend(diagnostics);
                    tilesets.push((*tileset, base_uri));
                }
                Err(error) => failures.push(error.to_string()),
            }));
            if loaded.is_err() {
                failures.push(format!("{:?} broke the decoder off", request.content));
            }
        }
        let news = News::Tile {
            node,
            contents,
            tilesets,
            problems,
            failures,
        };
        // The receiver is gone only when the app is.
        let _app_is_closing = sender.send(Arrival {
            generation,
            source,
            news,
        });
    };
    AsyncComputeTaskPool::get().spawn(work).detach();
}
