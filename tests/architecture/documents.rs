//! The documents name what there is, and nothing names the machine it was written on.

use std::{collections::BTreeSet, fs, process::Command};

use crate::workspace::{TextFile, folders_in, root, rust_files};

/// Documents a newcomer reads first.
const DOCUMENTS: [&str; 2] = ["README.md", "ARCHITECTURE.md"];

#[test]
fn the_architecture_names_every_crate_and_every_room() {
    let architecture = TextFile::read("ARCHITECTURE.md").text;
    let crates = folders_in("crates")
        .into_iter()
        .map(|name| format!("`crates/{name}`"));
    let rooms = folders_in("src")
        .into_iter()
        .map(|name| format!("`src/{name}`"));
    let files = rust_files()
        .into_iter()
        .map(|file| file.path)
        .filter(|path| path.starts_with("src/") && path.matches('/').count() == 1)
        .filter(|path| path != "src/lib.rs" && path != "src/main.rs")
        .map(|path| format!("`{path}`"));
    let missing: Vec<String> = crates
        .chain(rooms)
        .chain(files)
        .filter(|place| !architecture.contains(place.as_str()))
        .collect();
    assert!(
        missing.is_empty(),
        "ARCHITECTURE.md does not say what is in {}",
        missing.join(", ")
    );
}

#[test]
fn the_architecture_names_every_family_of_diagnostics() {
    let architecture = TextFile::read("ARCHITECTURE.md").text;
    let families: BTreeSet<String> = rust_files()
        .iter()
        .filter(|file| file.is_product())
        .flat_map(|file| {
            file.product_lines()
                .flat_map(|(_, line)| code_families(line))
                .collect::<Vec<_>>()
        })
        .collect();
    assert!(
        families.contains("GML"),
        "codes were not found in the sources: {families:?}"
    );
    for family in families {
        assert!(
            architecture.contains(&format!("`{family}-")),
            "ARCHITECTURE.md does not say whose the codes {family}-… are"
        );
    }
}

/// The letters of diagnostic codes such as `"GML-012"` in a line of code.
fn code_families(line: &str) -> Vec<String> {
    line.split('"')
        .filter_map(|word| word.split_once('-'))
        .filter(|(family, number)| {
            (2..=5).contains(&family.len())
                && family.bytes().all(|byte| byte.is_ascii_uppercase())
                && number.len() == 3
                && number.bytes().all(|byte| byte.is_ascii_digit())
        })
        .map(|(family, _)| family.to_owned())
        .collect()
}

#[test]
fn links_in_documents_lead_somewhere() {
    let mut broken = Vec::new();
    for document in DOCUMENTS {
        for target in link_targets(&TextFile::read(document).text) {
            let outside =
                target.contains("://") || target.starts_with('#') || target.starts_with("mailto:");
            let path = target.split('#').next().unwrap_or_default();
            if !outside && !root().join(path).exists() {
                broken.push(format!("{document} links to {target}, which is not there"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn paths_in_documents_exist() {
    let mut broken = Vec::new();
    for document in DOCUMENTS {
        for path in quoted_paths(&TextFile::read(document).text) {
            if !root().join(path).exists() {
                broken.push(format!("{document} names {path}, which is not there"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// What stands between backticks and begins like a path of the checkout; not patterns such as `{a,b}`.
fn quoted_paths(text: &str) -> impl Iterator<Item = &str> {
    const FOLDERS: [&str; 7] = [
        "crates/", "docs/", "scenes/", "scripts/", "shaders/", "src/", "tests/",
    ];
    text.split('`')
        .skip(1)
        .step_by(2)
        .filter(|quoted| FOLDERS.iter().any(|folder| quoted.starts_with(folder)))
        .filter(|quoted| !quoted.contains(['{', '*', ' ']))
}

/// What stands in the round brackets of Markdown links and pictures.
fn link_targets(text: &str) -> Vec<&str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split_once(')').map(|(target, _)| target))
        .collect()
}

#[test]
fn links_paths_and_codes_are_recognised() {
    assert_eq!(
        link_targets("![a](docs/a.png) and [b](https://b.example/c)"),
        ["docs/a.png", "https://b.example/c"]
    );
    let paths = "run `make`, see `src/app.rs` and `assets/{en,de}`, `src/{a}.rs`";
    assert_eq!(quoted_paths(paths).collect::<Vec<_>>(), ["src/app.rs"]);
    assert_eq!(
        code_families(r#"const A: &str = "TILE-004"; // "UTF-8", "EPSG-1""#),
        ["TILE"]
    );
}

/// Words that are at home on one machine only, or in the tools something was written with. Cut in two, so that this
/// file does not contain them.
const FOREIGN: &[&str] = &[
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/tmp/tar", "get"),
    concat!("C:\\Us", "ers"),
    concat!("cla", "ude"),
    concat!("anth", "ropic"),
    concat!("open", "ai"),
    concat!("chat", "gpt"),
    concat!("cop", "ilot"),
    concat!("language ", "model"),
    concat!("co-auth", "ored-by"),
];

#[test]
fn nothing_names_a_machine_or_a_writing_tool() {
    let listed = Command::new("git")
        .args(["ls-files", "-z"])
        .current_dir(root())
        .output();
    let Some(listed) = listed.ok().filter(|output| output.status.success()) else {
        eprintln!("skipped: git is not here to say which files belong to the project");
        return;
    };
    let listed = String::from_utf8_lossy(&listed.stdout);
    let mut found = Vec::new();
    for path in listed.split('\0').filter(|path| !path.is_empty()) {
        // Pictures and fonts are no text; what was deleted and not yet committed cannot be read.
        let Ok(text) = fs::read_to_string(root().join(path)) else {
            continue;
        };
        for (index, line) in text.lines().enumerate() {
            let line = line.to_lowercase();
            for word in FOREIGN
                .iter()
                .filter(|word| line.contains(&word.to_lowercase()))
            {
                if is_foreign(&line, &word.to_lowercase()) {
                    found.push(format!("{path}:{}: contains '{word}'", index + 1));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// A path is foreign where it begins, not as the middle of another (`https://a.example/wo…`).
fn is_foreign(line: &str, word: &str) -> bool {
    !word.starts_with('/')
        || line.match_indices(word).any(|(start, _)| {
            line[..start]
                .chars()
                .next_back()
                .is_none_or(|before| !before.is_alphanumeric() && !"-_./~}".contains(before))
        })
}
