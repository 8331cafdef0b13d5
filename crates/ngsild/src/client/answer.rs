//! Reads answers, and tells apart the many ways in which there is none.

use std::error::Error as _;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde_json::Value;
use url::Url;

use crate::error::Error;

/// Characters of a strange answer that are shown.
const EXCERPT_CHARS: usize = 80;

/// A whole answer of a broker that is not a refusal.
pub(super) struct Answer {
    /// What was asked, without its query.
    pub url: String,
    pub status: u16,
    pub headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    /// Sends a request and reads what comes back; a refusal becomes an error.
    pub async fn fetch(
        request: reqwest::RequestBuilder,
        url: &Url,
        timeout: Duration,
        max_bytes: u64,
    ) -> Result<Self, Error> {
        let url = shown_url(url);
        let failed = |error: reqwest::Error| transport_error(&error, &url, timeout);
        let mut response = request.send().await.map_err(failed)?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let mut body = Vec::new();
        // Read piece by piece, so that an endless or a compressed answer cannot fill the memory.
        while let Some(piece) = response.chunk().await.map_err(failed)? {
            if body.len() as u64 + piece.len() as u64 > max_bytes {
                return Err(Error::TooLarge {
                    url,
                    limit_bytes: max_bytes,
                });
            }
            body.extend_from_slice(&piece);
        }
        let answer = Self {
            url,
            status,
            headers,
            body,
        };
        if (200..300).contains(&status) {
            Ok(answer)
        } else {
            Err(answer.refusal())
        }
    }

    /// The JSON in it.
    pub fn json(&self) -> Result<Value, Error> {
        if !self.claims_json() {
            return Err(self.not_json());
        }
        serde_json::from_slice(&self.body).map_err(|error| Error::Unreadable {
            url: self.url.clone(),
            reason: error.to_string(),
        })
    }

    /// A header as text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    fn content_type(&self) -> Option<&str> {
        self.headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
    }

    /// JSON of any kind, or nothing said.
    fn claims_json(&self) -> bool {
        self.content_type().is_none_or(|content_type| {
            let essence = content_type.split(';').next().unwrap_or_default().trim();
            essence.to_ascii_lowercase().ends_with("json")
        })
    }

    fn not_json(&self) -> Error {
        Error::NotJson {
            url: self.url.clone(),
            status: self.status,
            content_type: self.content_type().unwrap_or("no content type").to_owned(),
            excerpt: self.excerpt(),
        }
    }

    fn excerpt(&self) -> String {
        let text = String::from_utf8_lossy(&self.body);
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ").chars().take(EXCERPT_CHARS).collect()
    }

    /// ProblemDetails in all the shapes they come in: without detail, with `details`, with an object for a detail, with
    /// white space in the type, as plain text, or nothing at all.
    fn refusal(&self) -> Error {
        let problem = match serde_json::from_slice(&self.body) {
            Ok(Value::Object(members)) => members,
            _ if self.content_type().is_some_and(|t| t.contains("html")) => return self.not_json(),
            _ => serde_json::Map::new(),
        };
        let text = |key: &str| match problem.get(key) {
            Some(Value::String(text)) => text.trim().to_owned(),
            None | Some(Value::Null) => String::new(),
            Some(other) => other.to_string(),
        };
        let mut detail = text("detail");
        if detail.is_empty() {
            detail = text("details");
        }
        if problem.is_empty() {
            detail = self.excerpt();
        }
        Error::Answer {
            url: self.url.clone(),
            status: self.status,
            problem_type: text("type"),
            title: text("title"),
            detail,
        }
    }
}

/// A URL as it may be shown and logged: without user, password and query.
fn shown_url(url: &Url) -> String {
    let mut shown = url.clone();
    // Both fail only for URLs without a host, which are refused before.
    let _ = shown.set_username("");
    let _ = shown.set_password(None);
    shown.set_query(None);
    shown.to_string()
}

fn transport_error(error: &reqwest::Error, url: &str, timeout: Duration) -> Error {
    let url = url.to_owned();
    if error.is_timeout() {
        return Error::Timeout {
            url,
            seconds: timeout.as_secs(),
        };
    }
    let mut reason = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let io = inner.downcast_ref::<std::io::Error>();
        if io.is_some_and(|io| io.kind() == std::io::ErrorKind::ConnectionRefused) {
            return Error::Refused { url };
        }
        reason = inner.to_string();
        cause = inner.source();
    }
    Error::Unreachable { url, reason }
}
