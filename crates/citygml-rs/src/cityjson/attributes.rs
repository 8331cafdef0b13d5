//! Attributes of objects and semantic objects, and addresses.

use serde_json::Value;
use serde_json::value::RawValue;

use super::boundaries::read_points;
use super::fault::Fault;
use super::raw_map::RawMap;
use crate::address::AddressParts;
use crate::attribute_name::nested_name;
use crate::codes;
use crate::{Address, Attribute, AttributeValue};

/// Adds an attribute. Structured values are flattened, `a/b`, as those of CityGML are; lists stay JSON text; null is no
/// value.
pub(super) fn add_attributes(attributes: &mut Vec<Attribute>, name: String, json: &RawValue) {
    match serde_json::from_str(json.get()) {
        Ok(value) => add_value(attributes, name, value),
        // Nested too deep to be taken apart, or a number beyond all numbers.
        Err(_) => {
            let text = AttributeValue::Text(json.get().to_owned());
            attributes.push(Attribute::new(name, text));
        }
    }
}

fn add_value(attributes: &mut Vec<Attribute>, name: String, value: Value) {
    let value = match value {
        Value::Null => return,
        Value::Bool(value) => AttributeValue::Boolean(value),
        Value::String(value) => AttributeValue::Text(value),
        Value::Number(number) => number_value(&number),
        Value::Array(list) => AttributeValue::Text(Value::Array(list).to_string()),
        Value::Object(members) => {
            if let Some(measure) = measure(&name, &members) {
                attributes.push(measure);
                return;
            }
            for (member, value) in members {
                add_value(attributes, nested_name(&name, &member), value);
            }
            return;
        }
    };
    attributes.push(Attribute::new(name, value));
}

/// `{"value": 4.1, "uom": "dB"}`, the form in which extensions write measures.
fn measure(name: &str, members: &serde_json::Map<String, Value>) -> Option<Attribute> {
    let (Some(Value::Number(value)), Some(Value::String(uom)), 2) =
        (members.get("value"), members.get("uom"), members.len())
    else {
        return None;
    };
    Some(Attribute {
        uom: Some(uom.clone()),
        ..Attribute::new(name, number_value(value))
    })
}

fn number_value(number: &serde_json::Number) -> AttributeValue {
    match (number.as_i64(), number.as_f64()) {
        (Some(value), _) => AttributeValue::Integer(value),
        (None, Some(value)) => AttributeValue::Number(value),
        (None, None) => AttributeValue::Text(number.to_string()),
    }
}

/// Value of a time series or another place where one plain value is expected.
pub(super) fn plain_value(value: Value) -> AttributeValue {
    match value {
        Value::Bool(value) => AttributeValue::Boolean(value),
        Value::Number(number) => number_value(&number),
        Value::String(text) => AttributeValue::Text(text),
        other => AttributeValue::Text(other.to_string()),
    }
}

/// Addresses: one object in CityJSON 1.0, a list since 1.1 (2.0, 2.2.1).
///
/// The standard leaves the names of the parts open and gives those of xAL as an example. Parts that are none of them
/// become attributes, `address/state`.
pub(super) fn read_addresses(
    json: &RawValue,
    vertices: &[[f64; 3]],
    attributes: &mut Vec<Attribute>,
    faults: &mut Vec<Fault>,
) -> Vec<Address> {
    let list = serde_json::from_str::<Vec<RawMap<'_>>>(json.get())
        .or_else(|_| serde_json::from_str(json.get()).map(|single| vec![single]));
    let Ok(list) = list else {
        add_attributes(attributes, "address".to_owned(), json);
        return Vec::new();
    };
    list.iter()
        .map(|members| read_address(members, vertices, attributes, faults))
        .collect()
}

fn read_address(
    members: &RawMap<'_>,
    vertices: &[[f64; 3]],
    attributes: &mut Vec<Attribute>,
    faults: &mut Vec<Fault>,
) -> Address {
    let mut address = Address::default();
    for (name, json) in &members.0 {
        let lower_case = name.to_ascii_lowercase();
        if lower_case == "location" {
            match read_location(json, vertices) {
                Ok(points) => address.points = points,
                Err(fault) => faults.push(fault),
            }
            continue;
        }
        let part = match lower_case.as_str() {
            "thoroughfarename" | "street" => &mut address.street,
            "thoroughfarenumber" | "housenumber" => &mut address.number,
            "postcode" | "postalcode" | "postalcodenumber" => &mut address.postal_code,
            "locality" | "localityname" | "city" => &mut address.locality,
            "country" | "countryname" => &mut address.country,
            _ => {
                add_attributes(attributes, format!("address/{name}"), json);
                continue;
            }
        };
        let text = match serde_json::from_str(json.get()) {
            Ok(Value::String(text)) => text.trim().to_owned(),
            Ok(Value::Number(number)) => number.to_string(),
            Ok(Value::Null) => continue,
            _ => {
                add_attributes(attributes, format!("address/{name}"), json);
                continue;
            }
        };
        if part.is_some() {
            add_attributes(attributes, format!("address/{name}"), json);
        } else if !text.is_empty() {
            *part = Some(text);
        }
    }
    address.line = line(&address);
    address
}

fn line(address: &Address) -> Option<String> {
    let list = |part: &Option<String>| part.iter().cloned().collect();
    AddressParts {
        street: list(&address.street),
        number: list(&address.number),
        postal_code: list(&address.postal_code),
        locality: list(&address.locality),
        country: list(&address.country),
        ..AddressParts::default()
    }
    .into_address()
    .line
}

/// `location`: a `MultiPoint`, or a bare list of indices as CityJSON 1.0 files have it.
fn read_location(json: &RawValue, vertices: &[[f64; 3]]) -> Result<Vec<[f64; 3]>, Fault> {
    let boundaries = serde_json::from_str::<RawMap<'_>>(json.get())
        .ok()
        .and_then(|members| members.get("boundaries"))
        .unwrap_or(json);
    let indices: Vec<usize> = serde_json::from_str(boundaries.get()).map_err(|error| {
        let message = format!("the location of an address is no list of vertices: {error}");
        Fault::new(codes::GEOMETRY_TYPE, message)
    })?;
    read_points(&indices, vertices)
}
