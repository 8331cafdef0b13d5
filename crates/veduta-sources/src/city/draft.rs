//! One top-level city object as meshes in a frame of its own, before it is given to a tile.

use std::collections::BTreeMap;

use citygml_rs::{CityObject, Surface, SurfaceKind};
use glam::DVec3;
use tiles3d::{Feature, ThematicSurface, surface_class};
use veduta_geo::{EnuFrame, Geodetic};

use super::complete::complete;
use super::dress::{Dress, DressedMesh, mesh_with};
use super::edges::{Face, outline_edges};
use super::faces::{PlacedFace, PlacedRings, faces_of, place_surfaces};
use super::feature_row::{attributes, feature_row};
use super::flat_mesh::{FaceMeaning, FlatShaded};
use super::footprint::footprint;
use super::placer::Placer;
use super::rows::{Row, Wanted, rows};
use super::terrain::TerrainMesh;
use crate::SourceDiagnostic;

/// A top-level object ready to be put into a tile.
pub(crate) struct ObjectDraft {
    /// East-north-up frame of everything below; its origin is a vertex of the object.
    pub(crate) frame: EnuFrame,
    /// The object and its parts; bounds and footprints in `frame`.
    pub(crate) features: Vec<Feature>,
    /// Thematic surfaces that [`Self::meshes`] refer to.
    pub(crate) surfaces: Vec<ThematicSurface>,
    /// Everything but terrain, flat-shaded, with outlines.
    pub(crate) meshes: Vec<DressedMesh>,
    /// Terrain with smooth normals; empty for most objects.
    pub(crate) terrain: TerrainMesh,
    /// True if the coordinates have no place on earth.
    pub(crate) is_local: bool,
}

/// What became of an object.
pub(crate) enum Drafted {
    /// It is drawn.
    Placed(Box<ObjectDraft>),
    /// It has no geometry, but refers to others: a group, a version. To be listed with what is drawn.
    Listed(Vec<Feature>),
    /// Nothing of it can be drawn or listed.
    Nothing,
}

impl ObjectDraft {
    /// Corners of the box around everything drawn, in the frame; `None` if nothing is.
    pub(crate) fn bounds(&self) -> Option<[DVec3; 2]> {
        let of_meshes = self.meshes.iter().flat_map(|one| &one.mesh.positions);
        bounds_of(
            of_meshes
                .chain(&self.terrain.positions)
                .map(|&[x, y, z]| DVec3::new(x.into(), y.into(), z.into())),
        )
    }

    /// Triangles of everything but terrain.
    pub(crate) fn triangles(&self) -> usize {
        self.meshes
            .iter()
            .map(|one| one.mesh.indices.len() / 3)
            .sum()
    }
}

/// Builds the draft of one object.
pub(crate) fn draft(
    object: &CityObject,
    wanted: Wanted,
    placer: &Placer,
    source: &str,
    diagnostics: &mut Vec<SourceDiagnostic>,
) -> Drafted {
    let rows = rows(object, wanted);
    let placed: Vec<Vec<PlacedRings>> = rows
        .iter()
        .map(|row| place_surfaces(row.object, &polygons(row), placer))
        .collect();
    let Some(origin) = first_place(&placed) else {
        let features: Vec<Feature> = rows.iter().map(feature_row).collect();
        return if features.iter().any(|row| !row.relations.is_empty()) {
            Drafted::Listed(features)
        } else {
            Drafted::Nothing
        };
    };
    let frame = EnuFrame::at(origin);
    let mut builder = Builder {
        everything: wanted.everything,
        draft: ObjectDraft {
            frame,
            features: Vec::with_capacity(rows.len()),
            surfaces: Vec::new(),
            meshes: Vec::new(),
            terrain: TerrainMesh::default(),
            is_local: rows
                .iter()
                .find(|row| !row.surfaces.is_empty())
                .is_some_and(|row| placer.is_local(&row.object.srs_name)),
        },
        outlined: BTreeMap::new(),
        surface_rows: BTreeMap::new(),
    };
    for (row, placed) in rows.iter().zip(placed) {
        let polygons = polygons(row);
        let mut faces = faces_of(row.object, &polygons, placed, &frame, source, diagnostics);
        complete(row.object, row.lod, &mut faces);
        builder.add(row, faces);
    }
    Drafted::Placed(Box::new(builder.finish()))
}

