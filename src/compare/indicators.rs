//! Numbers to compare futures by, from the feature tables of what each side shows.

use tiles3d::{Feature, FeatureValue};
use veduta_analysis::{BuildingFacts, Kpis};

use crate::city::{CityFeatures, FeatureRef, FeatureStates, HIDDEN, Side};

/// Indicators of one side.
pub type Indicators = Kpis;

/// Sums over the buildings a side shows.
pub fn indicators_of(city: &CityFeatures, states: &FeatureStates, side: Side) -> Indicators {
    let shown = city.iter().filter(|feature| {
        feature.feature.object_type == "Building"
            && feature.feature.parent.is_none()
            && states.get(side, feature.index).flags & HIDDEN == 0
    });
    let facts: Vec<BuildingFacts> = shown.map(|building| facts_of(city, building)).collect();
    Kpis::of(&facts)
}

fn facts_of(city: &CityFeatures, building: FeatureRef) -> BuildingFacts {
    let whole = city.with_descendants(building.index);
    let parts: Vec<&Feature> = whole
        .iter()
        .filter_map(|index| city.get(*index))
        .map(|part| part.feature)
        .collect();
    let number = |name: &str| {
        let attributes = parts.iter().flat_map(|part| &part.attributes);
        attributes
            .filter(|attribute| attribute.name == name)
            .find_map(|attribute| match &attribute.value {
                FeatureValue::Number(value) => Some(*value),
                FeatureValue::Text(text) => text.trim().parse().ok(),
                FeatureValue::Boolean(_) => None,
            })
    };
    let low = parts.iter().map(|part| part.bounds_local[0][2]).fold(f32::MAX, f32::min);
    let high = parts.iter().map(|part| part.bounds_local[1][2]).fold(f32::MIN, f32::max);
    let area: f64 = parts.iter().map(|part| footprint_m2(part)).sum();
    BuildingFacts {
        height_m: number("measuredHeight").or((high > low).then_some(f64::from(high - low))),
        footprint_m2: (area > 0.0).then_some(area),
        storeys: number("storeysAboveGround").map(|storeys| storeys.max(0.0) as u32),
    }
}

/// Area within the outline: the shoelace formula per ring, the largest ring less the rest where
/// rings are holes of it, their sum where they lie apart.
fn footprint_m2(feature: &Feature) -> f64 {
    let signed = |ring: &Vec<[f32; 2]>| {
        let next = ring.iter().cycle().skip(1);
        let twice: f64 = ring
            .iter()
            .zip(next)
            .map(|(a, b)| f64::from(a[0]) * f64::from(b[1]) - f64::from(b[0]) * f64::from(a[1]))
            .sum();
        twice * 0.5
    };
    feature.footprint.iter().map(signed).sum::<f64>().abs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_courtyard_is_not_built_on() {
        let square = |from: f32, to: f32| vec![[from, from], [to, from], [to, to], [from, to]];
        let mut hole = square(2.0, 8.0);
        hole.reverse();
        let feature = Feature {
            footprint: vec![square(0.0, 10.0), hole],
            ..Feature::default()
        };
        assert!((footprint_m2(&feature) - 64.0).abs() < 1e-4);
    }
}
