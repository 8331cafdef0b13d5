//! Looks of surfaces, looking inside, levels of detail, groups.

use egui_kittest::kittest::Queryable;
use veduta_panels::{Command, CutChoice, SurfaceLook};

use crate::desk::{click, open_scene};

#[test]
fn a_theme_is_chosen_from_the_menu_of_looks() {
    let mut harness = open_scene();
    click(&mut harness, "Look of the surfaces");
    assert_eq!(
        click(&mut harness, "Coloured by kind"),
        [],
        "that is shown already"
    );
    let white = Command::ChooseLook(SurfaceLook::Neutral);
    assert_eq!(click(&mut harness, "White model"), [white]);
    let theme = harness
        .query_all(egui_kittest::kittest::By::new().label_contains("photos 2024"))
        .next();
    theme.expect("the theme is listed").click();
    harness.state_mut().commands.clear();
    harness.run_steps(3);
    let photos = Command::ChooseLook(SurfaceLook::Theme("photos 2024".to_owned()));
    assert_eq!(harness.state().commands, [photos]);
}

#[test]
fn roofs_come_off_and_a_storey_is_cut() {
    let mut harness = open_scene();
    click(&mut harness, "Look inside");
    assert_eq!(
        click(&mut harness, "Take off roofs and ceilings"),
        [Command::SetRoofsHidden(true)]
    );
    assert_eq!(
        click(&mut harness, "Show rooms and furniture"),
        [Command::SetInteriorsShown(true)]
    );
    let cut = |height_m: f64, everything: bool| {
        Command::SetCut(Some(CutChoice {
            height_m,
            everything,
        }))
    };
    assert_eq!(click(&mut harness, "Cut at a height"), [cut(1.5, false)]);
    assert_eq!(click(&mut harness, "Look into storey 2"), [cut(6.0, false)]);
    assert_eq!(click(&mut harness, "All buildings"), [cut(1.5, true)]);
    assert!(harness.query_by_label("Only Marktschule").is_some());
}

#[test]
fn one_click_puts_everything_back() {
    let mut harness = open_scene();
    assert!(harness.query_by_label("Put everything back").is_none());
    harness.state_mut().scene().toolbar.inside.roofs_hidden = true;
    harness.run_steps(3);
    assert_eq!(
        click(&mut harness, "Put everything back"),
        [Command::LookFromOutside]
    );
}

#[test]
fn a_level_of_detail_is_chosen_per_type() {
    let mut harness = open_scene();
    click(&mut harness, "Level of detail of Building: Finest");
    let coarse = Command::SetLevelOfDetail {
        layer: "district/buildings".into(),
        level: Some(1),
    };
    assert_eq!(click(&mut harness, "LoD 1"), [coarse]);
    // Roads have one level alone: there is nothing to choose.
    assert!(
        harness
            .query_by_label("Level of detail of Road: Finest")
            .is_none()
    );
}

#[test]
fn a_group_is_shown_by_a_click() {
    let mut harness = open_scene();
    assert_eq!(
        click(&mut harness, "Old quarter, 34 objects"),
        [Command::FlyToObject("quarter".into())]
    );
}
