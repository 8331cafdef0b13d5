//! Pictures without a window: wait until everything in view is there, then draw.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
    time::Instant,
};

use bevy::{
    camera::RenderTarget,
    ecs::system::RunSystemOnce,
    prelude::*,
    render::{
        render_resource::{TextureFormat, TextureUsages},
        view::screenshot::{Screenshot, ScreenshotCaptured},
    },
};
use image::RgbImage;
use serde::Serialize;
use veduta_scene::Scenario;

use super::{downsample::average_blocks, memory::peak_rss_bytes};
use crate::{
    app::{PendingPipelines, headless_app},
    camera::{CameraFlight, CameraRig},
    city::{CityFeatures, CityLook, Quality, SceneFrame, spawn_stage},
    clock::{SceneClock, afternoon_within, summer_afternoon},
    compare::{CityHistory, ShownScenarios, period_with_objects},
    stream::{OpenScene, SceneRequest, StreamState},
};

/// Drawn at this many times the size, then averaged down: clean edges on any adapter.
const SUPERSAMPLING: u32 = 2;
/// Largest side of a picture, pixels; what GPUs take at twice the size.
const MAX_SIDE: u32 = 4096;
/// Year of the light in pictures that nobody gave a time.
const STILL_YEAR: i16 = 2026;

/// One picture to take.
#[derive(Debug, Clone)]
pub struct Shot {
    /// Name of a viewpoint of the scene; `None` is where the scene opens.
    pub view: Option<String>,
    /// File to write, PNG.
    pub output: PathBuf,
}

/// What it took.
#[derive(Debug, Clone, Serialize)]
pub struct StillStatistics {
    /// City objects in memory.
    pub features: usize,
    /// Triangles in memory.
    pub triangles: usize,
    /// Tiles in memory.
    pub tiles: usize,
    /// From the start until all sources were read, milliseconds.
    pub load_ms: u64,
    /// From the start until the first picture was complete, milliseconds.
    pub settled_ms: u64,
    /// Frames drawn, all pictures together.
    pub frames: u32,
    /// Most memory the process ever held, bytes; 0 where the system does not tell.
    pub peak_rss_bytes: u64,
    /// Name of the graphics adapter.
    pub adapter: String,
    /// Errors and warnings on the way.
    pub problems: usize,
}

