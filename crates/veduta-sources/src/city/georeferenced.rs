//! Orthophotos draped over surfaces (CityGML 2.0, 9.3 `GeoreferencedTexture`).

use crate::picture::ImageFile;

/// Texture coordinates of points seen from above; rows go downwards. `None` where the orientation has no inverse.
///
/// `reference_point` is the centre of the upper left pixel and `orientation`, row by row, the way from one pixel to the
/// next, both in the coordinates of the points.
pub(crate) fn image_coordinates(
    points: &[[f64; 3]],
    reference_point: [f64; 2],
    [a, b, d, e]: [f64; 4],
    image: &ImageFile,
) -> Option<Vec<[f32; 2]>> {
    let determinant = a * e - b * d;
    if determinant == 0.0 || !determinant.is_finite() {
        return None;
    }
    let [width, height] = [image.width, image.height].map(f64::from);
    let coordinates = points.iter().map(|[x, y, _]| {
        let (x, y) = (x - reference_point[0], y - reference_point[1]);
        let column = (e * x - b * y) / determinant;
        let row = (a * y - d * x) / determinant;
        [
            ((column + 0.5) / width) as f32,
            ((row + 0.5) / height) as f32,
        ]
    });
    Some(coordinates.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::ImagePlace;

    #[test]
    fn the_upper_left_pixel_lies_at_the_reference_point() {
        let image = ImageFile {
            place: ImagePlace::File("ortho.jpg".into()),
            width: 100,
            height: 50,
        };
        let points = [
            [500_000.25, 5_000_000.75, 9.0],
            [500_049.75, 4_999_976.25, 3.0],
        ];
        let half_metre = [0.5, 0.0, 0.0, -0.5];
        let found = image_coordinates(&points, [500_000.25, 5_000_000.75], half_metre, &image)
            .expect("an inverse");
        assert_eq!(found[0], [0.005, 0.01]);
        assert_eq!(found[1], [0.995, 0.99]);
        assert_eq!(image_coordinates(&points, [0.0; 2], [0.0; 4], &image), None);
    }
}
