//! Putting one top-level object together: nesting, ownership of surfaces, XLinks.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::{CityObject, Surface, SurfaceKind};

/// A top-level object under construction, as flat lists in document order. Geometry is nested where it is defined and
/// used where it is referred to; only when the object is complete can the two be brought together.
#[derive(Debug, Default)]
pub(crate) struct Assembly {
    objects: Vec<Draft>,
    surfaces: Vec<OwnedSurface>,
    references: Vec<Reference>,
    targets: Vec<(String, Target)>,
}

#[derive(Debug)]
struct Draft {
    object: CityObject,
    /// Reference system of the object's own envelope: counts only where the geometry names none.
    bounds_srs_name: Option<String>,
    parent: Option<usize>,
}

#[derive(Debug)]
struct OwnedSurface {
    owner: usize,
    surface: Surface,
}

/// A use of geometry that is defined elsewhere (`xlink:href`).
#[derive(Debug, Clone)]
pub(crate) struct Reference {
    /// As written.
    pub(crate) href: String,
    /// Index of the object that refers.
    pub(crate) owner: usize,
    /// Level of detail it is used at; `None` where whole boundary surfaces are referred to.
    pub(crate) lod: Option<u8>,
    /// What the surface is here.
    pub(crate) kind: SurfaceKind,
    /// Whether it is used with the other side out.
    pub(crate) flipped: bool,
    /// Line of the reference.
    pub(crate) line: u64,
}

/// Surfaces that the references of one object may lead to in all. Real objects use each surface a few times; a file made
/// to do harm could make a thousand composites of a thousand others.
const MAX_USES: usize = 4_000_000;

/// What stands between the start and end tag of an element with an id.
#[derive(Debug, Clone)]
struct Target {
    surfaces: Range<usize>,
    references: Range<usize>,
}

/// A point in document order, to mark where an element begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    surfaces: usize,
    references: usize,
}

impl Assembly {
    /// Adds an object and gives its index. The first one is the top-level object and has no parent.
    pub(crate) fn add_object(&mut self, object: CityObject, parent: Option<usize>) -> usize {
        self.objects.push(Draft {
            object,
            bounds_srs_name: None,
            parent,
        });
        self.objects.len() - 1
    }

    pub(crate) fn object(&self, index: usize) -> &CityObject {
        &self.objects[index].object
    }

    pub(crate) fn object_mut(&mut self, index: usize) -> &mut CityObject {
        &mut self.objects[index].object
    }

    pub(crate) fn set_bounds_srs_name(&mut self, owner: usize, srs_name: String) {
        self.objects[owner].bounds_srs_name.get_or_insert(srs_name);
    }

    pub(crate) fn add_surface(&mut self, owner: usize, surface: Surface) {
        self.surfaces.push(OwnedSurface { owner, surface });
    }

    /// Whether the object has surfaces of its own already.
    pub(crate) fn has_surfaces(&self, owner: usize) -> bool {
        self.surfaces.iter().any(|surface| surface.owner == owner)
    }

    pub(crate) fn add_reference(&mut self, reference: Reference) {
        self.references.push(reference);
    }

    pub(crate) fn mark(&self) -> Mark {
        Mark {
            surfaces: self.surfaces.len(),
            references: self.references.len(),
        }
    }

    /// Makes everything since `mark` what references to `id` mean.
    pub(crate) fn add_target(&mut self, id: String, mark: Mark) {
        let target = Target {
            surfaces: mark.surfaces..self.surfaces.len(),
            references: mark.references..self.references.len(),
        };
        self.targets.push((id, target));
    }

    /// Sets the level of detail of all surfaces of an object: relief writes it beside the geometry, possibly after it.
    pub(crate) fn set_lod_of(&mut self, owner: usize, lod: u8) {
        for surface in self
            .surfaces
            .iter_mut()
            .filter(|surface| surface.owner == owner)
        {
            surface.surface.lod = lod;
        }
    }

