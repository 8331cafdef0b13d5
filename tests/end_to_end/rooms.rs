//! The rooms of the program in an app that draws nothing: no window, no graphics adapter, updated by hand.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use bevy::{
    log::LogPlugin,
    prelude::*,
    render::{
        RenderPlugin,
        pipelined_rendering::PipelinedRenderingPlugin,
        settings::{RenderCreation, WgpuSettings},
    },
    window::ExitCondition,
    winit::WinitPlugin,
};
use veduta::{
    camera::CameraPlugin,
    city::{CityFeatures, CityPlugin, FeatureState, FeatureStates, Quality, Side},
    clock::ClockPlugin,
    compare::ComparePlugin,
    live::LivePlugin,
    overlay::OverlayPlugin,
    scenes,
    stream::{CloseScene, Finding, OpenScene, StreamPlugin, StreamState},
};

/// Long enough for the slowest machine; nothing is measured by it.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The running rooms.
pub struct Rooms {
    app: App,
}

impl Rooms {
    /// All rooms but the panels, with nothing open.
    pub fn new() -> Self {
        let no_adapter = WgpuSettings {
            backends: None,
            ..default()
        };
        let mut app = App::new();
        app.add_plugins(
            DefaultPlugins
                .build()
                .disable::<LogPlugin>()
                .disable::<WinitPlugin>()
                .disable::<PipelinedRenderingPlugin>()
                .set(WindowPlugin {
                    primary_window: None,
                    exit_condition: ExitCondition::DontExit,
                    ..default()
                })
                .set(RenderPlugin {
                    render_creation: RenderCreation::from(no_adapter),
                    ..default()
                }),
        );
        app.add_plugins((
            ClockPlugin,
            CameraPlugin,
            CityPlugin,
            StreamPlugin,
            ComparePlugin,
            LivePlugin,
            OverlayPlugin,
        ));
        // What a window or a still decides when it opens its stage.
        app.insert_resource(Quality::Software);
        app.finish();
        app.cleanup();
        Self { app }
    }

    /// With a scene, as `veduta open` would open it, settled.
    pub fn with_scene(path: &Path) -> Self {
        let mut rooms = Self::new();
        rooms.open(path);
        rooms.update_until("the scene is settled", |world| {
            world.resource::<StreamState>().is_settled()
        });
        rooms
    }

    /// Asks for a scene file or a source to be opened.
    pub fn open(&mut self, path: &Path) {
        let request = scenes::request_for(&[path.display().to_string()]);
        self.world()
            .write_message(OpenScene(request.expect("it can be opened")));
        // One update takes the request in; before it, the state is still that of the scene before.
        self.app.update();
    }

    /// Closes the scene.
    pub fn close(&mut self) {
        self.world().write_message(CloseScene);
        self.update();
    }

    /// One frame.
    pub fn update(&mut self) {
        self.app.update();
    }

    /// Frame after frame until something holds; fails with what was found on the way when it never does.
    pub fn update_until(&mut self, what: &str, mut holds: impl FnMut(&mut World) -> bool) {
        let started = Instant::now();
        loop {
            self.app.update();
            if holds(self.app.world_mut()) {
                return;
            }
            assert!(
                started.elapsed() < PATIENCE,
                "waited in vain until {what}; findings: {:#?}",
                self.findings()
            );
            std::thread::sleep(Duration::from_millis(4));
        }
    }

    /// The world.
    pub fn world(&mut self) -> &mut World {
        self.app.world_mut()
    }

    /// A resource of it.
    pub fn resource<R: Resource>(&self) -> &R {
        self.app.world().resource::<R>()
    }

    /// A resource of it, to be changed.
    pub fn resource_mut<R: Resource<Mutability = bevy::ecs::component::Mutable>>(
        &mut self,
    ) -> Mut<'_, R> {
        self.app.world_mut().resource_mut::<R>()
    }

    /// Everything found so far.
    pub fn findings(&self) -> &[Finding] {
        &self.resource::<StreamState>().findings
    }

    /// The state of an object on a side.
    pub fn state_of(&self, side: Side, id: &str) -> FeatureState {
        let city = self.resource::<CityFeatures>();
        let index = city.with_id(id).first();
        let index = index.unwrap_or_else(|| panic!("the city has no object '{id}'"));
        self.resource::<FeatureStates>().get(side, *index)
    }

    /// Whether an object is drawn on a side.
    pub fn is_shown(&self, side: Side, id: &str) -> bool {
        self.state_of(side, id).flags & veduta::city::HIDDEN == 0
    }
}
