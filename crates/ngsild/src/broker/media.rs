//! Media types: which form an answer is wanted in, and what carries the `@context` then (ETSI GS CIM 009, 6.3.4, 6.3.5).

use axum::http::header::{ACCEPT, CONTENT_TYPE, LINK};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::problem::Problem;
use crate::model::{CONTEXT_LINK_RELATION, CORE_CONTEXT_URL};

/// The form of an answer or a notification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum MediaType {
    /// The context stands in the `Link` header.
    #[default]
    Json,
    /// The context stands in every entity.
    JsonLd,
}

impl MediaType {
    /// By the `Accept` header. Weights are passed over: of the two forms, the first named is given.
    pub fn accepted(headers: &HeaderMap) -> Result<Self, Problem> {
        let Some(accept) = headers.get(ACCEPT).and_then(|value| value.to_str().ok()) else {
            return Ok(Self::Json);
        };
        accept
            .split(',')
            .find_map(
                |range| match range.split(';').next().unwrap_or_default().trim() {
                    "application/ld+json" => Some(Self::JsonLd),
                    "application/json" | "application/*" | "*/*" | "" => Some(Self::Json),
                    _ => None,
                },
            )
            .ok_or_else(Problem::not_acceptable)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::JsonLd => "application/ld+json",
        }
    }

    /// An answer with a body.
    pub fn answer(self, status: StatusCode, mut body: Value) -> Response {
        if self == Self::JsonLd {
            add_context(&mut body);
        }
        let mut response = (status, body.to_string()).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.name()));
        if self == Self::Json
            && let Ok(link) = HeaderValue::from_str(&context_link())
        {
            headers.append(LINK, link);
        }
        response
    }
}

/// The `Link` header that names the context.
pub(super) fn context_link() -> String {
    format!(r#"<{CORE_CONTEXT_URL}>; rel="{CONTEXT_LINK_RELATION}"; type="application/ld+json""#)
}

/// Writes the context into an object, or into each of a list.
pub(super) fn add_context(body: &mut Value) {
    match body {
        Value::Array(items) => items.iter_mut().for_each(add_context),
        Value::Object(members) => {
            members.insert("@context".to_owned(), json!(CORE_CONTEXT_URL));
        }
        _ => {}
    }
}
