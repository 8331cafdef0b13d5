//! Refusals: ProblemDetails (RFC 7807) with the types and statuses of ETSI GS CIM 009, 5.5.2 and 6.3.2.

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    kind: Kind,
    detail: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    InvalidRequest,
    BadRequestData,
    AlreadyExists,
    ResourceNotFound,
    NonexistentTenant,
    TooManyResults,
    OperationNotSupported,
    NotAcceptable,
    MethodNotAllowed,
    PayloadTooLarge,
    UnsupportedMediaType,
}

impl Problem {
    fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            detail: detail.into(),
        }
    }

    /// The request itself is wrong: not JSON, an unknown parameter.
    pub fn invalid_request(detail: impl Into<String>) -> Self {
        Self::new(Kind::InvalidRequest, detail)
    }

    /// What the request holds is wrong.
    pub fn bad_data(detail: impl Into<String>) -> Self {
        Self::new(Kind::BadRequestData, detail)
    }

    /// Something with this id is there already.
    pub fn already_exists(id: &str) -> Self {
        Self::new(Kind::AlreadyExists, format!("'{id}' exists already"))
    }

    /// There is nothing with this id.
    pub fn not_found(what: impl Into<String>) -> Self {
        Self::new(
            Kind::ResourceNotFound,
            format!("{} is not known", what.into()),
        )
    }

    /// Nothing was ever written to this tenant.
    pub fn unknown_tenant(tenant: &str) -> Self {
        Self::new(
            Kind::NonexistentTenant,
            format!("there is no tenant '{tenant}'"),
        )
    }

    /// More is asked for at once than is allowed.
    pub fn too_many_results(max_limit: usize) -> Self {
        Self::new(
            Kind::TooManyResults,
            format!("limit is at most {max_limit}"),
        )
    }

    /// The standard has it, this broker does not.
    pub fn not_supported(what: impl Into<String>) -> Self {
        let detail = format!("{} is not supported by this embedded broker", what.into());
        Self::new(Kind::OperationNotSupported, detail)
    }

    /// The answer is wanted in a form that it is not given in.
    pub fn not_acceptable() -> Self {
        Self::new(
            Kind::NotAcceptable,
            "answers are given as application/json or application/ld+json",
        )
    }

    /// The path exists, the method does not.
    pub fn method_not_allowed() -> Self {
        Self::new(
            Kind::MethodNotAllowed,
            "this path does not know this method",
        )
    }

    /// The body is larger than allowed.
    pub fn payload_too_large(max_bytes: usize) -> Self {
        Self::new(
            Kind::PayloadTooLarge,
            format!("a body has at most {max_bytes} bytes"),
        )
    }

    /// The body is not said to be JSON.
    pub fn unsupported_media_type() -> Self {
        Self::new(
            Kind::UnsupportedMediaType,
            "a body is application/json, application/ld+json or application/merge-patch+json",
        )
    }

    fn status(&self) -> StatusCode {
        match self.kind {
            Kind::InvalidRequest | Kind::BadRequestData => StatusCode::BAD_REQUEST,
            Kind::AlreadyExists => StatusCode::CONFLICT,
            Kind::ResourceNotFound | Kind::NonexistentTenant => StatusCode::NOT_FOUND,
            Kind::TooManyResults => StatusCode::FORBIDDEN,
            Kind::OperationNotSupported => StatusCode::NOT_IMPLEMENTED,
            Kind::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Kind::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Kind::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Kind::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        }
    }

    /// As a body, or as the `error` of one item of a batch.
    pub fn to_value(&self) -> Value {
        let (name, title) = match self.kind {
            Kind::InvalidRequest => ("InvalidRequest", "Invalid request"),
            Kind::BadRequestData => ("BadRequestData", "Bad request data"),
            Kind::AlreadyExists => ("AlreadyExists", "Already exists"),
            Kind::ResourceNotFound => ("ResourceNotFound", "Resource not found"),
            Kind::NonexistentTenant => ("NonexistentTenant", "Nonexistent tenant"),
            Kind::TooManyResults => ("TooManyResults", "Too many results"),
            Kind::OperationNotSupported => ("OperationNotSupported", "Operation not supported"),
            // The standard leaves these to HTTP; their type is that of an invalid request.
            Kind::NotAcceptable => ("InvalidRequest", "Not acceptable"),
            Kind::MethodNotAllowed => ("InvalidRequest", "Method not allowed"),
            Kind::PayloadTooLarge => ("InvalidRequest", "Payload too large"),
            Kind::UnsupportedMediaType => ("InvalidRequest", "Unsupported media type"),
        };
        json!({
            "type": format!("https://uri.etsi.org/ngsi-ld/errors/{name}"),
            "title": title,
            "detail": self.detail,
            "status": self.status().as_u16(),
        })
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let headers = [(CONTENT_TYPE, "application/problem+json")];
        (self.status(), headers, Json(self.to_value())).into_response()
    }
}
