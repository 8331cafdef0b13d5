//! Drafts of objects into tiles.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use glam::{DMat4, DVec3, Mat4, Vec3};
use tiles3d::{Feature, Instances, ThematicSurface, TileContent, TileMesh, surface_class};
use veduta_geo::{EnuFrame, geodetic_from_ecef};

use super::draft::ObjectDraft;
use super::dress::{Dress, DressedMesh};
use super::finish::{Themes, finished};
use super::prototype::Prototype;
use super::quadtree::Piece;
use crate::picture::TilePictures;

/// Puts the pieces of one leaf into one tile; its textures are hung when it is loaded.
///
/// The meshes of whole objects are taken out of their drafts; terrain stays, since other tiles need
/// its other triangles.
pub(crate) fn assemble(
    pieces: &[Piece],
    drafts: &mut [ObjectDraft],
    themes: &Themes,
) -> (TileContent, TilePictures) {
    let frame = tile_frame(pieces, drafts);
    let mut tile = Tile::default();
    let mut terrain: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for piece in pieces {
        match piece.terrain_triangle {
            Some(triangle) => terrain.entry(piece.object).or_default().push(triangle),
            None => tile.add_object(&mut drafts[piece.object], piece.object, &frame),
        }
    }
    for (object, triangles) in terrain {
        tile.add_terrain(&drafts[object], object, &triangles, &frame);
    }
    tile.finish(&frame, themes)
}

/// East-north-up frame in the middle of a tile, on the height of its first object.
fn tile_frame(pieces: &[Piece], drafts: &[ObjectDraft]) -> EnuFrame {
    let count = pieces.len().max(1) as f64;
    let middle_ecef = pieces
        .iter()
        .map(|piece| {
            let draft = &drafts[piece.object];
            match piece.terrain_triangle {
                Some(triangle) => draft
                    .frame
                    .point_ecef_from_enu(draft.terrain.centroid(triangle as usize)),
                None => draft.frame.origin_ecef(),
            }
        })
        .sum::<DVec3>()
        / count;
    EnuFrame::at(geodetic_from_ecef(middle_ecef))
}

/// A prototype and where it stands: tile from prototype, and the feature it belongs to.
struct Stand {
    prototype: Arc<Prototype>,
    placements: Vec<(Mat4, u32)>,
}

#[derive(Default)]
struct Tile {
    features: Vec<Feature>,
    first_feature_of: HashMap<usize, u32>,
    surfaces: Vec<ThematicSurface>,
    solid: BTreeMap<Dress, TileMesh>,
    terrain: TileMesh,
    instances: Vec<Stand>,
    instance_of: HashMap<*const Prototype, usize>,
}

impl Tile {
    fn add_object(&mut self, draft: &mut ObjectDraft, object: usize, frame: &EnuFrame) {
        let tile_from_draft = frame.enu_from_ecef() * draft.frame.ecef_from_enu();
        // Terrain of the same object may lie in other tiles too, which then need the rows again.
        let rows = if draft.terrain.triangles.is_empty() {
            std::mem::take(&mut draft.features)
        } else {
            draft.features.clone()
        };
        let first_feature = self.add_features(rows, object, tile_from_draft);
        let first_surface = self.surfaces.len() as u32;
        self.surfaces.append(&mut draft.surfaces);
        for one in std::mem::take(&mut draft.meshes) {
            let into = self.solid.entry(one.dress).or_default();
            let offsets = Offsets {
                tile_from_draft,
                first_feature,
                first_surface,
            };
            append(into, one.mesh, &offsets);
        }
        for instance in std::mem::take(&mut draft.instances) {
            let placement = (tile_from_draft * instance.draft_from_prototype).as_mat4();
            let next = self.instances.len();
            let index = *self
                .instance_of
                .entry(Arc::as_ptr(&instance.prototype))
                .or_insert(next);
            if index == next {
                self.instances.push(Stand {
                    prototype: instance.prototype,
                    placements: Vec::new(),
                });
            }
            self.instances[index]
                .placements
                .push((placement, first_feature + instance.feature));
        }
    }

    fn add_terrain(
        &mut self,
        draft: &ObjectDraft,
        object: usize,
        triangles: &[u32],
        frame: &EnuFrame,
    ) {
        let tile_from_draft = frame.enu_from_ecef() * draft.frame.ecef_from_enu();
        let first_feature = self.add_features(draft.features.clone(), object, tile_from_draft);
        // A vertex of two features (terrains that meet) is kept once for each.
        let mut vertex_of: HashMap<(u32, u32), u32> = HashMap::new();
        for &triangle in triangles {
            let feature = draft.terrain.triangle_features[triangle as usize];
            for corner in draft.terrain.triangles[triangle as usize] {
                let mesh = &mut self.terrain;
                let next = mesh.positions.len() as u32;
                let vertex = *vertex_of.entry((corner, feature)).or_insert_with(|| {
                    let position = draft.terrain.positions[corner as usize];
                    let normal = draft.terrain.normal(corner).to_array();
                    mesh.positions.push(moved(tile_from_draft, position));
                    mesh.normals.push(turned(tile_from_draft, normal));
                    mesh.feature_ids.push(first_feature + feature);
                    mesh.surface_classes.push(surface_class::TERRAIN);
                    next
                });
                mesh.indices.push(vertex);
            }
        }
    }

