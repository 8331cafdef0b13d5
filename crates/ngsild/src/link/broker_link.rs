//! Starts and ends links.

use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::{Notify, mpsc, watch};
use tokio::task::JoinHandle;

use super::config::LinkConfig;
use super::endpoint::Endpoint;
use super::event::LinkEvent;
use super::outbox::Outbox;
use super::session::Session;
use crate::client::{BrokerClient, stable_subscription_id};
use crate::error::Error;
use crate::model::Context;

/// A live link to one broker.
pub struct BrokerLink;

/// Ends a link. Dropping it ends the link too, but does not wait for the subscription to be deleted.
#[derive(Debug)]
pub struct LinkHandle {
    is_ending: watch::Sender<bool>,
    refresh: Arc<Notify>,
    task: Option<JoinHandle<()>>,
    endpoint_url: String,
    subscription_id: String,
}

impl BrokerLink {
    /// Starts a link on a tokio runtime. What happens comes out of the receiver; a link whose receiver is dropped ends.
    ///
    /// # Errors
    /// What is wrong with the configuration ([`Error::InvalidUrl`], [`Error::InvalidHeader`]), or the port for
    /// notifications cannot be had ([`Error::PortInUse`], [`Error::Listen`]). A broker that does not answer is no error
    /// but an event.
    pub fn spawn(
        config: LinkConfig,
        runtime: &Handle,
    ) -> Result<(LinkHandle, mpsc::Receiver<LinkEvent>), Error> {
        Self::spawn_with_context(config, Context::core(), runtime)
    }

    /// The same, with a context whose IRIs are shortened in what the broker says.
    ///
    /// # Errors
    /// As [`BrokerLink::spawn`].
    pub fn spawn_with_context(
        config: LinkConfig,
        context: Context,
        runtime: &Handle,
    ) -> Result<(LinkHandle, mpsc::Receiver<LinkEvent>), Error> {
        let client = BrokerClient::with_context(config.client.clone(), context.clone())?;
        let endpoint = Endpoint::bind(&config)?;
        let endpoint_url = endpoint.url.clone();
        let subscription_id = stable_subscription_id(&config.client_id);
        let outbox = Arc::new(Outbox::new(config.event_capacity));
        let (sender, receiver) = mpsc::channel(config.event_capacity.max(1));
        let (is_ending, mut ending) = watch::channel(false);
        let refresh = Arc::new(Notify::new());
        let mut session = Session::new(
            config.clone(),
            client,
            outbox.clone(),
            endpoint_url.clone(),
            subscription_id.clone(),
            refresh.clone(),
        );
        let task = runtime.spawn(async move {
            tokio::select! {
                () = session.run() => {}
                // The endpoint ends only if the system takes its socket away.
                ended = endpoint.serve(&config, context, outbox.clone()) => {
                    tracing::warn!("the endpoint for notifications ended: {ended:?}");
                }
                // The reader of events went away.
                () = outbox.pump(sender) => {}
                _ = ending.wait_for(|is_ending| *is_ending) => {}
            }
            session.unsubscribe().await;
        });
        let handle = LinkHandle {
            is_ending,
            refresh,
            task: Some(task),
            endpoint_url,
            subscription_id,
        };
        Ok((handle, receiver))
    }
}

impl LinkHandle {
    /// Ends the link and waits until its subscription is deleted, or the broker has shown that it cannot be reached.
    pub async fn shutdown(mut self) {
        // An error means that the task has ended already.
        let _ = self.is_ending.send(true);
        if let Some(task) = self.task.take()
            && let Err(error) = task.await
        {
            tracing::error!("the link to a broker did not end properly: {error}");
        }
    }

    /// Asks for the whole state to be fetched now.
    pub fn refresh(&self) {
        self.refresh.notify_one();
    }

    /// The URL that the broker is told to send notifications to; it holds a secret.
    pub fn endpoint_url(&self) -> &str {
        &self.endpoint_url
    }

    /// The id of its subscription at the broker.
    pub fn subscription_id(&self) -> &str {
        &self.subscription_id
    }
}

impl Drop for LinkHandle {
    fn drop(&mut self) {
        // The task goes on by itself for as long as its runtime lives.
        let _ = self.is_ending.send(true);
    }
}
