//! The program's window without a screen: the real rooms and panels, read and driven through the accessibility tree.

use std::{
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use bevy::{
    input::{ButtonState, mouse::MouseButtonInput},
    math::DVec2,
    prelude::*,
    window::{PrimaryWindow, WindowResolution},
};
use bevy_egui::{EguiContext, EguiOutput, PrimaryEguiContext, input::EguiInputEvent};
use egui::accesskit::{Action, ActionRequest, Node, NodeId, TreeId};
use veduta::{
    app::headless_app,
    camera::{CameraFlight, CameraRig},
    city::VERTICAL_FOV_DEG,
    compare::SceneRectangles,
    overlay::Projection,
    panels::PanelsPlugin,
    scenes,
    stream::{OpenScene, StreamState},
};

use crate::{album::can_draw, district::Place, rooms::PATIENCE};

/// Size of the window, pixels and points.
const SIZE: UVec2 = UVec2::new(1280, 800);

/// Runs a test in a process of its own, where neither the settings nor the language of whoever runs it count. `name` is
/// the test's own.
pub fn isolated(name: &str, test: impl FnOnce()) {
    const MARK: &str = "VEDUTA_TEST_ISOLATED";
    if std::env::var_os(MARK).is_some() {
        test();
        return;
    }
    if !can_draw() {
        return;
    }
    let settings = tempfile::tempdir().expect("a temporary folder");
    let this = std::env::current_exe().expect("the test binary");
    let outcome = Command::new(this)
        .args(["--exact", name, "--nocapture"])
        .env(MARK, "1")
        .env("VEDUTA_CONFIG", settings.path())
        .envs(
            ["LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES"].map(|variable| (variable, "en_GB.UTF-8")),
        )
        .output()
        .expect("the test starts again");
    let said = String::from_utf8_lossy(&outcome.stdout);
    assert!(
        said.contains("1 passed"),
        "{said}\n{}",
        String::from_utf8_lossy(&outcome.stderr)
    );
}

/// A running window.
pub struct TestWindow {
    app: App,
    window: Entity,
}

impl TestWindow {
    /// With a scene that has settled; the camera arrives at once wherever it is sent.
    pub fn open(scene: &Path) -> Self {
        let mut app = headless_app();
        app.add_plugins(PanelsPlugin);
        let window = Window {
            resolution: WindowResolution::new(SIZE.x, SIZE.y),
            ..default()
        };
        let window = app.world_mut().spawn((window, PrimaryWindow)).id();
        app.finish();
        app.cleanup();
        app.world_mut().resource_mut::<CameraFlight>().instant = true;
        let mut this = Self { app, window };
        this.update();
        let context = this.context();
        let mut egui = this
            .app
            .world_mut()
            .get_mut::<EguiContext>(context)
            .expect("an interface");
        egui.get_mut().enable_accesskit();

        let request = scenes::request_for(&[scene.display().to_string()]).expect("a scene");
        this.app.world_mut().write_message(OpenScene(request));
        this.update();
        this.update_until("the scene is settled", |world| {
            world.resource::<StreamState>().is_settled()
        });
        this.settle_layout();
        this
    }

    fn context(&mut self) -> Entity {
        let world = self.app.world_mut();
        let mut contexts = world.query_filtered::<Entity, With<PrimaryEguiContext>>();
        contexts.single(world).expect("one interface")
    }

    /// One frame.
    pub fn update(&mut self) {
        self.app.update();
    }

    /// A few frames: what was asked for is carried out, shown, and laid out.
    pub fn settle_layout(&mut self) {
        for _ in 0..4 {
            self.update();
        }
    }

    /// Frame after frame until something holds.
    pub fn update_until(&mut self, what: &str, mut holds: impl FnMut(&World) -> bool) {
        let started = Instant::now();
        while !holds(self.app.world()) {
            assert!(
                started.elapsed() < PATIENCE,
                "waited in vain until {what}: {:#?}",
                self.texts()
            );
            self.app.update();
            std::thread::sleep(Duration::from_millis(4));
        }
    }

    /// A resource of the world.
    pub fn resource<R: Resource>(&self) -> &R {
        self.app.world().resource::<R>()
    }

    /// Everything that assistive technology would find in the window.
    fn nodes(&mut self) -> Vec<(NodeId, Node)> {
        let context = self.context();
        let output = self.app.world().get::<EguiOutput>(context);
        let update = output.and_then(|output| output.platform_output.accesskit_update.as_ref());
        update
            .map(|update| update.nodes.clone())
            .unwrap_or_default()
    }

    /// All names and texts in the window.
    pub fn texts(&mut self) -> Vec<String> {
        let nodes = self.nodes();
        nodes
            .iter()
            .flat_map(|(_, node)| [node.label(), node.value()])
            .flatten()
            .map(str::to_owned)
            .collect()
    }

    /// Whether a text stands anywhere in the window.
    pub fn says(&mut self, text: &str) -> bool {
        self.texts().iter().any(|found| found.contains(text))
    }

    /// Clicks the control of this name, as assistive technology does.
    pub fn click(&mut self, name: &str) {
        let nodes = self.nodes();
        let found: Vec<NodeId> = nodes
            .iter()
            .filter(|(_, node)| node.label() == Some(name) && node.supports_action(Action::Click))
            .map(|(id, _)| *id)
            .collect();
        let [target_node] = found[..] else {
            let texts = self.texts();
            panic!("{} controls are called '{name}': {texts:#?}", found.len());
        };
        let request = ActionRequest {
            action: Action::Click,
            target_tree: TreeId::ROOT,
            target_node,
            data: None,
        };
        self.send(egui::Event::AccessKitActionRequest(request));
        self.settle_layout();
    }

    /// Presses a key that the interface may take.
    pub fn press(&mut self, key: egui::Key) {
        for pressed in [true, false] {
            self.send(egui::Event::Key {
                key,
                physical_key: None,
                pressed,
                repeat: false,
                modifiers: egui::Modifiers::NONE,
            });
            self.update();
        }
        self.settle_layout();
    }

    fn send(&mut self, event: egui::Event) {
        let context = self.context();
        self.app
            .world_mut()
            .write_message(EguiInputEvent { context, event });
    }

    /// Clicks with the mouse on a place of the city in the left view.
    pub fn click_city(&mut self, [east, north, up]: Place) {
        let area = self.resource::<SceneRectangles>().points[0].expect("the scene is shown");
        let projection = Projection::new(
            self.resource::<CameraRig>(),
            f64::from(VERTICAL_FOV_DEG),
            area,
        );
        let found = projection.point_ui(glam::DVec3::new(east, north, up));
        let (position, _) = found.expect("the place is in view");

        let cursor = DVec2::new(f64::from(position.x), f64::from(position.y));
        let mut window = self
            .app
            .world_mut()
            .get_mut::<Window>(self.window)
            .expect("the window");
        window.set_physical_cursor_position(Some(cursor));
        self.send(egui::Event::PointerMoved(position));
        self.settle_layout();
        for (state, pressed) in [(ButtonState::Pressed, true), (ButtonState::Released, false)] {
            self.send(egui::Event::PointerButton {
                pos: position,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: egui::Modifiers::NONE,
            });
            let window = self.window;
            self.app.world_mut().write_message(MouseButtonInput {
                button: MouseButton::Left,
                state,
                window,
            });
            self.update();
        }
        self.settle_layout();
    }
}
