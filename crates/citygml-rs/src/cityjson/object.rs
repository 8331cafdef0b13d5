//! One city object with its children.

use std::sync::Arc;

use serde_json::value::RawValue;

use super::attributes::{add_attributes, read_addresses};
use super::fault::Fault;
use super::geometry::{Dimension, Geometry, RefinedLod, Surroundings};
use super::object_table::ObjectTable;
use super::object_type::{is_standard, own_kind};
use super::raw_map::RawMap;
use super::repeated_surfaces::drop_repeated_surfaces;
use super::templates::{Placed, Templates};
use super::time_series::read_dynamizer;
use crate::codes;
use crate::findings::Findings;
use crate::{
    Attribute, AttributeValue, CityObject, Diagnostics, ReadOptions, Relation, Solid, SurfaceKind,
    SurfaceUse,
};

/// Builds objects from a table.
pub(super) struct ObjectBuilder<'a> {
    pub(super) table: &'a ObjectTable,
    pub(super) templates: &'a mut Templates,
    pub(super) srs_name: Option<&'a str>,
    pub(super) findings: &'a mut Findings,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) options: &'a ReadOptions,
    /// Objects built so far: the place of the next one among the descendants of the top-level object.
    pub(super) count: u32,
}

impl ObjectBuilder<'_> {
    /// The object with all its descendants. The table has cut circles and what is nested too deep.
    pub(super) fn build(&mut self, index: usize) -> CityObject {
        let table = self.table;
        let entry = &table.entries[index];
        let place = self.count;
        self.count += 1;
        // The table could read it, so it can be read.
        let members: RawMap<'_> = serde_json::from_str(table.json(index)).unwrap_or_default();
        let mut object = CityObject {
            id: entry.key.clone(),
            object_type: entry.object_type.to_string(),
            srs_name: self.srs_name.map(str::to_owned),
            line: entry.line,
            ..CityObject::default()
        };
        let mut faults = Vec::new();
        if let Some(key) = members.repeated_key() {
            let message = format!("the object has {key:?} twice; the first counts");
            faults.push(Fault::new(codes::DUPLICATE_KEY, message));
        }
        if !is_standard(&object.object_type) {
            let message = format!("the standard has no type {:?}", object.object_type);
            faults.push(Fault::new(codes::OBJECT_TYPE, message));
        }
        self.read_attributes(&mut object, &members, &mut faults);
        if let Some(json) = members.get("address") {
            let attributes = &mut object.attributes;
            object.addresses = read_addresses(json, &table.vertices, attributes, &mut faults);
            object.address = object.addresses.iter().find_map(|found| found.line.clone());
        }
        read_relations(&mut object, &members);
        if let Some(json) = members.get("geometry") {
            self.read_geometries(&mut object, json, place, &mut faults);
            drop_repeated_surfaces(&mut object, self.findings);
        }
        for fault in faults {
            self.findings.report(
                self.diagnostics,
                fault.code,
                Some(object.line),
                Some(&object.id),
                format_args!("{}", fault.message),
            );
        }
        for &child in &entry.children {
            let mut child = self.build(child);
            child.role = role_of(&child.object_type).map(Arc::from);
            object.children.push(child);
        }
        object
    }

    fn read_attributes(
        &mut self,
        object: &mut CityObject,
        members: &RawMap<'_>,
        faults: &mut Vec<Fault>,
    ) {
        let attributes = members.get("attributes");
        let parsed = attributes.map(|json| serde_json::from_str::<RawMap<'_>>(json.get()));
        match (attributes, parsed) {
            (_, Some(Ok(attributes))) => {
                for (name, value) in &attributes.0 {
                    if name == "name" && object.name.is_none() {
                        object.name = serde_json::from_str(value.get()).ok();
                        if object.name.is_some() {
                            continue;
                        }
                    }
                    add_attributes(&mut object.attributes, name.clone(), value);
                }
                if object.object_type == "+Dynamizer" {
                    let series = read_dynamizer(&attributes, self.table, faults);
                    object.time_series.push(series);
                }
            }
            (Some(json), _) => {
                let message = "the attributes are no object and were kept as text";
                faults.push(Fault::new(codes::ATTRIBUTE_TYPE, message));
                let text = AttributeValue::Text(json.get().to_owned());
                object.attributes.push(Attribute::new("attributes", text));
            }
            (None, _) => {}
        }
        for (name, value) in &members.0 {
            match name.as_str() {
                "type" | "attributes" | "geometry" | "address" | "parents" | "children"
                | "children_roles" => {}
                // Follows from the geometry.
                "geographicalExtent" => self.findings.leave_out(name),
                // Of an extension, or of nobody.
                _ => add_attributes(&mut object.attributes, name.clone(), value),
            }
        }
    }

    fn read_geometries(
        &mut self,
        object: &mut CityObject,
        json: &RawValue,
        place: u32,
        faults: &mut Vec<Fault>,
    ) {
        let list: Vec<&RawValue> = match serde_json::from_str(json.get()) {
            Ok(list) => list,
            Err(error) => {
                let message = format!("geometry is no list: {error}");
                return faults.push(Fault::new(codes::GEOMETRY_TYPE, message));
            }
        };
        let mut geometries = Vec::with_capacity(list.len());
        for json in list {
            match Geometry::read(json, faults) {
                Ok(geometry) => match geometry.dimension() {
                    Some(dimension) => geometries.push((dimension, geometry)),
                    None => {
                        let message =
                            format!("there is no geometry of type {:?}", geometry.geometry_type);
                        faults.push(Fault::new(codes::GEOMETRY_TYPE, message));
                    }
                },
                Err(fault) => faults.push(fault),
            }
        }
        // The finest refinement of each level, for surfaces, lines and points apart.
        let mut finest: Vec<(Dimension, RefinedLod)> = Vec::new();
        for (dimension, geometry) in &geometries {
            let Some(lod) = geometry.refined_lod() else {
                continue;
            };
            let same = |found: &&mut (Dimension, RefinedLod)| {
                found.0 == *dimension && found.1.level == lod.level
            };
            match finest.iter_mut().find(same) {
                Some(found) => found.1 = found.1.max(lod),
                None => finest.push((*dimension, lod)),
            }
        }
        for (dimension, geometry) in geometries {
            let lod = geometry.refined_lod();
            let is_coarser = lod.is_some_and(|lod| {
                finest.iter().any(|(other, finest)| {
                    *other == dimension && finest.level == lod.level && *finest > lod
                })
            });
            if is_coarser {
                let what = "geometry at a level of detail that is there in a finer refinement too";
                self.gather(object, codes::COARSER_LOD, what);
                continue;
            }
            if lod.is_some_and(|lod| !self.options.filter.accepts_level(lod.level)) {
                continue;
            }
            // An instance has that of its template.
            if lod.is_none() && dimension != Dimension::Instance {
                self.gather_without_lod(object);
            }
            let level = lod.map_or(0, |lod| lod.level);
            self.read_geometry(object, &geometry, dimension, level, place, faults);
        }
    }

    fn read_geometry(
        &mut self,
        object: &mut CityObject,
        geometry: &Geometry<'_>,
        dimension: Dimension,
        lod: u8,
        place: u32,
        faults: &mut Vec<Fault>,
    ) {
        let vertices = &self.table.vertices;
        let kind = own_kind(&object.object_type);
        if matches!(dimension, Dimension::Points | Dimension::Lines)
            && geometry.has_meaning_or_look()
        {
            let what = format!("semantics of a {}", geometry.geometry_type);
            self.findings.leave_out(&what);
        }
        match dimension {
            Dimension::Points => object.points.extend(geometry.points(vertices, lod, faults)),
            Dimension::Lines => object.curves.extend(geometry.curves(vertices, lod, faults)),
            Dimension::Surfaces => self.add_surfaces(object, geometry, lod, kind, place, faults),
            Dimension::Instance => {
                let templates = &mut *self.templates;
                match templates.place(geometry, kind, vertices, self.options, faults) {
                    Ok(Placed { geometry, has_lod }) => {
                        for surface in &geometry.template.surfaces {
                            for look in &surface.looks {
                                self.findings.add_theme(&look.theme);
                            }
                        }
                        object.implicit_geometries.push(geometry);
                        if !has_lod {
                            self.gather_without_lod(object);
                        }
                    }
                    Err(fault) => faults.push(fault),
                }
            }
        }
    }

    fn add_surfaces(
        &mut self,
        object: &mut CityObject,
        geometry: &Geometry<'_>,
        lod: u8,
        kind: SurfaceKind,
        place: u32,
        faults: &mut Vec<Fault>,
    ) {
        let surroundings = Surroundings {
            vertices: &self.table.vertices,
            appearance: &self.table.appearance,
            options: self.options,
        };
        let read = geometry.surfaces(surroundings, lod, kind, object.line);
        faults.extend(read.faults);
        for theme in &read.themes {
            self.findings.add_theme(theme);
        }
        let first_surface = object.surfaces.len() as u32;
        let first_boundary = object.boundaries.len() as u32;
        object
            .surfaces
            .extend(read.surfaces.into_iter().map(|mut surface| {
                surface.boundary = surface.boundary.map(|index| index + first_boundary);
                surface
            }));
        object
            .boundaries
            .extend(read.boundaries.into_iter().map(|mut boundary| {
                boundary.parent = boundary.parent.map(|index| index + first_boundary);
                boundary
            }));
        let surface_use = |surface: u32| SurfaceUse {
            object: place,
            surface: surface + first_surface,
            is_flipped: false,
        };
        object.solids.extend(read.solids.into_iter().map(|shells| {
            Solid {
                id: None,
                lod,
                shells: shells
                    .into_iter()
                    .map(|shell| shell.into_iter().map(surface_use).collect())
                    .collect(),
            }
        }));
    }

    fn gather_without_lod(&mut self, object: &CityObject) {
        let what = "geometry without level of detail, read as LoD 0";
        self.gather(object, codes::GEOMETRY_WITHOUT_LOD, what);
    }

    fn gather(&mut self, object: &CityObject, code: codes::DiagnosticCode, what: &'static str) {
        self.findings
            .gather(code, what, Some(object.line), Some(&object.id));
    }
}

