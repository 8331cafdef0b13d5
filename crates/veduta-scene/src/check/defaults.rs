//! Names and titles that were left out.

use std::collections::HashSet;
use std::path::Path;

use crate::{Location, Scene};

/// Gives every unnamed thing the name that the documentation promises.
pub(crate) fn fill_in(scene: &mut Scene, file: Option<&Path>) {
    name_sources(scene);
    for layer in &mut scene.layers {
        or_else(&mut layer.label, &layer.name);
    }
    for overlay in &mut scene.overlays {
        or_else(&mut overlay.label, &overlay.name);
    }
    for viewpoint in &mut scene.viewpoints {
        or_else(&mut viewpoint.title, &viewpoint.name);
    }
    for scenario in &mut scene.scenarios {
        or_else(&mut scenario.title, &scenario.name);
        for edit in &mut scenario.edits {
            if let crate::Edit::Add(addition) = edit
                && let Ok(location) = addition.location(Path::new(""))
            {
                or_else(&mut addition.name, &location.stem());
            }
        }
    }
    let from_file = file.map(|file| Location::Path(file.to_owned()).stem());
    let from_sources = match scene.sources.as_slice() {
        [] => String::new(),
        [only] => only.name.clone(),
        [first, rest @ ..] => format!("{} + {}", first.name, rest.len()),
    };
    or_else(&mut scene.title, &from_file.unwrap_or(from_sources));
}

/// Names sources after their files; a name that is taken gets a number, so that each can be told apart.
fn name_sources(scene: &mut Scene) {
    let mut taken: HashSet<String> = scene
        .sources
        .iter()
        .map(|source| source.name.clone())
        .collect();
    for source in &mut scene.sources {
        if !source.name.is_empty() {
            continue;
        }
        let Ok(location) = source.location(Path::new("")) else {
            continue;
        };
        let stem = location.stem();
        let mut name = stem.clone();
        let mut number = 2;
        while !taken.insert(name.clone()) {
            name = format!("{stem} ({number})");
            number += 1;
        }
        source.name = name;
    }
}

fn or_else(text: &mut String, otherwise: &str) {
    if text.is_empty() {
        otherwise.clone_into(text);
    }
}
