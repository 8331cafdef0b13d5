//! The textures of one tile, made when it is loaded: images as they are, atlases from many.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use image::{DynamicImage, ImageFormat, RgbaImage, imageops};
use tiles3d::TileContent;

use super::atlas::{AtlasPlan, PADDING};
use super::place::ImageFile;
use crate::diagnostics::code;
use crate::{Severity, SourceDiagnostic};

/// Encoded bytes of all textures of one tile together.
const MAX_TILE_BYTES: usize = 512 << 20;
/// Quality of atlases without transparency: no difference that one could see.
const JPEG_QUALITY: u8 = 92;

/// A texture of a tile.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Picture {
    /// One image as it is.
    Image(Arc<ImageFile>),
    /// Several in one.
    Atlas(Arc<AtlasPlan>),
}

/// Which meshes of a tile have which texture.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct TilePictures {
    /// By index into [`TileContent::meshes`].
    pub(crate) of_meshes: BTreeMap<usize, Picture>,
    /// By index into [`TileContent::instances`].
    pub(crate) of_instances: BTreeMap<usize, Picture>,
}

impl TilePictures {
    /// True if the tile has no textures.
    pub(crate) fn is_empty(&self) -> bool {
        self.of_meshes.is_empty() && self.of_instances.is_empty()
    }

    /// The tile with its textures, read now. What cannot be read is reported, and its meshes have no texture.
    pub(crate) fn hang(
        &self,
        content: &TileContent,
        source: &str,
    ) -> (TileContent, Vec<SourceDiagnostic>) {
        let mut content = content.clone();
        let mut hanging = Hanging {
            source,
            bytes: 0,
            images: BTreeMap::new(),
            diagnostics: Vec::new(),
        };
        for (index, picture) in &self.of_meshes {
            if let Some(mesh) = content.meshes.get_mut(*index) {
                mesh.base_color_texture = hanging.encoded(picture);
            }
        }
        for (index, picture) in &self.of_instances {
            if let Some(instances) = content.instances.get_mut(*index) {
                instances.mesh.base_color_texture = hanging.encoded(picture);
            }
        }
        (content, hanging.diagnostics)
    }
}

struct Hanging<'a> {
    source: &'a str,
    bytes: usize,
    images: BTreeMap<Arc<ImageFile>, Option<Arc<Vec<u8>>>>,
    diagnostics: Vec<SourceDiagnostic>,
}

impl Hanging<'_> {
    fn encoded(&mut self, picture: &Picture) -> Option<Arc<Vec<u8>>> {
        match picture {
            Picture::Image(file) => self.image(file),
            Picture::Atlas(plan) => match encoded_atlas(plan, &mut self.diagnostics, self.source) {
                Ok(bytes) => self.within_limit(bytes, "an atlas"),
                Err(reason) => {
                    self.report(&format!("textures could not be put together: {reason}"));
                    None
                }
            },
        }
    }

    fn image(&mut self, file: &Arc<ImageFile>) -> Option<Arc<Vec<u8>>> {
        if let Some(known) = self.images.get(file) {
            return known.clone();
        }
        let shown = file.place.shown();
        let read = match file.place.read() {
            Ok(bytes) if is_drawable(&bytes) => self.within_limit(bytes, &shown),
            // Whatever else this build can decode.
            Ok(_) => match decoded(file).and_then(|picture| encoded(picture, false)) {
                Ok(bytes) => self.within_limit(bytes, &shown),
                Err(reason) => {
                    self.report(&format!("the image {shown} is not shown: {reason}"));
                    None
                }
            },
            Err(reason) => {
                self.report(&format!("the image {shown} is not shown: {reason}"));
                None
            }
        };
        self.images.insert(file.clone(), read.clone());
        read
    }

    fn within_limit(&mut self, bytes: Vec<u8>, what: &str) -> Option<Arc<Vec<u8>>> {
        self.bytes += bytes.len();
        if self.bytes > MAX_TILE_BYTES {
            self.report(&format!(
                "{what} is not shown: the textures of this tile have more than {} MiB",
                MAX_TILE_BYTES >> 20
            ));
            return None;
        }
        Some(Arc::new(bytes))
    }

    fn report(&mut self, message: &str) {
        self.diagnostics.push(no_image(self.source, message));
    }
}

fn no_image(source: &str, message: &str) -> SourceDiagnostic {
    SourceDiagnostic::new(code::NO_IMAGE, Severity::Warning, source, message)
}

