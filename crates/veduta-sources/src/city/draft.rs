//! One top-level city object as meshes in a frame of its own, before it is given to a tile.

use citygml_rs::{AttributeValue, CityObject, SurfaceKind};
use glam::DVec3;
use tiles3d::{Feature, FeatureAttribute, FeatureValue, TileMesh};
use veduta_geo::{EnuFrame, Geodetic};

use super::classify::{is_inside_out, kind_by_shape};
use super::edges::{Edge, Face, outline_edges};
use super::faces::{PlacedFace, PlacedRings, faces_of, place_surfaces};
use super::footprint::footprint;
use super::lod::{DrawnObject, drawn_objects};
use super::placer::Placer;
use super::terrain::TerrainMesh;
use crate::diagnostics::code;
use crate::{Severity, SourceDiagnostic};

/// A top-level object ready to be put into a tile.
pub(crate) struct ObjectDraft {
    /// East-north-up frame of everything below; its origin is a vertex of the object.
    pub(crate) frame: EnuFrame,
    /// The object and its parts; bounds and footprints in `frame`.
    pub(crate) features: Vec<Feature>,
    /// Everything but terrain, flat-shaded, with outlines.
    pub(crate) solid: TileMesh,
    /// Terrain with smooth normals; empty for most objects.
    pub(crate) terrain: TerrainMesh,
    /// Triangles of surfaces that are never seen and therefore not drawn.
    pub(crate) hidden_triangles: usize,
    /// True if the coordinates have no place on earth.
    pub(crate) is_local: bool,
}

impl ObjectDraft {
    /// Corners of the box around everything drawn, in the frame; `None` if nothing is.
    pub(crate) fn bounds(&self) -> Option<[DVec3; 2]> {
        bounds_of(
            self.solid
                .positions
                .iter()
                .chain(&self.terrain.positions)
                .map(|&[x, y, z]| DVec3::new(x.into(), y.into(), z.into())),
        )
    }
}

/// Builds the draft of one object; `None` (with a diagnostic) if nothing of it can be drawn.
pub(crate) fn draft(
    object: &CityObject,
    max_lod: u8,
    placer: &Placer,
    source: &str,
    diagnostics: &mut Vec<SourceDiagnostic>,
) -> Option<ObjectDraft> {
    let drawn = drawn_objects(object, max_lod);
    let placed: Vec<Vec<PlacedRings>> = drawn
        .iter()
        .map(|one| place_surfaces(one.object, &one.surfaces, placer))
        .collect();
    let Some(origin) = first_place(&placed) else {
        diagnostics.push(
            SourceDiagnostic::new(
                code::NOTHING_DRAWN,
                Severity::Info,
                source,
                format!("{} has no surfaces that can be drawn", object.object_type),
            )
            .at_object(&object.id, object.line),
        );
        return None;
    };
    let frame = EnuFrame::at(origin);
    let mut draft = ObjectDraft {
        frame,
        features: Vec::with_capacity(drawn.len()),
        solid: TileMesh::default(),
        terrain: TerrainMesh::default(),
        hidden_triangles: 0,
        is_local: drawn
            .iter()
            .find(|one| !one.surfaces.is_empty())
            .is_some_and(|one| placer.is_local(&one.object.srs_name)),
    };
    let mut outlined = Vec::new();
    for (one, placed) in drawn.iter().zip(placed) {
        let mut faces = faces_of(
            one.object,
            &one.surfaces,
            placed,
            &frame,
            source,
            diagnostics,
        );
        complete(one.object, &mut faces);
        draft.add(one, faces, &mut outlined);
    }
    draft.solid.set_edges(&outline_edges(&outlined));
    draft.terrain.seal();
    draft.widen_parents();
    Some(draft)
}

fn first_place(placed: &[Vec<PlacedRings>]) -> Option<Geodetic> {
    placed
        .iter()
        .flatten()
        .flatten()
        .find_map(|rings| rings.first()?.first().copied())
}

/// Gives faces without semantics a kind, after turning an inside-out solid round.
fn complete(object: &CityObject, faces: &mut [PlacedFace]) {
    if faces
        .iter()
        .all(|face| face.kind != SurfaceKind::Unclassified)
    {
        return;
    }
    let is_building = object.object_type.starts_with("Building");
    if is_building && is_inside_out(&corners(faces)) {
        faces.iter_mut().for_each(PlacedFace::flip);
    }
    let height = |face: &PlacedFace| {
        face.vertices()
            .map(|vertex| vertex.z)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), z| {
                (low.min(z), high.max(z))
            })
    };
    let bottom_m = faces
        .iter()
        .map(|face| height(face).0)
        .fold(f64::INFINITY, f64::min);
    for face in faces {
        if face.kind == SurfaceKind::Unclassified {
            let above_bottom_m = height(face).1 - bottom_m;
            face.kind = kind_by_shape(&object.object_type, face.normal, above_bottom_m);
        }
    }
}

