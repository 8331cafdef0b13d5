//! City objects and how they hang together.

use std::sync::Arc;

use serde::Serialize;

use super::{
    Address, Attribute, BoundarySurface, Curve, ImplicitGeometry, PointSet, Solid, Surface,
    TimeSeries,
};

/// One city object: top-level, or a part, installation or opening nested in another.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct CityObject {
    /// `gml:id`; where the file has none, `line-N` of the start tag.
    pub id: String,
    /// Local element name as the standard writes it: `Building`, `BuildingPart`, `TINRelief`, `Road`…
    pub object_type: String,
    /// Local name of the property that nests this object in its parent (`consistsOfBuildingPart`, `interiorRoom`,
    /// `groupMember`); `None` for top-level objects and where the encoding has no such name (CityJSON).
    pub role: Option<Arc<str>>,
    /// First `gml:name`.
    pub name: Option<String>,
    /// Standard and generic attributes in document order.
    pub attributes: Vec<Attribute>,
    /// First address, one line, as a person would write it.
    pub address: Option<String>,
    /// All addresses with their parts.
    pub addresses: Vec<Address>,
    /// Thematic boundary surfaces of this object; [`Surface::boundary`] points here.
    pub boundaries: Vec<BoundarySurface>,
    /// Polygons that belong to this object itself, not to its children.
    pub surfaces: Vec<Surface>,
    /// Solids of this object, made of surfaces of its top-level object.
    pub solids: Vec<Solid>,
    /// Lines: terrain intersection curves, break lines, centre lines, edges.
    pub curves: Vec<Curve>,
    /// Points: mass points, control points, point geometry.
    pub points: Vec<PointSet>,
    /// Prototypes placed by matrix and reference point.
    pub implicit_geometries: Vec<ImplicitGeometry>,
    /// Values over time that a `Dynamizer` gives.
    pub time_series: Vec<TimeSeries>,
    /// References to other city objects: group members, generalisations, versions.
    pub relations: Vec<Relation>,
    /// Geometry that is defined in another top-level object or file and was not found (yet). [`read_path`] follows
    /// these; a streaming reader hands them out and reports them.
    ///
    /// [`read_path`]: crate::read_path
    pub unresolved: Vec<UnresolvedGeometry>,
    /// Building parts, installations, openings: nested city objects, depth first.
    pub children: Vec<CityObject>,
    /// `srsName` in force for this object's geometry, as written.
    pub srs_name: Option<String>,
    /// 1-based line of the start tag.
    pub line: u64,
}

/// A reference from one city object to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Relation {
    /// Local name of the property: `groupMember`, `generalizesTo`, `relatedTo`, `versionMember`, `from`, `to`.
    pub role: Arc<str>,
    /// Target as written: `#id`, `file.gml#id`, or a CityJSON key.
    pub href: String,
}

/// Geometry referred to by XLink that is not part of the same top-level object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnresolvedGeometry {
    /// As written: `#id`, `other.gml#id`, a URL.
    pub href: String,
    /// Level of detail it is used at; `None` where whole boundary surfaces are referred to.
    pub lod: Option<u8>,
    /// What the surface is here.
    pub kind: super::SurfaceKind,
    /// Index into [`CityObject::boundaries`].
    pub boundary: Option<u32>,
    /// Whether it is used with the other side out.
    pub is_flipped: bool,
    /// Line of the reference.
    pub line: u64,
}

impl CityObject {
    /// This object and all objects nested in it, depth first, parents before children: the order that
    /// [`SurfaceUse::object`](super::SurfaceUse::object) counts in.
    pub fn descendants(&self) -> impl Iterator<Item = &CityObject> {
        let mut open = vec![self];
        std::iter::from_fn(move || {
            let object = open.pop()?;
            open.extend(object.children.iter().rev());
            Some(object)
        })
    }

    /// The attribute with this name, the first if there are several.
    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes
            .iter()
            .find(|attribute| attribute.name == name)
    }
}
