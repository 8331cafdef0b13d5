//! Plain data that more than one panel speaks of: identifiers, kinds, readings, scenarios.
//!
//! The app fills these each frame from its world; a panel reads them and never looks further. What belongs to one panel only is
//! defined in that panel's folder.

mod id;
mod kind;
mod reading;
mod scenario;
mod severity;

pub use id::{EntityId, LayerId, ObjectId, OverlayId, ScenarioId, ViewpointId};
pub use kind::{EntityKind, ObjectKind};
pub use reading::{Reading, Value};
pub use scenario::{ScenarioChoice, ScenariosModel, SceneHalf};
pub use severity::Severity;
