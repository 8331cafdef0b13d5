//! A few sums over buildings by which scenarios are compared.

use crate::{Parameter, Provenance};

/// What is known of one building; parts that are counted as buildings are not counted again.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct BuildingFacts {
    /// Metres from ground to the highest point, measured or of its geometry.
    pub height_m: Option<f64>,
    /// Area of the ground surface, square metres.
    pub footprint_m2: Option<f64>,
    /// Storeys above ground, where stated.
    pub storeys: Option<u32>,
}

/// Metres that a storey takes where the number of storeys is not stated.
const STOREY_HEIGHT_M: f64 = 3.2;

impl BuildingFacts {
    /// Storeys as stated, else as many as fit the height, but one at least.
    fn storeys_or_estimate(&self) -> Option<f64> {
        self.storeys
            .filter(|storeys| *storeys > 0)
            .map(f64::from)
            .or_else(|| {
                self.height()
                    .map(|height_m| (height_m / STOREY_HEIGHT_M).floor().max(1.0))
            })
    }

    fn height(&self) -> Option<f64> {
        self.height_m
            .filter(|height_m| height_m.is_finite() && *height_m > 0.0)
    }

    fn footprint(&self) -> Option<f64> {
        self.footprint_m2
            .filter(|footprint_m2| footprint_m2.is_finite() && *footprint_m2 > 0.0)
    }
}

/// What an indicator measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KpiKind {
    /// Number of buildings.
    Buildings,
    /// Ground covered by buildings.
    Footprint,
    /// Space enclosed by buildings, roof space counted as if it went up straight.
    GrossVolume,
    /// Floor area of all storeys above ground, walls included.
    GrossFloorArea,
    /// Height of the highest building.
    GreatestHeight,
}

impl KpiKind {
    /// All, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::Buildings,
        Self::Footprint,
        Self::GrossVolume,
        Self::GrossFloorArea,
        Self::GreatestHeight,
    ];

    /// Unit symbol; empty for a number of things.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::Buildings => "",
            Self::Footprint | Self::GrossFloorArea => "m²",
            Self::GrossVolume => "m³",
            Self::GreatestHeight => "m",
        }
    }

    const fn method(self) -> &'static str {
        match self {
            Self::Buildings => "Count",
            Self::Footprint => "Sum of the areas of ground surfaces",
            Self::GrossVolume => "Sum of ground surface × height; too large under pitched roofs",
            Self::GrossFloorArea => {
                "Sum of ground surface × storeys above ground, estimated from the height where not stated"
            }
            Self::GreatestHeight => "Largest height",
        }
    }

    fn of(self, building: &BuildingFacts) -> Option<f64> {
        match self {
            Self::Buildings => Some(1.0),
            Self::Footprint => building.footprint(),
            Self::GrossVolume => Some(building.footprint()? * building.height()?),
            Self::GrossFloorArea => Some(building.footprint()? * building.storeys_or_estimate()?),
            Self::GreatestHeight => building.height(),
        }
    }
}

/// One indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Kpi {
    /// What it measures.
    pub kind: KpiKind,
    /// Its value in [`KpiKind::unit`]; `None` where no building says enough.
    pub value: Option<f64>,
    /// How many buildings it rests on: to be shown where it is not all of them.
    pub based_on: usize,
    /// How it came about.
    pub provenance: Provenance,
}

/// The indicators of one scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Kpis {
    /// How many buildings there are.
    pub buildings: usize,
    kpis: Vec<Kpi>,
}

impl Kpis {
    /// Sums up buildings. Facts that cannot be (negative, not finite) count as unknown.
    pub fn of(buildings: &[BuildingFacts]) -> Self {
        let kpis = KpiKind::ALL.map(|kind| {
            let known: Vec<f64> = buildings
                .iter()
                .filter_map(|building| kind.of(building))
                .collect();
            let value = match kind {
                KpiKind::Buildings => Some(known.len() as f64),
                _ if known.is_empty() => None,
                KpiKind::GreatestHeight => known.iter().copied().reduce(f64::max),
                _ => Some(known.iter().sum()),
            };
            Kpi {
                kind,
                value,
                based_on: known.len(),
                provenance: provenance(kind, buildings.len(), known.len()),
            }
        });
        Self {
            buildings: buildings.len(),
            kpis: kpis.into(),
        }
    }

    /// One of them.
    pub fn get(&self, kind: KpiKind) -> Option<&Kpi> {
        self.iter().find(|kpi| kpi.kind == kind)
    }

