//! Documents from the network, one at a time, for callers that may wait.

use std::sync::Arc;

use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use tokio::runtime::Runtime;
use url::Url;

use crate::{OpenOptions, Progress, SourceError};

/// A client with its own small runtime; cheap to clone, to be called from any thread that is not async.
#[derive(Clone)]
pub(crate) struct HttpClient {
    runtime: Arc<Runtime>,
    client: Client,
    max_bytes: u64,
}

/// A document as received.
pub(crate) struct Document {
    /// Address after redirects: what relative references refer to.
    pub(crate) url: Url,
    /// The bytes, already unpacked from transfer compression.
    pub(crate) bytes: Vec<u8>,
}

impl HttpClient {
    /// # Errors
    /// [`SourceError::System`] if no thread or TLS provider can be had.
    pub(crate) fn new(options: &OpenOptions) -> Result<Self, SourceError> {
        let refused = |reason: String| SourceError::System {
            source_name: "the network".to_owned(),
            reason,
        };
        // Another part of the program may have installed the same provider already.
        let _already_there = rustls::crypto::ring::default_provider().install_default();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("veduta-sources-http")
            .enable_all()
            .build()
            .map_err(|error| refused(error.to_string()))?;
        let client = Client::builder()
            .user_agent(concat!("veduta/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(std::time::Duration::from_secs(20))
            .read_timeout(std::time::Duration::from_secs(60))
            .redirect(Policy::limited(options.max_redirects))
            .build()
            .map_err(|error| refused(error.to_string()))?;
        Ok(Self {
            runtime: Arc::new(runtime),
            client,
            max_bytes: options.max_download_bytes,
        })
    }

    /// Fetches one document whole.
    ///
    /// # Errors
    /// [`SourceError::Http`] for a failed connection or a status that is no success,
    /// [`SourceError::Limit`] for more bytes than allowed.
    pub(crate) fn get(
        &self,
        url: &Url,
        progress: &dyn Fn(Progress),
    ) -> Result<Document, SourceError> {
        self.runtime.block_on(self.fetch(url, progress))
    }

    async fn fetch(&self, url: &Url, progress: &dyn Fn(Progress)) -> Result<Document, SourceError> {
        let failed = |reason: String| SourceError::Http {
            url: url.to_string(),
            reason,
        };
        let too_large = |actual| SourceError::Limit {
            source_name: url.to_string(),
            what: "bytes",
            actual,
            limit: self.max_bytes,
        };
        let mut response: Response = self
            .client
            .get(url.clone())
            .send()
            .await
            .map_err(|error| failed(network_advice(&error)))?;
        if !response.status().is_success() {
            return Err(failed(status_advice(response.status())));
        }
        let bytes_total = response.content_length();
        if let Some(total) = bytes_total.filter(|total| *total > self.max_bytes) {
            return Err(too_large(total));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| failed(network_advice(&error)))?
        {
            bytes.extend_from_slice(&chunk);
            if bytes.len() as u64 > self.max_bytes {
                return Err(too_large(bytes.len() as u64));
            }
            progress(Progress::Downloading {
                bytes_done: bytes.len() as u64,
                bytes_total,
            });
        }
        Ok(Document {
            url: response.url().clone(),
            bytes,
        })
    }
}

fn status_advice(status: StatusCode) -> String {
    let advice = match status {
        StatusCode::NOT_FOUND | StatusCode::GONE => "nothing is there; check the address",
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => {
            "access is refused; the address may need a key or a login"
        }
        StatusCode::TOO_MANY_REQUESTS => "the server asks for fewer requests; try again later",
        status if status.is_server_error() => "the server has a fault; try again later",
        _ => "check the address",
    };
    format!("the server answers {status}: {advice}")
}

fn network_advice(error: &reqwest::Error) -> String {
    use std::error::Error;
    let mut reason = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        // The innermost cause says what really happened: connection refused, name not found.
        reason = inner.to_string();
        cause = inner.source();
    }
    if error.is_redirect() {
        return format!("{reason}; the address leads in circles");
    }
    if error.is_timeout() {
        return "the server does not answer in time; check the address and the network".to_owned();
    }
    format!("{reason}; check the address and the network")
}
