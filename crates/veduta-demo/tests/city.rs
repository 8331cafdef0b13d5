//! The city checks itself: closed shells, no overlaps, nothing on streets, everything on the ground.

use std::sync::LazyLock;

use geo::{Area, BooleanOps, BoundingRect, Coord, Intersects, LineString, Polygon};
use veduta_demo::{
    City, CityOptions, FaceKind, PavingUse, Quarter, RoofType, StreetSurface, generate_city,
};

static CITY: LazyLock<City> = LazyLock::new(|| generate_city(&CityOptions::default()));

fn polygon(ring: &[[f64; 3]]) -> Polygon<f64> {
    let points = ring.iter().map(|p| Coord { x: p[0], y: p[1] }).collect();
    Polygon::new(LineString::new(points), Vec::new())
}

/// (id, footprint) of every part of every building.
fn footprints() -> Vec<(String, Polygon<f64>)> {
    CITY.buildings
        .iter()
        .flat_map(|building| &building.parts)
        .flat_map(|part| {
            let ground = part
                .shell
                .faces
                .iter()
                .filter(|face| face.kind == FaceKind::Ground);
            ground.map(|face| (part.id.clone(), polygon(&face.exterior)))
        })
        .collect()
}

#[test]
fn it_is_a_whole_town() {
    assert!(
        CITY.buildings.len() >= 600,
        "{} buildings",
        CITY.buildings.len()
    );
    for quarter in [
        Quarter::OldTown,
        Quarter::PerimeterBlocks,
        Quarter::Terraces,
        Quarter::Villas,
        Quarter::SlabRows,
    ] {
        let count = CITY
            .buildings
            .iter()
            .filter(|building| building.quarter == quarter)
            .count();
        assert!(count >= 60, "{quarter:?}: {count}");
    }
    for roof in [
        RoofType::Flat,
        RoofType::Shed,
        RoofType::Gabled,
        RoofType::Hipped,
        RoofType::HalfHipped,
        RoofType::Mansard,
        RoofType::Pyramidal,
        RoofType::Sawtooth,
        RoofType::Spire,
    ] {
        assert!(
            CITY.buildings
                .iter()
                .flat_map(|building| &building.parts)
                .any(|part| part.roof == roof),
            "no {roof:?}"
        );
    }
    for name in [
        "Stadtkirche St. Michael",
        "Rathaus",
        "Schillerschule",
        "Altes Werk",
        "Turm am Ufer",
        "Aussichtsturm",
    ] {
        assert!(
            CITY.buildings
                .iter()
                .any(|building| building.name.as_deref() == Some(name)),
            "no {name}"
        );
    }
    assert!(CITY.trees.len() > 2_000);
    assert!(CITY.terrain.triangles().count() < 60_000);
}

#[test]
fn every_shell_is_closed_and_faces_outwards() {
    for part in CITY.buildings.iter().flat_map(|building| &building.parts) {
        let open = part.shell.open_edges();
        assert!(open.is_empty(), "{} has open edges {open:?}", part.id);
        assert!(
            part.shell.volume_m3() > 20.0,
            "{} holds {} m3",
            part.id,
            part.shell.volume_m3()
        );
    }
}

#[test]
fn every_face_is_planar_to_the_millimetre() {
    for part in CITY.buildings.iter().flat_map(|building| &building.parts) {
        for face in &part.shell.faces {
            let origin = face.exterior[0];
            let minus = |p: [f64; 3]| [p[0] - origin[0], p[1] - origin[1], p[2] - origin[2]];
            let mut normal = [0.0; 3];
            for (i, a) in face.exterior.iter().enumerate() {
                let (a, b) = (
                    minus(*a),
                    minus(face.exterior[(i + 1) % face.exterior.len()]),
                );
                normal[0] += a[1] * b[2] - a[2] * b[1];
                normal[1] += a[2] * b[0] - a[0] * b[2];
                normal[2] += a[0] * b[1] - a[1] * b[0];
            }
            let length = normal.iter().map(|n| n * n).sum::<f64>().sqrt();
            assert!(
                length > 1e-3,
                "{} has a face without area: {:?}",
                part.id,
                face.exterior
            );
            for p in face.rings().flatten() {
                let w = minus(*p);
                let away = (w[0] * normal[0] + w[1] * normal[1] + w[2] * normal[2]) / length;
                assert!(away.abs() < 1e-3, "{} is bent by {away} m", part.id);
            }
        }
    }
}

