//! What panels ask for every frame and what changes seldom: counts over the feature table, rows of
//! findings, indicators, the language. Each is kept until what it rests on changes.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use bevy::prelude::*;
use veduta_panels::{
    DiagnosticRow, DiagnosticsModel,
    language::{Language, Locale},
};

use super::modules::TypeEntry;
use crate::{
    city::{CityFeatures, FeatureStates, Side, is_built},
    compare::{Indicators, indicators_of},
    stream::Finding,
};

/// City objects by source and type, and what else is kept from frame to frame.
#[derive(Resource, Default)]
pub struct Catalogue {
    revision: u64,
    types: BTreeMap<usize, Vec<TypeEntry>>,
    groups: Vec<Group>,
    highest_m: f64,
    triangles: u64,
    tiles: u64,
    features: u64,
    diagnostics: KeptDiagnostics,
    indicators: [Option<KeptIndicators>; 2],
    language: Option<Arc<Language>>,
}

/// A group of city objects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Identifier in the source.
    pub id: String,
    /// Its name, else its identifier.
    pub name: String,
    /// How many objects it has.
    pub members: u64,
}

/// Rows of findings. Which objects can be selected from them changes with the city.
#[derive(Default)]
struct KeptDiagnostics {
    city_revision: u64,
    rows: Arc<[DiagnosticRow]>,
}

/// Indicators of a side, with the revisions of city and hidden features they were summed up for.
struct KeptIndicators {
    city_revision: u64,
    hidden_revision: u64,
    indicators: Indicators,
}

impl Catalogue {
    /// Counts anew if tiles came or went.
    pub fn refresh(&mut self, city: &CityFeatures) {
        if self.revision == city.revision() {
            return;
        }
        self.revision = city.revision();
        self.types = types_of(city);
        self.groups = groups_of(city);
        let buildings = city
            .all()
            .filter(|object| is_built(&object.feature.object_type));
        let heights = buildings.map(|building| {
            let [low, high] = building.feature.bounds_local;
            f64::from(high[2] - low[2])
        });
        self.highest_m = heights
            .filter(|height| height.is_finite())
            .fold(0.0, f64::max);
        self.triangles = city.triangles() as u64;
        self.tiles = city.tiles().count() as u64;
        // What was only assumed is no object of the city.
        let objects = self
            .types()
            .into_iter()
            .filter(|(kind, _)| *kind != "AssumedGround");
        self.features = objects.map(|(_, count)| count).sum();
    }

    /// Types of a source, those of top-level objects and of interior ones.
    pub fn types_of(&self, source: usize) -> &[TypeEntry] {
        self.types.get(&source).map_or(&[], Vec::as_slice)
    }

    /// Types of top-level objects with their counts over all sources, the most frequent first.
    pub fn types(&self) -> Vec<(&str, u64)> {
        let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
        let entries = self.types.values().flatten();
        for entry in entries.filter(|entry| !entry.is_interior) {
            *sums.entry(&entry.object_type).or_default() += entry.count;
        }
        let mut sums: Vec<_> = sums.into_iter().collect();
        sums.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        sums
    }

    /// Whether anything lies inside anything.
    pub fn has_interiors(&self) -> bool {
        self.types.values().flatten().any(|entry| entry.is_interior)
    }

    /// All groups, by name.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Height of the highest building, metres.
    pub fn highest_m(&self) -> f64 {
        self.highest_m
    }

    /// The words of a locale.
    pub fn language(&mut self, locale: Locale) -> Arc<Language> {
        match &self.language {
            Some(language) if language.locale() == locale => language.clone(),
            _ => self
                .language
                .insert(Arc::new(Language::new(locale)))
                .clone(),
        }
    }

    /// Draws the rows of findings up anew if there are others, or other objects to select from them.
    pub fn refresh_diagnostics(&mut self, findings: &[Finding], city: &CityFeatures) {
        let kept = &mut self.diagnostics;
        // Compared rather than counted: a scene that replaces another may have as many.
        let is_same = kept.rows.len() == findings.len()
            && kept.rows.iter().zip(findings).all(|(row, finding)| {
                row.message == finding.message
                    && row.source == finding.source
                    && row.code == finding.code
            });
        if is_same && kept.city_revision == city.revision() {
            return;
        }
        kept.city_revision = city.revision();
        kept.rows = findings
            .iter()
            .map(|finding| diagnostic_row(finding, city))
            .collect();
    }

    /// The diagnostics panel.
    pub fn diagnostics(&self) -> DiagnosticsModel {
        DiagnosticsModel {
            rows: self.diagnostics.rows.clone(),
        }
    }

    /// Sums a side up anew if it shows other buildings.
    pub fn refresh_indicators(&mut self, city: &CityFeatures, states: &FeatureStates, side: Side) {
        let city_revision = city.revision();
        let hidden_revision = states.hidden_revision(side);
        let kept = &mut self.indicators[side.index()];
        let is_current = kept.as_ref().is_some_and(|kept| {
            kept.city_revision == city_revision && kept.hidden_revision == hidden_revision
        });
        if !is_current {
            *kept = Some(KeptIndicators {
                city_revision,
                hidden_revision,
                indicators: indicators_of(city, states, side),
            });
        }
    }

    /// Indicators of a side, as of the last time they were summed up.
    pub fn indicators(&self, side: Side) -> Option<&Indicators> {
        self.indicators[side.index()]
            .as_ref()
            .map(|kept| &kept.indicators)
    }