    /// All, in the order of [`KpiKind::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = &Kpi> {
        self.kpis.iter()
    }

    /// How much more this scenario has than `baseline`; `None` where either does not say.
    pub fn difference(&self, baseline: &Self, kind: KpiKind) -> Option<f64> {
        Some(self.get(kind)?.value? - baseline.get(kind)?.value?)
    }
}

fn provenance(kind: KpiKind, buildings: usize, known: usize) -> Provenance {
    let mut parameters = vec![
        Parameter::new("buildings", buildings, ""),
        Parameter::new("buildings with the needed facts", known, ""),
    ];
    if kind == KpiKind::GrossFloorArea {
        parameters.push(Parameter::new(
            "height of a storey where none are stated",
            STOREY_HEIGHT_M,
            "m",
        ));
    }
    Provenance {
        method: kind.method(),
        source: "Attributes and ground surfaces of the city model",
        parameters,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn building(height_m: f64, footprint_m2: f64, storeys: Option<u32>) -> BuildingFacts {
        BuildingFacts {
            height_m: Some(height_m),
            footprint_m2: Some(footprint_m2),
            storeys,
        }
    }

    fn value(kpis: &Kpis, kind: KpiKind) -> Option<f64> {
        kpis.get(kind).and_then(|kpi| kpi.value)
    }

    #[test]
    fn sums_of_two_buildings() {
        // Four storeys stated; 10 m hold three of 3.2 m.
        let kpis = Kpis::of(&[building(14.0, 100.0, Some(4)), building(10.0, 50.0, None)]);
        assert_eq!(value(&kpis, KpiKind::Buildings), Some(2.0));
        assert_eq!(value(&kpis, KpiKind::Footprint), Some(150.0));
        assert_eq!(value(&kpis, KpiKind::GrossVolume), Some(1900.0));
        assert_eq!(value(&kpis, KpiKind::GrossFloorArea), Some(550.0));
        assert_eq!(value(&kpis, KpiKind::GreatestHeight), Some(14.0));
    }

    #[test]
    fn a_shed_has_one_storey_and_none_stated_is_not_none_there() {
        let kpis = Kpis::of(&[building(2.0, 10.0, None), building(7.0, 10.0, Some(0))]);
        assert_eq!(value(&kpis, KpiKind::GrossFloorArea), Some(30.0));
    }

    #[test]
    fn what_is_unknown_or_impossible_is_left_out_and_counted() {
        let unknown = BuildingFacts {
            height_m: Some(9.0),
            ..BuildingFacts::default()
        };
        let kpis = Kpis::of(&[
            building(10.0, 100.0, Some(3)),
            unknown,
            building(f64::NAN, -5.0, None),
        ]);
        let floor_area = kpis.get(KpiKind::GrossFloorArea).unwrap();
        assert_eq!(
            (floor_area.value, floor_area.based_on, kpis.buildings),
            (Some(300.0), 1, 3)
        );
        assert_eq!(value(&kpis, KpiKind::GreatestHeight), Some(10.0));
    }

    #[test]
    fn nothing_known_is_not_nothing_there() {
        let kpis = Kpis::of(&[BuildingFacts::default()]);
        assert_eq!(value(&kpis, KpiKind::Buildings), Some(1.0));
        assert_eq!(value(&kpis, KpiKind::Footprint), None);
        assert_eq!(value(&Kpis::of(&[]), KpiKind::Buildings), Some(0.0));
    }

    #[test]
    fn scenarios_are_compared() {
        let baseline = Kpis::of(&[building(10.0, 100.0, Some(3))]);
        let scenario = Kpis::of(&[building(20.0, 80.0, Some(6))]);
        assert_eq!(
            scenario.difference(&baseline, KpiKind::GrossFloorArea),
            Some(180.0)
        );
        assert_eq!(
            scenario.difference(&baseline, KpiKind::Footprint),
            Some(-20.0)
        );
        assert_eq!(
            scenario.difference(&Kpis::of(&[BuildingFacts::default()]), KpiKind::Footprint),
            None
        );
    }

    #[test]
    fn each_says_how_it_came_about() {
        for kpi in Kpis::of(&[building(10.0, 100.0, None)]).iter() {
            assert!(!kpi.provenance.method.is_empty());
            assert!(
                kpi.provenance
                    .parameters
                    .iter()
                    .any(|parameter| parameter.name == "buildings")
            );
        }
    }
}
