//! Whether a change concerns a subscription, and what the notification then says (ETSI GS CIM 009, 5.8.6).

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::Value;
use url::Url;

use crate::broker::problem::Problem;
use crate::broker::projection::Projection;
use crate::broker::query::{Condition, GeoCondition, IdPattern, TypeSelection};
use crate::broker::store::Change;
use crate::model::{
    AttributeInstance, AttributeKind, Entity, EntitySelector, Subscription, is_uri,
};

/// What a subscription says, checked and ready to be matched.
#[derive(Debug)]
pub(super) struct Matcher {
    selectors: Vec<Selector>,
    watched: Vec<String>,
    triggers: Vec<Trigger>,
    condition: Option<Condition>,
    geo: Option<GeoCondition>,
    pub projection: Projection,
    notified: Vec<String>,
}

#[derive(Debug)]
struct Selector {
    types: TypeSelection,
    ids: Vec<String>,
    id_pattern: Option<IdPattern>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Trigger {
    EntityCreated,
    EntityUpdated,
    EntityDeleted,
    AttributeCreated,
    AttributeUpdated,
    AttributeDeleted,
}

impl Matcher {
    /// Checks a subscription wholly.
    pub fn new(subscription: &Subscription, now: Timestamp) -> Result<Self, Problem> {
        check_form(subscription, now)?;
        let notification = &subscription.notification;
        let with_system_times =
            notification.other_members.get("sysAttrs") == Some(&Value::Bool(true));
        let notified = notification.attributes.clone();
        Ok(Self {
            selectors: subscription
                .entities
                .iter()
                .map(Selector::new)
                .collect::<Result<_, _>>()?,
            watched: subscription.watched_attributes.clone(),
            triggers: read_triggers(&subscription.notification_trigger)?,
            condition: subscription
                .q
                .as_deref()
                .map(Condition::parse)
                .transpose()?,
            geo: subscription
                .geo_q
                .as_ref()
                .map(GeoCondition::new)
                .transpose()?,
            projection: Projection::for_notification(
                notified.clone(),
                notification.format.as_deref(),
                with_system_times,
            )?,
            notified,
        })
    }

    /// The entity to notify of, if the change concerns the subscription.
    pub fn entity_to_notify(&self, change: &Change) -> Option<Arc<Entity>> {
        let entity = &change.entity;
        let is_selected =
            self.selectors.is_empty() || self.selectors.iter().any(|s| s.holds(entity));
        if !is_selected || !self.is_triggered(change) {
            return None;
        }
        if let Some(deleted_at) = change.deleted_at {
            let mut gone = Entity::new(entity.id.clone(), "");
            gone.entity_types.clone_from(&entity.entity_types);
            gone.deleted_at = Some(deleted_at);
            return Some(Arc::new(gone));
        }
        let holds = self
            .condition
            .as_ref()
            .is_none_or(|condition| condition.holds(entity))
            && self
                .geo
                .as_ref()
                .is_none_or(|condition| condition.holds(entity));
        if !holds {
            return None;
        }
        let gone: Vec<&String> = change
            .deleted
            .iter()
            .filter(|name| self.notifies(name))
            .collect();
        if gone.is_empty() || !self.triggers.contains(&Trigger::AttributeDeleted) {
            return Some(entity.clone());
        }
        let mut entity = Entity::clone(entity);
        for name in gone {
            let mut null = AttributeInstance::new(AttributeKind::Null);
            null.deleted_at = entity.modified_at;
            entity.attributes.insert(name.clone(), vec![null]);
        }
        Some(Arc::new(entity))
    }

    fn notifies(&self, attribute: &str) -> bool {
        self.notified.is_empty() || self.notified.iter().any(|name| name == attribute)
    }

