//! Reads entities and parts of them from bodies, strictly: what is stored is well-formed.

use axum::http::{HeaderValue, StatusCode, header::LOCATION};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use crate::broker::problem::Problem;
use crate::diagnostics::{Diagnostics, Severity};
use crate::model::{Attributes, Context, Entity, TemporalEntity, is_uri};

/// Reads a whole entity. What a client would only be warned of is refused here, so that no broken entity gets in.
pub(super) fn read_entity(value: Value) -> Result<Entity, Problem> {
    let mut diagnostics = Diagnostics::new();
    let entity = Entity::from_value(value, &Context::core(), &mut diagnostics)
        .map_err(|error| Problem::bad_data(error.to_string()))?;
    if entity.entity_types.is_empty() {
        return Err(Problem::bad_data(format!(
            "the entity '{}' has no type",
            entity.id
        )));
    }
    check(&entity.id, diagnostics)?;
    Ok(entity)
}

/// Reads a fragment: attributes, and perhaps types to add.
pub(super) fn read_fragment(id: &str, body: Value) -> Result<(Vec<String>, Attributes), Problem> {
    let Value::Object(mut members) = body else {
        return Err(Problem::bad_data("attributes are a JSON object"));
    };
    if members.get("id").is_some_and(|given| given != id) {
        return Err(Problem::bad_data(
            "the id in the body is another than that in the path",
        ));
    }
    members.insert("id".to_owned(), json!(id));
    let mut diagnostics = Diagnostics::new();
    let entity = Entity::from_value(Value::Object(members), &Context::core(), &mut diagnostics)
        .map_err(|error| Problem::bad_data(error.to_string()))?;
    check(id, diagnostics)?;
    Ok((entity.entity_types, entity.attributes))
}

/// Reads one attribute as a fragment.
pub(super) fn read_attribute(id: &str, name: &str, body: Value) -> Result<Attributes, Problem> {
    let mut members = Map::new();
    let body = match body {
        Value::Object(mut attribute) => {
            attribute.remove("@context");
            Value::Object(attribute)
        }
        other => other,
    };
    members.insert(name.to_owned(), body);
    read_fragment(id, Value::Object(members)).map(|(_, attributes)| attributes)
}

/// Reads a temporal evolution.
pub(super) fn read_evolution(value: Value) -> Result<TemporalEntity, Problem> {
    let mut diagnostics = Diagnostics::new();
    let evolution = TemporalEntity::from_value(value, &Context::core(), &mut diagnostics)
        .map_err(|error| Problem::bad_data(error.to_string()))?;
    if evolution.entity_types.is_empty() {
        return Err(Problem::bad_data(format!(
            "the entity '{}' has no type",
            evolution.id
        )));
    }
    check(&evolution.id, diagnostics)?;
    Ok(evolution)
}

fn check(id: &str, diagnostics: Diagnostics) -> Result<(), Problem> {
    if !is_uri(id) {
        return Err(Problem::bad_data(format!("'{id}' is not a URI")));
    }
    match diagnostics
        .items
        .into_iter()
        .find(|found| found.severity > Severity::Info)
    {
        Some(found) => Err(Problem::bad_data(found.to_string())),
        None => Ok(()),
    }
}

/// 201 with the place of what was created.
pub(super) fn created(collection: &str, id: &str) -> Response {
    let mut response = StatusCode::CREATED.into_response();
    if let Ok(location) = HeaderValue::from_str(&format!("/ngsi-ld/v1/{collection}/{id}")) {
        response.headers_mut().insert(LOCATION, location);
    }
    response
}
