//! What worker threads send back to the app.

use std::sync::Arc;

use tiles3d::{NodeId, TileTree, Tileset};
use veduta_sources::{ContentLoader, SourceDiagnostic};

use crate::city::PreparedTile;

/// One message of a worker.
pub struct Arrival {
    /// Of which scene; see [`super::StreamState`].
    pub generation: u64,
    /// Of which source, an index into its sources.
    pub source: usize,
    /// What.
    pub news: News,
}

/// What a worker has to say.
pub enum News {
    /// Part of the opening done, 0 to 1.
    Progress(Option<f32>),
    /// A finding.
    Found(SourceDiagnostic),
    /// The source is open.
    Opened {
        /// Its tree.
        tree: TileTree,
        /// Loads its contents.
        loader: Arc<dyn ContentLoader>,
    },
    /// The source cannot be opened.
    Failed(String),
    /// A tile is ready.
    Tile {
        /// Which.
        node: NodeId,
        /// Its contents.
        contents: Vec<PreparedTile>,
        /// Tilesets that stood in place of contents, with their addresses.
        tilesets: Vec<(Tileset, String)>,
        /// What was wrong with it and could be survived.
        problems: Vec<SourceDiagnostic>,
        /// Why contents are missing.
        failures: Vec<String>,
    },
}
