//! The HTTP endpoint that brokers send notifications to. Its path holds a secret, so that no one else can feed it, and
//! its answer is always 200: some brokers take nothing else for success.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use axum::Router;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use axum::routing::post;

use super::config::LinkConfig;
use super::event::LinkEvent;
use super::outbox::Outbox;
use crate::clock::Clock;
use crate::diagnostics::{Diagnostics, Severity};
use crate::error::Error;
use crate::model::{Context, Notification};

/// A bound endpoint that does not serve yet.
pub(super) struct Endpoint {
    listener: TcpListener,
    path: String,
    /// The URL that brokers are told.
    pub url: String,
}

struct Receiver {
    outbox: Arc<Outbox>,
    context: Context,
    clock: Clock,
    max_bytes: usize,
}

impl Endpoint {
    /// Takes the port.
    pub fn bind(config: &LinkConfig) -> Result<Self, Error> {
        let address = config.listen;
        if address.ip().is_unspecified() && config.public_url.is_none() {
            return Err(Error::InvalidUrl {
                url: address.to_string(),
                reason: "the broker must be told a URL at which it reaches this machine".to_owned(),
            });
        }
        let listener = TcpListener::bind(address).map_err(|error| listen_error(address, &error))?;
        let local = listener
            .local_addr()
            .map_err(|error| listen_error(address, &error))?;
        let path = format!("/notify/{}", secret()?);
        let base = match &config.public_url {
            Some(url) => url.trim_end_matches('/').to_owned(),
            None => format!("http://{local}"),
        };
        let url = format!("{base}{path}");
        Ok(Self {
            listener,
            path,
            url,
        })
    }

    /// Serves until the future is dropped.
    pub async fn serve(
        self,
        config: &LinkConfig,
        context: Context,
        outbox: Arc<Outbox>,
    ) -> std::io::Result<()> {
        self.listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(self.listener)?;
        let max_bytes = config.max_notification_bytes;
        let receiver = Receiver {
            outbox,
            context,
            clock: config.clock.clone(),
            max_bytes,
        };
        let app = Router::new()
            .route(&self.path, post(receive))
            .layer(DefaultBodyLimit::max(max_bytes))
            .with_state(Arc::new(receiver));
        axum::serve(listener, app).await
    }
}

/// Listening failed: the port is taken, or something else.
pub(crate) fn listen_error(address: SocketAddr, error: &std::io::Error) -> Error {
    match error.kind() {
        std::io::ErrorKind::AddrInUse => Error::PortInUse { address },
        _ => Error::Listen {
            address,
            reason: error.to_string(),
        },
    }
}

/// 128 bits that cannot be guessed, as a path segment.
fn secret() -> Result<String, Error> {
    let mut bytes = [0; 16];
    rustls::crypto::ring::default_provider()
        .secure_random
        .fill(&mut bytes)
        .map_err(|_| Error::Client {
            reason: "the system gives no random numbers".to_owned(),
        })?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

async fn receive(
    State(receiver): State<Arc<Receiver>>,
    body: Result<Bytes, BytesRejection>,
) -> StatusCode {
    let received_at = (receiver.clock)();
    let mut diagnostics = Diagnostics::new();
    let refuse = |diagnostics: &mut Diagnostics, message: String| {
        diagnostics.push_general("LD-014", Severity::Error, message);
    };
    let mut status = StatusCode::OK;
    match body {
        Err(rejection) => {
            status = rejection.status();
            let message = if status == StatusCode::PAYLOAD_TOO_LARGE {
                format!(
                    "a notification is larger than {} bytes and was refused",
                    receiver.max_bytes
                )
            } else {
                format!("a notification broke off: {rejection}")
            };
            refuse(&mut diagnostics, message);
        }
        Ok(bytes) => match read(&bytes, &receiver.context, &mut diagnostics) {
            Ok(notification) => receiver.outbox.push_notification(LinkEvent::Notification {
                entities: notification.entities,
                received_at,
                notified_at: notification.notified_at,
                coalesced: 0,
            }),
            Err(error) => {
                status = StatusCode::BAD_REQUEST;
                refuse(
                    &mut diagnostics,
                    format!("a notification cannot be read: {error}"),
                );
            }
        },
    }
    if !diagnostics.items.is_empty() {
        receiver.outbox.push_diagnostics(diagnostics.items);
    }
    status
}

fn read(
    bytes: &[u8],
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> Result<Notification, Error> {
    let value = serde_json::from_slice(bytes).map_err(|error| Error::Syntax {
        reason: error.to_string(),
    })?;
    Notification::from_value(value, context, diagnostics)
}
