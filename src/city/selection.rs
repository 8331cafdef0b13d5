//! What the user has selected.

use bevy::prelude::Resource;

/// The one selected thing.
#[derive(Resource, Debug, Clone, Default, PartialEq, Eq)]
pub enum Selection {
    /// Nothing.
    #[default]
    Nothing,
    /// A city object, by its identifier.
    Object(String),
    /// A live entity, by its URN.
    Entity(String),
}

impl Selection {
    /// The identifier of the selected city object.
    pub fn object(&self) -> Option<&str> {
        match self {
            Self::Object(id) => Some(id),
            Self::Nothing | Self::Entity(_) => None,
        }
    }

    /// The URN of the selected entity.
    pub fn entity(&self) -> Option<&str> {
        match self {
            Self::Entity(id) => Some(id),
            Self::Nothing | Self::Object(_) => None,
        }
    }
}
