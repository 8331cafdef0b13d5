//! Scenes with mistakes: each is found, at its line, with what to do.

use std::path::Path;

use proptest::prelude::*;
use veduta_scene::{Scene, SceneCode, SceneDiagnostic, SceneError, Severity};

fn diagnostics(text: &str) -> Vec<SceneDiagnostic> {
    match Scene::parse(text, Path::new("")) {
        Ok((_, diagnostics)) => diagnostics,
        Err(error) => panic!("{error}\nin\n{text}"),
    }
}

/// The one finding in `text`: its code, line and key.
fn only(text: &str) -> SceneDiagnostic {
    let mut found = diagnostics(text);
    assert_eq!(found.len(), 1, "{found:#?}");
    found.remove(0)
}

#[track_caller]
fn assert_found(text: &str, code: SceneCode, line: usize, key: &str, message: &str) {
    let found = only(text);
    assert_eq!(
        (found.code, found.position.map(|position| position.line)),
        (code, Some(line)),
        "{found}"
    );
    assert_eq!(found.key, key);
    assert!(found.message.contains(message), "{found}");
}

#[test]
fn a_misspelt_key_is_passed_over_with_a_suggestion() {
    let text = "titel = \"x\"\n[[sources]]\npath = \"a.gml\"\n";
    assert_found(
        text,
        SceneCode::UnknownKey,
        1,
        "titel",
        "did you mean `title`?",
    );
    let text = "[[sources]]\npath = \"a.gml\"\n  hieght_offset_m = 3\n";
    assert_found(
        text,
        SceneCode::UnknownKey,
        3,
        "sources[0].hieght_offset_m",
        "`height_offset_m`",
    );
    assert_eq!(only(text).position.map(|position| position.column), Some(3));
    assert_eq!(only(text).severity(), Severity::Warning);
}

#[test]
fn unknown_keys_are_found_inside_edits_and_optional_tables() {
    let text = "sources = [{ path = \"a.gml\" }]\norigin = { longitude_deg = 1, latitude_deg = 2, hight_m = 3 }\n";
    assert_found(
        text,
        SceneCode::UnknownKey,
        2,
        "origin.hight_m",
        "`height_m`",
    );
    let text = "sources = [{ path = \"a.gml\" }]\n[[scenarios]]\nname = \"s\"\n[[scenarios.edits]]\nadd = { path = \"b.glb\", longitude = 9 }\n";
    assert_found(
        text,
        SceneCode::UnknownKey,
        5,
        "scenarios[0].edits[0].add.longitude",
        "`longitude_deg`",
    );
}

#[test]
fn a_word_like_no_key_is_answered_with_the_keys_there_are() {
    let text = "[[sources]]\npath = \"a.gml\"\nwumpus = 1\n";
    assert_found(
        text,
        SceneCode::UnknownKey,
        3,
        "sources[0].wumpus",
        "`level_of_detail`",
    );
}

#[test]
fn locations() {
    assert_found(
        "[[sources]]\nname = \"x\"\n",
        SceneCode::Location,
        1,
        "sources[0]",
        "add one of them",
    );
    let text = "[[sources]]\npath = \"a.gml\"\nurl = \"http://b\"\n";
    assert_found(
        text,
        SceneCode::Location,
        1,
        "sources[0]",
        "keep one of them",
    );
    assert_found(
        "[[sources]]\nname = \"n\"\npath = \"\"\n",
        SceneCode::Location,
        3,
        "sources[0].path",
        "empty",
    );
    assert_found(
        "[[sources]]\nurl = \"ftp://b/c\"\n",
        SceneCode::Address,
        2,
        "sources[0].url",
        "only http and https",
    );
    let text = "[[brokers]]\nname = \"b\"\nurl = \"localhost:1026\"\n";
    assert_found(text, SceneCode::Address, 3, "brokers[0].url", "http");
}

