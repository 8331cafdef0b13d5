//! A top-level object under construction, as flat lists in document order.
//!
//! Geometry is nested where it is defined and used where it is referred to; only when the object is complete can the two
//! be brought together: see [`super::resolution`] and [`super::completion`].

use std::ops::Range;

use super::appearance::{AppearanceIndex, NamedLooks, Opening, RingRecord, Rings};
use crate::{
    Attribute, BoundarySurface, CityObject, ImplicitGeometry, Surface, SurfaceKind, Template,
};

/// Everything that was read of one top-level object.
#[derive(Debug, Default)]
pub(crate) struct Assembly {
    pub(super) objects: Vec<Draft>,
    pub(super) surfaces: Vec<SurfaceDraft>,
    pub(super) references: Vec<Reference>,
    pub(super) targets: TargetList,
    pub(super) rings: RingList,
    pub(super) solids: Vec<SolidDraft>,
    /// Appearances inside this object.
    pub(super) appearances: AppearanceIndex,
    /// Looks of textured surfaces (0.4, 1.0) by id.
    pub(super) named_looks: NamedLooks,
    /// Prototypes that are defined in this object.
    pub(super) templates: Vec<TemplateDraft>,
    /// Uses of prototypes.
    pub(super) placements: Vec<PlacementDraft>,
}

#[derive(Debug)]
pub(super) struct Draft {
    pub(super) object: CityObject,
    /// Reference system of the object's own envelope: counts only where the geometry names none.
    pub(super) bounds_srs_name: Option<String>,
    pub(super) parent: Option<usize>,
}

#[derive(Debug)]
pub(super) struct SurfaceDraft {
    pub(super) owner: usize,
    /// Whether the points are stored the other way round than written.
    pub(super) flipped: bool,
    pub(super) surface: Surface,
}

/// Elements with ids, in the order of their ends. There are many, and few are ever asked for: their ids are one string.
#[derive(Debug, Default)]
pub(super) struct TargetList {
    ids: String,
    targets: Vec<(Range<usize>, Target)>,
}

impl TargetList {
    /// Notes an id and gives its place, for [`Self::push`].
    pub(super) fn note_id(&mut self, id: &str) -> Range<usize> {
        let start = self.ids.len();
        self.ids.push_str(id);
        start..self.ids.len()
    }

    /// An id that was noted.
    pub(super) fn id(&self, place: Range<usize>) -> &str {
        &self.ids[place]
    }

    fn push(&mut self, id: Range<usize>, target: Target) {
        self.targets.push((id, target));
    }

    pub(super) fn len(&self) -> usize {
        self.targets.len()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &Target)> {
        let targets = self.targets.iter();
        targets.map(|(id, target)| (&self.ids[id.clone()], target))
    }
}

/// Rings with ids, in document order.
#[derive(Debug, Default)]
pub(super) struct RingList {
    records: Vec<RingRecord>,
    ids: String,
}

impl RingList {
    pub(super) fn of_surface(&self, surface: usize) -> Rings<'_> {
        let records = &self.records;
        let first = records.partition_point(|record| record.surface < surface);
        let count = records[first..].partition_point(|record| record.surface == surface);
        Rings {
            records: &records[first..first + count],
            ids: &self.ids,
        }
    }
}

/// A solid, or a reference to solids that are defined elsewhere.
#[derive(Debug)]
pub(super) struct SolidDraft {
    pub(super) owner: usize,
    pub(super) id: Option<String>,
    pub(super) lod: u8,
    pub(super) shells: Vec<Span>,
    /// Index of the reference that stands for it, if it is one.
    pub(super) reference: Option<usize>,
}

/// The definition of a prototype.
#[derive(Debug)]
pub(super) struct TemplateDraft {
    /// `gml:id` of its geometry.
    pub(super) id: Option<String>,
    /// The geometry, with an object that stands in for an owner.
    pub(super) geometry: Assembly,
}

/// An implicit geometry; `geometry.template` is filled in when the object is complete.
#[derive(Debug)]
pub(super) struct PlacementDraft {
    pub(super) owner: usize,
    pub(super) source: TemplateSource,
    pub(super) geometry: ImplicitGeometry,
}

/// Where the prototype of an implicit geometry is.
#[derive(Debug)]
pub(super) enum TemplateSource {
    /// In [`Assembly::templates`].
    Here(usize),
    /// Defined elsewhere: `#id` or `file.gml#id`.
    Reference(String),
    /// Nothing but a file.
    Library(Template),
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
    /// Boundary surface of the owner it is in.
    pub(crate) boundary: Option<u32>,
    /// Whether it is used with the other side out.
    pub(crate) flipped: bool,
    /// Line of the reference.
    pub(crate) line: u64,
}

/// What stands between the start and end tag of an element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Span {
    pub(super) surfaces: Range<usize>,
    pub(super) references: Range<usize>,
    pub(super) solids: Range<usize>,
}

