//! The depth-first walk over the tree.

use super::{
    CacheState, LoadPriority, LoadRequest, LoadState, Outcome, Selection, SelectionOptions,
    SelectionState, View,
};
use crate::tileset::Refine;
use crate::tree::{NodeId, TileNode, TileTree};

pub(super) fn traverse(
    tree: &TileTree,
    views: &[View],
    cache: &CacheState,
    previous: &SelectionState,
    options: &SelectionOptions,
) -> Selection {
    let mut traversal = Traversal {
        tree,
        views,
        cache,
        previous,
        options,
        selection: Selection::default(),
        visit_order: Vec::new(),
    };
    traversal.visit_if_needed(tree.root(), false, false);
    traversal.selection
}

/// What a subtree reports to its parent.
#[derive(Debug, Clone, Copy)]
struct Details {
    /// Every visible tile that was chosen can be drawn now.
    visible_ready: bool,
    /// Every tile outside the picture that a parent's refinement waits for is loaded.
    culled_ready: bool,
    /// Something here was drawn in the last frame.
    any_rendered_last_frame: bool,
    /// Chosen tiles that are not there yet.
    missing: u32,
}

impl Details {
    /// Of a subtree that holds nothing back.
    const READY: Self = Self {
        visible_ready: true,
        culled_ready: true,
        any_rendered_last_frame: false,
        missing: 0,
    };

    fn and(self, other: Self) -> Self {
        Self {
            visible_ready: self.visible_ready && other.visible_ready,
            culled_ready: self.culled_ready && other.culled_ready,
            any_rendered_last_frame: self.any_rendered_last_frame || other.any_rendered_last_frame,
            missing: self.missing + other.missing,
        }
    }
}

/// How the views see one tile.
struct Seen {
    screen_space_error_px: f64,
    rank: f64,
}

struct Traversal<'a> {
    tree: &'a TileTree,
    views: &'a [View],
    cache: &'a CacheState,
    previous: &'a SelectionState,
    options: &'a SelectionOptions,
    selection: Selection,
    /// Visited nodes in order, so that a subtree is a range of it.
    visit_order: Vec<NodeId>,
}

