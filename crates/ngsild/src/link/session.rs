//! One link's life: connect, watch, and when the broker is lost wait and begin again.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, sleep_until, timeout};

use super::config::LinkConfig;
use super::event::LinkEvent;
use super::outbox::Outbox;
use crate::client::BrokerClient;
use crate::error::Error;
use crate::model::Subscription;

/// Everything that changes the picture (ETSI GS CIM 009, 5.2.12).
const NOTIFICATION_TRIGGERS: [&str; 4] = [
    "attributeCreated",
    "attributeUpdated",
    "attributeDeleted",
    "entityDeleted",
];
/// Longest wait for the deletion of the subscription at the end.
const UNSUBSCRIBE_TIMEOUT: Duration = Duration::from_secs(3);

pub(super) struct Session {
    pub(super) config: LinkConfig,
    pub(super) client: BrokerClient,
    pub(super) outbox: Arc<Outbox>,
    endpoint_url: String,
    subscription_id: String,
    refresh: Arc<Notify>,
    /// Set once a subscription may exist at the broker.
    may_be_subscribed: bool,
    /// Whether the broker took the subscription.
    is_subscribed: bool,
    /// The types watched now.
    pub(super) entity_types: Vec<String>,
    /// Ids of all entities told of, to find those that vanish.
    pub(super) known_ids: BTreeSet<String>,
    /// Until when the history is known.
    pub(super) history_until: Option<Timestamp>,
    /// Whether it was said that the broker keeps no history.
    pub(super) is_history_missing: bool,
    /// The failure of delivery last told of.
    last_failure_told: Option<Timestamp>,
}

impl Session {
    pub fn new(
        config: LinkConfig,
        client: BrokerClient,
        outbox: Arc<Outbox>,
        endpoint_url: String,
        subscription_id: String,
        refresh: Arc<Notify>,
    ) -> Self {
        Self {
            config,
            client,
            outbox,
            endpoint_url,
            subscription_id,
            refresh,
            may_be_subscribed: false,
            is_subscribed: false,
            entity_types: Vec::new(),
            known_ids: BTreeSet::new(),
            history_until: None,
            is_history_missing: false,
            last_failure_told: None,
        }
    }

    /// Runs until it is dropped. It may be dropped at any point.
    pub async fn run(&mut self) {
        let mut attempt = 0;
        loop {
            attempt += 1;
            let url = self.client.base_url().to_owned();
            self.outbox.push(LinkEvent::Connecting { url, attempt });
            match self.connect().await {
                Ok(()) => {
                    attempt = 0;
                    let error = self.watch().await;
                    self.outbox.push(LinkEvent::Disconnected {
                        reason: error.to_string(),
                    });
                }
                Err(error) => self.tell_problem(&error),
            }
            sleep(self.backoff(attempt)).await;
        }
    }

    /// Doubles with every attempt. No randomness: one viewer has one link per broker.
    fn backoff(&self, attempt: u32) -> Duration {
        let factor = 2_u32.saturating_pow(attempt.saturating_sub(1).min(16));
        self.config
            .first_backoff
            .saturating_mul(factor)
            .min(self.config.max_backoff)
    }

    /// Subscribes, then fetches the state.
    pub(super) async fn connect(&mut self) -> Result<(), Error> {
        self.entity_types = self.types_to_watch().await?;
        // Notifications that arrive from here on follow the state, or an older state would undo them.
        self.outbox.hold();
        self.is_subscribed = self.subscribe().await?;
        self.outbox.push(LinkEvent::Connected {
            url: self.client.base_url().to_owned(),
            entity_types: self.entity_types.clone(),
            is_subscribed: self.is_subscribed,
        });
        let fetched = self.fetch_state().await;
        self.outbox.release();
        fetched?;
        self.fetch_history().await;
        Ok(())
    }

    async fn types_to_watch(&self) -> Result<Vec<String>, Error> {
        if self.config.entity_types.is_empty() {
            self.client.types().await
        } else {
            Ok(self.config.entity_types.clone())
        }
    }