#[test]
fn roofs_lie_over_grounds_and_heights_are_plausible() {
    for building in &CITY.buildings {
        let height = building.measured_height_m();
        assert!(
            (2.0..72.0).contains(&height),
            "{} is {height} m high",
            building.id
        );
        for part in &building.parts {
            let (low, _) = part.shell.height_range();
            let roofs = part
                .shell
                .faces
                .iter()
                .filter(|face| face.kind == FaceKind::Roof);
            assert!(roofs.clone().count() > 0, "{} has no roof", part.id);
            for p in roofs.flat_map(|face| &face.exterior) {
                assert!(p[2] > low + 1.5, "{} has a roof at its foot", part.id);
            }
        }
    }
}

#[test]
fn no_two_buildings_overlap() {
    let footprints = footprints();
    let boxes: Vec<_> = footprints
        .iter()
        .filter_map(|(_, outline)| outline.bounding_rect())
        .collect();
    assert_eq!(boxes.len(), footprints.len());
    for i in 0..footprints.len() {
        for j in i + 1..footprints.len() {
            if !boxes[i].intersects(&boxes[j]) {
                continue;
            }
            let shared = footprints[i]
                .1
                .intersection(&footprints[j].1)
                .unsigned_area();
            assert!(
                shared < 0.1,
                "{} and {} share {shared} m2",
                footprints[i].0,
                footprints[j].0
            );
        }
    }
}

#[test]
fn terrain_pierces_no_street_and_streets_do_not_float() {
    for surface in CITY.street_surfaces() {
        for piece in &surface.pieces {
            let middle = [0, 1, 2].map(|k| {
                piece.exterior.iter().map(|p| p[k]).sum::<f64>() / piece.exterior.len() as f64
            });
            for p in piece.exterior.iter().chain([&middle]) {
                let above = p[2] - CITY.terrain.height(p[0], p[1]);
                assert!(
                    (0.1..0.5).contains(&above),
                    "{} lies {above} m over the terrain at {p:?}",
                    surface.name
                );
            }
        }
    }
}

#[test]
fn no_building_stands_on_a_street_or_in_the_water() {
    let is_street = |surface: &StreetSurface| surface.paving_use != PavingUse::Square;
    let streets = CITY.street_surfaces().into_iter().filter(is_street);
    let paved: Vec<_> = streets
        .flat_map(|surface| surface.pieces)
        .map(|piece| polygon(&piece.exterior))
        .collect();
    let waters = CITY.waters.iter().map(|water| polygon(&water.surface));
    let taken: Vec<_> = paved
        .into_iter()
        .chain(waters)
        .filter_map(|outline| outline.bounding_rect().map(|bounds| (bounds, outline)))
        .collect();
    for (id, footprint) in footprints() {
        let bounds = footprint
            .bounding_rect()
            .expect("a footprint has an extent");
        for (_, outline) in taken.iter().filter(|(other, _)| other.intersects(&bounds)) {
            let shared = footprint.intersection(outline).unsigned_area();
            assert!(
                shared < 0.1,
                "{id} stands on {shared} m2 of street or water"
            );
        }
    }
}

#[test]
fn every_building_touches_the_ground() {
    for part in CITY.buildings.iter().flat_map(|building| &building.parts) {
        let (low, high) = part.shell.height_range();
        for p in part
            .shell
            .faces
            .iter()
            .filter(|face| face.kind == FaceKind::Ground)
            .flat_map(|face| &face.exterior)
        {
            let ground = CITY.terrain.height(p[0], p[1]);
            assert!(
                low < ground && ground < high,
                "{}: {low}..{high} but ground at {ground}",
                part.id
            );
            assert!(
                ground - low < 9.0,
                "{} is buried by {} m",
                part.id,
                ground - low
            );
        }
    }
}

#[test]
fn trees_stand_on_the_ground_outside_of_walls() {
    let footprints = footprints();
    for tree in &CITY.trees {
        let [x, y, z] = tree.foot;
        assert!((CITY.terrain.height(x, y) - z).abs() < 1e-6);
        let point = geo::Point::new(x, y);
        let inside = footprints
            .iter()
            .find(|(_, outline)| outline.intersects(&point));
        assert!(
            inside.is_none(),
            "{} grows in {:?}",
            tree.id,
            inside.map(|(id, _)| id)
        );
    }
}

#[test]
fn addresses_are_unique() {
    let mut addresses: Vec<_> = CITY
        .buildings
        .iter()
        .map(|building| &building.address)
        .collect();
    let count = addresses.len();
    addresses.sort();
    addresses.dedup();
    assert_eq!(addresses.len(), count);
}

#[test]
fn another_seed_gives_another_town_that_is_whole_too() {
    let other = generate_city(&CityOptions { seed: 7 });
    assert!(other.buildings.len() >= 600);
    for part in other.buildings.iter().flat_map(|building| &building.parts) {
        assert!(part.shell.open_edges().is_empty(), "{}", part.id);
    }
    let height = |city: &City| city.buildings[40].measured_height_m();
    assert!((height(&other) - height(&CITY)).abs() > 1e-6);
}
