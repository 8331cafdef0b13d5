//! Which tiles to draw, which to load and which may go: a pure function of tree, views and cache.
//!
//! [`select`] walks the tree depth first and refines where the screen-space error is too large. The
//! mechanisms around that plain rule each have a name and prevent one visible failure:
//!
//! | mechanism | prevents |
//! | --- | --- |
//! | *kicking* | holes while zooming in: a subtree that is not complete is thrown out of the picture in favour of its loaded ancestor |
//! | *ancestor meets error* | losing detail while zooming out: finer tiles stay until the coarser one that replaces them has arrived |
//! | *forbid holes* | holes at the picture's edge while panning: a tile gives way to its children only when those just outside the picture are there too |
//! | *loading-descendant limit* | staring at a blur: if many descendants are missing, the one ancestor is loaded first |
//! | *see-through tiles* | holes under tiles that group others and have nothing to draw themselves |
//! | *priority by distance and screen centre* | detail arriving at the rim before it arrives where one looks |
//!
//! The algorithm follows the published description of cesium-native's. What is remembered between
//! frames is an argument and a result ([`SelectionState`]), so a frame can be replayed in a test.
//! Not here: byte budgets, requests, cancelling, fog and horizon culling.

mod cache;
mod options;
mod traversal;
mod view;

#[cfg(test)]
mod scenarios;

use std::collections::{HashMap, HashSet};

use crate::tree::{NodeId, TileTree};

pub use cache::{CacheState, LoadState};
pub use options::SelectionOptions;
pub use view::{Projection, View};

/// How badly a content is wanted; groups are never mixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LoadPriority {
    /// Finer tiles are drawn in its place and cannot go before it is there.
    Urgent,
    /// Needed for the picture.
    Normal,
    /// Not needed now; makes the next movement smooth.
    Preload,
}

/// A content that is wanted and not there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LoadRequest {
    /// Whose contents.
    pub node: NodeId,
    /// Group.
    pub priority: LoadPriority,
    /// Order inside the group, smaller first: distance in metres times how far from the centre of the
    /// picture (1 - cos of the angle), the smallest over all views.
    pub rank: f64,
}

/// What one call of [`select`] decided.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Tiles to draw, each with loaded content.
    pub render: Vec<NodeId>,
    /// Contents to load or, where a load is already under way, to keep loading; most wanted first. A
    /// load in flight whose node is not listed may be cancelled.
    pub load: Vec<LoadRequest>,
    /// Loaded contents that this frame did not use, longest unused first.
    pub unload: Vec<NodeId>,
    /// To be handed to the next call.
    pub state: SelectionState,
    /// Tiles looked at.
    pub visited: usize,
    /// Tiles that were outside all views.
    pub culled: usize,
}

impl Selection {
    /// True when nothing that the picture needs is missing; preloading may still go on.
    pub fn is_settled(&self) -> bool {
        self.load
            .iter()
            .all(|request| request.priority == LoadPriority::Preload)
    }
}

/// What happened to a visited tile in the last frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Rendered,
    Refined,
    Culled,
    /// Would have been rendered, but an ancestor stands in for it.
    RenderedAndKicked,
    /// Would have been refined, but an ancestor stands in for its descendants.
    RefinedAndKicked,
}

/// What selection remembers from frame to frame. Empty for the first frame.
#[derive(Debug, Clone, Default)]
pub struct SelectionState {
    pub(crate) frame: u64,
    pub(crate) outcomes: HashMap<NodeId, Outcome>,
    /// Per loaded content, the frame that last used it.
    pub(crate) last_used: HashMap<NodeId, u64>,
}

/// Selects the tiles for one frame. With no views nothing is drawn or loaded.
///
/// `previous` is the state that the last call returned; the default for the first call and after the
/// cache was cleared.
pub fn select(
    tree: &TileTree,
    views: &[View],
    cache: &CacheState,
    previous: &SelectionState,
    options: &SelectionOptions,
) -> Selection {
    let mut selection = traversal::traverse(tree, views, cache, previous, options);
    let frame = previous.frame + 1;
    selection.state.frame = frame;
    let mut unused = Vec::new();
    for node in cache
        .loaded()
        .filter(|node| tree.get(*node).is_ok_and(|node| !node.always_refine))
    {
        let used = selection
            .state
            .outcomes
            .get(&node)
            .is_some_and(|outcome| *outcome != Outcome::Culled)
            || (options.forbid_holes && selection.state.outcomes.contains_key(&node));
        // A content that arrived unasked counts as used when it was first seen.
        let last_used = if used {
            frame
        } else {
            previous.last_used.get(&node).copied().unwrap_or(frame)
        };
        selection.state.last_used.insert(node, last_used);
        if !used {
            unused.push((last_used, node));
        }
    }
    // Of the same age, the deeper first: coarse tiles cover more ground per byte. Children have larger ids.
    unused.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
    selection.unload = unused.into_iter().map(|(_, node)| node).collect();
    // A tile may be wanted for two reasons; the better one counts.
    selection
        .load
        .sort_by(|a, b| a.priority.cmp(&b.priority).then(a.rank.total_cmp(&b.rank)));
    let mut listed = HashSet::with_capacity(selection.load.len());
    selection.load.retain(|request| listed.insert(request.node));
    selection
}
