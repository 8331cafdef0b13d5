//! What a link tells.

use jiff::Timestamp;

use crate::diagnostics::Diagnostic;
use crate::model::{Entity, TemporalEntity};

/// Something that happened on a link. Events come in order: `Connecting`, `Connected`, `Entities` page by page,
/// `Synchronized`, then `Notification`s; after `Disconnected` it begins again.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum LinkEvent {
    /// The broker is being asked.
    Connecting {
        /// URL of its interface.
        url: String,
        /// 1 for the first attempt since the last success.
        attempt: u32,
    },
    /// It answered; the state follows.
    Connected {
        /// URL of its interface.
        url: String,
        /// The types that are watched; empty while a broker has no entities at all.
        entity_types: Vec<String>,
        /// Whether it sends notifications; if not, the state is fetched again and again.
        is_subscribed: bool,
    },
    /// Current state of some entities, whole: part of a fetch of everything.
    Entities(Vec<Entity>),
    /// The fetch of everything is complete.
    Synchronized {
        /// How many entities there are.
        entities: usize,
    },
    /// What changed. Entities may be partial: merge them ([`Entity::merge`]), do not replace.
    Notification {
        /// The changes; an entity may hold only some of its attributes.
        entities: Vec<Entity>,
        /// When it arrived here, by our clock.
        received_at: Timestamp,
        /// When the broker sent it, by its clock.
        notified_at: Option<Timestamp>,
        /// How many further notifications are merged into this one because the reader was too slow. 0 as a rule.
        coalesced: u32,
    },
    /// What happened before, or during an outage.
    History(Vec<TemporalEntity>),
    /// These entities are no more.
    Deleted(Vec<String>),
    /// What the broker said was odd.
    Diagnostics(Vec<Diagnostic>),
    /// Something does not work; the link goes on as well as it can.
    Problem {
        /// What happened, in one sentence.
        message: String,
        /// What to do about it, in one sentence.
        remedy: String,
    },
    /// The broker is gone; it will be tried again.
    Disconnected {
        /// What happened, in one sentence.
        reason: String,
    },
}
