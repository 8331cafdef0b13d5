//! The app put together: which plugins a window has, which a still has.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use bevy::{
    app::PluginGroupBuilder,
    log::LogPlugin,
    prelude::*,
    render::{
        Render, RenderApp, RenderPlugin, RenderSystems,
        pipelined_rendering::PipelinedRenderingPlugin, render_resource::PipelineCache,
    },
    window::ExitCondition,
    winit::{UpdateMode, WinitPlugin, WinitSettings},
};

use crate::{
    camera::CameraPlugin, city::CityPlugin, clock::ClockPlugin, compare::ComparePlugin,
    live::LivePlugin, overlay::OverlayPlugin, panels::PanelsPlugin, stream::StreamPlugin,
};

/// What both kinds of app consist of.
fn add_rooms(app: &mut App) {
    app.add_plugins((
        PendingPipelinesPlugin,
        ClockPlugin,
        CameraPlugin,
        CityPlugin,
        StreamPlugin,
        ComparePlugin,
        LivePlugin,
        OverlayPlugin,
    ));
}

/// An app with a window.
pub fn windowed_app(title: &str) -> App {
    let mut app = App::new();
    let window = Window {
        title: title.to_owned(),
        name: Some("veduta".to_owned()),
        resolution: (1440, 900).into(),
        ..default()
    };
    app.add_plugins(base_plugins().set(WindowPlugin {
        primary_window: Some(window),
        ..default()
    }));
    // The window sleeps between events and ticks of the clock; nothing in it needs more.
    app.insert_resource(WinitSettings {
        focused_mode: UpdateMode::reactive(Duration::from_millis(16)),
        unfocused_mode: UpdateMode::reactive_low_power(Duration::from_millis(100)),
    });
    add_rooms(&mut app);
    app.add_plugins(PanelsPlugin);
    app
}

/// An app without a window, updated by hand; pipelines compile before the frame that needs them.
pub fn headless_app() -> App {
    let mut app = App::new();
    app.add_plugins(
        base_plugins()
            .set(WindowPlugin {
                primary_window: None,
                exit_condition: ExitCondition::DontExit,
                ..default()
            })
            .set(RenderPlugin {
                synchronous_pipeline_compilation: true,
                ..default()
            })
            .disable::<WinitPlugin>()
            .disable::<PipelinedRenderingPlugin>(),
    );
    add_rooms(&mut app);
    app
}

fn base_plugins() -> PluginGroupBuilder {
    // The program has its own log, on standard error, before the app starts.
    DefaultPlugins.build().disable::<LogPlugin>()
}

/// Number of render pipelines that are still being compiled; a picture taken before it is 0 lacks
/// what they draw.
#[derive(Resource, Debug, Clone, Default)]
pub struct PendingPipelines(Arc<AtomicUsize>);

impl PendingPipelines {
    /// How many, as of the last rendered frame.
    pub fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

struct PendingPipelinesPlugin;

impl Plugin for PendingPipelinesPlugin {
    fn build(&self, app: &mut App) {
        let pending = PendingPipelines::default();
        app.insert_resource(pending.clone());
        if let Some(render_app) = app.get_sub_app_mut(RenderApp) {
            render_app
                .insert_resource(pending)
                .add_systems(Render, count_pipelines.in_set(RenderSystems::Cleanup));
        }
    }
}

fn count_pipelines(cache: Res<PipelineCache>, pending: Res<PendingPipelines>) {
    pending
        .0
        .store(cache.waiting_pipelines().count(), Ordering::Relaxed);
}
