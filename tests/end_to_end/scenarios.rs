//! Scenarios, layers and selection: what they do to every object on each side, without touching the baseline.

use bevy::math::DVec3;
use veduta::{
    city::{
        CityFeatures, DESIGN, FeatureStates, LookInside, SELECTED, SceneFrame, SceneRay, Selection,
        Side, cast_ray,
    },
    compare::{LayerVisibility, ShownScenarios, indicators_of},
    stream::StreamState,
};

use crate::{
    district::{
        self, ANNEX, GROUND_HEIGHT_M, HOUSE, HOUSE_ROOF, PAVILION, PAVILION_ROOF, Place, TOWER,
    },
    rooms::Rooms,
    scene_folder::{GARDEN, SceneFolder},
};

/// The object that is hit from straight above.
fn object_below(rooms: &Rooms, side: Side, [east, north, _]: Place) -> Option<String> {
    let ray = SceneRay {
        origin_enu: DVec3::new(east, north, 200.0),
        direction_enu: DVec3::NEG_Z,
    };
    let city = rooms.resource::<CityFeatures>();
    let states = rooms.resource::<FeatureStates>();
    let classes = LookInside::default().hidden_classes();
    let frame = rooms.resource::<SceneFrame>();
    let hit = cast_ray(ray, side, city, states, classes, frame)?;
    Some(city.get(city.top_level(hit.feature))?.feature.id.clone())
}

#[test]
fn the_baseline_shows_nothing_of_the_design() {
    let folder = SceneFolder::new();
    let rooms = Rooms::with_scene(&folder.scene());
    for id in [HOUSE, TOWER, ANNEX] {
        assert!(rooms.is_shown(Side::Left, id), "{id} is hidden");
    }
    assert!(!rooms.is_shown(Side::Left, PAVILION));
    assert_eq!(
        object_below(&rooms, Side::Left, HOUSE_ROOF).as_deref(),
        Some(HOUSE)
    );
    assert_eq!(
        object_below(&rooms, Side::Left, PAVILION_ROOF).as_deref(),
        Some("relief"),
        "a hidden design is not clicked on"
    );
}

#[test]
fn a_scenario_and_the_baseline_stand_side_by_side() {
    let folder = SceneFolder::new();
    let mut rooms = Rooms::with_scene(&folder.scene());
    *rooms.resource_mut::<ShownScenarios>() = ShownScenarios {
        left: None,
        right: Some(GARDEN.to_owned()),
        comparing: true,
    };
    rooms.update();
    assert!(rooms.is_shown(Side::Left, HOUSE) && !rooms.is_shown(Side::Left, PAVILION));
    assert!(!rooms.is_shown(Side::Right, HOUSE) && rooms.is_shown(Side::Right, PAVILION));
    assert!(rooms.is_shown(Side::Right, TOWER));
    assert_ne!(rooms.state_of(Side::Right, PAVILION).flags & DESIGN, 0);
    assert_eq!(
        object_below(&rooms, Side::Right, HOUSE_ROOF).as_deref(),
        Some("relief")
    );
    assert_eq!(
        object_below(&rooms, Side::Right, PAVILION_ROOF).as_deref(),
        Some(PAVILION)
    );

    let indicators = |side| {
        indicators_of(
            rooms.resource::<CityFeatures>(),
            rooms.resource::<FeatureStates>(),
            side,
        )
    };
    let (baseline, garden) = (indicators(Side::Left), indicators(Side::Right));
    assert_ne!(
        baseline, garden,
        "240 m² of house gave way to 196 m² of pavilion"
    );
}

#[test]
fn going_back_to_the_baseline_leaves_no_trace() {
    let folder = SceneFolder::new();
    let mut rooms = Rooms::with_scene(&folder.scene());
    let before: Vec<_> = [HOUSE, TOWER, ANNEX, PAVILION]
        .map(|id| rooms.state_of(Side::Left, id))
        .to_vec();
    rooms.resource_mut::<ShownScenarios>().left = Some(GARDEN.to_owned());
    rooms.update();
    assert!(!rooms.is_shown(Side::Left, HOUSE));
    rooms.resource_mut::<ShownScenarios>().left = None;
    rooms.update();
    let after: Vec<_> = [HOUSE, TOWER, ANNEX, PAVILION]
        .map(|id| rooms.state_of(Side::Left, id))
        .to_vec();
    assert_eq!(before, after);
}

