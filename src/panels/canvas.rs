//! The pictures of the scene that the window shows, drawn only when something changed.
//!
//! Each view draws into an image of its own; the interface lays the images under its panels. A
//! scene at rest costs nothing but the interface. On a processor the picture is drawn at half size
//! while the camera moves and in full as soon as it stands.

use bevy::{
    camera::RenderTarget,
    prelude::*,
    render::render_resource::{TextureFormat, TextureUsages},
};
use bevy_egui::{EguiTextureHandle, EguiUserTextures};
use egui::TextureId;

use crate::{
    app::PendingPipelines,
    camera::CameraRig,
    city::{CityFeatures, CityLook, FeatureStatesUploaded, Quality, SceneFrame, Side, Sun},
    compare::{SceneRectangles, ShownScenarios},
};

/// Frames drawn after tiles changed: meshes need one to reach the adapter, one to be culled.
const FRAMES_AFTER_TILES: u32 = 4;
/// Frames drawn after light, states or camera changed; two, because buffers arrive a frame late.
const FRAMES_AFTER_CHANGE: u32 = 2;
/// How long the camera must stand before the picture is drawn in full, seconds.
const REST_SECS: f32 = 0.18;

/// One view's image.
#[derive(Debug)]
struct View {
    image: Handle<Image>,
    texture: TextureId,
    size: UVec2,
}

/// The images of both views.
#[derive(Resource, Debug, Default)]
pub struct Canvas {
    views: [Option<View>; 2],
    /// Drawn at this part of the full size.
    reduced: bool,
    moved_at_secs: f32,
    last_rig: CameraRig,
    frames_due: u32,
    seen: Seen,
}

/// What the pictures were last drawn from.
#[derive(Debug, Default, PartialEq, Clone, Copy)]
struct Seen {
    city_revision: u64,
    visible_tiles: usize,
}

impl Canvas {
    /// The texture of a view for the interface.
    pub fn texture(&self, side: Side) -> Option<TextureId> {
        self.views[side.index()].as_ref().map(|view| view.texture)
    }
}

/// Gives every shown view an image that fits its rectangle.
#[allow(clippy::too_many_arguments, reason = "a system takes what it reads")]
pub(super) fn fit_canvas(
    rectangles: Res<SceneRectangles>,
    quality: Option<Res<Quality>>,
    time: Res<Time>,
    rig: Res<CameraRig>,
    mut canvas: ResMut<Canvas>,
    mut images: ResMut<Assets<Image>>,
    mut textures: ResMut<EguiUserTextures>,
    mut cameras: Query<(&mut RenderTarget, &Side), With<Camera3d>>,
) {
    let Some(quality) = quality else { return };
    let now = time.elapsed_secs();
    if canvas.last_rig != *rig {
        canvas.last_rig = *rig;
        canvas.moved_at_secs = now;
        canvas.frames_due = canvas.frames_due.max(FRAMES_AFTER_CHANGE);
    }
    let moving = now - canvas.moved_at_secs < REST_SECS;
    canvas.reduced = moving && *quality == Quality::Software;
    let divisor = if canvas.reduced { 2 } else { 1 };
    for (mut target, side) in &mut cameras {
        let index = side.index();
        let Some(rectangle) = rectangles.rectangles[index] else {
            continue;
        };
        let size = (rectangle.size() / divisor).max(UVec2::splat(2));
        if canvas.views[index]
            .as_ref()
            .is_some_and(|view| view.size == size)
        {
            continue;
        }
        let mut image =
            Image::new_target_texture(size.x, size.y, TextureFormat::Rgba8UnormSrgb, None);
        image.texture_descriptor.usage |= TextureUsages::COPY_SRC;
        let image = images.add(image);
        let texture = textures.add_image(EguiTextureHandle::Strong(image.clone()));
        if let Some(old) = canvas.views[index].take() {
            textures.remove_image(old.image.id());
        }
        *target = RenderTarget::Image(image.clone().into());
        canvas.views[index] = Some(View {
            image,
            texture,
            size,
        });
        canvas.frames_due = canvas.frames_due.max(FRAMES_AFTER_CHANGE);
    }
}

/// Switches the views on for as long as there is something new to draw.
#[allow(
    clippy::too_many_arguments,
    reason = "a system takes what it reads, and a picture depends on much"
)]
pub(super) fn draw_on_demand(
    rectangles: Res<SceneRectangles>,
    shown: Res<ShownScenarios>,
    look: Res<CityLook>,
    sun: Res<Sun>,
    frame: Option<Res<SceneFrame>>,
    pipelines: Res<PendingPipelines>,
    city: Res<CityFeatures>,
    tiles: Query<&Visibility, With<Mesh3d>>,
    mut uploaded: MessageReader<FeatureStatesUploaded>,
    mut canvas: ResMut<Canvas>,
    mut cameras: Query<(&mut Camera, &Side), With<Camera3d>>,
) {
    let visible = tiles.iter().filter(|tile| **tile != Visibility::Hidden);
    let now = Seen {
        city_revision: city.revision(),
        visible_tiles: visible.count(),
    };
    let tiles_changed = pipelines.count() > 0 || canvas.seen != now;
    let changed = uploaded.read().count() > 0
        || look.is_changed()
        || sun.is_changed()
        || shown.is_changed()
        || frame.is_some_and(|frame| frame.is_changed());
    canvas.seen = now;
    if tiles_changed {
        canvas.frames_due = FRAMES_AFTER_TILES;
    } else if changed {
        canvas.frames_due = canvas.frames_due.max(FRAMES_AFTER_CHANGE);
    }
    let draw = canvas.frames_due > 0;
    canvas.frames_due = canvas.frames_due.saturating_sub(1);
    for (mut camera, side) in &mut cameras {
        let active = draw
            && rectangles.rectangles[side.index()].is_some()
            && (*side == Side::Left || shown.comparing);
        if camera.is_active != active {
            camera.is_active = active;
        }
    }
}

/// Lays the pictures under the panels.
pub(super) fn paint_canvas(world: &World, context: &egui::Context) {
    let canvas = world.resource::<Canvas>();
    let rectangles = world.resource::<SceneRectangles>();
    let painter = context.layer_painter(egui::LayerId::background());
    let whole = egui::Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(1.0, 1.0));
    for side in Side::BOTH {
        if let (Some(texture), Some(area)) = (canvas.texture(side), rectangles.points[side.index()])
        {
            painter.image(texture, area, whole, veduta_panels::theme::UNTINTED);
        }
    }
}