/// Why no picture came about.
#[derive(Debug, thiserror::Error)]
pub enum StillError {
    /// Nothing of the scene could be loaded.
    #[error("nothing could be loaded: {0}")]
    NothingLoaded(String),
    /// The scene has no such viewpoint.
    #[error("the scene has no viewpoint '{name}'; it has: {known}")]
    UnknownView {
        /// As asked for.
        name: String,
        /// The names there are.
        known: String,
    },
    /// The size is out of range.
    #[error("a picture may be 16 to {MAX_SIDE} pixels wide and high, not {width}x{height}")]
    Size {
        /// As asked for.
        width: u32,
        /// As asked for.
        height: u32,
    },
    /// The picture could not be read back from the graphics adapter.
    #[error("the graphics adapter returned no picture; is a Vulkan driver installed?")]
    NoPicture,
    /// The file could not be written.
    #[error("{path} cannot be written: {reason}")]
    Write {
        /// Where to.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
}

/// A scene in an app without a window, from which pictures are taken.
pub struct Studio {
    app: App,
    target: Handle<Image>,
    size: UVec2,
    started: Instant,
    load_ms: u64,
    settled_ms: Option<u64>,
    frames: u32,
    time_given: bool,
    scenario_given: bool,
}

impl Studio {
    /// Opens the scene and waits until its sources are read. `progress` is called with the number
    /// of things still to come and of those done.
    ///
    /// # Errors
    /// When the size is out of range or nothing could be loaded.
    pub fn open(
        request: SceneRequest,
        size: UVec2,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Self, StillError> {
        if size.min_element() < 16 || size.max_element() > MAX_SIDE {
            return Err(StillError::Size {
                width: size.x,
                height: size.y,
            });
        }
        let started = Instant::now();
        let time_given = request.time.is_some();
        let scenario_given = request.scenario.is_some();
        let is_timed = request.time.or(request.scene.time.start).is_some();
        let mut app = headless_app();
        app.insert_resource(Quality::Still);
        app.finish();
        app.cleanup();
        let target = add_target(&mut app, size * SUPERSAMPLING);
        app.world_mut().resource_mut::<CameraFlight>().instant = true;
        app.world_mut().write_message(OpenScene(request));
        let mut studio = Self {
            app,
            target,
            size,
            started,
            load_ms: 0,
            settled_ms: None,
            frames: 0,
            time_given,
            scenario_given,
        };
        studio.set_drawing(false);
        studio.update_until(progress, StreamState::is_placed);
        studio.load_ms = studio.elapsed_ms();
        if !is_timed {
            studio.pin_summer_afternoon();
        }
        let state = studio.app.world().resource::<StreamState>();
        if studio.app.world().resource::<CityFeatures>().is_empty() && !state.has_tiles_to_come() {
            return Err(StillError::NothingLoaded(state.worst_problem()));
        }
        Ok(studio)
    }

    /// The app, for tests and for callers that change the scene between pictures.
    pub fn app_mut(&mut self) -> &mut App {
        &mut self.app
    }

    /// Goes to a viewpoint, waits until everything in view is there, and returns the picture.
    ///
    /// # Errors
    /// When the scene has no such viewpoint or the adapter returns nothing.
    pub fn picture(
        &mut self,
        view: Option<&str>,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<RgbImage, StillError> {
        if let Some(name) = view {
            self.go_to(name)?;
        }
        self.update_until(progress, StreamState::is_settled);
        if self.app.world().resource::<CityFeatures>().is_empty() {
            let state = self.app.world().resource::<StreamState>();
            return Err(StillError::NothingLoaded(state.worst_problem()));
        }
        self.pin_when_something_exists();
        self.set_drawing(true);
        // The first frame prepares what the camera newly sees, the second draws it; pipelines
        // that only now were asked for take one more.
        for _ in 0..3 {
            self.update();
        }
        while self.app.world().resource::<PendingPipelines>().count() > 0 {
            self.update();
        }
        let picture = self.capture();
        self.set_drawing(false);
        self.settled_ms
            .get_or_insert(self.started.elapsed().as_millis() as u64);
        picture
    }

    /// Takes and writes a picture.
    ///
    /// # Errors
    /// As [`Studio::picture`], and when the file cannot be written.
    pub fn take(
        &mut self,
        shot: &Shot,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<(), StillError> {
        let picture = self.picture(shot.view.as_deref(), progress)?;
        write_png(&picture, &shot.output)
    }

    /// What it took so far.
    pub fn statistics(&self) -> StillStatistics {
        let world = self.app.world();
        let city = world.resource::<CityFeatures>();
        StillStatistics {
            features: city.len(),
            triangles: city.triangles(),
            tiles: city.tiles().count(),
            load_ms: self.load_ms,
            settled_ms: self.settled_ms.unwrap_or_else(|| self.elapsed_ms()),
            frames: self.frames,
            peak_rss_bytes: peak_rss_bytes(),
            adapter: world
                .get_resource::<bevy::render::renderer::RenderAdapterInfo>()
                .map_or_else(String::new, |info| info.name.clone()),
            problems: world.resource::<StreamState>().problems(),
        }
    }

    /// A picture that nobody gave a time is taken in the light of a summer afternoon at its place,
    /// so that it is readable, and the same tomorrow.
    fn pin_summer_afternoon(&mut self) {
        let world = self.app.world_mut();
        let Some(frame) = world.get_resource::<SceneFrame>() else {
            return;
        };
        let moment = summer_afternoon(frame, STILL_YEAR);
        world.resource_mut::<SceneClock>().pin(moment);
    }

    /// Where nothing exists at a moment that nobody asked for, one is taken at which something does.
    fn pin_when_something_exists(&mut self) {
        let world = self.app.world_mut();
        let Some(frame) = world.get_resource::<SceneFrame>() else {
            return;
        };
        if self.time_given || !world.resource::<CityHistory>().obeyed {
            return;
        }
        let now_ms = world.resource::<SceneClock>().now().as_millisecond();
        let sources = world.resource::<StreamState>().sources.len();
        let period = period_with_objects(world.resource::<CityFeatures>(), sources, now_ms);
        if let Some(moment) = period.and_then(|period| afternoon_within(frame, period)) {
            info!("nothing exists at the time of the picture; it is taken at {moment}");
            world.resource_mut::<SceneClock>().pin(moment);
        }
    }

    fn elapsed_ms(&self) -> u64 {
        self.started.elapsed().as_millis() as u64
    }

    fn go_to(&mut self, name: &str) -> Result<(), StillError> {
        let world = self.app.world();
        let state = world.resource::<StreamState>();
        let viewpoint = state.scene.as_ref().and_then(|scene| scene.viewpoint(name));
        let (time, scenario) = viewpoint.map_or((None, None), |viewpoint| {
            (viewpoint.time, viewpoint.scenario.clone())
        });
        let Some(rig) = state.viewpoint_rig(name, world) else {
            return Err(StillError::UnknownView {
                name: name.to_owned(),
                known: state.viewpoint_names().join(", "),
            });
        };
        let world = self.app.world_mut();
        *world.resource_mut::<CameraRig>() = rig;
        // What was asked for by name wins over what the viewpoint says.
        if let Some(time) = time.filter(|_| !self.time_given) {
            world.resource_mut::<SceneClock>().pin(time);
        }
        if let Some(scenario) = scenario.filter(|_| !self.scenario_given) {
            let shown = (scenario != Scenario::BASELINE).then_some(scenario);
            world.resource_mut::<ShownScenarios>().left = shown;
        }
        Ok(())
    }

    fn update(&mut self) {
        self.app.update();
        self.frames += 1;
    }

    fn update_until(
        &mut self,
        progress: &mut dyn FnMut(u64, u64),
        done: impl Fn(&StreamState) -> bool,
    ) {
        // Two frames at least: one to take the request in, one to act on it.
        for frame in 0_u64.. {
            self.app.update();
            let state = self.app.world().resource::<StreamState>();
            let (pending, finished) = match state.opening_part() {
                // Files are read: percent, or one large file would show nothing until its end.
                Some(part) if part < 1.0 => {
                    let percent = (part * 100.0) as u64;
                    (100 - percent, percent)
                }
                _ => state.progress(),
            };
            progress(pending, finished);
            if frame >= 2 && done(state) {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(4));
        }
    }

    /// Cameras cost seconds per frame on a processor, so they only look when a picture is due.
    fn set_drawing(&mut self, on: bool) {
        let world = self.app.world_mut();
        let mut cameras = world.query::<(&mut Camera, &crate::city::Side)>();
        for (mut camera, side) in cameras.iter_mut(world) {
            camera.is_active = on && *side == crate::city::Side::Left;
        }
    }

    fn capture(&mut self) -> Result<RgbImage, StillError> {
        let slot: Arc<Mutex<Option<Image>>> = Arc::default();
        let sink = slot.clone();
        self.app
            .world_mut()
            .spawn(Screenshot::image(self.target.clone()))
            .observe(move |captured: On<ScreenshotCaptured>| {
                if let Ok(mut slot) = sink.lock() {
                    *slot = Some(captured.image.clone());
                }
            });
        for _ in 0..200 {
            self.update();
            let taken = slot.lock().ok().and_then(|mut slot| slot.take());
            if let Some(image) = taken {
                let picture = image
                    .try_into_dynamic()
                    .map_err(|_| StillError::NoPicture)?
                    .to_rgb8();
                let picture = average_blocks(&picture, SUPERSAMPLING);
                debug_assert_eq!(picture.dimensions(), (self.size.x, self.size.y));
                return Ok(picture);
            }
            // The adapter hands the picture over from a thread of its own.
            self.set_drawing(false);
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        Err(StillError::NoPicture)
    }
}

fn add_target(app: &mut App, size: UVec2) -> Handle<Image> {
    let mut image = Image::new_target_texture(size.x, size.y, TextureFormat::Rgba8UnormSrgb, None);
    image.texture_descriptor.usage |= TextureUsages::COPY_SRC;
    let handle = app.world_mut().resource_mut::<Assets<Image>>().add(image);
    let target = RenderTarget::Image(handle.clone().into());
    let stage =
        move |mut commands: Commands, mut meshes: ResMut<Assets<Mesh>>, look: Res<CityLook>| {
            spawn_stage(&mut commands, &mut meshes, &look, Quality::Still, &target);
        };
    if let Err(error) = app.world_mut().run_system_once(stage) {
        error!("the stage could not be set: {error}");
    }
    handle
}

/// Writes a PNG through a neighbouring file, so that no half-written picture is ever found.
///
/// # Errors
/// When the folder or the file cannot be written.
pub fn write_png(picture: &RgbImage, path: &Path) -> Result<(), StillError> {
    let refuse = |reason: String| StillError::Write {
        path: path.to_owned(),
        reason,
    };
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        std::fs::create_dir_all(folder).map_err(|error| refuse(error.to_string()))?;
    }
    let unfinished = path.with_extension("png.part");
    picture
        .save_with_format(&unfinished, image::ImageFormat::Png)
        .map_err(|error| refuse(error.to_string()))?;
    std::fs::rename(&unfinished, path).map_err(|error| refuse(error.to_string()))
}
