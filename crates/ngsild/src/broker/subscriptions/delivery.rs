//! Sends notifications (ETSI GS CIM 009, 6.3.8) to one subscriber, one after the other, in a task of its own: a slow
//! subscriber delays nobody else. Connections are kept open. A notification that fails is counted, not repeated.

use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LINK};
use serde_json::{Value, json};

use super::matching::Matcher;
use super::pending::Pending;
use crate::broker::media::{MediaType, add_context, context_link};
use crate::broker::tenant::Shared;
use crate::model::{Entity, Representation, Subscription};

/// Longest time between two notifications that is obeyed, seconds: a day.
const MAX_THROTTLING_SECS: f64 = 86_400.0;

/// Sends what is pending until the task is ended.
pub(super) struct Delivery {
    pub shared: Arc<Shared>,
    pub tenant: String,
    pub subscription_id: String,
    pub subscription: Subscription,
    pub matcher: Arc<Matcher>,
    pub pending: Arc<Pending>,
}

impl Delivery {
    pub async fn run(self) {
        let throttling = self
            .subscription
            .throttling
            .as_ref()
            .and_then(|t| t.as_f64());
        let pause = throttling.map(|secs| Duration::from_secs_f64(secs.min(MAX_THROTTLING_SECS)));
        let mut sequence: u64 = 0;
        loop {
            let entities = self.pending.next_batch(pause.is_some()).await;
            sequence += 1;
            let sent = self.send(&entities, sequence).await;
            if let Err(reason) = &sent {
                tracing::debug!(
                    "a notification of {} failed: {reason}",
                    self.subscription_id
                );
            }
            let now = self.shared.now();
            let noted = self.shared.read(&self.tenant, |tenant| {
                tenant
                    .subscriptions
                    .note_delivery(&self.subscription_id, sent.is_ok(), now);
                Ok(())
            });
            if noted.is_err() {
                return;
            }
            if let Some(pause) = pause {
                tokio::time::sleep(pause).await;
            }
        }
    }

    async fn send(&self, entities: &[Arc<Entity>], sequence: u64) -> Result<(), String> {
        let endpoint = &self.subscription.notification.endpoint;
        let media_type = match endpoint.accept.as_deref() {
            Some("application/ld+json") => MediaType::JsonLd,
            _ => MediaType::Json,
        };
        let request = self
            .shared
            .http
            .post(&endpoint.uri)
            .timeout(self.timeout())
            .headers(self.headers(media_type)?)
            .body(self.body(entities, media_type, sequence).to_string());
        let response = request.send().await.map_err(|error| error.to_string())?;
        let status = response.status();
        if status.is_success() {
            Ok(())
        } else {
            Err(format!("the subscriber answered {status}"))
        }
    }

    fn timeout(&self) -> Duration {
        let wanted = self
            .subscription
            .notification
            .endpoint
            .other_members
            .get("timeout");
        wanted
            .and_then(Value::as_u64)
            .map_or(
                self.shared.options.notification_timeout,
                Duration::from_millis,
            )
            .min(Duration::from_secs(60))
    }

    fn headers(&self, media_type: MediaType) -> Result<HeaderMap, String> {
        let mut headers = HeaderMap::new();
        let value = |text: &str| HeaderValue::from_str(text).map_err(|error| error.to_string());
        for pair in &self.subscription.notification.endpoint.receiver_info {
            let name: HeaderName = pair.key.parse().map_err(|_| {
                format!("the receiverInfo key '{}' is no name of a header", pair.key)
            })?;
            headers.append(name, value(&pair.value)?);
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(media_type.name()));
        if media_type == MediaType::Json {
            headers.insert(LINK, value(&context_link())?);
        }
        if !self.tenant.is_empty() {
            headers.insert("NGSILD-Tenant", value(&self.tenant)?);
        }
        let format = match self.matcher.projection.representation() {
            Representation::Normalized => None,
            Representation::Concise => Some("concise"),
            Representation::Simplified => Some("simplified"),
        };
        if let Some(format) = format {
            headers.insert("Ngsild-Attribute-Format", HeaderValue::from_static(format));
        }
        Ok(headers)
    }

    fn body(&self, entities: &[Arc<Entity>], media_type: MediaType, sequence: u64) -> Value {
        let mut data: Value = entities
            .iter()
            .map(|entity| self.matcher.projection.write(entity))
            .collect();
        if media_type == MediaType::JsonLd {
            add_context(&mut data);
        }
        let now = self.shared.now();
        let name = self
            .subscription_id
            .trim_start_matches("urn:ngsi-ld:Subscription:");
        json!({
            "id": format!("urn:ngsi-ld:Notification:{name}:{}:{sequence}", now.as_millisecond()),
            "type": "Notification",
            "subscriptionId": self.subscription_id,
            "notifiedAt": now.to_string(),
            "data": data,
        })
    }
}
