//! From a picture drawn at twice the size to the one that is kept.

use image::{Rgb, RgbImage};

/// Averages blocks of `factor` × `factor` pixels in linear light, so that thin dark lines do not
/// turn too dark. Width and height of the result are those of the input divided by `factor`.
pub fn average_blocks(picture: &RgbImage, factor: u32) -> RgbImage {
    if factor <= 1 {
        return picture.clone();
    }
    let to_linear: Vec<f32> = (0..=255_u8)
        .map(|code| {
            let value = f32::from(code) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        })
        .collect();
    let to_code = |linear: f32| {
        let value = if linear <= 0.003_130_8 {
            linear * 12.92
        } else {
            1.055 * linear.powf(1.0 / 2.4) - 0.055
        };
        (value * 255.0 + 0.5).clamp(0.0, 255.0) as u8
    };
    let weight = 1.0 / (factor * factor) as f32;
    RgbImage::from_fn(
        picture.width() / factor,
        picture.height() / factor,
        |column, row| {
            let mut sum = [0.0_f32; 3];
            for y in 0..factor {
                for x in 0..factor {
                    let pixel = picture.get_pixel(column * factor + x, row * factor + y);
                    for (total, code) in sum.iter_mut().zip(pixel.0) {
                        *total += to_linear[usize::from(code)];
                    }
                }
            }
            Rgb(sum.map(|total| to_code(total * weight)))
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn black_and_white_make_the_grey_of_half_the_light() {
        let checks =
            RgbImage::from_fn(
                4,
                4,
                |x, y| Rgb([if (x + y) % 2 == 0 { 255 } else { 0 }; 3]),
            );
        let small = average_blocks(&checks, 2);
        assert_eq!(small.dimensions(), (2, 2));
        assert_eq!(small.get_pixel(0, 0), &Rgb([188; 3]), "sRGB of linear 0.5");
    }

    #[test]
    fn even_areas_stay_as_they_are() {
        let even = RgbImage::from_pixel(6, 2, Rgb([17, 130, 240]));
        assert!(
            average_blocks(&even, 2)
                .pixels()
                .all(|p| *p == Rgb([17, 130, 240]))
        );
    }
}
