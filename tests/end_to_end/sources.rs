//! Sources that arrive, sources that are broken, and what is said about them.

use veduta::{
    city::{CityFeatures, SceneFrame, Side},
    stream::{Finding, SourceStage, StreamState},
};
use veduta_panels::Severity;

use crate::{
    district::{
        self, ANNEX, GROUND_HEIGHT_M, HOUSE, LATITUDE_DEG, LONGITUDE_DEG, TOWER, TOWER_HEIGHT_M,
    },
    rooms::Rooms,
    scene_folder::SceneFolder,
};

/// The district's buildings as far as half of the tower.
fn truncated() -> String {
    let whole = district::buildings();
    let middle_of_tower = whole.find(ANNEX).expect("the tower has an annex");
    whole[..middle_of_tower - 200].to_owned()
}

/// Errors about a source.
fn errors_of<'a>(rooms: &'a Rooms, source: &str) -> Vec<&'a Finding> {
    let findings = rooms.findings().iter();
    findings
        .filter(|finding| finding.severity == Severity::Error && finding.source.contains(source))
        .collect()
}

fn is_failed(rooms: &Rooms, name: &str) -> bool {
    let sources = &rooms.resource::<StreamState>().sources;
    let source = sources.iter().find(|source| source.name == name);
    let source = source.unwrap_or_else(|| panic!("no source is called {name}: {sources:?}"));
    matches!(source.stage, SourceStage::Failed(_))
}

#[test]
fn broken_sources_are_named_and_the_others_are_there() {
    let folder = SceneFolder::new();
    folder.write("half.gml", &truncated());
    folder.write("letter.gml", "Dear planner, the model follows by post.\n");
    let scene = folder.scene_with(
        "[[sources]]\npath = \"half.gml\"\n[[sources]]\npath = \"absent.gml\"\n[[sources]]\npath = \"letter.gml\"\n",
    );
    let rooms = Rooms::with_scene(&scene);
    let city = rooms.resource::<CityFeatures>();
    assert_eq!(
        city.with_id(HOUSE).len(),
        2,
        "from the whole file and from the half one"
    );
    assert_eq!(
        city.with_id(TOWER).len(),
        1,
        "the half tower is passed over"
    );

    assert!(!is_failed(&rooms, "district") && !is_failed(&rooms, "half"));
    let half = errors_of(&rooms, "half");
    assert!(
        half.iter().any(|finding| finding.line.is_some()),
        "the place where the file breaks off: {half:#?}"
    );

    assert!(is_failed(&rooms, "absent") && is_failed(&rooms, "letter"));
    let absent = errors_of(&rooms, "absent");
    assert_eq!(absent.len(), 1, "{absent:#?}");
    assert!(
        absent[0].message.contains("absent.gml does not exist")
            && absent[0].message.contains("check the path"),
        "{}",
        absent[0].message
    );
    let letter = errors_of(&rooms, "letter");
    assert_eq!(letter.len(), 1, "{letter:#?}");
    assert!(
        letter[0].message.contains("expected CityGML"),
        "{}",
        letter[0].message
    );
}

#[test]
fn a_reference_system_that_does_not_exist_costs_that_source_only() {
    let folder = SceneFolder::new();
    folder.write("elsewhere.gml", &district::buildings());
    let scene = folder.scene_with("[[sources]]\npath = \"elsewhere.gml\"\ncrs = \"EPSG:99999\"\n");
    let rooms = Rooms::with_scene(&scene);
    assert!(is_failed(&rooms, "elsewhere"));
    assert_eq!(rooms.resource::<CityFeatures>().with_id(HOUSE).len(), 1);
    let errors = errors_of(&rooms, "elsewhere");
    assert_eq!(errors.len(), 1, "{errors:#?}");
    let message = &errors[0].message;
    assert!(
        message.contains("EPSG:99999") && message.contains("EPSG:CODE"),
        "it says what is wrong and what to write: {message}"
    );
}

