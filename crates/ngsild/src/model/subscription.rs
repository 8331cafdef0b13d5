//! Subscriptions (ETSI GS CIM 009, 5.2.12) as both sides of the wire know them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value};

use super::geo_query::GeoQuery;

/// A standing query: whom to tell what when which entities change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subscription {
    /// A URI; the broker makes one where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Always `Subscription`.
    #[serde(rename = "type", default = "subscription_type")]
    pub subscription_type: String,
    /// For people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscription_name: Option<String>,
    /// Entities of which any selector holds; empty means all with a watched attribute.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entities: Vec<EntitySelector>,
    /// Attributes whose change notifies; empty means any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub watched_attributes: Vec<String>,
    /// `entityCreated`, `attributeUpdated`, `entityDeleted`, …; empty means attributes created or updated.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notification_trigger: Vec<String>,
    /// Condition on attributes (4.9).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub q: Option<String>,
    /// Condition on a place (4.10).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geo_q: Option<GeoQuery>,
    /// `false` while paused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub is_active: Option<bool>,
    /// When it ends by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// Least number of seconds between two notifications.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub throttling: Option<Number>,
    /// `active`, `paused` or `expired`, as the broker says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// What is sent where.
    pub notification: NotificationParams,
    /// Members this model has no field for, as they came.
    #[serde(flatten)]
    pub other_members: Map<String, Value>,
}

fn subscription_type() -> String {
    "Subscription".to_owned()
}

impl Subscription {
    /// A subscription to all changes of some types, sent to an address in normalized form.
    pub fn to_types(id: impl Into<String>, entity_types: &[String], endpoint_uri: &str) -> Self {
        Self {
            id: Some(id.into()),
            subscription_type: subscription_type(),
            subscription_name: None,
            entities: entity_types
                .iter()
                .map(|name| EntitySelector::of_type(name))
                .collect(),
            watched_attributes: Vec::new(),
            notification_trigger: Vec::new(),
            q: None,
            geo_q: None,
            is_active: None,
            expires_at: None,
            throttling: None,
            status: None,
            notification: NotificationParams {
                attributes: Vec::new(),
                format: Some("normalized".to_owned()),
                endpoint: Endpoint {
                    uri: endpoint_uri.to_owned(),
                    accept: Some("application/json".to_owned()),
                    receiver_info: Vec::new(),
                    other_members: Map::new(),
                },
                status: None,
                times_sent: None,
                times_failed: None,
                last_notification: None,
                last_success: None,
                last_failure: None,
                other_members: Map::new(),
            },
            other_members: Map::new(),
        }
    }
}

/// Which entities a subscription is about (5.2.8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EntitySelector {
    /// The type they have.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub entity_type: Option<String>,
    /// The one id, or a list of ids, meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Value>,
    /// A regular expression that ids match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id_pattern: Option<String>,
}

impl EntitySelector {
    fn of_type(entity_type: &str) -> Self {
        Self {
            entity_type: Some(entity_type.to_owned()),
            id: None,
            id_pattern: None,
        }
    }
}

/// What a notification holds, and how sending went so far (5.2.14).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct NotificationParams {
    /// Attributes sent; empty means all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<String>,
    /// `normalized`, `concise`, `simplified` or `keyValues`; normalized where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// Where it is sent.
    pub endpoint: Endpoint,
    /// `ok` or `failed`: how the last attempt went.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// Notifications sent so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times_sent: Option<u64>,
    /// Notifications that failed so far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times_failed: Option<u64>,
    /// When one was last sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_notification: Option<Timestamp>,
    /// When one last arrived.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_success: Option<Timestamp>,
    /// When one last failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_failure: Option<Timestamp>,
    /// Members this model has no field for, as they came.
    #[serde(flatten)]
    pub other_members: Map<String, Value>,
}

/// Where notifications go (5.2.15).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Endpoint {
    /// The address.
    pub uri: String,
    /// `application/json` or `application/ld+json`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accept: Option<String>,
    /// Headers to send along.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub receiver_info: Vec<KeyValuePair>,
    /// Members this model has no field for, as they came.
    #[serde(flatten)]
    pub other_members: Map<String, Value>,
}

/// A header of a notification (5.2.22).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyValuePair {
    /// Its name.
    pub key: String,
    /// Its value.
    pub value: String,
}
