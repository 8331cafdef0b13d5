//! Extent and triangles of an object, all levels and rooms included: what a report counts.

use citygml_rs::{CityObject, Polygon, SurfaceData};
use veduta_geo::{EnuFrame, Geodetic, GeodeticBounds};

use super::faces::{faces_of, place_surfaces, polygon_enu};
use super::placer::Placer;
use super::validity::check_solids;
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

/// Adds the extent, the triangles and the images of a top-level object and its parts to a census, and checks its shape.
pub(crate) fn measure(object: &CityObject, tools: &mut MeasureTools<'_>, census: &mut Census) {
    let mut solids = object
        .descendants()
        .any(|part| !part.solids.is_empty())
        .then(Vec::new);
    let mut frame = None;
    measure_part(object, tools, census, &mut frame, &mut solids);
    if let Some(polygons_enu) = solids {
        check_solids(object, &polygons_enu, tools.source, tools.diagnostics);
    }
}

/// Measures one object and what is nested in it. All share one frame, at the first point; where solids are to be checked,
/// their polygons are kept.
fn measure_part(
    object: &CityObject,
    tools: &mut MeasureTools<'_>,
    census: &mut Census,
    frame: &mut Option<EnuFrame>,
    polygons_enu: &mut Option<Vec<Vec<Option<Polygon>>>>,
) {
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
    if frame.is_none() {
        *frame = origin.map(EnuFrame::at);
    }
    // Without a point there is nothing to put into it.
    let at = frame.unwrap_or_else(|| EnuFrame::at(Geodetic::default()));
    if let Some(polygons_enu) = polygons_enu {
        let placed = placed.iter();
        polygons_enu.push(
            placed
                .map(|rings| Some(polygon_enu(rings.as_ref()?, &at)))
                .collect(),
        );
    }
    let faces = faces_of(
        object,
        &surfaces,
        placed,
        &at,
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
        measure_part(child, tools, census, frame, polygons_enu);
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
