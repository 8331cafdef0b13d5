//! Property tables of `EXT_structural_metadata`: columns in buffer views to attributes per feature.
//!
//! Numbers, vectors, booleans, strings, enums and arrays of them, with offset, scale and `noData`. What
//! is no single number, truth value or string becomes text, as it would be written in JSON.

use serde_json::Value;

use super::super::binary::{Component, components_of};
use super::super::feature::{feature_from_row, value_from_json};
use super::container::Document;
use super::schema::{ClassProperty, Enum, Schema, StructuralMetadata, TableProperty};
use crate::content::{Feature, FeatureAttribute};
use crate::diagnostics::{Diagnostics, Severity, code};

/// One feature per row of a table; a column that cannot be read is reported and left out.
pub(super) fn features_of_property_table(
    document: &Document<'_>,
    metadata: &StructuralMetadata,
    index: usize,
    diagnostics: &mut Diagnostics,
) -> Vec<Feature> {
    let table = &metadata.property_tables[index];
    let path = format!("EXT_structural_metadata.propertyTables[{index}]");
    let mut rows: Vec<Vec<FeatureAttribute>> = vec![Vec::new(); table.count];
    let class = metadata
        .schema
        .as_ref()
        .and_then(|schema| Some((schema, schema.classes.get(&table.class)?)));
    let Some((schema, class)) = class else {
        let message = match &metadata.schema_uri {
            Some(uri) => format!("its schema is in another file ({uri}), which is not read"),
            None => format!("its class `{}` is not in the schema", table.class),
        };
        diagnostics.report(
            code::PROPERTY,
            Severity::Warning,
            document.location(&path),
            message,
        );
        return rows
            .into_iter()
            .enumerate()
            .map(|(row, _)| feature_from_row(row, &table.class, Vec::new()))
            .collect();
    };
    for (name, definition) in &class.properties.0 {
        // A property that the table does not mention has no values.
        let Some(column) = table.properties.get(name) else {
            continue;
        };
        let reader = ColumnReader {
            document,
            schema,
            definition,
            column,
        };
        if let Err(reason) = reader.read_into(name, &mut rows) {
            let location = document.location(&format!("{path}.properties.{name}"));
            diagnostics.report(
                code::PROPERTY,
                Severity::Warning,
                location,
                format!("passed over: {reason}"),
            );
        }
    }
    let object_type = class
        .name
        .as_deref()
        .or(table.name.as_deref())
        .unwrap_or(&table.class);
    rows.into_iter()
        .enumerate()
        .map(|(row, attributes)| feature_from_row(row, object_type, attributes))
        .collect()
}

struct ColumnReader<'a> {
    document: &'a Document<'a>,
    schema: &'a Schema,
    definition: &'a ClassProperty,
    column: &'a TableProperty,
}