#[test]
fn names() {
    let text =
        "[[sources]]\npath = \"a.gml\"\nlayer = \"buildngs\"\n[[layers]]\nname = \"buildings\"\n";
    assert_found(
        text,
        SceneCode::UnknownName,
        3,
        "sources[0].layer",
        "did you mean `buildings`?",
    );
    let text = "[[sources]]\npath = \"a\"\n[[layers]]\nname = \"x\"\n[[layers]]\nname = \"x\"\n";
    assert_found(
        text,
        SceneCode::DuplicateName,
        6,
        "layers[1].name",
        "earlier entry",
    );
    let text = "[[sources]]\npath = \"a\"\n[[scenarios]]\nname = \"baseline\"\n";
    assert_found(
        text,
        SceneCode::DuplicateName,
        4,
        "scenarios[0].name",
        "without edits",
    );
    let view = "[[sources]]\npath = \"a\"\n[[viewpoints]]\nname = \"v\"\nlongitude_deg = 0\nlatitude_deg = 0\nheight_m = 9\n";
    assert_found(
        &format!("{view}scenario = \"new\"\n"),
        SceneCode::UnknownName,
        8,
        "viewpoints[0].scenario",
        "`baseline`",
    );
    assert_eq!(diagnostics(&format!("{view}scenario = \"baseline\"\n")), []);
}

#[test]
fn numbers_out_of_range() {
    let source = "[[sources]]\npath = \"a\"\n";
    let text = format!(
        "{source}[[viewpoints]]\nname = \"v\"\nlongitude_deg = 48\nlatitude_deg = 129\nheight_m = 9\n"
    );
    assert_found(
        &text,
        SceneCode::OutOfRange,
        6,
        "viewpoints[0].latitude_deg",
        "from -90 to 90",
    );
    let text = format!(
        "{source}[[overlays]]\nname = \"o\"\nentity_type = \"T\"\nattribute = \"a\"\nrange = [80, 0]\n"
    );
    assert_found(
        &text,
        SceneCode::OutOfRange,
        7,
        "overlays[0].range",
        "lower end first",
    );
    let text = format!("{source}height_offset_m = nan\n");
    assert_found(
        &text,
        SceneCode::OutOfRange,
        3,
        "sources[0].height_offset_m",
        "write a number",
    );
    let text = format!("picture.vertical_exaggeration = 0\n{source}");
    assert_found(
        &text,
        SceneCode::OutOfRange,
        1,
        "picture.vertical_exaggeration",
        "from 0.1 to 20",
    );
}

#[test]
fn mended_numbers_are_safe_to_use() {
    let text = "[[sources]]\npath = \"a\"\n[[viewpoints]]\nname = \"v\"\nlongitude_deg = nan\nlatitude_deg = 129\nheight_m = inf\n[[overlays]]\nname = \"o\"\nentity_type = \"T\"\nattribute = \"a\"\nrange = [nan, 1]\nstale_after_secs = -1\n";
    let (scene, found) = Scene::parse(text, Path::new("")).unwrap();
    assert_eq!(found.len(), 5, "{found:#?}");
    let viewpoint = &scene.viewpoints[0];
    assert_eq!(
        (
            viewpoint.longitude_deg,
            viewpoint.latitude_deg,
            viewpoint.height_m
        ),
        (-180.0, 90.0, 0.0)
    );
    assert_eq!(
        (scene.overlays[0].range, scene.overlays[0].stale_after_secs),
        (None, None)
    );
}

#[test]
fn brokers() {
    assert_found(
        "[[brokers]]\nname = \"b\"\n",
        SceneCode::BrokerSettings,
        1,
        "brokers[0]",
        "embedded = true",
    );
    let text = "[[brokers]]\nname = \"b\"\nurl = \"http://b:1026\"\nsimulate = \"demo\"\n";
    assert_found(
        text,
        SceneCode::BrokerSettings,
        4,
        "brokers[0].simulate",
        "only the embedded broker",
    );
}

#[test]
fn times_and_zones() {
    let source = "[[sources]]\npath = \"a\"\n";
    let text = format!("time.timezone = \"Europe/Berln\"\n{source}");
    assert_found(
        &text,
        SceneCode::UnknownTimeZone,
        1,
        "time.timezone",
        "`Europe/Berlin`",
    );
    // A local time is refused: nobody said whose.
    for start in ["2026-06-21T12:00:00", "\"noon\"", "7"] {
        let error = Scene::parse(&format!("[time]\nstart = {start}\n"), Path::new("")).unwrap_err();
        assert_eq!(
            error.position().map(|position| position.line),
            Some(2),
            "{error}"
        );
        assert!(error.to_string().contains("offset from UTC"), "{error}");
    }
}

