//! Asks for history (ETSI GS CIM 009, 5.7.4), in as many parts as the broker cuts it into.
//!
//! A broker may answer 206 and name the part of time it covers (6.3.10); the rest is asked for from there on. It may
//! also split by entities, as any query. Where a broker has no such interface, [`Error::is_not_supported`] or a 404
//! says so.

use std::collections::BTreeMap;

use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Map, Value};

use super::answer::Answer;
use super::broker_client::{BrokerClient, Interface};
use super::query::{TemporalQuery, TimeWindow};
use crate::diagnostics::{Diagnostics, Severity};
use crate::error::Error;
use crate::model::{Context, Representation, TemporalEntity, attribute_to_value};

/// Most parts of time asked for one page of entities.
const MAX_PARTS: usize = 200;
/// Most pages of entities.
const MAX_PAGES: usize = 10_000;

/// History as far as the broker gave it.
#[derive(Debug, Clone, Default)]
pub struct TemporalAnswer {
    /// One evolution per entity.
    pub entities: Vec<TemporalEntity>,
    /// What was odd, and what is missing.
    pub diagnostics: Diagnostics,
}

impl BrokerClient {
    /// Asks for the history of entities.
    ///
    /// # Errors
    /// Any that asking a broker can have.
    pub async fn temporal(&self, query: &TemporalQuery) -> Result<TemporalAnswer, Error> {
        let page_size = self.config().page_size.max(1) as usize;
        let mut answer = TemporalAnswer::default();
        let mut evolutions: BTreeMap<String, TemporalEntity> = BTreeMap::new();
        for page in 0..MAX_PAGES {
            let known = evolutions.len();
            let offset = page * page_size;
            let received = self
                .temporal_page(query, offset, &mut evolutions, &mut answer.diagnostics)
                .await?;
            if received < page_size || evolutions.len() == known {
                break;
            }
        }
        answer.entities = evolutions.into_values().collect();
        Ok(answer)
    }

    /// Fetches all parts of time of one page of entities; answers how many entities the fullest part held.
    async fn temporal_page(
        &self,
        query: &TemporalQuery,
        offset: usize,
        evolutions: &mut BTreeMap<String, TemporalEntity>,
        diagnostics: &mut Diagnostics,
    ) -> Result<usize, Error> {
        let mut query = query.clone();
        let mut received = 0;
        for _ in 0..MAX_PARTS {
            let mut parameters = query.parameters()?;
            parameters.push(("limit", self.config().page_size.max(1).to_string()));
            parameters.push(("offset", offset.to_string()));
            let path = ["temporal", "entities"];
            let answer = self.get(Interface::Temporal, &path, &parameters).await?;
            let items = read_evolutions(&answer, self.context(), diagnostics)?;
            received = received.max(items.len());
            for item in items {
                match evolutions.get_mut(&item.id) {
                    Some(known) => known.merge(item),
                    None => {
                        evolutions.insert(item.id.clone(), item);
                    }
                }
            }
            if answer.status != 206 {
                return Ok(received);
            }
            match answer
                .header("Content-Range")
                .and_then(|r| window_after_part(query.window, r))
            {
                Some(rest) => query.window = rest,
                None => break,
            }
        }
        let message = "the broker cut the history and does not say where; ask for a shorter time";
        diagnostics.push_general("LD-013", Severity::Warning, message);
        Ok(received)
    }

    /// Hands history over (5.6.11): adds to what the broker knows of the past, not to the current state.
    ///
    /// # Errors
    /// Any that asking a broker can have.
    pub async fn upload_history(&self, history: &TemporalEntity) -> Result<(), Error> {
        let mut body = Map::new();
        body.insert("id".to_owned(), history.id.clone().into());
        body.insert("type".to_owned(), history.entity_types.clone().into());
        for (name, series) in &history.series {
            let instances: Vec<Value> = series
                .iter()
                .map(|instance| {
                    let one = std::slice::from_ref(instance);
                    attribute_to_value(one, Representation::Normalized, false)
                })
                .collect();
            body.insert(name.clone(), instances.into());
        }
        let path = ["temporal", "entities"];
        let body = Value::Object(body);
        self.send(Method::POST, Interface::Temporal, &path, &[], Some(&body))
            .await?;
        Ok(())
    }
}

fn read_evolutions(
    answer: &Answer,
    context: &Context,
    diagnostics: &mut Diagnostics,
) -> Result<Vec<TemporalEntity>, Error> {
    let items = match answer.json()? {
        Value::Array(items) => items,
        Value::Object(members) => vec![Value::Object(members)],
        _ => {
            let reason = "it is no list of temporal entities".to_owned();
            return Err(Error::Unreadable {
                url: answer.url.clone(),
                reason,
            });
        }
    };
    let mut evolutions = Vec::with_capacity(items.len());
    for item in items {
        match TemporalEntity::from_value(item, context, diagnostics) {
            Ok(evolution) => evolutions.push(evolution),
            Err(error) => {
                diagnostics.push_general("LD-001", Severity::Error, error.to_string());
            }
        }
    }
    Ok(evolutions)
}

/// What is left of a window after the part named by `Content-Range: date-time <from>-<to>/<size>`; `None` when that
/// would not bring the asking forward. The part goes backwards in time when the latest instances were asked for.
fn window_after_part(window: TimeWindow, content_range: &str) -> Option<TimeWindow> {
    let range = content_range.trim().strip_prefix("date-time")?.trim();
    let range = range.rsplit_once('/').map_or(range, |(range, _)| range);
    let (from, to) = range.split_once("Z-")?;
    let from: Timestamp = format!("{from}Z").parse().ok()?;
    let to: Timestamp = to.trim().parse().ok()?;
    let is_forward = from <= to;
    let rest = match (window, is_forward) {
        (TimeWindow::Between(_, end), true) if to < end => TimeWindow::Between(to, end),
        (TimeWindow::Between(start, _), false) if to > start => TimeWindow::Between(start, to),
        (TimeWindow::After(_), true) => TimeWindow::After(to),
        (TimeWindow::After(start), false) if to > start => TimeWindow::Between(start, to),
        (TimeWindow::Before(end), true) if to < end => TimeWindow::Between(to, end),
        (TimeWindow::Before(_), false) => TimeWindow::Before(to),
        _ => return None,
    };
    (rest != window).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn the_rest_begins_where_the_part_ended() {
        let (start, middle, end) = (
            at("2026-01-01T00:00:00Z"),
            at("2026-01-01T06:00:00Z"),
            at("2026-01-02T00:00:00Z"),
        );
        let forward = "date-time 2026-01-01T00:00:00Z-2026-01-01T06:00:00Z/*";
        assert_eq!(
            window_after_part(TimeWindow::Between(start, end), forward),
            Some(TimeWindow::Between(middle, end))
        );
        let backward = "date-time 2026-01-02T00:00:00Z-2026-01-01T06:00:00Z/1000";
        assert_eq!(
            window_after_part(TimeWindow::After(start), backward),
            Some(TimeWindow::Between(start, middle))
        );
    }

    #[test]
    fn a_part_that_brings_nothing_new_ends_the_asking() {
        let (start, end) = (at("2026-01-01T00:00:00Z"), at("2026-01-02T00:00:00Z"));
        let still = "date-time 2026-01-01T00:00:00Z-2026-01-01T00:00:00Z/1";
        assert_eq!(
            window_after_part(TimeWindow::Between(start, end), still),
            None
        );
        assert_eq!(
            window_after_part(TimeWindow::Between(start, end), "items 0-9/20"),
            None
        );
    }
}
