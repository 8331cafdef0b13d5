//! What every request carries: tenant, wanted form, parameters, and a JSON body with or without a context.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri};
use serde_json::Value;

use super::media::MediaType;
use super::problem::Problem;
use super::tenant::Shared;

/// Parameters that the standard has and this broker does not; silence would be a wrong answer.
const UNSUPPORTED_PARAMETERS: &[&str] = &[
    "scopeQ",
    "csf",
    "lang",
    "join",
    "joinLevel",
    "containedBy",
    "datasetId",
    "jsonKeys",
    "expandValues",
    "orderBy",
    "entityMap",
    "aggrMethods",
    "aggrPeriodDuration",
    "geometryProperty",
    "ldistance",
];

/// The head of a request.
pub(super) struct Head {
    /// Empty for the default tenant.
    pub tenant: String,
    pub media_type: MediaType,
    /// Path of the request, for links to other pages.
    pub uri: Uri,
    parameters: Vec<(String, String)>,
}

impl<S: Sync> FromRequestParts<S> for Head {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let query = parts.uri.query().unwrap_or_default();
        let parameters = url::form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        let tenant = parts
            .headers
            .get("NGSILD-Tenant")
            .and_then(|value| value.to_str().ok());
        Ok(Self {
            tenant: tenant.unwrap_or_default().to_owned(),
            media_type: MediaType::accepted(&parts.headers)?,
            uri: parts.uri.clone(),
            parameters,
        })
    }
}

impl Head {
    /// Refuses parameters that have no meaning here.
    pub fn allow(&self, known: &[&str]) -> Result<(), Problem> {
        for (name, _) in &self.parameters {
            // `datasetId` means something when an attribute is deleted.
            if known.contains(&name.as_str()) || name == "local" {
                continue;
            }
            if UNSUPPORTED_PARAMETERS.contains(&name.as_str()) {
                return Err(Problem::not_supported(format!("the parameter '{name}'")));
            }
            return Err(Problem::invalid_request(format!(
                "the parameter '{name}' is not known"
            )));
        }
        Ok(())
    }

    /// A parameter; an empty one is as good as none.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// A parameter that is a list, separated by commas.
    pub fn list(&self, name: &str) -> Vec<String> {
        let items = self.parameter(name).unwrap_or_default().split(',');
        items
            .map(str::trim)
            .filter(|item| !item.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// A parameter that is `true`.
    pub fn flag(&self, name: &str) -> bool {
        self.parameter(name) == Some("true")
    }

    /// Whether `options` holds a word.
    pub fn option(&self, word: &str) -> bool {
        self.list("options").iter().any(|option| option == word)
    }

    /// All parameters, for links to other pages.
    pub fn parameters(&self) -> &[(String, String)] {
        &self.parameters
    }
}

/// A JSON body whose context is where its content type says (ETSI GS CIM 009, 6.3.5).
pub(super) struct JsonBody(pub Value);

impl FromRequest<Arc<Shared>> for JsonBody {
    type Rejection = Problem;

    async fn from_request(request: Request, shared: &Arc<Shared>) -> Result<Self, Problem> {
        let is_linked_data = is_json_ld(request.headers())?;
        let bytes = Bytes::from_request(request, shared)
            .await
            .map_err(|rejection| {
                if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
                    Problem::payload_too_large(shared.options.max_body_bytes)
                } else {
                    Problem::invalid_request(rejection.body_text())
                }
            })?;
        let value: Value = serde_json::from_slice(&bytes)
            .map_err(|error| Problem::invalid_request(format!("the body is not JSON: {error}")))?;
        check_context(&value, is_linked_data)?;
        Ok(Self(value))
    }
}

fn is_json_ld(headers: &HeaderMap) -> Result<bool, Problem> {
    let content_type = headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    match content_type
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
    {
        "application/json" | "application/merge-patch+json" => Ok(false),
        "application/ld+json" => Ok(true),
        _ => Err(Problem::unsupported_media_type()),
    }
}

fn check_context(value: &Value, is_linked_data: bool) -> Result<(), Problem> {
    let items = match value {
        Value::Array(items) => items.as_slice(),
        single => std::slice::from_ref(single),
    };
    for item in items {
        match (item.get("@context").is_some(), is_linked_data) {
            (true, false) => {
                let detail =
                    "an application/json body holds no @context; it goes into the Link header";
                return Err(Problem::bad_data(detail));
            }
            (false, true) => {
                let detail = "an application/ld+json body needs an @context";
                return Err(Problem::bad_data(detail));
            }
            _ => {}
        }
    }
    Ok(())
}
