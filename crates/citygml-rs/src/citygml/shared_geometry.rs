//! Geometry that objects use and other objects, or other files, define.
//!
//! An object that refers to such geometry is held back until its file was read; then one pass over each file concerned
//! collects what is wanted, and the object is completed.

use std::collections::{HashMap, HashSet};
use std::io::BufRead;
use std::sync::Arc;

use super::appearance::turn_over;
use super::file_context::FileKnowledge;
use super::reader::CityGmlReader;
use crate::codes;
use crate::findings::Findings;
use crate::{
    CityObject, Diagnostics, ObjectFilter, ReadError, ReadOptions, Surface, SurfaceKind, Template,
};

/// Ids of geometry that is wanted from one file.
pub(crate) type Wanted = HashSet<String>;

/// Geometry that was found in one file, by id.
#[derive(Debug, Default)]
pub(crate) struct SharedGeometry {
    pub(super) surfaces: HashMap<String, Vec<Surface>>,
    pub(crate) templates: HashMap<String, Arc<Template>>,
}

/// Whether an implicit geometry still waits for its prototype: then the id is what the reference says.
fn is_missing(template: &Template) -> bool {
    let is_reference = template.id.as_deref().is_some_and(|id| id.contains('#'));
    template.surfaces.is_empty() && template.library_object.is_none() && is_reference
}

/// File (empty for the same one) and id of a reference.
pub(crate) fn split_reference(href: &str) -> (&str, &str) {
    href.split_once('#').unwrap_or(("", href))
}

/// References of an object, its parts included, to geometry that is defined elsewhere.
pub(crate) fn open_references(object: &CityObject) -> impl Iterator<Item = &str> {
    object.descendants().flat_map(|part| {
        let polygons = part.unresolved.iter().map(|found| found.href.as_str());
        let templates = part.implicit_geometries.iter();
        let templates = templates
            .filter(|placed| is_missing(&placed.template))
            .filter_map(|placed| placed.template.id.as_deref());
        polygons.chain(templates)
    })
}

/// Collects wanted geometry in one pass over a city model; without `wanted` all prototypes.
///
/// # Errors
/// As [`CityGmlReader::next_object`]. Damage is not reported: reading the objects of the file does.
pub(crate) fn collect_geometry<R: BufRead>(
    source: R,
    options: &ReadOptions,
    known: Arc<FileKnowledge>,
    wanted: Option<Arc<Wanted>>,
) -> Result<SharedGeometry, ReadError> {
    let options = ReadOptions {
        filter: ObjectFilter::default(),
        ..options.clone()
    };
    let mut reader = CityGmlReader::new(source, options)?;
    reader.set_known(known);
    reader.context.wanted = wanted.clone();
    let mut unheard = Diagnostics::new();
    while reader.next_object(&mut unheard)?.is_some() {
        unheard.items.clear();
    }
    let mut found = std::mem::take(&mut reader.context.found);
    found.templates = std::mem::take(&mut reader.context.templates);
    if let Some(wanted) = wanted {
        found.templates.retain(|id, _| wanted.contains(id));
    }
    Ok(found)
}

/// Gives an object, its parts included, what was found. `files` is by the part of references before the number sign.
pub(crate) fn complete(object: &mut CityObject, files: &HashMap<String, SharedGeometry>) {
    let geometry_of = |href: &str| {
        let (file, id) = split_reference(href);
        Some((files.get(file)?, id.to_owned()))
    };
    let mut unresolved = std::mem::take(&mut object.unresolved);
    unresolved.retain(|reference| {
        let found =
            geometry_of(&reference.href).and_then(|(geometry, id)| geometry.surfaces.get(&id));
        let Some(found) = found else { return true };
        for surface in found {
            let mut surface = surface.clone();
            surface.lod = reference.lod.unwrap_or(surface.lod);
            surface.boundary = reference.boundary;
            if reference.kind != SurfaceKind::Unclassified {
                surface.kind = reference.kind;
            }
            if reference.is_flipped {
                turn_over(&mut surface);
            }
            object.surfaces.push(surface);
        }
        false
    });
    object.unresolved = unresolved;
    for placed in &mut object.implicit_geometries {
        if is_missing(&placed.template)
            && let Some((geometry, id)) = placed.template.id.as_deref().and_then(geometry_of)
            && let Some(template) = geometry.templates.get(&id)
        {
            placed.template = Arc::clone(template);
        }
    }
    for child in &mut object.children {
        complete(child, files);
    }
}

/// Reports what an object still refers to and nobody has defined.
pub(crate) fn report_open_references(
    object: &CityObject,
    findings: &mut Findings,
    diagnostics: &mut Diagnostics,
) {
    for part in object.descendants() {
        for reference in &part.unresolved {
            let href = &reference.href;
            findings.report(
                diagnostics,
                codes::UNRESOLVED_XLINK,
                Some(reference.line),
                Some(&part.id),
                format_args!("{href:?} leads to no geometry that was found"),
            );
        }
        for placed in &part.implicit_geometries {
            if is_missing(&placed.template) {
                let href = placed.template.id.as_deref().unwrap_or_default();
                findings.report(
                    diagnostics,
                    codes::MISSING_TEMPLATE,
                    Some(placed.line),
                    Some(&part.id),
                    format_args!("the prototype {href:?} was not found; nothing is drawn for it"),
                );
            }
        }
    }
}
