//! What the markers over the scene show.

use egui::Pos2;

use crate::{
    model::{EntityId, EntityKind, Reading},
    theme::Srgb,
};

/// An entity at its place in the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct Marker {
    /// Handed back in commands.
    pub entity: EntityId,
    /// Icon.
    pub kind: EntityKind,
    /// The entity's name.
    pub name: String,
    /// Where the marker's tip points, in points of the window.
    pub position_ui: Pos2,
    /// The foot of the marker's stem on the ground, in points of the window; `None` draws no stem.
    pub ground_ui: Option<Pos2>,
    /// Distance from the camera in metres: nearer markers lie above, and win the room where two meet.
    pub distance_m: f32,
    /// The leading value at the shown moment; `None` if nothing is known of it.
    pub reading: Option<Reading>,
    /// Colour of the value on its overlay's scale; ignored where nothing is known.
    pub colour: Srgb,
    /// It is the selected entity.
    pub selected: bool,
}

/// The markers of one half of the scene.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MarkersModel {
    /// In any order.
    pub markers: Vec<Marker>,
}
