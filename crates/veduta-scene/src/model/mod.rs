//! What a scene file can say, one file per table.

mod broker;
mod layer;
mod overlay;
mod picture;
mod scenario;
mod scene;
mod source;
mod viewpoint;

pub use broker::BrokerSettings;
pub use layer::Layer;
pub use overlay::{ColourScale, Overlay};
pub use picture::{Picture, Season};
pub use scenario::{Addition, Edit, Placement, Scenario};
pub use scene::{Origin, Scene, SceneTime};
pub use source::{Source, SourceKind};
pub use viewpoint::Viewpoint;

/// Skips a field whose value is its default, so that a written scene holds only what was said.
fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The default of flags that are on unless said otherwise.
const fn on() -> bool {
    true
}

/// Skips a flag that is on, its default.
#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
const fn is_on(value: &bool) -> bool {
    *value
}
