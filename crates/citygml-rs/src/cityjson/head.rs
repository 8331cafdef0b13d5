//! What a document, or the first line of a sequence, says once for all objects.

use std::sync::Arc;

use serde_json::Value;

use super::appearance::Appearance;
use super::fault::Fault;
use super::raw_map::RawMap;
use super::templates::Templates;
use super::vertices::Transform;
use crate::codes;
use crate::findings::Findings;
use crate::{Envelope, Header};

/// Members of a document that are read or say nothing about the city.
const KNOWN_MEMBERS: &[&str] = &[
    "type",
    "version",
    "transform",
    "metadata",
    "appearance",
    "geometry-templates",
    "extensions",
    "CityObjects",
    "vertices",
    "id",
];

/// The head of a file, and what was wrong with it.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) header: Header,
    pub(super) transform: Option<Transform>,
    pub(super) needs_transform: bool,
    pub(super) appearance: Arc<Appearance>,
    pub(super) templates: Templates,
    pub(super) faults: Vec<Fault>,
}

impl Head {
    pub(super) fn read(document: &RawMap<'_>, findings: &mut Findings) -> Self {
        let mut faults = Vec::new();
        let mut header = read_header(document);
        let version = header.version.clone().unwrap_or_default();
        let is_known = ["1.0", "1.1", "2.0"]
            .iter()
            .any(|known| version == **known || version.starts_with(&format!("{known}.")));
        if !is_known {
            let message = format!("the version is {version:?}; 1.0, 1.1 and 2.0 are known");
            faults.push(Fault::new(codes::VERSION, message));
        }
        let transform = document
            .get("transform")
            .and_then(|json| Transform::read(json, &mut faults));
        let appearance = Arc::new(match document.get("appearance") {
            Some(json) => Appearance::read(json, &mut faults),
            None => Appearance::default(),
        });
        header.default_themes.clone_from(&appearance.default_themes);
        let templates = match document.get("geometry-templates") {
            Some(json) => Templates::read(json, Arc::clone(&appearance), &mut faults),
            None => Templates::default(),
        };
        for (name, _) in &document.0 {
            if !KNOWN_MEMBERS.contains(&name.as_str()) {
                findings.leave_out(name);
            }
        }
        Self {
            needs_transform: !version.starts_with("1.0") && !version.starts_with("0."),
            header,
            transform,
            appearance,
            templates,
            faults,
        }
    }
}

fn read_header(document: &RawMap<'_>) -> Header {
    let version = match document.parse::<Value>("version") {
        Some(Value::String(version)) => Some(version),
        Some(Value::Number(version)) => Some(version.to_string()),
        _ => None,
    };
    let metadata: Value = document.parse("metadata").unwrap_or(Value::Null);
    // Before 1.0: {"crs": {"epsg": 7415}}.
    let srs_name = metadata
        .get("referenceSystem")
        .and_then(Value::as_str)
        .map(str::to_owned)
        .or_else(|| Some(format!("EPSG:{}", metadata.pointer("/crs/epsg")?.as_u64()?)));
    let extent: Option<[f64; 6]> = metadata
        .get("geographicalExtent")
        .and_then(|extent| serde_json::from_value(extent.clone()).ok());
    let envelope = extent.map(|extent| Envelope {
        srs_name: srs_name.clone(),
        lower_corner: extent[..3].to_vec(),
        upper_corner: extent[3..].to_vec(),
    });
    Header {
        version,
        srs_name,
        envelope,
        ..Header::default()
    }
}
