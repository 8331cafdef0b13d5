//! Materials and textures of a document (CityJSON 2.0, 5.1 to 5.3).

use std::fmt;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{Deserializer, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::fault::Fault;
use super::raw_map::RawMap;
use crate::codes;
use crate::{Material, Texture, WrapMode};

/// `appearance` of a document or a feature. What cannot be read is a gap, so that indices stay right.
#[derive(Debug, Default)]
pub(super) struct Appearance {
    pub(super) materials: Vec<Option<Arc<Material>>>,
    pub(super) textures: Vec<Option<Arc<Texture>>>,
    /// `vertices-texture`; a pair that cannot be read is not finite.
    pub(super) coordinates: Vec<[f32; 2]>,
    /// `default-theme-material` and `default-theme-texture`.
    pub(super) default_themes: Vec<String>,
}

impl Appearance {
    pub(super) fn read(json: &RawValue, faults: &mut Vec<Fault>) -> Self {
        let members: RawMap<'_> = match serde_json::from_str(json.get()) {
            Ok(members) => members,
            Err(error) => {
                let message = format!("the appearance is no object: {error}");
                faults.push(Fault::new(codes::APPEARANCE, message));
                return Self::default();
            }
        };
        let mut coordinates = Vec::new();
        if let Some(list) = members.get("vertices-texture") {
            match serde_json::from_str::<Vec<TexturePoint>>(list.get()) {
                Ok(points) => coordinates.extend(points.into_iter().map(|point| point.0)),
                Err(error) => {
                    let message = format!("vertices-texture cannot be read: {error}");
                    faults.push(Fault::new(codes::APPEARANCE, message));
                }
            }
        }
        let defaults = ["default-theme-material", "default-theme-texture"];
        Self {
            materials: read_list(&members, "materials", faults, read_material),
            textures: read_list(&members, "textures", faults, read_texture),
            coordinates,
            default_themes: defaults
                .iter()
                .filter_map(|name| members.parse(name))
                .collect(),
        }
    }
}

/// A pair of numbers, or whatever stands in its place.
struct TexturePoint([f32; 2]);

impl<'de> Deserialize<'de> for TexturePoint {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pair;

        impl<'de> Visitor<'de> for Pair {
            type Value = TexturePoint;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("two numbers")
            }

            fn visit_seq<A: SeqAccess<'de>>(
                self,
                mut numbers: A,
            ) -> Result<TexturePoint, A::Error> {
                let mut pair = [f32::NAN; 2];
                for number in &mut pair {
                    if let Some(Some(value)) = numbers.next_element::<Option<f32>>()? {
                        *number = value;
                    }
                }
                while numbers.next_element::<serde::de::IgnoredAny>()?.is_some() {}
                Ok(TexturePoint(pair))
            }

            fn visit_unit<E: serde::de::Error>(self) -> Result<TexturePoint, E> {
                Ok(TexturePoint([f32::NAN; 2]))
            }
        }

        deserializer.deserialize_any(Pair)
    }
}

fn read_list<T>(
    members: &RawMap<'_>,
    name: &str,
    faults: &mut Vec<Fault>,
    read: impl Fn(&RawMap<'_>, usize) -> Result<T, String>,
) -> Vec<Option<Arc<T>>> {
    let Some(json) = members.get(name) else {
        return Vec::new();
    };
    let list: Vec<&RawValue> = match serde_json::from_str(json.get()) {
        Ok(list) => list,
        Err(error) => {
            let message = format!("{name} of the appearance are no list: {error}");
            faults.push(Fault::new(codes::APPEARANCE, message));
            return Vec::new();
        }
    };
    let mut found = Vec::with_capacity(list.len());
    for (index, json) in list.into_iter().enumerate() {
        let read = serde_json::from_str::<RawMap<'_>>(json.get())
            .map_err(|error| error.to_string())
            .and_then(|members| read(&members, index));
        match read {
            Ok(value) => found.push(Some(Arc::new(value))),
            Err(error) => {
                let message = format!("number {index} of the {name} cannot be read: {error}");
                faults.push(Fault::new(codes::APPEARANCE, message));
                found.push(None);
            }
        }
    }
    found
}

/// The value of a member; absent is its default, of another type is an error.
fn member<T: for<'t> Deserialize<'t>>(
    members: &RawMap<'_>,
    name: &str,
    default: T,
) -> Result<T, String> {
    members.get(name).map_or(Ok(default), |json| {
        serde_json::from_str(json.get()).map_err(|error| format!("{name}: {error}"))
    })
}

fn read_material(members: &RawMap<'_>, _index: usize) -> Result<Material, String> {
    let default = Material::default();
    // 1.0 writes colours of one number in places; one number is a grey.
    let color = |name: &str, default: [f32; 3]| match members.parse::<f32>(name) {
        Some(grey) => Ok([grey; 3]),
        None => member(members, name, default),
    };
    Ok(Material {
        id: member(members, "name", None)?,
        diffuse: color("diffuseColor", default.diffuse)?,
        emissive: color("emissiveColor", default.emissive)?,
        specular: color("specularColor", default.specular)?,
        ambient_intensity: member(members, "ambientIntensity", default.ambient_intensity)?,
        shininess: member(members, "shininess", default.shininess)?,
        transparency: member(members, "transparency", default.transparency)?,
        is_smooth: member(members, "isSmooth", default.is_smooth)?,
    })
}

fn read_texture(members: &RawMap<'_>, index: usize) -> Result<Texture, String> {
    let image_uri: String = member(members, "image", String::new())?;
    if image_uri.is_empty() {
        return Err("it names no image".to_owned());
    }
    let mime_type = match members.parse::<Value>("type") {
        Some(Value::String(name)) => Some(match name.to_ascii_uppercase().as_str() {
            "PNG" => "image/png".to_owned(),
            "JPG" | "JPEG" => "image/jpeg".to_owned(),
            _ => name,
        }),
        _ => None,
    };
    let wrap = match members.parse::<String>("wrapMode").as_deref() {
        Some("none") => WrapMode::None,
        Some("mirror") => WrapMode::Mirror,
        Some("clamp") => WrapMode::Clamp,
        Some("border") => WrapMode::Border,
        _ => WrapMode::Wrap,
    };
    // Three numbers are a colour without transparency.
    let border_color = match members.parse::<[f32; 3]>("borderColor") {
        Some([red, green, blue]) => [red, green, blue, 1.0],
        None => member(members, "borderColor", [0.0; 4])?,
    };
    Ok(Texture {
        id: Some(index.to_string()),
        image_uri,
        mime_type,
        wrap,
        border_color,
    })
}
