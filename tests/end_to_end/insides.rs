//! What one can choose to see of a city: levels of detail, themes, insides, groups, what existed when.

use bevy::math::DVec3;
use veduta::{
    camera::CameraRig,
    city::{
        Appearance, CityFeatures, CityLook, Cut, FeatureStates, LookInside, SELECTED, SceneFrame,
        SceneHit, SceneRay, Selection, Side, VERTICAL_FOV_DEG, cast_ray,
    },
    clock::SceneClock,
    compare::{CityHistory, LayerVisibility},
    overlay::Projection,
    report::Studio,
    scenes,
};
use veduta_panels::SurfaceLook;

use crate::{
    album::{SIZE, can_draw},
    district::{HOUSE_ROOF, HOUSE_WALL, Place},
    pixels::{Colour, Photograph},
    rich_house::{self, GROUP, HOUSE, ROOM, SHED, SHED_ROOF, TABLE, TABLE_TOP, THEME},
    rooms::Rooms,
    scene_folder::{ABOVE, STREET, SceneFolder},
};

fn rooms() -> (SceneFolder, Rooms) {
    let folder = SceneFolder::new();
    rich_house::write(&folder);
    let rooms = Rooms::with_scene(&folder.scene());
    (folder, rooms)
}

/// What is hit from straight above, and how high it is.
fn hit_below(rooms: &Rooms, [east, north, _]: Place) -> Option<(SceneHit, f64)> {
    const FROM_M: f64 = 200.0;
    let ray = SceneRay {
        origin_enu: DVec3::new(east, north, FROM_M),
        direction_enu: DVec3::NEG_Z,
    };
    let hit = cast_ray(
        ray,
        Side::Left,
        rooms.resource::<CityFeatures>(),
        rooms.resource::<FeatureStates>(),
        rooms.resource::<CityLook>().hidden_classes(),
        rooms.resource::<SceneFrame>(),
    )?;
    Some((hit, FROM_M - hit.distance_m))
}

fn height_below(rooms: &Rooms, place: Place) -> f64 {
    hit_below(rooms, place).expect("something is there").1
}

/// A few frames: what was chosen is carried out.
fn settle(rooms: &mut Rooms) {
    for _ in 0..3 {
        rooms.update();
    }
}

#[test]
fn a_level_of_detail_shows_the_house_once() {
    let (_folder, mut rooms) = rooms();
    assert!((height_below(&rooms, HOUSE_ROOF) - HOUSE_ROOF[2]).abs() < 0.05);
    rooms
        .resource_mut::<LayerVisibility>()
        .set_level(0, "Building", Some(1));
    settle(&mut rooms);
    assert!((height_below(&rooms, HOUSE_ROOF) - 7.0).abs() < 0.05);
    // The shed has no other level and stays as it is.
    assert!((height_below(&rooms, SHED_ROOF) - SHED_ROOF[2]).abs() < 0.05);
    let city = rooms.resource::<CityFeatures>();
    assert_eq!(city.with_id(HOUSE).len(), 1, "levels are not objects");
}

#[test]
fn roofs_taken_off_or_cut_away_let_the_pointer_through() {
    let (_folder, mut rooms) = rooms();
    *rooms.resource_mut::<LookInside>() = LookInside {
        roofs_hidden: true,
        interiors: true,
        cut: None,
    };
    settle(&mut rooms);
    let (hit, height) = hit_below(&rooms, TABLE_TOP).expect("the table");
    assert!((height - TABLE_TOP[2]).abs() < 0.05, "{height}");
    let city = rooms.resource::<CityFeatures>();
    let selected = city.get(city.selectable(hit.feature)).expect("an object");
    assert_eq!(
        selected.feature.id, TABLE,
        "furniture is selected by itself"
    );
    assert!(rooms.is_shown(Side::Left, ROOM));

    *rooms.resource_mut::<LookInside>() = LookInside {
        cut: Some(Cut {
            height_m: 0.6,
            everything: true,
        }),
        ..LookInside::default()
    };
    settle(&mut rooms);
    // Rooms are not asked for, so that the slab is the next thing.
    assert!(height_below(&rooms, TABLE_TOP).abs() < 0.05);
    assert!(height_below(&rooms, SHED_ROOF).abs() < 0.05);
    *rooms.resource_mut::<Selection>() = Selection::Object(HOUSE.to_owned());
    rooms.resource_mut::<LookInside>().cut = Some(Cut {
        height_m: 0.6,
        everything: false,
    });
    settle(&mut rooms);
    assert!(height_below(&rooms, TABLE_TOP).abs() < 0.05);
    assert!((height_below(&rooms, SHED_ROOF) - SHED_ROOF[2]).abs() < 0.05);
}

