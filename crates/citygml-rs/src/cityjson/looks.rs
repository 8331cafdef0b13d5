//! Which surface of a geometry has which material and texture (CityJSON 2.0, 5.2 and 5.3).

use std::sync::Arc;

use serde_json::Value;
use serde_json::value::RawValue;

use super::appearance::Appearance;
use super::boundaries::{Layout, RingTrace};
use super::fault::Fault;
use super::raw_map::RawMap;
use super::semantics::{misfit_of_lists, misfit_of_values, value_at};
use crate::codes;
use crate::{SurfaceData, SurfaceLook, TextureMapping};

/// Themes of one geometry that are read. Each may look different on every surface, so many themes on many surfaces, a
/// few bytes each in the file, would fill the memory.
const MAX_THEMES: usize = 16;

/// What the themes of one geometry say about its surfaces.
pub(super) struct Looks<'a> {
    appearance: &'a Appearance,
    materials: Vec<Theme>,
    textures: Vec<Theme>,
}

struct Theme {
    name: Arc<str>,
    values: Values,
    /// First thing that does not fit, and how many surfaces have one.
    misfit: Option<(String, u64)>,
}

enum Values {
    /// `value`: one material for all surfaces.
    Single(Value),
    /// `values`: nested as the surfaces are, for textures as their rings are.
    Nested(Value),
}

impl<'a> Looks<'a> {
    /// Reads `material` and `texture` of a geometry.
    pub(super) fn read(
        material: Option<&RawValue>,
        texture: Option<&RawValue>,
        appearance: &'a Appearance,
        layout: &Layout,
        faults: &mut Vec<Fault>,
    ) -> Self {
        let mut looks = Self {
            appearance,
            materials: material.map_or_else(Vec::new, |json| read_themes(json, faults)),
            textures: texture.map_or_else(Vec::new, |json| read_themes(json, faults)),
        };
        for theme in &mut looks.materials {
            if let Values::Nested(values) = &theme.values {
                let count = appearance.materials.len();
                theme.misfit = misfit_of_values(values, layout, count).map(|fault| (fault, 0));
            }
        }
        for theme in &mut looks.textures {
            if let Values::Nested(values) = &theme.values {
                theme.misfit = misfit_of_lists(values, layout).map(|fault| (fault, 0));
            }
        }
        looks
    }

    /// Names of the themes, of materials and of textures.
    pub(super) fn themes(&self) -> impl Iterator<Item = &str> {
        let themes = self.materials.iter().chain(&self.textures);
        themes.map(|theme| &*theme.name)
    }

    /// How the surface with this path looks, if its rings became these.
    pub(super) fn of_surface(&mut self, path: &[usize], rings: &[RingTrace]) -> Vec<SurfaceLook> {
        let mut looks = Vec::new();
        for theme in &mut self.materials {
            let value = match &theme.values {
                Values::Single(value) => Some(value).filter(|value| !value.is_null()),
                Values::Nested(values) => value_at(values, path),
            };
            let Some(value) = value else { continue };
            match at(&self.appearance.materials, value) {
                Some(material) => looks.push(theme.look(SurfaceData::Material(material))),
                None => theme.miss(format!("there is no material {value}")),
            }
        }
        for theme in &mut self.textures {
            let value = match &theme.values {
                Values::Single(value) => Some(value),
                Values::Nested(values) => value_at(values, path),
            };
            let Some(value) = value else { continue };
            match texture_of_surface(self.appearance, value, rings) {
                Ok(Some(data)) => looks.push(theme.look(data)),
                Ok(None) => {}
                Err(message) => theme.miss(message),
            }
        }
        looks
    }

    /// What did not fit, one fault a theme.
    pub(super) fn into_faults(self, faults: &mut Vec<Fault>) {
        for theme in self.materials.into_iter().chain(self.textures) {
            let name = theme.name;
            if let Some((message, count)) = theme.misfit {
                let message = format!("theme {name:?} does not fit {count} surfaces: {message}");
                faults.push(Fault::new(codes::APPEARANCE, message));
            }
        }
    }
}

impl Theme {
    fn look(&self, data: SurfaceData) -> SurfaceLook {
        SurfaceLook {
            theme: Arc::clone(&self.name),
            is_front: true,
            data,
        }
    }

