//! Which looks are meant for which geometry.

use crate::fast_hash::HashMap;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::{Material, Texture};

/// Looks by the id of the geometry they are for: of one object, or of the whole city model.
#[derive(Debug, Default)]
pub(crate) struct AppearanceIndex {
    targets: HashMap<Box<str>, Target>,
    themes: BTreeSet<Arc<str>>,
    /// Surface data by id, for appearances of further themes that refer to it.
    data_by_id: HashMap<String, Arc<TargetedLooks>>,
    /// Texture coordinates by id, for targets that share them.
    pub(super) parameterizations: HashMap<String, Arc<Parameterization>>,
    /// Members that are only references, with their theme, until everything is read.
    pending: Vec<(Arc<str>, String)>,
    pub(super) problems: Problems,
}

/// What was wrong with appearances, counted: reported once for a file.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Problems {
    /// Surface data, targets or numbers that are not as the standard says.
    pub(crate) broken: u64,
    /// Line of the first one.
    pub(crate) first_broken_line: u64,
    /// Targets with two looks of one sort in one theme; the first counts.
    pub(crate) repeated: u64,
}

#[derive(Debug, Default)]
struct Target {
    looks: Vec<Look>,
    /// Whether geometry with this id was met.
    is_found: AtomicBool,
}

/// What one theme says about one target.
#[derive(Debug, Clone)]
pub(crate) struct Look {
    pub(crate) theme: Arc<str>,
    pub(crate) is_front: bool,
    pub(crate) data: LookData,
}

/// A material or texture, before it is known which points it covers.
#[derive(Debug, Clone)]
pub(crate) enum LookData {
    Material(Arc<Material>),
    Parameterized(Arc<Texture>, Arc<Parameterization>),
    Georeferenced {
        texture: Arc<Texture>,
        reference_point: Option<[f64; 2]>,
        orientation: Option<[f64; 4]>,
    },
}

/// `TexCoordList` or `TexCoordGen`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Parameterization {
    /// Coordinates by ring id, sorted by it; as many as the ring has points in the file.
    Rings(Vec<(Box<str>, Vec<[f32; 2]>)>),
    /// `worldToTexture`: three rows of four.
    Generated([f64; 12]),
}

/// Surface data with everything it is for.
#[derive(Debug)]
pub(super) struct TargetedLooks {
    pub(super) is_front: bool,
    /// Target ids without the number sign.
    pub(super) targets: Vec<(String, LookData)>,
}

impl AppearanceIndex {
    /// Whether there is nothing to apply.
    pub(crate) fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }

    /// Themes met; an appearance without theme counts as the empty name.
    pub(crate) fn themes(&self) -> impl Iterator<Item = &str> {
        self.themes.iter().map(|theme| &**theme)
    }

    pub(crate) fn problems(&self) -> Problems {
        self.problems
    }

    /// Looks meant for the geometry with this id, and notes that it is there.
    pub(crate) fn looks_of(&self, id: &str) -> &[Look] {
        match self.targets.get(id) {
            Some(target) => {
                target.is_found.store(true, Ordering::Relaxed);
                &target.looks
            }
            None => &[],
        }
    }

    /// Targets that were never asked for, in no order.
    pub(crate) fn missing_targets(&self) -> impl Iterator<Item = &str> {
        let missing = |target: &Target| !target.is_found.load(Ordering::Relaxed);
        self.targets
            .iter()
            .filter(move |(_, target)| missing(target))
            .map(|(id, _)| &**id)
    }

    pub(super) fn note_theme(&mut self, theme: &Arc<str>) {
        if !self.themes.contains(theme) {
            self.themes.insert(Arc::clone(theme));
        }
    }

    pub(super) fn note_broken(&mut self, line: u64) {
        if self.problems.broken == 0 {
            self.problems.first_broken_line = line;
        }
        self.problems.broken += 1;
    }

    /// Adds surface data under a theme.
    pub(super) fn add(&mut self, theme: &Arc<str>, id: Option<String>, data: TargetedLooks) {
        let data = Arc::new(data);
        self.add_shared(theme, &data);
        if let Some(id) = id {
            self.data_by_id.entry(id).or_insert(data);
        }
    }

    /// Adds a member that refers to surface data of another appearance.
    pub(super) fn add_reference(&mut self, theme: &Arc<str>, id: String) {
        match self.data_by_id.get(&id).map(Arc::clone) {
            Some(data) => self.add_shared(theme, &data),
            None => self.pending.push((Arc::clone(theme), id)),
        }
    }

    /// Resolves references to surface data that came later. What stays unresolved counts as broken.
    pub(crate) fn complete(&mut self) {
        for (theme, id) in std::mem::take(&mut self.pending) {
            match self.data_by_id.get(&id).map(Arc::clone) {
                Some(data) => self.add_shared(&theme, &data),
                None => self.problems.broken += 1,
            }
        }
    }

    fn add_shared(&mut self, theme: &Arc<str>, data: &TargetedLooks) {
        for (id, look) in &data.targets {
            let target = match self.targets.get_mut(id.as_str()) {
                Some(target) => target,
                None => self.targets.entry(id.as_str().into()).or_default(),
            };
            let look = Look {
                theme: Arc::clone(theme),
                is_front: data.is_front,
                data: look.clone(),
            };
            if target.looks.iter().any(|other| other.clashes(&look)) {
                self.problems.repeated += 1;
            } else {
                target.looks.push(look);
            }
        }
    }
}

impl Look {
    /// Whether both say the same sort of thing about the same side in the same theme. Coordinates of several rings of
    /// one target may come one by one.
    fn clashes(&self, other: &Self) -> bool {
        let same_side = self.theme == other.theme && self.is_front == other.is_front;
        same_side
            && match (&self.data, &other.data) {
                (LookData::Material(_), LookData::Material(_)) => true,
                (LookData::Parameterized(_, one), LookData::Parameterized(_, two)) => {
                    one.shares_ring_with(two)
                }
                (LookData::Georeferenced { .. }, LookData::Georeferenced { .. }) => true,
                _ => false,
            }
    }
}

impl Parameterization {
    /// Coordinates of one ring.
    pub(super) fn ring(&self, id: &str) -> Option<&[[f32; 2]]> {
        let Self::Rings(rings) = self else {
            return None;
        };
        let place = rings.binary_search_by(|(ring, _)| (**ring).cmp(id)).ok()?;
        Some(&rings[place].1)
    }

    fn shares_ring_with(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Rings(one), Self::Rings(_)) => {
                one.iter().any(|(ring, _)| other.ring(ring).is_some())
            }
            _ => true,
        }
    }
}
