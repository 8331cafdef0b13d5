//! Cameras, sun and sky: what stands there before the first tile arrives.

use bevy::{
    camera::{
        RenderTarget,
        visibility::{NoFrustumCulling, RenderLayers},
    },
    core_pipeline::tonemapping::{DebandDither, Tonemapping},
    light::{DirectionalLightShadowMap, NotShadowCaster, NotShadowReceiver},
    mesh::PrimitiveTopology,
    prelude::*,
};
use glam::DVec3;

use super::{
    feature_state::Side, frame::SceneFrame, light::sky_colors, look::CityLook, quality::Quality,
};
use crate::camera::CameraRig;

/// Vertical field of view: a long lens keeps walls upright, as architects photograph models.
pub const VERTICAL_FOV_DEG: f32 = 34.0;

impl Side {
    /// The render layer on which this side's copy of the city lies.
    pub fn layers(self) -> RenderLayers {
        RenderLayers::layer(1 + self.index())
    }
}

/// Extinction of the air on a clear day, per metre.
const HAZE_PER_M: f32 = 3.5e-5;

/// The air as it is looked through at this distance: whole regions are seen from so far away that real air would hide
/// them, so it gets clearer.
fn haze_at(focus_m: f32) -> f32 {
    HAZE_PER_M.min(0.45 / focus_m.max(1.0))
}

/// What the sun does at the shown moment.
#[derive(Resource, Debug, Clone, Copy, PartialEq)]
pub struct Sun {
    /// Unit vector towards the sun, east, north, up.
    pub direction_enu: DVec3,
    /// Whether shadows are drawn.
    pub shadows: bool,
    /// Extinction of the air per metre.
    pub haze_per_m: f32,
}

impl Default for Sun {
    fn default() -> Self {
        Self {
            direction_enu: DVec3::new(-0.45, -0.6, 0.66).normalize(),
            shadows: true,
            haze_per_m: HAZE_PER_M,
        }
    }
}

/// Spawns the sky, the sun of each side and the two cameras looking at `target`.
pub fn spawn_stage(
    commands: &mut Commands,
    meshes: &mut Assets<Mesh>,
    look: &CityLook,
    quality: Quality,
    target: &RenderTarget,
) {
    let mut triangle = Mesh::new(
        PrimitiveTopology::TriangleList,
        bevy::asset::RenderAssetUsages::RENDER_WORLD,
    );
    triangle.insert_attribute(
        Mesh::ATTRIBUTE_POSITION,
        vec![[-1.0_f32, -1.0, 0.0], [3.0, -1.0, 0.0], [-1.0, 3.0, 0.0]],
    );
    commands.spawn((
        Name::new("sky"),
        Mesh3d(meshes.add(triangle)),
        MeshMaterial3d(look.sky()),
        RenderLayers::from_layers(&[1, 2]),
        NoFrustumCulling,
        NotShadowCaster,
        NotShadowReceiver,
    ));
    for side in Side::BOTH {
        commands.spawn((
            Name::new("sun"),
            side,
            side.layers(),
            DirectionalLight {
                illuminance: 10_000.0,
                shadow_maps_enabled: true,
                shadow_depth_bias: 0.12,
                shadow_normal_bias: 1.6,
                ..default()
            },
        ));
        commands.spawn((
            Name::new("camera"),
            side,
            side.layers(),
            Camera3d::default(),
            Camera {
                order: side.index() as isize,
                is_active: side == Side::Left,
                ..default()
            },
            target.clone(),
            Projection::Perspective(PerspectiveProjection {
                fov: VERTICAL_FOV_DEG.to_radians(),
                near: 0.5,
                far: 200_000.0,
                ..default()
            }),
            // The city's shaders end in display colours; nothing is left to map.
            Tonemapping::None,
            DebandDither::Disabled,
            quality.msaa(),
            quality.shadow_filtering(),
        ));
    }
}

/// Places cameras and suns from the rig.
pub fn move_cameras(
    rig: Res<CameraRig>,
    mut frame: ResMut<SceneFrame>,
    quality: Res<Quality>,
    mut cameras: Query<(&mut Transform, &mut Projection), With<Camera3d>>,
    mut suns: Query<
        &mut bevy::light::CascadeShadowConfig,
        (With<DirectionalLight>, Without<Camera3d>),
    >,
    mut sun: ResMut<Sun>,
    mut last_focus_m: Local<f32>,
) {
    let eye_enu = rig.position_enu();
    // Change detection must see a move of the origin only when there is one.
    if frame.bypass_change_detection().follow(eye_enu) {
        frame.set_changed();
    }
    let (_, up_enu, forward_enu) = rig.axes_enu();
    let eye = frame.point_world_from_enu(eye_enu);
    let transform = Transform::from_translation(eye).looking_to(
        SceneFrame::direction_world_from_enu(forward_enu),
        SceneFrame::direction_world_from_enu(up_enu),
    );
    for (mut place, mut projection) in &mut cameras {
        place.set_if_neq(transform);
        let near = (rig.distance_m as f32 * 0.002).clamp(0.2, 20.0);
        // Looked at before it is touched: a touched projection is worked out anew.
        let is_other = matches!(&*projection, Projection::Perspective(p) if p.near != near);
        if is_other && let Projection::Perspective(perspective) = projection.as_mut() {
            perspective.near = near;
        }
    }
    let focus_m = rig.distance_m as f32;
    if (*last_focus_m - focus_m).abs() > 0.02 * focus_m {
        *last_focus_m = focus_m;
        if sun.haze_per_m != haze_at(focus_m) {
            sun.haze_per_m = haze_at(focus_m);
        }
        for mut cascades in &mut suns {
            *cascades = quality.cascades(focus_m);
        }
    }
}

/// Turns the suns and hands the colours of the hour to the materials.
pub fn light_scene(
    sun: Res<Sun>,
    frame: Res<SceneFrame>,
    mut look: ResMut<CityLook>,
    mut suns: Query<(&mut Transform, &mut DirectionalLight), Without<Camera3d>>,
) {
    if !sun.is_changed() && !frame.is_changed() {
        return;
    }
    let colors = sky_colors(sun.direction_enu, sun.haze_per_m);
    if look.uniform.sky != colors {
        look.uniform.sky = colors;
    }
    let towards = SceneFrame::direction_world_from_enu(sun.direction_enu);
    for (mut transform, mut light) in &mut suns {
        *transform = Transform::default().looking_to(-towards, Vec3::Y);
        light.shadow_maps_enabled = sun.shadows && sun.direction_enu.z > 0.0;
    }
}

/// Sets the size of shadow maps once the quality is known.
pub fn size_shadow_maps(quality: Res<Quality>, mut size: ResMut<DirectionalLightShadowMap>) {
    if quality.is_changed() {
        size.size = quality.shadow_map_size();
    }
}
