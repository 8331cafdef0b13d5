//! What the appearances of a file say about one polygon, theme by theme.

use std::sync::Arc;

use citygml_rs::{Material, Surface, SurfaceData, SurfaceLook, Texture, TextureMapping, WrapMode};
use tiles3d::TextureWrap;

use super::dress::Dress;
use super::georeferenced::image_coordinates;
use crate::picture::{ImageFile, ImageShelf};

/// Texture coordinates this far outside the image still count as inside: exporters round.
const EDGE: f32 = 1.0e-3;

/// How a polygon looks in one theme.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FaceLook {
    /// The theme.
    pub(crate) theme: Arc<str>,
    /// Colour or image.
    pub(crate) paint: Paint,
}

/// Colour or image of a polygon.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Paint {
    /// Linear RGBA.
    Color([f32; 4]),
    /// An image.
    Image {
        image: Arc<ImageFile>,
        wrap: TextureWrap,
        /// Per point of the polygon's rings one after the other; rows of the image go downwards.
        uvs: Vec<[f32; 2]>,
    },
}

impl FaceLook {
    /// What the mesh with this look is drawn with.
    pub(crate) fn dress(&self) -> Dress {
        let theme = self.theme.clone();
        match &self.paint {
            Paint::Color(_) => Dress::Colored { theme },
            Paint::Image { image, wrap, uvs } => {
                let is_inside = |value: &f32| (-EDGE..=1.0 + EDGE).contains(value);
                let goes_beyond = !uvs.iter().flatten().all(is_inside);
                Dress::Textured {
                    theme,
                    image: image.clone(),
                    wrap: if goes_beyond {
                        *wrap
                    } else {
                        TextureWrap::ClampToEdge
                    },
                    goes_beyond,
                }
            }
        }
    }
}

/// The looks of a polygon, one per theme, sorted by theme. An image counts for more than a material, the front for more
/// than the back. `misfits` counts textures whose coordinates do not fit the polygon.
pub(crate) fn face_looks(
    surface: &Surface,
    shelf: &mut ImageShelf,
    misfits: &mut usize,
) -> Vec<FaceLook> {
    let mut wanted: Vec<&SurfaceLook> = surface.looks.iter().collect();
    let is_material = |look: &SurfaceLook| matches!(look.data, SurfaceData::Material(_));
    wanted.sort_by_key(|look| (look.theme.clone(), !look.is_front, is_material(look)));
    let mut looks: Vec<FaceLook> = Vec::new();
    for look in wanted {
        if looks.last().is_some_and(|last| last.theme == look.theme) {
            continue;
        }
        let paint = match &look.data {
            SurfaceData::Material(material) => Some(Paint::Color(color(material))),
            SurfaceData::Texture { texture, mapping } => {
                textured(surface, texture, mapping, shelf, misfits)
            }
        };
        looks.extend(paint.map(|paint| FaceLook {
            theme: look.theme.clone(),
            paint,
        }));
    }
    looks
}

fn textured(
    surface: &Surface,
    texture: &Texture,
    mapping: &TextureMapping,
    shelf: &mut ImageShelf,
    misfits: &mut usize,
) -> Option<Paint> {
    let image = shelf.image(&texture.image_uri)?;
    let rings = std::iter::once(&surface.polygon.exterior).chain(&surface.polygon.interiors);
    let uvs = match mapping {
        TextureMapping::Coordinates(coordinates) => {
            let fits = coordinates.len() == 1 + surface.polygon.interiors.len()
                && rings
                    .zip(coordinates)
                    .all(|(ring, coordinates)| ring.len() == coordinates.len());
            fits.then(|| {
                // The standard counts upwards from the lower edge.
                let upwards = coordinates.iter().flatten();
                upwards.map(|[s, t]| [*s, 1.0 - t]).collect()
            })
        }
        TextureMapping::Georeferenced {
            reference_point,
            orientation,
        } => {
            let beside = match (reference_point, orientation) {
                (Some(_), Some(_)) => None,
                _ => shelf.world_file(&texture.image_uri),
            };
            let reference_point = reference_point.or(beside.map(|file| file.reference_point));
            let orientation = orientation.or(beside.map(|file| file.orientation));
            reference_point
                .zip(orientation)
                .and_then(|(reference_point, orientation)| {
                    let points: Vec<[f64; 3]> = rings.flatten().copied().collect();
                    image_coordinates(&points, reference_point, orientation, &image)
                })
        }
    };
    let is_usable = |uvs: &Vec<[f32; 2]>| uvs.iter().flatten().all(|value| value.is_finite());
    let Some(uvs) = uvs.filter(is_usable) else {
        *misfits += 1;
        return None;
    };
    Some(Paint::Image {
        image,
        wrap: match texture.wrap {
            WrapMode::Wrap => TextureWrap::Repeat,
            WrapMode::Mirror => TextureWrap::MirrorRepeat,
            // What is transparent or of one colour beyond the image gets the colour of its edge.
            WrapMode::None | WrapMode::Clamp | WrapMode::Border => TextureWrap::ClampToEdge,
        },
        uvs,
    })
}

