//! The one tree of tiles that selection walks, whatever the source.
//!
//! An arena in earth-centred earth-fixed metres and f64. It is filled from tileset documents
//! ([`TileTree::from_tileset`], [`TileTree::append_external`]) or by code that cuts a city model into
//! tiles ([`TileTree::new_root`], [`TileTree::add_child`]). It holds no content: what is loaded is the
//! caller's to know, and to tell selection in a [`crate::CacheState`].
//!
//! Invariants: children come after their parent; a node's depth is its parent's plus one; nodes are
//! never removed, so a [`NodeId`] stays valid for the life of the tree.

mod explicit;

use std::collections::HashMap;

use glam::DMat4;
use serde_json::Value;

use crate::bounds::BoundingVolume;
use crate::error::TilesError;
use crate::tileset::{Refine, TreeLimits, UpAxis};

/// A node of one [`TileTree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(crate) u32);

impl NodeId {
    /// Position in the arena, `0..tree.len()`.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Where the content of a node comes from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ContentRef {
    /// Address, resolved against the address of the document that named it.
    Uri(String),
    /// Whatever the code that built the tree wants to find its content by.
    Key(u64),
}

/// One tile.
#[derive(Debug, Clone, PartialEq)]
pub struct TileNode {
    /// Encloses the tile and everything under it; earth-centred earth-fixed metres.
    pub bounding_volume: BoundingVolume,
    /// The tile is only considered while the viewer is inside; earth-centred earth-fixed metres.
    pub viewer_request_volume: Option<BoundingVolume>,
    /// Error in metres while this tile is drawn instead of its children; scaled by the transforms above.
    pub geometric_error_m: f64,
    /// What its children do to it.
    pub refine: Refine,
    /// Contents, drawn together; empty for a tile that only groups others.
    pub contents: Vec<ContentRef>,
    /// Parent, `None` for the root.
    pub parent: Option<NodeId>,
    /// Children.
    pub children: Vec<NodeId>,
    /// All transforms from the root down.
    pub ecef_from_tile: DMat4,
    /// Up axis of glTF contents.
    pub up_axis: UpAxis,
    /// Levels below the root.
    pub depth: u32,
    /// External tilesets above this node.
    pub external_depth: u32,
    /// True where the content turned out to be a tileset: there is nothing to draw here, so the error of
    /// this node says nothing and selection always goes on to its children.
    pub always_refine: bool,
    /// Tile metadata as written.
    pub metadata: Option<Value>,
}

impl TileNode {
    /// A node as code makes it: a volume, an error and contents, with the identity transform.
    pub fn new(
        bounding_volume: BoundingVolume,
        geometric_error_m: f64,
        refine: Refine,
        contents: Vec<ContentRef>,
    ) -> Self {
        Self {
            bounding_volume,
            viewer_request_volume: None,
            geometric_error_m,
            refine,
            contents,
            parent: None,
            children: Vec::new(),
            ecef_from_tile: DMat4::IDENTITY,
            up_axis: UpAxis::Y,
            depth: 0,
            external_depth: 0,
            always_refine: false,
            metadata: None,
        }
    }
}

/// A tree of tiles.
#[derive(Debug, Clone)]
pub struct TileTree {
    nodes: Vec<TileNode>,
    /// Root node of each external tileset and its address, to recognise cycles.
    externals: HashMap<NodeId, String>,
    base_uri: String,
    limits: TreeLimits,
}

impl TileTree {
    /// A tree of one node. Parent, children and depth of `root` are set by the tree.
    pub fn new_root(root: TileNode, limits: TreeLimits) -> Self {
        let root = TileNode {
            parent: None,
            children: Vec::new(),
            depth: 0,
            ..root
        };
        Self {
            nodes: vec![root],
            externals: HashMap::new(),
            base_uri: String::new(),
            limits,
        }
    }

    /// Adds a node under another. Parent, children and depth of `child` are set by the tree.
    ///
    /// # Errors
    ///
    /// [`TilesError::LimitExceeded`] for depth and number of nodes, [`TilesError::UnknownNode`].
    pub fn add_child(&mut self, parent: NodeId, child: TileNode) -> Result<NodeId, TilesError> {
        let depth = self.get(parent)?.depth + 1;
        if depth > self.limits.max_depth {
            return Err(TilesError::LimitExceeded {
                what: "levels of tiles",
                actual: u64::from(depth),
                limit: u64::from(self.limits.max_depth),
            });
        }
        if self.nodes.len() >= self.limits.max_nodes {
            return Err(TilesError::LimitExceeded {
                what: "tiles in a tree",
                actual: self.nodes.len() as u64 + 1,
                limit: self.limits.max_nodes as u64,
            });
        }
        let id =
            NodeId(
                u32::try_from(self.nodes.len()).map_err(|_| TilesError::LimitExceeded {
                    what: "tiles in a tree",
                    actual: self.nodes.len() as u64 + 1,
                    limit: u64::from(u32::MAX),
                })?,
            );
        self.nodes.push(TileNode {
            parent: Some(parent),
            children: Vec::new(),
            depth,
            ..child
        });
        self.nodes[parent.index()].children.push(id);
        Ok(id)
    }

