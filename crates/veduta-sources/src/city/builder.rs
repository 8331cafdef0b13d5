//! Rows, faces and prototypes into the draft of an object.

use std::collections::BTreeMap;

use citygml_rs::{CityObject, SurfaceKind};
use glam::DVec3;
use tiles3d::{Feature, ThematicSurface, surface_class};
use veduta_geo::EnuFrame;

use super::draft::{DraftTools, Instance, ObjectDraft, Standing, bounds_of};
use super::edges::{Face, outline_edges};
use super::faces::PlacedFace;
use super::feature_row::{attributes, feature_row};
use super::flat_mesh::{FaceMeaning, FlatShaded, add_dressed};
use super::footprint::footprint;
use super::looks::face_looks;
use super::outline::has_outline;
use super::rows::Row;
use super::terrain::{TerrainMesh, smooth_draped};
use crate::diagnostics::code;
use crate::{Severity, SourceDiagnostic};

/// A draft in the making.
pub(crate) struct Builder {
    everything: bool,
    draft: ObjectDraft,
    /// Faces with outlines. Lines are found among faces that are seen together: those of one level, and apart from
    /// them those that are not seen from outside.
    outlined: BTreeMap<(Option<u8>, bool), Vec<Face>>,
    /// Thematic surfaces met, by the line of their object and their index in it.
    surface_rows: BTreeMap<(*const CityObject, u32), u32>,
}

impl Builder {
    pub(crate) fn new(frame: EnuFrame, is_local: bool, everything: bool) -> Self {
        Self {
            everything,
            draft: ObjectDraft {
                frame,
                features: Vec::new(),
                surfaces: Vec::new(),
                meshes: Vec::new(),
                terrain: TerrainMesh::default(),
                instances: Vec::new(),
                is_local,
            },
            outlined: BTreeMap::new(),
            surface_rows: BTreeMap::new(),
        }
    }

    /// Adds a row with its faces, in the frame, and the prototypes that stand in it.
    pub(crate) fn add(
        &mut self,
        row: &Row<'_>,
        faces: Vec<PlacedFace>,
        standing: Vec<Standing>,
        tools: &mut DraftTools<'_>,
    ) {
        let feature = self.draft.features.len() as u32;
        let instances: Vec<Instance> = standing
            .into_iter()
            .map(|one| Instance {
                draft_from_prototype: self.draft.frame.enu_from_ecef() * one.ecef_from_prototype,
                prototype: one.prototype,
                feature,
            })
            .collect();
        let corners = instances.iter().flat_map(box_corners);
        let vertices = faces.iter().flat_map(PlacedFace::vertices);
        let mut entry = feature_row(row);
        if let Some(bounds) = bounds_of(vertices.chain(corners)) {
            entry.bounds_local = bounds.map(|corner| corner.as_vec3().to_array());
        }
        entry.footprint = footprint(&faces);
        entry
            .footprint
            .extend(instances.iter().map(instance_footprint));
        self.draft.features.push(entry);
        self.draft.instances.extend(instances);
        let mut misfits = 0;
        let has_walls = faces.iter().any(|face| face.kind == SurfaceKind::Wall);
        for mut face in faces {
            let looks = match row.surfaces.get(face.surface) {
                Some(one) if self.everything => face_looks(one.surface, tools.images, &mut misfits),
                _ => Vec::new(),
            };
            // Draped terrain keeps its own corners for the image.
            if face.kind == SurfaceKind::Terrain && looks.is_empty() {
                self.draft.terrain.add(feature, row.lod, &face);
                continue;
            }
            if face.kind == SurfaceKind::Terrain && face.normal.z < 0.0 {
                face.flip();
            }
            // The slab a building stands on is never seen from outside, and flickers against the terrain.
            let is_slab = has_walls && face.kind == SurfaceKind::Ground && !row.is_interior;
            if is_slab && !self.everything {
                continue;
            }
            let class = if is_slab {
                surface_class::GROUND_SLAB
            } else {
                face.kind as u8
            };
            let meaning = FaceMeaning {
                feature,
                class,
                surface_row: self.surface_row(row, face.surface),
            };
            let mesh = add_dressed(&mut self.draft.meshes, meaning, &face, &looks);
            if has_outline(class) {
                let is_unseen = 1 << class & surface_class::HIDDEN_FROM_OUTSIDE != 0;
                let together = (row.lod, row.is_interior || is_unseen);
                self.outlined.entry(together).or_default().push(Face {
                    normal: face.normal,
                    feature,
                    class,
                    mesh,
                    rings: face.rings,
                });
            }
        }
        if misfits > 0 {
            tools.diagnostics.push(
                SourceDiagnostic::new(
                    code::TEXTURE_MISFIT,
                    Severity::Warning,
                    tools.source,
                    format!("{misfits} textures have coordinates that do not fit their surfaces"),
                )
                .at_object(&row.object.id, row.object.line),
            );
        }
    }

