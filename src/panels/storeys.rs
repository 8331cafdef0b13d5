//! Where the storeys of a building are, as far as its model tells.

use tiles3d::FeatureValue;
use veduta_panels::StoreyChoice;

use crate::city::{CityFeatures, FeatureIndex, FeatureRef};

/// Where a storey is cut to look into it: over furniture and under the ceiling, as a share of its height …
const CUT_SHARE: f64 = 0.75;
/// … and no higher than this over its floor, metres.
const CUT_AT_MOST_M: f64 = 2.2;
/// More storeys than this no list of buttons can hold.
const MAX_STOREYS: u32 = 80;

/// The storeys of a building, lowest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Storeys {
    /// Names and heights to cut at.
    pub choices: Vec<StoreyChoice>,
    /// Only their number is known.
    pub are_assumed: bool,
}

/// The storeys of a top-level object whose foot is at `foot_m` and which is `height_m` high: those it is made of, else
/// by their heights, else equal parts of the whole. Heights are metres up in the frame that `frame_from_ecef` leads to.
pub fn storeys_of(
    city: &CityFeatures,
    top: FeatureIndex,
    frame_from_ecef: glam::DMat4,
    foot_m: f64,
    height_m: f64,
) -> Storeys {
    let modelled = modelled(city, top, frame_from_ecef, foot_m);
    if !modelled.is_empty() {
        return Storeys {
            choices: modelled,
            are_assumed: false,
        };
    }
    let Some(object) = city.get(top) else {
        return Storeys::default();
    };
    let parts = city.parts(top);
    let all = || std::iter::once(&object).chain(&parts);
    if let Some(heights) = all().find_map(stated_heights) {
        return Storeys {
            choices: from_heights(&heights),
            are_assumed: false,
        };
    }
    let count = all().find_map(|part| number(part, "storeysAboveGround"));
    let count = count.map_or(0, |count| count.clamp(0.0, f64::from(MAX_STOREYS)) as u32);
    if count == 0 {
        return Storeys::default();
    }
    Storeys {
        choices: from_heights(&vec![height_m / f64::from(count); count as usize]),
        are_assumed: true,
    }
}

/// Storeys that are objects of the model.
fn modelled(
    city: &CityFeatures,
    top: FeatureIndex,
    frame_from_ecef: glam::DMat4,
    foot_m: f64,
) -> Vec<StoreyChoice> {
    let mut storeys: Vec<(f64, StoreyChoice)> = city
        .with_descendants(top)
        .into_iter()
        .filter_map(|index| city.get(index))
        .filter(|part| {
            part.feature.variant_of.is_none()
                && matches!(
                    part.feature.object_type.as_str(),
                    "Storey" | "BuildingStorey"
                )
        })
        .filter_map(|storey| {
            let (low, high) = bounds_with_parts(city, &storey, frame_from_ecef)?;
            let floor = low - foot_m;
            let choice = StoreyChoice {
                name: storey.feature.name.clone().unwrap_or_default(),
                height_m: floor + eye_height(high - low),
            };
            Some((floor, choice))
        })
        .collect();
    storeys.sort_by(|a, b| a.0.total_cmp(&b.0));
    let choices = storeys.into_iter().enumerate();
    let named = choices.map(|(place, (_, choice))| StoreyChoice {
        name: if choice.name.is_empty() {
            (place + 1).to_string()
        } else {
            choice.name
        },
        ..choice
    });
    named.collect()
}

/// A storey is often but a bracket around its rooms.
fn bounds_with_parts(
    city: &CityFeatures,
    storey: &FeatureRef,
    frame_from_ecef: glam::DMat4,
) -> Option<(f64, f64)> {
    let parts = city.with_descendants(storey.index).into_iter();
    let bounds = parts.filter_map(|part| city.get(part)?.bounds(frame_from_ecef));
    let bounds = bounds.map(|(low, high)| (low.z, high.z));
    bounds.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
}

fn from_heights(heights: &[f64]) -> Vec<StoreyChoice> {
    let mut floor = 0.0;
    let choices = heights.iter().enumerate().map(|(place, height)| {
        let choice = StoreyChoice {
            name: (place + 1).to_string(),
            height_m: floor + eye_height(*height),
        };
        floor += height;
        choice
    });
    choices.collect()
}

