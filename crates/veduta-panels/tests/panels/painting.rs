//! The window painted in both themes, both languages and at 100 and 200 %. The pictures lie in the target folder, to be looked at.

use std::{fs, path::Path};

use egui::{Color32, Context, Pos2, RawInput, Rect, Vec2};
use egui_kittest::TestRenderer;
use image::RgbaImage;
use veduta_panels::{
    BundledScene, Notice, Pane, RecentScene, SceneModel, Severity, StartModel, WindowModel,
    WindowScreen, WindowState,
    language::Locale,
    theme::{self, ThemeChoice, Tokens},
    window,
};

use crate::{picture::Textures, scene};

/// Stands for the city behind the panes.
const GROUND: Color32 = Tokens::LIGHT.palette.night.colour();

/// Areas and scrolled contents need some frames to find their size.
const FRAMES: u32 = 6;

struct Painted {
    picture: RgbaImage,
    scene_rects: Vec<Rect>,
}

/// Runs some frames of a window that is `size` pixels large, and paints the last.
fn paint(name: &str, size: [f32; 2], mut state: WindowState, model: WindowModel) -> Painted {
    let ctx = Context::default();
    theme::install(&ctx);
    let mut textures = Textures::default();
    let (mut scene_rects, mut picture) = (Vec::new(), None);
    for frame in 0..FRAMES {
        let screen_rect = Rect::from_min_size(Pos2::ZERO, Vec2::from(size) / ctx.zoom_factor());
        let input = RawInput {
            screen_rect: Some(screen_rect),
            time: Some(f64::from(frame)),
            ..RawInput::default()
        };
        ctx.begin_pass(input);
        let answer = window(&ctx, &mut state, &model);
        let mut output = ctx.end_pass();
        textures.handle_delta(&mut output.textures_delta);
        scene_rects = answer.scene_rects.iter().map(|half| half.rect).collect();
        if frame + 1 == FRAMES {
            picture = Some(textures.paint(&ctx, &output, GROUND));
        }
    }
    let picture = picture.expect("there was a last frame");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("panels");
    fs::create_dir_all(&folder).expect("the target folder can be written");
    picture
        .save(folder.join(format!("{name}.png")))
        .expect("a picture can be written");
    Painted {
        picture,
        scene_rects,
    }
}

fn state(theme: ThemeChoice, language: Locale, scale: f32) -> WindowState {
    let mut state = WindowState::default();
    state.settings.theme = theme;
    state.settings.language = language;
    state.settings.interface_scale = scale;
    state
}

fn model(change: impl FnOnce(&mut SceneModel)) -> WindowModel {
    let mut scene = scene::scene();
    change(&mut scene);
    WindowModel {
        screen: WindowScreen::Scene(Box::new(scene)),
        notices: Vec::new(),
    }
}

/// How much of a rectangle (in pixels) shows the scene untouched.
fn share_of_scene(picture: &RgbaImage, rect: Rect) -> f64 {
    let inside = |x: u32, y: u32| rect.contains(egui::pos2(x as f32 + 0.5, y as f32 + 0.5));
    let (mut all, mut clear) = (0u32, 0u32);
    for (x, y, pixel) in picture
        .enumerate_pixels()
        .filter(|(x, y, _)| inside(*x, *y))
    {
        let _ = (x, y);
        all += 1;
        clear += u32::from(pixel.0[..3] == GROUND.to_array()[..3]);
    }
    f64::from(clear) / f64::from(all.max(1))
}

#[test]
fn the_scene_shows_through_and_the_panels_do_not() {
    let painted = paint(
        "light",
        [1440.0, 900.0],
        state(ThemeChoice::Light, Locale::English, 1.0),
        model(|_| {}),
    );
    let scene = painted.scene_rects[0];
    assert!(scene.width() > 700.0 && scene.height() > 500.0, "{scene:?}");
    assert!(share_of_scene(&painted.picture, scene) > 0.7);
    let left = Rect::from_min_max(egui::pos2(0.0, 60.0), scene.left_bottom());
    assert_eq!(share_of_scene(&painted.picture, left), 0.0);
}

