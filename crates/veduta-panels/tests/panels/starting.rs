//! The start screen.

use egui::{Key, Modifiers};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};
use veduta_panels::{BundledScene, Command, RecentScene, StartModel, WindowScreen};

use crate::desk::{Desk, click, open, press, type_into};

fn start_model() -> StartModel {
    let recent = |title: &str, missing| RecentScene {
        title: title.to_owned(),
        target: format!("/data/{title}.toml"),
        opened: None,
        missing,
    };
    StartModel {
        recent: vec![recent("harbour", false), recent("gone", true)],
        bundled: vec![BundledScene {
            id: "lindenau".to_owned(),
            title: "Lindenau".to_owned(),
            description: "A district.".to_owned(),
            picture: None,
            synthetic: true,
        }],
        opening: None,
        version: "0.1.0".to_owned(),
    }
}

fn start_screen() -> Harness<'static, Desk> {
    open([1100.0, 800.0], WindowScreen::Start(start_model()))
}

#[test]
fn bundled_and_recent_scenes_open_with_a_click() {
    let mut harness = start_screen();
    assert_eq!(
        click(&mut harness, "Open Lindenau"),
        [Command::OpenBundled("lindenau".to_owned())]
    );
    assert_eq!(
        click(&mut harness, "Open harbour again"),
        [Command::Open("/data/harbour.toml".to_owned())]
    );
    assert_eq!(
        click(&mut harness, "Forget gone"),
        [Command::ForgetRecent("/data/gone.toml".to_owned())]
    );
    assert!(
        harness
            .get_by_label("Open gone again")
            .accesskit_node()
            .is_disabled()
    );
}

#[test]
fn a_path_is_typed_and_entered() {
    let mut harness = start_screen();
    let name = "Path or address: scene file, CityGML, CityJSON or tileset.json";
    assert_eq!(click(&mut harness, "Open"), [], "nothing was typed");
    type_into(&mut harness, name, " https://example.org/tileset.json ");
    let opened = Command::Open("https://example.org/tileset.json".to_owned());
    assert_eq!(
        press(&mut harness, Modifiers::NONE, Key::Enter),
        std::slice::from_ref(&opened)
    );
    assert_eq!(click(&mut harness, "Open"), [opened]);
}

#[test]
fn the_keyboard_reaches_the_first_scene() {
    let mut harness = start_screen();
    press(&mut harness, Modifiers::NONE, Key::Tab);
    assert!(harness.get_by_label("Open Lindenau").is_focused());
    let opened = Command::OpenBundled("lindenau".to_owned());
    assert_eq!(press(&mut harness, Modifiers::NONE, Key::Enter), [opened]);
}

#[test]
fn the_file_browser_opens_in_the_language_of_the_window() {
    let mut harness = start_screen();
    harness.state_mut().state.settings.language = veduta_panels::language::Locale::German;
    harness.run_steps(3);
    click(&mut harness, "Datei");
    harness.run_steps(3);
    assert!(
        harness
            .query_all_by_label_contains("Datei öffnen")
            .next()
            .is_some()
    );
    assert!(
        harness
            .query_all_by_label_contains("Abbrechen")
            .next()
            .is_some()
    );
}

#[test]
fn while_something_opens_nothing_else_can_be_opened() {
    let opening = Some(("harbour.toml".to_owned(), Some(0.4)));
    let mut harness = open(
        [1100.0, 800.0],
        WindowScreen::Start(StartModel {
            opening,
            ..start_model()
        }),
    );
    assert!(harness.query_by_label("Opening harbour.toml …").is_some());
    assert_eq!(click(&mut harness, "Open Lindenau"), []);
}
