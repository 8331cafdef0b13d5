//! `/entities` and `/entities/{id}` (ETSI GS CIM 009, 6.4, 6.5).

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::Value;

use super::parts::{created, read_entity, read_fragment};
use crate::broker::paging::Paging;
use crate::broker::problem::Problem;
use crate::broker::projection::Projection;
use crate::broker::query::EntityFilter;
use crate::broker::request::{Head, JsonBody};
use crate::broker::store::Existing;
use crate::broker::tenant::Shared;
use crate::model::Entity;

type SharedState = State<Arc<Shared>>;

/// 5.7.2
pub(super) async fn query(State(shared): SharedState, head: Head) -> Result<Response, Problem> {
    let known: Vec<&str> = [
        &EntityFilter::PARAMETERS[..],
        &Projection::PARAMETERS,
        &Paging::PARAMETERS,
    ]
    .concat();
    head.allow(&known)?;
    let is_selective = ["type", "attrs", "q", "georel"]
        .iter()
        .any(|n| head.parameter(n).is_some());
    if !is_selective && !head.flag("local") {
        let detail = "a query needs at least one of type, attrs, q and georel";
        return Err(Problem::bad_data(detail));
    }
    let filter = EntityFilter::read(&head)?;
    let projection = Projection::read(&head)?;
    let paging = Paging::read(&head, &shared.options)?;
    let found: Vec<Arc<Entity>> = shared.read(&head.tenant, |tenant| {
        let is_meant = |entity: &&Arc<Entity>| projection.selects(entity) && filter.holds(entity);
        Ok(tenant.store.iter().filter(is_meant).cloned().collect())
    })?;
    let total = found.len();
    let page: Value = paging
        .part(found)
        .iter()
        .map(|entity| projection.write(entity))
        .collect();
    let mut response = head.media_type.answer(StatusCode::OK, page);
    paging.describe(&head, total, &mut response);
    Ok(response)
}

/// 5.7.1
pub(super) async fn retrieve(
    State(shared): SharedState,
    Path(id): Path<String>,
    head: Head,
) -> Result<Response, Problem> {
    head.allow(&Projection::PARAMETERS)?;
    let projection = Projection::read(&head)?;
    let entity = shared.read(&head.tenant, |tenant| {
        let entity = tenant
            .store
            .get(&id)
            .filter(|entity| projection.selects(entity));
        entity
            .cloned()
            .ok_or_else(|| Problem::not_found(format!("the entity '{id}'")))
    })?;
    Ok(head
        .media_type
        .answer(StatusCode::OK, projection.write(&entity)))
}

/// 5.6.1
pub(super) async fn create(
    State(shared): SharedState,
    head: Head,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    head.allow(&[])?;
    let entity = read_entity(body)?;
    let id = entity.id.clone();
    shared.write(&head.tenant, |tenant, now| {
        let change = tenant.store.create(entity, now)?;
        Ok(((), vec![change]))
    })?;
    Ok(created("entities", &id))
}

/// 5.6.18
pub(super) async fn replace(
    State(shared): SharedState,
    Path(id): Path<String>,
    head: Head,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    head.allow(&[])?;
    let entity = read_entity(body)?;
    if entity.id != id {
        return Err(Problem::bad_data(
            "the id in the body is another than that in the path",
        ));
    }
    shared.write(&head.tenant, |tenant, now| {
        let change = tenant.store.replace(entity, now)?;
        Ok(((), vec![change]))
    })?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// 5.6.17
pub(super) async fn merge(
    State(shared): SharedState,
    Path(id): Path<String>,
    head: Head,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    head.allow(&[])?;
    let (types, attributes) = read_fragment(&id, body)?;
    shared.write(&head.tenant, |tenant, now| {
        let store = &mut tenant.store;
        let (change, _) = store.write_attributes(&id, &types, attributes, Existing::Merge, now)?;
        Ok(((), vec![change]))
    })?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// 5.6.6
pub(super) async fn delete(
    State(shared): SharedState,
    Path(id): Path<String>,
    head: Head,
) -> Result<Response, Problem> {
    head.allow(&["type"])?;
    shared.write(&head.tenant, |tenant, now| {
        let change = tenant.store.delete(&id, now)?;
        Ok(((), vec![change]))
    })?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
