//! Decides which entities a query or a subscription means.

mod condition;
mod condition_parser;
mod geo_condition;
mod selection;

pub(super) use condition::Condition;
pub(super) use geo_condition::GeoCondition;
pub(super) use selection::{EntityFilter, IdPattern, TypeSelection};
