//! `/entityOperations/…`: many entities at once (ETSI GS CIM 009, 6.14 to 6.17). One that fails does not stop the rest.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::parts::read_entity;
use crate::broker::problem::Problem;
use crate::broker::request::{Head, JsonBody};
use crate::broker::store::{Change, EntityStore, Existing};
use crate::broker::tenant::Shared;
use crate::model::Entity;

type SharedState = State<Arc<Shared>>;

/// How the entities of a batch went.
#[derive(Default)]
struct Outcome {
    created: Vec<String>,
    updated: Vec<String>,
    errors: Vec<Value>,
}

impl Outcome {
    fn fail(&mut self, id: &str, problem: &Problem) {
        self.errors
            .push(json!({"entityId": id, "error": problem.to_value()}));
    }

    /// 207 if anything failed, 201 with the ids if anything was created, else 204.
    fn answer(self, head: &Head) -> Response {
        if !self.errors.is_empty() {
            let success = [self.created, self.updated].concat();
            let result = json!({"success": success, "errors": self.errors});
            return head.media_type.answer(StatusCode::MULTI_STATUS, result);
        }
        if !self.created.is_empty() {
            return head
                .media_type
                .answer(StatusCode::CREATED, json!(self.created));
        }
        StatusCode::NO_CONTENT.into_response()
    }
}

/// Reads the entities, and does with each what is to be done; `true` means that it was created.
fn each(
    shared: &Shared,
    head: &Head,
    body: Value,
    act: impl Fn(&mut EntityStore, Entity, jiff::Timestamp) -> Result<(Change, bool), Problem>,
) -> Result<Response, Problem> {
    let Value::Array(items) = body else {
        return Err(Problem::bad_data("a batch is a list of entities"));
    };
    if items.is_empty() {
        return Err(Problem::bad_data("the batch is empty"));
    }
    let mut outcome = Outcome::default();
    let mut entities = Vec::with_capacity(items.len());
    for item in items {
        let id = item
            .get("id")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned();
        match read_entity(item) {
            Ok(entity) => entities.push(entity),
            Err(problem) => outcome.fail(&id, &problem),
        }
    }
    let outcome = shared.write(&head.tenant, |tenant, now| {
        let mut changes = Vec::with_capacity(entities.len());
        for entity in entities {
            let id = entity.id.clone();
            match act(&mut tenant.store, entity, now) {
                Ok((change, is_created)) => {
                    changes.push(change);
                    if is_created {
                        &mut outcome.created
                    } else {
                        &mut outcome.updated
                    }
                    .push(id);
                }
                Err(problem) => outcome.fail(&id, &problem),
            }
        }
        Ok((outcome, changes))
    })?;
    Ok(outcome.answer(head))
}

/// 5.6.7
pub(super) async fn create(
    State(shared): SharedState,
    head: Head,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    head.allow(&[])?;
    each(&shared, &head, body, |store, entity, now| {
        Ok((store.create(entity, now)?, true))
    })
}

/// 5.6.8
pub(super) async fn upsert(
    State(shared): SharedState,
    head: Head,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    head.allow(&["options"])?;
    let is_update = head.option("update");
    each(&shared, &head, body, |store, entity, now| {
        if store.get(&entity.id).is_none() {
            Ok((store.create(entity, now)?, true))
        } else if is_update {
            Ok((overwrite(store, entity, Existing::Replace, now)?, false))
        } else {
            Ok((store.replace(entity, now)?, false))
        }
    })
}

/// 5.6.9
pub(super) async fn update(
    State(shared): SharedState,
    head: Head,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    head.allow(&["options"])?;
    let existing = if head.option("noOverwrite") {
        Existing::Keep
    } else {
        Existing::Replace
    };
    each(&shared, &head, body, |store, entity, now| {
        Ok((overwrite(store, entity, existing, now)?, false))
    })
}

fn overwrite(
    store: &mut EntityStore,
    entity: Entity,
    existing: Existing,
    now: jiff::Timestamp,
) -> Result<Change, Problem> {
    let (change, _) = store.write_attributes(
        &entity.id,
        &entity.entity_types,
        entity.attributes,
        existing,
        now,
    )?;
    Ok(change)
}

/// 5.6.10
pub(super) async fn delete(
    State(shared): SharedState,
    head: Head,
    JsonBody(body): JsonBody,
) -> Result<Response, Problem> {
    head.allow(&[])?;
    let ids: Vec<String> = serde_json::from_value(body)
        .map_err(|_| Problem::bad_data("a batch of deletions is a list of ids"))?;
    let outcome = shared.write(&head.tenant, |tenant, now| {
        let mut outcome = Outcome::default();
        let mut changes = Vec::new();
        for id in ids {
            match tenant.store.delete(&id, now) {
                Ok(change) => {
                    changes.push(change);
                    outcome.updated.push(id);
                }
                Err(problem) => outcome.fail(&id, &problem),
            }
        }
        Ok((outcome, changes))
    })?;
    Ok(outcome.answer(&head))
}
