//! What is written can be read: by the reader of this project, and as the scene file it claims to be.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::LazyLock;

use citygml_rs::{CityObject, Diagnostics, ReadOptions, SurfaceKind, read_path, triangulate};
use veduta_demo::{
    CITY_FILES, City, CityOptions, SRS_NAME, designs, generate_city, replaced_ids, write_citygml,
    write_demo, write_design,
};
use veduta_scene::Scene;

static CITY: LazyLock<City> = LazyLock::new(|| generate_city(&CityOptions::default()));

fn read(path: &Path) -> Vec<CityObject> {
    let mut objects = Vec::new();
    let mut diagnostics = Diagnostics::new();
    let mut keep = |object| {
        objects.push(object);
        ControlFlow::Continue(())
    };
    let summary = read_path(
        path,
        &ReadOptions::default(),
        &mut diagnostics,
        &mut keep,
        &mut |_, _| {},
    );
    let summary = summary.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert_eq!(summary.srs_name.as_deref(), Some(SRS_NAME));
    assert_eq!(summary.version.as_deref(), Some("2.0"));
    assert!(
        diagnostics.items.is_empty(),
        "{}: {:?}",
        path.display(),
        &diagnostics.items[..1]
    );
    objects
}

fn surfaces<'a>(object: &'a CityObject, found: &mut Vec<&'a citygml_rs::Surface>) {
    found.extend(&object.surfaces);
    for child in &object.children {
        surfaces(child, found);
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    let bytes = |city: &City| {
        let mut bytes = Vec::new();
        write_citygml(city, &mut bytes).expect("memory takes every byte");
        bytes
    };
    let first = bytes(&CITY);
    assert!(first == bytes(&generate_city(&CityOptions::default())));
    assert!(first != bytes(&generate_city(&CityOptions { seed: 1 })));
}

#[test]
fn files_and_scene_are_read_back_without_complaint() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let scene_path = write_demo(&CITY, folder.path()).expect("a folder of our own is writable");

    let mut counts = BTreeMap::new();
    for file in CITY_FILES {
        for object in read(&folder.path().join(file)) {
            *counts.entry(object.object_type.clone()).or_insert(0_usize) += 1;
            let mut all = Vec::new();
            surfaces(&object, &mut all);
            assert!(!all.is_empty(), "{} has no geometry", object.id);
            for surface in all {
                let triangles = triangulate(&surface.polygon);
                assert!(
                    triangles.is_ok(),
                    "{} line {}: {triangles:?}",
                    object.id,
                    surface.line
                );
            }
        }
    }
    assert_eq!(counts["Building"], CITY.buildings.len());
    assert_eq!(counts["SolitaryVegetationObject"], CITY.trees.len());
    assert_eq!(counts["Bridge"], 2);
    assert_eq!(counts["WaterBody"], 2);
    assert_eq!(counts["ReliefFeature"], 1);
    assert_eq!(counts["Square"], 3);
    assert!(counts["Road"] > 40);

    let (scene, complaints) = Scene::read(&scene_path).expect("a scene file");
    assert!(complaints.is_empty(), "{complaints:?}");
    assert!(scene.synthetic);
    assert!(scene.viewpoints.len() >= 6);
    assert_eq!(scene.scenarios.len(), 2);
    for source in &scene.sources {
        let path = folder
            .path()
            .join(source.path.as_deref().expect("sources are files"));
        assert!(path.is_file(), "{}", path.display());
    }
    let ids: Vec<String> = replaced_ids(&CITY);
    for scenario in &scene.scenarios {
        assert_eq!(scenario.hidden_ids().collect::<Vec<_>>(), ids);
        for addition in scenario.additions() {
            let design = read(
                &folder
                    .path()
                    .join(addition.path.as_deref().expect("designs are files")),
            );
            assert!(design.iter().any(|object| object.object_type == "Building"));
        }
    }
}

#[test]
fn a_building_reads_as_it_was_meant() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("city.gml");
    let file = std::fs::File::create(&path).expect("a file of our own");
    write_citygml(&CITY, std::io::BufWriter::new(file)).expect("a disk with room");
    let objects = read(&path);

    let church = objects
        .iter()
        .find(|object| object.name.as_deref() == Some("Stadtkirche St. Michael"));
    let church = church.expect("the church");
    assert_eq!(church.children.len(), 5);
    assert!(church.surfaces.is_empty());
    let attribute = |name: &str| {
        church
            .attributes
            .iter()
            .find(|attribute| attribute.name == name)
            .map(|a| a.value.to_string())
    };
    assert_eq!(attribute("synthetic").as_deref(), Some("true"));
    assert_eq!(attribute("yearOfConstruction").as_deref(), Some("1467"));
    let address = church.address.as_deref().expect("an address");
    assert!(address.contains("Vedutastadt"), "{address}");

    for building in &CITY.buildings {
        let object = objects
            .iter()
            .find(|object| object.id == building.id)
            .expect("every building is written");
        let mut found = Vec::new();
        surfaces(object, &mut found);
        let faces: usize = building
            .parts
            .iter()
            .map(|part| part.shell.faces.len())
            .sum();
        // Faces shared by solid and boundary surfaces appear once, with their meaning.
        assert_eq!(found.len(), faces, "{}", building.id);
        assert!(found.iter().all(|surface| matches!(
            surface.kind,
            SurfaceKind::Wall | SurfaceKind::Roof | SurfaceKind::Ground
        )));
    }
}

#[test]
fn designs_stand_where_the_old_works_stood() {
    let works = CITY
        .buildings
        .iter()
        .find(|building| building.name.as_deref() == Some("Altes Werk"))
        .expect("the works");
    let (x, y) = works.centre();
    let designs = designs(&CITY);
    assert_eq!(designs.len(), 2);
    for design in &designs {
        assert!(
            design.buildings.len() >= 4,
            "{} has {}",
            design.name,
            design.buildings.len()
        );
        assert!(design.trees.len() > 5);
        for building in &design.buildings {
            let (bx, by) = building.centre();
            assert!(
                (bx - x).hypot(by - y) < 110.0,
                "{} at {bx}, {by}",
                building.id
            );
            assert!(
                building
                    .parts
                    .iter()
                    .all(|part| part.shell.open_edges().is_empty())
            );
        }
        let mut bytes = Vec::new();
        write_design(design, &mut bytes).expect("memory takes every byte");
        assert!(bytes.len() > 50_000);
    }
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("taken");
    std::fs::write(&file, "a file, not a folder").expect("a file of our own");
    let error = write_demo(&CITY, &file).expect_err("a file is no folder");
    assert!(error.to_string().contains("taken"), "{error}");
}
