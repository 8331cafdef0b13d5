//! What a link watches, and how patient it is.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use crate::client::ClientConfig;
use crate::clock::{Clock, system_clock};

/// How a link behaves.
#[derive(Clone)]
pub struct LinkConfig {
    /// How to reach the broker.
    pub client: ClientConfig,
    /// Names this viewer to the broker: the same after every start, different for two viewers that run at once.
    pub client_id: String,
    /// Entity types to watch; empty means all types of which the broker has entities, asked again at every check.
    pub entity_types: Vec<String>,
    /// Where notifications are received. Loopback and any free port; a broker on another machine needs more.
    pub listen: SocketAddr,
    /// How the broker reaches that address, where it is not the address itself: `http://viewer.city.example:8099`.
    pub public_url: Option<String>,
    /// How much history to fetch at the start; none means only what happens from now on.
    pub history: Option<Duration>,
    /// Events waiting for the reader before notifications are merged. 1024.
    pub event_capacity: usize,
    /// For how long a subscription lives without being renewed. 15 min; renewed at half time.
    pub lease: Duration,
    /// How often the subscription is looked at, which is also how soon a dead broker is noticed. 15 s.
    pub check_interval: Duration,
    /// How often the whole state is fetched again, which finds entities deleted at brokers that do not tell. 10 min.
    pub resync_interval: Duration,
    /// The same, for a broker that takes no subscription or has no entities yet. 5 s.
    pub poll_interval: Duration,
    /// First wait before a new attempt. 0.5 s; doubled each time.
    pub first_backoff: Duration,
    /// Longest wait before a new attempt. 30 s.
    pub max_backoff: Duration,
    /// Largest notification read. 16 MiB.
    pub max_notification_bytes: usize,
    /// What time it is.
    pub clock: Clock,
}

impl LinkConfig {
    /// Watches all types of a broker on this machine.
    pub fn new(client: ClientConfig, client_id: impl Into<String>) -> Self {
        Self {
            client,
            client_id: client_id.into(),
            entity_types: Vec::new(),
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            public_url: None,
            history: None,
            event_capacity: 1024,
            lease: Duration::from_secs(15 * 60),
            check_interval: Duration::from_secs(15),
            resync_interval: Duration::from_secs(10 * 60),
            poll_interval: Duration::from_secs(5),
            first_backoff: Duration::from_millis(500),
            max_backoff: Duration::from_secs(30),
            max_notification_bytes: 16 << 20,
            clock: system_clock(),
        }
    }
}
