//! Notifications (ETSI GS CIM 009, 5.3.1) as a receiver reads them.

use jiff::Timestamp;
use serde_json::Value;

use super::context::Context;
use super::entity::Entity;
use super::entity_reader::entities_from_value;
use crate::diagnostics::Diagnostics;
use crate::error::Error;

/// What a broker tells a subscriber.
#[derive(Debug, Clone, PartialEq)]
pub struct Notification {
    /// The subscription it belongs to, where the sender says so.
    pub subscription_id: Option<String>,
    /// When the broker sent it, by the clock of the broker.
    pub notified_at: Option<Timestamp>,
    /// What changed: whole entities, or only the attributes asked for. One that carries `deletedAt` is gone.
    pub entities: Vec<Entity>,
}

impl Notification {
    /// Reads a notification; a bare entity or a list of them passes as one without a subscription.
    ///
    /// # Errors
    /// [`Error::NotAnEntity`] when there are no entities in it.
    pub fn from_value(
        value: Value,
        context: &Context,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Error> {
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let subscription_id = text("subscriptionId").map(str::to_owned);
        let notified_at = text("notifiedAt").and_then(|time| time.parse().ok());
        let entities = entities_from_value(value, context, diagnostics)?;
        Ok(Self {
            subscription_id,
            notified_at,
            entities,
        })
    }
}
