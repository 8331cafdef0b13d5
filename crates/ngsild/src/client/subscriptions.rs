//! Creates, finds, renews and deletes subscriptions (ETSI GS CIM 009, 5.8).

use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};

use super::broker_client::{BrokerClient, Interface};
use crate::error::Error;
use crate::model::Subscription;

/// How the ids of all subscriptions of this program begin.
pub const SUBSCRIPTION_ID_PREFIX: &str = "urn:ngsi-ld:Subscription:veduta:";

/// Subscriptions asked for at once.
const PAGE_SIZE: usize = 100;
/// A listing of subscriptions ends here, whatever the broker says.
const MAX_SUBSCRIPTIONS: usize = 10_000;

/// The id of the subscription of one client, the same after every start, so that one left over by a crash is found
/// again. Characters that a URN does not allow become `-`.
pub fn stable_subscription_id(client_id: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let tail: String = client_id
        .chars()
        .map(|c| if is_plain(c) { c } else { '-' })
        .collect();
    format!("{SUBSCRIPTION_ID_PREFIX}{tail}")
}

impl BrokerClient {
    /// Creates a subscription and answers its id.
    ///
    /// # Errors
    /// Any that asking a broker can have; one with the same id is [`Error::Answer`] with status 409.
    pub async fn create_subscription(&self, subscription: &Subscription) -> Result<String, Error> {
        let body = json!(subscription);
        let answer = self
            .send(
                Method::POST,
                Interface::Core,
                &["subscriptions"],
                &[],
                Some(&body),
            )
            .await?;
        let from_location = || {
            let location = answer.header("Location")?;
            location.rsplit('/').next().map(str::to_owned)
        };
        subscription
            .id
            .clone()
            .or_else(from_location)
            .ok_or_else(|| Error::Unreadable {
                url: answer.url.clone(),
                reason: "it does not say the id of the new subscription".to_owned(),
            })
    }

    /// Creates a subscription in place of one with the same id, if there is one.
    ///
    /// # Errors
    /// Any that asking a broker can have.
    pub async fn replace_subscription(&self, subscription: &Subscription) -> Result<String, Error> {
        match (
            self.create_subscription(subscription).await,
            &subscription.id,
        ) {
            (Err(Error::Answer { status: 409, .. }), Some(id)) => {
                self.delete_subscription(id).await?;
                self.create_subscription(subscription).await
            }
            (answer, _) => answer,
        }
    }

    /// Fetches a subscription with its status. An unknown one is [`Error::Answer`] with status 404.
    ///
    /// # Errors
    /// Any that asking a broker can have.
    pub async fn subscription(&self, id: &str) -> Result<Subscription, Error> {
        let answer = self
            .get(Interface::Core, &["subscriptions", id], &[])
            .await?;
        serde_json::from_value(answer.json()?).map_err(|error| Error::Unreadable {
            url: answer.url,
            reason: error.to_string(),
        })
    }

    /// Lists all subscriptions; those that cannot be read are left out.
    ///
    /// # Errors
    /// Any that asking a broker can have.
    pub async fn subscriptions(&self) -> Result<Vec<Subscription>, Error> {
        let mut found: Vec<Subscription> = Vec::new();
        let mut offset = 0;
        loop {
            let parameters = [
                ("limit", PAGE_SIZE.to_string()),
                ("offset", offset.to_string()),
            ];
            let answer = self
                .get(Interface::Core, &["subscriptions"], &parameters)
                .await?;
            let Value::Array(items) = answer.json()? else {
                let reason = "it is no list of subscriptions".to_owned();
                return Err(Error::Unreadable {
                    url: answer.url,
                    reason,
                });
            };
            let received = items.len();
            let known = found.len();
            for item in items {
                if let Ok(subscription) = serde_json::from_value::<Subscription>(item)
                    && found.iter().all(|f| f.id != subscription.id)
                {
                    found.push(subscription);
                }
            }
            offset += received;
            let is_last = received < PAGE_SIZE || found.len() == known;
            if is_last || offset >= MAX_SUBSCRIPTIONS {
                return Ok(found);
            }
        }
    }

    /// Moves the end of a subscription.
    ///
    /// # Errors
    /// Any that asking a broker can have.
    pub async fn renew_subscription(&self, id: &str, expires_at: Timestamp) -> Result<(), Error> {
        let body = json!({ "expiresAt": expires_at.to_string() });
        let path = ["subscriptions", id];
        self.send(Method::PATCH, Interface::Core, &path, &[], Some(&body))
            .await?;
        Ok(())
    }

    /// Deletes a subscription; one that is not there is as good as deleted.
    ///
    /// # Errors
    /// Any that asking a broker can have.
    pub async fn delete_subscription(&self, id: &str) -> Result<(), Error> {
        match self
            .send(
                Method::DELETE,
                Interface::Core,
                &["subscriptions", id],
                &[],
                None,
            )
            .await
        {
            Ok(_) | Err(Error::Answer { status: 404, .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_is_a_urn_whatever_the_client_is_called() {
        assert_eq!(
            stable_subscription_id("Rathaus / 2. Stock"),
            "urn:ngsi-ld:Subscription:veduta:Rathaus---2.-Stock"
        );
    }
}