    fn miss(&mut self, message: String) {
        self.misfit.get_or_insert((message, 0)).1 += 1;
    }
}

fn read_themes(json: &RawValue, faults: &mut Vec<Fault>) -> Vec<Theme> {
    let mut misfit = |message: String| faults.push(Fault::new(codes::APPEARANCE, message));
    let themes: RawMap<'_> = match serde_json::from_str(json.get()) {
        Ok(themes) => themes,
        Err(error) => {
            misfit(format!("the themes are no object: {error}"));
            return Vec::new();
        }
    };
    if themes.0.len() > MAX_THEMES {
        let count = themes.0.len();
        misfit(format!(
            "a geometry has {count} themes; the first {MAX_THEMES} are read"
        ));
    }
    let mut found = Vec::with_capacity(themes.0.len().min(MAX_THEMES));
    for (name, json) in themes.0.into_iter().take(MAX_THEMES) {
        let members: RawMap<'_> = serde_json::from_str(json.get()).unwrap_or_default();
        // `value` and `values` exclude each other; where both are there, the finer ones count.
        let values = match (members.parse("values"), members.parse("value")) {
            (Some(values), _) => Values::Nested(values),
            (None, Some(value)) => Values::Single(value),
            (None, None) => {
                misfit(format!("theme {name:?} has neither value nor values"));
                continue;
            }
        };
        found.push(Theme {
            name: name.into(),
            values,
            misfit: None,
        });
    }
    found
}

/// The member that a JSON number points to.
fn at<T: Clone>(list: &[Option<T>], index: &Value) -> Option<T> {
    let index = usize::try_from(index.as_u64()?).ok()?;
    list.get(index)?.clone()
}

/// The texture on a surface: for each ring the texture, then a texture coordinate for each point. Null for none.
fn texture_of_surface(
    appearance: &Appearance,
    value: &Value,
    rings: &[RingTrace],
) -> Result<Option<SurfaceData>, String> {
    let lists = value
        .as_array()
        .ok_or_else(|| format!("{value} stands where the rings of a surface are expected"))?;
    let mut texture = None;
    let mut coordinates = Vec::with_capacity(rings.len());
    for ring in rings {
        let list = match lists.get(ring.source) {
            Some(Value::Array(list)) => list,
            Some(Value::Null) => return without_texture(ring),
            // No texture at all on this surface, told in short.
            None if texture.is_none() => return Ok(None),
            _ => return Err(format!("ring {} has no list", ring.source)),
        };
        let Some((index, points)) = list.split_first() else {
            return Err(format!("ring {} has an empty list", ring.source));
        };
        if index.is_null() {
            return without_texture(ring);
        }
        let found = at(&appearance.textures, index)
            .ok_or_else(|| format!("there is no texture {index}"))?;
        texture.get_or_insert(found);
        coordinates.push(ring_coordinates(appearance, points, ring)?);
    }
    Ok(texture.map(|texture| SurfaceData::Texture {
        texture,
        mapping: TextureMapping::Coordinates(coordinates),
    }))
}

/// Null for the exterior means no texture; for a hole only, it leaves its points without coordinates.
fn without_texture(ring: &RingTrace) -> Result<Option<SurfaceData>, String> {
    match ring.source {
        0 => Ok(None),
        hole => Err(format!("ring {hole}, a hole, has no texture coordinates")),
    }
}

fn ring_coordinates(
    appearance: &Appearance,
    points: &[Value],
    ring: &RingTrace,
) -> Result<Vec<[f32; 2]>, String> {
    if points.len() != ring.length {
        let (found, expected) = (points.len(), ring.length);
        return Err(format!("{found} texture coordinates for {expected} points"));
    }
    let coordinate = |value: &Value| {
        value
            .as_u64()
            .and_then(|index| usize::try_from(index).ok())
            .and_then(|index| appearance.coordinates.get(index))
            .filter(|pair| pair.iter().all(|number| number.is_finite()))
            .copied()
            .ok_or_else(|| format!("there is no texture coordinate {value}"))
    };
    // All are looked at, also those of points that go.
    let all: Vec<[f32; 2]> = points.iter().map(coordinate).collect::<Result<_, _>>()?;
    Ok(match &ring.kept {
        None => all,
        Some(kept) => kept
            .iter()
            .filter_map(|&index| all.get(index).copied())
            .collect(),
    })
}
