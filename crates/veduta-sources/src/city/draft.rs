//! One top-level city object as meshes in a frame of its own, before it is given to a tile.

use std::sync::Arc;

use citygml_rs::{CityObject, Surface};
use glam::{DMat4, DVec3};
use serde::{Deserialize, Serialize};
use tiles3d::{Feature, ThematicSurface};
use veduta_geo::{EnuFrame, Geodetic};

use super::builder::Builder;
use super::complete::complete;
use super::dress::DressedMesh;
use super::faces::{PlacedRings, faces_of, place_surfaces};
use super::feature_row::feature_row;
use super::implicit::ecef_from_template;
use super::placer::Placer;
use super::prototype::{Prototype, PrototypeShelf};
use super::rows::{Row, Wanted, rows};
use super::terrain::TerrainMesh;
use crate::diagnostics::code;
use crate::picture::ImageShelf;
use crate::{Severity, SourceDiagnostic};

/// A top-level object ready to be put into a tile. Drafts are kept on disk: see [`crate::cache`].
#[derive(Debug, PartialEq, Serialize, Deserialize)]
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
    /// Prototypes that stand in it.
    pub(crate) instances: Vec<Instance>,
    /// True if the coordinates have no place on earth.
    pub(crate) is_local: bool,
}

/// A prototype at a place.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Instance {
    /// Kept on disk once for all instances: see [`super::kept`].
    #[serde(skip)]
    pub(crate) prototype: Arc<Prototype>,
    /// From the meshes of the prototype to the frame of the draft.
    pub(crate) draft_from_prototype: DMat4,
    /// Row of the feature table.
    pub(crate) feature: u32,
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

/// What drafts of one file are made with.
pub(crate) struct DraftTools<'a> {
    pub(crate) placer: &'a Placer,
    pub(crate) images: &'a mut ImageShelf,
    pub(crate) prototypes: &'a mut PrototypeShelf,
    /// Name of the file in findings.
    pub(crate) source: &'a str,
    pub(crate) diagnostics: &'a mut Vec<SourceDiagnostic>,
}

impl ObjectDraft {
    /// Corners of the box around what is drawn by default, in the frame; `None` if nothing is drawn. Other levels do not
    /// count: footprints often lie at height 0, far below their buildings.
    pub(crate) fn bounds(&self) -> Option<[DVec3; 2]> {
        let corners = self
            .features
            .iter()
            .filter(|feature| feature.variant_of.is_none())
            .map(|feature| feature.bounds_local)
            .filter(|[low, high]| low[0] <= high[0])
            .flatten()
            .map(|[x, y, z]| DVec3::new(x.into(), y.into(), z.into()));
        bounds_of(corners)
    }

    /// Triangles of everything but terrain, prototypes wherever they stand counted as one.
    pub(crate) fn weight(&self) -> usize {
        let of_meshes = self.meshes.iter().map(|one| one.mesh.indices.len() / 3);
        of_meshes.sum::<usize>() + self.instances.len()
    }
}

/// Builds the draft of one object.
pub(crate) fn draft(object: &CityObject, wanted: Wanted, tools: &mut DraftTools<'_>) -> Drafted {
    let rows = rows(object, wanted);
    let placed: Vec<Vec<PlacedRings>> = rows
        .iter()
        .map(|row| place_surfaces(row.object, &polygons(row), tools.placer))
        .collect();
    let standing: Vec<Vec<Standing>> = rows.iter().map(|row| prototypes(row, tools)).collect();
    let anchor = || standing.iter().flatten().map(|one| one.anchor).next();
    let Some(origin) = first_place(&placed).or_else(anchor) else {
        let features: Vec<Feature> = rows.iter().map(feature_row).collect();
        return if features.iter().any(|row| !row.relations.is_empty()) {
            Drafted::Listed(features)
        } else {
            Drafted::Nothing
        };
    };
    let frame = EnuFrame::at(origin);
    let is_local = rows
        .iter()
        .find(|row| !row.surfaces.is_empty() || !row.implicit.is_empty())
        .is_some_and(|row| tools.placer.is_local(&row.object.srs_name));
    let mut builder = Builder::new(frame, is_local, wanted.everything);
    for ((row, placed), standing) in rows.iter().zip(placed).zip(standing) {
        let polygons = polygons(row);
        let mut faces = faces_of(
            row.object,
            &polygons,
            placed,
            &frame,
            tools.source,
            tools.diagnostics,
        );
        complete(row.object, row.lod, row.is_interior, &mut faces);
        builder.add(row, faces, standing, tools);
    }
    Drafted::Placed(Box::new(builder.finish()))
}

/// A prototype placed on earth.
pub(crate) struct Standing {
    pub(crate) prototype: Arc<Prototype>,
    pub(crate) ecef_from_prototype: DMat4,
    pub(crate) anchor: Geodetic,
}

fn prototypes(row: &Row<'_>, tools: &mut DraftTools<'_>) -> Vec<Standing> {
    let object = row.object;
    let mut standing = Vec::with_capacity(row.implicit.len());
    for implicit in &row.implicit {
        let Some(prototype) = tools.prototypes.prototype(
            &implicit.template,
            object,
            tools.images,
            tools.source,
            tools.diagnostics,
        ) else {
            continue;
        };
        match ecef_from_template(implicit, prototype.origin, &object.srs_name, tools.placer) {
            Some((ecef_from_prototype, anchor)) => standing.push(Standing {
                prototype,
                ecef_from_prototype,
                anchor,
            }),
            None => tools.diagnostics.push(
                SourceDiagnostic::new(
                    code::NOT_CONVERTED,
                    Severity::Warning,
                    tools.source,
                    "the reference point or matrix of an implicit geometry cannot be used",
                )
                .at_object(&object.id, implicit.line),
            ),
        }
    }
    standing
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

/// Box around points; `None` without points.
pub(crate) fn bounds_of(points: impl Iterator<Item = DVec3>) -> Option<[DVec3; 2]> {
    points.fold(None, |bounds, point| {
        let [low, high] = bounds.unwrap_or([point, point]);
        Some([low.min(point), high.max(point)])
    })
}

#[cfg(test)]
mod tests {
    use citygml_rs::{BoundarySurface, Polygon, SurfaceKind};
    use tiles3d::surface_class;

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
        let mut tools = DraftTools {
            placer: &placer,
            images: &mut ImageShelf::new(std::path::Path::new("test.gml"), false),
            prototypes: &mut PrototypeShelf::default(),
            source: "test",
            diagnostics: &mut diagnostics,
        };
        match draft(object, wanted, &mut tools) {
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
        assert_eq!(draft.weight(), 2);
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
        assert_eq!(everything.weight(), 4);
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
        let drafted = |group: &CityObject| {
            let mut tools = DraftTools {
                placer: &placer,
                images: &mut ImageShelf::new(std::path::Path::new("test.gml"), false),
                prototypes: &mut PrototypeShelf::default(),
                source: "test",
                diagnostics: &mut Vec::new(),
            };
            draft(group, wanted, &mut tools)
        };
        assert!(matches!(drafted(&group), Drafted::Nothing));
        group.relations.push(citygml_rs::Relation {
            role: "groupMember".into(),
            href: "#house".into(),
        });
        assert!(matches!(drafted(&group), Drafted::Listed(rows) if rows.len() == 1));
    }
}
