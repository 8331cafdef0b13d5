//! The height field of what is loaded, kept up to date and handed to the shaders.

use bevy::{
    asset::RenderAssetUsages,
    image::{ImageAddressMode, ImageFilterMode, ImageSampler, ImageSamplerDescriptor},
    prelude::*,
    render::render_resource::{Extent3d, TextureDimension, TextureFormat},
};
use glam::DVec3;

use super::{
    feature_state::{FeatureStates, HIDDEN, Side},
    features::CityFeatures,
    frame::SceneFrame,
    height_field::HeightField,
    look::CityLook,
};
use crate::camera::CameraRig;

/// Cells per side; a power of two.
const FIELD_SIZE: usize = 1024;
/// Larger scenes get no field: its cells would be wider than a street.
const MAX_EXTENT_M: f64 = 8_000.0;
/// The eye of a standing person.
const EYE_HEIGHT_M: f64 = 1.7;

/// Heights of the loaded city.
#[derive(Resource, Debug, Default)]
pub struct CityHeights {
    field: Option<HeightField>,
    drawn_revision: u64,
    hidden: u64,
    drawn_at_secs: f32,
}

impl CityHeights {
    /// Ground under a place, metres; `None` where nothing is known.
    pub fn ground_at(&self, place_enu: DVec3) -> Option<f64> {
        self.field.as_ref()?.ground_at(place_enu.x, place_enu.y)
    }

    /// Whether all that is loaded is in it, or nothing that could be.
    pub fn is_current(&self, city: &CityFeatures) -> bool {
        self.drawn_revision == city.revision()
    }
}

/// Draws all loaded tiles into a field that just holds them.
pub fn draw_field(
    city: &CityFeatures,
    states: &FeatureStates,
    frame: &SceneFrame,
) -> Option<HeightField> {
    let enu_from_ecef = frame.enu().enu_from_ecef();
    let mut low = DVec3::INFINITY;
    let mut high = DVec3::NEG_INFINITY;
    for feature in city.iter() {
        if let Some((min, max)) = feature.bounds(enu_from_ecef) {
            low = low.min(min);
            high = high.max(max);
        }
    }
    let extent = (high - low).truncate().max_element();
    if !extent.is_finite() || extent <= 0.0 || extent > MAX_EXTENT_M {
        return None;
    }
    // A margin keeps the blurred levels from reaching over the edge.
    let side = extent * 1.08 + 40.0;
    let centre = (low + high) * 0.5;
    let corner = [centre.x - side * 0.5, centre.y - side * 0.5];
    let mut field = HeightField::new(corner, side, FIELD_SIZE);
    for (base, tile) in city.tiles().filter(|(_, tile)| tile.shown) {
        let enu_from_local = enu_from_ecef * tile.content.ecef_from_local;
        // The same surfaces in another appearance have the same heights.
        let plain = tile.content.meshes.iter();
        for mesh in plain.filter(|mesh| mesh.theme.is_none()) {
            for corners in mesh.indices.chunks_exact(3) {
                let Some(&first) = mesh.feature_ids.get(corners[0] as usize) else {
                    continue;
                };
                let state = states.get(Side::Left, base + first);
                if state.flags & HIDDEN != 0 {
                    continue;
                }
                let points = [corners[0], corners[1], corners[2]].map(|index| {
                    let local = mesh
                        .positions
                        .get(index as usize)
                        .copied()
                        .unwrap_or_default();
                    let [east, north, up] = enu_from_local
                        .transform_point3(Vec3::from_array(local).as_dvec3())
                        .to_array();
                    [east, north, up.min(f64::from(state.cut_m))]
                });
                let class = mesh.surface_classes.get(corners[0] as usize).copied();
                let is_ground = matches!(
                    class,
                    Some(
                        tiles3d::surface_class::TERRAIN
                            | tiles3d::surface_class::TRAFFIC
                            | tiles3d::surface_class::WATER
                    )
                );
                field.draw_triangle(points, is_ground);
            }
        }
    }
    Some(field)
}

