//! The bridge between the window's panels and the world.
//!
//! Each frame the world is read into models (plain data), the panels draw them and answer with
//! commands, and [`apply`] carries those out. Panels never see the world, the world never sees egui
//! beyond this room.

mod apply;
mod apply_view;
mod canvas;
mod catalogue;
mod inspect_entity;
mod inspect_object;
mod inspect_surface;
mod keys;
mod layers;
mod legend;
mod looks;
mod modules;
mod notices;
mod opening_notes;
mod scene;
mod search;
mod settings;
mod start;
mod status;
mod storeys;
mod timeline;
mod toolbar;
mod view;

use bevy::{camera::visibility::RenderLayers, prelude::*};
use bevy_egui::{
    EguiContext, EguiGlobalSettings, EguiPlugin, EguiPrimaryContextPass, PrimaryEguiContext,
};
use veduta_panels::{SceneHalf, WindowModel, WindowOutput, WindowScreen, WindowState};

pub use notices::Notices;
pub use settings::UserFiles;

use crate::{
    camera::InputFocus,
    city::{CityLook, Quality, Side, spawn_stage},
    compare::SceneRectangles,
    stream::StreamState,
};

/// The panels room.
pub struct PanelsPlugin;

impl Plugin for PanelsPlugin {
    fn build(&self, app: &mut App) {
        app.add_plugins(EguiPlugin::default())
            .init_resource::<UserFiles>()
            .init_resource::<Notices>()
            .init_resource::<search::SearchState>()
            .init_resource::<catalogue::Catalogue>()
            .init_resource::<timeline::TimelineCache>()
            .init_resource::<apply::PendingCommands>()
            .init_resource::<start::BundledPictures>()
            .init_resource::<inspect_entity::ChartedAttribute>()
            .init_resource::<inspect_surface::ClickedSurface>()
            .init_resource::<canvas::Canvas>()
            .init_non_send::<PanelMemory>()
            .add_systems(Startup, open_window)
            .add_systems(EguiPrimaryContextPass, show_window)
            .add_systems(
                Update,
                (
                    apply::apply_commands,
                    keys::shortcuts,
                    notices::tell_failures,
                    notices::expire,
                    start::open_dropped_files,
                    start::remember_opened,
                )
                    .chain()
                    // A wish to open a scene must be seen by closing and opening in one frame.
                    .before(crate::stream::StreamSystems)
                    .before(crate::camera::CameraSystems),
            )
            .add_systems(
                Update,
                canvas::fit_canvas
                    .after(crate::camera::CameraSystems)
                    .before(crate::city::CitySystems),
            )
            .add_systems(
                Update,
                looks::recall
                    .after(crate::stream::StreamSystems)
                    .before(crate::city::CitySystems),
            )
            .add_systems(
                Update,
                opening_notes::tell_opening.after(crate::stream::StreamSystems),
            )
            // After the pointer has been looked under: a click counts where it is.
            .add_systems(
                Update,
                apply::select_clicked.after(crate::city::CitySystems),
            )
            .add_systems(
                PostUpdate,
                canvas::draw_on_demand.before(bevy::camera::CameraUpdateSystems),
            )
            .add_systems(Last, settings::save_on_exit);
    }
}

/// What the panels remember. Not `Send`: a file dialog in it is not.
pub(crate) struct PanelMemory(pub WindowState);

impl FromWorld for PanelMemory {
    fn from_world(world: &mut World) -> Self {
        let files = world.get_resource_or_init::<UserFiles>();
        Self(files.read_window_state())
    }
}

/// Chooses the quality and sets the stage; the interface has a camera of its own over both views.
fn open_window(
    mut commands: Commands,
    mut egui: ResMut<EguiGlobalSettings>,
    mut meshes: ResMut<Assets<Mesh>>,
    adapter: Res<bevy::render::renderer::RenderAdapterInfo>,
    look: Res<CityLook>,
) {
    egui.auto_create_primary_context = false;
    let quality = Quality::for_adapter(&adapter);
    info!("{} draws; quality preset: {}", adapter.name, quality.name());
    commands.insert_resource(quality);
    let target = bevy::camera::RenderTarget::Window(bevy::window::WindowRef::Primary);
    spawn_stage(&mut commands, &mut meshes, &look, quality, &target);
    commands.spawn((
        Name::new("interface"),
        PrimaryEguiContext,
        Camera2d,
        RenderLayers::none(),
        Msaa::Off,
        Camera {
            order: 10,
            clear_color: ClearColorConfig::Custom(Color::BLACK),
            ..default()
        },
    ));
}

/// Fills the model, draws the window, and keeps what it answered.
fn show_window(world: &mut World, mut dressed: Local<bool>) {
    let mut contexts = world.query_filtered::<&mut EguiContext, With<PrimaryEguiContext>>();
    let Ok(mut context) = contexts.single_mut(world) else {
        return;
    };
    let context = context.get_mut().clone();
    if !*dressed {
        veduta_panels::theme::install(&context);
        *dressed = true;
    }
    canvas::paint_canvas(world, &context);
    let language = world.non_send::<PanelMemory>().0.settings.language;
    let model = WindowModel {
        screen: if world.resource::<StreamState>().scene.is_some() {
            WindowScreen::Scene(Box::new(scene::scene_model(world, language)))
        } else {
            WindowScreen::Start(start::start_model(world))
        },
        notices: world.resource::<Notices>().list(),
    };
    let output = {
        let mut memory = world.non_send_mut::<PanelMemory>();
        veduta_panels::window(&context, &mut memory.0, &model)
    };
    take_output(world, &context, output);
}

fn take_output(world: &mut World, context: &egui::Context, output: WindowOutput) {
    let scale = context.pixels_per_point();
    let mut rectangles = SceneRectangles::default();
    for scene in &output.scene_rects {
        let side = side_of(scene.half);
        let to_pixel = |value: f32| (value * scale).round().max(0.0) as u32;
        rectangles.rectangles[side.index()] = Some(URect::new(
            to_pixel(scene.rect.min.x),
            to_pixel(scene.rect.min.y),
            to_pixel(scene.rect.max.x),
            to_pixel(scene.rect.max.y),
        ));
        rectangles.points[side.index()] = Some(scene.rect);
    }
    world
        .resource_mut::<SceneRectangles>()
        .set_if_neq(rectangles);
    *world.resource_mut::<InputFocus>() = InputFocus {
        pointer: output.pointer_over.is_some(),
        keyboard: output.keyboard_free,
    };
    world
        .resource_mut::<apply::PendingCommands>()
        .0
        .extend(output.commands);
}

/// The side that a half of the window shows.
pub(crate) fn side_of(half: SceneHalf) -> Side {
    match half {
        SceneHalf::Left => Side::Left,
        SceneHalf::Right => Side::Right,
    }
}
