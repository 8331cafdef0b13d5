//! Usage: what every command says when it is asked wrongly, and when there is no display.

use crate::{program::veduta, scene_folder::SceneFolder};

#[test]
fn help_names_every_command() {
    let help = veduta(&["--help"]);
    assert_eq!(help.code, Some(0), "{help:#?}");
    for command in ["open", "demo", "render", "inspect", "broker"] {
        let is_named = help
            .output
            .lines()
            .any(|line| line.trim_start().starts_with(command));
        assert!(is_named, "{command} is missing: {}", help.output);
        let own = veduta(&[command, "--help"]);
        assert_eq!(own.code, Some(0), "{own:#?}");
    }
}

#[test]
fn wrong_usage_ends_with_2() {
    let wrong: [&[&str]; 7] = [
        &["frobnicate"],
        &["open"],
        &["inspect"],
        &["inspect", "a.gml", "--colour"],
        &["render", "a.gml"],
        &["render", "a.gml", "-o", "a.png", "--size", "large"],
        &["broker", "--port", "many"],
    ];
    for arguments in wrong {
        let outcome = veduta(arguments);
        assert_eq!(outcome.code, Some(2), "{arguments:?}: {outcome:#?}");
        assert!(
            !outcome.errors.is_empty() && outcome.output.is_empty(),
            "{arguments:?}: {outcome:#?}"
        );
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let folder = SceneFolder::new();
    let absent = folder.path("absent.gml").display().to_string();
    let picture = folder.path("absent.png").display().to_string();
    let ways: [&[&str]; 4] = [
        &["inspect", &absent],
        &["inspect", &absent, "--json"],
        &["open", &absent],
        &["render", &absent, "-o", &picture],
    ];
    for arguments in ways {
        let outcome = veduta(arguments);
        assert_eq!(outcome.code, Some(1), "{arguments:?}: {outcome:#?}");
        let complaint = outcome.complaint();
        assert!(
            complaint.contains("absent.gml does not exist"),
            "{complaint}"
        );
        assert!(outcome.output.is_empty(), "{outcome:#?}");
    }
}

#[test]
#[cfg(target_os = "linux")]
fn without_a_display_open_says_so_and_what_to_do_instead() {
    let folder = SceneFolder::new();
    let scene = folder.scene().display().to_string();
    let ways: [&[&str]; 2] = [&["open", &scene], &[]];
    for arguments in ways {
        let outcome = veduta(arguments);
        assert_eq!(outcome.code, Some(1), "{outcome:#?}");
        let complaint = outcome.complaint();
        assert!(
            complaint.contains("no display") && complaint.contains("veduta render"),
            "{complaint}"
        );
    }
}

#[test]
fn a_scene_file_with_a_mistake_says_where_it_is() {
    let folder = SceneFolder::new();
    let scene = folder.write(
        "broken.toml",
        "title = \"Harbour\"\n[[sources]\npath = \"a.gml\"\n",
    );
    let outcome = veduta(&["render", &scene.display().to_string(), "-o", "never.png"]);
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    assert!(outcome.errors.contains("broken.toml"), "{outcome:#?}");
    assert!(
        outcome.errors.contains(":2") || outcome.errors.contains("line 2"),
        "{outcome:#?}"
    );
}