/// What a reference to an id means.
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(super) span: Span,
    /// Whether orientable surfaces around it turn it over: its points are stored that way.
    pub(super) flipped: bool,
}

/// A point in document order, to mark where an element begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark {
    surfaces: usize,
    references: usize,
    solids: usize,
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

    /// Adds a boundary surface to an object and gives its index there.
    pub(crate) fn add_boundary(&mut self, owner: usize, boundary: BoundarySurface) -> u32 {
        let boundaries = &mut self.objects[owner].object.boundaries;
        boundaries.push(boundary);
        // Each took an XML element, and those are counted.
        u32::try_from(boundaries.len() - 1).unwrap_or(u32::MAX)
    }

    /// The list that attributes go to: that of a boundary surface, or of the object itself.
    pub(crate) fn attributes_mut(
        &mut self,
        owner: usize,
        boundary: Option<u32>,
    ) -> &mut Vec<Attribute> {
        let object = &mut self.objects[owner].object;
        match boundary.and_then(|index| object.boundaries.get_mut(index as usize)) {
            Some(boundary) => &mut boundary.attributes,
            None => &mut object.attributes,
        }
    }

    /// Adds a surface; `flipped` tells that its points are stored the other way round than written.
    pub(crate) fn add_surface(&mut self, owner: usize, surface: Surface, flipped: bool) {
        self.surfaces.push(SurfaceDraft {
            owner,
            flipped,
            surface,
        });
    }

    pub(crate) fn surface_count(&self) -> usize {
        self.surfaces.len()
    }

    /// Notes a ring of the surface that will be added next.
    pub(crate) fn add_ring(&mut self, ring: usize, id: &str, opening: Opening) {
        let start = self.rings.ids.len();
        self.rings.ids.push_str(id);
        self.rings.records.push(RingRecord {
            surface: self.surfaces.len(),
            ring,
            id: start..self.rings.ids.len(),
            opening,
        });
    }

    /// Forgets the rings of a polygon that is left out.
    pub(crate) fn forget_rings(&mut self) {
        let next = self.surfaces.len();
        let records = &mut self.rings.records;
        records.truncate(records.partition_point(|record| record.surface < next));
    }

    pub(crate) fn surface_with_rings(&mut self, index: usize) -> (&mut Surface, Rings<'_>) {
        (
            &mut self.surfaces[index].surface,
            self.rings.of_surface(index),
        )
    }

    pub(crate) fn is_stored_turned(&self, surface: usize) -> bool {
        self.surfaces[surface].flipped
    }

    pub(crate) fn add_reference(&mut self, reference: Reference) {
        self.references.push(reference);
    }

    /// Makes the reference that was added last stand for a solid.
    pub(crate) fn refer_to_solid(&mut self, owner: usize, lod: u8) {
        self.solids.push(SolidDraft {
            owner,
            id: None,
            lod,
            shells: Vec::new(),
            reference: self.references.len().checked_sub(1),
        });
    }

    pub(crate) fn add_solid(
        &mut self,
        owner: usize,
        id: Option<String>,
        lod: u8,
        shells: Vec<Span>,
    ) {
        self.solids.push(SolidDraft {
            owner,
            id,
            lod,
            shells,
            reference: None,
        });
    }

    pub(crate) fn mark(&self) -> Mark {
        Mark {
            surfaces: self.surfaces.len(),
            references: self.references.len(),
            solids: self.solids.len(),
        }
    }

    /// Everything since `mark`.
    pub(crate) fn since(&self, mark: Mark) -> Span {
        Span {
            surfaces: mark.surfaces..self.surfaces.len(),
            references: mark.references..self.references.len(),
            solids: mark.solids..self.solids.len(),
        }
    }

    /// Makes everything since `mark` what references to `id` mean.
    pub(crate) fn add_target(&mut self, id: &str, mark: Mark, flipped: bool) {
        let id = self.targets.note_id(id);
        self.add_noted_target(id, mark, flipped);
    }

    /// As [`Self::add_target`], with an id that was noted when the element began.
    pub(super) fn add_noted_target(&mut self, id: Range<usize>, mark: Mark, flipped: bool) {
        let span = self.since(mark);
        self.targets.push(id, Target { span, flipped });
    }

    /// Sets the level of detail of all geometry of an object: relief writes it beside the geometry, possibly after it.
    pub(crate) fn set_lod_of(&mut self, owner: usize, lod: u8) {
        let own = self.surfaces.iter_mut();
        for draft in own.filter(|surface| surface.owner == owner) {
            draft.surface.lod = lod;
        }
        let object = &mut self.objects[owner].object;
        object.curves.iter_mut().for_each(|curve| curve.lod = lod);
        object.points.iter_mut().for_each(|points| points.lod = lod);
    }
}
