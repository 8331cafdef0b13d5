//! `veduta render`: pictures, statistics and refusals.

use image::RgbImage;
use serde_json::Value;

use crate::{
    album::can_draw,
    program::{Outcome, command, veduta},
    scene_folder::{ABOVE, FUTURE, GARDEN, STREET, SceneFolder},
};

/// Renders a view of the district's scene.
fn render(folder: &SceneFolder, output: &str, arguments: &[&str]) -> Outcome {
    let scene = folder.scene().display().to_string();
    let output = folder.path(output).display().to_string();
    let mut all = vec!["render", &scene, "-o", &output, "--size", "160x100"];
    all.extend(arguments);
    veduta(&all)
}

#[test]
fn the_picture_has_its_size_and_the_statistics_their_members() {
    if !can_draw() {
        return;
    }
    let folder = SceneFolder::new();
    let statistics = folder.path("statistics.json");
    let arguments = [
        "--view",
        STREET,
        "--time",
        "2026-06-21T11:26:00Z",
        "--stats",
        &statistics.display().to_string(),
    ];
    let outcome = render(&folder, "street.png", &arguments);
    assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    let picture = image::open(folder.path("street.png"))
        .expect("a PNG")
        .to_rgb8();
    assert_eq!(picture.dimensions(), (160, 100));

    let text = std::fs::read_to_string(statistics).expect("statistics were written");
    let statistics: Value = serde_json::from_str(&text).expect("JSON");
    let number = |name: &str| {
        let value = statistics[name].as_u64();
        value.unwrap_or_else(|| panic!("{name} is missing: {statistics:#}"))
    };
    // Three buildings and the part of one, relief and its component, besides the design.
    assert!(number("features") >= 6, "{statistics:#}");
    assert!(number("triangles") >= 112, "{statistics:#}");
    assert!(
        number("tiles") >= 2 && number("frames") >= 1,
        "{statistics:#}"
    );
    assert!(number("settled_ms") >= number("load_ms"), "{statistics:#}");
    if cfg!(target_os = "linux") {
        assert!(number("peak_rss_bytes") > 10_000_000, "{statistics:#}");
    }
}

#[test]
fn names_that_the_scene_does_not_have_are_usage_and_the_known_ones_are_named() {
    let folder = SceneFolder::new();
    let outcome = render(&folder, "never.png", &["--scenario", "skyscraper"]);
    assert_eq!(outcome.code, Some(2), "{outcome:#?}");
    let complaint = outcome.complaint();
    assert!(
        complaint.contains("skyscraper") && complaint.contains(GARDEN),
        "{complaint}"
    );
    if !can_draw() {
        return;
    }
    let outcome = render(&folder, "never.png", &["--view", "balcony"]);
    assert_eq!(outcome.code, Some(2), "{outcome:#?}");
    let complaint = outcome.complaint();
    assert!(
        complaint.contains("balcony") && complaint.contains(STREET) && complaint.contains(ABOVE),
        "{complaint}"
    );
    assert!(!folder.path("never.png").exists());
}

#[test]
fn a_viewpoint_brings_its_scenario_and_its_time() {
    if !can_draw() {
        return;
    }
    let folder = SceneFolder::new();
    let noon = ["--view", ABOVE, "--time", "2026-06-21T11:26:00Z"];
    let noon = [&noon[..], &["--scenario", GARDEN]].concat();
    let named = render(&folder, "named.png", &noon);
    assert_eq!(named.code, Some(0), "{named:#?}");
    let night = [
        "--view",
        ABOVE,
        "--time",
        "2026-06-21T23:00:00Z",
        "--scenario",
        GARDEN,
    ];
    let night = render(&folder, "night.png", &night);
    assert_eq!(night.code, Some(0), "{night:#?}");
    let own = render(&folder, "own.png", &["--view", FUTURE]);
    assert_eq!(own.code, Some(0), "{own:#?}");
    let picture = |name: &str| image::open(folder.path(name)).expect("a PNG").to_rgb8();
    let own = picture("own.png");
    let (noon, night) = (
        difference(&own, &picture("named.png")),
        difference(&own, &picture("night.png")),
    );
    assert!(noon > 20.0, "the viewpoint says night, not noon: {noon}");
    // Houses differ a little in shade from one run to the next.
    assert!(
        night < 1.0,
        "place, scenario and time are not those of the viewpoint: {night}"
    );
}

/// The mean difference of two pictures, of 255.
fn difference(one: &RgbImage, other: &RgbImage) -> f64 {
    let pairs = one.as_raw().iter().zip(other.as_raw());
    let sum: f64 = pairs.map(|(a, b)| f64::from(a.abs_diff(*b))).sum();
    sum / one.as_raw().len() as f64
}

#[test]
fn nothing_to_draw_ends_with_1_and_one_message() {
    if !can_draw() {
        return;
    }
    let folder = SceneFolder::new();
    let page = folder
        .write("page.gml", "<!DOCTYPE html><html></html>")
        .display()
        .to_string();
    let picture = folder.path("never.png").display().to_string();
    let outcome = veduta(&["render", &page, "-o", &picture]);
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    assert!(outcome.complaint().contains("page.gml"), "{outcome:#?}");
    assert!(!folder.path("never.png").exists());
}

#[test]
fn a_picture_that_cannot_be_written_is_said() {
    if !can_draw() {
        return;
    }
    let folder = SceneFolder::new();
    // A file stands where a folder would have to be.
    let outcome = render(&folder, "district.gml/picture.png", &["--view", ABOVE]);
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    assert!(
        outcome.complaint().contains("cannot be written"),
        "{outcome:#?}"
    );
}

#[test]
#[cfg(target_os = "linux")]
fn without_a_graphics_driver_it_says_what_to_install() {
    let folder = SceneFolder::new();
    let outcome = command()
        .args(["render", "-o"])
        .arg(folder.path("never.png"))
        .arg(folder.path("district.gml"))
        // No Vulkan driver, and no OpenGL in its place.
        .env("VK_DRIVER_FILES", "/nonexistent")
        .env("VK_ICD_FILENAMES", "/nonexistent")
        .env("WGPU_BACKEND", "vulkan")
        .output()
        .expect("the program starts");
    let errors = String::from_utf8_lossy(&outcome.stderr);
    assert_eq!(outcome.status.code(), Some(1), "{errors}");
    assert!(
        errors.contains("Vulkan") && !errors.contains("panicked"),
        "{errors}"
    );
}
