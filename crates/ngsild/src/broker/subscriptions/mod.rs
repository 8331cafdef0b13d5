//! Subscriptions: whom to tell what (ETSI GS CIM 009, 5.8).
//!
//! A new subscription is told nothing of the present state; only changes are notified (5.8.6).

mod delivery;
mod matching;
mod pending;
mod registry;

pub(super) use registry::Subscriptions;
