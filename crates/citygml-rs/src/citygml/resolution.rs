//! Where the references inside one top-level object lead, and which looks its surfaces get.

use crate::fast_hash::{HashMap, HashSet};
use std::ops::Range;

use super::appearance::{AppearanceIndex, Look, turn_over};
use super::assembly::{Assembly, Reference, Span, Target};
use super::shared_geometry::Wanted;
use crate::Surface;

/// Surfaces that the references of one object may lead to in all. Real objects use each surface a few times; a file made
/// to do harm could make a thousand composites of a thousand others.
pub(super) const MAX_USES: usize = 4_000_000;

/// What the ids of one object mean. Of two definitions of one id the first is taken, as XML does; polygons come before
/// what is around them.
pub(super) type Targets<'a> = HashMap<&'a str, Target>;

/// A surface that a reference leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Use {
    pub(super) surface: usize,
    /// Whether the stored polygon is used with the other side out.
    pub(super) flipped: bool,
}

/// What the references and appearances of one object come to.
#[derive(Debug, Default)]
pub(super) struct Resolution {
    /// For each reference: its part of `uses`, `None` where it leads nowhere.
    pub(super) spans: Vec<Option<Range<usize>>>,
    pub(super) uses: Vec<Use>,
    /// For each solid that is only a reference: solids it leads to.
    pub(super) solids: HashMap<usize, Range<usize>>,
    /// Looks for surfaces, those from the nearest target first.
    pub(super) looks: Vec<(Use, Look)>,
}

impl Resolution {
    /// Surfaces that a reference leads to.
    pub(super) fn uses_of(&self, reference: usize) -> &[Use] {
        match self.spans.get(reference) {
            Some(Some(span)) => &self.uses[span.clone()],
            _ => &[],
        }
    }

    /// Surfaces that these shells have by reference, in all.
    pub(super) fn referred_uses(&self, shells: &[Span]) -> usize {
        let references = shells.iter().flat_map(|shell| shell.references.clone());
        references
            .map(|reference| self.uses_of(reference).len())
            .fold(0, usize::saturating_add)
    }

    /// Indices of references that lead nowhere.
    pub(super) fn unresolved(&self) -> impl Iterator<Item = usize> {
        let spans = self.spans.iter().enumerate();
        spans
            .filter(|(_, span)| span.is_none())
            .map(|(index, _)| index)
    }
}

impl Assembly {
    /// The ids that references and appearances can mean.
    pub(super) fn targets(&self) -> Targets<'_> {
        let count = self.surfaces.len() + self.targets.len();
        let mut targets = Targets::with_capacity_and_hasher(count, Default::default());
        for (index, draft) in self.surfaces.iter().enumerate() {
            if let Some(id) = draft.surface.id.as_deref() {
                targets.entry(id).or_insert(Target {
                    span: Span {
                        surfaces: index..index + 1,
                        ..Span::default()
                    },
                    flipped: draft.flipped,
                });
            }
        }
        for (id, target) in self.targets.iter() {
            targets.entry(id).or_insert_with(|| target.clone());
        }
        targets
    }

    /// Follows all references of this object and finds the looks of its surfaces.
    pub(super) fn resolve(&self, appearances: &[&AppearanceIndex]) -> Resolution {
        let mut resolution = Resolution::default();
        let has_looks = appearances.iter().any(|index| !index.is_empty());
        if self.references.is_empty() && !has_looks {
            return resolution;
        }
        let targets = self.targets();
        let mut known: HashMap<&str, Option<Range<usize>>> = HashMap::default();
        for reference in &self.references {
            let span = match known.get(reference.href.as_str()) {
                Some(span) if !reference.flipped => span.clone(),
                _ => {
                    let span = self.follow(reference, &targets, &mut resolution.uses);
                    if !reference.flipped {
                        known.insert(&reference.href, span.clone());
                    }
                    span
                }
            };
            resolution.spans.push(span);
        }
        for (index, solid) in self.solids.iter().enumerate() {
            let reference = solid.reference.map(|reference| &self.references[reference]);
            if let Some(target) = reference.and_then(|found| find(&targets, &found.href)) {
                resolution.solids.insert(index, target.span.solids.clone());
            }
        }
        if has_looks {
            resolution.looks = self.find_looks(appearances, &targets);
        }
        resolution
    }

    fn follow(
        &self,
        reference: &Reference,
        targets: &Targets<'_>,
        uses: &mut Vec<Use>,
    ) -> Option<Range<usize>> {
        let target = find(targets, &reference.href)?;
        let first = uses.len();
        if !self.expand(target, reference.flipped, targets, uses) {
            uses.truncate(first);
            return None;
        }
        Some(first..uses.len())
    }

    /// Adds all surfaces of a target, also those it refers to in turn; false if they become too many.
    fn expand(
        &self,
        target: &Target,
        is_flipped: bool,
        targets: &Targets<'_>,
        uses: &mut Vec<Use>,
    ) -> bool {
        let mut pending = vec![(target, is_flipped != target.flipped)];
        let mut followed: HashSet<&str> = HashSet::default();
        while let Some((target, flipped)) = pending.pop() {
            if uses.len() + target.span.surfaces.len() > MAX_USES {
                return false;
            }
            let surfaces = target.span.surfaces.clone();
            uses.extend(surfaces.map(|surface| Use { surface, flipped }));
            for reference in &self.references[target.span.references.clone()] {
                if followed.insert(&reference.href)
                    && let Some(next) = find(targets, &reference.href)
                {
                    let turned = flipped != reference.flipped;
                    pending.push((next, turned != next.flipped));
                }
            }
        }
        true
    }

    /// Surfaces that others want, by id, turned as their definition is.
    pub(super) fn find_wanted(&self, wanted: &Wanted) -> Vec<(String, Vec<Surface>)> {
        let targets = self.targets();
        let found = targets.iter().filter(|(id, _)| wanted.contains(**id));
        let found = found.map(|(&id, target)| {
            let mut uses = Vec::new();
            self.expand(target, false, &targets, &mut uses);
            let surfaces = uses.iter().map(|found| {
                let mut surface = self.surfaces[found.surface].surface.clone();
                if found.flipped {
                    turn_over(&mut surface);
                }
                surface
            });
            (id.to_owned(), surfaces.collect())
        });
        found.collect()
    }

    fn find_looks(
        &self,
        appearances: &[&AppearanceIndex],
        targets: &Targets<'_>,
    ) -> Vec<(Use, Look)> {
        let mut looks = Vec::new();
        let mut uses = Vec::new();
        let mut add = |id: &str, target: &Target| {
            for index in appearances {
                let found = index.looks_of(id);
                if found.is_empty() {
                    continue;
                }
                uses.clear();
                // What is too much for references is too much here.
                self.expand(target, false, targets, &mut uses);
                for look in found {
                    if looks.len() + uses.len() > MAX_USES {
                        return;
                    }
                    looks.extend(uses.iter().map(|&found| (found, look.clone())));
                }
            }
        };
        for draft in &self.surfaces {
            if let Some(id) = draft.surface.id.as_deref()
                && let Some(target) = targets.get(id)
            {
                add(id, target);
            }
        }
        // Elements end before those around them do, so the nearest target comes first.
        for (id, _) in self.targets.iter() {
            if let Some(target) = targets.get(id) {
                add(id, target);
            }
        }
        looks
    }
}

/// The target of a reference inside the file, also where the number sign was forgotten.
fn find<'a>(targets: &'a Targets<'_>, href: &str) -> Option<&'a Target> {
    targets.get(href.strip_prefix('#').unwrap_or(href))
}
