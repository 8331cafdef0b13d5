//! Where entities are, and which city object they belong to.

use std::cell::OnceCell;

use bevy::prelude::*;
use glam::{DMat4, DVec3};
use veduta_geo::Geodetic;

use super::LiveEntity;
use crate::city::{CityFeatures, CityHeights, FeatureRef, SceneFrame};

/// A sensor without a height hangs this high above ground, metres.
const DEFAULT_HEIGHT_M: f64 = 4.0;

/// Places entities that came or changed, and all of them when the city or the ground changed.
pub(super) fn place_entities(
    frame: Option<Res<SceneFrame>>,
    city: Res<CityFeatures>,
    heights: Res<CityHeights>,
    mut entities: Query<&mut LiveEntity>,
    mut placed_for: Local<u64>,
) {
    let Some(frame) = frame else { return };
    // Entities may come before anything says where the scene is.
    let everything = *placed_for != city.revision() || heights.is_changed() || frame.is_changed();
    *placed_for = city.revision();
    let enu_from_ecef = frame.enu().enu_from_ecef();
    let houses = OnceCell::new();
    for mut live in &mut entities {
        if !everything && !live.is_changed() {
            continue;
        }
        let place = place_of(&live.entity, &frame, &heights);
        let referred = live
            .referred_objects()
            .find(|id| !city.with_id(id).is_empty())
            .map(str::to_owned);
        let object_id = referred.or_else(|| {
            let houses = houses.get_or_init(|| houses_of(&city, enu_from_ecef));
            standing_in(place?, houses, &city)
        });
        let place = match (&object_id, place) {
            (Some(id), Some(place)) => Some(on_top_of(id, place, &city, enu_from_ecef)),
            (Some(id), None) => middle_of(id, &city, enu_from_ecef),
            (None, place) => place,
        };
        let live = live.bypass_change_detection();
        live.place_enu = place;
        live.object_id = object_id;
    }
}

/// Location on the ground, or at its own height where it has one.
fn place_of(entity: &ngsild::Entity, frame: &SceneFrame, heights: &CityHeights) -> Option<DVec3> {
    let position = entity.location_wgs84()?;
    let flat = Geodetic::new(
        position.longitude_deg,
        position.latitude_deg,
        position.height_m.unwrap_or(0.0),
    );
    let mut place = frame.point_enu_from_geodetic(flat);
    match heights.ground_at(place) {
        // A height at or below ground is one somebody left at 0.
        Some(ground) if position.height_m.is_none() || place.z < ground => {
            place.z = ground + DEFAULT_HEIGHT_M;
        }
        None if position.height_m.is_none() => place.z = DEFAULT_HEIGHT_M,
        _ => {}
    }
    Some(place)
}

/// A building with its box, for questions about many places.
struct House<'a> {
    building: FeatureRef<'a>,
    enu_from_local: DMat4,
    low_enu: DVec3,
    high_enu: DVec3,
}

fn houses_of(city: &CityFeatures, enu_from_ecef: DMat4) -> Vec<House<'_>> {
    let buildings = city.all().filter(is_building);
    buildings
        .filter_map(|building| {
            let (low_enu, high_enu) = building.bounds(enu_from_ecef)?;
            Some(House {
                building,
                enu_from_local: enu_from_ecef * building.tile.content.ecef_from_local,
                low_enu,
                high_enu,
            })
        })
        .collect()
}

/// The building whose outline holds a place.
fn standing_in(place_enu: DVec3, houses: &[House], city: &CityFeatures) -> Option<String> {
    let holding = houses.iter().find(|house| {
        (house.low_enu.x..=house.high_enu.x).contains(&place_enu.x)
            && (house.low_enu.y..=house.high_enu.y).contains(&place_enu.y)
            && outline_holds(house, place_enu)
    })?;
    let top = city.get(city.top_level(holding.building.index))?;
    Some(top.feature.id.clone())
}

fn is_building(feature: &FeatureRef) -> bool {
    matches!(
        feature.feature.object_type.as_str(),
        "Building" | "BuildingPart"
    )
}

/// Crossing number over all rings, so that courtyards are outside (Shimrat 1962).
fn outline_holds(house: &House, place_enu: DVec3) -> bool {
    let local = house.enu_from_local.inverse().transform_point3(place_enu);
    let (x, y) = (local.x as f32, local.y as f32);
    let mut inside = false;
    for ring in &house.building.feature.footprint {
        let next = ring.iter().cycle().skip(1);
        for (a, b) in ring.iter().zip(next) {
            let crosses =
                (a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0];
            if crosses {
                inside = !inside;
            }
        }
    }
    inside
}

fn bounds_of(id: &str, city: &CityFeatures, enu_from_ecef: DMat4) -> Option<(DVec3, DVec3)> {
    city.with_id(id)
        .iter()
        .flat_map(|index| city.with_descendants(*index))
        .filter_map(|index| city.get(index)?.bounds(enu_from_ecef))
        .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

/// Markers of indoor and roof sensors stand above their building, where they can be seen.
fn on_top_of(id: &str, place: DVec3, city: &CityFeatures, enu_from_ecef: DMat4) -> DVec3 {
    let top = bounds_of(id, city, enu_from_ecef).map_or(place.z, |(_, high)| high.z + 1.5);
    DVec3::new(place.x, place.y, place.z.max(top))
}

fn middle_of(id: &str, city: &CityFeatures, enu_from_ecef: DMat4) -> Option<DVec3> {
    let (low, high) = bounds_of(id, city, enu_from_ecef)?;
    let middle = (low + high) * 0.5;
    Some(DVec3::new(middle.x, middle.y, high.z + 1.5))
}
