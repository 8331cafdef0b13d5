//! Layers, overlays, scenarios, the legend and the comparison.

use egui_kittest::kittest::Queryable;
use veduta_panels::{Command, Pane, SceneHalf};

use crate::desk::{click, open_scene};

#[test]
fn eyes_show_and_hide_layers_and_overlays() {
    let mut harness = open_scene();
    let hide = Command::SetLayerVisible {
        layer: "district/buildings".into(),
        visible: false,
    };
    assert_eq!(click(&mut harness, "Show Building"), [hide]);
    let show = Command::SetLayerVisible {
        layer: "district/trees".into(),
        visible: true,
    };
    assert_eq!(click(&mut harness, "Show Vegetation"), [show]);
    let overlay = Command::SetOverlayVisible {
        overlay: "parking".into(),
        visible: true,
    };
    assert_eq!(click(&mut harness, "Show Free parking"), [overlay]);
}

#[test]
fn a_source_can_be_folded() {
    let mut harness = open_scene();
    assert!(harness.query_by_label("Show Building").is_some());
    click(&mut harness, "Fold Lindenau district");
    harness.run_steps(20);
    assert!(harness.query_by_label("Show Building").is_none());
    assert!(harness.query_by_label("Unfold Lindenau district").is_some());
}

#[test]
fn scenarios_are_chosen_from_the_list() {
    let mut harness = open_scene();
    let chosen = Command::ChooseScenario {
        half: SceneHalf::Left,
        scenario: Some("courtyard".into()),
    };
    assert_eq!(click(&mut harness, "Green courtyard"), [chosen]);
    assert_eq!(
        click(&mut harness, "Baseline"),
        [],
        "the baseline is shown already"
    );
    assert_eq!(
        click(&mut harness, "Compare two scenarios"),
        [Command::SetComparing(true)]
    );
}

#[test]
fn while_comparing_each_half_has_its_chooser() {
    let mut harness = open_scene();
    harness.state_mut().scene().compare.scenarios.comparing = true;
    harness.run_steps(4);
    let [left, right] = harness.state().output.scene_rects[..] else {
        panic!("two halves")
    };
    assert_eq!((left.half, right.half), (SceneHalf::Left, SceneHalf::Right));
    click(&mut harness, "Scenario on the right");
    harness.state_mut().commands.clear();
    // The list of scenarios on the left of the window has the name too; the one in the popup is the last.
    let entry = harness
        .get_all_by_label("Tower")
        .last()
        .expect("an entry of the popup");
    entry.click();
    harness.run_steps(3);
    let chosen = Command::ChooseScenario {
        half: SceneHalf::Right,
        scenario: Some("tower".into()),
    };
    assert_eq!(harness.state().commands, [chosen]);
    assert!(harness.query_by_label("+4700, better").is_some());
    assert!(harness.query_by_label("+2.6, worse").is_some());
    assert_eq!(
        click(&mut harness, "End comparison"),
        [Command::SetComparing(false)]
    );
}

#[test]
fn the_legend_explains_hides_and_closes() {
    let mut harness = open_scene();
    assert!(
        harness
            .query_by_label("Colour scale from 0 to > 80 µg/m³")
            .is_some()
    );
    assert!(harness.query_by_label("No data: 1").is_some());
    for freshness in ["fresh", "late", "silent", "no value"] {
        assert!(
            harness.query_all_by_label(freshness).next().is_some(),
            "{freshness}"
        );
    }
    let hide = Command::SetOverlayVisible {
        overlay: "air".into(),
        visible: false,
    };
    assert_eq!(click(&mut harness, "Hide Air quality, NO₂"), [hide]);
    click(&mut harness, "Close the legend");
    assert!(!harness.state().state.dock.is_open(Pane::Legend));
    assert!(harness.query_by_label("No data: 1").is_none());
    click(&mut harness, "Legend");
    assert!(harness.query_by_label("No data: 1").is_some());
}