#[test]
fn a_house_is_there_from_its_first_year_unless_dates_do_not_count() {
    let (_folder, mut rooms) = rooms();
    assert!(rooms.is_shown(Side::Left, SHED));
    let before = "2009-06-01T12:00:00Z".parse().expect("a moment");
    rooms.resource_mut::<SceneClock>().pin(before);
    settle(&mut rooms);
    assert!(!rooms.is_shown(Side::Left, SHED) && rooms.is_shown(Side::Left, HOUSE));
    rooms.resource_mut::<CityHistory>().obeyed = false;
    settle(&mut rooms);
    assert!(rooms.is_shown(Side::Left, SHED));
}

#[test]
fn a_group_highlights_its_members() {
    let (_folder, mut rooms) = rooms();
    *rooms.resource_mut::<Selection>() = Selection::Object(GROUP.to_owned());
    settle(&mut rooms);
    for id in [HOUSE, SHED] {
        assert!(rooms.state_of(Side::Left, id).flags & SELECTED != 0, "{id}");
    }
    assert!(rooms.state_of(Side::Left, "relief").flags & SELECTED == 0);
}

/// A green that no plaster and no grass of the palette has.
fn is_texture(colour: Colour) -> bool {
    colour.green > 1.8 * colour.red && colour.green > 1.6 * colour.blue
}

#[test]
fn pictures_show_textures_whites_and_insides() {
    if !can_draw() {
        return;
    }
    let folder = SceneFolder::new();
    rich_house::write(&folder);
    let mut request =
        scenes::request_for(&[folder.scene().display().to_string()]).expect("a scene");
    request.live = false;
    request.time = "2026-06-21T11:26:00Z".parse().ok();
    let mut studio = Studio::open(request, SIZE, &mut |_, _| {}).expect("the district opens");

    let textured = photograph(&mut studio, STREET);
    assert!(
        is_texture(textured.at(HOUSE_WALL)),
        "{:?}",
        textured.at(HOUSE_WALL)
    );
    assert!(
        textured.at([10.0, 2.0, 7.3]).is_roof(),
        "what the theme leaves out is plain"
    );
    let above = photograph(&mut studio, ABOVE);
    assert!(above.at(HOUSE_ROOF).is_roof());

    choose(&mut studio, SurfaceLook::Semantic);
    let plain = photograph(&mut studio, STREET);
    assert!(plain.at(HOUSE_WALL).is_wall(), "{:?}", plain.at(HOUSE_WALL));
    choose(&mut studio, SurfaceLook::Neutral);
    let white = photograph(&mut studio, STREET);
    assert!(
        !white.at([10.0, 2.0, 7.3]).is_roof(),
        "{:?}",
        white.at([10.0, 2.0, 7.3])
    );
    choose(&mut studio, SurfaceLook::Theme(THEME.to_owned()));
    assert!(is_texture(photograph(&mut studio, STREET).at(HOUSE_WALL)));

    *studio.app_mut().world_mut().resource_mut::<LookInside>() = LookInside {
        roofs_hidden: true,
        ..LookInside::default()
    };
    let open = photograph(&mut studio, ABOVE);
    for roof in [HOUSE_ROOF, SHED_ROOF] {
        assert!(
            above.at(roof).is_roof() && !open.at(roof).is_roof(),
            "{:?}",
            open.at(roof)
        );
    }
    *studio.app_mut().world_mut().resource_mut::<LookInside>() = LookInside {
        cut: Some(Cut {
            height_m: 3.0,
            everything: true,
        }),
        ..LookInside::default()
    };
    let cut = photograph(&mut studio, ABOVE);
    assert!(
        !cut.at([10.0, 3.0, 0.0]).is_roof(),
        "{:?}",
        cut.at([10.0, 3.0, 0.0])
    );
    // What was cut away throws no shadow: light falls on the floor behind the ridge.
    let floor = cut.at([10.0, 9.0, 0.0]).brightness();
    assert!(
        floor > 0.8 * open.at([10.0, 3.0, 0.0]).brightness(),
        "{floor}"
    );
}

fn choose(studio: &mut Studio, look: SurfaceLook) {
    let world = studio.app_mut().world_mut();
    world.resource_mut::<Appearance>().choose(look);
}

fn photograph(studio: &mut Studio, view: &str) -> Photograph {
    let picture = studio
        .picture(Some(view), &mut |_, _| {})
        .expect("a picture");
    let rig = *studio.app_mut().world().resource::<CameraRig>();
    let area =
        egui::Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(SIZE.x as f32, SIZE.y as f32));
    Photograph {
        picture,
        projection: Projection::new(&rig, f64::from(VERTICAL_FOV_DEG), area),
    }
}
