//! Reads and writes single entities, batches of them, and the list of types (ETSI GS CIM 009, 5.6 and 5.7).

use reqwest::Method;
use serde_json::{Value, json};

use super::broker_client::{BrokerClient, Interface};
use crate::diagnostics::Diagnostics;
use crate::error::Error;
use crate::model::{Entity, Representation};

/// Largest body of a batch; brokers refuse from about 1 MB on.
const MAX_BATCH_BYTES: usize = 900_000;
/// Most entities of a batch; the strictest known broker allows 1000.
const MAX_BATCH_ENTITIES: usize = 500;

/// What an upsert does with an entity that exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UpsertMode {
    /// Attributes given are set, the others stay.
    #[default]
    Update,
    /// The entity becomes what is given.
    Replace,
}

/// How a batch went.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BatchOutcome {
    /// The entities that the broker did not take.
    pub failures: Vec<BatchFailure>,
}

/// An entity of a batch that the broker did not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchFailure {
    /// Its id.
    pub entity_id: String,
    /// Why, as the broker says.
    pub reason: String,
}

impl BrokerClient {
    /// Fetches one entity. An unknown one is [`Error::Answer`] with status 404.
    ///
    /// # Errors
    /// Any that asking a broker can have.
    pub async fn entity(&self, id: &str) -> Result<Entity, Error> {
        let answer = self.get(Interface::Core, &["entities", id], &[]).await?;
        Entity::from_value(answer.json()?, self.context(), &mut Diagnostics::new()).map_err(
            |error| Error::Unreadable {
                url: answer.url.clone(),
                reason: error.to_string(),
            },
        )
    }

    /// The types of which the broker has entities (5.7.5).
    ///
    /// # Errors
    /// Any that asking a broker can have.
    pub async fn types(&self) -> Result<Vec<String>, Error> {
        let answer = self.get(Interface::Core, &["types"], &[]).await?;
        let mut list = answer.json()?;
        // An EntityTypeList, or with some brokers a bare list of names or of details.
        if let Some(inner) = list.get_mut("typeList") {
            list = inner.take();
        }
        let Value::Array(items) = list else {
            let reason = "it is no list of entity types".to_owned();
            return Err(Error::Unreadable {
                url: answer.url,
                reason,
            });
        };
        let name = |item: &Value| {
            let named = item
                .get("typeName")
                .or_else(|| item.get("id"))
                .unwrap_or(item);
            named
                .as_str()
                .map(|name| self.context().compact(name.to_owned()))
        };
        let mut names: Vec<String> = items.iter().filter_map(name).collect();
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// Creates an entity. One that exists is [`Error::Answer`] with status 409.
    ///
    /// # Errors
    /// Any that asking a broker can have.
    pub async fn create_entity(&self, entity: &Entity) -> Result<(), Error> {
        let body = entity.to_value(Representation::Normalized, false);
        self.send(
            Method::POST,
            Interface::Core,
            &["entities"],
            &[],
            Some(&body),
        )
        .await?;
        Ok(())
    }

    /// Sets the attributes given, creating those that the entity lacks (5.6.3).
    ///
    /// # Errors
    /// Any that asking a broker can have.
    pub async fn append_attributes(&self, entity: &Entity) -> Result<(), Error> {
        self.write_attributes(Method::POST, entity).await
    }

    /// Updates the attributes given (5.6.2).
    ///
    /// # Errors
    /// Any that asking a broker can have.
    pub async fn patch_attributes(&self, entity: &Entity) -> Result<(), Error> {
        self.write_attributes(Method::PATCH, entity).await
    }

    async fn write_attributes(&self, method: Method, entity: &Entity) -> Result<(), Error> {
        let mut body = entity.to_value(Representation::Normalized, false);
        if let Some(members) = body.as_object_mut() {
            for key in ["id", "type", "scope"] {
                members.remove(key);
            }
        }
        let path = ["entities", &entity.id, "attrs"];
        self.send(method, Interface::Core, &path, &[], Some(&body))
            .await?;
        Ok(())
    }

    /// Deletes an entity. An unknown one is [`Error::Answer`] with status 404.
    ///
    /// # Errors
    /// Any that asking a broker can have.
    pub async fn delete_entity(&self, id: &str) -> Result<(), Error> {
        self.send(
            Method::DELETE,
            Interface::Core,
            &["entities", id],
            &[],
            None,
        )
        .await?;
        Ok(())
    }

    /// Creates or updates many entities (5.6.8), split into as many requests as brokers need.
    ///
    /// # Errors
    /// Any that asking a broker can have; entities refused one by one are in the outcome instead.
    pub async fn upsert_batch(
        &self,
        entities: &[Entity],
        mode: UpsertMode,
    ) -> Result<BatchOutcome, Error> {
        let options = match mode {
            UpsertMode::Update => vec![("options", "update".to_owned())],
            UpsertMode::Replace => Vec::new(),
        };
        let mut outcome = BatchOutcome::default();
        for batch in batches(entities) {
            let path = ["entityOperations", "upsert"];
            let body = Value::Array(batch);
            let answer = self
                .send(Method::POST, Interface::Core, &path, &options, Some(&body))
                .await?;
            if answer.status == 207 {
                outcome.failures.extend(read_failures(&answer.json()?));
            }
        }
        Ok(outcome)
    }

    /// Deletes many entities (5.6.10); unknown ones are in the outcome.
    ///
    /// # Errors
    /// Any that asking a broker can have.
    pub async fn delete_batch(&self, ids: &[String]) -> Result<BatchOutcome, Error> {
        let mut outcome = BatchOutcome::default();
        for batch in ids.chunks(MAX_BATCH_ENTITIES) {
            let path = ["entityOperations", "delete"];
            let answer = self
                .send(
                    Method::POST,
                    Interface::Core,
                    &path,
                    &[],
                    Some(&json!(batch)),
                )
                .await?;
            if answer.status == 207 {
                outcome.failures.extend(read_failures(&answer.json()?));
            }
        }
        Ok(outcome)
    }
}

fn batches(entities: &[Entity]) -> Vec<Vec<Value>> {
    let mut batches: Vec<Vec<Value>> = Vec::new();
    let mut bytes = 0;
    for entity in entities {
        let value = entity.to_value(Representation::Normalized, false);
        let size = value.to_string().len();
        let is_full = |batch: &Vec<Value>| {
            batch.len() >= MAX_BATCH_ENTITIES || bytes + size > MAX_BATCH_BYTES
        };
        match batches.last_mut() {
            Some(batch) if !is_full(batch) => batch.push(value),
            _ => {
                batches.push(vec![value]);
                bytes = 0;
            }
        }
        bytes += size;
    }
    batches
}

/// The `errors` of a BatchOperationResult (5.2.16).
fn read_failures(result: &Value) -> Vec<BatchFailure> {
    let errors = result.get("errors").and_then(Value::as_array);
    errors
        .into_iter()
        .flatten()
        .map(|item| {
            let error = item.get("error").unwrap_or(item);
            let reason = ["detail", "title"]
                .iter()
                .find_map(|key| error.get(*key).and_then(Value::as_str))
                .map_or_else(|| error.to_string(), str::to_owned);
            let entity_id = item
                .get("entityId")
                .and_then(Value::as_str)
                .unwrap_or_default();
            BatchFailure {
                entity_id: entity_id.to_owned(),
                reason,
            }
        })
        .collect()
}
