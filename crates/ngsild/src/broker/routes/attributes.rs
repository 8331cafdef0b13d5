//! `/entities/{id}/attrs` and below (ETSI GS CIM 009, 6.6, 6.7).

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::parts::{read_attribute, read_fragment};
use crate::broker::problem::Problem;
use crate::broker::request::{Head, JsonBody};
use crate::broker::store::{Change, Existing};
use crate::broker::tenant::Shared;
use crate::model::Attributes;

type SharedState = State<Arc<Shared>>;

/// 5.6.3
pub(super) async fn append(
    State(shared): SharedState,
    Path(id): Path<String>,
    head: Head,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    head.allow(&["options"])?;
    let existing = if head.option("noOverwrite") {
        Existing::Keep
    } else {
        Existing::Replace
    };
    write(&shared, &head, &id, body, existing)
}

/// 5.6.2
pub(super) async fn update(
    State(shared): SharedState,
    Path(id): Path<String>,
    head: Head,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    head.allow(&[])?;
    write(&shared, &head, &id, body, Existing::ReplaceOnly)
}

fn write(
    shared: &Shared,
    head: &Head,
    id: &str,
    body: Value,
    existing: Existing,
) -> Result<Response, Problem> {
    let (types, attributes) = read_fragment(id, body)?;
    let (written, untouched) = shared.write(&head.tenant, |tenant, now| {
        let (change, untouched) = tenant
            .store
            .write_attributes(id, &types, attributes, existing, now)?;
        Ok(((written_names(&change), untouched), vec![change]))
    })?;
    if untouched.is_empty() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    let reason = if existing == Existing::Keep {
        "it exists"
    } else {
        "it does not exist"
    };
    let untouched: Vec<Value> = untouched
        .iter()
        .map(|name| json!({"attributeName": name, "reason": reason}))
        .collect();
    let result = json!({"updated": written, "notUpdated": untouched});
    Ok(head.media_type.answer(StatusCode::MULTI_STATUS, result))
}

fn written_names(change: &Change) -> Vec<String> {
    [&change.created[..], &change.updated, &change.deleted].concat()
}

/// 5.6.4
pub(super) async fn partial_update(
    State(shared): SharedState,
    Path((id, name)): Path<(String, String)>,
    head: Head,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    head.allow(&[])?;
    write_one(
        &shared,
        &head,
        &id,
        &name,
        read_attribute(&id, &name, body)?,
        Existing::Merge,
    )
}

/// 5.6.19
pub(super) async fn replace(
    State(shared): SharedState,
    Path((id, name)): Path<(String, String)>,
    head: Head,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    head.allow(&[])?;
    write_one(
        &shared,
        &head,
        &id,
        &name,
        read_attribute(&id, &name, body)?,
        Existing::Replace,
    )
}

/// Writes an attribute that must exist.
fn write_one(
    shared: &Shared,
    head: &Head,
    id: &str,
    name: &str,
    attributes: Attributes,
    existing: Existing,
) -> Result<Response, Problem> {
    shared.write(&head.tenant, |tenant, now| {
        let is_known = tenant
            .store
            .get(id)
            .is_some_and(|entity| entity.attributes.contains_key(name));
        if !is_known {
            return Err(Problem::not_found(format!(
                "the attribute '{name}' of '{id}'"
            )));
        }
        let (change, _) = tenant
            .store
            .write_attributes(id, &[], attributes, existing, now)?;
        Ok(((), vec![change]))
    })?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// 5.6.5
pub(super) async fn delete(
    State(shared): SharedState,
    Path((id, name)): Path<(String, String)>,
    head: Head,
) -> Result<Response, Problem> {
    head.allow(&["datasetId", "deleteAll"])?;
    let dataset_id = head.parameter("datasetId");
    let is_all = head.flag("deleteAll");
    shared.write(&head.tenant, |tenant, now| {
        let change = tenant
            .store
            .delete_attribute(&id, &name, dataset_id, is_all, now)?;
        Ok(((), vec![change]))
    })?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
