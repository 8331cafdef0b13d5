//! Reads entities from JSON-LD, GeoJSON features and notifications.

use serde_json::{Map, Value};

use super::attribute::is_uri;
use super::attribute_reader::AttributeReader;
use super::context::Context;
use super::entity::Entity;
use crate::diagnostics::{Diagnostics, Severity};
use crate::error::Error;

impl Entity {
    /// Reads one entity in any representation (ETSI GS CIM 009, 4.5.1), or a GeoJSON Feature of one (4.5.16).
    ///
    /// # Errors
    /// [`Error::NotAnEntity`] when it is no object or has no id; anything less is a diagnostic.
    pub fn from_value(
        value: Value,
        context: &Context,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Error> {
        let Value::Object(members) = value else {
            return Err(Error::NotAnEntity {
                reason: "it is not a JSON object".to_owned(),
            });
        };
        let mut members = flatten_feature(members);
        let id = take_string(&mut members, &["id", "@id"]).ok_or_else(|| Error::NotAnEntity {
            reason: "it has no id".to_owned(),
        })?;
        let mut entity = Entity::new(id.clone(), "");
        entity.entity_types = take_strings(&mut members, &["type", "@type"])
            .into_iter()
            .map(|name| context.compact(name))
            .collect();
        entity.scopes = take_strings(&mut members, &["scope"]);
        members.remove("@context");

        let mut reader = AttributeReader {
            context,
            diagnostics,
            entity_id: id,
        };
        if !is_uri(&entity.id) {
            reader.report(
                "LD-002",
                Severity::Warning,
                None,
                "the id of the entity is not a URI",
            );
        }
        if entity.entity_types.is_empty() {
            // A query may leave the type out (`pick`), so this is not a fault.
            reader.report("LD-011", Severity::Info, None, "the entity has no type");
        }
        for (name, value) in members {
            match name.as_str() {
                "createdAt" => entity.created_at = reader.read_time(None, &name, &value),
                "modifiedAt" => entity.modified_at = reader.read_time(None, &name, &value),
                "deletedAt" => entity.deleted_at = reader.read_time(None, &name, &value),
                _ => reader.read_into(&mut entity.attributes, name, value),
            }
        }
        Ok(entity)
    }

    /// Reads one entity from bytes.
    ///
    /// # Errors
    /// [`Error::Syntax`] when it is not JSON, [`Error::NotAnEntity`] when it is something else.
    pub fn from_json(
        bytes: &[u8],
        context: &Context,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Error> {
        Self::from_value(parse_json(bytes)?, context, diagnostics)
    }
}

/// Reads the entities of an answer: a list, one entity, a GeoJSON FeatureCollection, or a notification. An item that
/// is no entity is a diagnostic and left out.
///
/// # Errors
/// [`Error::NotAnEntity`] when the whole is none of these.
pub fn entities_from_value(
    value: Value,
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<Entity>, Error> {
    let items = match value {
        Value::Array(items) => items,
        Value::Object(mut members) => match members.get("type").and_then(Value::as_str) {
            Some("FeatureCollection") => take_array(&mut members, "features")?,
            Some("Notification") if members.contains_key("data") => match members.remove("data") {
                Some(list @ (Value::Array(_) | Value::Object(_))) => {
                    return entities_from_value(list, context, diagnostics);
                }
                _ => {
                    let reason = "the notification has no data".to_owned();
                    return Err(Error::NotAnEntity { reason });
                }
            },
            _ => {
                return Ok(vec![Entity::from_value(
                    Value::Object(members),
                    context,
                    diagnostics,
                )?]);
            }
        },
        _ => {
            let reason = "neither an entity nor a list of them".to_owned();
            return Err(Error::NotAnEntity { reason });
        }
    };
    let mut entities = Vec::with_capacity(items.len());
    for (index, item) in items.into_iter().enumerate() {
        match Entity::from_value(item, context, diagnostics) {
            Ok(entity) => entities.push(entity),
            Err(error) => diagnostics.push_general(
                "LD-001",
                Severity::Error,
                format!("item {} of the list is left out: {error}", index + 1),
            ),
        }
    }
    Ok(entities)
}

/// Parses JSON.
///
/// # Errors
/// [`Error::Syntax`].
fn parse_json(bytes: &[u8]) -> Result<Value, Error> {
    serde_json::from_slice(bytes).map_err(|error| Error::Syntax {
        reason: error.to_string(),
    })
}

/// A GeoJSON Feature has the type and the attributes of the entity under `properties`.
fn flatten_feature(mut members: Map<String, Value>) -> Map<String, Value> {
    if members.get("type").and_then(Value::as_str) != Some("Feature") {
        return members;
    }
    match members.remove("properties") {
        Some(Value::Object(mut properties)) => {
            if let Some(id) = members.remove("id") {
                properties.insert("id".to_owned(), id);
            }
            // `geometry` repeats one of the attributes; it counts only where that is missing.
            if let Some(geometry @ Value::Object(_)) = members.remove("geometry") {
                properties.entry("location").or_insert(geometry);
            }
            properties
        }
        _ => members,
    }
}

fn take_string(members: &mut Map<String, Value>, keys: &[&str]) -> Option<String> {
    let key = keys
        .iter()
        .find(|key| members.get(**key).is_some_and(Value::is_string))?;
    match members.remove(*key) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    }
}

fn take_strings(members: &mut Map<String, Value>, keys: &[&str]) -> Vec<String> {
    match keys.iter().find_map(|key| members.remove(*key)) {
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(items)) => items
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    }
}

fn take_array(members: &mut Map<String, Value>, key: &str) -> Result<Vec<Value>, Error> {
    match members.remove(key) {
        Some(Value::Array(items)) => Ok(items),
        _ => Err(Error::NotAnEntity {
            reason: format!("it has no list of {key}"),
        }),
    }
}
