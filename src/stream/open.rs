//! Opening and closing scenes.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        atomic::{AtomicU32, Ordering},
        mpsc::Sender,
    },
};

use bevy::prelude::*;
use glam::DVec3;
use jiff::tz::TimeZone;
use veduta_geo::Geodetic;
use veduta_scene::{Addition, Location, Picture, Scene, Source};
use veduta_sources::{CacheOptions, OpenOptions, Placement, Progress, SourceLocation};

use super::{
    arrival::{Arrival, News},
    session::{CloseScene, Finding, OpenScene, OpenSource, SourceStage},
    state::{Opening, StreamState},
};
use crate::{
    camera::CameraFlight,
    city::{
        CityFeatures, CityHeights, LookInside, SceneFrame, Selection, TileEntities, despawn_tile,
    },
    clock::{SceneClock, SunMode},
    compare::{LayerVisibility, ShownScenarios},
    scenes::cache_folder,
};

/// How a source is to be read.
#[derive(Debug, Clone)]
pub(super) struct Job {
    location: SourceLocation,
    options: OpenOptions,
    placement: Option<Placement>,
}

/// Closes what is open.
pub(super) fn close_scene(
    mut requests: MessageReader<CloseScene>,
    mut opened: MessageReader<OpenScene>,
    mut commands: Commands,
    mut state: ResMut<StreamState>,
    mut city: ResMut<CityFeatures>,
    mut heights: ResMut<CityHeights>,
    mut selection: ResMut<Selection>,
) {
    if requests.read().count() == 0 && opened.read().count() == 0 {
        return;
    }
    let mut tiles: Vec<TileEntities> = state.ground.take().into_iter().collect();
    for source in state.sources.drain(..) {
        if let SourceStage::Open(open) = source.stage {
            tiles.extend(open.loaded.into_iter().flat_map(|(_, tiles)| tiles));
        }
    }
    for tile in &tiles {
        despawn_tile(&mut commands, &mut city, tile);
    }
    *heights = CityHeights::default();
    *selection = Selection::Nothing;
    state.waiting.clear();
    state.scene = None;
    state.findings.clear();
    state.finished = 0;
    state.opening = Opening::default();
    state.generation += 1;
    commands.remove_resource::<SceneFrame>();
}

/// Starts reading all sources of the last scene asked for.
#[allow(
    clippy::too_many_arguments,
    reason = "opening a scene sets every room to its beginning"
)]
pub(super) fn open_scene(
    mut requests: MessageReader<OpenScene>,
    mut state: ResMut<StreamState>,
    mut clock: ResMut<SceneClock>,
    mut sun: ResMut<SunMode>,
    mut shown: ResMut<ShownScenarios>,
    mut layers: ResMut<LayerVisibility>,
    mut inside: ResMut<LookInside>,
    mut flight: ResMut<CameraFlight>,
    mut selection: ResMut<Selection>,
) {
    let Some(OpenScene(request)) = requests.read().last() else {
        return;
    };
    let scene = request.scene.clone();
    state.findings = request
        .findings
        .iter()
        .cloned()
        .map(Finding::from)
        .collect();
    // Nothing of the last scene may show in this one.
    clock.reset();
    clock.set_zone(scene.time.zone().unwrap_or_else(TimeZone::system));
    *sun = SunMode::default();
    layers.clear();
    *inside = LookInside::default();
    flight.stop();
    *selection = Selection::Nothing;
    if let Some(time) = request.time.or(scene.time.start) {
        clock.pin(time);
    }
    *shown = ShownScenarios::default();
    if let Some(name) = &request.scenario {
        shown.left = Some(name.clone());
    }
    let jobs = jobs_of(&scene, &mut state);
    for (source, job) in &jobs {
        layers.set_finest(*source, job.options.max_lod);
    }
    hide_layers(&scene, &mut state, &mut layers);
    if scene.picture != Picture::default() {
        state.note(unused_key("picture"));
    }
    state.scene = Some(scene);
    for (index, job) in jobs {
        start(job, index, state.generation, state.sender.clone());
    }
}

