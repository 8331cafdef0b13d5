//! The client itself: connections, and what every request carries.

use std::sync::Arc;

use reqwest::Method;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LINK};
use serde_json::Value;
use url::{Host, Url};

use super::answer::Answer;
use super::config::{ClientConfig, interface_url};
use crate::error::Error;
use crate::model::{CONTEXT_LINK_RELATION, Context};

/// Speaks to one broker. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct BrokerClient {
    pub(super) inner: Arc<Inner>,
}

#[derive(Debug)]
pub(super) struct Inner {
    http: reqwest::Client,
    base_url: Url,
    temporal_base_url: Url,
    pub config: ClientConfig,
    pub context: Context,
}

/// Which of the two interfaces a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Interface {
    Core,
    Temporal,
}

impl BrokerClient {
    /// Sets up a client; nothing is sent yet.
    ///
    /// # Errors
    /// [`Error::InvalidUrl`], [`Error::InvalidHeader`], or [`Error::Client`] when TLS cannot be set up.
    pub fn new(config: ClientConfig) -> Result<Self, Error> {
        Self::with_context(config, Context::core())
    }

    /// The same, with a context whose IRIs are shortened in what the broker answers.
    ///
    /// # Errors
    /// As [`BrokerClient::new`].
    pub fn with_context(config: ClientConfig, context: Context) -> Result<Self, Error> {
        install_crypto_provider();
        let base_url = interface_url(&config.base_url)?;
        let temporal_base_url = match &config.temporal_base_url {
            Some(url) => interface_url(url)?,
            None => base_url.clone(),
        };
        let mut builder = reqwest::Client::builder()
            .default_headers(standing_headers(&config)?)
            .connect_timeout(config.connect_timeout)
            .timeout(config.timeout)
            .user_agent(concat!("ngsild/", env!("CARGO_PKG_VERSION")));
        // A proxy of the system is for the world outside; it could not reach this machine's own ports.
        if is_loopback(&base_url) {
            builder = builder.no_proxy();
        }
        let http = builder.build().map_err(|error| Error::Client {
            reason: error.to_string(),
        })?;
        let inner = Inner {
            http,
            base_url,
            temporal_base_url,
            config,
            context,
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    /// The URL of the interface, `…/ngsi-ld/v1`.
    pub fn base_url(&self) -> &str {
        self.inner.base_url.as_str()
    }

    /// How it was set up.
    pub fn config(&self) -> &ClientConfig {
        &self.inner.config
    }

    pub(super) fn context(&self) -> &Context {
        &self.inner.context
    }

    pub(super) async fn get(
        &self,
        interface: Interface,
        path: &[&str],
        parameters: &[(&str, String)],
    ) -> Result<Answer, Error> {
        self.send(Method::GET, interface, path, parameters, None)
            .await
    }

    /// Sends a request to `path`, whose segments are encoded here, and waits for the whole answer.
    pub(super) async fn send(
        &self,
        method: Method,
        interface: Interface,
        path: &[&str],
        parameters: &[(&str, String)],
        body: Option<&Value>,
    ) -> Result<Answer, Error> {
        let mut url = match interface {
            Interface::Core => self.inner.base_url.clone(),
            Interface::Temporal => self.inner.temporal_base_url.clone(),
        };
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.extend(path);
        }
        if !parameters.is_empty() {
            url.query_pairs_mut().extend_pairs(parameters);
        }
        let mut request = self.inner.http.request(method, url.clone());
        if let Some(body) = body {
            request = request
                .header(CONTENT_TYPE, "application/json")
                .body(body.to_string());
        }
        let config = &self.inner.config;
        Answer::fetch(request, &url, config.timeout, config.max_answer_bytes).await
    }
}

/// Headers that every request carries.
fn standing_headers(config: &ClientConfig) -> Result<HeaderMap, Error> {
    let invalid = |name: &str| Error::InvalidHeader {
        name: name.to_owned(),
    };
    let value = |name: &str, text: &str| HeaderValue::from_str(text).map_err(|_| invalid(name));
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    if let Some(tenant) = &config.tenant {
        headers.insert("NGSILD-Tenant", value("NGSILD-Tenant", tenant)?);
    }
    if let Some(url) = &config.context_url {
        let link = format!(r#"<{url}>; rel="{CONTEXT_LINK_RELATION}"; type="application/ld+json""#);
        headers.insert(LINK, value("@context", &link)?);
    }
    for (name, text) in &config.headers {
        let key: HeaderName = name.parse().map_err(|_| invalid(name))?;
        let mut value = value(name, text)?;
        // It may be a token: kept out of debug output.
        value.set_sensitive(true);
        headers.append(key, value);
    }
    Ok(headers)
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Names the TLS implementation of the process. Another part of the program may have done so before, which is as good.
pub(crate) fn install_crypto_provider() {
    let _ = rustls::crypto::ring::default_provider().install_default();
}
