//! The open scene: its file, its sources and how far they have come.

use std::sync::Arc;

use bevy::prelude::*;
use jiff::Timestamp;
use tiles3d::{CacheState, NodeId, SelectionState, TileTree};
use veduta_scene::Scene;
use veduta_sources::{ContentLoader, SourceDiagnostic, SourceLocation};

use crate::city::TileEntities;

/// What is to be opened, and how it is to be shown at first.
#[derive(Debug, Clone, Default)]
pub struct SceneRequest {
    /// The scene.
    pub scene: Scene,
    /// What reading the scene file found.
    pub findings: Vec<veduta_scene::SceneDiagnostic>,
    /// What to write into the list of recent scenes; `None` for what is not to be remembered.
    pub remember_as: Option<String>,
    /// Start and connect brokers.
    pub live: bool,
    /// Moment to show, paused; `None` is what the scene says, else the present.
    pub time: Option<Timestamp>,
    /// Scenario to show instead of the baseline.
    pub scenario: Option<String>,
}

/// Opens a scene in place of what is open.
#[derive(Message, Debug, Clone)]
pub struct OpenScene(pub SceneRequest);

/// Closes the open scene.
#[derive(Message, Debug, Clone, Copy)]
pub struct CloseScene;

/// A source of the open scene.
#[derive(Debug)]
pub struct OpenSource {
    /// Name in the layer tree.
    pub name: String,
    /// Where it is.
    pub location: SourceLocation,
    /// Name of the layer its objects belong to, where the scene says one.
    pub layer: Option<String>,
    /// Shown.
    pub visible: bool,
    /// Names of the scenarios that add it; empty for the baseline.
    pub scenarios: Vec<String>,
    /// How far it has come.
    pub stage: SourceStage,
}

/// How far a source has come.
pub enum SourceStage {
    /// A design that stands on ground which is not there yet.
    Waiting,
    /// Being opened; part done from 0 to 1, where known.
    Opening(Option<f32>),
    /// Open: tiles come and go as selection asks.
    Open(Box<TiledSource>),
    /// Could not be opened.
    Failed(String),
}

impl std::fmt::Debug for SourceStage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Waiting => "Waiting",
            Self::Opening(_) => "Opening",
            Self::Open(_) => "Open",
            Self::Failed(_) => "Failed",
        })
    }
}

/// An open source with its tree and what of it is loaded.
pub struct TiledSource {
    /// The tree.
    pub tree: TileTree,
    /// Loads contents; called from worker threads.
    pub loader: Arc<dyn ContentLoader>,
    /// Load state per node.
    pub cache: CacheState,
    /// What selection remembers.
    pub selection: SelectionState,
    /// Entities of loaded nodes.
    pub loaded: Vec<(NodeId, Vec<TileEntities>)>,
    /// Tiles being loaded.
    pub loading: usize,
    /// Tiles that the last selection still wanted for the picture.
    pub wanted: usize,
}

/// Code of the finding that a source could not be opened at all.
pub const SOURCE_FAILED: &str = "SRC-000";

/// A finding, from whichever room.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// How bad.
    pub severity: veduta_panels::Severity,
    /// Stable code.
    pub code: String,
    /// One sentence for a person.
    pub message: String,
    /// File, address or broker.
    pub source: String,
    /// Line in the source.
    pub line: Option<u64>,
    /// City object concerned.
    pub object_id: Option<String>,
}

impl From<SourceDiagnostic> for Finding {
    fn from(found: SourceDiagnostic) -> Self {
        Self {
            severity: match found.severity {
                veduta_sources::Severity::Info => veduta_panels::Severity::Information,
                veduta_sources::Severity::Warning => veduta_panels::Severity::Warning,
                veduta_sources::Severity::Error => veduta_panels::Severity::Error,
            },
            code: found.code.to_owned(),
            message: found.message,
            source: found.source,
            line: found.line,
            object_id: found.object_id,
        }
    }
}

impl From<veduta_scene::SceneDiagnostic> for Finding {
    fn from(found: veduta_scene::SceneDiagnostic) -> Self {
        Self {
            severity: match found.severity() {
                veduta_scene::Severity::Warning => veduta_panels::Severity::Warning,
                veduta_scene::Severity::Error => veduta_panels::Severity::Error,
            },
            code: found.code.code().to_owned(),
            message: found.message,
            source: found
                .file
                .map(|file| file.display().to_string())
                .unwrap_or_default(),
            line: found.position.map(|position| position.line as u64),
            object_id: None,
        }
    }
}
