//! The paths of the HTTP binding (ETSI GS CIM 009, 6.2) that this broker knows.

mod attributes;
mod batch;
mod entities;
mod parts;
mod subscriptions;
mod temporal;
mod types;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::Uri;
use axum::routing::{delete, get, patch, post};

use super::problem::Problem;
use super::tenant::Shared;

/// Paths of the standard that are not served; saying so is better than "not found".
const UNSUPPORTED: &[&str] = &[
    "/ngsi-ld/v1/csourceRegistrations",
    "/ngsi-ld/v1/csourceSubscriptions",
    "/ngsi-ld/v1/jsonldContexts",
    "/ngsi-ld/v1/entityOperations/",
    "/ngsi-ld/v1/temporal/",
    "/ngsi-ld/v1/entityMaps",
    "/ngsi-ld/v1/snapshots",
    "/ngsi-ld/v1/info",
];

/// All of them.
pub(super) fn router(shared: Arc<Shared>) -> Router {
    let max_body_bytes = shared.options.max_body_bytes;
    let interface = Router::new()
        .route("/entities", get(entities::query).post(entities::create))
        .route(
            "/entities/{id}",
            get(entities::retrieve)
                .put(entities::replace)
                .patch(entities::merge)
                .delete(entities::delete),
        )
        .route(
            "/entities/{id}/attrs",
            post(attributes::append).patch(attributes::update),
        )
        .route(
            "/entities/{id}/attrs/{name}",
            patch(attributes::partial_update)
                .put(attributes::replace)
                .delete(attributes::delete),
        )
        .route("/entityOperations/create", post(batch::create))
        .route("/entityOperations/upsert", post(batch::upsert))
        .route("/entityOperations/update", post(batch::update))
        .route("/entityOperations/delete", post(batch::delete))
        .route("/types", get(types::types))
        .route("/attributes", get(types::attributes))
        .route(
            "/subscriptions",
            get(subscriptions::list).post(subscriptions::create),
        )
        .route(
            "/subscriptions/{id}",
            get(subscriptions::retrieve)
                .patch(subscriptions::update)
                .delete(subscriptions::delete),
        )
        .route(
            "/temporal/entities",
            get(temporal::query).post(temporal::upload),
        )
        .route("/temporal/entities/{id}", get(temporal::retrieve))
        .route("/temporal/entities/{id}", delete(temporal::delete));
    Router::new()
        .nest("/ngsi-ld/v1", interface)
        .fallback(unknown_path)
        .method_not_allowed_fallback(async || Problem::method_not_allowed())
        .layer(DefaultBodyLimit::max(max_body_bytes))
        .with_state(shared)
}

async fn unknown_path(uri: Uri) -> Problem {
    let path = uri.path();
    if UNSUPPORTED.iter().any(|prefix| path.starts_with(prefix)) {
        Problem::not_supported(format!("'{path}'"))
    } else {
        Problem::not_found(format!("the path '{path}'"))
    }
}
