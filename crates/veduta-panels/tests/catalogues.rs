//! The message catalogues are complete, agree with each other and with the code.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

fn crate_folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Keys of a catalogue, each with the variables of its message.
fn messages(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let path = crate_folder().join(format!("assets/lang/{language}/veduta.ftl"));
    let text = fs::read_to_string(&path).expect("a catalogue per language");
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut current: Option<String> = None;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some((key, _)) = line
            .split_once(" = ")
            .filter(|_| !line.starts_with([' ', '}']))
        {
            let previous = messages.insert(key.to_owned(), BTreeSet::new());
            assert!(previous.is_none(), "{language}: {key} stands twice");
            current = Some(key.to_owned());
        }
        let Some(variables) = current.as_ref().and_then(|key| messages.get_mut(key)) else {
            continue;
        };
        variables.extend(line.split('$').skip(1).map(|rest| {
            rest.chars()
                .take_while(|character| character.is_ascii_alphanumeric() || *character == '_')
                .collect::<String>()
        }));
    }
    messages
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The sources of this crate, and of the program that also asks for messages, without their unit tests.
fn sources() -> Vec<(PathBuf, String)> {
    let mut paths = Vec::new();
    rust_files(&crate_folder().join("src"), &mut paths);
    rust_files(&crate_folder().join("../../src"), &mut paths);
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a source file is text");
            let product = text
                .split("#[cfg(test)]")
                .next()
                .unwrap_or_default()
                .to_owned();
            (path, product)
        })
        .collect()
}

#[test]
fn all_languages_have_the_same_messages_with_the_same_variables() {
    let (english, german) = (messages("en"), messages("de"));
    assert!(
        english.len() > 200,
        "the catalogue was not read: {} messages",
        english.len()
    );
    assert_eq!(english, german);
}

#[test]
fn every_key_that_the_code_asks_for_exists() {
    let known = messages("en");
    let mut asked = 0;
    for (path, text) in sources() {
        for opening in [".tr(\"", ".tr_with(\"", ".tr_with(\n"] {
            for rest in text.split(opening).skip(1) {
                let rest = rest.trim_start().trim_start_matches('"');
                let key: String = rest
                    .chars()
                    .take_while(|character| *character != '"')
                    .collect();
                if key.chars().all(|character| {
                    character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-'
                }) {
                    assert!(
                        known.contains_key(&key),
                        "{}: no message {key}",
                        path.display()
                    );
                    asked += 1;
                }
            }
        }
    }
    assert!(asked > 80, "the search found only {asked} calls");
}

#[test]
fn every_message_is_used() {
    let sources = sources();
    let unused: Vec<String> = messages("en")
        .into_keys()
        .filter(|key| {
            !sources
                .iter()
                .any(|(_, text)| text.contains(&format!("\"{key}\"")))
        })
        .collect();
    assert!(unused.is_empty(), "nobody asks for {unused:?}");
}

#[test]
fn no_file_but_the_theme_names_a_raw_colour() {
    for (path, text) in sources()
        .into_iter()
        .filter(|(path, _)| !path.components().any(|part| part.as_os_str() == "theme"))
    {
        for raw in [
            "Color32::from_",
            "Color32::WHITE",
            "Color32::BLACK",
            "Color32::RED",
            "Srgb::hex(",
        ] {
            assert!(
                !text.contains(raw),
                "{} names a raw colour: {raw}",
                path.display()
            );
        }
    }
}
