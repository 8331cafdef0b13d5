//! One city object with its children.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::geometry::{Geometry, GeometryFault, RefinedLod};
use super::object_table::ObjectTable;
use super::raw_map::RawMap;
use crate::address::AddressParts;
use crate::codes;
use crate::findings::Findings;
use crate::vocabulary::own_surface_kind;
use crate::{Attribute, AttributeValue, CityObject, Diagnostics};

#[derive(Deserialize)]
struct JsonObject<'a> {
    #[serde(rename = "type")]
    object_type: String,
    #[serde(borrow, default)]
    attributes: Option<RawMap<'a>>,
    #[serde(borrow, default)]
    geometry: Option<&'a RawValue>,
    #[serde(default)]
    address: Option<Value>,
    #[serde(default)]
    children: Vec<String>,
}

/// Builds objects from a table.
pub(super) struct ObjectBuilder<'a> {
    pub(super) table: &'a ObjectTable,
    pub(super) srs_name: Option<&'a str>,
    pub(super) findings: &'a mut Findings,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) max_depth: usize,
}

impl ObjectBuilder<'_> {
    /// The object with all its descendants; `None`, and a diagnostic, if it cannot be read.
    pub(super) fn build(&mut self, index: usize, depth: usize) -> Option<CityObject> {
        let entry = &self.table.entries[index];
        if depth > self.max_depth {
            let message = format_args!("city objects are nested more than {} deep", self.max_depth);
            self.findings.report(
                self.diagnostics,
                codes::LIMIT_EXCEEDED,
                Some(entry.line),
                Some(&entry.key),
                message,
            );
            return None;
        }
        let json: JsonObject<'_> = match serde_json::from_str(self.table.json(index)) {
            Ok(json) => json,
            Err(error) => {
                let message = format_args!("the object is broken: {error}");
                self.findings.report(
                    self.diagnostics,
                    codes::BROKEN_OBJECT,
                    Some(entry.line),
                    Some(&entry.key),
                    message,
                );
                return None;
            }
        };
        let mut object = CityObject {
            id: entry.key.clone(),
            srs_name: self.srs_name.map(str::to_owned),
            line: entry.line,
            address: json.address.as_ref().and_then(address_line),
            ..CityObject::default()
        };
        for (name, value) in json.attributes.unwrap_or_default().0 {
            // A raw value was checked when the document was read.
            let value = serde_json::from_str(value.get()).unwrap_or(Value::Null);
            match value {
                Value::String(text) if name == "name" => object.name = Some(text),
                value => add_attributes(&mut object.attributes, name, value),
            }
        }
        if json.object_type == "CityObjectGroup" {
            let members = json.children.into_iter().map(AttributeValue::Text);
            object
                .attributes
                .extend(members.map(|value| Attribute::new("groupMember", value)));
        }
        object.object_type = json.object_type;
        if let Some(geometry) = json.geometry {
            self.read_geometry(&mut object, geometry);
            self.findings.drop_repeated_surfaces(&mut object);
        }
        for &child in &self.table.entries[index].children {
            object.children.extend(self.build(child, depth + 1));
        }
        Some(object)
    }

    fn read_geometry(&mut self, object: &mut CityObject, json: &RawValue) {
        // Null stands for no geometry.
        let raw: Option<Vec<&RawValue>> = match serde_json::from_str(json.get()) {
            Ok(raw) => raw,
            Err(error) => {
                let message = format!("geometry is not a list: {error}");
                return self.report(
                    object,
                    &GeometryFault {
                        code: codes::GEOMETRY_TYPE,
                        message,
                    },
                );
            }
        };
        let mut geometries = Vec::new();
        for raw in raw.unwrap_or_default() {
            match serde_json::from_str::<Geometry<'_>>(raw.get()) {
                Ok(geometry) => geometries.push(geometry),
                Err(error) => {
                    let message = format!("a geometry is broken: {error}");
                    self.report(
                        object,
                        &GeometryFault {
                            code: codes::GEOMETRY_TYPE,
                            message,
                        },
                    );
                }
            }
        }
        let finest: Vec<RefinedLod> = geometries
            .iter()
            .filter_map(Geometry::refined_lod)
            .collect();
        for geometry in geometries {
            geometry
                .themes()
                .for_each(|theme| self.findings.add_theme(theme));
            match geometry.geometry_type.as_str() {
                "GeometryInstance" => {
                    let what = "geometry instance (template), which is not read";
                    self.findings.gather(
                        codes::GEOMETRY_TEMPLATE,
                        what,
                        Some(object.line),
                        Some(&object.id),
                    );
                    continue;
                }
                lines @ ("MultiPoint" | "MultiLineString") => {
                    self.findings.leave_out(lines);
                    continue;
                }
                _ => {}
            }
            let lod = geometry.refined_lod();
            if let Some(lod) = lod
                && finest
                    .iter()
                    .any(|other| other.level == lod.level && other.refinement > lod.refinement)
            {
                let what = "geometry at a level of detail that is there in a finer refinement too";
                self.findings.gather(
                    codes::COARSER_LOD,
                    what,
                    Some(object.line),
                    Some(&object.id),
                );
                continue;
            }
            if lod.is_none() {
                let what = "geometry without level of detail, read as LoD 0";
                self.findings.gather(
                    codes::GEOMETRY_WITHOUT_LOD,
                    what,
                    Some(object.line),
                    Some(&object.id),
                );
            }
            let kind = own_surface_kind(&object.object_type);
            let level = lod.map_or(0, |lod| lod.level);
            let (surfaces, faults) =
                geometry.surfaces(&self.table.vertices, level, kind, object.line);
            object.surfaces.extend(surfaces);
            faults.iter().for_each(|fault| self.report(object, fault));
        }
    }

    fn report(&mut self, object: &CityObject, fault: &GeometryFault) {
        let message = format_args!("{}", fault.message);
        self.findings.report(
            self.diagnostics,
            fault.code,
            Some(object.line),
            Some(&object.id),
            message,
        );
    }
}

/// Structured values are flattened, `a/b`, as those of CityGML are; lists stay JSON text.
fn add_attributes(attributes: &mut Vec<Attribute>, name: String, value: Value) {
    let value = match value {
        Value::Null => return,
        Value::Bool(value) => AttributeValue::Boolean(value),
        Value::String(value) => AttributeValue::Text(value),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(value), _) => AttributeValue::Integer(value),
            (None, Some(value)) => AttributeValue::Number(value),
            (None, None) => AttributeValue::Text(number.to_string()),
        },
        Value::Array(list) => AttributeValue::Text(Value::Array(list).to_string()),
        Value::Object(members) => {
            for (member, value) in members {
                add_attributes(attributes, format!("{name}/{member}"), value);
            }
            return;
        }
    };
    attributes.push(Attribute::new(name, value));
}

/// The standard leaves the names of the parts open and gives those of xAL as an example; 1.0 has one address, later
/// versions a list.
fn address_line(address: &Value) -> Option<String> {
    let address = match address {
        Value::Array(list) => list.first()?,
        single => single,
    };
    let mut parts = AddressParts::default();
    for (name, value) in address.as_object()? {
        let text = match value {
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            _ => continue,
        };
        match name.to_ascii_lowercase().as_str() {
            "thoroughfarename" | "street" => parts.street.push(text),
            "thoroughfarenumber" | "housenumber" => parts.number.push(text),
            "postcode" | "postalcode" | "postalcodenumber" => parts.postal_code.push(text),
            "locality" | "localityname" | "city" => parts.locality.push(text),
            "country" | "countryname" => parts.country.push(text),
            _ => {}
        }
    }
    parts.into_line()
}
