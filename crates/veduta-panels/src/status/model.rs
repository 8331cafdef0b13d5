//! What the status line shows.

/// How far loading has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Loading {
    /// Files, tiles and textures still to come.
    pub pending: u64,
    /// Those that could not be loaded.
    pub failed: u64,
}

/// How a broker link stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LinkState {
    /// Subscribed; notifications arrive.
    Connected,
    /// Trying.
    Connecting,
    /// Given up or refused.
    Broken,
}

/// A broker and how its link stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokerLink {
    /// The name in the scene file, or its host.
    pub name: String,
    /// How it stands.
    pub state: LinkState,
    /// What is wrong and what to do, in the user's language; empty while all is well.
    pub message: String,
}

/// Where the pointer is on the ground or on a roof.
#[derive(Debug, Clone, PartialEq)]
pub struct CursorPosition {
    /// The two horizontal coordinates in the order of the reference system, each with its axis name ("E", "N" or "φ", "λ").
    pub coordinates: [(String, f64); 2],
    /// Coordinates are degrees, not metres.
    pub geographic: bool,
    /// Height in metres.
    pub height_m: Option<f64>,
    /// Short name of the vertical datum ("NHN", "ellipsoid"); empty if unknown.
    pub height_datum: String,
    /// The reference system, "EPSG:25832".
    pub crs: String,
}

/// What the status line shows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct StatusModel {
    /// How far loading has come.
    pub loading: Loading,
    /// City objects in memory.
    pub features: u64,
    /// Triangles drawn.
    pub triangles: u64,
    /// Tiles drawn.
    pub tiles: u64,
    /// Frames per second, averaged by the app.
    pub frames_per_second: Option<f64>,
    /// Name of the quality preset in the user's language.
    pub quality: String,
    /// The brokers.
    pub brokers: Vec<BrokerLink>,
    /// Where the pointer is; `None` over the sky and over panels.
    pub cursor: Option<CursorPosition>,
    /// Metres of the scene per point of the interface, at the middle of the scene; `None` if nothing is there.
    pub metres_per_point: Option<f64>,
    /// All data are made up: a badge says so wherever the scene is shown.
    pub synthetic: bool,
    /// Whose data these are; shown in the lower right corner of the scene.
    pub attribution: Vec<String>,
    /// Errors and warnings of the diagnostics panel.
    pub problems: usize,
}
