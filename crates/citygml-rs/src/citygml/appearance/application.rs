//! Giving a surface the looks that are meant for it.

use std::sync::Arc;

use super::index::{Look, LookData, Parameterization};
use super::mapping::{CoordinatesDoNotFit, Rings, generated, ring_coordinates};
use crate::{Surface, SurfaceData, SurfaceLook, TextureMapping};

/// Which way round things are, since orientable surfaces turn polygons over.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Turns {
    /// Whether what the look aims at has its front where the stored polygon has its back.
    pub(crate) target: bool,
    /// Whether the rings are stored the other way round than written.
    pub(crate) stored: bool,
}

/// Adds a look to a surface, unless it has one of that theme, side and sort from a target nearer to it. False if the
/// texture coordinates do not fit the polygon.
pub(crate) fn apply_look(
    surface: &mut Surface,
    look: &Look,
    rings: Rings<'_>,
    turns: Turns,
) -> bool {
    let is_front = look.is_front != turns.target;
    let is_material = matches!(look.data, LookData::Material(_));
    let is_taken = surface.looks.iter().any(|other| {
        other.theme == look.theme
            && other.is_front == is_front
            && is_material == matches!(other.data, SurfaceData::Material(_))
    });
    if is_taken {
        return true;
    }
    match surface_data(surface, &look.data, rings, turns.stored) {
        Ok(Some(data)) => surface.looks.push(SurfaceLook {
            theme: Arc::clone(&look.theme),
            is_front,
            data,
        }),
        Ok(None) => {}
        Err(CoordinatesDoNotFit) => return false,
    }
    true
}

fn surface_data(
    surface: &Surface,
    data: &LookData,
    rings: Rings<'_>,
    is_turned: bool,
) -> Result<Option<SurfaceData>, CoordinatesDoNotFit> {
    let (texture, mapping) = match data {
        LookData::Material(material) => {
            return Ok(Some(SurfaceData::Material(Arc::clone(material))));
        }
        LookData::Georeferenced {
            texture,
            reference_point,
            orientation,
        } => (
            texture,
            TextureMapping::Georeferenced {
                reference_point: *reference_point,
                orientation: *orientation,
            },
        ),
        LookData::Parameterized(texture, parameterization) => {
            let coordinates = match &**parameterization {
                Parameterization::Generated(matrix) => Some(generated(matrix, &surface.polygon)),
                Parameterization::Rings(_) => {
                    ring_coordinates(parameterization, &surface.polygon, rings, is_turned)?
                }
            };
            let Some(coordinates) = coordinates else {
                return Ok(None);
            };
            (texture, TextureMapping::Coordinates(coordinates))
        }
    };
    Ok(Some(SurfaceData::Texture {
        texture: Arc::clone(texture),
        mapping,
    }))
}

/// Turns a surface over, with everything that goes along its rings.
pub(crate) fn turn_over(surface: &mut Surface) {
    surface.polygon.exterior.reverse();
    surface
        .polygon
        .interiors
        .iter_mut()
        .for_each(|ring| ring.reverse());
    for look in &mut surface.looks {
        look.is_front = !look.is_front;
        if let SurfaceData::Texture {
            mapping: TextureMapping::Coordinates(rings),
            ..
        } = &mut look.data
        {
            rings.iter_mut().for_each(|ring| ring.reverse());
        }
    }
}
