//! A single glTF model or tile content as a source of one tile.

use std::collections::BTreeMap;
use std::sync::Arc;

use glam::DMat4;
use tiles3d::{
    ContentRef, DecodeOptions, Diagnostics, Refine, TileContent, TileNode, TileTree, TreeLimits,
    decode, resolve_uri,
};

use crate::city::volume_of;
use crate::content::MemoryContents;
use crate::prepare::Found;
use crate::source::geodetic_bounds;
use crate::tileset::{Fetched, TilesLoader, listed, shown};
use crate::{OpenedSource, Placement, Severity, SourceDiagnostic, SourceError, SourceSummary};

/// Points nearer to the earth's centre than this are coordinates of a model, not of the earth.
const EARTH_M: f64 = 6.0e6;

/// Opens a model at a placement; without one where its own coordinates put it, or at 0°N 0°E.
pub(crate) fn open_model(
    found: Found,
    placement: Option<&Placement>,
) -> Result<OpenedSource, SourceError> {
    let Found {
        location,
        document: fetched,
        loader,
    } = found;
    let source_name = location.to_string();
    let mut diagnostics = Vec::new();
    let wanted = placement.map_or(DMat4::IDENTITY, Placement::ecef_from_design);
    let mut content = decode_at(&loader, &fetched, wanted, &mut diagnostics)?;
    let is_on_earth = volume_of(&content).center().length() > EARTH_M;
    if !is_on_earth {
        diagnostics.clear();
        let origin = Placement::at(0.0, 0.0, 0.0).ecef_from_design();
        content = decode_at(&loader, &fetched, origin, &mut diagnostics)?;
        diagnostics.push(SourceDiagnostic::new(
            crate::diagnostics::code::NO_PLACE,
            Severity::Warning,
            &source_name,
            "the model has no place on earth and stands at 0°N 0°E; give it one in a scenario of a scene file",
        ));
    }
    let triangles: u64 = content
        .meshes
        .iter()
        .map(|mesh| mesh.indices.len() as u64 / 3)
        .sum();
    if triangles == 0 {
        return Err(SourceError::NothingToDraw { source_name });
    }
    let volume = volume_of(&content);
    let (features, parts) = count_features(&content);
    let node = TileNode::new(
        volume.clone(),
        0.0,
        Refine::Replace,
        vec![ContentRef::Key(0)],
    );
    Ok(OpenedSource {
        name: location.short_name(),
        tree: TileTree::new_root(node, TreeLimits::default()),
        loader: Arc::new(MemoryContents {
            name: source_name,
            contents: vec![Arc::new(content)],
            pictures: Vec::new(),
        }),
        summary: SourceSummary {
            format: format_name(&fetched.bytes).to_owned(),
            version: None,
            crs: (!is_on_earth).then(|| "local".to_owned()),
            heights: Vec::new(),
            bounds: geodetic_bounds(&volume),
            features,
            parts,
            triangles,
            ..SourceSummary::default()
        },
        diagnostics,
    })
}

fn decode_at(
    loader: &TilesLoader,
    fetched: &Fetched,
    ecef_from_tile: DMat4,
    diagnostics: &mut Vec<SourceDiagnostic>,
) -> Result<TileContent, SourceError> {
    let resolve = |reference: &str| {
        let uri = resolve_uri(&fetched.uri, reference);
        // What is missing is reported by the decoder, which knows what it was for.
        loader.fetch(&uri).ok().map(|found| found.bytes)
    };
    let mut findings = Diagnostics::new();
    let content = decode(
        &fetched.bytes,
        &DecodeOptions::new(ecef_from_tile),
        &resolve,
        &mut findings,
    )
    .map_err(|reason| SourceError::Tiles {
        source_name: shown(&fetched.uri),
        reason,
    })?;
    diagnostics.extend(listed(&findings, &fetched.uri));
    Ok(content)
}

fn format_name(bytes: &[u8]) -> &'static str {
    match bytes {
        [b'b', b'3', b'd', b'm', ..] => "3D Tiles b3dm",
        [b'i', b'3', b'd', b'm', ..] => "3D Tiles i3dm",
        [b'c', b'm', b'p', b't', ..] => "3D Tiles cmpt",
        _ => "glTF",
    }
}

/// Rows of a feature table by type: those that stand alone, and those that are part of another.
pub(crate) fn count_features(
    content: &TileContent,
) -> (BTreeMap<String, u64>, BTreeMap<String, u64>) {
    let mut features = BTreeMap::new();
    let mut parts = BTreeMap::new();
    for feature in &content.features {
        let counts = match feature.parent {
            None => &mut features,
            Some(_) => &mut parts,
        };
        let name = match feature.object_type.as_str() {
            "" => "Feature",
            name => name,
        };
        *counts.entry(name.to_owned()).or_default() += 1;
    }
    (features, parts)
}
