//! `/subscriptions` (ETSI GS CIM 009, 6.10, 6.11).

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::parts::created;
use crate::broker::paging::Paging;
use crate::broker::problem::Problem;
use crate::broker::request::{Head, JsonBody};
use crate::broker::tenant::Shared;

type SharedState = State<Arc<Shared>>;

/// 5.8.1
pub(super) async fn create(
    State(shared): SharedState,
    head: Head,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    head.allow(&[])?;
    let id = shared.write(&head.tenant, |tenant, now| {
        let id = tenant
            .subscriptions
            .create(&shared, &head.tenant, body, now)?;
        Ok((id, Vec::new()))
    })?;
    Ok(created("subscriptions", &id))
}

/// 5.8.4
pub(super) async fn list(State(shared): SharedState, head: Head) -> Result<Response, Problem> {
    head.allow(&[&Paging::PARAMETERS[..], &["options"]].concat())?;
    let paging = Paging::read(&head, &shared.options)?;
    let now = shared.now();
    let all = shared.read(&head.tenant, |tenant| Ok(tenant.subscriptions.list(now)))?;
    let total = all.len();
    let page = Value::Array(paging.part(all));
    let mut response = head.media_type.answer(StatusCode::OK, page);
    paging.describe(&head, total, &mut response);
    Ok(response)
}

/// 5.8.3
pub(super) async fn retrieve(
    State(shared): SharedState,
    Path(id): Path<String>,
    head: Head,
) -> Result<Response, Problem> {
    head.allow(&["options"])?;
    let now = shared.now();
    let found = shared.read(&head.tenant, |tenant| tenant.subscriptions.get(&id, now))?;
    Ok(head.media_type.answer(StatusCode::OK, found))
}

/// 5.8.2
pub(super) async fn update(
    State(shared): SharedState,
    Path(id): Path<String>,
    head: Head,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    head.allow(&[])?;
    shared.write(&head.tenant, |tenant, now| {
        tenant
            .subscriptions
            .update(&shared, &head.tenant, &id, body, now)?;
        Ok(((), Vec::new()))
    })?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// 5.8.5
pub(super) async fn delete(
    State(shared): SharedState,
    Path(id): Path<String>,
    head: Head,
) -> Result<Response, Problem> {
    head.allow(&[])?;
    shared.read(&head.tenant, |tenant| tenant.subscriptions.delete(&id))?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
