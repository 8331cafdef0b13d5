//! One material or texture, and what it is for.

use std::io::BufRead;
use std::sync::Arc;

use super::index::{AppearanceIndex, LookData, Parameterization, TargetedLooks};
use super::parameterization::{numbers, read_parameterization, target_id};
use crate::citygml::cursor::{Stop, Token, XmlCursor};
use crate::{Material, Texture, WrapMode};

/// What sort of surface data an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::citygml) enum Sort {
    Material,
    Parameterized,
    Georeferenced,
}

impl Sort {
    pub(super) fn of(local: &str) -> Option<Self> {
        Some(match local {
            // `Material` and `SimpleTexture` are those of drafts and of the `TexturedSurface` of 1.0.
            "X3DMaterial" | "Material" => Self::Material,
            "ParameterizedTexture" | "SimpleTexture" => Self::Parameterized,
            "GeoreferencedTexture" => Self::Georeferenced,
            _ => return None,
        })
    }
}

/// Everything that was read of one surface data element.
#[derive(Debug)]
pub(in crate::citygml) struct SurfaceDataDraft {
    pub(super) sort: Sort,
    pub(super) id: Option<String>,
    is_front: bool,
    pub(super) material: Material,
    pub(super) texture: Texture,
    reference_point: Option<[f64; 2]>,
    orientation: Option<[f64; 4]>,
    /// Target ids, with texture coordinates for parameterised textures.
    targets: Vec<(String, Option<Arc<Parameterization>>)>,
    /// `textureCoordinates` of a `SimpleTexture`: of all rings in a row.
    pub(super) simple_coordinates: Vec<[f32; 2]>,
    pub(super) line: u64,
}

/// Reads the surface data whose start tag was just read.
pub(super) fn read_surface_data<R: BufRead>(
    cursor: &mut XmlCursor<R>,
    sort: Sort,
    index: &mut AppearanceIndex,
) -> Result<SurfaceDataDraft, Stop> {
    let id = cursor.attribute("id");
    let mut draft = SurfaceDataDraft {
        sort,
        material: Material {
            id: id.clone(),
            ..Material::default()
        },
        texture: Texture {
            id: id.clone(),
            ..Texture::default()
        },
        id,
        is_front: true,
        reference_point: None,
        orientation: None,
        targets: Vec::new(),
        simple_coordinates: Vec::new(),
        line: cursor.line(),
    };
    while let Token::Start = cursor.advance()? {
        draft.read_child(cursor, index)?;
    }
    Ok(draft)
}

impl SurfaceDataDraft {
    fn read_child<R: BufRead>(
        &mut self,
        cursor: &mut XmlCursor<R>,
        index: &mut AppearanceIndex,
    ) -> Result<(), Stop> {
        let line = cursor.line();
        let local = cursor.local_name().to_owned();
        match local.as_str() {
            "target" => return self.read_target(cursor, index),
            "textureParameterization" => {
                let found = read_parameterization(cursor, index)?;
                for target in found.targets {
                    self.targets.push((target, found.parameterization.clone()));
                }
                return Ok(());
            }
            "referencePoint" => {
                let depth = cursor.depth();
                while cursor.depth() >= depth {
                    if cursor.advance()? == Token::End
                        && let Some(values) = numbers(cursor.text())
                        && let [x, y, ..] = values[..]
                    {
                        self.reference_point = Some([x, y]);
                    }
                }
                return Ok(());
            }
            _ => {}
        }
        cursor.skip_element()?;
        let text = cursor.text().trim();
        if text.is_empty() {
            return Ok(());
        }
        if !self.take_value(&local, text) {
            index.note_broken(line);
        }
        Ok(())
    }

