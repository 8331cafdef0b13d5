//! How the embedded broker behaves, and its limits.

use std::time::Duration;

use crate::clock::{Clock, system_clock};

/// Options of the embedded broker.
#[derive(Clone)]
pub struct BrokerOptions {
    /// Whether it may listen where other machines reach it. It has no access control, so only in a network that may be
    /// trusted wholly. `false`.
    pub allow_public: bool,
    /// Entities answered at once where the request does not say. 20.
    pub default_limit: usize,
    /// Entities answered at once at most; more is refused. 1000.
    pub max_limit: usize,
    /// Largest body accepted. 16 MiB.
    pub max_body_bytes: usize,
    /// Instances of one attribute that the history keeps; the oldest go first. 2000.
    pub max_history_per_attribute: usize,
    /// Instances that the history keeps in all, about 300 bytes each. 1 000 000.
    pub max_history: usize,
    /// Changes that wait for one slow subscriber; then older changes of the same entity are left out. 1000.
    pub max_pending_notifications: usize,
    /// Longest wait for the answer to a notification. 5 s.
    pub notification_timeout: Duration,
    /// What time it is.
    pub clock: Clock,
}

impl Default for BrokerOptions {
    fn default() -> Self {
        Self {
            allow_public: false,
            default_limit: 20,
            max_limit: 1000,
            max_body_bytes: 16 << 20,
            max_history_per_attribute: 2000,
            max_history: 1_000_000,
            max_pending_notifications: 1000,
            notification_timeout: Duration::from_secs(5),
            clock: system_clock(),
        }
    }
}
