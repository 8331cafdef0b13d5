//! Fetches the state and the history that a link starts from, and again after every gap.

use std::collections::BTreeSet;

use super::event::LinkEvent;
use super::session::Session;
use crate::client::{EntityQuery, TemporalQuery, TimeWindow};
use crate::error::Error;

/// Entity types asked for in one query; a URL has its limits.
const TYPES_PER_QUERY: usize = 20;
/// Evolutions told of in one event.
const EVOLUTIONS_PER_EVENT: usize = 100;

impl Session {
    /// Fetches everything, page by page, and tells which entities are no more.
    pub(super) async fn fetch_state(&mut self) -> Result<(), Error> {
        // Before the listing: an entity that is created while it runs may be on no page and must not seem to vanish.
        self.known_ids.extend(self.outbox.take_noted_ids());
        let mut ids = BTreeSet::new();
        for types in self.entity_types.chunks(TYPES_PER_QUERY) {
            let query = EntityQuery {
                types: types.to_vec(),
                ..EntityQuery::default()
            };
            let mut pages = self.client.entities(&query)?;
            while let Some(page) = pages.next_page().await? {
                if !page.diagnostics.items.is_empty() {
                    self.outbox
                        .push(LinkEvent::Diagnostics(page.diagnostics.items));
                }
                ids.extend(page.entities.iter().map(|entity| entity.id.clone()));
                self.outbox
                    .push_when_room(LinkEvent::Entities(page.entities))
                    .await;
            }
        }
        let gone: Vec<String> = self.known_ids.difference(&ids).cloned().collect();
        if !gone.is_empty() {
            self.outbox.push(LinkEvent::Deleted(gone));
        }
        self.outbox.push(LinkEvent::Synchronized {
            entities: ids.len(),
        });
        self.known_ids = ids;
        Ok(())
    }

    /// Fetches everything again. New types need a new subscription, so they begin the connection anew.
    pub(super) async fn resync(&mut self) -> Result<(), Error> {
        if self.has_new_types().await? {
            return self.connect().await;
        }
        self.outbox.hold();
        let fetched = self.fetch_state().await;
        self.outbox.release();
        fetched
    }

    /// Fetches what happened since the history is known, or as far back as is wanted. Never fails: without history the
    /// present is still worth showing.
    pub(super) async fn fetch_history(&mut self) {
        let now = (self.config.clock)();
        let earliest = self
            .config
            .history
            .and_then(|history| now.checked_sub(history).ok());
        let Some(from) = self.history_until.or(earliest) else {
            self.history_until = Some(now);
            return;
        };
        for types in self.entity_types.clone().chunks(TYPES_PER_QUERY) {
            let entities = EntityQuery {
                types: types.to_vec(),
                ..EntityQuery::default()
            };
            let query = TemporalQuery::new(entities, TimeWindow::Between(from, now));
            match self.client.temporal(&query).await {
                Ok(answer) => {
                    if !answer.diagnostics.items.is_empty() {
                        self.outbox
                            .push(LinkEvent::Diagnostics(answer.diagnostics.items));
                    }
                    for evolutions in answer.entities.chunks(EVOLUTIONS_PER_EVENT) {
                        let event = LinkEvent::History(evolutions.to_vec());
                        self.outbox.push_when_room(event).await;
                    }
                }
                Err(error) => {
                    self.tell_missing_history(&error);
                    return;
                }
            }
        }
        self.history_until = Some(now);
    }

    fn tell_missing_history(&mut self, error: &Error) {
        if self.is_history_missing {
            return;
        }
        self.is_history_missing = true;
        self.outbox.push(LinkEvent::Problem {
            message: format!("the broker gives no history: {error}"),
            remedy: "The timeline begins with what is received from now on. If another program \
                     serves the history, give its URL as the temporal URL of the connection."
                .to_owned(),
        });
    }
}
