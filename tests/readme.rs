//! The scene file shown in the README is one that Veduta opens without complaint.

use std::path::Path;

use veduta_scene::Scene;

#[test]
fn the_scene_in_the_readme_is_valid() {
    let readme = include_str!("../README.md");
    let example = readme
        .split_once("```toml\n")
        .and_then(|(_, rest)| rest.split_once("```"))
        .map(|(example, _)| example)
        .expect("the README shows a scene file");

    let (scene, diagnostics) = Scene::parse(example, Path::new(".")).expect("it is a scene");
    assert!(diagnostics.is_empty(), "{diagnostics:#?}");
    assert_eq!(scene.sources.len(), 1);
    assert_eq!(scene.brokers.len(), 1);
    assert_eq!(scene.scenarios.len(), 1);
    assert_eq!(scene.scenarios[0].edits.len(), 2);
}
