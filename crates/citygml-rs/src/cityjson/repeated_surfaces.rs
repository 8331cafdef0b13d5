//! Surfaces that a file has twice, and the solids that are made of them.

use crate::codes;
use crate::findings::Findings;
use crate::repetition::twins;
use crate::{CityObject, Surface, SurfaceData};

/// Leaves out surfaces without meaning that repeat one with a meaning; solids use the other one in their place.
pub(super) fn drop_repeated_surfaces(object: &mut CityObject, findings: &mut Findings) {
    let twins = twins(&object.surfaces);
    let count = twins.iter().flatten().count() as u64;
    if count == 0 {
        return;
    }
    let mut place_of: Vec<u32> = Vec::with_capacity(twins.len());
    let mut kept = 0;
    for twin in &twins {
        place_of.push(kept);
        kept += u32::from(twin.is_none());
    }
    for surface_use in object
        .solids
        .iter_mut()
        .flat_map(|solid| solid.shells.iter_mut().flatten())
    {
        let old = surface_use.surface as usize;
        let mut used = old;
        if let Some(twin) = twins[old] {
            used = twin;
            let [copy, original] = [old, twin].map(|at| &object.surfaces[at].polygon.exterior);
            surface_use.is_flipped ^= runs_backwards(copy, original);
        }
        surface_use.surface = place_of[used];
    }
    keep_looks(&mut object.surfaces, &twins);
    let mut index = 0;
    object.surfaces.retain(|_| {
        index += 1;
        twins[index - 1].is_none()
    });
    findings.gather_many(
        codes::REPEATED_SURFACE,
        "surface without meaning that repeats one with a meaning, left out",
        count,
        Some(object.line),
        Some(&object.id),
    );
}

/// What only the copy says about looks goes to the one that stays: materials always, textures where the points are in
/// the same order, since their coordinates follow it.
fn keep_looks(surfaces: &mut [Surface], twins: &[Option<usize>]) {
    for (index, twin) in twins.iter().enumerate() {
        let Some(twin) = *twin else { continue };
        if surfaces[index].looks.is_empty() || !surfaces[twin].looks.is_empty() {
            continue;
        }
        let has_same_order = surfaces[index].polygon == surfaces[twin].polygon;
        let mut looks = std::mem::take(&mut surfaces[index].looks);
        looks.retain(|look| has_same_order || matches!(look.data, SurfaceData::Material(_)));
        surfaces[twin].looks = looks;
    }
}

/// Whether two rings of the same points run opposite ways.
fn runs_backwards(ring: &[[f64; 3]], other: &[[f64; 3]]) -> bool {
    let Some(start) = ring
        .first()
        .and_then(|first| other.iter().position(|point| point == first))
    else {
        return false;
    };
    let after = other[(start + 1) % other.len()];
    ring.get(1).is_some_and(|&second| second != after)
}
