//! Finishing one top-level object: meaning and looks for its surfaces, solids, and the tree of objects.

use super::appearance::{AppearanceIndex, Turns, apply_look, turn_over};
use super::assembly::{Assembly, Draft, Reference, SolidDraft, Span, SurfaceDraft};
use super::resolution::{MAX_USES, Resolution, Use};
use super::shared_geometry::Wanted;
use crate::fast_hash::{HashMap, HashSet};
use crate::repetition::{Repetition, find_repetitions, remove_repetitions};
use crate::{CityObject, Solid, Surface, SurfaceKind, SurfaceUse, UnresolvedGeometry};

/// A finished object, and what there is to say about it.
#[derive(Debug, Default)]
pub(crate) struct Completed {
    pub(crate) object: Option<CityObject>,
    /// Surfaces that were left out because they repeat others.
    pub(crate) repeated: u64,
    /// Texture coordinates that do not fit their polygons.
    pub(crate) misfits: u64,
    /// Uses of solids that were left out because there are too many.
    pub(crate) excess_solids: u64,
    /// Surfaces that others want, by id.
    pub(crate) found: Vec<(String, Vec<Surface>)>,
}

/// What happened to a surface of the flat list: its place in its owner's list, and whether what is there is turned over.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    owner: usize,
    index: usize,
    flipped: bool,
}

/// A solid takes the memory of so many of the surfaces in its shells.
const SOLID_WEIGHT: usize = 16;

/// Copies of surfaces at other levels of detail than they are defined at.
type Copies = HashMap<(usize, u8), Use>;

impl Assembly {
    /// Finishes the object.
    ///
    /// A polygon that is both part of a boundary surface and, by reference, of a solid, appears once, with the meaning
    /// of the boundary surface, whichever of the two defines it.
    pub(crate) fn finish(
        mut self,
        default_srs_name: Option<&str>,
        appearances: &[&AppearanceIndex],
        wanted: Option<&Wanted>,
    ) -> Completed {
        let resolution = self.resolve(appearances);
        let misfits = self.apply_looks(&resolution);
        let found = wanted.map(|wanted| self.find_wanted(wanted));
        let copies = self.apply_uses(&resolution);
        self.hand_out_unresolved(&resolution);
        let (places, repeated) = self.distribute();
        let excess_solids = self.build_solids(&resolution, &copies, &places, MAX_USES);
        self.inherit_srs_names(default_srs_name);
        Completed {
            object: self.into_tree(),
            repeated,
            misfits,
            excess_solids,
            found: found.unwrap_or_default(),
        }
    }

    fn apply_looks(&mut self, resolution: &Resolution) -> u64 {
        let mut misfits = 0;
        for (found, look) in &resolution.looks {
            let rings = self.rings.of_surface(found.surface);
            let draft = &mut self.surfaces[found.surface];
            let turns = Turns {
                target: found.flipped,
                stored: draft.flipped,
            };
            if !apply_look(&mut draft.surface, look, rings, turns) {
                misfits += 1;
            }
        }
        misfits
    }

    /// Gives surfaces the meaning that references to them have, and copies those used at another level of detail.
    fn apply_uses(&mut self, resolution: &Resolution) -> Copies {
        let mut copies = Copies::default();
        let mut handled: HashSet<(&str, Option<u8>, SurfaceKind, Option<u32>)> = HashSet::default();
        let references = std::mem::take(&mut self.references);
        for (index, reference) in references.iter().enumerate() {
            let Reference {
                href,
                owner,
                lod,
                kind,
                boundary,
                ..
            } = reference;
            if !handled.insert((href, *lod, *kind, *boundary)) {
                continue;
            }
            for &Use { surface, flipped } in resolution.uses_of(index) {
                let defined = &mut self.surfaces[surface];
                match *lod {
                    Some(lod) if lod != defined.surface.lod => {
                        if copies.contains_key(&(surface, lod)) {
                            continue;
                        }
                        let mut copy = defined.surface.clone();
                        copy.lod = lod;
                        if *kind != SurfaceKind::Unclassified {
                            copy.kind = *kind;
                        }
                        if boundary.is_some() || *owner != defined.owner {
                            copy.boundary = *boundary;
                        }
                        if flipped {
                            turn_over(&mut copy);
                        }
                        let stored_turned = defined.flipped != flipped;
                        let place = Use {
                            surface: self.surfaces.len(),
                            flipped,
                        };
                        copies.insert((surface, lod), place);
                        self.add_surface(*owner, copy, stored_turned);
                    }
                    _ => {
                        if defined.surface.kind == SurfaceKind::Unclassified {
                            defined.surface.kind = *kind;
                        }
                        if defined.surface.boundary.is_none() && defined.owner == *owner {
                            defined.surface.boundary = *boundary;
                        }
                    }
                }
            }
        }
        self.references = references;
        copies
    }

    fn hand_out_unresolved(&mut self, resolution: &Resolution) {
        let mut handled: HashSet<(&str, usize, Option<u8>, SurfaceKind)> = HashSet::default();
        for index in resolution.unresolved() {
            let reference = &self.references[index];
            let key = (
                reference.href.as_str(),
                reference.owner,
                reference.lod,
                reference.kind,
            );
            if handled.insert(key) {
                let unresolved = &mut self.objects[reference.owner].object.unresolved;
                unresolved.push(UnresolvedGeometry {
                    href: reference.href.clone(),
                    lod: reference.lod,
                    kind: reference.kind,
                    boundary: reference.boundary,
                    is_flipped: reference.flipped,
                    line: reference.line,
                });
            }
        }
    }