impl Traversal<'_> {
    fn visit_if_needed(
        &mut self,
        id: NodeId,
        ancestor_meets_error: bool,
        parent_waits: bool,
    ) -> Details {
        self.selection.visited += 1;
        let node = self.tree.node(id);
        let Some(seen) = self.look_at(node) else {
            return self.cull(id, node, parent_waits);
        };
        self.visit(id, node, &seen, ancestor_meets_error)
    }

    /// Error and rank over the views that see the tile: the largest error, the smallest rank. `None` when
    /// none does.
    fn look_at(&self, node: &TileNode) -> Option<Seen> {
        let mut seen: Option<Seen> = None;
        for view in self.views {
            let requested = node
                .viewer_request_volume
                .as_ref()
                .is_none_or(|volume| volume.distance_m(view.position_ecef()) == 0.0);
            if !requested || node.bounding_volume.is_outside(view.frustum()) {
                continue;
            }
            let distance_m = node.bounding_volume.distance_m(view.position_ecef());
            let error = view.screen_space_error_px(node.geometric_error_m, distance_m);
            let rank = view.rank(&node.bounding_volume, distance_m);
            seen = Some(match seen {
                None => Seen {
                    screen_space_error_px: error,
                    rank,
                },
                Some(other) => Seen {
                    screen_space_error_px: other.screen_space_error_px.max(error),
                    rank: other.rank.min(rank),
                },
            });
        }
        seen
    }

    fn cull(&mut self, id: NodeId, node: &TileNode, parent_waits: bool) -> Details {
        self.selection.culled += 1;
        self.record(id, Outcome::Culled);
        if !parent_waits || self.views.is_empty() {
            return Details::READY;
        }
        let rank = self.rank_of_culled(node);
        if self.options.forbid_holes {
            self.request(id, node, LoadPriority::Normal, rank);
            let ready = self.is_ready(id, node);
            return Details {
                culled_ready: ready,
                missing: u32::from(!ready),
                ..Details::READY
            };
        }
        if self.options.preload_siblings {
            self.request(id, node, LoadPriority::Preload, rank);
        }
        Details::READY
    }

    fn rank_of_culled(&self, node: &TileNode) -> f64 {
        let rank = |view: &View| {
            view.rank(
                &node.bounding_volume,
                node.bounding_volume.distance_m(view.position_ecef()),
            )
        };
        self.views.iter().map(rank).fold(f64::INFINITY, f64::min)
    }

    fn visit(
        &mut self,
        id: NodeId,
        node: &TileNode,
        seen: &Seen,
        ancestor_meets_error: bool,
    ) -> Details {
        if node.children.is_empty() {
            if !ancestor_meets_error {
                self.request(id, node, LoadPriority::Normal, seen.rank);
            }
            return self.render(id, node);
        }
        let meets_error = seen.screen_space_error_px <= self.options.maximum_screen_space_error_px;
        // A content that failed cannot stand for its children; neither can one that is itself a tileset.
        let must_refine = node.always_refine || self.cache.get(id) == LoadState::Failed;
        let mut ancestor_meets_error = ancestor_meets_error;
        let mut requested = false;
        if !must_refine && (meets_error || ancestor_meets_error) {
            if !self.must_keep_detail(id, node) {
                if !ancestor_meets_error {
                    self.request(id, node, LoadPriority::Normal, seen.rank);
                }
                return self.render(id, node);
            }
            // Ancestor meets error: many finer tiles are drawn in this one's place, so it comes first.
            if !ancestor_meets_error {
                self.request(id, node, LoadPriority::Urgent, seen.rank);
                requested = true;
            }
            ancestor_meets_error = true;
        }
        self.refine(id, node, seen, ancestor_meets_error, requested)
    }

    fn refine(
        &mut self,
        id: NodeId,
        node: &TileNode,
        seen: &Seen,
        ancestor_meets_error: bool,
        mut requested: bool,
    ) -> Details {
        let adds = node.refine == Refine::Add;
        if !requested {
            if adds && !ancestor_meets_error {
                self.request(id, node, LoadPriority::Normal, seen.rank);
                requested = true;
            } else if !adds && self.options.preload_ancestors {
                self.request(id, node, LoadPriority::Preload, seen.rank);
            }
        }
        self.record(id, Outcome::Refined);
        let own = if adds {
            self.render(id, node)
        } else {
            Details::READY
        };
        let first_rendered = self.selection.render.len();
        let first_visited = self.visit_order.len();
        let first_request = self.selection.load.len();
        // Where the tile cannot be shown in its children's place, waiting for those outside the picture would
        // load a whole city for nothing.
        let has_own_picture = !self.is_see_through(node) && self.cache.get(id) != LoadState::Failed;
        let waits_for_children = !adds && has_own_picture;
        let mut details = Details::READY;
        for &child in &node.children {
            details =
                details.and(self.visit_if_needed(child, ancestor_meets_error, waits_for_children));
        }
        if adds {
            // What is added appears when it comes: nobody above waits for it, and nothing is kicked for it.
            return Details {
                missing: own.missing + details.missing,
                ..own
            };
        }
        let gap_in_picture = !details.visible_ready
            && (self.options.forbid_holes || !details.any_rendered_last_frame);
        let gap_outside = !details.culled_ready && !details.any_rendered_last_frame;
        let stands_in = self.can_stand_in(id, node);
        let too_many = details.missing > self.options.loading_descendant_limit
            && !details.any_rendered_last_frame
            && has_own_picture;
        if (gap_in_picture || gap_outside) && (stands_in || too_many) {
            details = self.kick(id, node, first_rendered, first_visited);
            if !stands_in {
                // Loading-descendant limit: this tile instead of all those below it.
                self.selection.load.truncate(first_request);
                if !requested {
                    self.request(id, node, LoadPriority::Normal, seen.rank);
                }
            }
        }
        details
    }

    /// Kicking: throws what was chosen below out of the picture and puts the tile itself in. What the
    /// descendants asked to load stays asked for.
    fn kick(
        &mut self,
        id: NodeId,
        node: &TileNode,
        first_rendered: usize,
        first_visited: usize,
    ) -> Details {
        for visited in &self.visit_order[first_visited..] {
            if let Some(outcome) = self.selection.state.outcomes.get_mut(visited) {
                *outcome = match *outcome {
                    Outcome::Rendered => Outcome::RenderedAndKicked,
                    Outcome::Refined => Outcome::RefinedAndKicked,
                    other => other,
                };
            }
        }
        self.selection.render.truncate(first_rendered);
        self.render(id, node)
    }

    /// Chooses the tile itself for the picture.
    fn render(&mut self, id: NodeId, node: &TileNode) -> Details {
        let refines = self.selection.state.outcomes.get(&id) == Some(&Outcome::Refined);
        if !(refines && node.refine == Refine::Add) {
            self.record(id, Outcome::Rendered);
        }
        let ready = self.is_ready(id, node);
        if self.cache.get(id) == LoadState::Loaded && !self.is_see_through(node) {
            self.selection.render.push(id);
        }
        Details {
            visible_ready: ready,
            culled_ready: true,
            any_rendered_last_frame: ready && self.was_rendered(id),
            missing: u32::from(!ready),
        }
    }

    /// Ancestor meets error: the tile is coarse enough but not there, and its descendants are drawn.
    fn must_keep_detail(&self, id: NodeId, node: &TileNode) -> bool {
        let refined = matches!(
            self.previous.outcomes.get(&id),
            Some(Outcome::Refined | Outcome::RefinedAndKicked)
        );
        refined && !self.is_ready(id, node)
    }

    /// True when choosing the tile leaves nothing to wait for. What failed is not waited for.
    fn is_ready(&self, id: NodeId, node: &TileNode) -> bool {
        self.is_see_through(node)
            || matches!(self.cache.get(id), LoadState::Loaded | LoadState::Failed)
    }

    /// True when the tile can be shown in place of its descendants.
    fn can_stand_in(&self, id: NodeId, node: &TileNode) -> bool {
        !self.is_see_through(node) && self.cache.get(id) == LoadState::Loaded
    }

    /// See-through tiles group others and have nothing to draw; in their place there would be a hole.
    fn is_see_through(&self, node: &TileNode) -> bool {
        node.contents.is_empty() || node.always_refine
    }

    fn was_rendered(&self, id: NodeId) -> bool {
        self.previous.outcomes.get(&id) == Some(&Outcome::Rendered)
    }

    fn record(&mut self, id: NodeId, outcome: Outcome) {
        if self.selection.state.outcomes.insert(id, outcome).is_none() {
            self.visit_order.push(id);
        }
    }

    fn request(&mut self, id: NodeId, node: &TileNode, priority: LoadPriority, rank: f64) {
        let wanted = matches!(self.cache.get(id), LoadState::Unloaded | LoadState::Loading);
        if wanted && !node.contents.is_empty() && !node.always_refine {
            self.selection.load.push(LoadRequest {
                node: id,
                priority,
                rank,
            });
        }
    }
}
