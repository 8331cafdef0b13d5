//! Numbers to compare futures by, from the feature tables of what each side shows.

use tiles3d::{Feature, FeatureValue};
use veduta_analysis::{BuildingFacts, Kpis};

use crate::city::{CityFeatures, FeatureStates, HIDDEN, Side};

/// Indicators of one side.
pub type Indicators = Kpis;

/// Sums over the buildings a side shows.
pub fn indicators_of(city: &CityFeatures, states: &FeatureStates, side: Side) -> Indicators {
    let mut facts = Vec::new();
    // Wherever one looks: sums over what happens to be in the picture would change with it.
    for (base, tile) in city.tiles() {
        let features = &tile.content.features;
        let parts = parts_by_whole(features);
        let is_shown = |local: usize| states.get(side, base + local as u32).flags & HIDDEN == 0;
        for (local, feature) in features.iter().enumerate() {
            if feature.object_type != "Building" || feature.parent.is_some() {
                continue;
            }
            let whole = with_descendants(local, &parts);
            // Levels of detail that are not shown, and rooms, are no further bodies.
            let body: Vec<&Feature> = whole
                .iter()
                .filter(|local| is_shown(**local) && !features[**local].is_interior)
                .map(|local| &features[*local])
                .collect();
            if !body.is_empty() {
                let all: Vec<&Feature> = whole.iter().map(|local| &features[*local]).collect();
                facts.push(facts_of(&all, &body));
            }
        }
    }
    Kpis::of(&facts)
}

/// For each feature of a table the places of its direct parts.
fn parts_by_whole(features: &[Feature]) -> Vec<Vec<usize>> {
    let mut parts = vec![Vec::new(); features.len()];
    for (local, feature) in features.iter().enumerate() {
        if let Some(of_whole) = feature
            .parent
            .and_then(|parent| parts.get_mut(parent as usize))
        {
            of_whole.push(local);
        }
    }
    parts
}

/// A feature without a parent and everything below it. Every part has one parent and the top has none,
/// so nothing is met twice, whatever else the table holds.
fn with_descendants(top: usize, parts: &[Vec<usize>]) -> Vec<usize> {
    let mut whole = Vec::new();
    let mut waiting = vec![top];
    while let Some(local) = waiting.pop() {
        whole.push(local);
        waiting.extend(parts[local].iter().rev());
    }
    whole
}

/// Facts of a building: what all its rows say, and the shape of those that are its body.
fn facts_of(all: &[&Feature], body: &[&Feature]) -> BuildingFacts {
    let number = |name: &str| {
        let attributes = all.iter().flat_map(|part| &part.attributes);
        attributes
            .filter(|attribute| attribute.name == name)
            .find_map(|attribute| match &attribute.value {
                FeatureValue::Number(value) => Some(*value),
                FeatureValue::Text(text) => text.trim().parse().ok(),
                FeatureValue::Boolean(_) => None,
            })
    };
    let low = body
        .iter()
        .map(|part| part.bounds_local[0][2])
        .fold(f32::MAX, f32::min);
    let high = body
        .iter()
        .map(|part| part.bounds_local[1][2])
        .fold(f32::MIN, f32::max);
    let stands = body
        .iter()
        .filter(|part| matches!(part.object_type.as_str(), "Building" | "BuildingPart"));
    let area: f64 = stands.map(|part| footprint_m2(part)).sum();
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
    fn parts_count_towards_their_whole_alone() {
        let feature = |parent: Option<u32>, top_m: f32| Feature {
            parent,
            bounds_local: [[0.0, 0.0, 0.0], [1.0, 1.0, top_m]],
            ..Feature::default()
        };
        // The fourth and fifth are each other's part: broken data that hangs on no whole.
        let features = [
            feature(None, 3.0),
            feature(Some(0), 9.0),
            feature(Some(1), 12.0),
            feature(Some(4), 50.0),
            feature(Some(3), 50.0),
            feature(Some(99), 50.0),
        ];
        let parts = parts_by_whole(&features);
        let whole = with_descendants(0, &parts);
        assert_eq!(whole.len(), 3);
        let whole: Vec<&Feature> = whole.iter().map(|local| &features[*local]).collect();
        assert_eq!(facts_of(&whole, &whole).height_m, Some(12.0));
    }

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