#[test]
fn half_a_placement_and_empty_things() {
    let scenario = "sources = [{ path = \"a\" }]\n[[scenarios]]\nname = \"s\"\nedits = [\n";
    let text = format!("{scenario} {{ add = {{ path = \"b.glb\", longitude_deg = 9 }} }},\n]\n");
    assert_found(
        &text,
        SceneCode::IncompletePlacement,
        5,
        "scenarios[0].edits[0].add",
        "both",
    );
    let text = format!("{scenario} {{ hide = [] }},\n]\n");
    assert_found(
        &text,
        SceneCode::Empty,
        5,
        "scenarios[0].edits[0]",
        "hides nothing",
    );
    assert_found("title = \"x\"\n", SceneCode::Empty, 1, "", "[[sources]]");
}

#[test]
fn text_that_is_no_scene_shows_the_line_and_what_to_do() {
    let error = Scene::parse(
        "title = \"x\"\nsources = [\n  { path = 7 },\n]\n",
        Path::new(""),
    )
    .unwrap_err();
    assert_eq!(
        error
            .position()
            .map(|position| (position.line, position.column)),
        Some((3, 12)),
        "{error}"
    );
    let shown = error.to_string();
    assert!(shown.contains("3 |   { path = 7 },\n"), "{shown}");
    assert!(
        shown.contains("  |            ^\n") || shown.ends_with("  |            ^"),
        "{shown}"
    );

    let error = Scene::parse("title = \"x\n", Path::new("")).unwrap_err();
    assert_eq!(
        error.position().map(|position| position.line),
        Some(1),
        "{error}"
    );
}

#[test]
fn a_misspelt_required_key_is_named_beside_the_error() {
    let error = Scene::parse("[[layers]]\nnmae = \"x\"\n", Path::new("")).unwrap_err();
    let SceneError::Invalid { also, .. } = &error else {
        panic!("{error}")
    };
    assert_eq!(also.len(), 1);
    let shown = error.to_string();
    assert!(
        shown.contains("missing field `name`") && shown.contains("did you mean `name`?"),
        "{shown}"
    );
}

#[test]
fn an_unknown_edit_or_kind_names_those_there_are() {
    let error = Scene::parse(
        "[[scenarios]]\nname = \"s\"\nedits = [{ remove = [\"a\"] }]\n",
        Path::new(""),
    )
    .unwrap_err();
    assert!(
        error.to_string().contains("`hide`") && error.to_string().contains("`add`"),
        "{error}"
    );
    assert_eq!(error.position().map(|position| position.line), Some(3));
    let error = Scene::parse(
        "[[sources]]\npath = \"a\"\nkind = \"shapefile\"\n",
        Path::new(""),
    )
    .unwrap_err();
    assert!(error.to_string().contains("`3dtiles`"), "{error}");
}

#[test]
fn an_edit_is_one_thing() {
    for edit in ["{ hide = [\"a\"], add = { path = \"b\" } }", "{}"] {
        let text = format!("[[scenarios]]\nname = \"s\"\nedits = [{edit}]\n");
        let error = Scene::parse(&text, Path::new("")).unwrap_err().to_string();
        assert!(error.contains("either `hide` or `add`"), "{error}");
    }
}

#[test]
fn findings_come_in_the_order_of_the_text_and_name_the_file() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("s.toml");
    std::fs::write(
        &file,
        "[[sources]]\nlayer = \"none\"\npath = \"a\"\nwumpus = 1\n[[sources]]\n",
    )
    .unwrap();
    let (_, found) = Scene::read(&file).unwrap();
    let codes: Vec<_> = found.iter().map(|finding| finding.code.code()).collect();
    assert_eq!(codes, ["SCN-005", "SCN-001", "SCN-002"]);
    assert!(
        found[0]
            .to_string()
            .starts_with(&format!("{}:2:9: warning SCN-005: ", file.display())),
        "{}",
        found[0]
    );
}

proptest! {
    /// Whatever is thrown at the reader, it answers and its positions lie in the text.
    #[test]
    fn no_text_makes_it_panic(cut in 0..FULL.len(), instead in "[\\PC\n]{0,12}") {
        let mut text: String = FULL.chars().take(cut).collect();
        text.push_str(&instead);
        let lines = text.lines().count().max(1) + 1;
        match Scene::parse(&text, Path::new("")) {
            Ok((_, found)) => for finding in found {
                prop_assert!(finding.position.is_none_or(|position| position.line <= lines));
            },
            Err(error) => prop_assert!(error.position().is_none_or(|position| position.line <= lines), "{}", error),
        }
    }
}

const FULL: &str = include_str!("full.toml");
