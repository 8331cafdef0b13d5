//! Selection played through on synthetic trees: what one would see, frame by frame.

mod flights;
mod mechanisms;

use glam::DVec3;

use super::{
    CacheState, LoadPriority, LoadState, Projection, Selection, SelectionOptions, SelectionState,
    View, select,
};
use crate::bounds::{BoundingVolume, OrientedBox};
use crate::tileset::{Refine, TreeLimits};
use crate::tree::{ContentRef, NodeId, TileNode, TileTree};

/// Somewhere on earth, so that f32 anywhere in the way would show.
const ORIGIN: DVec3 = DVec3::new(3_886_500.0, 334_846.0, 5_029_300.0);
/// Side of the root's square in metres.
const SIDE: f64 = 8192.0;

/// A flat square tile with its south-west corner and side, 20 m high.
fn square(x: f64, y: f64, side: f64) -> BoundingVolume {
    let half = DVec3::new(side * 0.5, side * 0.5, 10.0);
    let center = ORIGIN + DVec3::new(x, y, 0.0) + half;
    BoundingVolume::OrientedBox(OrientedBox::from_half_axes(
        center,
        [DVec3::X * half.x, DVec3::Y * half.y, DVec3::Z * half.z],
    ))
}

/// A node with content; the error is a sixteenth of the side.
fn tile(x: f64, y: f64, side: f64, refine: Refine) -> TileNode {
    TileNode::new(
        square(x, y, side),
        side / 16.0,
        refine,
        vec![ContentRef::Key(0)],
    )
}

/// A quadtree over the square, `depth` levels below the root.
fn quadtree(depth: u32, refine: Refine) -> TileTree {
    let mut tree = TileTree::new_root(tile(0.0, 0.0, SIDE, refine), TreeLimits::default());
    let mut open = vec![(tree.root(), 0.0, 0.0, SIDE, 0)];
    while let Some((parent, x, y, side, level)) = open.pop() {
        if level == depth {
            continue;
        }
        let half = side * 0.5;
        for (dx, dy) in [(0.0, 0.0), (half, 0.0), (0.0, half), (half, half)] {
            let mut node = tile(x + dx, y + dy, half, refine);
            if level + 1 == depth {
                node.geometric_error_m = 0.0;
            }
            let child = tree.add_child(parent, node).expect("within the limits");
            open.push((child, x + dx, y + dy, half, level + 1));
        }
    }
    tree
}

/// A camera over a point of the square, looking down and `tilt` metres forward (north) per metre down.
fn camera(x: f64, y: f64, height: f64, tilt: f64) -> View {
    let projection = Projection::Perspective { fov_y_rad: 1.0 };
    View::new(
        ORIGIN + DVec3::new(x, y, height),
        DVec3::new(0.0, tilt, -1.0),
        DVec3::Y,
        projection,
        [1280.0, 720.0],
    )
}

/// The caller's side: a cache, and a loader that takes the most wanted contents first.
struct World {
    tree: TileTree,
    cache: CacheState,
    state: SelectionState,
    options: SelectionOptions,
}

impl World {
    fn new(tree: TileTree) -> Self {
        Self {
            tree,
            cache: CacheState::new(),
            state: SelectionState::default(),
            options: SelectionOptions::default(),
        }
    }

    /// One frame; afterwards the first `arrivals` requests arrive.
    fn frame(&mut self, views: &[View], arrivals: usize) -> Selection {
        let selection = select(&self.tree, views, &self.cache, &self.state, &self.options);
        self.state = selection.state.clone();
        for request in selection.load.iter().take(arrivals) {
            self.cache.set(request.node, LoadState::Loaded);
        }
        selection
    }

    /// Frames until nothing that the picture needs is missing.
    fn settle(&mut self, views: &[View]) -> Selection {
        for _ in 0..1000 {
            let selection = self.frame(views, 50);
            if selection.is_settled() {
                return selection;
            }
        }
        panic!("never settles");
    }

    fn leaves_in_view(&self, view: &View) -> Vec<NodeId> {
        let visible = |id: NodeId| {
            !self
                .tree
                .node(id)
                .bounding_volume
                .is_outside(view.frustum())
        };
        let leaf = |(id, node): (NodeId, &TileNode)| node.children.is_empty().then_some(id);
        self.tree
            .iter()
            .filter_map(leaf)
            .filter(|id| self.path(*id).into_iter().all(visible))
            .collect()
    }

    /// A node and its ancestors.
    fn path(&self, id: NodeId) -> Vec<NodeId> {
        std::iter::successors(Some(id), |id| self.tree.node(*id).parent).collect()
    }

    /// Every visible spot of ground is drawn once: not twice, and not never.
    fn assert_covered(&self, view: &View, selection: &Selection, when: &str) {
        for leaf in self.leaves_in_view(view) {
            let path = self.path(leaf);
            let drawn: Vec<u32> = path
                .iter()
                .filter(|id| selection.render.contains(id))
                .map(|id| self.tree.node(*id).depth)
                .collect();
            assert_eq!(
                drawn.len(),
                1,
                "{when}: {leaf:?} is drawn at depths {drawn:?}"
            );
        }
    }

    /// What a renderer with everything loaded and no memory would draw.
    fn ideal(&self, view: &View) -> Vec<NodeId> {
        let mut drawn = Vec::new();
        let mut open = vec![self.tree.root()];
        while let Some(id) = open.pop() {
            let node = self.tree.node(id);
            if node.bounding_volume.is_outside(view.frustum()) {
                continue;
            }
            let distance = node.bounding_volume.distance_m(view.position_ecef());
            let error = view.screen_space_error_px(node.geometric_error_m, distance);
            let refined =
                !node.children.is_empty() && error > self.options.maximum_screen_space_error_px;
            if refined {
                open.extend(&node.children);
            }
            if !refined || node.refine == Refine::Add {
                drawn.push(id);
            }
        }
        drawn.sort();
        drawn
    }
}

fn sorted(mut nodes: Vec<NodeId>) -> Vec<NodeId> {
    nodes.sort();
    nodes
}
