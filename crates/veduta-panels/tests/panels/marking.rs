//! Markers over the scene, and who has the pointer there.

use egui::pos2;
use egui_kittest::kittest::Queryable;
use veduta_panels::{Command, SceneHalf};

use crate::desk::{click, open_scene};

#[test]
fn every_marker_says_kind_place_value_age_and_freshness() {
    let harness = open_scene();
    for name in [
        "Air quality, Marktplatz, NO₂ 31\u{202F}µg/m³, 2 minutes ago, fresh",
        "Air quality, Bahnhof, NO₂ 52\u{202F}µg/m³, 1 minute ago, fresh",
        "Air quality, Park, NO₂ 8\u{202F}µg/m³, 8 hours ago, silent",
        "Air quality, Nord, no value",
    ] {
        assert!(harness.query_by_label(name).is_some(), "{name}");
    }
}

#[test]
fn markers_are_selected_also_where_they_have_no_room() {
    let mut harness = open_scene();
    let near = click(
        &mut harness,
        "Air quality, Marktplatz, NO₂ 31\u{202F}µg/m³, 2 minutes ago, fresh",
    );
    assert_eq!(near, [Command::SelectEntity("air-1".into())]);
    let crowded = "Air quality, Bahnhof, NO₂ 52\u{202F}µg/m³, 1 minute ago, fresh";
    let size = harness.get_by_label(crowded).rect().size();
    assert!(size.x < 24.0, "the farther of two is a mark of {size:?}");
    assert_eq!(
        click(&mut harness, crowded),
        [Command::SelectEntity("air-2".into())]
    );
}

#[test]
fn the_scene_has_the_pointer_only_where_nothing_covers_it() {
    let mut harness = open_scene();
    let scene = harness.state().output.scene_rects[0].rect;
    for (place, expected) in [
        (scene.center(), Some(SceneHalf::Left)),
        (pos2(scene.left() - 40.0, scene.center().y), None),
        (harness.get_by_label("No data: 1").rect().center(), None),
    ] {
        harness.hover_at(place);
        harness.run_steps(2);
        assert_eq!(harness.state().output.pointer_over, expected, "{place:?}");
    }
}

#[test]
fn a_press_on_a_marker_is_not_a_press_on_the_city() {
    let mut harness = open_scene();
    let name = "Air quality, Hafen, NO₂ 74\u{202F}µg/m³, 25 minutes ago, late";
    let place = harness.get_by_label(name).rect().center();
    harness.drag_at(place);
    harness.step();
    harness.step();
    assert_eq!(harness.state().output.pointer_over, None);
    harness.drop_at(place);
    harness.step();
    assert_eq!(harness.state().output.pointer_over, None);
    harness.run_steps(3);
    assert_eq!(
        harness.state().output.pointer_over,
        None,
        "the pointer left the window"
    );
}