    fn is_triggered(&self, change: &Change) -> bool {
        let is_any_watched = |names: &[String]| {
            names
                .iter()
                .any(|name| self.watched.is_empty() || self.watched.contains(name))
        };
        let is_updated = change.deleted_at.is_none() && !change.is_entity_created;
        self.triggers.iter().any(|trigger| match trigger {
            Trigger::EntityDeleted => change.deleted_at.is_some(),
            Trigger::EntityCreated => change.is_entity_created,
            Trigger::EntityUpdated => {
                is_updated
                    && (is_any_watched(&change.created)
                        || is_any_watched(&change.updated)
                        || is_any_watched(&change.deleted))
            }
            Trigger::AttributeCreated => is_any_watched(&change.created),
            Trigger::AttributeUpdated => is_any_watched(&change.updated),
            Trigger::AttributeDeleted => is_updated && is_any_watched(&change.deleted),
        })
    }
}

impl Selector {
    fn new(selector: &EntitySelector) -> Result<Self, Problem> {
        let ids = match &selector.id {
            None => Vec::new(),
            Some(Value::String(id)) => vec![id.clone()],
            Some(Value::Array(ids)) => ids
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            Some(_) => return Err(Problem::bad_data("the id of a selector is a URI")),
        };
        Ok(Self {
            types: TypeSelection::parse(selector.entity_type.as_deref())?,
            ids,
            id_pattern: selector
                .id_pattern
                .as_deref()
                .map(IdPattern::parse)
                .transpose()?,
        })
    }

    fn holds(&self, entity: &Entity) -> bool {
        self.types.holds(entity)
            && (self.ids.is_empty() || self.ids.contains(&entity.id))
            && self
                .id_pattern
                .as_ref()
                .is_none_or(|pattern| pattern.holds(&entity.id))
    }
}

fn check_form(subscription: &Subscription, now: Timestamp) -> Result<(), Problem> {
    if subscription.subscription_type != "Subscription" {
        return Err(Problem::bad_data(
            "the type of a subscription is 'Subscription'",
        ));
    }
    if subscription.id.as_deref().is_some_and(|id| !is_uri(id)) {
        return Err(Problem::bad_data("the id of a subscription is a URI"));
    }
    if subscription.entities.is_empty() && subscription.watched_attributes.is_empty() {
        return Err(Problem::bad_data(
            "a subscription names entities or watchedAttributes",
        ));
    }
    if subscription.expires_at.is_some_and(|end| end <= now) {
        return Err(Problem::bad_data("expiresAt must be in the future"));
    }
    for member in ["timeInterval", "scopeQ", "temporalQ", "csf", "lang"] {
        if subscription.other_members.contains_key(member) {
            return Err(Problem::not_supported(format!(
                "'{member}' in a subscription"
            )));
        }
    }
    if subscription
        .throttling
        .as_ref()
        .is_some_and(|t| t.as_f64().is_none_or(|t| t <= 0.0))
    {
        return Err(Problem::bad_data(
            "throttling is a number of seconds above 0",
        ));
    }
    let uri = &subscription.notification.endpoint.uri;
    match Url::parse(uri) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => Ok(()),
        Ok(url) => Err(Problem::not_supported(format!(
            "an endpoint with {}:",
            url.scheme()
        ))),
        Err(error) => Err(Problem::bad_data(format!(
            "the endpoint '{uri}' is no URI: {error}"
        ))),
    }
}

fn read_triggers(names: &[String]) -> Result<Vec<Trigger>, Problem> {
    if names.is_empty() {
        return Ok(vec![Trigger::AttributeCreated, Trigger::AttributeUpdated]);
    }
    let read = |name: &String| match name.as_str() {
        "entityCreated" => Ok(Trigger::EntityCreated),
        "entityUpdated" => Ok(Trigger::EntityUpdated),
        "entityDeleted" => Ok(Trigger::EntityDeleted),
        "attributeCreated" => Ok(Trigger::AttributeCreated),
        "attributeUpdated" => Ok(Trigger::AttributeUpdated),
        "attributeDeleted" => Ok(Trigger::AttributeDeleted),
        other => Err(Problem::bad_data(format!(
            "'{other}' is no notificationTrigger"
        ))),
    };
    names.iter().map(read).collect()
}