    /// Row of the thematic surface that a polygon is part of; it is added if it is new.
    fn surface_row(&mut self, row: &Row<'_>, polygon: usize) -> u32 {
        let Some(one) = row.surfaces.get(polygon) else {
            return u32::MAX;
        };
        let found = one.surface.boundary.and_then(|index| {
            let boundary = one.owner.boundaries.get(index as usize)?;
            Some((index, boundary))
        });
        let Some((index, boundary)) = found else {
            return u32::MAX;
        };
        let surfaces = &mut self.draft.surfaces;
        *self
            .surface_rows
            .entry((std::ptr::from_ref(one.owner), index))
            .or_insert_with(|| {
                let mut attributes = attributes(&boundary.attributes);
                if let Some(name) = &boundary.name {
                    attributes.insert(0, named(name));
                }
                surfaces.push(ThematicSurface {
                    id: boundary.id.clone(),
                    object_type: boundary.object_type.to_string(),
                    attributes,
                });
                surfaces.len() as u32 - 1
            })
    }

    /// The draft with its outlines.
    pub(crate) fn finish(self) -> ObjectDraft {
        let mut draft = self.draft;
        for faces in self.outlined.values() {
            for edge in outline_edges(faces) {
                draft.meshes[edge.mesh].mesh.add_edge(&edge);
            }
        }
        draft.terrain.seal();
        smooth_draped(&mut draft.meshes, &draft.features);
        widen_parents(&mut draft.features);
        draft
    }
}

fn named(name: &str) -> tiles3d::FeatureAttribute {
    tiles3d::FeatureAttribute {
        name: "name".to_owned(),
        value: tiles3d::FeatureValue::Text(name.to_owned()),
        unit: None,
    }
}

/// Corners of the box around an instance, in the frame of the draft.
fn box_corners(instance: &Instance) -> [DVec3; 8] {
    let [low, high] = instance.prototype.bounds;
    std::array::from_fn(|corner| {
        let pick = |axis: usize| {
            if corner >> axis & 1 == 0 {
                low[axis]
            } else {
                high[axis]
            }
        };
        let point = DVec3::new(pick(0), pick(1), pick(2));
        instance.draft_from_prototype.transform_point3(point)
    })
}

/// The bottom of that box.
fn instance_footprint(instance: &Instance) -> Vec<[f32; 2]> {
    let corners = box_corners(instance);
    [0, 1, 3, 2]
        .map(|corner: usize| [corners[corner].x as f32, corners[corner].y as f32])
        .to_vec()
}

/// A building holds its parts: its box and outline include theirs. Other levels of an object count only where the
/// default one has no geometry: a block of level 1 is often higher than the roofs.
fn widen_parents(features: &mut [Feature]) {
    for variants in [false, true] {
        for index in (0..features.len()).rev() {
            let Some(parent) = features[index].parent else {
                continue;
            };
            let is_variant = features[index].variant_of.is_some();
            let parent = parent as usize;
            if parent >= index || is_variant != variants {
                continue;
            }
            let is_empty =
                features[parent].bounds_local[0][0] > features[parent].bounds_local[1][0];
            if is_variant && !is_empty {
                continue;
            }
            let part = features[index].clone();
            let parent = &mut features[parent];
            for axis in 0..3 {
                let [low, high] = &mut parent.bounds_local;
                low[axis] = low[axis].min(part.bounds_local[0][axis]);
                high[axis] = high[axis].max(part.bounds_local[1][axis]);
            }
            if is_variant || part.object_type.ends_with("Part") {
                parent.footprint.extend(part.footprint);
            }
        }
    }
}
