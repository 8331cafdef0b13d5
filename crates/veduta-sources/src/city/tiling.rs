//! Drafts of a whole source into a tree of tiles with its contents in memory.

use std::sync::Arc;

use glam::{DMat4, DVec3, Vec3};
use tiles3d::{
    BoundingVolume, ContentRef, Feature, NodeId, OrientedBox, Refine, TileContent, TileNode,
    TileTree, TilesError, TreeLimits,
};
use veduta_geo::EnuFrame;

use super::assembly::assemble;
use super::draft::ObjectDraft;
use super::finish::Themes;
use super::quadtree::{Piece, QuadNode};
use crate::picture::TilePictures;

/// A tree whose content keys index `contents`.
pub(crate) struct TiledCity {
    pub(crate) tree: TileTree,
    pub(crate) contents: Vec<Arc<TileContent>>,
    /// Textures of each content.
    pub(crate) pictures: Vec<TilePictures>,
    /// Themes for which tiles have no room.
    pub(crate) themes_left_out: usize,
}

/// Cuts drafts into tiles; `None` if there is nothing to draw. Objects without geometry, `listed` one by one, stand in
/// the root, which is loaded with whatever else is seen. `moved` is applied to everything last, in earth-centred
/// metres: it carries a design from where it was drawn to where it is to stand.
///
/// # Errors
/// When the tree exceeds its limits.
pub(crate) fn tile(
    mut drafts: Vec<ObjectDraft>,
    listed: Vec<Vec<Feature>>,
    moved: DMat4,
    progress: &dyn Fn(usize, usize),
) -> Result<Option<TiledCity>, TilesError> {
    let pieces = pieces(&drafts);
    if pieces.is_empty() {
        return Ok(None);
    }
    let themes = themes(&drafts);
    let themes_left_out = themes.left_out;
    let root = QuadNode::cut(pieces);
    let mut builder = Builder {
        tree: None,
        contents: Vec::new(),
        pictures: Vec::new(),
        themes,
        listed: joined(listed),
        leaf_count: root.leaf_count(),
        moved,
        progress,
    };
    builder.add(None, root, &mut drafts)?;
    let (contents, pictures) = (builder.contents, builder.pictures);
    Ok(builder.tree.map(|mut tree| {
        tree.enclose_children();
        TiledCity {
            tree,
            contents,
            pictures,
            themes_left_out,
        }
    }))
}

/// One piece per object, one per terrain triangle, in a frame common to all.
fn pieces(drafts: &[ObjectDraft]) -> Vec<Piece> {
    let Some(first) = drafts.first() else {
        return Vec::new();
    };
    let common: EnuFrame = first.frame;
    let mut pieces = Vec::new();
    for (object, draft) in drafts.iter().enumerate() {
        let place = |point: DVec3| {
            let point_enu = common.point_enu_from_ecef(draft.frame.point_ecef_from_enu(point));
            [point_enu.x, point_enu.y]
        };
        let triangles = draft.weight();
        if triangles > 0 {
            let middle = draft
                .bounds()
                .map_or(DVec3::ZERO, |[low, high]| 0.5 * (low + high));
            pieces.push(Piece {
                center_enu: place(middle),
                triangles,
                object,
                terrain_triangle: None,
            });
        }
        pieces.extend((0..draft.terrain.triangles.len()).map(|triangle| Piece {
            center_enu: place(draft.terrain.centroid(triangle)),
            triangles: 1,
            object,
            terrain_triangle: Some(triangle as u32),
        }));
    }
    pieces
}

struct Builder<'a> {
    tree: Option<TileTree>,
    contents: Vec<Arc<TileContent>>,
    pictures: Vec<TilePictures>,
    themes: Themes,
    /// Rows for the root.
    listed: Vec<Feature>,
    leaf_count: usize,
    moved: DMat4,
    progress: &'a dyn Fn(usize, usize),
}

