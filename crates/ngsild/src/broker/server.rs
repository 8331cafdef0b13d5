//! Starts and ends the embedded broker.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::timeout;

use super::options::BrokerOptions;
use super::routes::router;
use super::tenant::Shared;
use crate::client::install_crypto_provider;
use crate::error::Error;
use crate::link::listen_error;

/// Longest wait for requests under way when the broker ends.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(2);

/// The embedded broker.
pub struct Broker;

/// A broker at work. Dropping it ends it too, without waiting.
pub struct RunningBroker {
    address: SocketAddr,
    shared: Arc<Shared>,
    is_ending: watch::Sender<bool>,
    task: Option<JoinHandle<()>>,
}

impl Broker {
    /// Starts a broker; port 0 takes any that is free. Must be called on a tokio runtime.
    ///
    /// # Errors
    /// [`Error::NotLoopback`] for an address that other machines reach unless the options allow it,
    /// [`Error::PortInUse`] and [`Error::Listen`] when the address cannot be had.
    pub async fn bind(address: SocketAddr, options: BrokerOptions) -> Result<RunningBroker, Error> {
        if !options.allow_public && !address.ip().is_loopback() {
            return Err(Error::NotLoopback { address });
        }
        install_crypto_provider();
        let failed = |error: std::io::Error| listen_error(address, &error);
        let listener = listen(address).map_err(failed)?;
        let bound = listener.local_addr().map_err(failed)?;
        // Subscribers are where they say they are; no proxy and no redirection stands between.
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("ngsild-broker/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| Error::Client {
                reason: error.to_string(),
            })?;
        let shared = Arc::new(Shared::new(options, http));
        let (is_ending, mut ending) = watch::channel(false);
        let app = router(shared.clone());
        let task = tokio::spawn(async move {
            let ended = axum::serve(listener, app)
                .with_graceful_shutdown(async move {
                    // An error means that the handle is gone, which ends the broker as well.
                    let _ = ending.wait_for(|is_ending| *is_ending).await;
                })
                .await;
            if let Err(error) = ended {
                tracing::error!("the embedded broker ended: {error}");
            }
        });
        Ok(RunningBroker {
            address: bound,
            shared,
            is_ending,
            task: Some(task),
        })
    }
}

fn listen(address: SocketAddr) -> std::io::Result<tokio::net::TcpListener> {
    let listener = TcpListener::bind(address)?;
    listener.set_nonblocking(true)?;
    tokio::net::TcpListener::from_std(listener)
}

impl RunningBroker {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What a client is told, `http://127.0.0.1:1026`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Ends it: requests under way are answered, subscriptions and entities are gone, the port is free.
    pub async fn shutdown(mut self) {
        self.begin_shutdown();
        if let Some(task) = self.task.take() {
            let abort = task.abort_handle();
            if timeout(SHUTDOWN_TIMEOUT, task).await.is_err() {
                abort.abort();
            }
        }
    }

    fn begin_shutdown(&self) {
        // An error means that it has ended already.
        let _ = self.is_ending.send(true);
        self.shared.close();
    }
}

impl Drop for RunningBroker {
    fn drop(&mut self) {
        self.begin_shutdown();
    }
}
