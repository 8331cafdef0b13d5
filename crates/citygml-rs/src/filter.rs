//! Which objects are wanted, decided as early as a file allows.

use std::collections::BTreeSet;

use crate::{AttributeValue, CityObject, Envelope};

/// Conditions on top-level objects; all that are given must hold. The default wants everything.
///
/// Types and ids are known from the start tag and the box from the object's own `gml:boundedBy`, where it has one: what
/// is not wanted is then passed over many times faster than it would be read. Attributes, and the box of objects without
/// envelope, are known only when the object was read.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct ObjectFilter {
    /// Types, by local element name: `Building`.
    pub object_types: Option<BTreeSet<String>>,
    /// `gml:id`s or CityJSON keys.
    pub ids: Option<BTreeSet<String>>,
    /// A box that the object must touch.
    pub bounding_box: Option<BoundingBox>,
    /// Levels of detail whose geometry is kept, 0 to 4. Objects without geometry at these levels are kept too.
    pub levels: Option<BTreeSet<u8>>,
    /// Conditions on attributes of the object or of anything nested in it.
    pub attributes: Vec<AttributeCondition>,
}

/// A box in the source reference system, axis order and units as written in the file; heights do not count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BoundingBox {
    /// Lowest value on each axis.
    pub min: [f64; 2],
    /// Highest value on each axis.
    pub max: [f64; 2],
}

impl BoundingBox {
    /// Whether the two boxes have a point in common.
    pub fn touches(&self, other: &Self) -> bool {
        (0..2).all(|axis| self.min[axis] <= other.max[axis] && other.min[axis] <= self.max[axis])
    }

    fn around<'a>(points: impl Iterator<Item = &'a [f64; 3]>) -> Option<Self> {
        points.fold(None, |bounds: Option<Self>, &[x, y, _]| {
            let Self { min, max } = bounds.unwrap_or(Self {
                min: [x, y],
                max: [x, y],
            });
            Some(Self {
                min: [min[0].min(x), min[1].min(y)],
                max: [max[0].max(x), max[1].max(y)],
            })
        })
    }
}

/// `name comparison value`.
#[derive(Debug, Clone, PartialEq)]
pub struct AttributeCondition {
    /// Name of the attribute, as in [`Attribute::name`](crate::Attribute::name).
    pub name: String,
    /// How the two compare.
    pub comparison: Comparison,
    /// What it is compared to. Numbers compare as numbers, everything else as text.
    pub value: AttributeValue,
}

/// How an attribute compares to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// The same.
    Equal,
    /// There, and not the same.
    NotEqual,
    /// Less, or earlier in the alphabet.
    Less,
    /// Greater, or later in the alphabet.
    Greater,
}

impl ObjectFilter {
    /// Whether everything is wanted.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }

    /// Whether an object of this type and id may be wanted.
    pub(crate) fn accepts_start(&self, object_type: &str, id: &str) -> bool {
        self.object_types
            .as_ref()
            .is_none_or(|types| types.contains(object_type))
            && self.ids.as_ref().is_none_or(|ids| ids.contains(id))
    }

    /// Whether an object with this envelope may be wanted.
    pub(crate) fn accepts_envelope(&self, envelope: &Envelope) -> bool {
        let (Some(wanted), [x0, y0, ..], [x1, y1, ..]) = (
            &self.bounding_box,
            envelope.lower_corner.as_slice(),
            envelope.upper_corner.as_slice(),
        ) else {
            return true;
        };
        wanted.touches(&BoundingBox {
            min: [x0.min(*x1), y0.min(*y1)],
            max: [x0.max(*x1), y0.max(*y1)],
        })
    }

    /// Whether geometry of this level is kept.
    pub(crate) fn accepts_level(&self, lod: u8) -> bool {
        self.levels
            .as_ref()
            .is_none_or(|levels| levels.contains(&lod))
    }

