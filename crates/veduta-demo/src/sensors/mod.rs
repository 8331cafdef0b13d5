//! The simulated sensors: what they are, where they are, and what they report when.

mod curves;
mod moment;
mod observe;
mod placement;
mod spec;

pub use observe::{DATA_PROVIDER, history, observe};
pub use placement::sensors;
pub use spec::{SensorKind, SensorSpec, building_urn};
