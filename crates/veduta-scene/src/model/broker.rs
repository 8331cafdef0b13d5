//! `[[brokers]]`: where live entities come from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::is_default;

/// One NGSI-LD context broker (ETSI GS CIM 009). Either `url` or `embedded = true` is given.
///
/// No passwords or tokens here: scene files are shared.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct BrokerSettings {
    /// Name in the status line.
    pub name: String,
    /// Address up to, without, `/ngsi-ld/v1`, such as `http://localhost:1026`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub url: Option<String>,
    /// Start the embedded broker with the scene and use it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub embedded: bool,
    /// Simulated sensors that feed the embedded broker; the name of a bundled scene, such as `demo`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub simulate: Option<String>,
    /// Tenant, sent as `NGSILD-Tenant` (clause 4.14).
    #[serde(default, skip_serializing_if = "is_default")]
    pub tenant: Option<String>,
    /// Entity types to show, as short names of the `@context` or as full IRIs. Empty: all.
    #[serde(default, skip_serializing_if = "is_default")]
    pub types: Vec<String>,
    /// Address of the JSON-LD `@context`, sent as a `Link` header. The broker fetches it, so it must be
    /// reachable from there.
    #[serde(default, skip_serializing_if = "is_default")]
    pub context: Option<String>,
    /// Address of the temporal interface where it is another than `url` (Mintaka beside Orion-LD).
    #[serde(default, skip_serializing_if = "is_default")]
    pub temporal_url: Option<String>,
    /// Hours of history to fetch on opening, where the broker keeps any. Left out: 24.
    #[serde(default, skip_serializing_if = "is_default")]
    pub history_hours: Option<f64>,
    /// Ask again every so many seconds instead of subscribing, for brokers that cannot reach this machine.
    #[serde(default, skip_serializing_if = "is_default")]
    pub poll_secs: Option<f64>,
}
