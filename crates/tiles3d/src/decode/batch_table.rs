//! Batch tables: attributes per feature, in JSON and binary (OGC 18-053r2, 9.5).

use serde::Deserialize;
use serde_json::Value;

use super::binary::{Component, components_of};
use super::feature::{feature_from_row, value_from_json, value_from_numbers};
use super::header::Tables;
use crate::content::{Feature, FeatureAttribute};
use crate::diagnostics::{Diagnostics, Severity, code};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct BinaryProperty {
    byte_offset: usize,
    component_type: String,
    r#type: String,
}

/// One feature per row, with the attributes that could be read.
pub(super) fn features_of_batch_table(
    tables: &Tables<'_>,
    length: usize,
    object_type: &str,
    diagnostics: &mut Diagnostics,
) -> Vec<Feature> {
    let mut rows: Vec<Vec<FeatureAttribute>> = vec![Vec::new(); length];
    for (name, property) in &tables.batch_table.0 {
        let outcome = match property {
            Value::Array(values) => add_json_property(name, values, &mut rows),
            Value::Object(_) if matches!(name.as_str(), "extensions" | "extras" | "HIERARCHY") => {
                Err("batch table extensions are not read".to_owned())
            }
            Value::Object(_) => add_binary_property(name, property, tables, &mut rows),
            _ => Err("neither an array nor a reference to the binary part".to_owned()),
        };
        if let Err(reason) = outcome {
            let location = format!("batch table, {name}");
            diagnostics.report(
                code::TABLE,
                Severity::Warning,
                location,
                format!("passed over: {reason}"),
            );
        }
    }
    rows.into_iter()
        .enumerate()
        .map(|(row, attributes)| feature_from_row(row, object_type, attributes))
        .collect()
}

fn add_json_property(
    name: &str,
    values: &[Value],
    rows: &mut [Vec<FeatureAttribute>],
) -> Result<(), String> {
    for (row, value) in rows.iter_mut().zip(values) {
        let attribute = |value| FeatureAttribute {
            name: name.to_owned(),
            value,
            unit: None,
        };
        row.extend(value_from_json(value).map(attribute));
    }
    if values.len() < rows.len() {
        return Err(format!(
            "{} values for {} features; the rest have none",
            values.len(),
            rows.len()
        ));
    }
    Ok(())
}

fn add_binary_property(
    name: &str,
    property: &Value,
    tables: &Tables<'_>,
    rows: &mut [Vec<FeatureAttribute>],
) -> Result<(), String> {
    let property = BinaryProperty::deserialize(property).map_err(|error| error.to_string())?;
    let component = Component::from_name(&property.component_type)
        .ok_or_else(|| format!("component type {} is not known", property.component_type))?;
    let components = components_of(&property.r#type)
        .ok_or_else(|| format!("type {} is not known", property.r#type))?;
    let element = component.size() * components;
    let length = element.saturating_mul(rows.len());
    let part = tables
        .batch_binary
        .part(property.byte_offset, length, name)
        .map_err(|error| error.to_string())?;
    for (row, bytes) in rows.iter_mut().zip(part.bytes.chunks_exact(element)) {
        let numbers: Vec<f64> = bytes
            .chunks_exact(component.size())
            .map(|chunk| component.read(chunk))
            .collect();
        let attribute = |value| FeatureAttribute {
            name: name.to_owned(),
            value,
            unit: None,
        };
        row.extend(value_from_numbers(&numbers).map(attribute));
    }
    Ok(())
}