/// Name of the property that holds such a child, where the extension that has it names one.
fn role_of(object_type: &str) -> Option<&'static str> {
    match object_type {
        "+Dynamizer" => Some("dynamizer"),
        _ if object_type.ends_with("Timeseries") => Some("dynamicData"),
        _ => None,
    }
}

/// Members of groups with their roles, further parents, and what a dynamizer varies.
fn read_relations(object: &mut CityObject, members: &RawMap<'_>) {
    let mut relate = |role: &str, href: String| {
        object.relations.push(Relation {
            role: role.into(),
            href,
        });
    };
    let keys = |name: &str| members.parse::<Vec<String>>(name).unwrap_or_default();
    if object.object_type == "CityObjectGroup" {
        let roles: Vec<Option<String>> = members.parse("children_roles").unwrap_or_default();
        let mut roles = roles.into_iter();
        for key in keys("children") {
            relate("groupMember", key.clone());
            if let Some(Some(role)) = roles.next() {
                let name = format!("groupMember/{key}");
                let role = AttributeValue::Text(role);
                object.attributes.push(Attribute::new(name, role));
            }
        }
    }
    // One parent nests the object; groups and further parents are told by reference only.
    let parents = keys("parents");
    if parents.len() > 1 {
        for key in parents {
            relate("parent", key);
        }
    }
    if object.object_type == "+Dynamizer"
        && let Some(attributes) = members.parse::<RawMap<'_>>("attributes")
    {
        for name in ["target", "dynamicData"] {
            if let Some(key) = attributes.parse(name) {
                relate(name, key);
            }
        }
    }
}
