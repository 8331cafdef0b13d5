//! Which broker to speak to, and how.

use std::time::Duration;

use url::Url;

use crate::error::Error;

/// How to reach a broker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientConfig {
    /// `http://localhost:1026`, with or without `/ngsi-ld/v1`.
    pub base_url: String,
    /// Another base for the temporal interface, where a second program serves it (Mintaka beside Orion-LD).
    pub temporal_base_url: Option<String>,
    /// `NGSILD-Tenant`; none for the default tenant, because some brokers refuse the header.
    pub tenant: Option<String>,
    /// Further headers, such as an API key.
    pub headers: Vec<(String, String)>,
    /// The `@context` that gives names their meaning. The *broker* fetches it, so it must be able to.
    pub context_url: Option<String>,
    /// Longest wait for a connection. 5 s.
    pub connect_timeout: Duration,
    /// Longest wait for a whole answer. 30 s.
    pub timeout: Duration,
    /// Entities asked for at once. 100: all known brokers allow it.
    pub page_size: u32,
    /// Largest answer read, after decompression. 64 MiB.
    pub max_answer_bytes: u64,
}

impl ClientConfig {
    /// A broker reached without tenant, token or context.
    pub fn new(base_url: impl Into<String>) -> Self {
        Self {
            base_url: base_url.into(),
            temporal_base_url: None,
            tenant: None,
            headers: Vec::new(),
            context_url: None,
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(30),
            page_size: 100,
            max_answer_bytes: 64 << 20,
        }
    }
}

/// The URL of the interface, `…/ngsi-ld/v1`, without a slash at its end.
pub(super) fn interface_url(given: &str) -> Result<Url, Error> {
    let invalid = |reason: &str| Error::InvalidUrl {
        url: given.to_owned(),
        reason: reason.to_owned(),
    };
    let mut url = Url::parse(given).map_err(|error| invalid(&error.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(invalid("it does not begin with http:// or https://"));
    }
    if url.host().is_none() {
        return Err(invalid("it has no host"));
    }
    url.set_query(None);
    url.set_fragment(None);
    let path = url.path().trim_end_matches('/').to_owned();
    if path.ends_with("/ngsi-ld/v1") {
        url.set_path(&path);
    } else {
        url.set_path(&format!("{path}/ngsi-ld/v1"));
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_base_url_may_be_written_in_many_ways() {
        for given in [
            "http://localhost:1026",
            "http://localhost:1026/",
            "http://localhost:1026/ngsi-ld/v1",
            "http://localhost:1026/ngsi-ld/v1/",
        ] {
            assert_eq!(
                interface_url(given).unwrap().as_str(),
                "http://localhost:1026/ngsi-ld/v1"
            );
        }
        let behind_a_proxy = interface_url("https://city.example/context").unwrap();
        assert_eq!(
            behind_a_proxy.as_str(),
            "https://city.example/context/ngsi-ld/v1"
        );
    }

    #[test]
    fn what_is_no_url_says_so() {
        for given in ["localhost:1026", "ftp://host", "", "http://"] {
            assert!(
                matches!(interface_url(given), Err(Error::InvalidUrl { .. })),
                "{given}"
            );
        }
    }
}
