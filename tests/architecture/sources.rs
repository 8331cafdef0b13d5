//! Which words belong to which room.

use std::path::Path;

use crate::workspace::{TextFile, rust_files};

/// A word in the product's code and where it may stand.
struct Rule {
    /// As written in code.
    words: &'static [&'static str],
    /// Only under these paths is the rule asked for; empty: everywhere.
    within: &'static [&'static str],
    /// Under these paths the words may stand.
    allowed: &'static [&'static str],
    /// What it protects.
    reason: &'static str,
}

/// Crates that neither open files or sockets of their own accord nor know what time it is.
const PURE: &[&str] = &[
    "crates/citygml-rs/",
    "crates/tiles3d/",
    "crates/veduta-analysis/",
    "crates/veduta-demo/",
    "crates/veduta-geo/",
    "crates/veduta-panels/",
    "crates/veduta-scene/",
    "crates/veduta-time/",
];

const RULES: &[Rule] = &[
    Rule {
        words: &[
            "Timestamp::now",
            "SystemTime::now",
            "Zoned::now",
            "Utc::now",
        ],
        within: &[],
        allowed: &[
            "src/clock/",
            "src/cli/",
            // The simulated sensors measure in the present, on a thread that has no clock resource.
            "src/live/embedded.rs",
            "crates/ngsild/src/clock.rs",
        ],
        reason: "there is one clock; everything else gets the moment as an argument",
    },
    Rule {
        words: &["Instant::now"],
        within: PURE,
        allowed: &[],
        reason: "a pure crate gives the same answer whenever it is asked",
    },
    Rule {
        words: &["std::net", "tokio::", "reqwest::"],
        within: PURE,
        allowed: &[],
        reason: "a pure crate opens no socket",
    },
    Rule {
        words: &[
            "std::fs",
            "fs::read",
            "fs::write",
            "File::open",
            "File::create",
        ],
        within: PURE,
        allowed: &[
            // Their interfaces take paths; each says so.
            "crates/citygml-rs/src/path/",
            "crates/citygml-rs/src/code_lists.rs",
            "crates/veduta-scene/src/read.rs",
            "crates/veduta-scene/src/recent.rs",
            "crates/veduta-demo/src/citygml/",
            "crates/veduta-demo/src/scene.rs",
        ],
        reason: "a pure crate opens no file but one whose path it was given",
    },
    Rule {
        words: &["std::env::"],
        within: PURE,
        allowed: &[],
        reason: "a pure crate is told what it needs",
    },
    Rule {
        words: &["Color32::from_"],
        within: &[],
        allowed: &["crates/veduta-panels/src/theme/"],
        reason: "colours of the interface are design tokens; name one in the theme and use it",
    },
    Rule {
        words: &["println!", "print!("],
        within: &[],
        allowed: &["src/cli/", "src/main.rs"],
        reason: "only the command line writes to the terminal; everything else reports",
    },
    Rule {
        words: &["process::exit"],
        within: &[],
        allowed: &["src/main.rs"],
        reason: "links must delete their subscriptions before the program ends",
    },
];

/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 5] = ["commands", "helpers", "misc", "util", "utils"];

fn is_under(path: &str, folders: &[&str]) -> bool {
    folders.iter().any(|folder| path.starts_with(folder))
}

/// The places where a rule is broken.
fn breaches(rule: &Rule, files: &[TextFile]) -> Vec<String> {
    files
        .iter()
        .filter(|file| file.is_product())
        .filter(|file| rule.within.is_empty() || is_under(&file.path, rule.within))
        .filter(|file| !is_under(&file.path, rule.allowed))
        .flat_map(|file| {
            file.product_lines()
                .filter(|(_, line)| rule.words.iter().any(|word| line.contains(word)))
                .map(|(number, line)| {
                    format!("{}:{number}: {line}\n    {}", file.path, rule.reason)
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn words_stay_in_their_rooms() {
    let files = rust_files();
    let broken: Vec<String> = RULES
        .iter()
        .flat_map(|rule| breaches(rule, &files))
        .collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn a_breach_is_found_and_tests_and_comments_are_not_meant() {
    let file = |path: &str, text: &str| TextFile {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let files = [
        file(
            "crates/veduta-time/src/clock.rs",
            "fn a() {\n    Timestamp::now();\n}\n",
        ),
        file("crates/veduta-time/src/speed.rs", "// Timestamp::now()\n"),
        file(
            "crates/veduta-time/src/store.rs",
            "fn a() {}\n#[cfg(test)]\nmod tests { Timestamp::now }\n",
        ),
        file("crates/veduta-time/tests/clock.rs", "Timestamp::now()\n"),
        file("src/clock/mod.rs", "Timestamp::now()\n"),
    ];
    let found = breaches(&RULES[0], &files);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("crates/veduta-time/src/clock.rs:2: "));
}

#[test]
fn no_name_is_empty() {
    for file in rust_files() {
        let path = Path::new(&file.path).with_extension("");
        let empty = path
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .find(|part| EMPTY_NAMES.contains(&part.as_ref()));
        assert_eq!(empty, None, "{}: name it after what it holds", file.path);
    }
}

#[test]
fn every_room_opens_with_what_it_is() {
    let bare: Vec<String> = rust_files()
        .into_iter()
        .filter(TextFile::is_product)
        .filter(|file| file.path.ends_with("/lib.rs") || file.path.ends_with("/mod.rs"))
        .filter(|file| !file.text.starts_with("//!"))
        .map(|file| file.path)
        .collect();
    assert!(
        bare.is_empty(),
        "these say not what they are for: {}",
        bare.join(", ")
    );
}