/// Renews field and image when tiles came or went, or features were hidden or shown.
pub fn update_height_image(
    city: Res<CityFeatures>,
    states: Res<FeatureStates>,
    frame: Res<SceneFrame>,
    time: Res<Time>,
    mut heights: ResMut<CityHeights>,
    mut look: ResMut<CityLook>,
    mut images: ResMut<Assets<Image>>,
) {
    if frame.is_changed()
        && let Some(field) = &heights.field
    {
        look.uniform.height_rect = field_rectangle(field, &frame);
        look.uniform.height_params.x = base_world(field, &frame);
    }
    let hidden = states.hidden_revision(Side::Left);
    if heights.drawn_revision == city.revision() && heights.hidden == hidden {
        return;
    }
    // While tiles pour in, drawing them all again with each one would stop the window.
    let now = time.elapsed_secs();
    if heights.field.is_some() && now - heights.drawn_at_secs < 0.4 {
        return;
    }
    heights.drawn_at_secs = now;
    heights.drawn_revision = city.revision();
    heights.hidden = hidden;
    heights.field = draw_field(&city, &states, &frame);
    let Some(field) = &mut heights.field else {
        look.uniform.height_params.z = 0.0;
        return;
    };
    let known = field.clone();
    if field.has_ground() {
        field.fill_ground();
    }
    let base_m = known.range_m().map_or(0.0, |(low, _)| low);
    let levels = field.mean_levels(base_m);
    look.height_field = Some(images.add(height_image(&levels)));
    look.uniform.height_rect = field_rectangle(field, &frame);
    look.uniform.height_params = Vec4::new(
        base_world(field, &frame),
        (1.0 / field.cell_m) as f32,
        1.0,
        0.0,
    );
    // The camera and the panels want to know only where ground really is.
    field.ground_m = known.ground_m;
}

/// World y of the height that the image calls 0.
fn base_world(field: &HeightField, frame: &SceneFrame) -> f32 {
    let base_m = field.range_m().map_or(0.0, |(low, _)| f64::from(low));
    (base_m - frame.floating_origin_enu().z) as f32
}

/// World x, z of the image's first texel and one over its extent. The image's rows run north,
/// world z runs south, hence the negative scale.
fn field_rectangle(field: &HeightField, frame: &SceneFrame) -> Vec4 {
    let origin = frame.floating_origin_enu();
    let scale = (1.0 / field.extent_m()) as f32;
    Vec4::new(
        (field.min_enu[0] - origin.x) as f32,
        -(field.min_enu[1] - origin.y) as f32,
        scale,
        -scale,
    )
}

fn height_image(levels: &[Vec<f32>]) -> Image {
    let mut data = Vec::new();
    for level in levels {
        for height in level {
            data.extend_from_slice(&half_bits(*height).to_le_bytes());
        }
    }
    let mut image = Image::new_uninit(
        Extent3d {
            width: FIELD_SIZE as u32,
            height: FIELD_SIZE as u32,
            depth_or_array_layers: 1,
        },
        TextureDimension::D2,
        TextureFormat::R16Float,
        RenderAssetUsages::RENDER_WORLD,
    );
    image.texture_descriptor.mip_level_count = levels.len() as u32;
    image.data = Some(data);
    image.sampler = ImageSampler::Descriptor(ImageSamplerDescriptor {
        address_mode_u: ImageAddressMode::ClampToEdge,
        address_mode_v: ImageAddressMode::ClampToEdge,
        mag_filter: ImageFilterMode::Linear,
        min_filter: ImageFilterMode::Linear,
        mipmap_filter: ImageFilterMode::Linear,
        ..default()
    });
    image
}

/// IEEE 754 binary16 of a height of 0 to 65504 metres, rounded to nearest.
fn half_bits(value: f32) -> u16 {
    let value = value.clamp(0.0, 65_504.0);
    if value < 6.103_515_6e-5 {
        return (value * 16_777_216.0 + 0.5) as u16;
    }
    let bits = value.to_bits();
    let rounded = bits + 0x0FFF + ((bits >> 13) & 1);
    ((rounded >> 13) - (112 << 10)) as u16
}

/// Keeps the eye out of the ground.
pub fn keep_eye_above_ground(heights: Res<CityHeights>, mut rig: ResMut<CameraRig>) {
    if let Some(ground) = heights.ground_at(rig.position_enu()) {
        let lifted = {
            let mut lifted = *rig;
            lifted.keep_above(ground, EYE_HEIGHT_M);
            lifted
        };
        rig.set_if_neq(lifted);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn half_value(bits: u16) -> f32 {
        let exponent = i32::from(bits >> 10 & 31);
        let fraction = f32::from(bits & 1023);
        if exponent == 0 {
            fraction * 2.0_f32.powi(-24)
        } else {
            (1.0 + fraction / 1024.0) * 2.0_f32.powi(exponent - 15)
        }
    }

    #[test]
    fn halves_are_within_a_two_thousandth() {
        for value in [0.0, 1e-6, 0.3, 1.0, 17.25, 250.4, 812.0, 65_504.0] {
            let error = (half_value(half_bits(value)) - value).abs();
            assert!(error <= value / 2_000.0 + 1e-7, "{value}: {error}");
        }
        assert_eq!(half_bits(1.0), 0x3C00);
        assert_eq!(half_bits(-4.0), 0);
    }
}
