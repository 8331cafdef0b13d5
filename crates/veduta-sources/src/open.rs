//! Opening a source: the one door.

use std::sync::Arc;

use glam::DMat4;
use tiles3d::{TileTree, TreeLimits};
use veduta_geo::{EnuFrame, Geodetic, HeightReference, SrsName};

use crate::city::{
    CityFiles, GeoreferenceBook, Job, Purpose, TiledCity, Wanted, read_files, settle_lifespans,
    tile,
};
use crate::content::MemoryContents;
use crate::diagnostics::code;
use crate::model::open_model;
use crate::prepare::{CityInput, Found, Prepared, passed_over, prepare};
use crate::source::{geodetic_bounds, triangles_by_lod};
use crate::tileset::read_tileset;
use crate::{
    OpenOptions, OpenedSource, Placement, Progress, Severity, SourceDiagnostic, SourceError,
    SourceLocation, SourceSummary,
};

/// Opens a file, folder or address: CityGML, CityJSON, 3D Tiles or glTF, told apart by content.
///
/// City models are read whole and cut into tiles here; of a tileset only the document is read. Blocks
/// until done, so call it from a worker thread that is not async; `progress` is called from several.
///
/// # Errors
/// When there is nothing to draw. Everything else is among [`OpenedSource::diagnostics`].
pub fn open(
    location: &SourceLocation,
    options: &OpenOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<OpenedSource, SourceError> {
    open_with(location, None, options, progress)
}

/// Opens a design and puts it at a place, whatever coordinates it has.
///
/// A glTF stands on its origin. A city model without a reference system stands on its origin too; one
/// that has a place on earth is lifted from there and stands on the middle of its lowest height.
///
/// # Errors
/// As [`open`]; a tileset cannot be placed.
pub fn open_placed(
    location: &SourceLocation,
    placement: &Placement,
    options: &OpenOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<OpenedSource, SourceError> {
    open_with(location, Some(placement), options, progress)
}

fn open_with(
    location: &SourceLocation,
    placement: Option<&Placement>,
    options: &OpenOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<OpenedSource, SourceError> {
    match prepare(location, options, progress)? {
        Prepared::City(input) => open_city(location, input, placement, options, progress),
        Prepared::Model(found) => open_model(found, placement),
        Prepared::Tileset(found) if placement.is_none() => open_tileset(found),
        Prepared::Tileset(_) => Err(SourceError::Location {
            location: location.to_string(),
            reason: "a tileset has a place of its own; designs are glTF, CityGML or CityJSON"
                .to_owned(),
        }),
    }
}

/// Reads the files of a city model; the first failure is returned if nothing else was found.
pub(crate) fn read_city(
    location: &SourceLocation,
    input: CityInput,
    purpose: Purpose,
    options: &OpenOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<CityRead, SourceError> {
    let crs_override = options
        .crs_override
        .as_deref()
        .map(checked_override)
        .transpose()?;
    let book = Arc::new(GeoreferenceBook::new(crs_override, options.height_offset_m));
    let job = Job {
        files: &input.files,
        purpose,
        is_download: input.download.is_some(),
        // A download has another name each time.
        cache: options.cache.as_ref().filter(|_| input.download.is_none()),
    };
    let mut files = read_files(&job, &book, options.threads, progress);
    let mut diagnostics = input.diagnostics;
    diagnostics.append(&mut files.diagnostics);
    for (file, reason) in std::mem::take(&mut files.failed) {
        use citygml_rs::ReadError::{NotCityGml, NotCityJson, UnknownFormat};
        if !input.is_folder {
            return Err(SourceError::CityModel {
                source_name: location.to_string(),
                reason,
            });
        }
        diagnostics.push(match reason {
            NotCityGml { .. } | NotCityJson { .. } | UnknownFormat { .. } => {
                passed_over(&file, &reason.to_string())
            }
            _ => SourceDiagnostic::new(
                code::FILE_FAILED,
                Severity::Error,
                &file.display().to_string(),
                reason.to_string(),
            ),
        });
    }
    if input.is_folder && files.census.formats.is_empty() {
        return Err(SourceError::EmptyFolder {
            folder: location.to_string().into(),
            passed_over: diagnostics.len(),
        });
    }
    let heights = book.heights();
    diagnostics.extend(mixed_heights(&heights, location));
    files.diagnostics = diagnostics;
    let mut labels = book.labels();
    if labels.is_empty() {
        // No geometry: say at least what the header says.
        labels = files
            .census
            .srs_names
            .iter()
            .filter_map(|name| SrsName::parse(name).ok())
            .map(|name| name.to_string())
            .collect();
    }
    Ok(CityRead {
        files,
        labels,
        heights,
    })
}

/// The files of a city model, read.
pub(crate) struct CityRead {
    pub(crate) files: CityFiles,
    /// Reference systems in use, as short texts.
    pub(crate) labels: Vec<String>,
    /// What the heights refer to.
    pub(crate) heights: Vec<HeightReference>,
}

/// Heights above sea level and above the ellipsoid in one source do not meet.
fn mixed_heights(
    heights: &[HeightReference],
    location: &SourceLocation,
) -> Option<SourceDiagnostic> {
    let sea_levels: Vec<&str> = heights
        .iter()
        .filter_map(|heights| match heights {
            HeightReference::SeaLevel(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    let is_mixed = !sea_levels.is_empty() && heights.contains(&HeightReference::Ellipsoid);
    is_mixed.then(|| {
        SourceDiagnostic::new(
            code::MIXED_HEIGHTS,
            Severity::Warning,
            &location.to_string(),
            format!(
                "some heights count from the ellipsoid, others from sea level ({}); they stand tens of metres \
                 apart: open them as two sources, one with `height_offset_m` in the scene file",
                sea_levels.join(", ")
            ),
        )
    })
}

/// A reference system that the user named must work, or the user must be told.
fn checked_override(text: &str) -> Result<SrsName, SourceError> {
    let name = SrsName::parse(text)?;
    veduta_geo::Georeference::resolve(&name, &[])?
        .georeference
        .transformer()?;
    Ok(name)
}

fn open_city(
    location: &SourceLocation,
    input: CityInput,
    placement: Option<&Placement>,
    options: &OpenOptions,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<OpenedSource, SourceError> {
    let purpose = Purpose::Draw(Wanted {
        max_lod: options.max_lod,
        everything: options.everything,
    });
    let CityRead {
        mut files,
        labels,
        heights,
    } = read_city(location, input, purpose, options, progress)?;
    settle_lifespans(&mut files);
    let is_local = labels == ["local"];
    let moved = placement.map_or(DMat4::IDENTITY, |placement| {
        placement.ecef_from_design() * design_from_ecef(&files, is_local)
    });
    let nothing = || SourceError::NothingToDraw {
        source_name: location.to_string(),
    };
    let report_tiles = |tiles_done, tiles_total| {
        progress(Progress::Tiling {
            tiles_done,
            tiles_total,
        });
    };
    let TiledCity {
        tree,
        contents,
        pictures,
        themes_left_out,
    } = tile(files.drafts, files.listed, moved, &report_tiles)
        .map_err(|reason| SourceError::Tiles {
            source_name: location.to_string(),
            reason,
        })?
        .ok_or_else(nothing)?;
    if themes_left_out > 0 {
        files.diagnostics.push(SourceDiagnostic::new(
            code::LIMIT,
            Severity::Warning,
            &location.to_string(),
            format!("{themes_left_out} appearance themes are not shown: there are too many"),
        ));
    }
    let census = files.census;
    let triangles = contents
        .iter()
        .flat_map(|content| &content.meshes)
        .map(|mesh| mesh.indices.len() as u64 / 3)
        .sum();
    let triangles_by_lod = triangles_by_lod(&contents);
    let themes = contents
        .iter()
        .find(|content| !content.themes.is_empty())
        .map_or_else(Vec::new, |content| content.themes.clone());
    let bounds = match placement {
        None => census.extent(),
        Some(_) => geodetic_bounds(&tree.node(tree.root()).bounding_volume),
    };
    let joined = |items: Vec<String>| (!items.is_empty()).then(|| items.join(", "));
    Ok(OpenedSource {
        name: location.short_name(),
        loader: Arc::new(MemoryContents {
            name: location.to_string(),
            contents,
            pictures,
        }),
        summary: SourceSummary {
            format: joined(census.formats.into_iter().collect()).unwrap_or_default(),
            version: joined(census.versions.into_iter().collect()),
            crs: joined(labels),
            heights,
            bounds,
            features: census.features,
            parts: census.parts,
            triangles,
            triangles_by_lod,
            themes,
        },
        tree,
        diagnostics: files.diagnostics,
    })
}

/// Takes earth-centred metres to metres about the foot of a city model.
fn design_from_ecef(files: &CityFiles, is_local: bool) -> DMat4 {
    let foot = match files.census.extent() {
        Some(bounds) if !is_local => Geodetic {
            height_m: bounds.min_height_m,
            ..bounds.center()
        },
        _ => Geodetic::default(),
    };
    EnuFrame::at(foot).enu_from_ecef()
}

/// A tileset of which only the document is read.
pub(crate) fn open_tileset(found: Found) -> Result<OpenedSource, SourceError> {
    let (tileset, diagnostics) = read_tileset(&found.document)?;
    let tree = TileTree::from_tileset(&tileset, &found.document.uri, TreeLimits::default())
        .map_err(|reason| SourceError::Tiles {
            source_name: found.location.to_string(),
            reason,
        })?;
    let bounds = geodetic_bounds(&tree.node(tree.root()).bounding_volume);
    Ok(OpenedSource {
        name: found.location.short_name(),
        summary: SourceSummary {
            format: "3D Tiles".to_owned(),
            version: Some(tileset.asset.version),
            crs: Some("EPSG:4978".to_owned()),
            heights: vec![HeightReference::Ellipsoid],
            bounds,
            ..SourceSummary::default()
        },
        tree,
        loader: Arc::new(found.loader),
        diagnostics,
    })
}
