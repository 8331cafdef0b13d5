//! The panes and where they are.

use egui_tiles::{Container, Linear, LinearDir, Tabs, Tile, TileId, Tiles, Tree};
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
    /// The key to colours and shapes; floats over the scene.
    Legend,
    /// What was wrong with the input.
    Diagnostics,
    /// The bar of time, below all else.
    Timeline,
}

impl Pane {
    /// All panes that can be closed.
    pub const CLOSABLE: [Self; 5] = [
        Self::Layers,
        Self::Inspector,
        Self::Diagnostics,
        Self::Legend,
        Self::Timeline,
    ];

    /// The message key of the pane's title.
    pub fn message_key(self) -> &'static str {
        match self {
            Self::Scene => "pane-scene",
            Self::Layers => "pane-layers",
            Self::Inspector => "pane-inspector",
            Self::Legend => "pane-legend",
            Self::Diagnostics => "pane-diagnostics",
            Self::Timeline => "pane-timeline",
        }
    }

    /// The pane has a place among the tiles; the others float or lie along an edge.
    fn is_tile(self) -> bool {
        matches!(
            self,
            Self::Scene | Self::Layers | Self::Inspector | Self::Diagnostics
        )
    }
}

/// Width of the column left of the scene, in points.
const LEFT_WIDTH: f32 = 260.0;
/// Width of the column right of the scene, in points.
const RIGHT_WIDTH: f32 = 330.0;

/// Where the panes are. Dragged by their tabs they dock to any side of each other.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Dock {
    pub(super) tree: Tree<Pane>,
    timeline_open: bool,
    legend_open: bool,
}

impl Default for Dock {
    fn default() -> Self {
        let mut tiles = Tiles::default();
        let [layers, inspector, diagnostics, scene] = [
            Pane::Layers,
            Pane::Inspector,
            Pane::Diagnostics,
            Pane::Scene,
        ]
        .map(|pane| tiles.insert_pane(pane));
        let left = tiles.insert_container(Tabs::new(vec![layers]));
        let right = tiles.insert_container(Tabs::new(vec![inspector, diagnostics]));
        let mut columns = Linear::new(LinearDir::Horizontal, vec![left, scene, right]);
        columns.shares.set_share(left, LEFT_WIDTH);
        columns.shares.set_share(right, RIGHT_WIDTH);
        let root = tiles.insert_container(columns);
        Self {
            tree: Tree::new("dock", root, tiles),
            timeline_open: true,
            legend_open: true,
        }
    }
}

impl Dock {
    /// Whether a pane is shown. A pane behind another's tab counts as shown.
    pub fn is_open(&self, pane: Pane) -> bool {
        match pane {
            Pane::Timeline => self.timeline_open,
            Pane::Legend => self.legend_open,
            _ => self
                .tile(pane)
                .is_some_and(|tile| self.tree.tiles.is_visible(tile)),
        }
    }

    /// Shows or hides a pane; what is shown comes before the tabs it shares its place with. The scene cannot be hidden.
    pub fn set_open(&mut self, pane: Pane, open: bool) {
        match pane {
            Pane::Timeline => self.timeline_open = open,
            Pane::Legend => self.legend_open = open,
            Pane::Scene => {}
            _ => {
                let Some(tile) = self.tile(pane) else { return };
                self.tree.tiles.set_visible(tile, open);
                self.hide_empty_tabs();
                if open {
                    self.tree
                        .make_active(|_, tile| matches!(tile, Tile::Pane(found) if *found == pane));
                }
            }
        }
    }

    /// Puts all panes back where they were at first.
    pub fn reset(&mut self) {
        *self = Self::default();
    }

    /// An arrangement stored by another version may lack a pane; then all go back to their places.
    pub(super) fn mend(&mut self) {
        let panes = [
            Pane::Scene,
            Pane::Layers,
            Pane::Inspector,
            Pane::Diagnostics,
        ];
        if panes.iter().any(|pane| self.tile(*pane).is_none()) {
            self.reset();
        }
    }

    fn tile(&self, pane: Pane) -> Option<TileId> {
        if pane.is_tile() {
            self.tree.tiles.find_pane(&pane)
        } else {
            None
        }
    }

