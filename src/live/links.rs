//! Links to brokers, on a tokio runtime of their own, and what state they are in.

use std::time::Duration;

use bevy::prelude::*;
use ngsild::{BrokerLink, ClientConfig, LinkConfig, LinkEvent, LinkHandle};
use tokio::{runtime::Runtime, sync::mpsc::Receiver};
use veduta_scene::BrokerSettings;

use super::embedded::Ready;

/// The threads that speak to brokers.
#[derive(Resource)]
pub struct LiveRuntime(pub(super) Runtime);

impl FromWorld for LiveRuntime {
    fn from_world(_: &mut World) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("brokers")
            .enable_all()
            .build();
        match runtime {
            Ok(runtime) => Self(runtime),
            // Without threads the program cannot live.
            Err(error) => panic!("the system gives no threads for broker links: {error}"),
        }
    }
}

/// How a link stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum LinkStage {
    /// Trying.
    #[default]
    Connecting,
    /// Up.
    Connected,
    /// Down, with reason and remedy.
    Broken {
        /// One sentence.
        reason: String,
        /// One sentence; empty when it will be tried again by itself.
        remedy: String,
    },
}

/// A link of the open scene.
pub struct SceneLink {
    /// Name in the scene file.
    pub name: String,
    /// Address.
    pub url: String,
    /// How it stands.
    pub stage: LinkStage,
    pub(super) handle: Option<LinkHandle>,
    pub(super) events: Option<Receiver<LinkEvent>>,
    /// What has to happen before the link is started, and how it is to be started then.
    pub(super) waiting: Option<(Ready, BrokerSettings)>,
}

/// All links of the open scene.
#[derive(Resource, Default)]
pub struct SceneLinks {
    /// In the order of the scene file.
    pub links: Vec<SceneLink>,
}

/// Starts a link; one that cannot even be started stands there as broken.
pub(super) fn start_link(runtime: &Runtime, settings: &BrokerSettings, url: String) -> SceneLink {
    let mut client = ClientConfig::new(url.clone());
    client.tenant.clone_from(&settings.tenant);
    client.context_url.clone_from(&settings.context);
    client.temporal_base_url.clone_from(&settings.temporal_url);
    let mut config = LinkConfig::new(client, client_id(&settings.name));
    config.entity_types.clone_from(&settings.types);
    let hours = settings
        .history_hours
        .unwrap_or(24.0)
        .clamp(0.0, 24.0 * 366.0);
    config.history = (hours > 0.0).then(|| Duration::from_secs_f64(hours * 3600.0));
    if let Some(seconds) = settings.poll_secs {
        let pause = Duration::from_secs_f64(seconds.clamp(1.0, 86_400.0));
        config.poll_interval = pause;
        // Whoever asks for polling does not trust notifications to arrive.
        config.resync_interval = pause;
    }
    let mut link = SceneLink {
        name: settings.name.clone(),
        url,
        stage: LinkStage::Connecting,
        handle: None,
        events: None,
        waiting: None,
    };
    match BrokerLink::spawn(config, runtime.handle()) {
        Ok((handle, events)) => {
            link.handle = Some(handle);
            link.events = Some(events);
        }
        Err(error) => {
            link.stage = LinkStage::Broken {
                reason: error.to_string(),
                remedy: error.remedy().to_owned(),
            };
        }
    }
    link
}

/// Different for two viewers on one machine that watch the same broker. A viewer that crashed leaves a
/// subscription behind that ends with its lease.
fn client_id(broker: &str) -> String {
    let plain: String = broker
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() {
                c.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    format!("{}-{plain}-{}", machine(), std::process::id())
}

/// Name of this machine where it has one in the usual place; shells do not pass `HOSTNAME` on.
fn machine() -> String {
    let named = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
    match named.trim() {
        "" => "local".to_owned(),
        name => name.to_owned(),
    }
}

/// Ends links and waits until their subscriptions are deleted, but not for ever.
pub(super) fn end_links(runtime: &Runtime, links: &mut SceneLinks) {
    let handles: Vec<LinkHandle> = links
        .links
        .drain(..)
        .filter_map(|mut link| link.handle.take())
        .collect();
    if handles.is_empty() {
        return;
    }
    runtime.block_on(async {
        let all = async {
            for handle in handles {
                handle.shutdown().await;
            }
        };
        if tokio::time::timeout(Duration::from_secs(3), all)
            .await
            .is_err()
        {
            warn!("a broker did not confirm the end of its subscription within 3 s");
        }
    });
}
