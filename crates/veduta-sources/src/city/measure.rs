//! Extent and triangles of an object, all levels and rooms included: what a report counts.

use citygml_rs::{CityObject, SurfaceData};
use veduta_geo::{EnuFrame, GeodeticBounds};

use super::faces::{faces_of, place_surfaces};
use super::placer::Placer;
use crate::SourceDiagnostic;
use crate::census::Census;
use crate::picture::ImageShelf;

/// What objects of one file are measured with.
pub(crate) struct MeasureTools<'a> {
    pub(crate) placer: &'a Placer,
    pub(crate) images: &'a mut ImageShelf,
    /// Name of the file in findings.
    pub(crate) source: &'a str,
    pub(crate) diagnostics: &'a mut Vec<SourceDiagnostic>,
}

/// Adds the extent, the triangles and the images of an object and its parts to a census.
pub(crate) fn measure(object: &CityObject, tools: &mut MeasureTools<'_>, census: &mut Census) {
    let surfaces: Vec<_> = object.surfaces.iter().collect();
    let placed = place_surfaces(object, &surfaces, tools.placer);
    let is_local = tools.placer.is_local(&object.srs_name);
    census.extend_bounds(
        GeodeticBounds::from_places(placed.iter().flatten().flatten().flatten().copied()),
        is_local,
    );
    let others: Vec<[f64; 3]> = points_beside_surfaces(object).collect();
    let places = tools.placer.places(&object.srs_name, &others);
    census.extend_bounds(
        GeodeticBounds::from_places(places.into_iter().flatten()),
        is_local,
    );
    let origin = placed
        .iter()
        .flatten()
        .find_map(|rings| rings.first()?.first().copied());
    let frame = EnuFrame::at(origin.unwrap_or_default());
    let faces = faces_of(
        object,
        &surfaces,
        placed,
        &frame,
        tools.source,
        tools.diagnostics,
    );
    for face in faces {
        let triangles = face.triangles.len() as u64;
        census.triangles += triangles;
        if let Some(surface) = surfaces.get(face.surface) {
            *census.triangles_by_lod.entry(surface.lod).or_default() += triangles;
        }
    }
    for look in surfaces.iter().flat_map(|surface| &surface.looks) {
        if let SurfaceData::Texture { texture, .. } = &look.data {
            // Looking is what counts it, and reports it where it is missing.
            let _image = tools.images.image(&texture.image_uri);
        }
    }
    for child in &object.children {
        measure(child, tools, census);
    }
}

/// Lines, points and anchors of prototypes.
pub(crate) fn points_beside_surfaces(object: &CityObject) -> impl Iterator<Item = [f64; 3]> + '_ {
    let curves = object.curves.iter().flat_map(|curve| &curve.points);
    let points = object.points.iter().flat_map(|set| &set.points);
    let anchors = object
        .implicit_geometries
        .iter()
        .map(|implicit| &implicit.reference_point);
    curves.chain(points).chain(anchors).copied()
}