    /// The root.
    pub fn root(&self) -> NodeId {
        NodeId(0)
    }

    /// Number of nodes, at least 1.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Never true: a tree has a root.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// A node.
    ///
    /// # Errors
    ///
    /// [`TilesError::UnknownNode`] for an id of another tree.
    pub fn get(&self, id: NodeId) -> Result<&TileNode, TilesError> {
        self.nodes
            .get(id.index())
            .ok_or(TilesError::UnknownNode { index: id.index() })
    }

    /// A node of this tree.
    ///
    /// # Panics
    ///
    /// For an id of another, larger tree; [`TileTree::get`] returns an error instead.
    pub fn node(&self, id: NodeId) -> &TileNode {
        &self.nodes[id.index()]
    }

    /// All nodes, parents before children.
    pub fn iter(&self) -> impl Iterator<Item = (NodeId, &TileNode)> {
        (0u32..)
            .zip(&self.nodes)
            .map(|(index, node)| (NodeId(index), node))
    }

    /// The id of the node at a position of the arena, `None` beyond its end.
    pub fn id_at(&self, index: usize) -> Option<NodeId> {
        (index < self.nodes.len())
            .then(|| u32::try_from(index).ok().map(NodeId))
            .flatten()
    }

    /// Sets a node's volume to one around those of its children, and so on up to the root. For trees built
    /// from the leaves' extents, once all children are added.
    pub fn enclose_children(&mut self) {
        for index in (0..self.nodes.len()).rev() {
            if self.nodes[index].children.is_empty() {
                continue;
            }
            let mut volumes: Vec<BoundingVolume> = self.nodes[index]
                .children
                .iter()
                .map(|child| self.nodes[child.index()].bounding_volume.clone())
                .collect();
            if !self.nodes[index].contents.is_empty() {
                volumes.push(self.nodes[index].bounding_volume.clone());
            }
            if let Some(volume) = BoundingVolume::union(&volumes) {
                self.nodes[index].bounding_volume = volume;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use glam::DVec3;

    use super::*;
    use crate::bounds::Sphere;

    fn leaf(x: f64) -> TileNode {
        let sphere = Sphere {
            center: DVec3::new(x, 0.0, 0.0),
            radius_m: 1.0,
        };
        TileNode::new(
            BoundingVolume::Sphere(sphere),
            0.0,
            Refine::Replace,
            vec![ContentRef::Key(x as u64)],
        )
    }

    #[test]
    fn children_know_their_place() {
        let mut tree = TileTree::new_root(leaf(0.0), TreeLimits::default());
        let child = tree
            .add_child(tree.root(), leaf(1.0))
            .expect("under the root");
        let grandchild = tree.add_child(child, leaf(2.0)).expect("under the child");
        assert_eq!(tree.node(grandchild).depth, 2);
        assert_eq!(tree.node(grandchild).parent, Some(child));
        assert_eq!(tree.node(tree.root()).children, vec![child]);
        assert_eq!(tree.id_at(2), Some(grandchild));
        assert_eq!(tree.id_at(3), None);
    }

    #[test]
    fn limits_hold_for_trees_made_by_code() {
        let limits = TreeLimits {
            max_depth: 1,
            max_nodes: 3,
            ..TreeLimits::default()
        };
        let mut tree = TileTree::new_root(leaf(0.0), limits);
        let child = tree.add_child(tree.root(), leaf(1.0)).expect("depth 1");
        assert!(matches!(
            tree.add_child(child, leaf(2.0)),
            Err(TilesError::LimitExceeded { .. })
        ));
        tree.add_child(tree.root(), leaf(3.0)).expect("third node");
        assert!(matches!(
            tree.add_child(tree.root(), leaf(4.0)),
            Err(TilesError::LimitExceeded { .. })
        ));
        assert!(matches!(
            tree.add_child(NodeId(77), leaf(4.0)),
            Err(TilesError::UnknownNode { index: 77 })
        ));
    }

    #[test]
    fn a_parent_made_before_its_children_ends_up_around_them() {
        let mut tree = TileTree::new_root(
            TileNode {
                contents: Vec::new(),
                ..leaf(0.0)
            },
            TreeLimits::default(),
        );
        let group = tree
            .add_child(
                tree.root(),
                TileNode {
                    contents: Vec::new(),
                    ..leaf(0.0)
                },
            )
            .expect("group");
        for x in [10.0, 30.0] {
            tree.add_child(group, leaf(x)).expect("leaf");
        }
        tree.enclose_children();
        let root = &tree.node(tree.root()).bounding_volume;
        assert!((root.center().x - 20.0).abs() < 1e-9);
        assert_eq!(root.distance_m(DVec3::new(31.0, 1.0, 0.0)), 0.0);
        assert!(root.distance_m(DVec3::new(32.0, 0.0, 0.0)) > 0.9);
    }
}
