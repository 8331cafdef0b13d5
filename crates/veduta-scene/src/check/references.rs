//! Names: unique where they are looked up, and found where they are referred to.

use std::collections::HashSet;

use super::document::Step;
use super::similar::most_similar;
use super::validate::Findings;
use crate::{Scenario, Scene, SceneCode};

pub(super) fn check(scene: &Scene, findings: &mut Findings<'_>) {
    unique(
        "sources",
        scene.sources.iter().map(|source| source.name.as_str()),
        findings,
    );
    unique(
        "brokers",
        scene.brokers.iter().map(|broker| broker.name.as_str()),
        findings,
    );
    unique(
        "layers",
        scene.layers.iter().map(|layer| layer.name.as_str()),
        findings,
    );
    unique(
        "overlays",
        scene.overlays.iter().map(|overlay| overlay.name.as_str()),
        findings,
    );
    unique(
        "scenarios",
        scene
            .scenarios
            .iter()
            .map(|scenario| scenario.name.as_str()),
        findings,
    );
    unique(
        "viewpoints",
        scene
            .viewpoints
            .iter()
            .map(|viewpoint| viewpoint.name.as_str()),
        findings,
    );

    for (index, scenario) in scene.scenarios.iter().enumerate() {
        if scenario.name == Scenario::BASELINE {
            findings.report(
                SceneCode::DuplicateName,
                &["scenarios".into(), index.into(), "name".into()],
                "`baseline` is the scene without edits; give this scenario another name",
            );
        }
    }
    for (index, source) in scene.sources.iter().enumerate() {
        if let Some(layer) = &source.layer {
            let way = ["sources".into(), index.into(), "layer".into()];
            known(
                "layer",
                layer,
                scene.layers.iter().map(|layer| layer.name.as_str()),
                &way,
                findings,
            );
        }
    }
    for (index, viewpoint) in scene.viewpoints.iter().enumerate() {
        if let Some(scenario) = &viewpoint.scenario {
            let names = scene
                .scenarios
                .iter()
                .map(|scenario| scenario.name.as_str());
            let way = ["viewpoints".into(), index.into(), "scenario".into()];
            known(
                "scenario",
                scenario,
                names.chain([Scenario::BASELINE]),
                &way,
                findings,
            );
        }
    }
}

fn unique<'a>(table: &str, names: impl Iterator<Item = &'a str>, findings: &mut Findings<'_>) {
    let mut seen = HashSet::new();
    for (index, name) in names.enumerate() {
        let way = [table.into(), index.into(), "name".into()];
        // A source without a name is one without a location, which is reported as such.
        if name.is_empty() && table != "sources" {
            findings.report(
                SceneCode::Empty,
                &way,
                "the name is empty; nothing can refer to it",
            );
        } else if !name.is_empty() && !seen.insert(name) {
            findings.report(
                SceneCode::DuplicateName,
                &way,
                format!("`{name}` is the name of an earlier entry of [[{table}]], which hides this one; give it another"),
            );
        }
    }
}

fn known<'a>(
    kind: &str,
    name: &str,
    names: impl Iterator<Item = &'a str>,
    way: &[Step<'_>],
    findings: &mut Findings<'_>,
) {
    let names: Vec<&str> = names.collect();
    if names.contains(&name) {
        return;
    }
    let hint = match most_similar(name, names.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if names.is_empty() => format!("the scene has no [[{kind}s]]"),
        None => format!(
            "there are {}",
            names
                .iter()
                .map(|name| format!("`{name}`"))
                .collect::<Vec<_>>()
                .join(", ")
        ),
    };
    findings.report(
        SceneCode::UnknownName,
        way,
        format!("there is no {kind} `{name}`; {hint}"),
    );
}
