//! What the top bar shows.

use super::{InsideModel, LookModel};
use crate::model::{EntityId, EntityKind, ObjectId, ObjectKind, ViewpointId};

/// A stored viewpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewpointChoice {
    /// Handed back in commands.
    pub id: ViewpointId,
    /// The name in the scene file.
    pub name: String,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SearchTarget {
    /// A city object.
    Object(ObjectId, ObjectKind),
    /// A live entity.
    Entity(EntityId, EntityKind),
    /// A stored viewpoint.
    Viewpoint(ViewpointId),
}

/// One answer to a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchResult {
    /// Where to fly.
    pub target: SearchTarget,
    /// Name or address.
    pub title: String,
    /// What tells it from others: type, id, town.
    pub detail: String,
}

/// How the scene is lit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SunModel {
    /// By the twin clock, or by a fixed time of day.
    pub follows_clock: bool,
    /// Minutes after local midnight, 0 to 1439.
    pub minutes: u16,
    /// Clockwise from north.
    pub azimuth_deg: f64,
    /// Above the horizon.
    pub altitude_deg: f64,
    /// Shadows are cast.
    pub shadows: bool,
}

impl Default for SunModel {
    fn default() -> Self {
        Self {
            follows_clock: true,
            minutes: 12 * 60,
            azimuth_deg: 180.0,
            altitude_deg: 45.0,
            shadows: true,
        }
    }
}

/// What the top bar shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ToolbarModel {
    /// The scene's title.
    pub title: String,
    /// The scene's viewpoints; the first nine are reached by the keys 1 to 9.
    pub viewpoints: Vec<ViewpointChoice>,
    /// Answers to the last [`Command::Search`](crate::Command::Search).
    pub results: Vec<SearchResult>,
    /// The search is still running.
    pub searching: bool,
    /// There is a scenario to compare with the baseline.
    pub can_compare: bool,
    /// Two halves side by side.
    pub comparing: bool,
    /// What surfaces look like.
    pub look: LookModel,
    /// What is taken away to look inside.
    pub inside: InsideModel,
    /// How the scene is lit.
    pub sun: SunModel,
    /// Where the camera looks, clockwise from north.
    pub heading_deg: f64,
}

/// What the top bar remembers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToolbarState {
    /// The text being searched for.
    pub query: String,
    /// The answer that Enter takes.
    pub chosen_result: usize,
    /// The sheet of keys and mouse actions is open.
    pub help_open: bool,
}