    /// Lets go what is at levels that are not wanted.
    pub(crate) fn keep_levels(&self, object: &mut CityObject) {
        if self.levels.is_none() {
            return;
        }
        let mut new_places = Vec::new();
        self.keep_geometry(object, &mut new_places);
        renumber_solids(object, &new_places);
    }

    /// Notes for each object, depth first, where its surfaces went.
    fn keep_geometry(&self, object: &mut CityObject, new_places: &mut Vec<Vec<Option<u32>>>) {
        let mut kept = 0;
        new_places.push(
            object
                .surfaces
                .iter()
                .map(|surface| {
                    let place = self.accepts_level(surface.lod).then_some(kept);
                    kept += u32::from(place.is_some());
                    place
                })
                .collect(),
        );
        object
            .surfaces
            .retain(|surface| self.accepts_level(surface.lod));
        object.curves.retain(|curve| self.accepts_level(curve.lod));
        object
            .points
            .retain(|points| self.accepts_level(points.lod));
        object
            .implicit_geometries
            .retain(|placed| self.accepts_level(placed.lod));
        object.solids.retain(|solid| self.accepts_level(solid.lod));
        for child in &mut object.children {
            self.keep_geometry(child, new_places);
        }
    }

    /// Whether an object that was read is wanted.
    pub fn accepts(&self, object: &CityObject) -> bool {
        self.accepts_start(&object.object_type, &object.id)
            && self.accepts_place(object)
            && self.attributes.iter().all(|wanted| wanted.holds_in(object))
    }

    /// An object without geometry is nowhere, and so not in the box.
    fn accepts_place(&self, object: &CityObject) -> bool {
        let Some(wanted) = &self.bounding_box else {
            return true;
        };
        object.descendants().any(|part| {
            let surfaces = part
                .surfaces
                .iter()
                .flat_map(|surface| &surface.polygon.exterior);
            let curves = part.curves.iter().flat_map(|curve| &curve.points);
            let points = part.points.iter().flat_map(|set| &set.points);
            let anchors = part
                .implicit_geometries
                .iter()
                .map(|placed| &placed.reference_point);
            BoundingBox::around(surfaces.chain(curves).chain(points).chain(anchors))
                .is_some_and(|bounds| wanted.touches(&bounds))
        })
    }
}

fn renumber_solids(object: &mut CityObject, new_places: &[Vec<Option<u32>>]) {
    for shell in object.solids.iter_mut().flat_map(|solid| &mut solid.shells) {
        shell.retain_mut(|used| {
            let places = new_places.get(used.object as usize);
            let place = places.and_then(|places| *places.get(used.surface as usize)?);
            used.surface = place.unwrap_or(used.surface);
            place.is_some()
        });
    }
    for child in &mut object.children {
        renumber_solids(child, new_places);
    }
}

impl AttributeCondition {
    fn holds_in(&self, object: &CityObject) -> bool {
        let attributes = object.descendants().flat_map(|part| &part.attributes);
        attributes
            .filter(|attribute| attribute.name == self.name)
            .any(|attribute| self.holds_for(&attribute.value))
    }

    fn holds_for(&self, value: &AttributeValue) -> bool {
        let ordering = match (number(value), number(&self.value)) {
            (Some(left), Some(right)) => left.partial_cmp(&right),
            _ => Some(value.to_string().cmp(&self.value.to_string())),
        };
        match self.comparison {
            Comparison::Equal => ordering.is_some_and(|ordering| ordering.is_eq()),
            Comparison::NotEqual => ordering.is_none_or(|ordering| ordering.is_ne()),
            Comparison::Less => ordering.is_some_and(|ordering| ordering.is_lt()),
            Comparison::Greater => ordering.is_some_and(|ordering| ordering.is_gt()),
        }
    }
}

fn number(value: &AttributeValue) -> Option<f64> {
    match value {
        AttributeValue::Integer(value) => Some(*value as f64),
        AttributeValue::Number(value) => Some(*value),
        AttributeValue::Boolean(_) | AttributeValue::Text(_) => None,
    }
}
