//! The subscriptions of a tenant: created, changed, deleted, and told of changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value, json};
use tokio::task::JoinHandle;

use super::delivery::Delivery;
use super::matching::Matcher;
use super::pending::Pending;
use crate::broker::problem::Problem;
use crate::broker::store::Change;
use crate::broker::tenant::Shared;
use crate::model::{NGSI_LD_NULL, Subscription};

/// All subscriptions of a tenant by id.
#[derive(Default)]
pub(in crate::broker) struct Subscriptions {
    by_id: BTreeMap<String, Active>,
    created: u64,
}

/// A subscription at work. Dropping it ends its task.
struct Active {
    subscription: Subscription,
    matcher: Arc<Matcher>,
    pending: Arc<Pending>,
    left_out: u64,
    task: Option<JoinHandle<()>>,
}

impl Drop for Active {
    fn drop(&mut self) {
        self.end_delivery();
    }
}

impl Subscriptions {
    /// Adds a subscription; answers its id.
    pub fn create(
        &mut self,
        shared: &Arc<Shared>,
        tenant: &str,
        body: Value,
        now: Timestamp,
    ) -> Result<String, Problem> {
        let subscription = read(body)?;
        let id = match &subscription.id {
            Some(id) if self.by_id.contains_key(id) => return Err(Problem::already_exists(id)),
            Some(id) => id.clone(),
            None => {
                self.created += 1;
                format!(
                    "urn:ngsi-ld:Subscription:{}:{}",
                    now.as_millisecond(),
                    self.created
                )
            }
        };
        let subscription = Subscription {
            id: Some(id.clone()),
            ..subscription
        };
        let active = Active::start(shared, tenant, subscription, now)?;
        self.by_id.insert(id.clone(), active);
        Ok(id)
    }

    /// Takes over the members given (5.8.2).
    pub fn update(
        &mut self,
        shared: &Arc<Shared>,
        tenant: &str,
        id: &str,
        patch: Value,
        now: Timestamp,
    ) -> Result<(), Problem> {
        let known = self.find(id)?;
        let mut body = json!(known.subscription);
        merge(&mut body, patch)?;
        let subscription = Subscription {
            id: Some(id.to_owned()),
            ..read(body)?
        };
        let matcher = Arc::new(Matcher::new(&subscription, now)?);
        let Some(active) = self.by_id.get_mut(id) else {
            return Ok(());
        };
        let is_delivered_alike = subscription.notification == active.subscription.notification
            && subscription.throttling == active.subscription.throttling;
        active.matcher = matcher;
        active.subscription = subscription;
        // A renewed lease must not cost a notification that is just being sent.
        if !is_delivered_alike {
            active.end_delivery();
            active.start_delivery(shared, tenant);
        }
        Ok(())
    }

    /// Ends a subscription.
    pub fn delete(&mut self, id: &str) -> Result<(), Problem> {
        self.find(id)?;
        self.by_id.remove(id);
        Ok(())
    }

    /// A subscription with its status as of now.
    pub fn get(&self, id: &str, now: Timestamp) -> Result<Value, Problem> {
        Ok(self.find(id)?.describe(now))
    }

    /// All of them.
    pub fn list(&self, now: Timestamp) -> Vec<Value> {
        self.by_id
            .values()
            .map(|active| active.describe(now))
            .collect()
    }

    /// Passes changes on to those whom they concern.
    pub fn publish(&mut self, changes: &[Change], now: Timestamp) {
        for active in self
            .by_id
            .values_mut()
            .filter(|active| active.is_at_work(now))
        {
            for change in changes {
                if let Some(entity) = active.matcher.entity_to_notify(change)
                    && active.pending.push(entity)
                {
                    active.left_out += 1;
                }
            }
        }
    }

    /// Notes how a notification went.
    pub fn note_delivery(&mut self, id: &str, is_success: bool, now: Timestamp) {
        let Some(active) = self.by_id.get_mut(id) else {
            return;
        };
        let notification = &mut active.subscription.notification;
        notification.times_sent = Some(notification.times_sent.unwrap_or(0) + 1);
        notification.last_notification = Some(now);
        if is_success {
            notification.last_success = Some(now);
        } else {
            notification.times_failed = Some(notification.times_failed.unwrap_or(0) + 1);
            notification.last_failure = Some(now);
        }
        notification.status = Some(if is_success { "ok" } else { "failed" }.to_owned());
    }

    fn find(&self, id: &str) -> Result<&Active, Problem> {
        self.by_id
            .get(id)
            .ok_or_else(|| Problem::not_found(format!("the subscription '{id}'")))
    }
}

impl Active {
    fn start(
        shared: &Arc<Shared>,
        tenant: &str,
        subscription: Subscription,
        now: Timestamp,
    ) -> Result<Self, Problem> {
        let matcher = Arc::new(Matcher::new(&subscription, now)?);
        let pending = Arc::new(Pending::new(shared.options.max_pending_notifications));
        let mut active = Self {
            subscription,
            matcher,
            pending,
            left_out: 0,
            task: None,
        };
        active.start_delivery(shared, tenant);
        Ok(active)
    }

    fn start_delivery(&mut self, shared: &Arc<Shared>, tenant: &str) {
        let delivery = Delivery {
            shared: shared.clone(),
            tenant: tenant.to_owned(),
            subscription_id: self.subscription.id.clone().unwrap_or_default(),
            subscription: self.subscription.clone(),
            matcher: self.matcher.clone(),
            pending: self.pending.clone(),
        };
        self.task = Some(tokio::spawn(delivery.run()));
    }

    fn end_delivery(&mut self) {
        if let Some(task) = self.task.take() {
            task.abort();
        }
    }

    fn status(&self, now: Timestamp) -> &'static str {
        if self.subscription.expires_at.is_some_and(|end| end <= now) {
            "expired"
        } else if self.subscription.is_active == Some(false) {
            "paused"
        } else {
            "active"
        }
    }

    fn is_at_work(&self, now: Timestamp) -> bool {
        self.status(now) == "active"
    }

    fn describe(&self, now: Timestamp) -> Value {
        let mut body = json!(self.subscription);
        body["status"] = json!(self.status(now));
        if self.left_out > 0 {
            // Not of the standard, but a subscriber that is too slow should be able to find out.
            body["notification"]["changesLeftOut"] = json!(self.left_out);
        }
        body
    }
}

fn read(mut body: Value) -> Result<Subscription, Problem> {
    let Some(members) = body.as_object_mut() else {
        return Err(Problem::bad_data("a subscription is a JSON object"));
    };
    members.remove("@context");
    if !members.contains_key("type") {
        return Err(Problem::bad_data(
            "a subscription has the type 'Subscription'",
        ));
    }
    serde_json::from_value(body)
        .map_err(|error| Problem::bad_data(format!("the subscription cannot be read: {error}")))
}

/// JSON merge patch (RFC 7396), with the NGSI-LD Null as a null too.
fn merge(target: &mut Value, patch: Value) -> Result<(), Problem> {
    let Value::Object(patch) = patch else {
        return Err(Problem::bad_data(
            "a change of a subscription is a JSON object",
        ));
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    if let Some(members) = target.as_object_mut() {
        for (key, value) in patch {
            match value {
                Value::Null => {
                    members.remove(&key);
                }
                Value::String(text) if text == NGSI_LD_NULL => {
                    members.remove(&key);
                }
                Value::Object(_) => merge(members.entry(key).or_insert(Value::Null), value)?,
                other => {
                    members.insert(key, other);
                }
            }
        }
    }
    Ok(())
}