/// Hides what the scene file's layers say is hidden at first.
fn hide_layers(scene: &Scene, state: &mut StreamState, visibility: &mut LayerVisibility) {
    for layer in scene.layers.iter().filter(|layer| !layer.visible) {
        for (index, source) in state.sources.iter_mut().enumerate() {
            if source.layer.as_deref() == Some(layer.name.as_str()) {
                source.visible = false;
            }
            for object_type in &layer.object_types {
                visibility.set(index, object_type, false);
            }
        }
    }
}

fn unused_key(key: &str) -> Finding {
    Finding {
        severity: veduta_panels::Severity::Information,
        code: "SCN-100".to_owned(),
        message: format!("'{key}' in the scene file is not used by this version"),
        source: String::new(),
        line: None,
        object_id: None,
    }
}

/// The sources of a scene with their jobs; what cannot be one becomes a finding.
fn jobs_of(scene: &Scene, state: &mut StreamState) -> Vec<(usize, Job)> {
    let mut jobs = Vec::new();
    for source in &scene.sources {
        let location = source.location(&scene.base_directory);
        let name = named(&source.name, &location);
        let options = options_of(source);
        let open = OpenSource {
            layer: source.layer.clone(),
            visible: source.visible,
            ..new_source(name, Vec::new())
        };
        add(state, &mut jobs, open, location, options, None);
    }
    for scenario in &scene.scenarios {
        for addition in scenario.additions() {
            let location = addition.location(&scene.base_directory);
            let name = named(&addition.name, &location);
            let options = OpenOptions {
                crs_override: addition.crs.clone(),
                ..cached()
            };
            let open = new_source(name, vec![scenario.name.clone()]);
            let placement = placement_of(addition);
            let stands_on_ground = addition.placement().is_some_and(|at| at.height_m.is_none());
            let before = jobs.len();
            add(state, &mut jobs, open, location, options, placement);
            if stands_on_ground && jobs.len() > before {
                let waiting = jobs.split_off(before);
                for (index, _) in &waiting {
                    state.sources[*index].stage = SourceStage::Waiting;
                }
                state.waiting.extend(waiting);
            }
        }
    }
    jobs
}

fn options_of(source: &Source) -> OpenOptions {
    OpenOptions {
        crs_override: source.crs.clone(),
        height_offset_m: source.height_offset_m,
        max_lod: source
            .level_of_detail
            .unwrap_or(OpenOptions::default().max_lod),
        ..cached()
    }
}

/// Everything that a source holds. What was read once is kept in the user's cache folder, where it may be deleted at any
/// time.
fn cached() -> OpenOptions {
    OpenOptions {
        cache: Some(CacheOptions::new(cache_folder().join("drafts"))),
        // What is seen of it is a matter of feature states.
        everything: true,
        ..OpenOptions::default()
    }
}

fn placement_of(addition: &Addition) -> Option<Placement> {
    addition.placement().map(|placement| Placement {
        longitude_deg: placement.longitude_deg,
        latitude_deg: placement.latitude_deg,
        height_m: placement.height_m.unwrap_or(0.0),
        heading_deg: placement.heading_deg,
        scale: placement.scale,
    })
}

/// Starts reading the designs that waited for the ground they stand on.
pub(super) fn start_waiting(
    state: &mut StreamState,
    frame: &SceneFrame,
    ground_at: impl Fn(DVec3) -> Option<f64>,
) {
    for (index, mut job) in std::mem::take(&mut state.waiting) {
        if let Some(placement) = &mut job.placement {
            let foot = frame.point_enu_from_geodetic(Geodetic::new(
                placement.longitude_deg,
                placement.latitude_deg,
                0.0,
            ));
            if let Some(ground_m) = ground_at(foot) {
                let stands_at = DVec3::new(foot.x, foot.y, ground_m);
                placement.height_m = frame.geodetic_from_enu(stands_at).height_m;
            }
        }
        if let Some(source) = state.sources.get_mut(index) {
            source.stage = SourceStage::Opening(None);
        }
        start(job, index, state.generation, state.sender.clone());
    }
}

