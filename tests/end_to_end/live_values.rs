//! From a change at a broker, over a real notification, to what the scene shows, and back in time.

use std::time::Duration;

use bevy::{app::AppExit, prelude::*};
use glam::DVec3;
use jiff::Timestamp;
use ngsild::{AttributeInstance, Entity as NgsiEntity, Geometry, Position};
use veduta::{
    camera::CameraRig,
    city::{CityHeights, VERTICAL_FOV_DEG},
    clock::SceneClock,
    live::{LinkStage, LiveEntity, LiveIndex, Observations, SceneLinks},
    overlay::{Projection, SceneOverlays, leading_reading, project_markers},
    stream::StreamState,
};
use veduta_panels::{Reading, Value, theme::Freshness};

use crate::{
    broker::{TestBroker, seconds_ago},
    district::{self, HOUSE, HOUSE_ROOF, Place, TOWER, TOWER_HEIGHT_M},
    rooms::Rooms,
    scene_folder::SceneFolder,
};

const AIR: &str = "urn:ngsi-ld:AirQualityObserved:house";
const ROOM: &str = "urn:ngsi-ld:IndoorEnvironmentObserved:tower-3";

fn no2(value: f64, observed_at: Timestamp) -> AttributeInstance {
    AttributeInstance::property(value)
        .unit_code("GQ")
        .observed_at(observed_at)
}

/// A station at a place of the district.
fn station(id: &str, place: Place, observed_at: Timestamp) -> NgsiEntity {
    let [longitude_deg, latitude_deg, _] = district::wgs84(place);
    let point = Geometry::Point(Position::new(longitude_deg, latitude_deg));
    NgsiEntity::new(id, "AirQualityObserved")
        .with("name", AttributeInstance::property("Roof station"))
        .with("location", AttributeInstance::geo(point))
        .with("NO2", no2(20.0, observed_at))
}

/// Opens the district with a broker and waits until scene and entities are there.
fn open(broker: &TestBroker, folder: &SceneFolder, entities: usize) -> Rooms {
    let mut rooms = Rooms::new();
    rooms.open(&folder.scene_with(&broker.in_scene("City")));
    rooms.update_until("scene and entities are there", |world| {
        world.resource::<StreamState>().is_settled()
            && world.resource::<LiveIndex>().len() == entities
            && is_connected(world)
    });
    // Entities that came before the city are placed in it in the frame after.
    rooms.update();
    rooms
}

fn is_connected(world: &World) -> bool {
    let links = &world.resource::<SceneLinks>().links;
    links.iter().all(|link| link.stage == LinkStage::Connected)
}

fn entity(world: &World, id: &str) -> Option<LiveEntity> {
    let known = world.resource::<LiveIndex>().get(id)?;
    world.get::<LiveEntity>(known).cloned()
}

/// What the scene shows of an entity at the shown moment.
fn reading(world: &World, id: &str) -> Option<Reading> {
    let overlays = world.resource::<SceneOverlays>();
    let store = world.resource::<Observations>();
    let shown = world.resource::<SceneClock>().now();
    leading_reading(&entity(world, id)?, overlays, store, shown).map(|(reading, _)| reading)
}

fn shows(world: &World, id: &str, value: f64) -> bool {
    reading(world, id).is_some_and(|reading| reading.value == Value::number(value, 0))
}

#[test]
fn a_change_at_the_broker_is_shown_and_the_past_still_shows_what_was_known() {
    let broker = TestBroker::start();
    broker.create(&station(AIR, HOUSE_ROOF, seconds_ago(600)));
    let folder = SceneFolder::new();
    let mut rooms = open(&broker, &folder, 1);
    assert_eq!(
        broker.subscriptions(),
        1,
        "values are to come by notification"
    );
    assert!(
        shows(rooms.world(), AIR, 20.0),
        "{:?}",
        reading(rooms.world(), AIR)
    );
    let before = rooms.resource::<SceneClock>().present();

    std::thread::sleep(Duration::from_millis(20));
    broker.patch(AIR, "NO2", no2(55.0, Timestamp::now()));
    rooms.update_until("the new value is shown", |world| shows(world, AIR, 55.0));
    let fresh = reading(rooms.world(), AIR).expect("a reading");
    assert_eq!(
        (fresh.property.as_str(), fresh.unit.as_str()),
        ("NO₂", "µg/m³")
    );
    assert_eq!(fresh.freshness, Freshness::Fresh);

    let mut clock = rooms.resource_mut::<SceneClock>();
    clock.set_playing(false);
    clock.seek(before);
    rooms.update();
    assert!(!rooms.resource::<SceneClock>().is_live());
    let then = reading(rooms.world(), AIR).expect("a reading");
    assert_eq!(then.value, Value::number(20.0, 0), "what was known then");
    assert!(then.age_secs.is_some_and(|age| age >= 599.0), "{then:?}");

    rooms.resource_mut::<SceneClock>().go_live();
    rooms.update();
    assert!(
        shows(rooms.world(), AIR, 55.0),
        "{:?}",
        reading(rooms.world(), AIR)
    );
}

