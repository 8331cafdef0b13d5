//! A tile's way into the picture: prepared off the main thread, spawned on it.

use std::sync::Arc;

use bevy::{camera::visibility::RenderLayers, light::NotShadowCaster, mesh::MeshTag, prelude::*};
use tiles3d::{TileContent, TileMesh};

use super::{
    appearance::{Appearance, ThemedMesh},
    feature_state::{FeatureStates, Side},
    features::{CityFeatures, FeatureIndex, LoadedTile},
    frame::{Placement, SceneFrame},
    look::CityLook,
    material::{Blending, CityEdge, CitySurface},
    picking::TileBvh,
    texture::{DecodedTexture, decode_texture},
    upload::{UploadedMesh, build_mesh},
};

/// A tile whose meshes are built and whose triangles are ready for rays.
#[derive(Debug)]
pub struct PreparedTile {
    content: Arc<TileContent>,
    /// In the order of the tile's meshes, then of its prototypes.
    meshes: Vec<UploadedMesh>,
    textures: Vec<DecodedTexture>,
    bvh: Arc<TileBvh>,
    /// What could not be used, as sentences.
    pub problems: Vec<String>,
}

/// Builds meshes and the ray hierarchy. Heavy: runs on worker threads.
pub fn prepare_tile(content: Arc<TileContent>) -> PreparedTile {
    let bvh = Arc::new(TileBvh::build(&content));
    let mut textures = TextureShelf::default();
    let prototypes = content.instances.iter().map(|instances| &instances.mesh);
    let meshes = content.meshes.iter().chain(prototypes);
    let meshes = meshes
        .map(|mesh| build_mesh(mesh, textures.place_of(mesh)))
        .collect();
    PreparedTile {
        meshes,
        textures: textures.decoded,
        bvh,
        problems: textures.problems,
        content,
    }
}

/// Textures of a tile, each decoded once however many meshes have it.
#[derive(Default)]
struct TextureShelf {
    decoded: Vec<DecodedTexture>,
    /// Address of the bytes and wrapping, with the place among those decoded; `None` for broken ones.
    known: Vec<(*const Vec<u8>, tiles3d::TextureWrap, Option<usize>)>,
    problems: Vec<String>,
}

impl TextureShelf {
    fn place_of(&mut self, mesh: &TileMesh) -> Option<usize> {
        let bytes = mesh.base_color_texture.as_ref()?;
        if mesh.uvs.len() != mesh.positions.len() {
            return None;
        }
        let key = (Arc::as_ptr(bytes), mesh.texture_wrap);
        let mut known = self.known.iter();
        if let Some((_, _, place)) = known.find(|(at, wrap, _)| (*at, *wrap) == key) {
            return *place;
        }
        let place = match decode_texture(bytes, mesh.texture_wrap) {
            Ok(texture) => {
                self.decoded.push(texture);
                Some(self.decoded.len() - 1)
            }
            Err(problem) => {
                self.problems.push(problem);
                None
            }
        };
        self.known.push((key.0, key.1, place));
        place
    }
}

/// What a spawned tile consists of.
#[derive(Debug, Clone)]
pub struct TileEntities {
    /// Number of its first feature.
    pub base: FeatureIndex,
    /// Mesh entities of both sides.
    pub entities: Vec<Entity>,
}

/// The assets a tile is made of.
#[derive(bevy::ecs::system::SystemParam)]
pub struct TileAssets<'w> {
    meshes: ResMut<'w, Assets<Mesh>>,
    images: ResMut<'w, Assets<Image>>,
    surfaces: ResMut<'w, Assets<CitySurface>>,
    look: Res<'w, CityLook>,
    appearance: Res<'w, Appearance>,
    states: Res<'w, FeatureStates>,
    frame: Res<'w, SceneFrame>,
}

/// A mesh in the hands of the engine, ready to stand anywhere.
struct MeshAssets {
    solid: Option<Handle<Mesh>>,
    glass: Option<Handle<Mesh>>,
    edges: Option<Handle<Mesh>>,
    solid_materials: [Handle<CitySurface>; 2],
    glass_materials: [Handle<CitySurface>; 2],
    casts_shadow: bool,
}