    fn finish(self, frame: &EnuFrame, themes: &Themes) -> (TileContent, TilePictures) {
        let mut pictures = TilePictures::default();
        let solid = self
            .solid
            .into_iter()
            .map(|(dress, mesh)| DressedMesh { dress, mesh });
        let mut meshes = Vec::new();
        for (mesh, picture) in finished(solid.collect(), themes) {
            if let Some(picture) = picture {
                pictures.of_meshes.insert(meshes.len(), picture);
            }
            meshes.push(mesh);
        }
        if !self.terrain.indices.is_empty() {
            meshes.push(self.terrain);
        }
        let mut instances = Vec::new();
        for stand in self.instances {
            for (mesh, picture) in finished(stand.prototype.meshes.clone(), themes) {
                if let Some(picture) = picture {
                    pictures.of_instances.insert(instances.len(), picture);
                }
                instances.push(Instances {
                    mesh,
                    placements: stand.placements.clone(),
                });
            }
        }
        let content = TileContent {
            ecef_from_local: frame.ecef_from_enu(),
            meshes,
            instances,
            features: self.features,
            surfaces: self.surfaces,
            themes: themes.names(),
        };
        (content, pictures)
    }

    /// Rows of an object and its parts; once per tile.
    fn add_features(&mut self, rows: Vec<Feature>, object: usize, tile_from_draft: DMat4) -> u32 {
        if let Some(&first) = self.first_feature_of.get(&object) {
            return first;
        }
        let first = self.features.len() as u32;
        self.first_feature_of.insert(object, first);
        self.features.extend(rows.into_iter().map(|row| Feature {
            parent: row.parent.map(|parent| first + parent),
            variant_of: row.variant_of.map(|main| first + main),
            bounds_local: moved_bounds(tile_from_draft, row.bounds_local),
            footprint: moved_rings(tile_from_draft, &row.footprint),
            ..row
        }));
        first
    }
}

/// From the numbers of a draft to those of a tile.
struct Offsets {
    tile_from_draft: DMat4,
    first_feature: u32,
    first_surface: u32,
}

fn append(into: &mut TileMesh, mesh: TileMesh, offsets: &Offsets) {
    let place = |point: &[f32; 3]| moved(offsets.tile_from_draft, *point);
    let turn = |normal: &[f32; 3]| turned(offsets.tile_from_draft, *normal);
    let feature = |id: &u32| offsets.first_feature + id;
    let first_vertex = into.positions.len() as u32;
    into.positions.extend(mesh.positions.iter().map(place));
    into.normals.extend(mesh.normals.iter().map(turn));
    into.feature_ids
        .extend(mesh.feature_ids.iter().map(feature));
    into.surface_classes.extend(mesh.surface_classes);
    into.indices
        .extend(mesh.indices.iter().map(|index| first_vertex + index));
    into.colors.extend(mesh.colors);
    into.uvs.extend(mesh.uvs);
    into.surface_rows
        .extend(mesh.surface_rows.iter().map(|row| match *row {
            u32::MAX => u32::MAX,
            row => offsets.first_surface + row,
        }));
    into.edge_positions
        .extend(mesh.edge_positions.iter().map(place));
    into.edge_feature_ids
        .extend(mesh.edge_feature_ids.iter().map(feature));
    into.edge_surface_classes.extend(mesh.edge_surface_classes);
}

fn moved(tile_from_draft: DMat4, point: [f32; 3]) -> [f32; 3] {
    tile_from_draft
        .transform_point3(Vec3::from_array(point).as_dvec3())
        .as_vec3()
        .to_array()
}

fn turned(tile_from_draft: DMat4, normal: [f32; 3]) -> [f32; 3] {
    tile_from_draft
        .transform_vector3(Vec3::from_array(normal).as_dvec3())
        .normalize_or(DVec3::Z)
        .as_vec3()
        .to_array()
}

fn moved_bounds(tile_from_draft: DMat4, [low, high]: [[f32; 3]; 2]) -> [[f32; 3]; 2] {
    if low[0] > high[0] {
        return [low, high];
    }
    let mut moved_low = [f32::INFINITY; 3];
    let mut moved_high = [f32::NEG_INFINITY; 3];
    for corner in 0..8 {
        let pick = |axis: usize| {
            if corner >> axis & 1 == 0 {
                low[axis]
            } else {
                high[axis]
            }
        };
        let point = moved(tile_from_draft, [pick(0), pick(1), pick(2)]);
        for axis in 0..3 {
            moved_low[axis] = moved_low[axis].min(point[axis]);
            moved_high[axis] = moved_high[axis].max(point[axis]);
        }
    }
    [moved_low, moved_high]
}

fn moved_rings(tile_from_draft: DMat4, rings: &[Vec<[f32; 2]>]) -> Vec<Vec<[f32; 2]>> {
    rings
        .iter()
        .map(|ring| {
            ring.iter()
                .map(|&[x, y]| {
                    let [x, y, _] = moved(tile_from_draft, [x, y, 0.0]);
                    [x, y]
                })
                .collect()
        })
        .collect()
}
