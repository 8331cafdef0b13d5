//! Base colour and base colour texture of materials; the rest is the renderer's own look.

use std::collections::HashMap;
use std::sync::Arc;

use super::container::Document;
use super::schema::{TextureInfo, TextureTransform};

/// What of a material reaches a mesh.
#[derive(Debug, Clone, Default)]
pub(super) struct BaseColor {
    /// Linear RGBA; `None` where the material says nothing.
    pub factor: Option<[f32; 4]>,
    /// Encoded PNG or JPEG.
    pub texture: Option<Arc<Vec<u8>>>,
    /// Set of texture coordinates.
    pub tex_coord: u32,
    transform: Option<TextureTransform>,
}

impl BaseColor {
    /// `KHR_texture_transform`: scale, then rotation, then offset.
    pub fn transformed(&self, [u, v]: [f32; 2]) -> [f32; 2] {
        let Some(transform) = &self.transform else {
            return [u, v];
        };
        let [scale_u, scale_v] = transform.scale.unwrap_or([1.0; 2]);
        let [offset_u, offset_v] = transform.offset.unwrap_or([0.0; 2]);
        let (sin, cos) = transform.rotation.sin_cos();
        let (u, v) = (u * scale_u, v * scale_v);
        [u * cos + v * sin + offset_u, v * cos - u * sin + offset_v]
    }
}

/// Materials of a document; images are read once each.
pub(super) struct Materials<'a> {
    document: &'a Document<'a>,
    images: HashMap<usize, Option<Arc<Vec<u8>>>>,
}

impl<'a> Materials<'a> {
    pub fn new(document: &'a Document<'a>) -> Self {
        Self {
            document,
            images: HashMap::new(),
        }
    }

    /// The base colour of a material, and what was wrong with its texture.
    pub fn base_color(&mut self, material: Option<usize>) -> (BaseColor, Option<String>) {
        let Some(material) = material.and_then(|index| self.document.gltf.materials.get(index))
        else {
            return (BaseColor::default(), None);
        };
        let (factor, info) = match &material.extensions.specular_glossiness {
            Some(glossiness) => (glossiness.diffuse_factor, &glossiness.diffuse_texture),
            None => {
                let pbr = &material.pbr_metallic_roughness;
                (pbr.base_color_factor, &pbr.base_color_texture)
            }
        };
        let base = BaseColor {
            factor,
            ..BaseColor::default()
        };
        let Some(info) = info else {
            return (base, None);
        };
        match self.texture(info) {
            Ok(texture) => {
                let transform = info.extensions.transform.clone();
                let tex_coord = transform
                    .as_ref()
                    .and_then(|transform| transform.tex_coord)
                    .unwrap_or(info.tex_coord);
                (
                    BaseColor {
                        texture,
                        tex_coord,
                        transform,
                        ..base
                    },
                    None,
                )
            }
            Err(reason) => (base, Some(reason)),
        }
    }

    /// The encoded image of a texture; `None` when its image was reported before.
    fn texture(&mut self, info: &TextureInfo) -> Result<Option<Arc<Vec<u8>>>, String> {
        let texture = self.document.gltf.textures.get(info.index);
        let texture = texture.ok_or_else(|| format!("there is no textures[{}]", info.index))?;
        let Some(source) = texture.source else {
            let names: Vec<&str> = texture.extensions.keys().map(String::as_str).collect();
            return Err(format!(
                "the image is only there as {}, which is not read",
                names.join(", ")
            ));
        };
        if let Some(known) = self.images.get(&source) {
            return Ok(known.clone());
        }
        let image = self.image(source);
        self.images.insert(source, image.as_ref().ok().cloned());
        image.map(Some)
    }

    fn image(&self, index: usize) -> Result<Arc<Vec<u8>>, String> {
        let image = self
            .document
            .gltf
            .images
            .get(index)
            .ok_or_else(|| format!("there is no images[{index}]"))?;
        let bytes = match (&image.uri, image.buffer_view) {
            (_, Some(view)) => self.document.view(view)?.to_vec(),
            (Some(uri), None) => self
                .document
                .bytes_of(uri)
                .map_err(|error| error.to_string())?,
            (None, None) => {
                return Err(format!(
                    "images[{index}] has neither a uri nor a bufferView"
                ));
            }
        };
        match bytes.as_slice() {
            [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, ..] => Ok(Arc::new(bytes)),
            [b'R', b'I', b'F', b'F', ..] => {
                Err(format!("images[{index}] is WebP, which is not read"))
            }
            [0xab, b'K', b'T', b'X', ..] => {
                Err(format!("images[{index}] is KTX2, which is not read"))
            }
            _ => Err(format!("images[{index}] is neither PNG nor JPEG")),
        }
    }
}