    /// Takes a simple value; false if it is not of its type. Unknown elements are none of ours: names, descriptions,
    /// extensions.
    fn take_value(&mut self, local: &str, text: &str) -> bool {
        match local {
            "isFront" => return put(&mut self.is_front, boolean(text)),
            "isSmooth" => return put(&mut self.material.is_smooth, boolean(text)),
            "diffuseColor" => return put(&mut self.material.diffuse, color(text)),
            "emissiveColor" => return put(&mut self.material.emissive, color(text)),
            "specularColor" => return put(&mut self.material.specular, color(text)),
            "ambientIntensity" => return put(&mut self.material.ambient_intensity, part(text)),
            "shininess" => return put(&mut self.material.shininess, part(text)),
            "transparency" => return put(&mut self.material.transparency, part(text)),
            "imageURI" | "textureMap" => text.clone_into(&mut self.texture.image_uri),
            "mimeType" => self.texture.mime_type = Some(text.to_owned()),
            "wrapMode" => return put(&mut self.texture.wrap, wrap_mode(text)),
            "repeat" => {
                let is_repeated = boolean(text);
                let wrap = is_repeated
                    .map(|repeated| [WrapMode::Clamp, WrapMode::Wrap][usize::from(repeated)]);
                return put(&mut self.texture.wrap, wrap);
            }
            "borderColor" => return put(&mut self.texture.border_color, border_color(text)),
            "textureCoordinates" => {
                return put(
                    &mut self.simple_coordinates,
                    super::parameterization::pairs(text),
                );
            }
            "orientation" => {
                let values = numbers(text).and_then(|values| values.try_into().ok());
                self.orientation = values;
                return values.is_some();
            }
            _ => {}
        }
        true
    }

    /// `<target>#id</target>`, `<target uri="#id">parameterization</target>`, or with an `xlink:href` to one.
    fn read_target<R: BufRead>(
        &mut self,
        cursor: &mut XmlCursor<R>,
        index: &mut AppearanceIndex,
    ) -> Result<(), Stop> {
        let line = cursor.line();
        let uri = cursor.attribute("uri");
        let href = cursor.attribute("href");
        let mut found = read_parameterization(cursor, index)?;
        if let Some(uri) = &uri {
            found.targets = vec![target_id(uri)];
            if let (None, Some(href)) = (&found.parameterization, &href) {
                let shared = index.parameterizations.get(&target_id(href));
                found.parameterization = shared.map(Arc::clone);
            }
        } else if let Some(href) = &href
            && found.targets.is_empty()
        {
            found.targets = vec![target_id(href)];
        }
        if found.targets.is_empty() {
            index.note_broken(line);
        }
        for target in found.targets {
            self.targets.push((target, found.parameterization.clone()));
        }
        Ok(())
    }

    /// The looks for each target. A parameterised texture without coordinates for a target says nothing about it.
    pub(super) fn into_looks(self, index: &mut AppearanceIndex) -> TargetedLooks {
        let material = Arc::new(self.material);
        let texture = Arc::new(self.texture);
        let mut targets = Vec::with_capacity(self.targets.len());
        for (target, parameterization) in self.targets {
            let data = match (self.sort, parameterization) {
                (Sort::Material, _) => LookData::Material(Arc::clone(&material)),
                (Sort::Georeferenced, _) => LookData::Georeferenced {
                    texture: Arc::clone(&texture),
                    reference_point: self.reference_point,
                    orientation: self.orientation,
                },
                (Sort::Parameterized, Some(parameterization)) => {
                    LookData::Parameterized(Arc::clone(&texture), parameterization)
                }
                (Sort::Parameterized, None) => {
                    index.note_broken(self.line);
                    continue;
                }
            };
            targets.push((target, data));
        }
        TargetedLooks {
            is_front: self.is_front,
            targets,
        }
    }
}

fn put<T>(slot: &mut T, value: Option<T>) -> bool {
    let is_good = value.is_some();
    if let Some(value) = value {
        *slot = value;
    }
    is_good
}

fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

fn part(text: &str) -> Option<f32> {
    let value: f32 = text.parse().ok()?;
    value.is_finite().then(|| value.clamp(0.0, 1.0))
}

fn color(text: &str) -> Option<[f32; 3]> {
    let values = numbers(text)?;
    let values: [f64; 3] = values.try_into().ok()?;
    Some(values.map(|value| value.clamp(0.0, 1.0) as f32))
}

/// Three or four components; opaque where the fourth is missing.
fn border_color(text: &str) -> Option<[f32; 4]> {
    let mut values = numbers(text)?;
    if values.len() == 3 {
        values.push(1.0);
    }
    let values: [f64; 4] = values.try_into().ok()?;
    Some(values.map(|value| value.clamp(0.0, 1.0) as f32))
}

fn wrap_mode(text: &str) -> Option<WrapMode> {
    Some(match text.to_ascii_lowercase().as_str() {
        "none" => WrapMode::None,
        "wrap" => WrapMode::Wrap,
        "mirror" => WrapMode::Mirror,
        "clamp" => WrapMode::Clamp,
        "border" => WrapMode::Border,
        _ => return None,
    })
}