fn corners(faces: &[PlacedFace]) -> Vec<[DVec3; 3]> {
    let mut corners = Vec::new();
    for face in faces {
        let vertices: Vec<DVec3> = face.vertices().collect();
        corners.extend(
            face.triangles
                .iter()
                .map(|triangle| triangle.map(|index| vertices[index as usize])),
        );
    }
    corners
}

impl ObjectDraft {
    fn add(&mut self, one: &DrawnObject<'_>, faces: Vec<PlacedFace>, outlined: &mut Vec<Face>) {
        let feature = self.features.len() as u32;
        let bounds = bounds_of(faces.iter().flat_map(PlacedFace::vertices));
        self.features.push(Feature {
            bounds_local: bounds.map_or(EMPTY_BOUNDS, |corners| {
                corners.map(|corner| corner.as_vec3().to_array())
            }),
            footprint: footprint(&faces),
            ..feature_row(one)
        });
        // The slab a building stands on is never seen, and flickers against the terrain.
        let has_walls = faces.iter().any(|face| face.kind == SurfaceKind::Wall);
        for face in faces {
            if face.kind == SurfaceKind::Terrain {
                self.terrain.add(feature, &face);
                continue;
            }
            if has_walls && face.kind == SurfaceKind::Ground {
                self.hidden_triangles += face.triangles.len();
                continue;
            }
            self.solid.add_face(feature, &face);
            if !matches!(face.kind, SurfaceKind::Vegetation | SurfaceKind::Water) {
                outlined.push(Face {
                    normal: face.normal,
                    feature,
                    rings: face.rings,
                });
            }
        }
    }

    /// A building holds its parts: its box and outline include theirs.
    fn widen_parents(&mut self) {
        for index in (0..self.features.len()).rev() {
            let Some(parent) = self.features[index].parent else {
                continue;
            };
            let part = self.features[index].clone();
            let parent = &mut self.features[parent as usize];
            for axis in 0..3 {
                let [low, high] = &mut parent.bounds_local;
                low[axis] = low[axis].min(part.bounds_local[0][axis]);
                high[axis] = high[axis].max(part.bounds_local[1][axis]);
            }
            if part.object_type.ends_with("Part") {
                parent.footprint.extend(part.footprint);
            }
        }
    }
}

/// Box of a feature without geometry: min above max.
const EMPTY_BOUNDS: [[f32; 3]; 2] = [[f32::INFINITY; 3], [f32::NEG_INFINITY; 3]];

fn bounds_of(points: impl Iterator<Item = DVec3>) -> Option<[DVec3; 2]> {
    points.fold(None, |bounds, point| {
        let [low, high] = bounds.unwrap_or([point, point]);
        Some([low.min(point), high.max(point)])
    })
}

/// Everything of a feature that does not depend on geometry.
fn feature_row(one: &DrawnObject<'_>) -> Feature {
    let object = one.object;
    Feature {
        id: object.id.clone(),
        object_type: object.object_type.clone(),
        parent: one.parent.map(|index| index as u32),
        name: object.name.clone(),
        address: object.address.clone(),
        attributes: object
            .attributes
            .iter()
            .map(|attribute| FeatureAttribute {
                name: attribute.name.clone(),
                value: match &attribute.value {
                    AttributeValue::Integer(value) => FeatureValue::Number(*value as f64),
                    AttributeValue::Number(value) => FeatureValue::Number(*value),
                    AttributeValue::Boolean(value) => FeatureValue::Boolean(*value),
                    AttributeValue::Text(value) => FeatureValue::Text(value.clone()),
                },
                unit: attribute.uom.clone(),
            })
            .collect(),
        lod: one.lod,
        ..Feature::default()
    }
}

/// What a mesh learns from faces and edges.
trait FlatShaded {
    fn add_face(&mut self, feature: u32, face: &PlacedFace);
    fn set_edges(&mut self, edges: &[Edge]);
}

impl FlatShaded for TileMesh {
    fn add_face(&mut self, feature: u32, face: &PlacedFace) {
        let first = self.positions.len() as u32;
        let normal = face.normal.as_vec3().to_array();
        for vertex in face.vertices() {
            self.positions.push(vertex.as_vec3().to_array());
            self.normals.push(normal);
            self.feature_ids.push(feature);
            self.surface_classes.push(face.kind as u8);
        }
        self.indices
            .extend(face.triangles.iter().flatten().map(|index| first + index));
    }

    fn set_edges(&mut self, edges: &[Edge]) {
        self.edge_positions = edges
            .iter()
            .flat_map(|edge| edge.ends.map(|end| end.as_vec3().to_array()))
            .collect();
        self.edge_feature_ids = edges.iter().flat_map(|edge| [edge.feature; 2]).collect();
    }
}
