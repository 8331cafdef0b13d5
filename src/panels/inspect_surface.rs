//! The thematic surface that was clicked.

use bevy::prelude::*;
use tiles3d::ThematicSurface;
use veduta_panels::{SurfaceDetail, language::Language};

use super::inspect_object::attribute_row;
use crate::city::{CityFeatures, FeatureIndex};

/// Which surface of which object was clicked last.
#[derive(Resource, Debug, Clone, Default, PartialEq, Eq)]
pub struct ClickedSurface {
    /// Identifier of the object that the click selected.
    pub object: String,
    /// The feature that was hit: the object, or a part of it.
    pub feature: Option<FeatureIndex>,
    /// Row of the table of surfaces of the feature's tile.
    pub row: Option<u32>,
}

/// What is known of the clicked surface of an object; `None` where another object was clicked.
pub fn surface_detail(
    city: &CityFeatures,
    clicked: &ClickedSurface,
    object: &str,
    language: &Language,
) -> Option<SurfaceDetail> {
    if clicked.object != object {
        return None;
    }
    let hit = city.get(clicked.feature?)?;
    // Tiles come and go, and with them the numbers.
    let is_still_of_it = city
        .ancestors(hit.index)
        .any(|at| city.get(at).is_some_and(|found| found.feature.id == object));
    let surface = hit.tile.content.surfaces.get(clicked.row? as usize)?;
    is_still_of_it.then(|| detail(surface, language))
}

fn detail(surface: &ThematicSurface, language: &Language) -> SurfaceDetail {
    SurfaceDetail {
        name: message_key(&surface.object_type)
            .map_or_else(|| surface.object_type.clone(), |key| language.tr(key)),
        type_name: surface.object_type.clone(),
        id: surface.id.clone(),
        attributes: surface.attributes.iter().map(attribute_row).collect(),
    }
}

fn message_key(object_type: &str) -> Option<&'static str> {
    Some(match object_type {
        "RoofSurface" => "surface-of-roof",
        "WallSurface" => "surface-of-wall",
        "GroundSurface" => "surface-of-ground",
        "ClosureSurface" => "surface-of-closure",
        "OuterCeilingSurface" => "surface-of-outer-ceiling",
        "OuterFloorSurface" => "surface-of-outer-floor",
        "FloorSurface" => "surface-of-floor",
        "CeilingSurface" => "surface-of-ceiling",
        "InteriorWallSurface" => "surface-of-interior-wall",
        "Window" | "WindowSurface" => "surface-of-window",
        "Door" | "DoorSurface" => "surface-of-door",
        _ => return None,
    })
}
