//! Plain data that more than one panel speaks of: identifiers, kinds, readings, scenarios.
//!
//! The app fills these each frame from its world; a panel reads them and never looks further. What belongs to one panel only is
//! defined in that panel's folder.

mod entity_kind;
mod id;
mod object_kind;
mod reading;
mod scenario;
mod severity;
mod surface_look;

pub use entity_kind::EntityKind;
pub use id::{EntityId, LayerId, ObjectId, OverlayId, ScenarioId, ViewpointId};
pub use object_kind::ObjectKind;
pub use reading::{Reading, Value};
pub use scenario::{ScenarioChoice, ScenariosModel, SceneHalf};
pub use severity::Severity;
pub use surface_look::SurfaceLook;
