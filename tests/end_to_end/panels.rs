//! The panels in the program: what they say of the scene, and that what is asked of them happens in it.

use veduta::{
    city::{CityFeatures, FeatureStates, HIDDEN, Selection, Side},
    clock::SceneClock,
    compare::{SceneRectangles, ShownScenarios},
    live::LiveIndex,
};

use crate::{
    broker::{TestBroker, seconds_ago},
    district::{HOUSE, HOUSE_ROOF, Place, TOWER},
    scene_folder::{GARDEN, SceneFolder},
    window::{TestWindow, isolated},
};

fn is_shown(window: &TestWindow, side: Side, id: &str) -> bool {
    let index = window.resource::<CityFeatures>().with_id(id)[0];
    window.resource::<FeatureStates>().get(side, index).flags & HIDDEN == 0
}

#[test]
fn the_window_names_the_scene_and_says_when_it_is_settled() {
    isolated(
        "panels::the_window_names_the_scene_and_says_when_it_is_settled",
        || {
            let folder = SceneFolder::new();
            let mut window =
                TestWindow::open(&folder.scene_with("[[sources]]\npath = \"absent.gml\"\n"));
            for text in [
                "Test district",
                "Settled",
                "Synthetic data",
                "district",
                "1 failed",
            ] {
                assert!(
                    window.says(text),
                    "'{text}' is nowhere: {:#?}",
                    window.texts()
                );
            }
        },
    );
}

#[test]
fn an_eye_in_the_layers_hides_the_buildings() {
    isolated("panels::an_eye_in_the_layers_hides_the_buildings", || {
        let folder = SceneFolder::new();
        // One source alone, so that there is one row of this name.
        let mut window = TestWindow::open(&folder.path("district.gml"));
        assert!(is_shown(&window, Side::Left, HOUSE));
        window.click("Show Building");
        assert!(!is_shown(&window, Side::Left, HOUSE) && is_shown(&window, Side::Left, "relief"));
        window.click("Show Building");
        assert!(is_shown(&window, Side::Left, HOUSE));
    });
}

#[test]
fn the_timeline_stops_the_clock_and_lets_it_go_on() {
    isolated(
        "panels::the_timeline_stops_the_clock_and_lets_it_go_on",
        || {
            let folder = SceneFolder::new();
            let mut window = TestWindow::open(&folder.scene());
            assert!(window.resource::<SceneClock>().is_live());
            window.click("Pause");
            assert!(!window.resource::<SceneClock>().is_running());
            let shown = window.resource::<SceneClock>().now();
            std::thread::sleep(std::time::Duration::from_millis(30));
            window.update();
            assert_eq!(
                window.resource::<SceneClock>().now(),
                shown,
                "time stands still"
            );
            window.press(egui::Key::End);
            assert!(
                window.resource::<SceneClock>().is_live(),
                "End returns to live"
            );
        },
    );
}

#[test]
fn comparing_puts_the_scenario_beside_the_baseline() {
    isolated(
        "panels::comparing_puts_the_scenario_beside_the_baseline",
        || {
            let folder = SceneFolder::new();
            let mut window = TestWindow::open(&folder.scene());
            window.click("Compare two scenarios");
            let shown = window.resource::<ShownScenarios>();
            assert!(shown.comparing && shown.left.is_none(), "{shown:?}");
            assert_eq!(shown.right.as_deref(), Some(GARDEN));
            assert!(is_shown(&window, Side::Left, HOUSE) && !is_shown(&window, Side::Right, HOUSE));
            let [Some(left), Some(right)] = window.resource::<SceneRectangles>().points else {
                panic!("both views have their place");
            };
            assert!(
                left.right() <= right.left(),
                "side by side: {left:?}, {right:?}"
            );
            assert!(
                (left.width() - right.width()).abs() < 12.0,
                "{left:?}, {right:?}"
            );
        },
    );
}

#[test]
fn a_click_on_a_building_shows_what_is_known_of_it() {
    isolated(
        "panels::a_click_on_a_building_shows_what_is_known_of_it",
        || {
            let broker = TestBroker::start();
            let observed_at = seconds_ago(60);
            let building =
                ngsild::AttributeInstance::relationship(format!("urn:ngsi-ld:Building:{HOUSE}"));
            let room = ngsild::Entity::new(
                "urn:ngsi-ld:IndoorEnvironmentObserved:1",
                "IndoorEnvironmentObserved",
            )
            .with("name", ngsild::AttributeInstance::property("Parlour"))
            .with("refBuilding", building)
            .with(
                "co2",
                ngsild::AttributeInstance::property(640.0).observed_at(observed_at),
            );
            broker.create(&room);
            let folder = SceneFolder::new();
            let mut window = TestWindow::open(&folder.scene_with(&broker.in_scene("City")));
            window.update_until("the sensor is there", |world| {
                !world.resource::<LiveIndex>().is_empty()
            });

            window.click_city(HOUSE_ROOF);
            let selected = window.resource::<Selection>().object().map(str::to_owned);
            assert_eq!(selected.as_deref(), Some(HOUSE));
            assert!(
                window.says("Parlour"),
                "its sensors are listed: {:#?}",
                window.texts()
            );
            let ground: Place = [10.0, -20.0, 0.0];
            window.click_city(ground);
            assert_ne!(window.resource::<Selection>().object(), Some(HOUSE));
            assert_ne!(window.resource::<Selection>().object(), Some(TOWER));
        },
    );
}
