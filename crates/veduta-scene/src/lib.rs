//! The scene file: which sources, brokers, layers, overlays, scenarios and viewpoints make one twin.
//!
//! A scene is a TOML file a person writes (see `README.md` next to this crate). This crate holds its
//! serde model, checks it and says where, line and column, something is wrong. It opens nothing but
//! the scene file itself: whether a source exists and what is inside is for who loads it.
//!
//! Start with [`Scene::read`]; [`Scene::from_sources`] makes the scene of a bare `veduta open city.gml`.
//! What can be survived is a [`SceneDiagnostic`]; only text that is no scene at all is a [`SceneError`].
//! The JSON Schema for editors is [`scene_schema`], written to `scene.schema.json`.

mod check;
mod diagnostics;
mod error;
mod instant;
mod location;
mod model;
mod position;
mod read;
mod recent;
mod schema;

pub use diagnostics::{SceneCode, SceneDiagnostic, Severity};
pub use error::SceneError;
pub use location::{Location, LocationError};
pub use model::{
    Addition, BrokerSettings, ColourScale, Edit, Layer, Origin, Overlay, Picture, Placement,
    Scenario, Scene, SceneTime, Season, Source, SourceKind, Viewpoint,
};
pub use position::TextPosition;
pub use recent::{RecentScene, RecentScenes};
pub use schema::{scene_schema, scene_schema_text};
