//! Reading a source without drawing it.

use std::collections::BTreeMap;

use tiles3d::NodeId;
use veduta_geo::GeodeticBounds;

use crate::city::{Purpose, volume_of};
use crate::content::{ContentRequest, LoadedContent};
use crate::diagnostics::{code, shorten};
use crate::model::{count_features, open_model};
use crate::open::{open_tileset, read_city};
use crate::prepare::{Prepared, prepare};
use crate::source::geodetic_bounds;
use crate::tileset::shown;
use crate::{
    InspectReport, OpenOptions, OpenedSource, Progress, Severity, SourceDiagnostic, SourceError,
    SourceLocation,
};

/// Reports what is at a location.
///
/// City models are read whole, every level and room included. Of a tileset, up to
/// [`OpenOptions::max_reported_tiles`] contents are loaded; the report says so where there are more.
///
/// # Errors
/// When nothing can be read. A source that can be read and is empty gives an empty report.
pub fn inspect(
    location: &SourceLocation,
    options: &OpenOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<InspectReport, SourceError> {
    match prepare(location, options, progress)? {
        Prepared::City(input) => {
            let read = read_city(location, input, Purpose::Count, options, progress)?;
            Ok(InspectReport::from_census(
                read.files.census,
                read.labels,
                read.files.diagnostics,
            ))
        }
        Prepared::Model(found) => Ok(report_of(open_model(found, None)?)),
        Prepared::Tileset(found) => {
            let source = open_tileset(found)?;
            Ok(inspect_tileset(source, location, options, progress))
        }
    }
}

fn report_of(source: OpenedSource) -> InspectReport {
    let summary = source.summary;
    InspectReport {
        format: summary.format,
        version: summary.version,
        crs: summary.crs,
        bbox_wgs84: summary.bounds.map(|bounds| bounds.to_array()),
        features: summary.features,
        parts: summary.parts,
        triangles: summary.triangles,
        diagnostics: source.diagnostics,
        ..InspectReport::default()
    }
}

fn inspect_tileset(
    mut source: OpenedSource,
    location: &SourceLocation,
    options: &OpenOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> InspectReport {
    let mut tally = Tally::default();
    let mut index = 0;
    // External tilesets make the tree grow while it is walked.
    while let Some(node) = source.tree.id_at(index) {
        index += 1;
        let requests: Vec<ContentRequest> =
            ContentRequest::of_node(source.tree.node(node)).collect();
        for request in requests {
            if tally.loaded >= options.max_reported_tiles {
                tally.left_out += 1;
                continue;
            }
            tally.loaded += 1;
            tally.load(&mut source, node, &request);
        }
        progress(Progress::Tiling {
            tiles_done: index,
            tiles_total: source.tree.len(),
        });
    }
    let source_name = location.to_string();
    if tally.left_out > 0 {
        tally.diagnostics.push(SourceDiagnostic::new(
            code::LIMIT,
            Severity::Warning,
            &source_name,
            format!(
                "features and triangles are those of the first {} contents; at least {} more were not loaded",
                tally.loaded, tally.left_out
            ),
        ));
    }
    shorten(&mut tally.diagnostics, &source_name);
    let mut report = report_of(source);
    // Volumes of tiles are generous, in height above all; contents say better where they are.
    if let (0, Some(bounds)) = (tally.left_out, tally.bounds) {
        report.bbox_wgs84 = Some(bounds.to_array());
    }
    report.features = tally.features;
    report.parts = tally.parts;
    report.triangles = tally.triangles;
    report.diagnostics.extend(tally.diagnostics);
    report
}

#[derive(Default)]
struct Tally {
    loaded: usize,
    left_out: usize,
    features: BTreeMap<String, u64>,
    parts: BTreeMap<String, u64>,
    triangles: u64,
    bounds: Option<GeodeticBounds>,
    diagnostics: Vec<SourceDiagnostic>,
}

impl Tally {
    fn extend_bounds(&mut self, bounds: Option<GeodeticBounds>) {
        self.bounds = match (self.bounds, bounds) {
            (Some(one), Some(other)) => Some(one.union(other)),
            (one, other) => one.or(other),
        };
    }

    fn load(&mut self, source: &mut OpenedSource, node: NodeId, request: &ContentRequest) {
        match source.loader.load(request) {
            Ok(LoadedContent::Tile {
                content,
                diagnostics,
            }) => {
                self.diagnostics.extend(diagnostics);
                let (features, parts) = count_features(&content);
                for (mine, theirs) in [(&mut self.features, features), (&mut self.parts, parts)] {
                    for (name, count) in theirs {
                        *mine.entry(name).or_default() += count;
                    }
                }
                self.extend_bounds(geodetic_bounds(&volume_of(&content)));
                self.triangles += content
                    .meshes
                    .iter()
                    .map(|mesh| mesh.indices.len() as u64 / 3)
                    .sum::<u64>();
            }
            Ok(LoadedContent::External {
                tileset,
                base_uri,
                diagnostics,
            }) => {
                self.diagnostics.extend(diagnostics);
                if let Err(error) = source.tree.append_external(node, &tileset, &base_uri) {
                    self.failed(&shown(&base_uri), &error.to_string());
                }
            }
            Err(error) => {
                let name = match &request.content {
                    tiles3d::ContentRef::Uri(uri) => shown(uri),
                    tiles3d::ContentRef::Key(key) => format!("content {key}"),
                };
                self.failed(&name, &error.reason());
            }
        }
    }

    fn failed(&mut self, source: &str, reason: &str) {
        self.diagnostics.push(SourceDiagnostic::new(
            code::TILE_FAILED,
            Severity::Error,
            source,
            reason,
        ));
    }
}
