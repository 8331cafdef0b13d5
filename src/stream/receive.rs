//! What workers have finished becomes part of the scene, a little per frame.

use std::time::{Duration, Instant};

use bevy::prelude::*;
use tiles3d::{LoadState, NodeId, Tileset};
use veduta_geo::Geodetic;

use super::{
    arrival::{Arrival, News},
    session::{Finding, SOURCE_FAILED, SourceStage, TiledSource},
    state::StreamState,
};
use crate::city::{CityFeatures, PreparedTile, SceneFrame, TileAssets, spawn_tile};

/// Time per frame for taking tiles in.
const BUDGET: Duration = Duration::from_millis(6);

/// Sets the scene's place on the earth as soon as one source is open.
pub(super) fn found_frame(
    mut commands: Commands,
    state: Res<StreamState>,
    frame: Option<Res<SceneFrame>>,
) {
    if frame.is_some() {
        return;
    }
    let Some(scene) = &state.scene else { return };
    let origin = match scene.origin {
        Some(origin) => Geodetic::new(origin.longitude_deg, origin.latitude_deg, origin.height_m),
        None => {
            let first = state.sources.iter().find_map(|source| match &source.stage {
                SourceStage::Open(open) => Some(open),
                SourceStage::Waiting | SourceStage::Opening(_) | SourceStage::Failed(_) => None,
            });
            let Some(open) = first else { return };
            let centre = open.tree.node(open.tree.root()).bounding_volume.center();
            veduta_geo::geodetic_from_ecef(centre)
        }
    };
    commands.insert_resource(SceneFrame::at(origin));
}

/// Takes in what has arrived, within the budget.
pub(super) fn receive(
    mut commands: Commands,
    mut state: ResMut<StreamState>,
    mut city: ResMut<CityFeatures>,
    mut assets: TileAssets,
) {
    let started = Instant::now();
    while started.elapsed() < BUDGET {
        let Some(arrival) = next(&mut state) else {
            break;
        };
        let Arrival { source, news, .. } = arrival;
        match news {
            News::Tile {
                node,
                contents,
                tilesets,
                problems,
                failures,
            } => {
                take_tile(
                    &mut commands,
                    &mut assets,
                    &mut city,
                    &mut state,
                    source,
                    node,
                    contents,
                );
                graft(&mut state, source, node, tilesets);
                state
                    .findings
                    .extend(problems.into_iter().map(Finding::from));
                report_failures(&mut state, source, failures);
            }
            other => take_source_news(&mut state, source, other),
        }
    }
}

/// Before the scene has its place on the earth only sources can arrive; tiles are asked for later.
pub(super) fn receive_sources(mut state: ResMut<StreamState>) {
    while let Some(arrival) = next(&mut state) {
        take_source_news(&mut state, arrival.source, arrival.news);
    }
}

/// The next message of the present scene.
fn next(state: &mut StreamState) -> Option<Arrival> {
    let generation = state.generation;
    let receiver = state.receiver.get_mut().ok()?;
    receiver
        .try_iter()
        .find(|arrival| arrival.generation == generation)
}

fn take_source_news(state: &mut StreamState, source: usize, news: News) {
    let Some(entry) = state.sources.get_mut(source) else {
        return;
    };
    match news {
        News::Progress(part) => {
            if let SourceStage::Opening(known) = &mut entry.stage {
                *known = part;
            }
        }
        News::Found(finding) => state.findings.push(finding.into()),
        News::Opened { tree, loader } => {
            entry.stage = SourceStage::Open(Box::new(TiledSource {
                // Until selection has run, at least the root is wanted.
                wanted: 1,
                tree,
                loader,
                cache: default(),
                selection: default(),
                loaded: Vec::new(),
                loading: 0,
            }));
        }
        News::Failed(reason) => {
            warn!("{}: {reason}", entry.name);
            state.findings.push(Finding {
                severity: veduta_panels::Severity::Error,
                code: SOURCE_FAILED.to_owned(),
                message: reason.clone(),
                source: entry.name.clone(),
                line: None,
                object_id: None,
            });
            entry.stage = SourceStage::Failed(reason);
        }
        News::Tile { .. } => {}
    }
}

fn take_tile(
    commands: &mut Commands,
    assets: &mut TileAssets,
    city: &mut CityFeatures,
    state: &mut StreamState,
    source: usize,
    node: NodeId,
    contents: Vec<PreparedTile>,
) {
    let name = state
        .sources
        .get(source)
        .map_or_else(String::new, |entry| entry.name.clone());
    let Some(SourceStage::Open(open)) = state.sources.get_mut(source).map(|entry| &mut entry.stage)
    else {
        return;
    };
    open.loading = open.loading.saturating_sub(1);
    open.cache.set(
        node,
        if contents.is_empty() {
            LoadState::Failed
        } else {
            LoadState::Loaded
        },
    );
    let mut problems = Vec::new();
    let tiles = contents
        .into_iter()
        .map(|content| {
            problems.extend(content.problems.iter().cloned());
            spawn_tile(commands, assets, city, source, content)
        })
        .collect();
    open.loaded.push((node, tiles));
    state.finished += 1;
    state
        .findings
        .extend(problems.into_iter().map(|message| Finding {
            severity: veduta_panels::Severity::Warning,
            code: "SRC-020".to_owned(),
            message,
            source: name.clone(),
            line: None,
            object_id: None,
        }));
}

fn graft(state: &mut StreamState, source: usize, node: NodeId, tilesets: Vec<(Tileset, String)>) {
    let Some(entry) = state.sources.get_mut(source) else {
        return;
    };
    let SourceStage::Open(open) = &mut entry.stage else {
        return;
    };
    for (tileset, address) in tilesets {
        match open.tree.append_external(node, &tileset, &address) {
            Ok(_) => open.cache.set(node, LoadState::Loaded),
            Err(error) => state.findings.push(Finding {
                severity: veduta_panels::Severity::Error,
                code: "SRC-021".to_owned(),
                message: error.to_string(),
                source: address,
                line: None,
                object_id: None,
            }),
        }
    }
}

fn report_failures(state: &mut StreamState, source: usize, failures: Vec<String>) {
    let name = state
        .sources
        .get(source)
        .map_or_else(String::new, |entry| entry.name.clone());
    state
        .findings
        .extend(failures.into_iter().map(|message| Finding {
            severity: veduta_panels::Severity::Error,
            code: "SRC-007".to_owned(),
            message,
            source: name.clone(),
            line: None,
            object_id: None,
        }));
}
