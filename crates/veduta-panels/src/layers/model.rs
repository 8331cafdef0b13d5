//! What the layers panel shows.

use serde::{Deserialize, Serialize};

use crate::model::{EntityKind, LayerId, ObjectKind, OverlayId, ScenariosModel};

/// A row of the layer tree: a source, or one object type of a source.
#[derive(Debug, Clone, PartialEq)]
pub struct LayerNode {
    /// Handed back in commands.
    pub id: LayerId,
    /// The name of a source; empty for an object type, which is named by its kind in the user's language.
    pub name: String,
    /// Icon, and name where `name` is empty.
    pub kind: ObjectKind,
    /// Shown in the scene.
    pub visible: bool,
    /// Top-level city objects under this row, where known.
    pub count: Option<u64>,
    /// Still loading.
    pub loading: bool,
    /// Rows below.
    pub children: Vec<LayerNode>,
}

/// An overlay that can be switched on and off.
#[derive(Debug, Clone, PartialEq)]
pub struct OverlayRow {
    /// Handed back in commands.
    pub id: OverlayId,
    /// The name in the scene file.
    pub name: String,
    /// Icon.
    pub kind: EntityKind,
    /// Shown in the scene.
    pub visible: bool,
    /// Entities it shows, where it shows entities.
    pub count: Option<u64>,
}

/// What the layers panel shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LayersModel {
    /// The tree, sources at the top.
    pub layers: Vec<LayerNode>,
    /// The overlays.
    pub overlays: Vec<OverlayRow>,
    /// The futures to choose from.
    pub scenarios: ScenariosModel,
}

/// What the layers panel remembers. Which rows are open is remembered by egui.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayersState {
    /// Text that a row must contain to be listed.
    pub filter: String,
}
