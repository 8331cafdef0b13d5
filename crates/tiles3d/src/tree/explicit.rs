//! Explicit tileset documents into the tree, external ones included.

use glam::DMat4;

use super::{ContentRef, NodeId, TileNode, TileTree};
use crate::bounds::largest_scale;
use crate::error::TilesError;
use crate::tileset::{Tile, Tileset, TreeLimits, UpAxis};
use crate::uri::resolve_uri;

/// What nodes of one document have in common.
struct Document<'a> {
    base_uri: &'a str,
    up_axis: UpAxis,
    external_depth: u32,
}

impl Document<'_> {
    fn node(&self, tile: &Tile, ecef_from_tile: DMat4) -> TileNode {
        // Contents of implicitly tiled nodes are templates with {level} and {x}: no addresses.
        let contents = match tile.implicit_tiling {
            Some(_) => Vec::new(),
            None => tile
                .contents
                .iter()
                .map(|content| ContentRef::Uri(resolve_uri(self.base_uri, &content.uri)))
                .collect(),
        };
        TileNode {
            viewer_request_volume: tile
                .viewer_request_volume
                .as_ref()
                .map(|volume| volume.transformed(&ecef_from_tile)),
            ecef_from_tile,
            up_axis: self.up_axis,
            external_depth: self.external_depth,
            metadata: tile.metadata.clone(),
            ..TileNode::new(
                tile.bounding_volume.transformed(&ecef_from_tile),
                tile.geometric_error_m * largest_scale(&ecef_from_tile),
                tile.refine,
                contents,
            )
        }
    }
}

impl TileTree {
    /// The tree of a tileset document. `base_uri` is the document's own address; contents are resolved
    /// against it.
    ///
    /// # Errors
    ///
    /// [`TilesError::LimitExceeded`].
    pub fn from_tileset(
        tileset: &Tileset,
        base_uri: &str,
        limits: TreeLimits,
    ) -> Result<Self, TilesError> {
        let document = Document {
            base_uri,
            up_axis: tileset.asset.gltf_up_axis.unwrap_or_default(),
            external_depth: 0,
        };
        let ecef_from_root = tileset.root.parent_from_tile;
        let mut tree = Self::new_root(document.node(&tileset.root, ecef_from_root), limits);
        tree.base_uri = base_uri.to_owned();
        tree.append_children(tree.root(), &tileset.root, ecef_from_root, &document)?;
        Ok(tree)
    }

    /// Hangs an external tileset under the node whose content it turned out to be, and marks the node as
    /// having nothing of its own to draw. Returns the node of the external root.
    ///
    /// # Errors
    ///
    /// [`TilesError::LimitExceeded`] for nodes, depth, nesting, and when the document is one of those the
    /// node already hangs under (a cycle); [`TilesError::UnknownNode`]. After an error the node is left
    /// with the children that fitted; mark it failed in the cache state.
    pub fn append_external(
        &mut self,
        host: NodeId,
        tileset: &Tileset,
        base_uri: &str,
    ) -> Result<NodeId, TilesError> {
        let ecef_from_host = self.get(host)?.ecef_from_tile;
        let external_depth = self.get(host)?.external_depth + 1;
        if external_depth > self.limits.max_external_depth {
            return Err(TilesError::LimitExceeded {
                what: "external tilesets inside one another",
                actual: u64::from(external_depth),
                limit: u64::from(self.limits.max_external_depth),
            });
        }
        if self.hangs_under(host, base_uri) {
            return Err(TilesError::LimitExceeded {
                what: "times a tileset contains itself",
                actual: 1,
                limit: 0,
            });
        }
        let document = Document {
            base_uri,
            up_axis: tileset
                .asset
                .gltf_up_axis
                .unwrap_or(self.get(host)?.up_axis),
            external_depth,
        };
        let ecef_from_root = ecef_from_host * tileset.root.parent_from_tile;
        let root = self.add_child(host, document.node(&tileset.root, ecef_from_root))?;
        self.nodes[host.index()].always_refine = true;
        self.externals.insert(root, base_uri.to_owned());
        self.append_children(root, &tileset.root, ecef_from_root, &document)?;
        Ok(root)
    }

