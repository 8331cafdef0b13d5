//! Analyses: from a place, a time and what a scene holds to numbers that say how they came about.
//!
//! Pure functions over plain values; nothing here reads a clock, a file or the ECS world. Results that
//! are shown as such come as [`Analysed`], with method, source and parameters beside the value.
//!
//! - [`sun_position`] and [`sun_events`]: where the sun stands, when it rises, culminates and sets.
//! - [`daylight`]: what light sun and sky give at that position, for the renderer.
//! - [`Kpis`]: a few sums over buildings by which scenarios are compared.

mod error;
mod kpi;
mod provenance;
mod site;
mod sky;
mod sun;

pub use error::AnalysisError;
pub use kpi::{BuildingFacts, Kpi, KpiKind, Kpis};
pub use provenance::{Analysed, Parameter, Provenance};
pub use site::Site;
pub use sky::{Daylight, SkyLight, SunLight, daylight, daylight_provenance};
pub use sun::{SunEvents, SunPosition, sun_direction_enu, sun_events, sun_position};
