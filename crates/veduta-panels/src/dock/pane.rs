//! The panes and where they are.

use serde::{Deserialize, Serialize};

/// A part of the window that can be shown and hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Pane {
    /// The see-through pane in which the app draws; always shown.
    Scene,
    /// Layer tree, overlays and scenarios.
    Layers,
    /// What is known of the selected thing.
    Inspector,
    /// The key to colours and shapes.
    Legend,
    /// What was wrong with the input.
    Diagnostics,
    /// The bar of time.
    Timeline,
}

/// Where the panes are.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Dock {}
