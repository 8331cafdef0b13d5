//! A tile's way into the picture: prepared off the main thread, spawned on it.

use std::sync::Arc;

use bevy::{camera::visibility::RenderLayers, light::NotShadowCaster, mesh::MeshTag, prelude::*};
use tiles3d::TileContent;

use super::{
    feature_state::{FeatureStates, Side},
    features::{CityFeatures, FeatureIndex, LoadedTile},
    frame::{Placement, SceneFrame},
    look::CityLook,
    material::{CityEdge, CitySurface},
    picking::TileBvh,
    upload::{UploadedMesh, build_mesh},
};

/// A tile whose meshes are built and whose triangles are ready for rays.
#[derive(Debug)]
pub struct PreparedTile {
    content: Arc<TileContent>,
    meshes: Vec<UploadedMesh>,
    bvh: Arc<TileBvh>,
    /// What could not be used, as sentences.
    pub problems: Vec<String>,
}

/// Builds meshes and the ray hierarchy. Heavy: runs on worker threads.
pub fn prepare_tile(content: Arc<TileContent>) -> PreparedTile {
    let bvh = Arc::new(TileBvh::build(&content));
    let mut problems = Vec::new();
    let meshes = content
        .meshes
        .iter()
        .map(|mesh| {
            let (uploaded, problem) = build_mesh(mesh);
            problems.extend(problem);
            uploaded
        })
        .collect();
    PreparedTile {
        content,
        meshes,
        bvh,
        problems,
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
    states: Res<'w, FeatureStates>,
    frame: Res<'w, SceneFrame>,
}

/// Puts a tile into the picture, once for each side, over the same meshes.
pub fn spawn_tile(
    commands: &mut Commands,
    assets: &mut TileAssets,
    city: &mut CityFeatures,
    source: usize,
    tile: PreparedTile,
) -> TileEntities {
    let placement = Placement {
        ecef_from_local: tile.content.ecef_from_local,
    };
    let transform = placement.transform(&assets.frame);
    let base = city.insert(LoadedTile {
        source,
        content: tile.content,
        bvh: tile.bvh,
        shown: true,
    });
    let mut entities = Vec::new();
    for mesh in tile.meshes {
        let surface = assets.meshes.add(mesh.surface);
        let edges = mesh.edges.map(|edges| assets.meshes.add(edges));
        let texture = mesh.texture.map(|texture| assets.images.add(texture));
        for side in Side::BOTH {
            let common = (placement, transform, MeshTag(base), side.layers());
            let material = match &texture {
                Some(texture) => {
                    let states = assets.states.buffer(side);
                    let material = assets.look.textured(states, texture.clone());
                    assets.surfaces.add(material)
                }
                None => assets.look.surface(side),
            };
            let mut entity = commands.spawn((
                common.clone(),
                Mesh3d(surface.clone()),
                MeshMaterial3d(material),
            ));
            if !mesh.casts_shadow {
                entity.insert(NotShadowCaster);
            }
            entities.push(entity.id());
            if let Some(edges) = &edges {
                entities.push(spawn_edges(commands, common, edges, assets.look.edge(side)));
            }
        }
    }
    TileEntities { base, entities }
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
