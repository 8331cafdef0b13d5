//! Attribute rows to features: which attribute is the id, which the type, which the name.

use serde_json::Value;

use crate::content::{Feature, FeatureAttribute, FeatureValue};

/// Names under which exporters write the identifier, most specific first.
const ID_NAMES: [&str; 8] = [
    "gml_id",
    "gml:id",
    "gmlid",
    "identifier",
    "identificatie",
    "uuid",
    "globalid",
    "id",
];
/// Names under which exporters write the type.
const TYPE_NAMES: [&str; 6] = [
    "feature_type",
    "featuretype",
    "object_type",
    "objecttype",
    "class_name",
    "classname",
];
const NAME_NAMES: [&str; 3] = ["gml_name", "gml:name", "name"];
const ADDRESS_NAMES: [&str; 2] = ["address", "addr"];

/// A feature of a table row. Without a recognisable identifier attribute, the row's number is its id.
pub(super) fn feature_from_row(
    row: usize,
    object_type: &str,
    attributes: Vec<FeatureAttribute>,
) -> Feature {
    let text_of = |names: &[&str]| {
        names.iter().find_map(|name| {
            let attribute = attributes
                .iter()
                .find(|attribute| attribute.name.eq_ignore_ascii_case(name))?;
            match &attribute.value {
                FeatureValue::Text(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
                FeatureValue::Number(number) if number.is_finite() => Some(number.to_string()),
                _ => None,
            }
        })
    };
    Feature {
        id: text_of(&ID_NAMES).unwrap_or_else(|| row.to_string()),
        object_type: text_of(&TYPE_NAMES).unwrap_or_else(|| object_type.to_owned()),
        name: text_of(&NAME_NAMES),
        address: text_of(&ADDRESS_NAMES),
        attributes,
        bounds_local: EMPTY_BOUNDS,
        ..Feature::default()
    }
}

/// Bounds of a feature without geometry: min above max.
pub(super) const EMPTY_BOUNDS: [[f32; 3]; 2] = [[f32::INFINITY; 3], [f32::NEG_INFINITY; 3]];

/// An attribute value of a JSON value; nothing for null. Arrays and objects are kept as their JSON text.
pub(super) fn value_from_json(value: &Value) -> Option<FeatureValue> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(truth) => FeatureValue::Boolean(*truth),
        Value::Number(number) => FeatureValue::Number(number.as_f64()?),
        Value::String(text) => FeatureValue::Text(text.clone()),
        Value::Array(_) | Value::Object(_) => FeatureValue::Text(value.to_string()),
    })
}

/// An attribute value of the components of a vector: a number for one, text for several.
pub(super) fn value_from_numbers(numbers: &[f64]) -> Option<FeatureValue> {
    match numbers {
        [] => None,
        [number] => Some(FeatureValue::Number(*number)),
        several => {
            let texts: Vec<String> = several.iter().map(f64::to_string).collect();
            Some(FeatureValue::Text(format!("[{}]", texts.join(", "))))
        }
    }
}
