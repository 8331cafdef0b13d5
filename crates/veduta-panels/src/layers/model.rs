//! What the layers panel shows.

use serde::{Deserialize, Serialize};

use crate::model::{EntityKind, LayerId, ObjectId, ObjectKind, OverlayId, ScenariosModel};

/// A row of the layer tree: a source, a thematic module of it, or one object type.
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
    /// Levels of detail that its objects have, coarsest first; a choice where there are several.
    pub levels: Vec<u8>,
    /// The level wished for; `None` is the finest.
    pub level: Option<u8>,
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

/// A group of city objects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupRow {
    /// Handed back in commands.
    pub id: ObjectId,
    /// Its name, or identifier.
    pub name: String,
    /// How many objects it has.
    pub members: u64,
    /// It is what is selected.
    pub selected: bool,
}

/// What the layers panel shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LayersModel {
    /// The tree, sources at the top.
    pub layers: Vec<LayerNode>,
    /// The overlays.
    pub overlays: Vec<OverlayRow>,
    /// Groups of city objects.
    pub groups: Vec<GroupRow>,
    /// The futures to choose from.
    pub scenarios: ScenariosModel,
}

/// What the layers panel remembers. Which rows are open is remembered by egui.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LayersState {
    /// Text that a row must contain to be listed.
    pub filter: String,
}
