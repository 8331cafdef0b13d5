//! Who may depend on whom.

use std::collections::BTreeMap;

use crate::workspace::{folders_in, packages};

/// The program's own package.
const PROGRAM: &str = "veduta";

/// Which crates of the workspace a crate may use. The program may use all; a crate that is not here has no place yet.
const MAY_USE: &[(&str, &[&str], &str)] = &[
    ("citygml-rs", &[], "it is to be published on its own"),
    (
        "tiles3d",
        &[],
        "selection and decoding know no renderer and no other source",
    ),
    ("ngsild", &[], "it knows nothing of scenes, maps or markers"),
    ("veduta-geo", &[], "reference systems know no geometry"),
    (
        "veduta-time",
        &[],
        "time is an argument and a series is numbers",
    ),
    (
        "veduta-scene",
        &[],
        "it is the model of a file; what a source holds is for who loads it",
    ),
    (
        "veduta-analysis",
        &[],
        "it computes with plain values, so that results can be repeated",
    ),
    (
        "veduta-demo",
        &[],
        "it writes files that any reader must understand",
    ),
    (
        "veduta-panels",
        &[],
        "panels get models and give commands; the app translates",
    ),
    (
        "veduta-sources",
        &["citygml-rs", "tiles3d", "veduta-geo"],
        "the one door joins readers, tile trees and reference systems, and nothing else",
    ),
];

/// Outside dependencies that belong to few packages; a `*` at the end stands for any ending.
const BELONGS_TO: &[(&str, &[&str], &str)] = &[
    (
        "bevy*",
        &[PROGRAM],
        "only the program knows the engine; crates build and test in seconds",
    ),
    ("wgpu*", &[PROGRAM], "only the program draws"),
    (
        "egui*",
        &[PROGRAM, "veduta-panels"],
        "only panels know the interface toolkit",
    ),
    (
        "reqwest",
        &[PROGRAM, "ngsild", "veduta-sources"],
        "only these open sockets",
    ),
    (
        "tokio",
        &[PROGRAM, "ngsild", "veduta-sources"],
        "only these open sockets",
    ),
    (
        "hyper*",
        &[PROGRAM, "ngsild", "veduta-sources"],
        "only these open sockets",
    ),
    (
        "axum",
        &[PROGRAM, "ngsild"],
        "only the client's endpoint and the broker listen",
    ),
    (
        "proj*",
        &["veduta-geo"],
        "PROJ is slow to build and must not hold up other crates",
    ),
    ("quick-xml", &["citygml-rs"], "one reader of XML"),
    (
        "fluent*",
        &["veduta-panels"],
        "texts for users live with the panels",
    ),
    ("clap", &[PROGRAM], "only the program has a command line"),
    ("directories", &[PROGRAM], "crates are told where to look"),
    (
        "tracing-subscriber",
        &[PROGRAM],
        "libraries report, the program decides what is shown",
    ),
    (
        "rand*",
        &[],
        "what is random must be repeatable: the generator has its own, seeded",
    ),
    ("chrono", &[], "one library for time: jiff"),
];

fn is_match(pattern: &str, name: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => name == pattern,
    }
}

#[test]
fn every_crate_has_a_place_in_the_order() {
    let placed: Vec<&str> = MAY_USE.iter().map(|(name, ..)| *name).collect();
    for folder in folders_in("crates") {
        assert!(
            placed.contains(&folder.as_str()),
            "crates/{folder} is new: say in tests/architecture/dependencies.rs and in ARCHITECTURE.md what it may use"
        );
    }
    for package in packages() {
        assert!(
            package.name == PROGRAM || placed.contains(&package.name.as_str()),
            "the package {} is not named like its folder",
            package.name
        );
    }
}

#[test]
fn crates_use_only_the_crates_they_may() {
    let packages = packages();
    let own: Vec<&str> = packages
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    let rules: BTreeMap<&str, (&[&str], &str)> = MAY_USE
        .iter()
        .map(|(name, allowed, reason)| (*name, (*allowed, *reason)))
        .collect();
    let mut broken = Vec::new();
    for package in packages.iter().filter(|package| package.name != PROGRAM) {
        let Some((allowed, reason)) = rules.get(package.name.as_str()) else {
            continue;
        };
        for used in &package.dependencies {
            if own.contains(&used.as_str()) && !allowed.contains(&used.as_str()) {
                broken.push(format!("{} depends on {used}: {reason}", package.name));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn outside_dependencies_stay_where_they_belong() {
    let mut broken = Vec::new();
    for package in packages() {
        for used in &package.dependencies {
            for (pattern, allowed, reason) in BELONGS_TO {
                if is_match(pattern, used) && !allowed.contains(&package.name.as_str()) {
                    broken.push(format!("{} depends on {used}: {reason}", package.name));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn manifests_are_understood() {
    let packages = packages();
    let of = |name: &str| {
        packages
            .iter()
            .find(|package| package.name == name)
            .unwrap_or_else(|| panic!("there is no package {name}"))
    };
    // If these could not be seen, no rule above could fail.
    assert!(of(PROGRAM).dependencies.contains("bevy"));
    assert!(of("veduta-panels").dependencies.contains("egui"));
    assert!(of("veduta-geo").dependencies.contains("proj"));
    assert!(
        !of("veduta-panels").dependencies.contains("egui_kittest"),
        "only tests need it"
    );
    assert!(is_match("bevy*", "bevy_egui") && !is_match("axum", "axum-extra"));
}