/// Diffuse colour, brightened by what the material emits.
fn color(material: &Material) -> [f32; 4] {
    let [red, green, blue] = std::array::from_fn(|channel| {
        linear(material.diffuse[channel].max(material.emissive[channel]))
    });
    [
        red,
        green,
        blue,
        1.0 - material.transparency.clamp(0.0, 1.0),
    ]
}

/// IEC 61966-2-1.
fn linear(encoded: f32) -> f32 {
    let encoded = encoded.clamp(0.0, 1.0);
    if encoded <= 0.040_45 {
        encoded / 12.92
    } else {
        ((encoded + 0.055) / 1.055).powf(2.4)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use citygml_rs::Polygon;
    use std::path::Path;

    fn look(theme: &str, data: SurfaceData) -> SurfaceLook {
        SurfaceLook {
            theme: theme.into(),
            is_front: true,
            data,
        }
    }

    fn texture(name: &str, wrap: WrapMode, coordinates: &[[f32; 2]]) -> SurfaceData {
        SurfaceData::Texture {
            texture: Arc::new(Texture {
                image_uri: name.into(),
                wrap,
                ..Texture::default()
            }),
            mapping: TextureMapping::Coordinates(vec![coordinates.to_vec()]),
        }
    }

    fn material(transparency: f32) -> SurfaceData {
        SurfaceData::Material(Arc::new(Material {
            diffuse: [1.0, 0.5, 0.0],
            transparency,
            ..Material::default()
        }))
    }

    fn triangle(looks: Vec<SurfaceLook>) -> Surface {
        Surface {
            polygon: Polygon {
                exterior: vec![[0.0; 3], [1.0, 0.0, 0.0], [1.0, 1.0, 0.0]],
                interiors: vec![],
            },
            looks,
            ..Surface::default()
        }
    }

    const INSIDE: [[f32; 2]; 3] = [[0.0, 0.0], [1.0, 0.0], [1.0, 0.25]];

    fn shelf(folder: &Path) -> ImageShelf {
        image::RgbImage::new(8, 8)
            .save(folder.join("wall.png"))
            .expect("saved");
        ImageShelf::new(&folder.join("city.gml"), false)
    }

    #[test]
    fn each_theme_has_one_look_and_images_come_before_materials() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let surface = triangle(vec![
            look("winter", material(0.25)),
            look("summer", material(0.0)),
            look("summer", texture("wall.png", WrapMode::Wrap, &INSIDE)),
        ]);
        let mut misfits = 0;
        let looks = face_looks(&surface, &mut shelf(folder.path()), &mut misfits);
        assert_eq!((looks.len(), misfits), (2, 0));
        assert_eq!(&*looks[0].theme, "summer");
        let Paint::Image { uvs, .. } = &looks[0].paint else {
            panic!("{looks:?}");
        };
        assert_eq!(uvs[2], [1.0, 0.75], "rows of an image go downwards");
        let Paint::Color([red, green, blue, alpha]) = looks[1].paint else {
            panic!("{looks:?}");
        };
        assert!((red - 1.0).abs() < 1e-6 && blue.abs() < 1e-6);
        assert!((green - 0.214).abs() < 1e-3, "{green}");
        assert!((alpha - 0.75).abs() < 1e-6);
    }

    #[test]
    fn an_image_that_cannot_be_used_leaves_the_material() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let surface = triangle(vec![
            look("", material(0.0)),
            look("", texture("gone.png", WrapMode::Wrap, &INSIDE)),
        ]);
        let looks = face_looks(&surface, &mut shelf(folder.path()), &mut 0);
        assert!(matches!(looks[0].paint, Paint::Color(_)));
    }

    #[test]
    fn coordinates_that_do_not_fit_are_counted() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut misfits = 0;
        for coordinates in [&INSIDE[..2], &[[f32::NAN; 2]; 3]] {
            let data = texture("wall.png", WrapMode::Wrap, coordinates);
            let surface = triangle(vec![look("", data)]);
            assert!(face_looks(&surface, &mut shelf(folder.path()), &mut misfits).is_empty());
        }
        assert_eq!(misfits, 2);
    }

    #[test]
    fn only_what_goes_beyond_the_image_repeats() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let dress = |coordinates: &[[f32; 2]]| {
            let data = texture("wall.png", WrapMode::Mirror, coordinates);
            let looks = face_looks(
                &triangle(vec![look("", data)]),
                &mut shelf(folder.path()),
                &mut 0,
            );
            match looks[0].dress() {
                Dress::Textured {
                    wrap, goes_beyond, ..
                } => (wrap, goes_beyond),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(dress(&INSIDE), (TextureWrap::ClampToEdge, false));
        let beyond = [[0.0, 0.0], [3.0, 0.0], [3.0, 1.0]];
        assert_eq!(dress(&beyond), (TextureWrap::MirrorRepeat, true));
    }
}