fn named(name: &str, location: &Result<Location, veduta_scene::LocationError>) -> String {
    match (name, location) {
        ("", Ok(location)) => location.stem(),
        ("", Err(_)) => "?".to_owned(),
        (name, _) => name.to_owned(),
    }
}

fn new_source(name: String, scenarios: Vec<String>) -> OpenSource {
    OpenSource {
        name,
        location: SourceLocation::Path(std::path::PathBuf::new()),
        layer: None,
        visible: true,
        scenarios,
        stage: SourceStage::Opening(None),
    }
}

fn add(
    state: &mut StreamState,
    jobs: &mut Vec<(usize, Job)>,
    mut source: OpenSource,
    location: Result<Location, veduta_scene::LocationError>,
    options: OpenOptions,
    placement: Option<Placement>,
) {
    match location {
        Ok(location) => {
            source.location = match location {
                Location::Path(path) => SourceLocation::Path(path),
                Location::Url(url) => SourceLocation::Url(url),
            };
            let location = source.location.clone();
            let job = Job {
                location,
                options,
                placement,
            };
            jobs.push((state.sources.len(), job));
        }
        Err(error) => {
            state.findings.push(Finding {
                severity: veduta_panels::Severity::Error,
                code: "SCN-002".to_owned(),
                message: error.to_string(),
                source: source.name.clone(),
                line: None,
                object_id: None,
            });
            source.stage = SourceStage::Failed(error.to_string());
        }
    }
    state.sources.push(source);
}

/// Reads a source on a thread of its own.
fn start(job: Job, source: usize, generation: u64, sender: Sender<Arrival>) {
    let unstarted = sender.clone();
    let work = move || {
        let send = |news: News| {
            // The receiver is gone only when the app is.
            let _app_is_closing = sender.send(Arrival {
                generation,
                source,
                news,
            });
        };
        let told_percent = AtomicU32::new(0);
        let progress = |progress: Progress| {
            let part = part_done(&progress);
            let percent = part.map_or(0, |part| (part * 100.0) as u32);
            if told_percent.fetch_max(percent, Ordering::Relaxed) < percent {
                send(News::Progress(part));
            }
        };
        // A reader that panics on a file must not leave the scene waiting for it.
        let opened = catch_unwind(AssertUnwindSafe(|| match job.placement {
            Some(placement) => {
                veduta_sources::open_placed(&job.location, &placement, &job.options, &progress)
            }
            None => veduta_sources::open(&job.location, &job.options, &progress),
        }));
        let Ok(opened) = opened else {
            send(News::Failed(format!(
                "{} broke the reader off; please report the file",
                job.location.short_name()
            )));
            return;
        };
        match opened {
            Ok(opened) => {
                for finding in opened.diagnostics {
                    send(News::Found(finding));
                }
                send(News::Opened {
                    tree: opened.tree,
                    loader: opened.loader,
                });
            }
            Err(error) => send(News::Failed(error.to_string())),
        }
    };
    // Parsing recurses over deeply nested files; the default stack of a thread is small.
    let thread = std::thread::Builder::new()
        .name(format!("source {source}"))
        .stack_size(8 << 20);
    if let Err(error) = thread.spawn(work) {
        // The receiver is gone only when the app is.
        let _app_is_closing = unstarted.send(Arrival {
            generation,
            source,
            news: News::Failed(format!("the system gives no thread to read it: {error}")),
        });
    }
}

fn part_done(progress: &Progress) -> Option<f32> {
    match progress {
        Progress::Downloading {
            bytes_done,
            bytes_total,
        } => bytes_total.map(|total| 0.5 * ratio(*bytes_done, total)),
        Progress::Reading {
            bytes_done,
            bytes_total,
            ..
        } => Some(0.9 * ratio(*bytes_done, *bytes_total)),
        Progress::Tiling {
            tiles_done,
            tiles_total,
        } => Some(0.9 + 0.1 * ratio(*tiles_done as u64, *tiles_total as u64)),
    }
}

fn ratio(done: u64, total: u64) -> f32 {
    if total == 0 {
        1.0
    } else {
        (done as f64 / total as f64) as f32
    }
}
