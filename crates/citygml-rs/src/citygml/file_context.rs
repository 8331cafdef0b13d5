//! What objects of one file share.

use std::collections::HashSet;
use std::sync::Arc;

use super::appearance::AppearanceIndex;
use crate::codes;
use crate::findings::Findings;

/// Appearances of the city model and names that come again and again.
#[derive(Debug, Default)]
pub(crate) struct FileContext {
    pub(super) names: Names,
    /// Appearances of the city model that were met so far.
    pub(super) met_appearances: AppearanceIndex,
    /// Those of the whole file, where they were gathered beforehand.
    pub(super) known_appearances: Option<Arc<AppearanceIndex>>,
}

/// Names shared by all who use them: roles, code spaces, types of surfaces.
#[derive(Debug, Default)]
pub(super) struct Names(HashSet<Arc<str>>);

/// A file made to do harm could have a new name in every element.
const MAX_NAMES: usize = 100_000;

impl Names {
    pub(super) fn shared(&mut self, name: &str) -> Arc<str> {
        if let Some(known) = self.0.get(name) {
            return Arc::clone(known);
        }
        let new: Arc<str> = name.into();
        if self.0.len() < MAX_NAMES {
            self.0.insert(Arc::clone(&new));
        }
        new
    }
}

impl FileContext {
    /// Appearances of the city model that objects are to be given.
    pub(super) fn appearances(&self) -> &AppearanceIndex {
        self.known_appearances
            .as_deref()
            .unwrap_or(&self.met_appearances)
    }

    /// Reports what was wrong with the appearances of the city model. Those gathered beforehand serve several readers;
    /// who gathered them reports them.
    pub(super) fn close(&mut self, findings: &mut Findings) {
        if self.known_appearances.is_none() {
            self.met_appearances.complete();
            report_appearances(&self.met_appearances, findings);
        }
    }
}

/// Counts what was wrong with appearances and which targets were not met. To be called once for an index.
pub(crate) fn report_appearances(index: &AppearanceIndex, findings: &mut Findings) {
    let problems = index.problems();
    if problems.broken > 0 {
        findings.gather_many(
            codes::BROKEN_APPEARANCE,
            "part of an appearance that is not as the standard says, left out",
            problems.broken,
            Some(problems.first_broken_line),
            None,
        );
    }
    if problems.repeated > 0 {
        findings.gather_many(
            codes::REPEATED_LOOK,
            "second look for one side of one target in one theme, left out",
            problems.repeated,
            None,
            None,
        );
    }
    // In no order, so the least is named: the same file gives the same report.
    let missing = index.missing_targets().count() as u64;
    if missing > 0 {
        findings.gather_many(
            codes::MISSING_TARGET,
            "target of an appearance that is not there, or not where the appearance counts",
            missing,
            None,
            index.missing_targets().min(),
        );
    }
}
