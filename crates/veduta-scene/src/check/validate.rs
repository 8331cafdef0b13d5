//! What the types cannot say: locations, brokers, emptiness.

use std::path::Path;

use jiff::tz::TimeZone;

use super::document::{Document, Step};
use super::similar::most_similar;
use super::{ranges, references};
use crate::location::web_address;
use crate::{
    Addition, BrokerSettings, Edit, Location, LocationError, Scene, SceneCode, SceneDiagnostic,
};

/// Collects findings with the document they are about.
pub(super) struct Findings<'a> {
    document: &'a Document<'a>,
    found: Vec<SceneDiagnostic>,
}

impl Findings<'_> {
    pub(super) fn report(&mut self, code: SceneCode, way: &[Step<'_>], message: impl Into<String>) {
        self.found
            .push(self.document.diagnostic(code, way, message.into()));
    }
}

/// Everything that is wrong with a scene whose text has the right shape; numbers out of range are mended.
pub(crate) fn validate(scene: &mut Scene, document: &Document<'_>) -> Vec<SceneDiagnostic> {
    let mut findings = Findings {
        document,
        found: Vec::new(),
    };
    if scene.sources.is_empty() && scene.brokers.is_empty() {
        findings.report(
            SceneCode::Empty,
            &[],
            "the scene has nothing to show; add a [[sources]] table with a `path`",
        );
    }
    time_zone(scene, &mut findings);
    for (index, source) in scene.sources.iter().enumerate() {
        location(
            source.location(Path::new("")),
            &["sources".into(), index.into()],
            &mut findings,
        );
    }
    for (index, settings) in scene.brokers.iter().enumerate() {
        broker(settings, index, &mut findings);
    }
    for (index, scenario) in scene.scenarios.iter().enumerate() {
        for (edit_index, edit) in scenario.edits.iter().enumerate() {
            let way = [
                "scenarios".into(),
                index.into(),
                "edits".into(),
                edit_index.into(),
            ];
            match edit {
                Edit::Hide(ids) if ids.is_empty() => {
                    findings.report(
                        SceneCode::Empty,
                        &way,
                        "this edit hides nothing; name gml:ids or take it out",
                    );
                }
                Edit::Hide(_) => {}
                Edit::Add(addition) => {
                    design(
                        addition,
                        &[&way[..], &["add".into()]].concat(),
                        &mut findings,
                    );
                }
            }
        }
    }
    references::check(scene, &mut findings);
    ranges::mend(scene, &mut findings);
    findings.found
}

fn time_zone(scene: &Scene, findings: &mut Findings<'_>) {
    let Some(name) = &scene.time.timezone else {
        return;
    };
    if TimeZone::get(name).is_err() {
        let known: Vec<String> = jiff::tz::db()
            .available()
            .map(|name| name.to_string())
            .collect();
        let hint = most_similar(name, known.iter().map(String::as_str)).map_or_else(
            || "write an IANA name such as `Europe/Berlin`.".to_owned(),
            |meant| format!("did you mean `{meant}`?"),
        );
        findings.report(
            SceneCode::UnknownTimeZone,
            &["time".into(), "timezone".into()],
            format!(
                "there is no time zone `{name}`; {hint} Until then times are shown in the zone of this machine"
            ),
        );
    }
}

fn location(
    location: Result<Location, LocationError>,
    way: &[Step<'_>],
    findings: &mut Findings<'_>,
) {
    match location {
        Ok(Location::Path(path)) if path.as_os_str().is_empty() => {
            findings.report(
                SceneCode::Location,
                &[way, &["path".into()]].concat(),
                "the path is empty; name a file or folder",
            );
        }
        Ok(_) => {}
        Err(error @ (LocationError::Missing | LocationError::Ambiguous)) => {
            findings.report(SceneCode::Location, way, error.to_string());
        }
        Err(error @ (LocationError::Address { .. } | LocationError::Scheme { .. })) => {
            findings.report(
                SceneCode::Address,
                &[way, &["url".into()]].concat(),
                error.to_string(),
            );
        }
    }
}

fn broker(settings: &BrokerSettings, index: usize, findings: &mut Findings<'_>) {
    let way = ["brokers".into(), index.into()];
    match (&settings.url, settings.embedded) {
        (None, false) => findings.report(
            SceneCode::BrokerSettings,
            &way,
            "the broker has no address; give a `url`, or `embedded = true` for the built-in one",
        ),
        (Some(_), true) => findings.report(
            SceneCode::BrokerSettings,
            &way,
            "the broker has a `url` and is `embedded`; keep one of them",
        ),
        _ => {}
    }
    if settings.simulate.is_some() && !settings.embedded {
        findings.report(
            SceneCode::BrokerSettings,
            &[&way[..], &["simulate".into()]].concat(),
            "only the embedded broker can be fed by a simulation; set `embedded = true` or take `simulate` out",
        );
    }
    let addresses = [
        ("url", &settings.url),
        ("context", &settings.context),
        ("temporal_url", &settings.temporal_url),
    ];
    for (key, address) in addresses {
        if let Some(address) = address
            && let Err(error) = web_address(address)
        {
            findings.report(
                SceneCode::Address,
                &[&way[..], &[key.into()]].concat(),
                error.to_string(),
            );
        }
    }
}

fn design(addition: &Addition, way: &[Step<'_>], findings: &mut Findings<'_>) {
    location(addition.location(Path::new("")), way, findings);
    let place = [addition.longitude_deg, addition.latitude_deg];
    let details = [addition.height_m, addition.heading_deg, addition.scale];
    let partly = place.iter().any(Option::is_some) || details.iter().any(Option::is_some);
    if partly && place.iter().any(Option::is_none) {
        findings.report(
            SceneCode::IncompletePlacement,
            way,
            "a placement needs both `longitude_deg` and `latitude_deg`; without them the file is placed by its own coordinates",
        );
    }
}
