//! Semantic objects of a geometry: what its surfaces are (CityJSON 2.0, 3.3).

use serde_json::Value;
use serde_json::value::RawValue;

use super::attributes::add_attributes;
use super::boundaries::Layout;
use super::fault::Fault;
use super::raw_map::RawMap;
use crate::codes;
use crate::vocabulary::{boundary_surface_kind, own_surface_kind};
use crate::{BoundarySurface, SurfaceKind};

/// The semantic objects of one geometry and which surface has which.
#[derive(Debug, Default)]
pub(super) struct Semantics {
    /// In the order of the file; parents point into this list.
    pub(super) surfaces: Vec<BoundarySurface>,
    kinds: Vec<SurfaceKind>,
    values: Option<Value>,
}

impl Semantics {
    /// Reads `semantics`; whatever does not fit is one fault, and the surfaces concerned go without meaning.
    pub(super) fn read(json: &RawValue, layout: &Layout, faults: &mut Vec<Fault>) -> Self {
        let mut semantics = Self::default();
        if let Err(message) = semantics.fill(json, layout) {
            let message = format!("the semantics do not fit the geometry: {message}");
            faults.push(Fault::new(codes::SEMANTICS, message));
        }
        semantics
    }

    fn fill(&mut self, json: &RawValue, layout: &Layout) -> Result<(), String> {
        let members: RawMap<'_> = parse(json, "semantics are no object")?;
        let surfaces: Vec<&RawValue> = match members.get("surfaces") {
            Some(surfaces) => parse(surfaces, "surfaces are no list")?,
            None => return Err("there are no surfaces".to_owned()),
        };
        let mut misfit = None;
        let mut children = Vec::with_capacity(surfaces.len());
        for (index, surface) in surfaces.iter().enumerate() {
            let (surface, own_children) = read_semantic_object(surface).unwrap_or_else(|fault| {
                misfit.get_or_insert(format!("semantic object {index}: {fault}"));
                Default::default()
            });
            self.kinds.push(semantic_kind(&surface.object_type));
            self.surfaces.push(surface);
            children.push(own_children);
        }
        let count = self.surfaces.len();
        for (index, children) in children.into_iter().enumerate() {
            for child in children {
                // `parent` of the child itself counts more.
                match self.surfaces.get_mut(child) {
                    Some(surface) if child != index => {
                        surface.parent.get_or_insert(index as u32);
                    }
                    _ => {
                        misfit.get_or_insert(format!("there is no semantic object {child}"));
                    }
                }
            }
        }
        for (index, surface) in self.surfaces.iter_mut().enumerate() {
            if let Some(parent) = surface.parent
                && (parent as usize >= count || parent as usize == index)
            {
                surface.parent = None;
                misfit.get_or_insert(format!("there is no semantic object {parent}"));
            }
        }
        match members.parse::<Value>("values") {
            Some(values) => {
                if let Some(fault) = misfit_of_values(&values, layout, count) {
                    misfit.get_or_insert(fault);
                }
                self.values = Some(values);
            }
            // One object may stand for all surfaces only in materials.
            None => {
                misfit.get_or_insert("there are no values".to_owned());
            }
        }
        misfit.map_or(Ok(()), Err)
    }

    /// The semantic object of the surface with this path, and what it makes the surface.
    pub(super) fn of_surface(&self, path: &[usize]) -> Option<(u32, SurfaceKind)> {
        let index = value_at(self.values.as_ref()?, path)?.as_u64()?;
        let kind = self.kinds.get(usize::try_from(index).ok()?)?;
        Some((index as u32, *kind))
    }
}

fn parse<'a, T: serde::Deserialize<'a>>(json: &'a RawValue, what: &str) -> Result<T, String> {
    serde_json::from_str(json.get()).map_err(|error| format!("{what} ({error})"))
}

