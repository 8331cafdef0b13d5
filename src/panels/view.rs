//! What the menus about looks and insides show.

use bevy::prelude::*;
use glam::{DMat4, DVec3};
use veduta_panels::{CutChoice, InsideModel, LookModel, ThemeRow};

use super::{
    catalogue::Catalogue,
    inspect_object::part_row,
    storeys::{Storeys, storeys_of},
};
use crate::city::{
    Appearance, CityFeatures, FeatureIndex, LookInside, SceneFrame, Selection, is_built,
};

/// Highest cut that the slider reaches where heights are unknown, metres.
const LEAST_RANGE_M: f64 = 10.0;

/// What surfaces look like.
pub fn look_model(world: &World) -> LookModel {
    let appearance = world.resource::<Appearance>();
    let themes = appearance.themes().iter().map(|theme| ThemeRow {
        name: theme.name.clone(),
        has_textures: theme.has_textures,
    });
    LookModel {
        shown: appearance.shown(),
        themes: themes.collect(),
    }
}

/// What is taken away to look inside.
pub fn inside_model(world: &World) -> InsideModel {
    let inside = world.resource::<LookInside>();
    let catalogue = world.resource::<Catalogue>();
    let subject = subject(world);
    let (low_m, high_m) = subject
        .as_ref()
        .map_or((0.0, catalogue.highest_m()), |subject| {
            (subject.low_m, subject.high_m)
        });
    let storeys = subject.as_ref().map_or_else(Storeys::default, |subject| {
        let city = world.resource::<CityFeatures>();
        let height_m = subject.high_m - subject.low_m;
        storeys_of(
            city,
            subject.top,
            subject.enu_from_ecef,
            subject.low_m,
            height_m,
        )
    });
    InsideModel {
        roofs_hidden: inside.roofs_hidden,
        interiors: inside.interiors,
        has_interiors: catalogue.has_interiors(),
        cut: inside.cut.map(|cut| CutChoice {
            height_m: cut.height_m,
            everything: cut.everything,
        }),
        subject: subject.map(|subject| subject.name),
        highest_m: (high_m - low_m).max(LEAST_RANGE_M).ceil(),
        storeys: storeys.choices,
        storeys_are_assumed: storeys.are_assumed,
    }
}

/// The building that is selected, or that the selected thing belongs to.
struct Subject {
    top: FeatureIndex,
    name: String,
    enu_from_ecef: DMat4,
    low_m: f64,
    high_m: f64,
}

fn subject(world: &World) -> Option<Subject> {
    let city = world.resource::<CityFeatures>();
    let id = world.resource::<Selection>().object()?;
    let top = city.get(city.top_level(*city.with_id(id).first()?))?;
    if !is_built(&top.feature.object_type) {
        return None;
    }
    let enu_from_ecef = world.get_resource::<SceneFrame>()?.enu().enu_from_ecef();
    let parts = city.with_descendants(top.index).into_iter();
    let shell = parts.filter_map(|part| city.get(part).filter(|part| !part.feature.is_interior));
    let none = (DVec3::INFINITY, DVec3::NEG_INFINITY);
    let (low, high) = shell
        .filter_map(|part| part.bounds(enu_from_ecef))
        .fold(none, |a, b| (a.0.min(b.0), a.1.max(b.1)));
    (high.z > low.z).then(|| Subject {
        top: top.index,
        name: part_row(&top).name,
        enu_from_ecef,
        low_m: low.z,
        high_m: high.z,
    })
}
