//! Extent and triangles of an object, all levels and rooms included: what a report counts.

use citygml_rs::CityObject;
use veduta_geo::{EnuFrame, GeodeticBounds};

use super::faces::{faces_of, place_surfaces};
use super::placer::Placer;
use crate::SourceDiagnostic;
use crate::census::Census;

/// Adds the extent and the triangles of an object and its parts to a census.
pub(crate) fn measure(
    object: &CityObject,
    placer: &Placer,
    source: &str,
    census: &mut Census,
    diagnostics: &mut Vec<SourceDiagnostic>,
) {
    let surfaces: Vec<_> = object.surfaces.iter().collect();
    let placed = place_surfaces(object, &surfaces, placer);
    census.extend_bounds(
        GeodeticBounds::from_places(placed.iter().flatten().flatten().flatten().copied()),
        placer.is_local(&object.srs_name),
    );
    let origin = placed
        .iter()
        .flatten()
        .find_map(|rings| rings.first()?.first().copied());
    let frame = EnuFrame::at(origin.unwrap_or_default());
    let faces = faces_of(object, &surfaces, placed, &frame, source, diagnostics);
    census.triangles += faces
        .iter()
        .map(|face| face.triangles.len() as u64)
        .sum::<u64>();
    for child in &object.children {
        measure(child, placer, source, census, diagnostics);
    }
}
