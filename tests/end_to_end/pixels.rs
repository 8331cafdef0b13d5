//! Colours in a picture, in the words of what is drawn.

use image::RgbImage;
use veduta::overlay::Projection;

use crate::district::Place;

/// A picture together with where things fall in it.
pub struct Photograph {
    /// The picture.
    pub picture: RgbImage,
    /// From places to pixels.
    pub projection: Projection,
}

impl Photograph {
    /// The colour at a place of the district.
    pub fn at(&self, [east, north, up]: Place) -> Colour {
        let place = glam::DVec3::new(east, north, up);
        let found = self.projection.point_ui(place);
        let (position, _) = found.unwrap_or_else(|| panic!("{place} m is not in the picture"));
        self.around(position.x as u32, position.y as u32)
    }

    /// The mean colour of the nine pixels around one, so that a single edge line does not decide.
    pub fn around(&self, column: u32, row: u32) -> Colour {
        let (width, height) = self.picture.dimensions();
        let column = column.clamp(1, width - 2);
        let row = row.clamp(1, height - 2);
        let block =
            (row - 1..=row + 1).flat_map(|y| (column - 1..=column + 1).map(move |x| (x, y)));
        Colour::mean(block.map(|(x, y)| self.picture.get_pixel(x, y).0))
    }

    /// The mean colour of the whole picture.
    pub fn mean(&self) -> Colour {
        Colour::mean(self.picture.pixels().map(|pixel| pixel.0))
    }
}

/// An sRGB colour, each channel 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colour {
    /// Red.
    pub red: f64,
    /// Green.
    pub green: f64,
    /// Blue.
    pub blue: f64,
}

impl Colour {
    fn mean(pixels: impl Iterator<Item = [u8; 3]>) -> Self {
        let mut sum = [0.0_f64; 3];
        let mut count = 0.0;
        for pixel in pixels {
            for (total, channel) in sum.iter_mut().zip(pixel) {
                *total += f64::from(channel);
            }
            count += 1.0;
        }
        let [red, green, blue] = sum.map(|total| total / f64::max(count, 1.0));
        Self { red, green, blue }
    }

    /// How bright it is, 0 to 255; the luma of ITU-R BT.709.
    pub fn brightness(self) -> f64 {
        0.2126 * self.red + 0.7152 * self.green + 0.0722 * self.blue
    }

    /// The largest difference of a channel.
    pub fn difference(self, other: Self) -> f64 {
        let channels = [
            self.red - other.red,
            self.green - other.green,
            self.blue - other.blue,
        ];
        channels.into_iter().map(f64::abs).fold(0.0, f64::max)
    }

    /// Tiles: much more red than anything else of the city.
    pub fn is_roof(self) -> bool {
        self.red > 1.15 * self.green && self.red > 1.3 * self.blue
    }

    /// Plaster: bright and nearly without colour.
    pub fn is_wall(self) -> bool {
        self.brightness() > 130.0 && self.red >= self.green && self.red < 1.2 * self.blue
    }

    /// Ground: a little more green than red.
    pub fn is_ground(self) -> bool {
        self.green >= self.red && self.green > 1.02 * self.blue && self.green < 1.4 * self.blue
    }

    /// Sky by day: bluish.
    pub fn is_sky(self) -> bool {
        self.blue > 1.02 * self.red && self.blue >= self.green
    }
}
