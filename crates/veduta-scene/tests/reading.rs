//! Reading scenes that are right.

use std::path::{Path, PathBuf};

use veduta_scene::{
    Addition, ColourScale, Edit, Location, Placement, Scene, SceneError, Season, SourceKind,
};

const FULL: &str = include_str!("full.toml");

fn full() -> Scene {
    let (scene, diagnostics) = Scene::parse(FULL, Path::new("scenes")).unwrap();
    assert_eq!(diagnostics, []);
    scene
}

#[test]
fn everything_a_scene_can_say_arrives_in_the_model() {
    let scene = full();
    assert_eq!(scene.title, "Hafenviertel");
    assert!(scene.synthetic);
    assert_eq!(scene.origin.map(|origin| origin.height_m), Some(290.0));
    // A TOML date-time and a string are both moments.
    assert_eq!(
        scene.time.start.map(|start| start.to_string()).as_deref(),
        Some("2026-06-21T10:00:00Z")
    );
    assert_eq!(
        scene.viewpoints[0]
            .time
            .map(|time| time.to_string())
            .as_deref(),
        Some("2026-06-21T16:00:00Z")
    );
    assert_eq!(
        scene
            .time
            .zone()
            .and_then(|zone| zone.iana_name().map(str::to_owned))
            .as_deref(),
        Some("Europe/Berlin")
    );
    assert_eq!(scene.picture.season, Some(Season::Autumn));
    assert_eq!(scene.sources[2].kind, Some(SourceKind::Tiles3d));
    assert!(scene.sources[0].visible && !scene.sources[1].visible);
    assert_eq!(scene.overlays[0].colour_scale, ColourScale::Cividis);
    assert_eq!(scene.overlays[0].range, Some([0.0, 80.0]));
    assert_eq!(scene.brokers[0].simulate.as_deref(), Some("demo"));
    assert_eq!(
        scene.layer("buildings").map(|layer| layer.label.as_str()),
        Some("Gebäude")
    );
}

#[test]
fn edits_keep_their_order_and_say_where_designs_go() {
    let scene = full();
    let scenario = scene.scenario("courtyard").unwrap();
    assert!(matches!(
        scenario.edits.as_slice(),
        [Edit::Hide(_), Edit::Add(_), Edit::Add(_)]
    ));
    assert_eq!(
        scenario.hidden_ids().collect::<Vec<_>>(),
        ["hall-1", "hall-2"]
    );
    let additions: Vec<&Addition> = scenario.additions().collect();
    assert_eq!(
        additions[0].placement(),
        None,
        "a georeferenced file speaks for itself"
    );
    assert_eq!(
        additions[1].placement(),
        Some(Placement {
            longitude_deg: 9.181,
            latitude_deg: 48.781,
            height_m: None,
            heading_deg: 30.0,
            scale: 2.0
        })
    );
    assert_eq!(
        additions[1].location(&scene.base_directory),
        Ok(Location::Path("scenes/designs/tree.glb".into()))
    );
}

#[test]
fn what_is_not_named_is_named_after_its_file() {
    let scene = full();
    let names: Vec<_> = scene
        .sources
        .iter()
        .map(|source| source.name.as_str())
        .collect();
    assert_eq!(names, ["buildings", "Relief", "berlin"]);
    assert_eq!(scene.overlays[0].label, "no2");
    assert_eq!(
        scene.scenarios[0]
            .additions()
            .next()
            .map(|design| design.name.as_str()),
        Some("courtyard")
    );
}

#[test]
fn a_scene_file_gives_its_paths_a_start() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("harbour.toml");
    std::fs::write(&file, "[[sources]]\npath = \"../city.gml\"\n").unwrap();
    let (scene, diagnostics) = Scene::read(&file).unwrap();
    assert_eq!(diagnostics, []);
    assert_eq!(
        scene.title, "harbour",
        "a scene without a title is called after its file"
    );
    assert_eq!(
        scene.sources[0].location(&scene.base_directory),
        Ok(Location::Path(directory.path().join("../city.gml")))
    );
    assert_eq!(scene.file, Some(file));
}

#[test]
fn a_written_scene_reads_as_the_same_scene() {
    let scene = full();
    let text = scene.to_toml().unwrap();
    let (again, diagnostics) = Scene::parse(&text, &scene.base_directory).unwrap();
    assert_eq!(diagnostics, [], "{text}");
    assert_eq!(again, scene);
    // Nothing is written that was not said.
    assert!(
        !text.contains("poll_secs") && !text.contains("visible = true"),
        "{text}"
    );
}

#[test]
fn bare_files_make_a_scene() {
    let scene = Scene::from_sources(&[
        "a/city.gml",
        "b/city.gml",
        "https://example.org/x/tileset.json",
    ])
    .unwrap();
    let names: Vec<_> = scene
        .sources
        .iter()
        .map(|source| source.name.as_str())
        .collect();
    assert_eq!(names, ["city", "city (2)", "x"]);
    assert_eq!(scene.title, "city + 2");
    assert_eq!(
        scene.sources[0].location(&scene.base_directory),
        Ok(Location::Path(PathBuf::from("a/city.gml")))
    );
    assert!(Scene::from_sources(&["http://"]).is_err());
}

#[test]
fn files_that_are_no_scene_are_told_apart() {
    let directory = tempfile::tempdir().unwrap();
    let missing = Scene::read(&directory.path().join("none.toml")).unwrap_err();
    assert!(matches!(missing, SceneError::Read { .. }));
    assert!(missing.to_string().contains("none.toml"), "{missing}");

    let binary = directory.path().join("model.toml");
    std::fs::write(&binary, b"glTF\x02\x00\xff\xfe").unwrap();
    assert!(matches!(
        Scene::read(&binary),
        Err(SceneError::NotText { .. })
    ));

    let large = directory.path().join("large.toml");
    std::fs::write(&large, vec![b'#'; Scene::SIZE_LIMIT_BYTES as usize + 1]).unwrap();
    assert!(matches!(
        Scene::read(&large),
        Err(SceneError::TooLarge { .. })
    ));
}
