//! The start screen, and files dropped onto the window.

use bevy::{
    asset::RenderAssetUsages,
    image::{CompressedImageFormats, ImageSampler, ImageType},
    prelude::*,
    window::FileDragAndDrop,
};
use bevy_egui::{EguiTextureHandle, EguiUserTextures};
use egui::TextureId;
use veduta_panels::{BundledScene, RecentScene, StartModel};

use super::{UserFiles, apply};
use crate::{clock::SceneClock, scenes, stream::OpenScene};

/// Pictures of the bundled scenes, made on the first showing.
#[derive(Resource, Debug, Default)]
pub struct BundledPictures {
    made: Option<Vec<Option<Picture>>>,
}

/// A texture and its size in pixels.
type Picture = (TextureId, [u32; 2]);

/// The start screen.
pub fn start_model(world: &mut World) -> StartModel {
    let pictures = bundled_pictures(world);
    let zone = world.resource::<SceneClock>().zone().clone();
    let recent = world.resource::<UserFiles>().recent().entries();
    StartModel {
        recent: recent
            .iter()
            .map(|scene| RecentScene {
                title: scene.title.clone(),
                target: scene.location.clone(),
                opened: Some(scene.opened_at.to_zoned(zone.clone())),
                missing: !scene.location.contains("://")
                    && !std::path::Path::new(&scene.location).exists(),
            })
            .collect(),
        bundled: scenes::BUNDLED
            .iter()
            .zip(pictures)
            .map(|(bundled, picture)| BundledScene {
                id: bundled.id.to_owned(),
                title: bundled.title.to_owned(),
                description: bundled.description.to_owned(),
                picture,
                synthetic: bundled.synthetic,
            })
            .collect(),
        opening: None,
        version: env!("CARGO_PKG_VERSION").to_owned(),
    }
}

fn bundled_pictures(world: &mut World) -> Vec<Option<Picture>> {
    if let Some(made) = &world.resource::<BundledPictures>().made {
        return made.clone();
    }
    let made: Vec<_> = scenes::BUNDLED
        .iter()
        .map(|bundled| {
            let image = Image::from_buffer(
                bundled.picture,
                ImageType::MimeType("image/jpeg"),
                CompressedImageFormats::NONE,
                true,
                ImageSampler::linear(),
                RenderAssetUsages::RENDER_WORLD,
            )
            .inspect_err(|error| warn!("the picture of {} is broken: {error}", bundled.id))
            .ok()?;
            let size = [image.width(), image.height()];
            let handle = world.resource_mut::<Assets<Image>>().add(image);
            let texture = world
                .resource_mut::<EguiUserTextures>()
                .add_image(EguiTextureHandle::Strong(handle));
            Some((texture, size))
        })
        .collect();
    world.resource_mut::<BundledPictures>().made = Some(made.clone());
    made
}

/// Opens what is dropped onto the window, and remembers what was opened.
pub(super) fn open_dropped_files(world: &mut World) {
    let dropped: Vec<String> = world
        .resource_mut::<Messages<FileDragAndDrop>>()
        .drain()
        .filter_map(|event| match event {
            FileDragAndDrop::DroppedFile { path_buf, .. } => {
                Some(path_buf.to_string_lossy().into_owned())
            }
            FileDragAndDrop::HoveredFile { .. } | FileDragAndDrop::HoveredFileCanceled { .. } => {
                None
            }
        })
        .collect();
    if let Some(first) = dropped.first() {
        apply::open(world, first);
    }
}

/// Writes an opened scene into the list of recent ones.
pub(super) fn remember_opened(
    mut opened: MessageReader<OpenScene>,
    clock: Res<SceneClock>,
    mut files: ResMut<UserFiles>,
) {
    for OpenScene(request) in opened.read() {
        if let Some(location) = &request.remember_as {
            files.remember(veduta_scene::RecentScene {
                location: location.clone(),
                title: request.scene.title.clone(),
                opened_at: clock.present(),
            });
        }
    }
}