/// A semantic object and the indices of its children.
fn read_semantic_object(json: &RawValue) -> Result<(BoundarySurface, Vec<usize>), String> {
    let members: RawMap<'_> = parse(json, "it is no object")?;
    let object_type: String = members.parse("type").ok_or("it has no type")?;
    let mut surface = BoundarySurface {
        object_type: object_type.into(),
        ..BoundarySurface::default()
    };
    let mut children = Vec::new();
    for (name, value) in &members.0 {
        match name.as_str() {
            "type" => {}
            "children" => children = parse(value, "children are no indices")?,
            "parent" => surface.parent = parse(value, "the parent is no index")?,
            "id" | "name" => {
                let text = serde_json::from_str(value.get()).ok();
                match (name.as_str(), text) {
                    ("id", Some(text)) => surface.id = Some(text),
                    ("name", Some(text)) => surface.name = Some(text),
                    _ => add_attributes(&mut surface.attributes, name.clone(), value),
                }
            }
            _ => add_attributes(&mut surface.attributes, name.clone(), value),
        }
    }
    Ok((surface, children))
}

/// Kind by the semantic type; types of extensions (`+SolarRoofSurface`, `+PatioDoor`) are what their name ends in.
fn semantic_kind(name: &str) -> SurfaceKind {
    let standard = |name: &str| {
        boundary_surface_kind(name)
            .filter(|&kind| kind != SurfaceKind::Unclassified)
            .or_else(|| match name {
                "TransportationMarking" | "TransportationHole" => Some(SurfaceKind::Traffic),
                _ => Some(own_surface_kind(name)).filter(|&kind| kind != SurfaceKind::Unclassified),
            })
    };
    let own_name = name.strip_prefix('+');
    let tails = own_name.into_iter().flat_map(|own_name| {
        own_name
            .char_indices()
            .filter(|(_, character)| character.is_ascii_uppercase())
            .map(move |(start, _)| &own_name[start..])
    });
    standard(name)
        .or_else(|| tails.into_iter().find_map(standard))
        .unwrap_or_default()
}

/// The value for the surface with this path. Null for a whole shell or solid stands for all its surfaces.
pub(super) fn value_at<'v>(values: &'v Value, path: &[usize]) -> Option<&'v Value> {
    let mut value = values;
    for &index in path {
        if value.is_null() {
            return None;
        }
        value = value.get(index)?;
    }
    Some(value).filter(|value| !value.is_null())
}

/// How lists of values differ from the lists of the boundaries.
pub(super) fn misfit_of_lists(values: &Value, layout: &Layout) -> Option<String> {
    for (path, length) in &layout.lists {
        let Some(value) = value_at(values, path) else {
            continue;
        };
        match value.as_array() {
            Some(list) if list.len() == *length => {}
            Some(list) => {
                let found = list.len();
                return Some(format!("{found} values for {length} members at {path:?}"));
            }
            None => return Some(format!("{value} stands where a list is expected")),
        }
    }
    None
}

/// The same, and whether a value is none of the numbers below `count`.
pub(super) fn misfit_of_values(values: &Value, layout: &Layout, count: usize) -> Option<String> {
    let misfit = misfit_of_lists(values, layout);
    if misfit.is_some() {
        return misfit;
    }
    let mut values = layout
        .surfaces
        .iter()
        .filter_map(|(path, _)| value_at(values, path));
    values
        .find(|value| value.as_u64().is_none_or(|index| index >= count as u64))
        .map(|value| format!("there is no number {value} among {count} of them"))
}

#[cfg(test)]
mod tests {
    use super::semantic_kind;
    use crate::SurfaceKind;

    #[test]
    fn types_of_extensions_are_what_their_name_ends_in() {
        assert_eq!(semantic_kind("+PatioDoor"), SurfaceKind::Door);
        assert_eq!(semantic_kind("+SolarRoofSurface"), SurfaceKind::Roof);
        assert_eq!(semantic_kind("+ThermalBoundary"), SurfaceKind::Unclassified);
        assert_eq!(semantic_kind("Window"), SurfaceKind::Window);
        assert_eq!(semantic_kind("AuxiliaryTrafficArea"), SurfaceKind::Traffic);
    }
}
