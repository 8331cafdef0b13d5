//! A ground for scenes whose sources bring none: smooth between the feet of the buildings.
//!
//! It is assumed, not measured, and says so in its feature; analyses must not use it.

use glam::DVec3;
use tiles3d::{Feature, FeatureAttribute, FeatureValue, TileContent, TileMesh, surface_class};

use super::{features::CityFeatures, frame::SceneFrame, height_field::HeightField};

/// Cells per side of the plate.
const PLATE_SIZE: usize = 128;
/// How far the plate lies below the feet, so that they do not float and it does not pierce floors.
const CLEARANCE_M: f32 = 0.12;
/// Rings and sectors of the round plate.
const RINGS: usize = 56;
const SECTORS: usize = 144;
/// Height of its rim as part of its radius.
const RIM_SHARE: f64 = 0.015;
/// Identifier of the plate's feature.
pub const ASSUMED_GROUND_ID: &str = "assumed-ground";

/// The plate under everything loaded, `None` when there is nothing to stand on it or the scene
/// has ground of its own.
pub fn assumed_ground(city: &CityFeatures, frame: &SceneFrame) -> Option<TileContent> {
    let has_ground = city.tiles().any(|(_, tile)| {
        tile.content
            .meshes
            .iter()
            .any(|mesh| mesh.surface_classes.contains(&surface_class::TERRAIN))
    });
    if has_ground {
        return None;
    }
    let enu_from_ecef = frame.enu().enu_from_ecef();
    let standing: Vec<(DVec3, DVec3)> = city
        .iter()
        .filter(|feature| tells_the_ground(feature.feature))
        .filter_map(|feature| feature.bounds(enu_from_ecef))
        .collect();
    let low = standing.iter().fold(DVec3::INFINITY, |low, b| low.min(b.0));
    let high = standing
        .iter()
        .fold(DVec3::NEG_INFINITY, |high, b| high.max(b.1));
    let extent = (high - low).truncate().max_element();
    if !extent.is_finite() || extent <= 0.0 || extent > 20_000.0 {
        return None;
    }
    let side = (high - low).truncate().length() * 1.25 + 60.0;
    let centre = (low + high) * 0.5;
    let corner = [centre.x - side * 0.5, centre.y - side * 0.5];
    let mut field = HeightField::new(corner, side, PLATE_SIZE);
    for (min, max) in &standing {
        set_feet(&mut field, min, max);
    }
    field.fill_ground();
    smooth(&mut field.ground_m, PLATE_SIZE);
    Some(plate(&field, frame, centre))
}

/// Whether an object stands on the ground. Cellars and tunnels lie below it, and a footprint of another level of detail
/// often lies at height 0.
fn tells_the_ground(feature: &Feature) -> bool {
    !feature.is_interior
        && feature.variant_of.is_none()
        && !feature.object_type.starts_with("Tunnel")
        && feature.object_type != "HollowSpace"
}

/// Every cell under a box gets its foot; the lowest wins.
fn set_feet(field: &mut HeightField, min: &DVec3, max: &DVec3) {
    let cell = |value: f64, from: f64| {
        (((value - from) / field.cell_m).floor().max(0.0) as usize).min(field.size - 1)
    };
    let (west, east) = (cell(min.x, field.min_enu[0]), cell(max.x, field.min_enu[0]));
    let (south, north) = (cell(min.y, field.min_enu[1]), cell(max.y, field.min_enu[1]));
    for row in south..=north {
        for column in west..=east {
            let at = row * field.size + column;
            field.ground_m[at] = field.ground_m[at].min(min.z as f32 - CLEARANCE_M);
        }
    }
}

/// Three rounds of averaging with neighbours that never rise above the feet.
fn smooth(ground: &mut [f32], size: usize) {
    let feet = ground.to_vec();
    for _ in 0..3 {
        let before = ground.to_vec();
        for row in 1..size - 1 {
            for column in 1..size - 1 {
                let at = row * size + column;
                let around =
                    before[at - 1] + before[at + 1] + before[at - size] + before[at + size];
                ground[at] = feet[at].min(around * 0.125 + before[at] * 0.5);
            }
        }
    }
}

fn plate(field: &HeightField, frame: &SceneFrame, centre: DVec3) -> TileContent {
    let base = f64::from(field.range_m().map_or(0.0, |(low, _)| low));
    let origin_enu = DVec3::new(centre.x, centre.y, base);
    let radius = field.extent_m() * 0.5 - field.cell_m;
    let height = |east: f64, north: f64| field.ground_at(east, north).unwrap_or(base);
    let mut mesh = TileMesh::default();
    // Rings from the middle outwards, the last one hanging down as the rim of a turntable.
    for ring in 0..=RINGS + 1 {
        let share = ring.min(RINGS) as f64 / RINGS as f64;
        for sector in 0..SECTORS {
            let (sin, cos) = (std::f64::consts::TAU * sector as f64 / SECTORS as f64).sin_cos();
            let (east, north) = (
                centre.x + radius * share * cos,
                centre.y + radius * share * sin,
            );
            let is_rim = ring > RINGS;
            let drop = if is_rim { radius * RIM_SHARE } else { 0.0 };
            let point = DVec3::new(east, north, height(east, north) - drop) - origin_enu;
            mesh.positions.push(point.as_vec3().to_array());
            let step = field.cell_m;
            let slope_east = height(east + step, north) - height(east - step, north);
            let slope_north = height(east, north + step) - height(east, north - step);
            let normal = if is_rim {
                DVec3::new(cos, sin, 0.0)
            } else {
                DVec3::new(-slope_east, -slope_north, 2.0 * step).normalize()
            };
            mesh.normals.push(normal.as_vec3().to_array());
        }
    }
    for ring in 0..=RINGS {
        for sector in 0..SECTORS {
            let next = (sector + 1) % SECTORS;
            let [a, b] = [sector, next].map(|s| (ring * SECTORS + s) as u32);
            let [c, d] = [sector, next].map(|s| ((ring + 1) * SECTORS + s) as u32);
            mesh.indices.extend([a, c, d, a, d, b]);
        }
    }
    mesh.feature_ids = vec![0; mesh.positions.len()];
    mesh.surface_classes = vec![surface_class::TERRAIN; mesh.positions.len()];
    let bounds = mesh.positions.iter().fold(
        [[f32::MAX; 3], [f32::MIN; 3]],
        |[mut low, mut high], point| {
            for axis in 0..3 {
                low[axis] = low[axis].min(point[axis]);
                high[axis] = high[axis].max(point[axis]);
            }
            [low, high]
        },
    );
    TileContent {
        ecef_from_local: frame.enu().ecef_from_enu() * glam::DMat4::from_translation(origin_enu),
        meshes: vec![mesh],
        features: vec![Feature {
            id: ASSUMED_GROUND_ID.to_owned(),
            object_type: "AssumedGround".to_owned(),
            attributes: vec![FeatureAttribute {
                name: "origin".to_owned(),
                value: FeatureValue::Text(
                    "interpolated between the feet of the buildings; not measured".to_owned(),
                ),
                unit: None,
            }],
            bounds_local: bounds,
            ..Feature::default()
        }],
        ..TileContent::default()
    }
}
