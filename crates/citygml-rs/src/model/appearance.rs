//! How surfaces look: materials and textures by theme (CityGML 2.0, clause 9; CityJSON 2.0, clause 5).

use std::sync::Arc;

use serde::Serialize;

/// What one theme says about one surface.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SurfaceLook {
    /// Theme; empty for an appearance without a theme.
    pub theme: Arc<str>,
    /// Whether this is the outer side (`isFront`; textures are always in front).
    pub is_front: bool,
    /// Material or texture.
    pub data: SurfaceData,
}

/// Material or texture of a surface.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum SurfaceData {
    /// `X3DMaterial`.
    Material(Arc<Material>),
    /// `ParameterizedTexture` or `GeoreferencedTexture`.
    Texture {
        /// The image and how it repeats.
        texture: Arc<Texture>,
        /// Where its pixels go.
        mapping: TextureMapping,
    },
}

/// Where the pixels of a texture go.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum TextureMapping {
    /// (s, t) for each point of each ring, exterior first, in the order of the open rings of the polygon. Origin at the
    /// lower left of the image, t upwards. `TexCoordGen` matrices are applied already.
    Coordinates(Vec<Vec<[f32; 2]>>),
    /// Seen from above: the pixel (column, row) lies at `reference_point + orientation · (column, row)` in source
    /// coordinates, pixel (0, 0) is the upper left. A file without these values relies on a world file beside the image.
    Georeferenced {
        /// Centre of the upper left pixel, source coordinates.
        reference_point: Option<[f64; 2]>,
        /// Row by row: source units per pixel.
        orientation: Option<[f64; 4]>,
    },
}

/// `X3DMaterial` (CityGML 2.0, 9.4): components from 0 to 1, sRGB.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Material {
    /// `gml:id` or CityJSON name.
    pub id: Option<String>,
    /// Diffuse colour. Default 0.8 each.
    pub diffuse: [f32; 3],
    /// Emissive colour. Default 0.
    pub emissive: [f32; 3],
    /// Specular colour. Default 1 each.
    pub specular: [f32; 3],
    /// Ambient intensity. Default 0.2.
    pub ambient_intensity: f32,
    /// Shininess. Default 0.2.
    pub shininess: f32,
    /// 0 opaque to 1 invisible. Default 0.
    pub transparency: f32,
    /// Whether normals are smoothed. Default false.
    pub is_smooth: bool,
}

impl Default for Material {
    fn default() -> Self {
        Self {
            id: None,
            diffuse: [0.8; 3],
            emissive: [0.0; 3],
            specular: [1.0; 3],
            ambient_intensity: 0.2,
            shininess: 0.2,
            transparency: 0.0,
            is_smooth: false,
        }
    }
}

/// An image on surfaces.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Texture {
    /// `gml:id` or CityJSON index.
    pub id: Option<String>,
    /// Image, as written: a path relative to the file, or a URL. Use [`safe_relative_path`] before opening it.
    ///
    /// [`safe_relative_path`]: crate::safe_relative_path
    pub image_uri: String,
    /// Media type, as written.
    pub mime_type: Option<String>,
    /// What lies beyond the image.
    pub wrap: WrapMode,
    /// RGBA, 0 to 1, for [`WrapMode::Border`].
    pub border_color: [f32; 4],
}

/// What lies beyond the edges of a texture (`wrapMode`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub enum WrapMode {
    /// Transparent.
    None,
    /// Repeats.
    #[default]
    Wrap,
    /// Repeats, every other one turned over.
    Mirror,
    /// The edge goes on.
    Clamp,
    /// [`Texture::border_color`].
    Border,
}
