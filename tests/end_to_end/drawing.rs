//! What must be in a picture, looked up where the district's geometry says it is.

use crate::{
    album::{SIZE, album},
    district::{HOUSE_ROOF, HOUSE_WALL, PAVILION_ROOF, Place, TOWER_HEIGHT_M},
};

/// Level ground with nothing near it.
const OPEN_GROUND: Place = [30.0, -45.0, 0.0];
/// Ground that the tower shades at noon: its shadow is 19 metres long.
const NORTH_OF_TOWER: Place = [-54.0, 15.0, 0.0];
/// Ground as near to the tower, on the side of the sun.
const SOUTH_OF_TOWER: Place = [-54.0, -15.0, 0.0];
/// The middle of the tower's roof.
const TOWER_ROOF: Place = [-54.0, 0.0, TOWER_HEIGHT_M];

#[test]
fn sky_roof_wall_and_ground_are_where_they_must_be() {
    let Some(album) = album() else { return };
    let street = &album.street;
    assert_eq!(street.picture.dimensions(), (SIZE.x, SIZE.y));
    for column in [20, SIZE.x / 2, SIZE.x - 20] {
        let sky = street.around(column, 10);
        assert!(sky.is_sky(), "no sky at the top, column {column}: {sky:?}");
    }
    let roof = street.at(HOUSE_ROOF);
    assert!(roof.is_roof(), "no roof: {roof:?}");
    let wall = street.at(HOUSE_WALL);
    assert!(wall.is_wall(), "no wall: {wall:?}");
    let ground = street.at([10.0, -25.0, 0.0]);
    assert!(ground.is_ground(), "no ground: {ground:?}");
}

#[test]
fn the_plan_seen_from_above_is_that_of_the_file() {
    let Some(album) = album() else { return };
    let above = &album.above;
    assert!(above.at(TOWER_ROOF).is_roof(), "{:?}", above.at(TOWER_ROOF));
    assert!(above.at(HOUSE_ROOF).is_roof(), "{:?}", above.at(HOUSE_ROOF));
    // Two metres inside and outside the eaves of the house.
    for (inside, outside) in [
        ([2.0, 3.0, 8.0], [-2.0, 3.0, 0.0]),
        ([18.0, 3.0, 8.0], [23.0, 3.0, 0.0]),
        ([10.0, 2.0, 7.3], [10.0, -2.0, 0.0]),
        ([10.0, 10.0, 7.3], [20.0, 20.0, 0.0]),
    ] {
        let (inside, outside) = (above.at(inside), above.at(outside));
        assert!(inside.is_roof(), "no roof within the eaves: {inside:?}");
        assert!(!outside.is_roof(), "a roof beyond the eaves: {outside:?}");
    }
}

#[test]
fn a_scenario_takes_the_house_away_and_sets_its_design_down() {
    let Some(album) = album() else { return };
    let ground = album.above.at(OPEN_GROUND);
    assert!(ground.is_ground(), "{ground:?}");

    let site = album.garden.at(HOUSE_ROOF);
    assert!(
        site.difference(ground) < 12.0,
        "where the house was there is {site:?} and not ground, {ground:?}"
    );
    let before = album.above.at(PAVILION_ROOF);
    assert!(
        before.difference(ground) < 12.0,
        "the design shows in the baseline: {before:?}"
    );
    let after = album.garden.at(PAVILION_ROOF);
    assert!(after.is_roof(), "the design is missing: {after:?}");
    let untouched = album
        .garden
        .at(TOWER_ROOF)
        .difference(album.above.at(TOWER_ROOF));
    assert!(
        untouched < 3.0,
        "what the scenario does not name has changed by {untouched}"
    );
}

#[test]
fn the_tower_throws_its_shadow_to_the_north_at_noon() {
    let Some(album) = album() else { return };
    let (shaded, lit) = (
        album.above.at(NORTH_OF_TOWER),
        album.above.at(SOUTH_OF_TOWER),
    );
    assert!(
        shaded.brightness() < 0.85 * lit.brightness(),
        "north of the tower {shaded:?}, south of it {lit:?}"
    );
    let far = album.above.at(OPEN_GROUND);
    assert!(
        shaded.brightness() < 0.85 * far.brightness(),
        "{shaded:?}, far away {far:?}"
    );
    // Beyond the end of the shadow the sun shines.
    let beyond = album.above.at([-54.0, 40.0, 0.0]);
    assert!(
        beyond.brightness() > 0.93 * far.brightness(),
        "{beyond:?}, far away {far:?}"
    );
}

#[test]
fn without_shadows_both_sides_of_the_tower_are_alike() {
    let Some(album) = album() else { return };
    let north = album.unshadowed.at(NORTH_OF_TOWER);
    let south = album.unshadowed.at(SOUTH_OF_TOWER);
    assert!(
        north.difference(south) < 8.0,
        "north {north:?}, south {south:?}"
    );
}

#[test]
fn the_night_is_darker_than_noon() {
    let Some(album) = album() else { return };
    let (noon, night) = (
        album.street.mean().brightness(),
        album.night.mean().brightness(),
    );
    assert!(night < 0.7 * noon, "noon {noon}, night {night}");
    let sky = (
        album.street.around(240, 10).brightness(),
        album.night.around(240, 10).brightness(),
    );
    assert!(sky.1 < 0.75 * sky.0, "sky at noon and at night: {sky:?}");
    assert!(night > 5.0, "something can still be seen: {night}");
}

#[test]
fn the_selected_building_stands_out() {
    let Some(album) = album() else { return };
    let changed = album
        .selected
        .at(HOUSE_ROOF)
        .difference(album.above.at(HOUSE_ROOF));
    assert!(
        changed > 40.0,
        "the selected house changed by {changed} only"
    );
    let other = album
        .selected
        .at(TOWER_ROOF)
        .difference(album.above.at(TOWER_ROOF));
    assert!(
        other < 3.0,
        "a house that is not selected changed by {other}"
    );
}