impl Builder<'_> {
    fn add(
        &mut self,
        parent: Option<NodeId>,
        node: QuadNode,
        drafts: &mut [ObjectDraft],
    ) -> Result<(), TilesError> {
        match node {
            QuadNode::Leaf(pieces) => {
                let (mut content, pictures) = assemble(&pieces, drafts, &self.themes);
                append_rows(&mut content.features, std::mem::take(&mut self.listed));
                content.ecef_from_local = self.moved * content.ecef_from_local;
                let tile = TileNode::new(
                    volume_of(&content),
                    0.0,
                    Refine::Add,
                    vec![ContentRef::Key(self.contents.len() as u64)],
                );
                self.contents.push(Arc::new(content));
                self.pictures.push(pictures);
                self.hang(parent, tile)?;
                (self.progress)(self.contents.len(), self.leaf_count);
            }
            QuadNode::Group(quarters) => {
                // There is nothing to draw in a group, so selection must always look inside; its
                // volume is set around its children at the end.
                let listed = std::mem::take(&mut self.listed);
                let contents = (!listed.is_empty()).then(|| {
                    self.contents.push(Arc::new(TileContent {
                        ecef_from_local: self.moved * drafts[0].frame.ecef_from_enu(),
                        features: listed,
                        ..TileContent::default()
                    }));
                    self.pictures.push(TilePictures::default());
                    ContentRef::Key(self.contents.len() as u64 - 1)
                });
                let group = TileNode {
                    always_refine: true,
                    ..TileNode::new(
                        point_volume(),
                        0.0,
                        Refine::Add,
                        contents.into_iter().collect(),
                    )
                };
                let group = self.hang(parent, group)?;
                for quarter in quarters {
                    self.add(Some(group), quarter, drafts)?;
                }
            }
        }
        Ok(())
    }

    fn hang(&mut self, parent: Option<NodeId>, tile: TileNode) -> Result<NodeId, TilesError> {
        match (&mut self.tree, parent) {
            (Some(tree), Some(parent)) => tree.add_child(parent, tile),
            (tree, _) => Ok(tree
                .insert(TileTree::new_root(tile, TreeLimits::default()))
                .root()),
        }
    }
}

/// Themes of everything drawn.
fn themes(drafts: &[ObjectDraft]) -> Themes {
    let own = drafts.iter().flat_map(|draft| &draft.meshes);
    let of_prototypes = drafts
        .iter()
        .flat_map(|draft| &draft.instances)
        .flat_map(|instance| &instance.prototype.meshes);
    Themes::of(own.chain(of_prototypes).map(|one| &one.dress))
}

/// Rows of several objects as one table.
fn joined(listed: Vec<Vec<Feature>>) -> Vec<Feature> {
    let mut rows = Vec::new();
    for more in listed {
        append_rows(&mut rows, more);
    }
    rows
}

fn append_rows(rows: &mut Vec<Feature>, more: Vec<Feature>) {
    let first = rows.len() as u32;
    rows.extend(more.into_iter().map(|row| Feature {
        parent: row.parent.map(|parent| first + parent),
        variant_of: row.variant_of.map(|main| first + main),
        ..row
    }));
}

fn point_volume() -> BoundingVolume {
    BoundingVolume::OrientedBox(OrientedBox::from_half_axes(DVec3::ZERO, [DVec3::ZERO; 3]))
}

/// Box in the tile's own frame around everything in it.
pub(crate) fn volume_of(content: &TileContent) -> BoundingVolume {
    let mut low = Vec3::INFINITY;
    let mut high = Vec3::NEG_INFINITY;
    for mesh in &content.meshes {
        for &position in &mesh.positions {
            low = low.min(Vec3::from_array(position));
            high = high.max(Vec3::from_array(position));
        }
    }
    for instances in &content.instances {
        let points = || {
            instances
                .mesh
                .positions
                .iter()
                .copied()
                .map(Vec3::from_array)
        };
        let own_low = points().fold(Vec3::INFINITY, Vec3::min);
        let own_high = points().fold(Vec3::NEG_INFINITY, Vec3::max);
        for (placement, _) in &instances.placements {
            for corner in 0..8 {
                let is_high = glam::BVec3::new(corner & 1 != 0, corner & 2 != 0, corner & 4 != 0);
                let point = placement.transform_point3(Vec3::select(is_high, own_high, own_low));
                low = low.min(point);
                high = high.max(point);
            }
        }
    }
    if low.x > high.x {
        (low, high) = (Vec3::ZERO, Vec3::ZERO);
    }
    BoundingVolume::OrientedBox(OrientedBox::from_local_bounds(
        &content.ecef_from_local,
        low.as_dvec3(),
        high.as_dvec3(),
    ))
}
