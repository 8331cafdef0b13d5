//! Prototypes of implicit geometries: trees, lamps, benches; made once, drawn wherever they stand.

use std::collections::HashMap;
use std::sync::Arc;

use citygml_rs::{CityObject, Template};
use glam::{DMat4, DVec3, Vec3};
use tiles3d::{DecodeOptions, Diagnostics, TileContent, decode};

use super::complete::complete;
use super::dress::{Dress, DressedMesh};
use super::edges::{Face, outline_edges};
use super::faces::faces_of_prototype;
use super::flat_mesh::{FaceMeaning, FlatShaded, add_dressed};
use super::looks::face_looks;
use super::outline::has_outline;
use crate::diagnostics::code;
use crate::picture::ImageShelf;
use crate::{Severity, SourceDiagnostic};

/// Meshes of a template, in metres about a point of its own.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Prototype {
    /// Their feature ids are all 0.
    pub(crate) meshes: Vec<DressedMesh>,
    /// The point in the template's own frame that is the origin of the meshes, so that f32 is exact.
    pub(crate) origin: DVec3,
    /// Box around all points of the meshes: min, max.
    pub(crate) bounds: [DVec3; 2],
}

/// The prototypes of one file. The look of surfaces without meaning depends on what they are part of, so a template
/// used by two types of objects is two prototypes.
#[derive(Default)]
pub(crate) struct PrototypeShelf {
    known: HashMap<(*const Template, String), (Arc<Template>, Option<Arc<Prototype>>)>,
}

impl PrototypeShelf {
    /// The prototype of a template; `None`, reported once, where it cannot be drawn.
    pub(crate) fn prototype(
        &mut self,
        template: &Arc<Template>,
        object: &CityObject,
        images: &mut ImageShelf,
        source: &str,
        diagnostics: &mut Vec<SourceDiagnostic>,
    ) -> Option<Arc<Prototype>> {
        let key = (Arc::as_ptr(template), object.object_type.clone());
        // The template is kept, so that its address stays its own.
        let (_, prototype) = self.known.entry(key).or_insert_with(|| {
            let made = match &template.library_object {
                Some(reference) if template.surfaces.is_empty() => from_library(reference, images),
                _ => from_polygons(template, object, images),
            };
            let prototype = match made {
                Ok(prototype) => Some(Arc::new(prototype)),
                Err(reason) => {
                    diagnostics.push(
                        SourceDiagnostic::new(
                            code::NO_PROTOTYPE,
                            Severity::Warning,
                            source,
                            reason,
                        )
                        .at_object(&object.id, object.line),
                    );
                    None
                }
            };
            (template.clone(), prototype)
        });
        prototype.clone()
    }
}

fn from_polygons(
    template: &Template,
    object: &CityObject,
    images: &mut ImageShelf,
) -> Result<Prototype, String> {
    let name = template.id.as_deref().unwrap_or("without id");
    let first = template
        .surfaces
        .iter()
        .find_map(|surface| surface.polygon.exterior.first());
    let origin = DVec3::from_array(
        *first.ok_or_else(|| format!("the prototype {name} was not found or has no surfaces"))?,
    );
    let (mut faces, left_out) = faces_of_prototype(&template.surfaces, origin);
    if faces.is_empty() {
        return Err(format!(
            "none of the {left_out} surfaces of the prototype {name} can be drawn"
        ));
    }
    complete(object, None, &mut faces);
    let mut meshes = Vec::new();
    let mut outlined = Vec::new();
    for face in faces {
        let meaning = FaceMeaning {
            feature: 0,
            class: face.kind as u8,
            surface_row: u32::MAX,
        };
        let looks = template
            .surfaces
            .get(face.surface)
            .map(|surface| face_looks(surface, images, &mut 0))
            .unwrap_or_default();
        let mesh = add_dressed(&mut meshes, meaning, &face, &looks);
        if has_outline(meaning.class) {
            outlined.push(Face {
                normal: face.normal,
                feature: 0,
                class: meaning.class,
                mesh,
                rings: face.rings,
            });
        }
    }
    for edge in outline_edges(&outlined) {
        meshes[edge.mesh].mesh.add_edge(&edge);
    }
    finished(meshes, origin)
}

/// A library object, where it is a format that tiles are made of.
fn from_library(reference: &str, images: &mut ImageShelf) -> Result<Prototype, String> {
    let problem =
        |reason: String| format!("the library object {reference:?} is not shown: {reason}");
    let place = images.place(reference).map_err(problem)?;
    let bytes = place.read().map_err(problem)?;
    let folder = reference
        .replace('\\', "/")
        .rsplit_once('/')
        .map(|(folder, _)| format!("{folder}/"))
        .unwrap_or_default();
    // What is missing is reported by the decoder, which knows what it was for.
    let images = std::cell::RefCell::new(images);
    let resolve = |relative: &str| {
        let place = images.borrow_mut().place(&format!("{folder}{relative}"));
        place.ok().and_then(|place| place.read().ok())
    };
    let options = DecodeOptions::new(DMat4::IDENTITY);
    let content = decode(&bytes, &options, &resolve, &mut Diagnostics::new())
        .map_err(|error| problem(format!("only glTF is drawn ({error})")))?;
    let origin = content.ecef_from_local.transform_point3(DVec3::ZERO);
    let meshes = turned_to(content, origin);
    finished(meshes, origin)
}

/// Meshes of a content in the axes of its own coordinates, about `origin`.
fn turned_to(content: TileContent, origin: DVec3) -> Vec<DressedMesh> {
    let turn = DMat4::from_translation(-origin) * content.ecef_from_local;
    let place = |point: &mut [f32; 3]| {
        let at = turn.transform_point3(Vec3::from_array(*point).as_dvec3());
        *point = at.as_vec3().to_array();
    };
    let meshes = content.meshes.into_iter().map(|mut mesh| {
        mesh.positions.iter_mut().for_each(place);
        mesh.edge_positions.iter_mut().for_each(place);
        for normal in &mut mesh.normals {
            let turned = turn.transform_vector3(Vec3::from_array(*normal).as_dvec3());
            *normal = turned.normalize_or(DVec3::Z).as_vec3().to_array();
        }
        mesh.feature_ids.fill(0);
        mesh.edge_feature_ids.fill(0);
        DressedMesh {
            dress: Dress::Plain {
                replaced_in: Vec::new(),
            },
            mesh,
        }
    });
    meshes.collect()
}

fn finished(meshes: Vec<DressedMesh>, origin: DVec3) -> Result<Prototype, String> {
    let points = meshes.iter().flat_map(|one| &one.mesh.positions);
    let bounds =
        super::draft::bounds_of(points.map(|&[x, y, z]| DVec3::new(x.into(), y.into(), z.into())))
            .ok_or("the prototype is empty")?;
    Ok(Prototype {
        meshes,
        origin,
        bounds,
    })
}