/// Puts a tile into the picture, once for each side, over the same meshes.
pub fn spawn_tile(
    commands: &mut Commands,
    assets: &mut TileAssets,
    city: &mut CityFeatures,
    source: usize,
    tile: PreparedTile,
) -> TileEntities {
    let content = tile.content;
    let base = city.insert(LoadedTile {
        source,
        content: content.clone(),
        bvh: tile.bvh,
        shown: true,
    });
    let textures: Vec<(Handle<Image>, bool)> = tile
        .textures
        .into_iter()
        .map(|texture| (assets.images.add(texture.image), texture.has_holes))
        .collect();
    let meshes: Vec<MeshAssets> = tile
        .meshes
        .into_iter()
        .map(|mesh| assets.take_in(mesh, &textures))
        .collect();
    let (own, prototypes) = meshes.split_at(content.meshes.len().min(meshes.len()));
    let mut entities = Vec::new();
    for (mesh, source) in own.iter().zip(&content.meshes) {
        for side in Side::BOTH {
            let themed = (source.theme.is_some() || source.replaced_in != 0).then(|| ThemedMesh {
                side,
                theme: source.theme,
                replaced_in: source.replaced_in,
                content: content.clone(),
            });
            let place = content.ecef_from_local;
            entities.extend(assets.stand(commands, mesh, place, base, side, themed));
        }
    }
    for (mesh, instances) in prototypes.iter().zip(&content.instances) {
        for (local_from_prototype, feature) in &instances.placements {
            let place = content.ecef_from_local * local_from_prototype.as_dmat4();
            for side in Side::BOTH {
                let tag = base + feature;
                entities.extend(assets.stand(commands, mesh, place, tag, side, None));
            }
        }
    }
    TileEntities { base, entities }
}

impl TileAssets<'_> {
    fn take_in(&mut self, mesh: UploadedMesh, textures: &[(Handle<Image>, bool)]) -> MeshAssets {
        let texture = mesh.texture.and_then(|place| textures.get(place));
        let has_glass = mesh.glass.is_some();
        let material = |assets: &mut Self, side: Side, blending: Blending| match texture {
            Some((image, _)) => {
                let states = assets.states.buffer(side);
                let material = assets.look.textured(states, image.clone(), blending);
                assets.surfaces.add(material)
            }
            None if blending == Blending::Glass => assets.look.glass(side),
            None => assets.look.surface(side),
        };
        let solid = match texture {
            Some((_, true)) => Blending::Holes,
            _ => Blending::Solid,
        };
        let solid_materials = Side::BOTH.map(|side| material(self, side, solid));
        MeshAssets {
            glass_materials: if has_glass {
                Side::BOTH.map(|side| material(self, side, Blending::Glass))
            } else {
                solid_materials.clone()
            },
            solid_materials,
            solid: mesh.surface.map(|surface| self.meshes.add(surface)),
            glass: mesh.glass.map(|glass| self.meshes.add(glass)),
            edges: mesh.edges.map(|edges| self.meshes.add(edges)),
            casts_shadow: mesh.casts_shadow,
        }
    }

    /// Spawns a mesh in its place on one side.
    fn stand(
        &self,
        commands: &mut Commands,
        mesh: &MeshAssets,
        ecef_from_local: glam::DMat4,
        tag: FeatureIndex,
        side: Side,
        themed: Option<ThemedMesh>,
    ) -> Vec<Entity> {
        let placement = Placement { ecef_from_local };
        let layers = match &themed {
            Some(themed) => themed.layers(&self.appearance.shown()),
            None => side.layers(),
        };
        let common = (
            placement,
            placement.transform(&self.frame),
            MeshTag(tag),
            layers,
        );
        let mut entities = Vec::new();
        if let Some(solid) = &mesh.solid {
            let material = mesh.solid_materials[side.index()].clone();
            let bundle = (
                common.clone(),
                Mesh3d(solid.clone()),
                MeshMaterial3d(material),
            );
            let mut entity = commands.spawn(bundle);
            if !mesh.casts_shadow {
                entity.insert(NotShadowCaster);
            }
            entities.push(entity.id());
        }
        if let Some(glass) = &mesh.glass {
            let material = mesh.glass_materials[side.index()].clone();
            let bundle = (
                common.clone(),
                Mesh3d(glass.clone()),
                MeshMaterial3d(material),
            );
            entities.push(commands.spawn((bundle, NotShadowCaster)).id());
        }
        if let Some(edges) = &mesh.edges {
            entities.push(spawn_edges(commands, common, edges, self.look.edge(side)));
        }
        if let Some(themed) = themed {
            for entity in &entities {
                commands.entity(*entity).insert(themed.clone());
            }
        }
        entities
    }
}

fn spawn_edges(
    commands: &mut Commands,
    common: (Placement, Transform, MeshTag, RenderLayers),
    mesh: &Handle<Mesh>,
    material: Handle<CityEdge>,
) -> Entity {
    let edges = (
        common,
        Mesh3d(mesh.clone()),
        MeshMaterial3d(material),
        NotShadowCaster,
    );
    commands.spawn(edges).id()
}

/// Takes a tile out of the picture and frees its feature numbers.
pub fn despawn_tile(commands: &mut Commands, city: &mut CityFeatures, tile: &TileEntities) {
    for entity in &tile.entities {
        commands.entity(*entity).despawn();
    }
    city.remove(tile.base);
}