    /// A column whose panes are all hidden gives its room to the scene.
    pub(super) fn hide_empty_tabs(&mut self) {
        let containers: Vec<(TileId, bool)> = self
            .tree
            .tiles
            .iter()
            .filter_map(|(id, tile)| match tile {
                Tile::Container(container) => Some((
                    *id,
                    container
                        .children()
                        .any(|child| self.tree.tiles.is_visible(*child)),
                )),
                Tile::Pane(_) => None,
            })
            .collect();
        for (id, has_visible_child) in containers {
            self.tree.tiles.set_visible(id, has_visible_child);
        }
    }

    /// Gives the scene all width that the columns beside it do not have, so that these keep theirs when the window changes.
    pub(super) fn fit_columns(&mut self, width: f32) {
        let Some(root) = self.tree.root() else { return };
        let scene = self.column_of_scene(root);
        let tiles = &self.tree.tiles;
        let Some(Tile::Container(Container::Linear(columns))) = tiles.get(root) else {
            return;
        };
        let (LinearDir::Horizontal, Some(scene)) = (columns.dir, scene) else {
            return;
        };
        let others: Vec<(TileId, f32)> = columns
            .children
            .iter()
            .filter(|child| **child != scene && tiles.is_visible(**child))
            .map(|child| (*child, columns.shares[*child]))
            .collect();
        let wanted: f32 = others.iter().map(|(_, share)| share).sum();
        // The scene keeps at least a third of the window.
        let scale = (width * 2.0 / 3.0 / wanted.max(1.0)).min(1.0);
        let shares: Vec<(TileId, f32)> = others
            .into_iter()
            .map(|(id, share)| (id, share * scale))
            .collect();
        if let Some(Tile::Container(Container::Linear(columns))) = self.tree.tiles.get_mut(root) {
            columns
                .shares
                .set_share(scene, (width - wanted * scale).max(1.0));
            for (id, share) in shares {
                columns.shares.set_share(id, share);
            }
        }
    }

    fn column_of_scene(&self, root: TileId) -> Option<TileId> {
        let mut tile = self.tile(Pane::Scene)?;
        while let Some(parent) = self.tree.tiles.parent_of(tile) {
            if parent == root {
                return Some(tile);
            }
            tile = parent;
        }
        None
    }

    /// The scene lies behind another pane's tab, where nobody would find it again.
    pub(super) fn scene_is_covered(&self) -> bool {
        let parent = self
            .tile(Pane::Scene)
            .and_then(|scene| self.tree.tiles.parent_of(scene));
        parent.is_none_or(|parent| {
            matches!(self.tree.tiles.get(parent), Some(Tile::Container(Container::Tabs(tabs))) if tabs.children.len() > 1)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_close_and_open_again() {
        let mut dock = Dock::default();
        for pane in Pane::CLOSABLE {
            assert!(dock.is_open(pane), "{pane:?}");
            dock.set_open(pane, false);
            assert!(!dock.is_open(pane), "{pane:?}");
        }
        assert!(dock.is_open(Pane::Scene));
        dock.set_open(Pane::Diagnostics, true);
        assert!(dock.is_open(Pane::Diagnostics) && !dock.is_open(Pane::Inspector));
    }

    #[test]
    fn the_arrangement_survives_storing() {
        let mut dock = Dock::default();
        dock.set_open(Pane::Layers, false);
        let stored = serde_json::to_string(&dock).expect("a dock is plain data");
        let restored: Dock = serde_json::from_str(&stored).expect("what was stored can be read");
        assert!(!restored.is_open(Pane::Layers));
        assert!(restored.is_open(Pane::Inspector));
    }

    #[test]
    fn an_arrangement_without_a_scene_is_mended() {
        let mut dock = Dock::default();
        let scene = dock.tile(Pane::Scene).expect("a fresh dock has a scene");
        dock.tree.remove_recursively(scene);
        dock.mend();
        assert!(dock.tile(Pane::Scene).is_some());
    }

    #[test]
    fn the_scene_is_not_covered_at_first() {
        assert!(!Dock::default().scene_is_covered());
    }
}
