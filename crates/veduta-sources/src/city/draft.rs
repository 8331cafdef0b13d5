//! One top-level city object as meshes in a frame of its own, before it is given to a tile.

use citygml_rs::{AttributeValue, CityObject, SurfaceKind};
use glam::DVec3;
use tiles3d::{Feature, FeatureAttribute, FeatureValue, TileMesh};
use veduta_geo::{EnuFrame, Geodetic};

use super::classify::{is_inside_out, kind_by_shape};
use super::edges::{Face, outline_edges};
use super::faces::{PlacedFace, PlacedRings, faces_of, place_surfaces};
use super::flat_mesh::FlatShaded;
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
        complete(one.object, one.lod, &mut faces);
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

/// Gives faces without semantics a kind, after turning an inside-out solid round, and turns what lies
/// on the ground face up: files digitise roads and footprints either way.
fn complete(object: &CityObject, lod: Option<u8>, faces: &mut [PlacedFace]) {
    let is_building = object.object_type.starts_with("Building");
    let is_unclassified = |face: &PlacedFace| face.kind == SurfaceKind::Unclassified;
    if is_building && faces.iter().any(is_unclassified) && is_inside_out(&corners(faces)) {
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
        let above_bottom_m = height(face).1 - bottom_m;
        let is_flat_outline = is_building && lod == Some(0);
        if is_flat_outline && face.normal.z < 0.0 {
            face.flip();
        }
        if is_unclassified(face) {
            face.kind = kind_by_shape(&object.object_type, face.normal, above_bottom_m);
        }
        let lies_on_ground = matches!(face.kind, SurfaceKind::Traffic | SurfaceKind::Water)
            || object.object_type == "LandUse";
        if lies_on_ground && face.normal.z < 0.0 {
            face.flip();
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use citygml_rs::{Polygon, Surface};
    use tiles3d::surface_class;

    use super::*;
    use crate::city::placer::GeoreferenceBook;

    fn surface(lod: u8, kind: SurfaceKind, exterior: &[[f64; 3]]) -> Surface {
        Surface {
            id: None,
            lod,
            kind,
            polygon: Polygon {
                exterior: exterior.to_vec(),
                interiors: vec![],
            },
            line: 1,
            ..Surface::default()
        }
    }

    fn object(object_type: &str, surfaces: Vec<Surface>) -> CityObject {
        CityObject {
            id: object_type.to_owned(),
            object_type: object_type.to_owned(),
            surfaces,
            ..CityObject::default()
        }
    }

    fn drafted(object: &CityObject) -> ObjectDraft {
        let mut placer = Placer::new(Arc::new(GeoreferenceBook::default()));
        placer.prepare(std::slice::from_ref(object));
        let mut diagnostics = Vec::new();
        draft(object, 3, &placer, "test", &mut diagnostics).expect("something to draw")
    }

    /// Clockwise seen from above: looks down.
    const DOWNWARD: [[f64; 3]; 4] = [
        [0.0, 0.0, 0.0],
        [0.0, 8.0, 0.0],
        [8.0, 8.0, 0.0],
        [8.0, 0.0, 0.0],
    ];

    #[test]
    fn roads_and_footprints_digitised_downwards_are_seen_from_above() {
        for (object_type, class) in [
            ("Road", surface_class::TRAFFIC),
            ("WaterBody", surface_class::WATER),
            ("Building", surface_class::ROOF),
        ] {
            let draft = drafted(&object(
                object_type,
                vec![surface(0, SurfaceKind::Unclassified, &DOWNWARD)],
            ));
            assert!(
                draft.solid.normals.iter().all(|normal| normal[2] > 0.99),
                "{object_type}"
            );
            assert!(
                draft
                    .solid
                    .surface_classes
                    .iter()
                    .all(|found| *found == class),
                "{object_type}"
            );
        }
    }

    #[test]
    fn the_slab_under_walls_is_hidden_and_still_the_footprint_of_building_and_part() {
        let wall = [
            [0.0, 0.0, 0.0],
            [8.0, 0.0, 0.0],
            [8.0, 0.0, 5.0],
            [0.0, 0.0, 5.0],
        ];
        let part = object(
            "BuildingPart",
            vec![
                surface(2, SurfaceKind::Ground, &DOWNWARD),
                surface(2, SurfaceKind::Wall, &wall),
            ],
        );
        let mut building = object("Building", vec![]);
        building.children = vec![part];
        let draft = drafted(&building);
        assert_eq!(draft.solid.indices.len(), 6);
        assert_eq!(draft.hidden_triangles, 2);
        assert_eq!(draft.features[1].parent, Some(0));
        assert_eq!(draft.features[0].footprint, draft.features[1].footprint);
        assert_eq!(
            draft.features[0].bounds_local,
            draft.features[1].bounds_local
        );
        let size_m = draft.features[0].bounds_local[1][1] - draft.features[0].bounds_local[0][1];
        assert!((size_m - 8.0).abs() < 1e-3);
        assert_eq!(draft.solid.edge_positions.len(), 8);
    }
}