#[test]
fn coordinates_that_do_not_fit_their_reference_system_are_reported() {
    let folder = SceneFolder::new();
    folder.write("swiss.gml", &district::buildings());
    let scene = folder.scene_with("[[sources]]\npath = \"swiss.gml\"\ncrs = \"EPSG:2056\"\n");
    let rooms = Rooms::with_scene(&scene);
    let found = rooms
        .findings()
        .iter()
        .find(|finding| finding.source.contains("swiss") && finding.code != "GEO-003");
    let found = found.unwrap_or_else(|| panic!("nothing is said: {:#?}", rooms.findings()));
    assert!(
        found.message.contains("EPSG:2056") && found.severity > Severity::Information,
        "{found:#?}"
    );
}

#[test]
fn objects_stand_where_the_file_puts_them_on_the_earth() {
    let folder = SceneFolder::new();
    // Without an origin in the scene the frame is made from what is loaded; the earth is the measure.
    let rooms = Rooms::with_scene(&folder.path("district.gml"));
    let frame = rooms.resource::<SceneFrame>();
    let city = rooms.resource::<CityFeatures>();
    let index = *city.with_id(TOWER).first().expect("a tower");
    let bounds = city
        .get(index)
        .and_then(|tower| tower.bounds(frame.enu().enu_from_ecef()));
    let (low, high) = bounds.expect("the tower has walls");
    let south_west = frame.geodetic_from_enu(low);
    let [longitude_deg, latitude_deg, _] = district::wgs84([-60.0, -6.0, 0.0]);
    // A millionth of a degree is 11 centimetres.
    assert!(
        (south_west.longitude_deg - longitude_deg).abs() < 2e-6,
        "{south_west:?}"
    );
    assert!(
        (south_west.latitude_deg - latitude_deg).abs() < 2e-6,
        "{south_west:?}"
    );
    let top = frame.geodetic_from_enu(high).height_m;
    assert!(
        (top - GROUND_HEIGHT_M - TOWER_HEIGHT_M).abs() < 0.05,
        "{top}"
    );
    let middle = frame.geodetic_from_enu(bevy::math::DVec3::ZERO);
    assert!((middle.longitude_deg - LONGITUDE_DEG).abs() < 0.01);
    assert!((middle.latitude_deg - LATITUDE_DEG).abs() < 0.01);
}

#[test]
fn ground_is_assumed_only_where_there_is_none_and_says_that_it_is() {
    let folder = SceneFolder::new();
    let bare = folder.write("bare.gml", &district::buildings());
    let rooms = Rooms::with_scene(&bare);
    let city = rooms.resource::<CityFeatures>();
    let ground: Vec<_> = city
        .iter()
        .filter(|f| f.feature.object_type == "AssumedGround")
        .collect();
    assert_eq!(ground.len(), 1);
    assert!(
        !ground[0].feature.attributes.is_empty(),
        "it says that it is not measured"
    );

    let rooms = Rooms::with_scene(&folder.path("district.gml"));
    let mut objects = rooms.resource::<CityFeatures>().iter();
    assert!(objects.all(|feature| feature.feature.object_type != "AssumedGround"));
    assert!(rooms.is_shown(Side::Left, "relief"));
}

#[test]
fn another_scene_takes_the_place_of_the_first() {
    let folder = SceneFolder::new();
    let mut rooms = Rooms::with_scene(&folder.scene_with("[[sources]]\npath = \"absent.gml\"\n"));
    assert!(!errors_of(&rooms, "absent").is_empty());
    rooms.open(&folder.path("pavilion.gml"));
    rooms.update_until("the second scene is settled", |world| {
        world.resource::<StreamState>().is_settled()
    });
    let city = rooms.resource::<CityFeatures>();
    assert!(city.with_id(HOUSE).is_empty() && !city.with_id(district::PAVILION).is_empty());
    assert!(
        errors_of(&rooms, "absent").is_empty(),
        "what was said of the first scene is gone"
    );

    rooms.close();
    assert!(rooms.resource::<CityFeatures>().is_empty());
    assert!(rooms.resource::<StreamState>().scene.is_none());
}

#[test]
fn a_scene_of_which_nothing_can_be_opened_is_not_loading_for_ever() {
    let folder = SceneFolder::new();
    let scene = folder.write("lost.toml", "[[sources]]\npath = \"absent.gml\"\n");
    let rooms = Rooms::with_scene(&scene);
    let (pending, _) = rooms.resource::<StreamState>().progress();
    assert_eq!(pending, 0);
    assert!(is_failed(&rooms, "absent"));
}