    /// Finishes the object. References that lead nowhere come back beside it, each with the id of the object it is in.
    ///
    /// A polygon that is both part of a boundary surface and, by reference, of a solid, appears once, with the meaning
    /// of the boundary surface, whichever of the two defines it.
    pub(crate) fn finish(
        mut self,
        default_srs_name: Option<&str>,
    ) -> (Option<CityObject>, Vec<(Reference, String)>) {
        let unresolved = self.resolve();
        let unresolved = unresolved
            .into_iter()
            .map(|reference| {
                let id = self.objects[reference.owner].object.id.clone();
                (reference, id)
            })
            .collect();
        for OwnedSurface { owner, surface } in self.surfaces {
            self.objects[owner].object.surfaces.push(surface);
        }
        for index in 0..self.objects.len() {
            if self.objects[index].object.srs_name.is_none() {
                let own = self.objects[index].bounds_srs_name.take();
                let inherited = match self.objects[index].parent {
                    Some(parent) => self.objects[parent].object.srs_name.clone(),
                    None => default_srs_name.map(str::to_owned),
                };
                self.objects[index].object.srs_name = own.or(inherited);
            }
        }
        // Children come after their parents, so going backwards each object is complete when it is handed up.
        while let Some(Draft {
            mut object, parent, ..
        }) = self.objects.pop()
        {
            object.children.reverse();
            match parent {
                Some(parent) => self.objects[parent].object.children.push(object),
                None => return (Some(object), unresolved),
            }
        }
        (None, unresolved)
    }

    fn resolve(&mut self) -> Vec<Reference> {
        if self.references.is_empty() {
            return Vec::new();
        }
        let polygon_ids = self
            .surfaces
            .iter()
            .enumerate()
            .filter_map(|(index, owned)| {
                let target = Target {
                    surfaces: index..index + 1,
                    references: 0..0,
                };
                Some((owned.surface.id.as_deref()?, target))
            });
        let other_ids = self
            .targets
            .iter()
            .map(|(id, target)| (id.as_str(), target.clone()));
        // Of two definitions of one id the first is taken, as XML does.
        let mut targets: HashMap<&str, Target> = HashMap::new();
        for (id, target) in polygon_ids.chain(other_ids) {
            targets.entry(id).or_insert(target);
        }

        let mut unresolved = Vec::new();
        let mut uses: Vec<(usize, usize)> = Vec::new();
        let mut handled: HashSet<(&str, Option<u8>, SurfaceKind)> = HashSet::new();
        for (index, reference) in self.references.iter().enumerate() {
            let Reference {
                href, lod, kind, ..
            } = reference;
            if !handled.insert((href, *lod, *kind)) {
                continue;
            }
            let target = href.strip_prefix('#').and_then(|id| targets.get(id));
            let budget = MAX_USES.saturating_sub(uses.len());
            match target.and_then(|target| self.expand(target, &targets, budget)) {
                Some(surfaces) => uses.extend(surfaces.into_iter().map(|surface| (index, surface))),
                None => unresolved.push(reference.clone()),
            }
        }
        self.apply(&uses);
        unresolved
    }

    /// All surfaces of a target, also those it refers to in turn; `None` if they are more than `budget`.
    fn expand(
        &self,
        target: &Target,
        targets: &HashMap<&str, Target>,
        budget: usize,
    ) -> Option<Vec<usize>> {
        let mut surfaces: Vec<usize> = Vec::new();
        let mut pending = vec![target];
        let mut followed: HashSet<&str> = HashSet::new();
        while let Some(target) = pending.pop() {
            if surfaces.len() + target.surfaces.len() > budget {
                return None;
            }
            surfaces.extend(target.surfaces.clone());
            for reference in &self.references[target.references.clone()] {
                if let Some(id) = reference.href.strip_prefix('#')
                    && let Some(next) = targets.get(id)
                    && followed.insert(id)
                {
                    pending.push(next);
                }
            }
        }
        Some(surfaces)
    }

    fn apply(&mut self, uses: &[(usize, usize)]) {
        let mut copied: HashSet<(usize, u8)> = HashSet::new();
        for &(reference, index) in uses {
            let Reference {
                owner,
                lod,
                kind,
                flipped,
                ..
            } = self.references[reference];
            let defined = &mut self.surfaces[index].surface;
            match lod {
                Some(lod) if lod != defined.lod => {
                    if copied.insert((index, lod)) {
                        let mut surface = defined.clone();
                        surface.lod = lod;
                        if kind != SurfaceKind::Unclassified {
                            surface.kind = kind;
                        }
                        if flipped {
                            surface.polygon.exterior.reverse();
                            surface
                                .polygon
                                .interiors
                                .iter_mut()
                                .for_each(|ring| ring.reverse());
                        }
                        self.add_surface(owner, surface);
                    }
                }
                _ => {
                    if defined.kind == SurfaceKind::Unclassified {
                        defined.kind = kind;
                    }
                }
            }
        }
    }
}