#[test]
fn entities_belong_to_the_building_they_stand_in_or_refer_to() {
    let broker = TestBroker::start();
    let observed_at = seconds_ago(60);
    broker.create(&station(AIR, HOUSE_ROOF, observed_at));
    broker.create(&station(
        "urn:ngsi-ld:AirQualityObserved:street",
        [10.0, -30.0, 0.0],
        observed_at,
    ));
    let building = AttributeInstance::relationship(format!("urn:ngsi-ld:Building:{TOWER}"));
    let room = NgsiEntity::new(ROOM, "IndoorEnvironmentObserved")
        .with("refBuilding", building)
        .with(
            "co2",
            AttributeInstance::property(640.0).observed_at(observed_at),
        );
    broker.create(&room);
    let folder = SceneFolder::new();
    let mut rooms = open(&broker, &folder, 3);

    let inside = entity(rooms.world(), AIR).expect("a station");
    assert_eq!(
        inside.object_id.as_deref(),
        Some(HOUSE),
        "it stands within the outline"
    );
    let place = inside.place_enu.expect("it has a location");
    assert!(
        (place - DVec3::new(10.0, 3.0, place.z)).length() < 0.2,
        "{place}"
    );
    assert!(
        place.z > 10.0,
        "its marker stands above the ridge, not in the attic: {place}"
    );

    let referring = entity(rooms.world(), ROOM).expect("a room");
    assert_eq!(
        referring.object_id.as_deref(),
        Some(TOWER),
        "it refers to it"
    );
    let place = referring.place_enu.expect("it is shown at its building");
    assert!(
        (-60.0..=-42.0).contains(&place.x) && place.z > TOWER_HEIGHT_M,
        "{place}"
    );

    let outside =
        entity(rooms.world(), "urn:ngsi-ld:AirQualityObserved:street").expect("a station");
    assert_eq!(outside.object_id, None);
    let place = outside.place_enu.expect("it has a location");
    assert!(
        (0.0..10.0).contains(&place.z),
        "it hangs near the ground: {place}"
    );
}

#[test]
fn a_marker_shows_value_unit_and_age_where_the_entity_is() {
    let broker = TestBroker::start();
    broker.create(&station(AIR, HOUSE_ROOF, seconds_ago(30)));
    let silent = "urn:ngsi-ld:AirQualityObserved:silent";
    broker.create(&station(
        silent,
        [20.0, 30.0, 0.0],
        seconds_ago(5 * 24 * 3600),
    ));
    let folder = SceneFolder::new();
    let mut rooms = open(&broker, &folder, 2);

    let area = egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(800.0, 500.0));
    let projection = Projection::new(
        rooms.resource::<CameraRig>(),
        f64::from(VERTICAL_FOV_DEG),
        area,
    );
    let entities: Vec<LiveEntity> = [AIR, silent]
        .iter()
        .filter_map(|id| entity(rooms.world(), id))
        .collect();
    let model = project_markers(
        &projection,
        entities.iter(),
        rooms.resource::<SceneOverlays>(),
        rooms.resource::<Observations>(),
        rooms.resource::<SceneClock>().now(),
        rooms.resource::<CityHeights>(),
        None,
    );
    let marker = |id: &str| {
        let found = model.markers.iter().find(|marker| marker.entity.0 == id);
        found.unwrap_or_else(|| panic!("no marker for {id}"))
    };
    let fresh = marker(AIR);
    assert_eq!(fresh.name, "Roof station");
    // The street view looks at the house from the south: the marker is in the middle, above the horizon of the eye.
    assert!(
        (fresh.position_ui.x - area.center().x).abs() < 3.0,
        "{:?}",
        fresh.position_ui
    );
    let shown = fresh.reading.as_ref().expect("a reading");
    assert_eq!(
        (&shown.value, shown.unit.as_str()),
        (&Value::number(20.0, 0), "µg/m³")
    );
    assert!(
        shown
            .age_secs
            .is_some_and(|age| (30.0..600.0).contains(&age)),
        "{shown:?}"
    );
    assert_eq!(shown.freshness, Freshness::Fresh);
    let silent = marker(silent).reading.as_ref().expect("its last value");
    assert_eq!(
        silent.freshness,
        Freshness::Silent,
        "a sensor gone silent looks silent"
    );
}

#[test]
fn what_is_deleted_at_the_broker_leaves_the_scene() {
    let broker = TestBroker::start();
    broker.create(&station(AIR, HOUSE_ROOF, seconds_ago(60)));
    broker.create(&station(
        "urn:ngsi-ld:AirQualityObserved:street",
        [10.0, -30.0, 0.0],
        seconds_ago(60),
    ));
    let folder = SceneFolder::new();
    let mut rooms = open(&broker, &folder, 2);
    broker.delete(AIR);
    rooms.update_until("the entity is gone", |world| {
        world.resource::<LiveIndex>().get(AIR).is_none()
    });
    rooms.update();
    let mut left = rooms.world().query::<&LiveEntity>();
    assert_eq!(left.iter(rooms.world()).count(), 1);
}

#[test]
fn no_subscription_is_left_when_the_scene_is_closed() {
    let broker = TestBroker::start();
    broker.create(&station(AIR, HOUSE_ROOF, seconds_ago(60)));
    let folder = SceneFolder::new();
    let mut rooms = open(&broker, &folder, 1);
    assert_eq!(broker.subscriptions(), 1);
    rooms.close();
    assert_eq!(broker.subscriptions(), 0);
    assert!(rooms.resource::<LiveIndex>().is_empty());
    assert_eq!(rooms.resource::<Observations>().sample_count(), 0);
    let mut left = rooms.world().query::<&LiveEntity>();
    assert_eq!(left.iter(rooms.world()).count(), 0);
}

#[test]
fn no_subscription_is_left_when_the_program_ends() {
    let broker = TestBroker::start();
    broker.create(&station(AIR, HOUSE_ROOF, seconds_ago(60)));
    let folder = SceneFolder::new();
    let mut rooms = open(&broker, &folder, 1);
    assert_eq!(broker.subscriptions(), 1);
    rooms.world().write_message(AppExit::Success);
    rooms.update();
    assert_eq!(broker.subscriptions(), 0);
}
