//! The inspector, the search and the diagnostics.

use egui::{Key, Modifiers, OutputCommand};
use egui_kittest::{Harness, kittest::Queryable};
use veduta_panels::{Command, CutChoice, Pane, WindowScreen};

use crate::{
    desk::{Desk, click, open, open_scene, press, type_into},
    scene::{building, scene, search_results, sensor},
};

/// In a window high enough that all of the inspector is in sight and can be clicked.
fn with_building() -> Harness<'static, Desk> {
    let mut harness = open([1440.0, 1500.0], WindowScreen::Scene(Box::new(scene())));
    harness.state_mut().scene().inspector.subject = building();
    harness.run_steps(3);
    harness
}

fn copied(harness: &Harness<'_, Desk>) -> Option<String> {
    harness
        .output()
        .platform_output
        .commands
        .iter()
        .find_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
}

#[test]
fn parts_and_sensors_of_a_building_are_selected_by_a_click() {
    let mut harness = with_building();
    assert!(harness.query_by_label("Marktschule").is_some());
    assert!(harness.query_by_label("Marktplatz 4").is_some());
    assert_eq!(
        click(&mut harness, "Building part North wing"),
        [Command::SelectObject("part-wing".into())]
    );
    let entity = "urn:ngsi-ld:IndoorEnvironmentObserved:school-1";
    assert_eq!(
        click(&mut harness, "Indoor air Classroom 1a"),
        [Command::SelectEntity(entity.into())]
    );
    assert!(harness.query_by_label("812\u{202F}ppm").is_some());
    assert!(harness.query_by_label("CO₂  2 minutes ago").is_some());
}

#[test]
fn attributes_have_units_and_a_filter() {
    let mut harness = with_building();
    assert!(harness.query_by_label("18.42\u{202F}m").is_some());
    type_into(&mut harness, "Filter attributes", "roof");
    assert!(harness.query_by_label("gabled").is_some());
    assert!(harness.query_by_label("18.42\u{202F}m").is_none());
    click(&mut harness, "Clear");
    assert!(harness.query_by_label("18.42\u{202F}m").is_some());
}

#[test]
fn the_clicked_surface_relations_and_sets_of_attributes_are_listed() {
    let mut harness = with_building();
    assert!(harness.query_by_label("RoofSurface  ·  roof-17").is_some());
    assert_eq!(
        click(&mut harness, "Building part Yard"),
        [Command::SelectObject("school-yard".into())]
    );
    // A set stands under its name, a set in it under its own.
    assert!(harness.query_by_label("carrier").is_some());
    assert!(harness.query_by_label("heating/carrier").is_none());
    click(&mut harness, "heating");
    harness.run_steps(20);
    assert!(harness.query_by_label("carrier").is_none());
    // Who looks for something sees it wherever it stands.
    type_into(&mut harness, "Filter attributes", "demand");
    harness.run_steps(20);
    assert!(harness.query_by_label("2024").is_some());
}

#[test]
fn a_building_is_opened_from_the_inspector() {
    let mut harness = with_building();
    let inside = |harness: &mut Harness<'static, Desk>| {
        // The bar at the top has a menu of this name.
        harness.state_mut().commands.clear();
        let mut found = harness.query_all_by_label("Look inside");
        found
            .next_back()
            .expect("a switch in the inspector")
            .click();
        drop(found);
        harness.run_steps(3);
        std::mem::take(&mut harness.state_mut().commands)
    };
    assert_eq!(
        inside(&mut harness),
        [Command::SetCut(Some(CutChoice::FIRST))]
    );
}

#[test]
fn the_identifier_is_copied() {
    let mut harness = with_building();
    harness.get_by_label("Copy the identifier").click();
    let mut text = None;
    for _ in 0..4 {
        harness.step();
        text = text.or(copied(&harness));
    }
    assert_eq!(text.as_deref(), Some("DEBY_LOD2_4959457"));
}

#[test]
fn keys_fly_to_the_selection_and_end_it() {
    let mut harness = with_building();
    let id = "DEBY_LOD2_4959457";
    assert_eq!(
        press(&mut harness, Modifiers::NONE, Key::F),
        [Command::FlyToObject(id.into())]
    );
    assert_eq!(
        press(&mut harness, Modifiers::NONE, Key::Escape),
        [Command::ClearSelection]
    );
}

#[test]
fn a_sensor_shows_its_values_and_another_chart_on_demand() {
    let mut harness = open_scene();
    harness.state_mut().scene().inspector.subject = sensor();
    harness.run_steps(3);
    assert!(harness.query_by_label("31.4\u{202F}µg/m³").is_some());
    assert!(
        harness.query_by_label("NO2 over time").is_some(),
        "the chart has a name"
    );
    let entity = "urn:ngsi-ld:AirQualityObserved:marktplatz".into();
    let chart = Command::ChartAttribute {
        entity,
        attribute: "PM10".to_owned(),
    };
    assert_eq!(click(&mut harness, "Show PM10 over time"), [chart]);
}

#[test]
fn searching_asks_shows_and_flies() {
    let mut harness = open_scene();
    harness.get_by_label("Search objects and addresses").focus();
    let asked = type_into(&mut harness, "Search objects and addresses", "markt");
    assert_eq!(asked, [Command::Search("markt".to_owned())]);
    assert!(harness.query_by_label("Nothing found").is_some());
    harness.state_mut().scene().toolbar.results = search_results();
    harness.run_steps(2);
    assert!(
        harness
            .query_by_label_contains("Marktplatz 4, Marktschule")
            .is_some()
    );
    let id = "DEBY_LOD2_4959457";
    let flight = [
        Command::SelectObject(id.into()),
        Command::FlyToObject(id.into()),
        Command::Search(String::new()),
    ];
    assert_eq!(press(&mut harness, Modifiers::NONE, Key::Enter), flight);
}

#[test]
fn diagnostics_are_filtered_and_lead_to_their_object() {
    let mut harness = open_scene();
    harness
        .state_mut()
        .state
        .dock
        .set_open(Pane::Diagnostics, true);
    harness.run_steps(3);
    assert!(
        harness
            .query_by_label_contains("fewer than three points")
            .is_some()
    );
    assert_eq!(
        click(&mut harness, "Select b-7"),
        [Command::SelectObject("b-7".into())]
    );
    click(&mut harness, "Error: 1");
    assert!(
        harness
            .query_by_label_contains("fewer than three points")
            .is_none()
    );
    type_into(&mut harness, "Filter diagnostics", "texture");
    assert!(
        harness
            .query_by_label_contains("Textures are not read yet")
            .is_some()
    );
    assert!(
        harness
            .query_by_label_contains("The ring does not close")
            .is_none()
    );

    harness.get_by_label("Copy all listed").click();
    let mut text = None;
    for _ in 0..4 {
        harness.step();
        text = text.or(copied(&harness));
    }
    assert_eq!(
        text.as_deref(),
        Some("Information GML-021 buildings.gml: Textures are not read yet.")
    );
}
