//! Prototypes of implicit geometries: trees, lamps, benches; made once, drawn wherever they stand.

use std::collections::HashMap;
use std::sync::Arc;

use citygml_rs::{CityObject, Template};
use glam::{DMat4, DVec3, Vec3};
use serde::{Deserialize, Serialize};
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
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
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
    known: HashMap<(*const Template, String), Known>,
}

/// What became of a template; it is kept, so that its address stays its own.
struct Known {
    _template: Arc<Template>,
    prototype: Option<Arc<Prototype>>,
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
        let known = self.known.entry(key).or_insert_with(|| {
            let made = match &template.library_object {
                Some(reference) if template.surfaces.is_empty() => {
                    from_library(reference, images, source)
                }
                _ => from_polygons(template, object, images, source),
            };
            let prototype = match made {
                Ok(Made { prototype, notes }) => {
                    let notes = notes
                        .into_iter()
                        .map(|note| note.at_object(&object.id, object.line));
                    diagnostics.extend(notes);
                    Some(Arc::new(prototype))
                }
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
            Known {
                _template: template.clone(),
                prototype,
            }
        });
        known.prototype.clone()
    }
}

/// A prototype, and what of it is not drawn.
struct Made {
    prototype: Prototype,
    notes: Vec<SourceDiagnostic>,
}

