//! Entities page by page, for as long as there are any.
//!
//! Brokers count wrongly, repeat entities between pages, cap the page size silently or refuse it, and some ignore the
//! offset altogether. So a listing ends at the first page that brings nothing new, leaves out what came before, and
//! halves its page size when the broker refuses it.

use std::collections::HashSet;

use url::Url;

use super::answer::Answer;
use super::broker_client::{BrokerClient, Interface};
use super::link_header::link_target;
use super::query::EntityQuery;
use crate::diagnostics::{Diagnostics, Severity};
use crate::error::Error;
use crate::model::{Entity, entities_from_value};

/// A listing stops here, whatever the broker says.
const MAX_ENTITIES: usize = 2_000_000;
/// A page size below this is not the reason for a refusal.
const MIN_PAGE_SIZE: u32 = 10;

/// Some of the entities asked for.
#[derive(Debug, Clone)]
pub struct EntityPage {
    /// Entities that no earlier page held.
    pub entities: Vec<Entity>,
    /// How many there are in all, as the broker says; not to be relied upon.
    pub total: Option<u64>,
    /// What was odd about them.
    pub diagnostics: Diagnostics,
}

/// A listing under way; ask [`EntityPages::next_page`] until it gives `None`.
#[derive(Debug)]
pub struct EntityPages {
    client: BrokerClient,
    parameters: Vec<(&'static str, String)>,
    page_size: u32,
    offset: usize,
    seen: HashSet<String>,
    is_finished: bool,
}

impl BrokerClient {
    /// Lists entities (ETSI GS CIM 009, 5.7.2) page by page.
    ///
    /// # Errors
    /// [`Error::InvalidQuery`] when the query selects nothing.
    pub fn entities(&self, query: &EntityQuery) -> Result<EntityPages, Error> {
        Ok(EntityPages {
            client: self.clone(),
            parameters: query.parameters()?,
            page_size: self.config().page_size.max(1),
            offset: 0,
            seen: HashSet::new(),
            is_finished: false,
        })
    }

    /// Lists entities at once.
    ///
    /// # Errors
    /// Any that asking a broker can have.
    pub async fn all_entities(&self, query: &EntityQuery) -> Result<Vec<Entity>, Error> {
        let mut pages = self.entities(query)?;
        let mut entities = Vec::new();
        while let Some(page) = pages.next_page().await? {
            entities.extend(page.entities);
        }
        Ok(entities)
    }
}

impl EntityPages {
    /// Fetches the next page; `None` when there are no more entities. After an error the same page is tried again.
    ///
    /// # Errors
    /// Any that asking a broker can have.
    pub async fn next_page(&mut self) -> Result<Option<EntityPage>, Error> {
        if self.is_finished {
            return Ok(None);
        }
        let answer = self.fetch().await?;
        let mut diagnostics = Diagnostics::new();
        let items = entities_from_value(answer.json()?, self.client.context(), &mut diagnostics)
            .map_err(|error| Error::Unreadable {
                url: answer.url.clone(),
                reason: error.to_string(),
            })?;
        let received = items.len();
        let total = answer
            .header("NGSILD-Results-Count")
            .and_then(|count| count.parse().ok());
        let entities: Vec<Entity> = items
            .into_iter()
            .filter(|entity| self.seen.insert(entity.id.clone()))
            .collect();
        let next_offset = self.next_offset(&answer, received);
        let is_more_announced = next_offset.is_some()
            || total.is_some_and(|total: u64| total > (self.offset + received) as u64)
            || received >= self.page_size as usize;
        self.offset = next_offset.unwrap_or(self.offset + received);
        self.is_finished = entities.is_empty() || !is_more_announced;
        if self.seen.len() >= MAX_ENTITIES {
            self.is_finished = true;
            let message = format!("the listing is cut after {MAX_ENTITIES} entities");
            diagnostics.push_general("LD-013", Severity::Error, message);
        }
        if entities.is_empty() && diagnostics.items.is_empty() {
            return Ok(None);
        }
        Ok(Some(EntityPage {
            entities,
            total,
            diagnostics,
        }))
    }

    async fn fetch(&mut self) -> Result<Answer, Error> {
        loop {
            let mut parameters = self.parameters.clone();
            parameters.push(("limit", self.page_size.to_string()));
            parameters.push(("offset", self.offset.to_string()));
            parameters.push(("count", "true".to_owned()));
            match self
                .client
                .get(Interface::Core, &["entities"], &parameters)
                .await
            {
                Err(error) if is_page_too_large(&error) && self.page_size / 2 >= MIN_PAGE_SIZE => {
                    self.page_size /= 2;
                }
                answer => return answer,
            }
        }
    }

    /// The offset that the broker's own link to the next page names; it knows what it capped.
    fn next_offset(&self, answer: &Answer, received: usize) -> Option<usize> {
        let target = link_target(&answer.headers, "next")?;
        let next = Url::parse(self.client.base_url())
            .ok()?
            .join(&target)
            .ok()?;
        let offset = next
            .query_pairs()
            .find(|(key, _)| key == "offset")?
            .1
            .parse()
            .ok()?;
        // A link that leads nowhere new would lead round for ever.
        (received > 0 && offset > self.offset).then_some(offset)
    }
}

fn is_page_too_large(error: &Error) -> bool {
    match error {
        Error::Answer {
            status: 400 | 403,
            problem_type,
            title,
            detail,
            ..
        } => {
            problem_type.ends_with("TooManyResults")
                || title.to_lowercase().contains("limit")
                || detail.to_lowercase().contains("limit")
        }
        Error::TooLarge { .. } => true,
        _ => false,
    }
}