fn polygons<'a>(row: &Row<'a>) -> Vec<&'a Surface> {
    row.surfaces.iter().map(|one| one.surface).collect()
}

fn first_place(placed: &[Vec<PlacedRings>]) -> Option<Geodetic> {
    placed
        .iter()
        .flatten()
        .flatten()
        .find_map(|rings| rings.first()?.first().copied())
}

/// A draft in the making.
struct Builder {
    everything: bool,
    draft: ObjectDraft,
    /// Faces with outlines. Lines are found among faces that are seen together: those of one level, and apart from
    /// them those that are not seen from outside.
    outlined: BTreeMap<(Option<u8>, bool), Vec<Face>>,
    /// Thematic surfaces met, by the line of their object and their index in it.
    surface_rows: BTreeMap<(*const CityObject, u32), u32>,
}

impl Builder {
    fn add(&mut self, row: &Row<'_>, faces: Vec<PlacedFace>) {
        let feature = self.draft.features.len() as u32;
        let bounds = bounds_of(faces.iter().flat_map(PlacedFace::vertices));
        let mut entry = feature_row(row);
        if let Some(corners) = bounds {
            entry.bounds_local = corners.map(|corner| corner.as_vec3().to_array());
        }
        entry.footprint = footprint(&faces);
        self.draft.features.push(entry);
        let has_walls = faces.iter().any(|face| face.kind == SurfaceKind::Wall);
        for face in faces {
            if face.kind == SurfaceKind::Terrain {
                self.draft.terrain.add(feature, row.lod, &face);
                continue;
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
            let dress = Dress::Plain {
                replaced_in: Vec::new(),
            };
            let mesh = mesh_with(&mut self.draft.meshes, dress);
            let meaning = FaceMeaning {
                feature,
                class,
                surface_row: self.surface_row(row, face.surface),
            };
            self.draft.meshes[mesh].mesh.add_face(meaning, &face);
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

    fn finish(self) -> ObjectDraft {
        let mut draft = self.draft;
        for faces in self.outlined.values() {
            for edge in outline_edges(faces) {
                draft.meshes[edge.mesh].mesh.add_edge(&edge);
            }
        }
        draft.terrain.seal();
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

fn has_outline(class: u8) -> bool {
    !matches!(
        class,
        surface_class::VEGETATION
            | surface_class::WATER
            | surface_class::CLOSURE
            | surface_class::GROUND_SLAB
    )
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

/// Box around points; `None` without points.
pub(crate) fn bounds_of(points: impl Iterator<Item = DVec3>) -> Option<[DVec3; 2]> {
    points.fold(None, |bounds, point| {
        let [low, high] = bounds.unwrap_or([point, point]);
        Some([low.min(point), high.max(point)])
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use citygml_rs::{BoundarySurface, Polygon};

    use super::*;
    use crate::city::georeference_book::GeoreferenceBook;

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

    fn drafted(object: &CityObject, everything: bool) -> ObjectDraft {
        let mut placer = Placer::new(Arc::new(GeoreferenceBook::default()));
        let prepared = placer.prepare(std::slice::from_ref(object));
        assert!(prepared.is_ok(), "a single file is read at once");
        let mut diagnostics = Vec::new();
        let wanted = Wanted {
            max_lod: 3,
            everything,
        };
        match draft(object, wanted, &placer, "test", &mut diagnostics) {
            Drafted::Placed(draft) => *draft,
            _ => panic!("nothing to draw"),
        }
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
            let object = object(
                object_type,
                vec![surface(0, SurfaceKind::Unclassified, &DOWNWARD)],
            );
            let draft = drafted(&object, false);
            let mesh = &draft.meshes[0].mesh;
            assert!(
                mesh.normals.iter().all(|normal| normal[2] > 0.99),
                "{object_type}"
            );
            assert!(
                mesh.surface_classes.iter().all(|found| *found == class),
                "{object_type}"
            );
        }
    }

    const WALL: [[f64; 3]; 4] = [
        [0.0, 0.0, 0.0],
        [8.0, 0.0, 0.0],
        [8.0, 0.0, 5.0],
        [0.0, 0.0, 5.0],
    ];

    #[test]
    fn the_slab_under_walls_is_hidden_and_still_the_footprint_of_building_and_part() {
        let part = object(
            "BuildingPart",
            vec![
                surface(2, SurfaceKind::Ground, &DOWNWARD),
                surface(2, SurfaceKind::Wall, &WALL),
            ],
        );
        let mut building = object("Building", vec![]);
        building.children = vec![part];
        let draft = drafted(&building, false);
        assert_eq!(draft.triangles(), 2);
        assert_eq!(draft.features[1].parent, Some(0));
        assert_eq!(draft.features[0].footprint, draft.features[1].footprint);
        assert_eq!(
            draft.features[0].bounds_local,
            draft.features[1].bounds_local
        );
        let size_m = draft.features[0].bounds_local[1][1] - draft.features[0].bounds_local[0][1];
        assert!((size_m - 8.0).abs() < 1e-3);
        assert_eq!(draft.meshes[0].mesh.edge_positions.len(), 8);

        let everything = drafted(&building, true);
        assert_eq!(everything.triangles(), 4);
        let mesh = &everything.meshes[0].mesh;
        assert!(mesh.surface_classes.contains(&surface_class::GROUND_SLAB));
        assert_eq!(mesh.edge_positions.len(), 8, "slabs have no outline");
    }

    #[test]
    fn each_level_has_rows_triangles_and_outlines_of_its_own() {
        let building = object(
            "Building",
            vec![
                surface(1, SurfaceKind::Wall, &WALL),
                surface(2, SurfaceKind::Wall, &WALL),
            ],
        );
        let draft = drafted(&building, true);
        assert_eq!(draft.features[0].lod, Some(2));
        assert_eq!(
            (draft.features[1].lod, draft.features[1].variant_of),
            (Some(1), Some(0))
        );
        let mesh = &draft.meshes[0].mesh;
        for feature in 0..2 {
            let vertices = mesh.feature_ids.iter().filter(|id| **id == feature);
            let ends = mesh.edge_feature_ids.iter().filter(|id| **id == feature);
            assert_eq!((vertices.count(), ends.count()), (4, 8));
        }
    }

    #[test]
    fn triangles_know_the_thematic_surface_they_are_part_of() {
        let mut building = object(
            "Building",
            vec![
                surface(2, SurfaceKind::Wall, &WALL),
                surface(2, SurfaceKind::Roof, &DOWNWARD),
            ],
        );
        building.boundaries = vec![
            BoundarySurface::default(),
            BoundarySurface {
                id: Some("north wall".into()),
                object_type: "WallSurface".into(),
                ..BoundarySurface::default()
            },
        ];
        building.surfaces[0].boundary = Some(1);
        building.surfaces[1].boundary = Some(99);
        let draft = drafted(&building, true);
        let rows = &draft.meshes[0].mesh.surface_rows;
        assert_eq!(rows.as_slice(), [0, 0, u32::MAX, u32::MAX]);
        assert_eq!(draft.surfaces.len(), 1);
        assert_eq!(draft.surfaces[0].id.as_deref(), Some("north wall"));
    }

    #[test]
    fn a_group_without_geometry_is_listed() {
        let mut group = object("CityObjectGroup", vec![]);
        let placer = Placer::new(Arc::new(GeoreferenceBook::default()));
        let wanted = Wanted {
            max_lod: 3,
            everything: true,
        };
        let drafted = |group: &CityObject| draft(group, wanted, &placer, "t", &mut Vec::new());
        assert!(matches!(drafted(&group), Drafted::Nothing));
        group.relations.push(citygml_rs::Relation {
            role: "groupMember".into(),
            href: "#house".into(),
        });
        assert!(matches!(drafted(&group), Drafted::Listed(rows) if rows.len() == 1));
    }
}