    /// True when the node belongs to the document at this address, directly or through external ones.
    fn hangs_under(&self, node: NodeId, base_uri: &str) -> bool {
        let mut current = Some(node);
        while let Some(id) = current {
            if self.externals.get(&id).is_some_and(|uri| uri == base_uri) {
                return true;
            }
            current = self.nodes[id.index()].parent;
        }
        !base_uri.is_empty() && self.base_uri == base_uri
    }

    fn append_children(
        &mut self,
        root: NodeId,
        root_tile: &Tile,
        ecef_from_root: DMat4,
        document: &Document,
    ) -> Result<(), TilesError> {
        let mut open = vec![(root, root_tile, ecef_from_root)];
        while let Some((parent, tile, ecef_from_parent)) = open.pop() {
            for child in &tile.children {
                let ecef_from_child = ecef_from_parent * child.parent_from_tile;
                let id = self.add_child(parent, document.node(child, ecef_from_child))?;
                open.push((id, child, ecef_from_child));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use glam::DVec3;

    use super::*;
    use crate::diagnostics::Diagnostics;

    fn tileset(text: &str) -> Tileset {
        Tileset::read(
            text.as_bytes(),
            &TreeLimits::default(),
            &mut Diagnostics::new(),
        )
        .expect("a tileset")
    }

    const PARENT: &str = r#"{"asset":{"version":"1.1","gltfUpAxis":"Z"},"geometricError":100,"root":{
        "boundingVolume":{"sphere":[0,0,0,10]},"geometricError":10,"refine":"ADD",
        "transform":[2,0,0,0, 0,2,0,0, 0,0,2,0, 100,0,0,1],
        "children":[{"boundingVolume":{"sphere":[1,0,0,1]},"geometricError":4,"content":{"uri":"../sub/t.json?k=1"}}]}}"#;
    const CHILD: &str = r#"{"asset":{"version":"1.0"},"geometricError":4,"root":{
        "boundingVolume":{"box":[0,0,0, 1,0,0, 0,1,0, 0,0,1]},"geometricError":0,"refine":"REPLACE",
        "transform":[1,0,0,0, 0,1,0,0, 0,0,1,0, 0,3,0,1],"content":{"url":"a.b3dm"}}}"#;

    #[test]
    fn transforms_errors_and_addresses_accumulate() {
        let mut tree = TileTree::from_tileset(
            &tileset(PARENT),
            "http://h/x/tileset.json",
            TreeLimits::default(),
        )
        .expect("tree");
        let root = tree.node(tree.root());
        assert_eq!(root.geometric_error_m, 20.0, "scaled by the transform");
        assert_eq!(root.bounding_volume.radius_m(), 20.0);
        let host = root.children[0];
        assert_eq!(
            tree.node(host).contents,
            vec![ContentRef::Uri("http://h/sub/t.json?k=1".into())]
        );
        assert_eq!(
            tree.node(host).bounding_volume.center(),
            DVec3::new(102.0, 0.0, 0.0)
        );
        let external = tree
            .append_external(host, &tileset(CHILD), "http://h/sub/t.json?k=1")
            .expect("fits");
        let node = tree.node(external);
        assert_eq!(node.bounding_volume.center(), DVec3::new(100.0, 6.0, 0.0));
        assert_eq!(
            node.contents,
            vec![ContentRef::Uri("http://h/sub/a.b3dm".into())]
        );
        assert!(tree.node(host).always_refine);
        assert_eq!(node.up_axis, UpAxis::Z, "taken from the tileset around it");
    }

    #[test]
    fn a_tileset_that_contains_itself_ends() {
        let mut tree = TileTree::from_tileset(
            &tileset(PARENT),
            "http://h/x/tileset.json",
            TreeLimits::default(),
        )
        .expect("tree");
        let host = tree.node(tree.root()).children[0];
        let again = tree.append_external(host, &tileset(PARENT), "http://h/x/tileset.json");
        assert!(
            matches!(again, Err(TilesError::LimitExceeded { .. })),
            "{again:?}"
        );
        let inner = tree
            .append_external(host, &tileset(CHILD), "http://h/sub/t.json")
            .expect("another document");
        assert!(
            tree.append_external(inner, &tileset(PARENT), "http://h/sub/t.json")
                .is_err()
        );
    }
}