    /// Hands the surfaces to their owners, without repetitions. Gives where each one went, and how many were left out.
    fn distribute(&mut self) -> (Vec<Place>, u64) {
        let mut places = Vec::with_capacity(self.surfaces.len());
        for SurfaceDraft { owner, surface, .. } in std::mem::take(&mut self.surfaces) {
            let surfaces = &mut self.objects[owner].object.surfaces;
            places.push(Place {
                owner,
                index: surfaces.len(),
                flipped: false,
            });
            surfaces.push(surface);
        }
        let mut count = 0;
        let mut moves_of: HashMap<usize, Vec<(usize, bool)>> = HashMap::default();
        for (owner, draft) in self.objects.iter_mut().enumerate() {
            let surfaces = &mut draft.object.surfaces;
            let repetitions = find_repetitions(surfaces);
            if repetitions.is_empty() {
                continue;
            }
            count += repetitions.len() as u64;
            moves_of.insert(owner, moves(surfaces, &repetitions));
            remove_repetitions(surfaces, &repetitions);
        }
        for place in &mut places {
            if let Some(moves) = moves_of.get(&place.owner) {
                (place.index, place.flipped) = moves[place.index];
            }
        }
        (places, count)
    }

    /// Gives the solids to their owners, with at most about `room` surfaces in all that is there by reference: a small
    /// file can use each of a thousand solids a thousand times. Gives how many were left out.
    fn build_solids(
        &mut self,
        resolution: &Resolution,
        copies: &Copies,
        places: &[Place],
        mut room: usize,
    ) -> u64 {
        let mut excess = 0;
        let drafts = std::mem::take(&mut self.solids);
        for (index, draft) in drafts.iter().enumerate() {
            let defining: &[SolidDraft] = match resolution.solids.get(&index) {
                Some(range) => &drafts[range.clone()],
                None if draft.reference.is_some() => &[],
                None => std::slice::from_ref(draft),
            };
            for definition in defining.iter().filter(|found| found.reference.is_none()) {
                let direct = definition.shells.iter().map(|shell| shell.surfaces.len());
                let repeated = match draft.reference {
                    Some(_) => SOLID_WEIGHT + direct.sum::<usize>(),
                    None => 0,
                };
                let weight = resolution
                    .referred_uses(&definition.shells)
                    .saturating_add(repeated);
                if weight > room {
                    excess += 1;
                    break;
                }
                room -= weight;
                let shells = definition.shells.iter();
                let shells: Vec<Vec<SurfaceUse>> = shells
                    .map(|shell| self.shell(shell, draft.lod, resolution, copies, places))
                    .filter(|shell| !shell.is_empty())
                    .collect();
                if !shells.is_empty() {
                    self.objects[draft.owner].object.solids.push(Solid {
                        id: definition.id.clone(),
                        lod: draft.lod,
                        shells,
                    });
                }
            }
        }
        excess
    }

    fn shell(
        &self,
        span: &Span,
        lod: u8,
        resolution: &Resolution,
        copies: &Copies,
        places: &[Place],
    ) -> Vec<SurfaceUse> {
        let direct = span.surfaces.clone().map(|surface| Use {
            surface,
            flipped: false,
        });
        let references = span.references.clone();
        let referred = references.flat_map(|reference| resolution.uses_of(reference).to_vec());
        direct
            .chain(referred)
            .filter_map(|found| {
                let found = match copies.get(&(found.surface, lod)) {
                    Some(copy) => Use {
                        surface: copy.surface,
                        flipped: copy.flipped != found.flipped,
                    },
                    None => found,
                };
                let place = places.get(found.surface)?;
                Some(SurfaceUse {
                    object: u32::try_from(place.owner).ok()?,
                    surface: u32::try_from(place.index).ok()?,
                    is_flipped: found.flipped != place.flipped,
                })
            })
            .collect()
    }

    fn inherit_srs_names(&mut self, default_srs_name: Option<&str>) {
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
    }

    /// Children come after their parents, so going backwards each object is complete when it is handed up.
    fn into_tree(mut self) -> Option<CityObject> {
        while let Some(Draft {
            mut object, parent, ..
        }) = self.objects.pop()
        {
            object.children.reverse();
            match parent {
                Some(parent) => self.objects[parent].object.children.push(object),
                None => return Some(object),
            }
        }
        None
    }
}

/// Where each surface of a list will be once the repetitions are gone.
fn moves(surfaces: &[Surface], repetitions: &[Repetition]) -> Vec<(usize, bool)> {
    let mut moves: Vec<(usize, bool)> = Vec::with_capacity(surfaces.len());
    let mut gone = repetitions.iter().map(|found| found.repeated).peekable();
    let mut next = 0;
    for index in 0..surfaces.len() {
        if gone.next_if_eq(&index).is_none() {
            moves.push((next, false));
            next += 1;
        } else {
            moves.push((0, false));
        }
    }
    for found in repetitions {
        moves[found.repeated] = (moves[found.kept].0, found.is_turned);
    }
    moves
}