    /// A broker that refuses subscriptions is watched by asking again and again; one that cannot be reached is not.
    async fn subscribe(&mut self) -> Result<bool, Error> {
        if self.entity_types.is_empty() {
            return Ok(false);
        }
        let mut subscription = Subscription::to_types(
            &self.subscription_id,
            &self.entity_types,
            &self.endpoint_url,
        );
        subscription.expires_at = (self.config.clock)().checked_add(self.config.lease).ok();
        self.may_be_subscribed = true;
        subscription.notification_trigger = NOTIFICATION_TRIGGERS
            .iter()
            .map(|&trigger| trigger.to_owned())
            .collect();
        let mut answer = self.client.replace_subscription(&subscription).await;
        if matches!(&answer, Err(error) if !error.is_transient()) {
            // Brokers before 1.6 of the standard do not know triggers; deletions are then found by fetching the state.
            subscription.notification_trigger.clear();
            answer = self.client.replace_subscription(&subscription).await;
        }
        match answer {
            Ok(_) => Ok(true),
            Err(error) if error.is_transient() => Err(error),
            Err(error) => {
                self.outbox.push(LinkEvent::Problem {
                    message: format!("the broker takes no subscription: {error}"),
                    remedy: format!(
                        "Values are asked for every {} s instead. {}",
                        self.config.poll_interval.as_secs(),
                        error.remedy()
                    ),
                });
                Ok(false)
            }
        }
    }

    /// Looks after a connected broker until it is lost, and says how.
    async fn watch(&mut self) -> Error {
        let mut next_check = Instant::now() + self.config.check_interval;
        let mut next_resync = Instant::now() + self.resync_interval();
        let mut next_renewal = Instant::now() + self.config.lease / 2;
        let refresh = self.refresh.clone();
        loop {
            let step = tokio::select! {
                () = sleep_until(next_check), if self.is_subscribed => {
                    next_check = Instant::now() + self.config.check_interval;
                    self.check().await
                }
                () = sleep_until(next_renewal), if self.is_subscribed => {
                    next_renewal = Instant::now() + self.config.lease / 2;
                    self.renew().await
                }
                () = sleep_until(next_resync) => {
                    let step = self.resync().await;
                    next_resync = Instant::now() + self.resync_interval();
                    step
                }
                () = refresh.notified() => self.resync().await,
            };
            if let Err(error) = step {
                return error;
            }
        }
    }

    fn resync_interval(&self) -> Duration {
        if self.is_subscribed {
            self.config.resync_interval
        } else {
            self.config.poll_interval
        }
    }

    /// Looks at the subscription and for types that are new.
    async fn check(&mut self) -> Result<(), Error> {
        self.check_subscription().await?;
        if self.has_new_types().await? {
            self.connect().await?;
        }
        Ok(())
    }

    /// Whether the broker has entities of types that are not watched yet and should be.
    pub(super) async fn has_new_types(&self) -> Result<bool, Error> {
        let types = self.types_to_watch().await?;
        Ok(types.iter().any(|name| !self.entity_types.contains(name)))
    }

    /// Whether the broker still has the subscription, and whether its notifications arrive.
    async fn check_subscription(&mut self) -> Result<(), Error> {
        let subscription = match self.client.subscription(&self.subscription_id).await {
            Ok(subscription) => subscription,
            // It forgot: brokers that keep everything in memory do when they are started anew.
            Err(error) if error.status() == Some(404) || error.is_transient() => return Err(error),
            // It does not let us look; notifications may arrive all the same.
            Err(_) => return Ok(()),
        };
        let delivery = &subscription.notification;
        let is_failing = delivery.last_failure.is_some()
            && delivery.last_failure > delivery.last_success
            && delivery.last_failure > self.last_failure_told;
        if is_failing {
            self.last_failure_told = delivery.last_failure;
            self.outbox.push(LinkEvent::Problem {
                message: "the broker could not deliver its last notification".to_owned(),
                remedy: "Make sure that the broker reaches this machine; give the address at \
                         which it does as the public URL of the connection."
                    .to_owned(),
            });
        }
        self.history_until = Some((self.config.clock)());
        Ok(())
    }

    async fn renew(&mut self) -> Result<(), Error> {
        let Ok(expires_at) = (self.config.clock)().checked_add(self.config.lease) else {
            return Ok(());
        };
        match self
            .client
            .renew_subscription(&self.subscription_id, expires_at)
            .await
        {
            Err(error) if !error.is_transient() && error.status() != Some(404) => {
                // A broker that cannot move the end of a subscription gets a new one.
                self.is_subscribed = self.subscribe().await?;
                Ok(())
            }
            renewed => renewed,
        }
    }

    /// Deletes the subscription, best effort: it expires anyway.
    pub async fn unsubscribe(&mut self) {
        if !self.may_be_subscribed {
            return;
        }
        let deletion = self.client.delete_subscription(&self.subscription_id);
        match timeout(UNSUBSCRIBE_TIMEOUT, deletion).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::info!("the subscription was left to expire: {error}"),
            Err(_) => tracing::info!("the subscription was left to expire: the broker is silent"),
        }
    }

    pub(super) fn tell_problem(&self, error: &Error) {
        self.outbox.push(LinkEvent::Problem {
            message: error.to_string(),
            remedy: error.remedy().to_owned(),
        });
    }
}
