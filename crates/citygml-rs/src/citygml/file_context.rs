//! What objects of one file share.

use std::collections::HashMap;
use std::sync::Arc;

use super::appearance::AppearanceIndex;
use super::shared_geometry::{SharedGeometry, Wanted};
use crate::Template;
use crate::codes;
use crate::fast_hash::HashSet;
use crate::findings::Findings;

/// What was gathered from a whole file before its objects are read, so that it does not matter where in the file it
/// stands.
#[derive(Debug, Default)]
pub(crate) struct FileKnowledge {
    /// Appearances of the city model itself.
    pub(crate) appearances: AppearanceIndex,
    /// Prototypes by the id of their geometry.
    pub(crate) templates: HashMap<String, Arc<Template>>,
}

/// Appearances of the city model, prototypes, and names that come again and again.
#[derive(Debug, Default)]
pub(crate) struct FileContext {
    pub(super) names: Names,
    /// Appearances of the city model that were met so far.
    pub(super) met_appearances: AppearanceIndex,
    /// Prototypes that were met so far, by id; library objects by their path.
    pub(super) templates: HashMap<String, Arc<Template>>,
    libraries: HashMap<String, Arc<Template>>,
    /// What was gathered beforehand.
    pub(super) known: Option<Arc<FileKnowledge>>,
    /// Whether references to geometry of other objects will be followed later, and are no finding yet.
    pub(super) defers_references: bool,
    /// Ids of geometry to collect.
    pub(super) wanted: Option<Arc<Wanted>>,
    /// What was collected.
    pub(super) found: SharedGeometry,
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
        match &self.known {
            Some(known) => &known.appearances,
            None => &self.met_appearances,
        }
    }

    /// Remembers a prototype. Of two with one id the first counts.
    pub(super) fn add_template(&mut self, id: String, template: &Arc<Template>) {
        self.templates
            .entry(id)
            .or_insert_with(|| Arc::clone(template));
    }

    /// The prototype that a reference means; an empty one with the reference as its id if it was not met.
    pub(super) fn template(&self, href: &str) -> Arc<Template> {
        let id = href.strip_prefix('#').unwrap_or(href);
        let known = self.known.as_ref();
        let known = known.and_then(|known| known.templates.get(id));
        match known.or_else(|| self.templates.get(id)) {
            Some(template) => Arc::clone(template),
            None => Arc::new(Template {
                id: Some(if href.contains('#') {
                    href.to_owned()
                } else {
                    format!("#{href}")
                }),
                ..Template::default()
            }),
        }
    }

    /// One template for all who use the same library object.
    pub(super) fn shared_library(&mut self, template: Template) -> Arc<Template> {
        let path = template.library_object.clone().unwrap_or_default();
        let shared = self
            .libraries
            .entry(path)
            .or_insert_with(|| Arc::new(template.clone()));
        if **shared == template {
            Arc::clone(shared)
        } else {
            Arc::new(template)
        }
    }

    /// Reports what was wrong with the appearances of the city model. Those gathered beforehand serve several readers;
    /// who gathered them reports them.
    pub(super) fn close(&mut self, findings: &mut Findings) {
        if self.known.is_none() {
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
