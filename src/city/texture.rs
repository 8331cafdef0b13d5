//! Encoded pictures to GPU textures: decoded within limits, with smaller copies of themselves for the distance.

use std::io::Cursor;

use bevy::{
    asset::RenderAssetUsages,
    image::{ImageAddressMode, ImageFilterMode, ImageSampler, ImageSamplerDescriptor},
    prelude::*,
    render::render_resource::{Extent3d, TextureDimension, TextureFormat},
};
use image::RgbaImage;
use tiles3d::TextureWrap;

/// Widest and highest texture, pixels; what every adapter takes.
const MAX_TEXTURE_SIDE: u32 = 8192;
/// Largest decoded texture.
const MAX_TEXTURE_BYTES: u64 = 256 << 20;
/// A texel more transparent than this is a hole.
const OPAQUE_FROM: u8 = 250;

/// A texture ready for the GPU.
#[derive(Debug)]
pub struct DecodedTexture {
    /// With all mip levels.
    pub image: Image,
    /// Some of it is see-through.
    pub has_holes: bool,
}

/// Decodes within limits: a few bytes of PNG may claim to be gigabytes of picture.
///
/// # Errors
///
/// The reason as a sentence, where it is no picture that can be drawn.
pub fn decode_texture(bytes: &[u8], wrap: TextureWrap) -> Result<DecodedTexture, String> {
    let format = image::guess_format(bytes)
        .ok()
        .filter(image::ImageFormat::reading_enabled)
        .ok_or("the texture is of a kind that cannot be read; PNG and JPEG can")?;
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(MAX_TEXTURE_SIDE);
    limits.max_image_height = Some(MAX_TEXTURE_SIDE);
    limits.max_alloc = Some(MAX_TEXTURE_BYTES);
    let mut reader = image::ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let picture = reader
        .decode()
        .map_err(|error| format!("the texture cannot be decoded: {error}"))?
        .into_rgba8();
    let has_holes = picture.pixels().any(|pixel| pixel.0[3] < OPAQUE_FROM);
    let (width, height) = picture.dimensions();
    let (data, levels) = mip_levels(picture);
    let mut image = Image::new_uninit(
        Extent3d {
            width,
            height,
            depth_or_array_layers: 1,
        },
        TextureDimension::D2,
        TextureFormat::Rgba8UnormSrgb,
        RenderAssetUsages::RENDER_WORLD,
    );
    image.texture_descriptor.mip_level_count = levels;
    image.data = Some(data);
    image.sampler = sampler(wrap);
    Ok(DecodedTexture { image, has_holes })
}

fn sampler(wrap: TextureWrap) -> ImageSampler {
    let address = match wrap {
        TextureWrap::Repeat => ImageAddressMode::Repeat,
        TextureWrap::MirrorRepeat => ImageAddressMode::MirrorRepeat,
        TextureWrap::ClampToEdge => ImageAddressMode::ClampToEdge,
    };
    ImageSampler::Descriptor(ImageSamplerDescriptor {
        address_mode_u: address,
        address_mode_v: address,
        mag_filter: ImageFilterMode::Linear,
        min_filter: ImageFilterMode::Linear,
        mipmap_filter: ImageFilterMode::Linear,
        // Streets are looked along; without it their far ends are mush.
        anisotropy_clamp: 8,
        ..default()
    })
}

/// The picture and its halves down to one texel, one after the other, and how many there are.
fn mip_levels(picture: RgbaImage) -> (Vec<u8>, u32) {
    let mut level = picture;
    let mut data = level.as_raw().clone();
    let mut count = 1;
    while level.width() > 1 || level.height() > 1 {
        level = halved(&level);
        data.extend_from_slice(level.as_raw());
        count += 1;
    }
    (data, count)
}

/// Half as wide and high, at least one texel: means of 2 × 2, weighted by opacity, so that what lies behind a hole
/// does not bleed out of it. Squares stand for linear light, which is close enough to sRGB and needs no tables.
fn halved(picture: &RgbaImage) -> RgbaImage {
    let (width, height) = picture.dimensions();
    let half = |side: u32| (side / 2).max(1);
    RgbaImage::from_fn(half(width), half(height), |x, y| {
        let mut light = [0_u32; 3];
        let mut opacity = 0;
        for (right, down) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
            let at = (
                (2 * x + right).min(width - 1),
                (2 * y + down).min(height - 1),
            );
            let [red, green, blue, alpha] = picture.get_pixel(at.0, at.1).0.map(u32::from);
            opacity += alpha;
            for (sum, value) in light.iter_mut().zip([red, green, blue]) {
                *sum += value * value * alpha;
            }
        }
        let mean = |sum: u32| (f64::from(sum) / f64::from(opacity.max(1))).sqrt().round() as u8;
        let [red, green, blue] = light.map(mean);
        image::Rgba([red, green, blue, (opacity / 4) as u8])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(picture: &RgbaImage) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let written = picture.write_to(&mut bytes, image::ImageFormat::Png);
        written.expect("a picture in memory can be written");
        bytes.into_inner()
    }

    #[test]
    fn every_level_follows_down_to_one_texel() {
        let picture = RgbaImage::from_fn(5, 3, |x, _| {
            image::Rgba(if x < 2 {
                [255, 0, 0, 255]
            } else {
                [0, 0, 255, 255]
            })
        });
        let decoded = decode_texture(&png(&picture), TextureWrap::ClampToEdge);
        let decoded = decoded.expect("a picture");
        assert!(!decoded.has_holes);
        assert_eq!(decoded.image.texture_descriptor.mip_level_count, 3);
        let data = decoded.image.data.expect("data");
        assert_eq!(data.len(), (5 * 3 + 2 + 1) * 4);
        assert_eq!(&data[15 * 4..16 * 4], &[255, 0, 0, 255]);
    }

    #[test]
    fn holes_are_seen_and_do_not_bleed() {
        let picture = RgbaImage::from_fn(2, 1, |x, _| {
            image::Rgba(if x == 0 {
                [0, 200, 0, 255]
            } else {
                [255, 255, 255, 0]
            })
        });
        let decoded = decode_texture(&png(&picture), TextureWrap::Repeat).expect("a picture");
        assert!(decoded.has_holes);
        let data = decoded.image.data.expect("data");
        assert_eq!(&data[8..11], &[0, 200, 0]);
    }

    #[test]
    fn what_is_no_picture_says_so() {
        let refused = decode_texture(b"not an image", TextureWrap::Repeat);
        assert!(refused.is_err_and(|text| text.contains("PNG")));
    }
}
