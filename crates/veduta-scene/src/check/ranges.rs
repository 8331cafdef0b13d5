//! Numbers within the bounds in which they mean something.

use super::document::Step;
use super::validate::Findings;
use crate::{Edit, Scene, SceneCode};

pub(super) fn check(scene: &Scene, findings: &mut Findings<'_>) {
    if let Some(origin) = &scene.origin {
        let way = ["origin".into()];
        geographic(origin.longitude_deg, origin.latitude_deg, &way, findings);
        finite("height_m", origin.height_m, &way, findings);
    }
    within(
        "vertical_exaggeration",
        scene.picture.vertical_exaggeration,
        0.1,
        20.0,
        &["picture".into()],
        findings,
    );
    for (index, source) in scene.sources.iter().enumerate() {
        let way = ["sources".into(), index.into()];
        finite("height_offset_m", source.height_offset_m, &way, findings);
        if let Some(level) = source.level_of_detail {
            within(
                "level_of_detail",
                f64::from(level),
                0.0,
                4.0,
                &way,
                findings,
            );
        }
    }
    for (index, broker) in scene.brokers.iter().enumerate() {
        let way = ["brokers".into(), index.into()];
        positive("poll_secs", broker.poll_secs, &way, findings);
        if let Some(hours) = broker.history_hours {
            within("history_hours", hours, 0.0, 24.0 * 366.0, &way, findings);
        }
    }
    for (index, overlay) in scene.overlays.iter().enumerate() {
        let way = ["overlays".into(), index.into()];
        positive("stale_after_secs", overlay.stale_after_secs, &way, findings);
        if let Some([low, high]) = overlay.range
            && !(low.is_finite() && high.is_finite() && low < high)
        {
            findings.report(
                SceneCode::OutOfRange,
                &[&way[..], &["range".into()]].concat(),
                format!("the range [{low}, {high}] does not rise; write the lower end first"),
            );
        }
    }
    for (index, viewpoint) in scene.viewpoints.iter().enumerate() {
        let way = ["viewpoints".into(), index.into()];
        geographic(
            viewpoint.longitude_deg,
            viewpoint.latitude_deg,
            &way,
            findings,
        );
        finite("height_m", viewpoint.height_m, &way, findings);
        finite("heading_deg", viewpoint.heading_deg, &way, findings);
        within(
            "pitch_deg",
            viewpoint.pitch_deg,
            -90.0,
            90.0,
            &way,
            findings,
        );
    }
    for (index, scenario) in scene.scenarios.iter().enumerate() {
        for (edit_index, edit) in scenario.edits.iter().enumerate() {
            let Edit::Add(addition) = edit else { continue };
            let way = [
                "scenarios".into(),
                index.into(),
                "edits".into(),
                edit_index.into(),
                "add".into(),
            ];
            geographic(
                addition.longitude_deg.unwrap_or(0.0),
                addition.latitude_deg.unwrap_or(0.0),
                &way,
                findings,
            );
            finite("height_m", addition.height_m.unwrap_or(0.0), &way, findings);
            finite(
                "heading_deg",
                addition.heading_deg.unwrap_or(0.0),
                &way,
                findings,
            );
            positive("scale", addition.scale, &way, findings);
        }
    }
}

fn geographic(
    longitude_deg: f64,
    latitude_deg: f64,
    way: &[Step<'_>],
    findings: &mut Findings<'_>,
) {
    within("longitude_deg", longitude_deg, -180.0, 180.0, way, findings);
    within("latitude_deg", latitude_deg, -90.0, 90.0, way, findings);
}

fn within(
    key: &str,
    value: f64,
    low: f64,
    high: f64,
    way: &[Step<'_>],
    findings: &mut Findings<'_>,
) {
    if !(low..=high).contains(&value) {
        findings.report(
            SceneCode::OutOfRange,
            &[way, &[key.into()]].concat(),
            format!("`{key}` is {value}; it must be from {low} to {high}"),
        );
    }
}

fn finite(key: &str, value: f64, way: &[Step<'_>], findings: &mut Findings<'_>) {
    if !value.is_finite() {
        findings.report(
            SceneCode::OutOfRange,
            &[way, &[key.into()]].concat(),
            format!("`{key}` is {value}; write a number"),
        );
    }
}

fn positive(key: &str, value: Option<f64>, way: &[Step<'_>], findings: &mut Findings<'_>) {
    if let Some(value) = value
        && !(value.is_finite() && value > 0.0)
    {
        findings.report(
            SceneCode::OutOfRange,
            &[way, &[key.into()]].concat(),
            format!("`{key}` is {value}; it must be more than 0"),
        );
    }
}