fn eye_height(storey_m: f64) -> f64 {
    (storey_m * CUT_SHARE).min(CUT_AT_MOST_M)
}

/// `storeyHeightsAboveGround`: a list of metres, lowest first. One number alone holds for all storeys.
fn stated_heights(part: &FeatureRef) -> Option<Vec<f64>> {
    let attributes = &part.feature.attributes;
    let stated = attributes
        .iter()
        .find(|attribute| attribute.name == "storeyHeightsAboveGround")?;
    let heights: Vec<f64> = match &stated.value {
        FeatureValue::Number(height) => vec![*height],
        FeatureValue::Text(text) => text
            .split([' ', ',', ';', '\t', '\n'])
            .filter_map(|height| height.parse().ok())
            .collect(),
        FeatureValue::Boolean(_) => Vec::new(),
    };
    // 9999 stands for "unknown" in some cadastres.
    let is_plausible = |height: &f64| (1.0..100.0).contains(height);
    if heights.is_empty() || !heights.iter().all(is_plausible) {
        return None;
    }
    let count = number(part, "storeysAboveGround").unwrap_or(0.0);
    match heights[..] {
        [height] if count > 1.0 => Some(vec![height; count.min(f64::from(MAX_STOREYS)) as usize]),
        _ => Some(heights),
    }
}

fn number(part: &FeatureRef, name: &str) -> Option<f64> {
    let attribute = part.feature.attributes.iter().find(|a| a.name == name)?;
    match &attribute.value {
        FeatureValue::Number(number) => Some(*number),
        FeatureValue::Text(text) => text.trim().parse().ok(),
        FeatureValue::Boolean(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tiles3d::{Feature, FeatureAttribute, TileContent};

    use super::*;
    use crate::city::{LoadedTile, TileBvh};

    fn city(features: Vec<Feature>) -> CityFeatures {
        let mut city = CityFeatures::default();
        city.insert(LoadedTile {
            source: 0,
            content: Arc::new(TileContent {
                features,
                ..TileContent::default()
            }),
            bvh: Arc::new(TileBvh::default()),
            shown: true,
        });
        city
    }

    fn building(attributes: &[(&str, &str)]) -> Feature {
        let attributes = attributes.iter().map(|(name, value)| FeatureAttribute {
            name: (*name).to_owned(),
            value: FeatureValue::Text((*value).to_owned()),
            unit: None,
        });
        Feature {
            object_type: "Building".to_owned(),
            attributes: attributes.collect(),
            ..Feature::default()
        }
    }

    fn heights(features: Vec<Feature>) -> (Vec<f64>, bool) {
        let storeys = storeys_of(&city(features), 0, glam::DMat4::IDENTITY, 10.0, 9.0);
        let heights = storeys.choices.iter().map(|storey| storey.height_m);
        (heights.collect(), storeys.are_assumed)
    }

    #[test]
    fn storeys_come_from_the_model_else_from_heights_else_from_their_number() {
        let storey = |floor: f32| Feature {
            object_type: "Storey".to_owned(),
            parent: Some(0),
            bounds_local: [[0.0, 0.0, floor], [5.0, 5.0, floor + 2.4]],
            ..Feature::default()
        };
        let counted = [("storeysAboveGround", "2")];
        let modelled = vec![building(&counted), storey(12.5), storey(10.0)];
        let (found, are_assumed) = heights(modelled);
        assert!((found[0] - 1.8).abs() < 1e-5 && (found[1] - 4.3).abs() < 1e-5);
        assert!(!are_assumed);
        let stated = [("storeyHeightsAboveGround", "4.0 2.4")];
        assert_eq!(heights(vec![building(&stated)]).0, [2.2, 4.0 + 1.8]);
        assert_eq!(heights(vec![building(&counted)]), (vec![2.2, 6.7], true));
        let unknown = [("storeyHeightsAboveGround", "9999")];
        assert!(heights(vec![building(&unknown)]).0.is_empty());
    }
}
