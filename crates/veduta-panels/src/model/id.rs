//! Identifiers are opaque: the app gives them, a panel hands them back in a [`Command`](crate::Command).

use serde::{Deserialize, Serialize};

macro_rules! identifiers {
    ($($(#[$documentation:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$documentation])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub struct $name(pub String);

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(&self.0)
            }
        }
    )+};
}

identifiers! {
    /// A city object: its `gml:id`, or whatever else is unique in the scene.
    ObjectId,
    /// An NGSI-LD entity: its URN.
    EntityId,
    /// A row of the layer tree: a source, or one object type of a source.
    LayerId,
    /// A sensor or analysis overlay.
    OverlayId,
    /// A scenario: a list of edits over the baseline.
    ScenarioId,
    /// A stored viewpoint.
    ViewpointId,
}
