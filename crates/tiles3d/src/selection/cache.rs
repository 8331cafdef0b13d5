//! What the caller has: a state per node.

use crate::tree::NodeId;

/// Where the contents of a node are. A node with several contents is as far as its slowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum LoadState {
    /// Not here and not on its way.
    #[default]
    Unloaded,
    /// Requested, being decoded or being uploaded.
    Loading,
    /// Ready to be drawn in this very frame.
    Loaded,
    /// Could not be loaded and is not to be asked for again; set [`LoadState::Unloaded`] to retry.
    Failed,
}

/// The load state of every node of a tree; nodes never mentioned are unloaded.
#[derive(Debug, Clone, Default)]
pub struct CacheState {
    states: Vec<LoadState>,
}

impl CacheState {
    /// Nothing loaded.
    pub fn new() -> Self {
        Self::default()
    }

    /// Records a state.
    pub fn set(&mut self, node: NodeId, state: LoadState) {
        if node.index() >= self.states.len() {
            self.states.resize(node.index() + 1, LoadState::Unloaded);
        }
        self.states[node.index()] = state;
    }

    /// The recorded state.
    pub fn get(&self, node: NodeId) -> LoadState {
        self.states.get(node.index()).copied().unwrap_or_default()
    }

    /// Nodes whose contents are loaded.
    pub fn loaded(&self) -> impl Iterator<Item = NodeId> + '_ {
        (0u32..)
            .zip(&self.states)
            .filter(|(_, state)| **state == LoadState::Loaded)
            .map(|(index, _)| NodeId(index))
    }
}