#[test]
fn a_selected_building_in_the_dark_theme() {
    let painted = paint(
        "dark-building",
        [1440.0, 900.0],
        state(ThemeChoice::Dark, Locale::German, 1.0),
        model(|scene| {
            scene.inspector.subject = scene::building();
            scene.timeline = scene::scrubbed_timeline();
        }),
    );
    let panel = Tokens::DARK.palette.panel.0;
    let dark = painted
        .picture
        .pixels()
        .filter(|pixel| pixel.0[..3] == panel)
        .count();
    assert!(
        dark > 300_000,
        "only {dark} pixels have the dark panel's colour"
    );
}

#[test]
fn a_selected_sensor_with_its_chart() {
    let painted = paint(
        "light-sensor",
        [1440.0, 900.0],
        state(ThemeChoice::Light, Locale::English, 1.0),
        model(|scene| {
            scene.inspector.subject = scene::sensor();
            scene.markers.markers[0].selected = true;
        }),
    );
    let accent = Tokens::LIGHT.palette.accent.0;
    let line = painted
        .picture
        .pixels()
        .filter(|pixel| pixel.0[..3] == accent)
        .count();
    assert!(
        line > 300,
        "only {line} pixels of the accent colour: the chart's line is missing"
    );
}

#[test]
fn two_futures_side_by_side_lie_beside_each_other() {
    let painted = paint(
        "light-compare",
        [1440.0, 900.0],
        state(ThemeChoice::Light, Locale::German, 1.0),
        model(|scene| {
            for scenarios in [&mut scene.compare.scenarios, &mut scene.layers.scenarios] {
                scenarios.comparing = true;
            }
            scene.toolbar.comparing = true;
        }),
    );
    let [left, right] = painted.scene_rects[..] else {
        panic!("two halves, not {:?}", painted.scene_rects)
    };
    assert!(left.right() <= right.left() && (left.width() - right.width()).abs() < 1.0);
}

#[test]
fn at_two_hundred_per_cent_the_scene_keeps_room() {
    let painted = paint(
        "dark-200",
        [1920.0, 1080.0],
        state(ThemeChoice::Dark, Locale::German, 2.0),
        model(|_| {}),
    );
    let scene = painted.scene_rects[0];
    assert!(
        scene.width() > 960.0 / 3.0 - 2.0 && scene.height() > 180.0,
        "{scene:?}"
    );
}

#[test]
fn help_and_diagnostics_are_readable_over_the_scene() {
    let mut state = state(ThemeChoice::Light, Locale::German, 1.0);
    state.toolbar.help_open = true;
    state.dock.set_open(Pane::Diagnostics, true);
    state.dock.set_open(Pane::Legend, false);
    let painted = paint("light-help", [1440.0, 900.0], state, model(|_| {}));
    let scene = painted.scene_rects[0];
    let sheet = Rect::from_center_size(scene.center(), Vec2::splat(200.0));
    assert!(
        share_of_scene(&painted.picture, sheet) < 0.05,
        "the sheet covers the middle"
    );
}

#[test]
fn the_start_screen() {
    let card = |id: &str, title: &str| BundledScene {
        id: id.to_owned(),
        title: title.to_owned(),
        description:
            "A district of perimeter blocks around a market square, with sensors and two futures."
                .to_owned(),
        picture: None,
        synthetic: true,
    };
    let start = StartModel {
        recent: vec![RecentScene {
            title: "Musterstadt".to_owned(),
            target: "/home/planner/musterstadt/scene.toml".to_owned(),
            opened: Some(scene::present().to_zoned(scene::zone())),
            missing: false,
        }],
        bundled: vec![card("lindenau", "Lindenau"), card("harbour", "Harbour")],
        opening: None,
        version: "0.1.0".to_owned(),
    };
    let notices = vec![Notice {
        id: 1,
        severity: Severity::Error,
        title: "The file could not be read.".to_owned(),
        advice: "Check the path, or open its folder instead.".to_owned(),
    }];
    let model = WindowModel {
        screen: WindowScreen::Start(start),
        notices,
    };
    let painted = paint(
        "light-start",
        [1280.0, 800.0],
        state(ThemeChoice::Light, Locale::English, 1.0),
        model,
    );
    assert!(painted.scene_rects.is_empty());
    let whole = Rect::from_min_size(Pos2::ZERO, egui::vec2(1280.0, 800.0));
    assert_eq!(share_of_scene(&painted.picture, whole), 0.0);
}
