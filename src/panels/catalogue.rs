//! What panels ask for every frame and what changes seldom: counts over the feature table, rows of
//! findings, indicators, the language. Each is kept until what it rests on changes.

use std::{collections::BTreeMap, sync::Arc};

use bevy::prelude::*;
use veduta_panels::{
    DiagnosticRow, DiagnosticsModel,
    language::{Language, Locale},
};

use crate::{
    city::{CityFeatures, FeatureStates, Side},
    compare::{Indicators, indicators_of},
    stream::Finding,
};

/// Top-level city objects by source and type, and what else is kept from frame to frame.
#[derive(Resource, Default)]
pub struct Catalogue {
    revision: u64,
    counts: BTreeMap<(usize, String), u64>,
    triangles: u64,
    tiles: u64,
    features: u64,
    diagnostics: KeptDiagnostics,
    indicators: [Option<KeptIndicators>; 2],
    language: Option<Arc<Language>>,
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
        self.counts.clear();
        for feature in city
            .all()
            .filter(|feature| feature.feature.parent.is_none())
        {
            let key = (feature.tile.source, feature.feature.object_type.clone());
            *self.counts.entry(key).or_default() += 1;
        }
        self.triangles = city.triangles() as u64;
        self.tiles = city.tiles().count() as u64;
        // What was only assumed is no object of the city.
        let objects = self
            .counts
            .iter()
            .filter(|((_, kind), _)| kind != "AssumedGround");
        self.features = objects.map(|(_, count)| count).sum();
    }

    /// Types of a source with their counts.
    pub fn types_of(&self, source: usize) -> impl Iterator<Item = (&str, u64)> {
        self.counts
            .iter()
            .filter(move |((of, _), _)| *of == source)
            .map(|((_, object_type), count)| (object_type.as_str(), *count))
    }

    /// All types with their counts over all sources, the most frequent first.
    pub fn types(&self) -> Vec<(&str, u64)> {
        let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
        for ((_, object_type), count) in &self.counts {
            *sums.entry(object_type).or_default() += count;
        }
        let mut sums: Vec<_> = sums.into_iter().collect();
        sums.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        sums
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