    /// Triangles in memory.
    pub fn triangles(&self) -> u64 {
        self.triangles
    }

    /// Tiles in memory.
    pub fn tiles(&self) -> u64 {
        self.tiles
    }

    /// Top-level city objects.
    pub fn features(&self) -> u64 {
        self.features
    }
}

/// What is counted for a type.
#[derive(Default)]
struct TypeCount {
    is_interior: bool,
    count: u64,
    levels: BTreeSet<u8>,
}

/// Counts top-level objects and interior ones, and gathers the levels of detail of what belongs to them.
fn types_of(city: &CityFeatures) -> BTreeMap<usize, Vec<TypeEntry>> {
    let mut counts: BTreeMap<(usize, &str), TypeCount> = BTreeMap::new();
    for (base, tile) in city.tiles() {
        for (local, feature) in tile.content.features.iter().enumerate() {
            // Balconies, other levels and doors of rooms count to what they belong to; furniture stands for itself.
            let owner = city.selectable(base + local as u32);
            let Some(owner) = city.get(owner) else {
                continue;
            };
            let key = (tile.source, owner.feature.object_type.as_str());
            let entry = counts.entry(key).or_default();
            entry.is_interior |= feature.is_interior;
            entry.count += u64::from(std::ptr::eq(owner.feature, feature));
            entry.levels.extend(feature.lod);
        }
    }
    let mut types: BTreeMap<usize, Vec<TypeEntry>> = BTreeMap::new();
    for ((source, object_type), counted) in counts {
        types.entry(source).or_default().push(TypeEntry {
            object_type: object_type.to_owned(),
            is_interior: counted.is_interior,
            count: counted.count,
            levels: counted.levels.into_iter().collect(),
        });
    }
    types
}

fn groups_of(city: &CityFeatures) -> Vec<Group> {
    let mut groups: Vec<Group> = city
        .all()
        .filter(|object| object.feature.variant_of.is_none())
        .filter_map(|object| {
            let members = object.members().count() as u64;
            (members > 0).then(|| Group {
                id: object.feature.id.clone(),
                name: object
                    .feature
                    .name
                    .clone()
                    .unwrap_or_else(|| object.feature.id.clone()),
                members,
            })
        })
        .collect();
    groups.sort_by(|a, b| a.name.cmp(&b.name).then_with(|| a.id.cmp(&b.id)));
    // Tiles may repeat a group.
    groups.dedup_by(|a, b| a.id == b.id);
    groups
}

fn diagnostic_row(finding: &Finding, city: &CityFeatures) -> DiagnosticRow {
    let object = finding.object_id.as_deref();
    DiagnosticRow {
        severity: finding.severity,
        code: finding.code.clone(),
        message: finding.message.clone(),
        source: finding.source.clone(),
        line: finding.line,
        object: object
            .filter(|id| !city.with_id(id).is_empty())
            .map(Into::into),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_and_balconies_are_no_further_objects() {
        use crate::city::{LoadedTile, TileBvh};
        let row = |object_type: &str, parent, variant_of, lod, is_interior| tiles3d::Feature {
            object_type: object_type.to_owned(),
            parent,
            variant_of,
            lod,
            is_interior,
            ..tiles3d::Feature::default()
        };
        let mut city = CityFeatures::default();
        city.insert(LoadedTile {
            source: 3,
            content: Arc::new(tiles3d::TileContent {
                features: vec![
                    row("Building", None, None, Some(3), false),
                    row("Building", Some(0), Some(0), Some(1), false),
                    row("BuildingInstallation", Some(0), None, Some(3), false),
                    row("Room", Some(0), None, Some(4), true),
                    row("BuildingFurniture", Some(3), None, Some(4), true),
                ],
                ..tiles3d::TileContent::default()
            }),
            bvh: Arc::new(TileBvh::default()),
            shown: true,
        });
        let mut catalogue = Catalogue::default();
        catalogue.refresh(&city);
        let rows: Vec<_> = catalogue
            .types_of(3)
            .iter()
            .map(|entry| {
                (
                    entry.object_type.as_str(),
                    entry.count,
                    entry.levels.as_slice(),
                )
            })
            .collect();
        let expected = [
            ("Building", 1, &[1, 3][..]),
            ("BuildingFurniture", 1, &[4]),
            ("Room", 1, &[4]),
        ];
        assert_eq!(rows, expected);
        assert_eq!(catalogue.features(), 1);
        assert!(catalogue.has_interiors());
    }

    #[test]
    fn rows_of_another_scene_replace_as_many_of_the_first() {
        let finding = |message: &str| Finding {
            severity: veduta_panels::Severity::Warning,
            code: "SRC-001".to_owned(),
            message: message.to_owned(),
            source: "a.gml".to_owned(),
            line: None,
            object_id: None,
        };
        let city = CityFeatures::default();
        let mut catalogue = Catalogue::default();
        catalogue.refresh_diagnostics(&[finding("one")], &city);
        let first = catalogue.diagnostics().rows;
        catalogue.refresh_diagnostics(&[finding("one")], &city);
        assert!(Arc::ptr_eq(&first, &catalogue.diagnostics().rows));
        catalogue.refresh_diagnostics(&[finding("two")], &city);
        assert_eq!(catalogue.diagnostics().rows[0].message, "two");
    }
}