fn encoded_atlas(
    plan: &AtlasPlan,
    diagnostics: &mut Vec<SourceDiagnostic>,
    source: &str,
) -> Result<Vec<u8>, String> {
    let mut atlas =
        RgbaImage::from_pixel(plan.width, plan.height, image::Rgba([160, 160, 160, 255]));
    let mut is_opaque = true;
    for (file, corner) in &plan.images {
        match decoded(file) {
            Ok(picture) => {
                is_opaque &= picture.pixels().all(|pixel| pixel.0[3] == u8::MAX);
                lay(&mut atlas, &picture, *corner);
            }
            Err(reason) => diagnostics.push(no_image(
                source,
                &format!("the image {} is not shown: {reason}", file.place.shown()),
            )),
        }
    }
    encoded(atlas, is_opaque)
}

/// JPEG where nothing shines through, else PNG.
fn encoded(picture: RgbaImage, is_opaque: bool) -> Result<Vec<u8>, String> {
    let mut bytes = Cursor::new(Vec::new());
    let written = if is_opaque {
        let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY);
        DynamicImage::ImageRgba8(picture)
            .into_rgb8()
            .write_with_encoder(encoder)
    } else {
        picture.write_to(&mut bytes, ImageFormat::Png)
    };
    written.map_err(|error| error.to_string())?;
    Ok(bytes.into_inner())
}

/// PNG or JPEG, which is what tiles hold.
fn is_drawable(bytes: &[u8]) -> bool {
    bytes.starts_with(b"\x89PNG") || bytes.starts_with(&[0xff, 0xd8])
}

fn decoded(file: &ImageFile) -> Result<RgbaImage, String> {
    let mut reader = image::ImageReader::new(Cursor::new(file.place.read()?))
        .with_guessed_format()
        .map_err(|error| error.to_string())?;
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(file.width);
    limits.max_image_height = Some(file.height);
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| error.to_string())?;
    if (picture.width(), picture.height()) != (file.width, file.height) {
        return Err("it was changed meanwhile".to_owned());
    }
    Ok(picture.into_rgba8())
}

/// Copies a picture into its place and its edges into the padding around it.
fn lay(atlas: &mut RgbaImage, picture: &RgbaImage, [x, y]: [u32; 2]) {
    imageops::replace(atlas, picture, i64::from(x), i64::from(y));
    let (width, height) = picture.dimensions();
    for row in 0..height + 2 * PADDING {
        for column in 0..width + 2 * PADDING {
            let inside = (PADDING..width + PADDING).contains(&column)
                && (PADDING..height + PADDING).contains(&row);
            if inside {
                continue;
            }
            let from_column = column.saturating_sub(PADDING).min(width - 1);
            let from_row = row.saturating_sub(PADDING).min(height - 1);
            let (at_x, at_y) = (x + column - PADDING, y + row - PADDING);
            if at_x < atlas.width() && at_y < atlas.height() {
                atlas.put_pixel(at_x, at_y, *picture.get_pixel(from_column, from_row));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::{ImagePlace, plan_atlases};

    #[test]
    fn an_atlas_shows_each_image_where_the_plan_says_and_its_edge_around_it() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let files: Vec<Arc<ImageFile>> = [[200, 10, 10, 255], [10, 10, 200, 128]]
            .iter()
            .enumerate()
            .map(|(index, color)| {
                let path = folder.path().join(format!("{index}.png"));
                RgbaImage::from_pixel(20, 10, image::Rgba(*color))
                    .save(&path)
                    .expect("saved");
                Arc::new(ImageFile {
                    place: ImagePlace::File(path),
                    width: 20,
                    height: 10,
                })
            })
            .collect();
        let plan = &plan_atlases(&files)[0];
        let mut diagnostics = Vec::new();
        let bytes = encoded_atlas(plan, &mut diagnostics, "t").expect("encoded");
        assert!(diagnostics.is_empty());
        let atlas = image::load_from_memory(&bytes).expect("PNG").into_rgba8();
        for (file, [x, y]) in &plan.images {
            let original = image::open(match &file.place {
                ImagePlace::File(path) => path,
                other => panic!("{other:?}"),
            });
            let color = *original.expect("readable").into_rgba8().get_pixel(0, 0);
            assert_eq!(*atlas.get_pixel(*x, *y), color);
            assert_eq!(*atlas.get_pixel(x - PADDING, y - PADDING), color);
            assert_eq!(*atlas.get_pixel(x + 20, y + 9), color);
        }
    }

    #[test]
    fn an_image_that_vanished_is_reported_when_the_tile_is_loaded() {
        let gone = Picture::Image(Arc::new(ImageFile {
            place: ImagePlace::File("no/such.png".into()),
            width: 1,
            height: 1,
        }));
        let content = TileContent {
            meshes: vec![tiles3d::TileMesh::default()],
            ..TileContent::default()
        };
        let pictures = TilePictures {
            of_meshes: BTreeMap::from([(0, gone)]),
            ..TilePictures::default()
        };
        let (content, diagnostics) = pictures.hang(&content, "t");
        assert_eq!(content.meshes[0].base_color_texture, None);
        assert_eq!(diagnostics[0].code, code::NO_IMAGE);
    }
}