impl ColumnReader<'_> {
    fn read_into(&self, name: &str, rows: &mut [Vec<FeatureAttribute>]) -> Result<(), String> {
        let values = self.document.view(self.column.values)?;
        let mut cells = Vec::with_capacity(rows.len());
        for row in 0..rows.len() {
            let cell = if self.definition.array {
                let (first, end) = self.elements_of_row(row)?;
                let elements: Result<Vec<Value>, String> =
                    (first..end).map(|at| self.element(values, at)).collect();
                Value::Array(elements?)
            } else {
                self.element(values, row)?
            };
            cells.push(cell);
        }
        for (attributes, cell) in rows.iter_mut().zip(cells) {
            if self
                .definition
                .no_data
                .as_ref()
                .is_some_and(|no_data| is_same(no_data, &cell))
            {
                continue;
            }
            let attribute = |value| FeatureAttribute {
                name: name.to_owned(),
                value,
                unit: None,
            };
            attributes.extend(value_from_json(&self.transformed(cell)).map(attribute));
        }
        Ok(())
    }

    /// First element of an array, and the one after its last.
    fn elements_of_row(&self, row: usize) -> Result<(usize, usize), String> {
        if let Some(count) = self.definition.count {
            let first = row.checked_mul(count).ok_or("the array is too long")?;
            return Ok((first, first.saturating_add(count)));
        }
        let view = self
            .column
            .array_offsets
            .ok_or("an array of variable length has no arrayOffsets")?;
        let (first, end) = self.offsets(view, self.column.array_offset_type.as_deref(), row)?;
        // An element takes at least one bit.
        let most = self
            .document
            .view(self.column.values)?
            .len()
            .saturating_mul(8);
        if end < first || end - first > most {
            return Err(format!("the array of row {row} has impossible offsets"));
        }
        Ok((first, end))
    }

    fn offsets(
        &self,
        view: usize,
        offset_type: Option<&str>,
        row: usize,
    ) -> Result<(usize, usize), String> {
        let component = Component::from_name(offset_type.unwrap_or("UINT32"))
            .ok_or("the offset type is not known")?;
        let bytes = self.document.view(view)?;
        let at = |i: usize| {
            let start = i.checked_mul(component.size())?;
            let part = bytes.get(start..start.checked_add(component.size())?)?;
            Some(component.read(part) as usize)
        };
        let missing = || format!("the offsets end before row {row}");
        Ok((
            at(row).ok_or_else(missing)?,
            at(row + 1).ok_or_else(missing)?,
        ))
    }

    fn element(&self, values: &[u8], at: usize) -> Result<Value, String> {
        match self.definition.r#type.as_str() {
            "STRING" => self.string(values, at),
            "BOOLEAN" => {
                let byte = values
                    .get(at / 8)
                    .ok_or_else(|| format!("the values end before element {at}"))?;
                Ok(Value::Bool(byte >> (at % 8) & 1 == 1))
            }
            "ENUM" => self.enumerated(values, at),
            element_type => self.numeric(values, at, element_type),
        }
    }

    fn string(&self, values: &[u8], at: usize) -> Result<Value, String> {
        let view = self
            .column
            .string_offsets
            .ok_or("a string property has no stringOffsets")?;
        let (first, end) = self.offsets(view, self.column.string_offset_type.as_deref(), at)?;
        let bytes = values
            .get(first..end)
            .ok_or_else(|| format!("string {at} reaches beyond the values"))?;
        Ok(Value::String(String::from_utf8_lossy(bytes).into_owned()))
    }

    fn enumerated(&self, values: &[u8], at: usize) -> Result<Value, String> {
        let name = self.definition.enum_type.as_deref().unwrap_or_default();
        let Enum {
            value_type,
            values: names,
        } = self
            .schema
            .enums
            .get(name)
            .ok_or_else(|| format!("there is no enum `{name}` in the schema"))?;
        let component = Component::from_name(value_type.as_deref().unwrap_or("UINT16"))
            .ok_or("the enum's value type is not known")?;
        let number = component_at(values, component, at)?;
        let found = names
            .iter()
            .find(|candidate| candidate.value as f64 == number);
        Ok(found.map_or_else(
            || Value::from(number),
            |value| Value::String(value.name.clone()),
        ))
    }

    fn numeric(&self, values: &[u8], at: usize, element_type: &str) -> Result<Value, String> {
        let components = components_of(element_type)
            .ok_or_else(|| format!("type {element_type} is not known"))?;
        let component = self
            .definition
            .component_type
            .as_deref()
            .and_then(Component::from_name);
        let component = component.ok_or("a numeric property has no known componentType")?;
        let mut numbers = Vec::with_capacity(components);
        for i in 0..components {
            let flat = at
                .checked_mul(components)
                .and_then(|first| first.checked_add(i))
                .ok_or("the column is too long")?;
            numbers.push(Value::from(component_at(values, component, flat)?));
        }
        Ok(if components == 1 {
            numbers.remove(0)
        } else {
            Value::Array(numbers)
        })
    }

    /// Normalisation, scale and offset, which `noData` is compared without (3D Metadata, "No data values").
    fn transformed(&self, cell: Value) -> Value {
        match cell {
            Value::Array(elements) if self.definition.array => Value::Array(
                elements
                    .into_iter()
                    .map(|element| self.transformed_element(element))
                    .collect(),
            ),
            element => self.transformed_element(element),
        }
    }

    fn transformed_element(&self, element: Value) -> Value {
        let component = self
            .definition
            .component_type
            .as_deref()
            .and_then(Component::from_name);
        let number = |value: &Value, i: usize| {
            let (Some(raw), Some(component)) = (value.as_f64(), component) else {
                return value.clone();
            };
            let value = if self.definition.normalized {
                component.normalize(raw)
            } else {
                raw
            };
            let scale = self
                .factor(&self.column.scale, &self.definition.scale, i)
                .unwrap_or(1.0);
            let offset = self
                .factor(&self.column.offset, &self.definition.offset, i)
                .unwrap_or(0.0);
            Value::from(value * scale + offset)
        };
        match &element {
            Value::Array(components) => Value::Array(
                components
                    .iter()
                    .enumerate()
                    .map(|(i, value)| number(value, i))
                    .collect(),
            ),
            Value::Number(_) => number(&element, 0),
            _ => element,
        }
    }

    /// Offset or scale of a component; the table's own comes before the class's.
    fn factor(
        &self,
        own: &Option<Value>,
        of_class: &Option<Value>,
        component: usize,
    ) -> Option<f64> {
        match own.as_ref().or(of_class.as_ref())? {
            Value::Array(numbers) => numbers.get(component)?.as_f64(),
            number => number.as_f64(),
        }
    }
}

/// Equality that takes 5 and 5.0 for the same number.
fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        _ => a == b,
    }
}

fn component_at(values: &[u8], component: Component, index: usize) -> Result<f64, String> {
    let start = index.checked_mul(component.size());
    let part = start.and_then(|start| values.get(start..start.checked_add(component.size())?));
    part.map(|part| component.read(part))
        .ok_or_else(|| format!("the values end before element {index}"))
}