#[test]
fn a_layer_hides_its_objects_with_their_parts_and_no_others() {
    let folder = SceneFolder::new();
    let mut rooms = Rooms::with_scene(&folder.scene());
    rooms
        .resource_mut::<LayerVisibility>()
        .set(0, "Building", false);
    rooms.update();
    for id in [HOUSE, TOWER, ANNEX] {
        assert!(!rooms.is_shown(Side::Left, id), "{id} is still shown");
    }
    assert!(rooms.is_shown(Side::Left, "relief"));
    rooms.resource_mut::<LayerVisibility>().clear();
    rooms.resource_mut::<StreamState>().sources[0].visible = false;
    rooms.update();
    assert!(!rooms.is_shown(Side::Left, HOUSE) && !rooms.is_shown(Side::Left, "relief"));
}

#[test]
fn a_selected_building_is_selected_with_its_parts() {
    let folder = SceneFolder::new();
    let mut rooms = Rooms::with_scene(&folder.scene());
    *rooms.resource_mut::<Selection>() = Selection::Object(TOWER.to_owned());
    rooms.update();
    let is_selected = |rooms: &Rooms, id| rooms.state_of(Side::Left, id).flags & SELECTED != 0;
    assert!(is_selected(&rooms, TOWER) && is_selected(&rooms, ANNEX));
    assert!(!is_selected(&rooms, HOUSE));
}

/// Feet and top of the glTF design, metres above the ground of the district, in a scene without an origin of its own.
fn feet_and_top_of_mast(height: &str) -> (f64, f64) {
    let folder = SceneFolder::new();
    folder.write("mast.gltf", &district::mast());
    let [longitude_deg, latitude_deg, _] = district::wgs84([30.0, 40.0, 0.0]);
    let text = format!(
        "[[sources]]\npath = \"district.gml\"\n[[scenarios]]\nname = \"mast\"\nedits = [{{ add = {{ path = \"mast.gltf\", \
         longitude_deg = {longitude_deg}, latitude_deg = {latitude_deg}{height} }} }}]\n"
    );
    let rooms = Rooms::with_scene(&folder.write("mast.toml", &text));
    let frame = rooms.resource::<SceneFrame>();
    let city = rooms.resource::<CityFeatures>();
    let mast = city.iter().find(|feature| feature.tile.source == 1);
    let mast = mast.unwrap_or_else(|| panic!("the design is missing: {:#?}", rooms.findings()));
    let (low, high) = mast
        .bounds(frame.enu().enu_from_ecef())
        .expect("it has a triangle");
    let place = frame.geodetic_from_enu(low);
    assert!(
        (place.longitude_deg - longitude_deg).abs() < 2e-6,
        "{place:?}"
    );
    assert!(
        (place.latitude_deg - latitude_deg).abs() < 2e-6,
        "{place:?}"
    );
    let above_ground = |point| frame.geodetic_from_enu(point).height_m - GROUND_HEIGHT_M;
    (above_ground(low), above_ground(high))
}

#[test]
fn a_model_without_a_place_stands_where_the_scene_file_says() {
    let (feet, top) = feet_and_top_of_mast(", height_m = 312.0");
    assert!(
        (feet - 12.0).abs() < 0.01 && (top - 17.0).abs() < 0.01,
        "from {feet} to {top}"
    );
}

#[test]
fn a_model_without_a_height_stands_on_the_terrain() {
    let (feet, top) = feet_and_top_of_mast("");
    assert!(
        feet.abs() < 0.5 && (top - 5.0).abs() < 0.5,
        "from {feet} to {top}"
    );
}
