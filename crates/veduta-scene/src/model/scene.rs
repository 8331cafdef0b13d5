//! The whole file.

use std::path::PathBuf;

use jiff::{Timestamp, tz::TimeZone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{BrokerSettings, Layer, Overlay, Picture, Scenario, Source, Viewpoint, is_default};

/// A scene: one city with its live data, its possible futures and the places to look from.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct Scene {
    /// Name of the twin as shown in the title bar. Left out: the name of the file.
    pub title: String,
    /// What one sees, in a sentence or two, for the start screen.
    #[serde(skip_serializing_if = "is_default")]
    pub description: String,
    /// True where the data is made up; the scene is then marked as synthetic wherever it is shown.
    #[serde(skip_serializing_if = "is_default")]
    pub synthetic: bool,
    /// Whom the data is owed to, as its licence asks; shown in the status line and in pictures.
    #[serde(skip_serializing_if = "is_default")]
    pub attribution: String,
    /// Where the local east-north-up frame stands. Left out: the middle of what is loaded.
    #[serde(skip_serializing_if = "is_default")]
    pub origin: Option<Origin>,
    /// The time the scene opens at and the zone times are shown in.
    #[serde(skip_serializing_if = "is_default")]
    pub time: SceneTime,
    /// How the picture looks.
    #[serde(skip_serializing_if = "is_default")]
    pub picture: Picture,
    /// Geometry: CityGML, CityJSON, 3D Tiles, glTF.
    #[serde(skip_serializing_if = "is_default")]
    pub sources: Vec<Source>,
    /// NGSI-LD context brokers.
    #[serde(skip_serializing_if = "is_default")]
    pub brokers: Vec<BrokerSettings>,
    /// Groups of objects that are shown and hidden together.
    #[serde(skip_serializing_if = "is_default")]
    pub layers: Vec<Layer>,
    /// Live values drawn into the city.
    #[serde(skip_serializing_if = "is_default")]
    pub overlays: Vec<Overlay>,
    /// Possible futures, each a list of edits over the untouched baseline.
    #[serde(skip_serializing_if = "is_default")]
    pub scenarios: Vec<Scenario>,
    /// Named places to look from; the first is where the scene opens.
    #[serde(skip_serializing_if = "is_default")]
    pub viewpoints: Vec<Viewpoint>,

    /// The file this scene was read from, where it was one.
    #[serde(skip)]
    pub file: Option<PathBuf>,
    /// The folder that relative paths in the scene start from; empty means the working directory.
    #[serde(skip)]
    pub base_directory: PathBuf,
}

/// A place on the WGS 84 ellipsoid.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Origin {
    /// Degrees east of Greenwich, −180 to 180.
    #[schemars(range(min = -180.0, max = 180.0))]
    pub longitude_deg: f64,
    /// Degrees north of the equator, −90 to 90.
    #[schemars(range(min = -90.0, max = 90.0))]
    pub latitude_deg: f64,
    /// Metres above the ellipsoid.
    #[serde(default, skip_serializing_if = "is_default")]
    pub height_m: f64,
}

/// When the scene is, and in which zone its times are shown.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub struct SceneTime {
    /// RFC 3339 moment the scene opens at, paused. Left out: it opens live.
    #[serde(with = "crate::instant", skip_serializing_if = "is_default")]
    #[schemars(with = "Option<crate::instant::Rfc3339>")]
    pub start: Option<Timestamp>,
    /// IANA time zone name such as `Europe/Berlin`. Left out: the zone of the machine.
    #[serde(skip_serializing_if = "is_default")]
    pub timezone: Option<String>,
}

impl SceneTime {
    /// The named zone; `None` where none is named or the name is unknown (which is a diagnostic when
    /// the scene is read).
    pub fn zone(&self) -> Option<TimeZone> {
        TimeZone::get(self.timezone.as_deref()?).ok()
    }
}

impl Scene {
    /// The layer of that name.
    pub fn layer(&self, name: &str) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.name == name)
    }

    /// The scenario of that name.
    pub fn scenario(&self, name: &str) -> Option<&Scenario> {
        self.scenarios.iter().find(|scenario| scenario.name == name)
    }

    /// The viewpoint of that name.
    pub fn viewpoint(&self, name: &str) -> Option<&Viewpoint> {
        self.viewpoints
            .iter()
            .find(|viewpoint| viewpoint.name == name)
    }
}