fn from_polygons(
    template: &Template,
    object: &CityObject,
    images: &mut ImageShelf,
    source: &str,
) -> Result<Made, String> {
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
    complete(object, None, false, &mut faces);
    let mut meshes = Vec::new();
    let mut outlined = Vec::new();
    let mut misfits = 0;
    for face in faces {
        let meaning = FaceMeaning {
            feature: 0,
            class: face.kind as u8,
            surface_row: u32::MAX,
        };
        let looks = template
            .surfaces
            .get(face.surface)
            .map(|surface| face_looks(surface, images, &mut misfits))
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
    let mut notes = Vec::new();
    let mut note = |code, message| {
        notes.push(SourceDiagnostic::new(
            code,
            Severity::Warning,
            source,
            message,
        ));
    };
    if left_out > 0 {
        let count = template.surfaces.len();
        let message = format!(
            "{left_out} of {count} surfaces of the prototype {name} cannot be drawn and are left out"
        );
        note(code::NOT_TRIANGULATED, message);
    }
    if misfits > 0 {
        let message = format!(
            "{misfits} textures of the prototype {name} have coordinates that do not fit their surfaces"
        );
        note(code::TEXTURE_MISFIT, message);
    }
    let prototype = finished(meshes, origin)?;
    Ok(Made { prototype, notes })
}

/// A library object, where it is a format that tiles are made of.
fn from_library(reference: &str, images: &mut ImageShelf, source: &str) -> Result<Made, String> {
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
    let mut findings = Diagnostics::new();
    let content = decode(&bytes, &options, &resolve, &mut findings)
        .map_err(|error| problem(format!("only glTF is drawn ({error})")))?;
    let origin = content.ecef_from_local.transform_point3(DVec3::ZERO);
    let meshes = turned_to(content, origin);
    let notes = findings.items.iter().map(|finding| {
        let mut note = SourceDiagnostic::from_tiles(finding, source);
        note.message.insert_str(0, &format!("{reference}: "));
        note
    });
    Ok(Made {
        prototype: finished(meshes, origin)?,
        notes: notes.collect(),
    })
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

#[cfg(test)]
mod tests {
    use super::*;
    use citygml_rs::{Polygon, Surface};
    use std::path::Path;

    /// A triangle 1 wide and 2 high, y up, its points in a file beside it.
    const LAMP: &str = r#"{"asset":{"version":"2.0"},"scene":0,"scenes":[{"nodes":[0]}],"nodes":[{"mesh":0}],"meshes":[{"primitives":[{"attributes":{"POSITION":0}}]}],"accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3","min":[0,0,0],"max":[1,2,0]}],"bufferViews":[{"buffer":0,"byteLength":36}],"buffers":[{"byteLength":36,"uri":"lamp.bin"}]}"#;

    fn template(library_object: Option<&str>, points: &[[f64; 3]]) -> Arc<Template> {
        Arc::new(Template {
            library_object: library_object.map(str::to_owned),
            surfaces: (!points.is_empty())
                .then(|| Surface {
                    polygon: Polygon {
                        exterior: points.to_vec(),
                        interiors: vec![],
                    },
                    ..Surface::default()
                })
                .into_iter()
                .collect(),
            ..Template::default()
        })
    }

    fn made(folder: &Path, template: &Arc<Template>) -> (Option<Arc<Prototype>>, Vec<String>) {
        let object = CityObject {
            object_type: "CityFurniture".into(),
            ..CityObject::default()
        };
        let mut diagnostics = Vec::new();
        let mut shelf = PrototypeShelf::default();
        let mut images = ImageShelf::new(&folder.join("city.gml"), false);
        let mut make = || shelf.prototype(template, &object, &mut images, "t", &mut diagnostics);
        let (first, second) = (make(), make());
        assert_eq!(first.is_some(), second.is_some());
        if let (Some(first), Some(second)) = (&first, &second) {
            assert!(Arc::ptr_eq(first, second), "made once");
        }
        let messages = diagnostics.into_iter().map(|finding| finding.message);
        (first, messages.collect())
    }

    #[test]
    fn a_gltf_beside_the_model_stands_upright() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let models = folder.path().join("models");
        std::fs::create_dir(&models).expect("folder");
        std::fs::write(models.join("lamp.gltf"), LAMP).expect("written");
        let points: Vec<u8> = [0.0_f32, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 2.0, 0.0]
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect();
        std::fs::write(models.join("lamp.bin"), points).expect("written");
        let (prototype, messages) = made(folder.path(), &template(Some("models\\lamp.gltf"), &[]));
        let prototype = prototype.unwrap_or_else(|| panic!("{messages:?}"));
        let [low, high] = prototype.bounds.map(|corner| corner + prototype.origin);
        assert!(
            (high - low - DVec3::new(1.0, 0.0, 2.0)).length() < 1e-5,
            "{low} {high}"
        );
        assert!(low.length() < 1e-5, "{low}");
    }

    #[test]
    fn what_cannot_be_drawn_is_reported_once_by_name() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("tree.wrl"), "#VRML V2.0 utf8").expect("written");
        for (library_object, expected) in [
            (Some("tree.wrl"), "only glTF is drawn"),
            (Some("gone.glb"), "does not exist"),
            (Some("../../etc/passwd"), "only relative paths"),
            (None, "was not found"),
        ] {
            let (prototype, messages) = made(folder.path(), &template(library_object, &[]));
            assert!(prototype.is_none());
            assert_eq!(messages.len(), 1);
            assert!(messages[0].contains(expected), "{messages:?}");
        }
    }

    #[test]
    fn a_prototype_far_from_its_origin_keeps_its_shape() {
        let far = 5.0e6;
        let points = [
            [far, far, 0.0],
            [far + 0.01, far, 0.0],
            [far, far + 0.01, 0.0],
        ];
        let (prototype, messages) = made(Path::new(""), &template(None, &points));
        let prototype = prototype.unwrap_or_else(|| panic!("{messages:?}"));
        let [low, high] = prototype.bounds;
        assert!((high.x - low.x - 0.01).abs() < 1e-6, "{low} {high}");
    }

    #[test]
    fn what_is_missing_of_a_prototype_is_reported_and_the_rest_drawn() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let points = [[0.0; 3], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
        let mut half = template(None, &points);
        let template_surfaces = &mut Arc::make_mut(&mut half).surfaces;
        let mut flat = template_surfaces[0].clone();
        flat.polygon.exterior[2] = [2.0, 0.0, 0.0];
        template_surfaces.push(flat);
        let (prototype, messages) = made(folder.path(), &half);
        assert!(prototype.is_some());
        assert_eq!(messages.len(), 1, "{messages:?}");
        assert!(messages[0].starts_with("1 of 2 surfaces"), "{messages:?}");
        // What a library object lacks, its decoder says.
        let textured = LAMP
            .replace(r#""POSITION":0"#, r#""POSITION":0,"TEXCOORD_0":1"#)
            .replace(r#""accessors":["#, r#""accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3","min":[0,0,0],"max":[1,2,0]},{"bufferView":0,"componentType":5126,"count":3,"type":"VEC2"}],"old":["#)
            .replace(r#"0,"TEXCOORD_0":1}}"#, r#"0,"TEXCOORD_0":1},"material":0}"#)
            .replace(r#"{"asset""#, r#"{"materials":[{"pbrMetallicRoughness":{"baseColorTexture":{"index":0}}}],"textures":[{"source":0}],"images":[{"uri":"gone.png"}],"asset""#);
        std::fs::write(folder.path().join("lamp.gltf"), textured).expect("written");
        std::fs::write(folder.path().join("lamp.bin"), [0; 36]).expect("written");
        let (prototype, messages) = made(folder.path(), &template(Some("lamp.gltf"), &[]));
        assert!(prototype.is_some(), "{messages:?}");
        assert_eq!(messages.len(), 1, "{messages:?}");
        assert!(messages[0].starts_with("lamp.gltf: "), "{messages:?}");
        assert!(messages[0].contains("gone.png"), "{messages:?}");
    }
}
